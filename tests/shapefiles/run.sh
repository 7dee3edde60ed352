#!/usr/bin/env bash
# A verdict on every shapefile that make.c writes: each is drawn, and exit code, messages and the
# areas' names in the map are compared with expected/NAME.txt. PM_ACCEPT=1 rewrites these. Then
# `provmap info` must tell of each, or say why it can't.
# usage: run.sh PROVMAP SOURCE_DIR BUILD_DIR
set -uo pipefail
provmap=$(realpath "$1")
source_dir=$(realpath "$2")
expected=$source_dir/tests/shapefiles/expected
make=$(realpath "$3")/tests/make_shapefiles
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export PROVMAP_DATA=$source_dir
mkdir "$work/files"
"$make" "$work/files" || exit 1
cat >"$work/files/status" <<'JSON'
{"format": "provmap-status/1", "title": "T", "as_of": "2021-05-04", "areas": {"A": "contested"}}
JSON

# The verdict on one shapefile, as text.
verdict() { # name
  local shapes=$1.shp code
  [ -f "$1.json" ] && shapes=$1.json
  "$provmap" render status -s "$shapes" -o ../map.svg >../said 2>&1
  code=$?
  sed 's/; it says: .* \[/; it says: … [/' ../said # PROJ's own words differ between its versions
  echo "exit $code"
  [ $code -eq 0 ] && grep -o 'data-code="[^"]*" data-name="[^"]*"' ../map.svg
  rm -f ../map.svg
  [ $code -eq 0 ] || [ $code -eq 1 ] || [ $code -eq 3 ]
}

cd "$work/files" || exit 1
passed=0
failed=0
for shp in *.shp; do
  name=${shp%.shp}
  ok=1
  verdict "$name" >"$work/verdict" || { echo "FAIL $name: it was not judged"; ok=0; }
  if [ "${PM_ACCEPT:-}" = 1 ]; then
    cp "$work/verdict" "$expected/$name.txt"
  elif ! cmp -s "$expected/$name.txt" "$work/verdict"; then
    echo "FAIL $name"
    diff -u "$expected/$name.txt" "$work/verdict" | tail -n +3 | sed 's/^/    /'
    ok=0
  fi
  "$provmap" info "$name.shp" >"$work/info" 2>"$work/why"
  code=$?
  case $code in
    0) [ -s "$work/info" ] || { echo "FAIL $name: info tells nothing"; ok=0; } ;;
    1 | 3) grep -q ': error: ' "$work/why" || { echo "FAIL $name: info does not say why"; ok=0; } ;;
    *) echo "FAIL $name: info ended with $code"; ok=0 ;;
  esac
  passed=$((passed + ok))
  failed=$((failed + 1 - ok))
done
for file in "$expected"/*.txt; do
  [ -f "$(basename "$file" .txt).shp" ] || { echo "FAIL $(basename "$file"): nothing is called so"; failed=$((failed + 1)); }
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -ge 60 ]
