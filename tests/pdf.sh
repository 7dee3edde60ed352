#!/usr/bin/env bash
# What holds for the PDF of every preset, in scripts from the left and from the right: it is sound, tagged and
# has its map in words; its texts are texts in fonts that it brings; nothing in it is a picture.
# usage: pdf.sh PROVMAP SOURCE_DIR BUILD_DIR
set -euo pipefail
provmap=$(realpath "$1")
source_dir=$(realpath "$2")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0
count=0

expect() { # what, wanted, got
  [ "$2" = "$3" ] && return
  echo "FAIL $name: $1: $3 instead of $2"
  failed=1
}

check() { # pdf
  local info tree
  expect "what qpdf says" sound "$(qpdf --check "$1" >"$work/qpdf" 2>&1 && echo sound || cat "$work/qpdf")"
  expect "pictures" 0 "$(pdfimages -list "$1" | tail -n +3 | wc -l)"
  expect "fonts that are not embedded, subset and with their texts" "" \
    "$(pdffonts "$1" | tail -n +3 | grep -v ' yes yes yes ' || true)"
  info=$(pdfinfo "$1")
  for line in 'Title: +[^ ].*' 'Subject: +[^ ].*' 'Keywords: +Afghanistan|Keywords: +افغانستان' 'Tagged: +yes' 'Pages: +1'; do
    expect "$line" yes "$(grep -qE "^($line)" <<<"$info" && echo yes || echo no)"
  done
  expect "warnings of pdfinfo" "" "$(pdfinfo "$1" 2>&1 >/dev/null)"
  tree=$(pdfinfo -struct "$1")
  expect "figures" 1 "$(grep -c 'Figure' <<<"$tree")"
  expect "titles" "$2" "$(grep -c 'H1 (block)' <<<"$tree" || true)"
  expect "figures with words" 1 "$(grep -acE '^ +/Alt <FEFF[0-9A-F]{80,}>' "$1")"
  expect "language" 1 "$(grep -acF "/Lang ($lang)" "$1")"
}

for style in $("$provmap" styles | cut -d' ' -f1); do
  for lang in en fa; do
    name="$style in $lang"
    "$provmap" "$source_dir/tests/examples/helmand-2021-05-04.json" --focus Helmand --style "$style" --lang $lang \
      -q -o "$work/map.pdf"
    [ "$style" = minimal ] && titles=0 || titles=1
    check "$work/map.pdf" $titles
    count=$((count + 1))
  done
done
[ $count -ge 12 ] || { echo "only $count maps"; failed=1; }
[ $failed -eq 0 ] && echo "pdf: $count maps are sound"
exit $failed
