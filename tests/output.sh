#!/usr/bin/env bash
# The maps in output/ are those that this version draws. SVG and HTML must be the same to the byte; PNG may
# differ by 2 a channel and PDF in what pdftocairo draws of it, as other versions of cairo and
# zlib-like libraries pack the same picture otherwise. The SVGs must also draw in librsvg.
# usage: output.sh PROVMAP SOURCE_DIR BUILD_DIR
set -uo pipefail
source_dir=$(realpath "$2")
compare=$(realpath "$3")/tests/compare_png
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$1" batch "$source_dir/tests/examples/jobs.json" --folder "$work/new" -q || exit 1
failed=0
count=0

picture() { # file of either kind -> PNG beside it
  case "$1" in
    *.pdf) pdftocairo -png -singlefile -r 96 "$1" "$1" ;;
    *.svg) rsvg-convert "$1" -o "$1.png" ;;
  esac
}

for new in "$work"/new/*.* "$work"/new/gallery/*; do
  name=${new#"$work/new/"}
  old=$source_dir/output/$name
  count=$((count + 1))
  if [ ! -f "$old" ]; then echo "output/$name is missing"; failed=1; continue; fi
  case "$name" in
    *.png) "$compare" "$old" "$new" 2 || failed=1 ;;
    *.svg)
      cmp "$old" "$new" || failed=1
      xmllint --noout "$new" && picture "$new" || failed=1 ;;
    *.html) cmp "$old" "$new" || failed=1 ;;
    *.pdf)
      cp "$old" "$work/old.pdf"
      picture "$work/old.pdf" && picture "$new" && "$compare" "$work/old.pdf.png" "$new.png" 2 || failed=1
      pdftotext "$new" - | grep -q 'Lashkar Gah' || { echo "$name: no text"; failed=1; } ;;
  esac
done
for old in "$source_dir"/output/*.{png,svg,pdf,html}; do
  [ -f "$work/new/$(basename "$old")" ] || { echo "output/$(basename "$old") is drawn by nothing"; failed=1; }
done
[ "$count" -gt 0 ] || failed=1
echo "output: $count maps compared"
exit $failed
