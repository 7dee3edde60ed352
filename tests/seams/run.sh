#!/usr/bin/env bash
# The seam test: largest error of 255 on a mosaic of one colour and of two (seams.c), by output and
# viewer. PNG, rsvg-convert and pdftocairo are measured always and held against their gates; with
# SEAMS_ALL=1 also resvg (npm install @resvg/resvg-js; NODE_PATH says where) and Chromium, and the
# ways that were not chosen. usage: run.sh PROVMAP SOURCE_DIR BUILD_DIR
set -uo pipefail
seams=$(realpath "$3")/tests/seams
here=$(realpath "$2")/tests/seams
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

with_resvg() { # svg png
  node "$here/resvg.js" "$1" "$2"
}

with_chromium() { # svg png
  chromium --headless --no-sandbox --disable-gpu --disable-background-networking \
    --user-data-dir="$work/profile" --hide-scrollbars --default-background-color=FFFFFFFF \
    --window-size=400,400 --screenshot="$2" "file://$1" >/dev/null 2>&1
}

with_pdftocairo() { # pdf png
  pdftocairo -singlefile -png -r 96 "$1" "${2%.png}"
}

with_rsvg() { # svg png
  rsvg-convert "$1" -o "$2"
}

row() { # way viewer ending gate_one gate_two
  local colors error name gate
  printf '%-8s %-12s' "$1" "$2"
  for colors in one two; do
    name=$work/$1-$colors
    gate=$([ "$colors" = one ] && echo "$4" || echo "$5")
    if [ "$2" = provmap ]; then
      error=$("$seams" measure "$name.$3" $colors)
    else
      "with_$2" "$name.$3" "$name-$2.png" && error=$("$seams" measure "$name-$2.png" $colors)
    fi || { echo " cannot be measured"; failed=1; return; }
    printf ' %4d' "$error"
    [ "$error" -le "$gate" ] || { printf ' (more than %d)' "$gate"; failed=1; }
  done
  printf ' %8d bytes\n' "$(stat -c %s "$name.$3")"
}

ways=mosaic
[ "${SEAMS_ALL:-}" = 1 ] && ways="mosaic plain beneath"
for way in $ways; do
  for colors in one two; do
    "$seams" make "$work/$way-$colors" $colors $way || { echo "seams cannot write"; exit 1; }
  done
done

echo "way      viewer        one  two"
row mosaic provmap png 2 12
row mosaic rsvg svg 8 160 # two: half a pixel goes to the later neighbour, beneath the border
row mosaic pdftocairo pdf 12 180
if [ "${SEAMS_ALL:-}" = 1 ]; then
  for way in $ways; do
    for viewer in rsvg resvg chromium; do
      [ "$way $viewer" = "mosaic rsvg" ] || row $way $viewer svg 255 255
    done
    [ $way = mosaic ] || row $way provmap png 255 255
    [ $way = mosaic ] || row $way pdftocairo pdf 255 255
  done
fi
exit $failed
