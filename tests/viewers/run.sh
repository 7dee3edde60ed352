#!/usr/bin/env bash
# What viewers make of SVG and PDF files, held against provmap's own PNG tile by tile (tiles.c); what an optimiser
# leaves of an SVG, and what one for office programs is made of. Inkscape and LibreOffice, which setup brings, may
# be missing on a developer's machine.
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
# LibreOffice lays half a pixel of margin around a picture. At twice the size, where that is a whole one, it is
# held against librsvg.
view_libreoffice() {
  pdftocairo -png -singlefile -r 192 "office/$1.pdf" "$1.libreoffice" && rsvg-convert --zoom 2 "$1.svg" -o "$1.twice.png"
}

# Most that a tile may differ: what these viewers do to edges and, in PDF, to letters stays below it, and
# a missing name of a town is beyond (see the end).
declare -A bounds=([rsvg]=6 [resvg]=12 [inkscape]=6 [chromium]=12 [pdftocairo]=25 [libreoffice]=18)
declare -A spares=([libreoffice]=3)
viewers=(rsvg resvg chromium pdftocairo)
for viewer in inkscape libreoffice; do
  if command -v "${viewer/libreoffice/soffice}" >/dev/null; then viewers+=("$viewer"); else echo "no $viewer here"; fi
done

size_of() { # "1000,750"
  sed -n '2s/.* width="\([0-9.]*\)" height="\([0-9.]*\)".*/\1,\2/p' "$1"
}

maps=(everything symbols persian insets dark mono two_levels)
cd "$work"
for name in "${maps[@]}"; do
  read -ra options <"$source_dir/tests/golden/$name/options"
  (cd "$source_dir/tests/golden/$name" &&
    "$provmap" "${options[@]}" -q -o "$work/$name.svg" -o "$work/$name.png" -o "$work/$name.pdf" &&
    "$provmap" "${options[@]}" -q --profile office -o "$work/$name.office.svg" &&
    "$provmap" "${options[@]}" -q --areas merged -o "$work/$name.merged.svg")
done
if [[ " ${viewers[*]} " == *" libreoffice "* ]]; then # at once: it is slow to start
  soffice --headless "-env:UserInstallation=file://$work/profile-office" --convert-to pdf:draw_pdf_Export \
    --outdir office "${maps[@]/%/.svg}" >/dev/null 2>&1
fi
for name in "${maps[@]}"; do
  rsvg-convert "$name.merged.svg" -o "$name.merged.png"
  "$tiles" "$name.png" "$name.merged.png" "${bounds[rsvg]}" || { echo "FAIL $name with merged areas"; failed=1; }
  for viewer in "${viewers[@]}"; do
    wanted=$name.png
    [ "$viewer" = libreoffice ] && wanted=$name.twice.png
    "view_$viewer" "$name" || { echo "FAIL $viewer does not draw $name"; failed=1; continue; }
    said=$("$tiles" "$wanted" "$name.$viewer.png" "${bounds[$viewer]}" "${spares[$viewer]:-0}") && continue
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
# What the optimiser must not take: what scripts, searches and screen readers rely on; and that it finds little.
kept() {
  grep -oE ' (data-[a-z-]+|aria-label)="[^"]*"| id="[^"]*-(area|place|event)-[^"]*"|<title>[^<]*' "$1" | sort
}
for name in everything two_levels; do
  node "$modules/node_modules/svgo/bin/svgo.js" -q $name.svg -o $name.optimised.svg
  [ "$(kept $name.svg | wc -l)" -gt 30 ] || { echo "FAIL $name has little to keep"; failed=1; }
  diff <(kept $name.svg) <(kept $name.optimised.svg) || { echo "FAIL optimised $name"; failed=1; }
  [ "$(wc -c <$name.optimised.svg)" -gt $(($(wc -c <$name.svg) * 9 / 10)) ] ||
    { echo "FAIL $name could be 10 % smaller"; failed=1; }
  rsvg-convert $name.optimised.svg -o $name.optimised.png
  "$tiles" $name.png $name.optimised.png 6 || { echo "FAIL optimised $name"; failed=1; }
done

# For office programs.
python3 "$here/office.py" ./*.office.svg || failed=1
if python3 "$here/office.py" everything.svg >/dev/null; then echo "FAIL office.py finds no style element"; failed=1; fi

# In pages.
helmand=(render "$source_dir/tests/examples/helmand-2021-05-04.json" --focus Helmand -q)
"$provmap" "${helmand[@]}" --svg-inline -o color.svg
"$provmap" "${helmand[@]}" --svg-inline --style mono -o mono.svg
"$provmap" "${helmand[@]}" --text live -o live.svg
"$provmap" "${helmand[@]}" --text outline -o outline.svg
"$provmap" "${helmand[@]}" --theme auto -o both.svg
"$provmap" "${helmand[@]}" --a11y tree --svg-inline -o tree.svg
"$provmap" render "$source_dir/tests/examples/afghanistan-2021-08.json" --series 2021-08-06,2021-08-15 -q \
  --a11y tree --svg-inline -o series.svg
hostile=(render "$source_dir/tests/golden/page/status.json" -s "$source_dir/tests/fixtures/quarters" -q)
"$provmap" "${hostile[@]}" -o hostile.svg
"$provmap" "${hostile[@]}" --text outline -o hostile-outline.svg
"$provmap" "${hostile[@]}" --a11y tree --svg-inline -o hostile-tree.svg
node "$here/pages.js" "$modules" "$browser" "$work" || failed=1
[ $failed -eq 0 ] && echo "viewers: all as in the PNG (${viewers[*]})"
exit $failed
