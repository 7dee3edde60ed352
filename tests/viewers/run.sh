#!/usr/bin/env bash
# What viewers make of SVG and PDF files, held against provmap's own PNG tile by tile (tiles.c). Those that
# setup brings must be there; others are asked if they are.
# usage: run.sh PROVMAP SOURCE_DIR BUILD_DIR
set -euo pipefail
provmap=$(realpath "$1")
source_dir=$(realpath "$2")
build=$(realpath "$3")
here=$source_dir/tests/viewers
. "$source_dir/tests/npm/install.sh" "$build"
browser=$(command -v chromium || command -v chromium-browser || command -v google-chrome) ||
  { echo "chromium is missing: scripts/setup --tests"; exit 1; }
tiles=$build/tests/tiles
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export PROVMAP_DATA=$source_dir
failed=0

# Each renders $1.svg (or $1.pdf) of the work folder as $1.VIEWER.png.
view_rsvg() { rsvg-convert "$1.svg" -o "$1.rsvg.png"; }
view_resvg() { node "$here/resvg.js" "$modules" "$1.svg" "$1.resvg.png"; }
view_inkscape() { inkscape "$1.svg" --export-type=png --export-filename="$1.inkscape.png" >/dev/null 2>&1; }
view_chromium() {
  "$browser" --headless --no-sandbox --disable-gpu --disable-background-networking --hide-scrollbars \
    --user-data-dir="$work/profile" --window-size="$(size_of "$1.svg")" --screenshot="$1.chromium.png" \
    "file://$work/$1.svg" >/dev/null 2>&1
}
view_pdftocairo() { pdftocairo -png -singlefile -r 96 "$1.pdf" "$1.pdftocairo"; }

# Most that a tile may differ: what these viewers do to edges and, in PDF, to letters stays below it, and
# a missing name of a town is beyond (see the end).
declare -A bounds=([rsvg]=6 [resvg]=12 [inkscape]=6 [chromium]=12 [pdftocairo]=25)
viewers=(rsvg resvg chromium pdftocairo)
if command -v inkscape >/dev/null; then viewers+=(inkscape); else echo "no inkscape here"; fi

size_of() { # "1000,750"
  sed -n '2s/.* width="\([0-9.]*\)" height="\([0-9.]*\)".*/\1,\2/p' "$1"
}

cd "$work"
for name in everything symbols persian insets dark mono two_levels; do
  read -ra options <"$source_dir/tests/golden/$name/options"
  (cd "$source_dir/tests/golden/$name" &&
    "$provmap" "${options[@]}" -q -o "$work/$name.svg" -o "$work/$name.png" -o "$work/$name.pdf")
  for viewer in "${viewers[@]}"; do
    "view_$viewer" "$name"
    said=$("$tiles" "$name.png" "$name.$viewer.png" "${bounds[$viewer]}") && continue
    echo "FAIL $name in $viewer"
    echo "$said"
    failed=1
  done
done

# That the bounds are tight: without the name of one town, and with one area in another colour, they are passed.
awk '/class="g-place-labels"/ { within = 1 } within && /^<g transform/ && !cut { cut = 1; next } { print }' \
  everything.svg >nameless.svg
sed '0,/fill="#df524b"/s//fill="#ab6da8"/' everything.svg >recoloured.svg
for name in nameless recoloured; do
  if cmp -s everything.svg $name.svg; then echo "FAIL $name is as it was"; failed=1; fi
  rsvg-convert $name.svg -o $name.png
  if said=$("$tiles" everything.png $name.png 25); then
    echo "FAIL $name is not seen: $said"
    failed=1
  fi
done
# In pages.
helmand=(render "$source_dir/tests/examples/helmand-2021-05-04.json" --focus Helmand -q)
"$provmap" "${helmand[@]}" --svg-inline -o color.svg
"$provmap" "${helmand[@]}" --svg-inline --style mono -o mono.svg
"$provmap" "${helmand[@]}" --text live -o live.svg
"$provmap" "${helmand[@]}" --text outline -o outline.svg
"$provmap" "${helmand[@]}" --theme auto -o both.svg
"$provmap" "${helmand[@]}" --a11y tree --svg-inline -o tree.svg
hostile=(render "$source_dir/tests/golden/page/status.json" -s "$source_dir/tests/fixtures/quarters" -q)
"$provmap" "${hostile[@]}" -o hostile.svg
"$provmap" "${hostile[@]}" --text outline -o hostile-outline.svg
"$provmap" "${hostile[@]}" --a11y tree --svg-inline -o hostile-tree.svg
node "$here/pages.js" "$modules" "$browser" "$work" || failed=1
[ $failed -eq 0 ] && echo "viewers: all as in the PNG (${viewers[*]})"
exit $failed
