#!/usr/bin/env bash
# Golden cases: one folder, one issue. A case holds
#   options            arguments of provmap, without -o; run in the case's folder
#   status.json        usually; and whatever else the options name
#   want.scene want.svg want.png want.txt   what must come out: the scene, the SVG and the PNG, and
#                      what pdftotext finds in the PDF
#   want.csv want.json want.alt want.html   the tables, the map in words, the page
# Only those that are there are compared: PNG with a tolerance of 2, the others exactly.
# PM_ACCEPT=1 rewrites what is there. usage: run.sh PROVMAP SOURCE_DIR BUILD_DIR
set -uo pipefail
provmap=$(realpath "$1")
compare=$(realpath "$3")/tests/compare_png
failures=$(realpath "$3")/golden-failures
export PROVMAP_DATA
PROVMAP_DATA=$(realpath "$2")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0
failed=0

command -v pdftotext >/dev/null || { echo "pdftotext is missing"; exit 1; }
[ -x "$compare" ] || { echo "$compare is missing"; exit 1; }

check() { # wanted got
  if [ "${PM_ACCEPT:-}" = 1 ]; then
    cp "$2" "$1"
  elif [[ $1 == *.png ]]; then
    mkdir -p "$failures"
    "$compare" "$1" "$2" 2 "$failures/$(basename "$(dirname "$1")").png"
  else
    diff -u "$1" "$2" | head -n 20
    cmp -s "$1" "$2"
  fi
}

run_case() { # folder
  local options outputs=(-o "$work/got.pdf" --alt-text "$work/got.alt") ok=0 kind
  read -ra options <"$1/options"
  for kind in scene svg png csv json html; do
    [ -f "$1/want.$kind" ] && outputs+=(-o "$work/got.$kind")
  done
  (cd "$1" && "$provmap" "${options[@]}" -q "${outputs[@]}") || return 1
  pdftotext -layout "$work/got.pdf" "$work/got.txt" || return 1
  for kind in scene svg png txt csv json alt html; do
    [ -f "$1/want.$kind" ] || continue
    check "$1/want.$kind" "$work/got.$kind" || ok=1
  done
  return $ok
}

for folder in "$(realpath "$2")"/tests/golden/*/; do
  name=$(basename "$folder")
  if ! ls "$folder"want.* >/dev/null 2>&1; then
    echo "FAIL $name: it wants nothing"
    failed=$((failed + 1))
  elif run_case "${folder%/}"; then
    passed=$((passed + 1))
  else
    echo "FAIL $name"
    failed=$((failed + 1))
  fi
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
