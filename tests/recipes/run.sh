#!/usr/bin/env bash
# Plays the commands of the README's section "In reports", with the files of this folder, and looks at what comes
# out. A command that is not on this machine is left out, which is said; scripts/setup --tests brings them all.
# usage: run.sh PROVMAP SOURCE_DIR BUILD_DIR
set -uo pipefail
provmap=$(realpath "$1")
source_dir=$(realpath "$2")
build=$(realpath "$3")
here=$source_dir/tests/recipes
. "$source_dir/tests/npm/install.sh" "$build"
browser=$(command -v chromium || command -v chromium-browser || command -v google-chrome) ||
  { echo "chromium is missing: scripts/setup --tests"; exit 1; }
tiles=$build/tests/tiles
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export PROVMAP_DATA=$source_dir PATH=${provmap%/*}:$PATH HOME=$work
failed=0
checked=0
left_out=()

check() { # what, command...
  local what=$1
  shift
  checked=$((checked + 1))
  "$@" >said 2>&1 && return
  echo "FAIL $what"
  head -n 20 said
  failed=1
}
has() { # command: whether it is there, else remembers that it is not
  command -v "$1" >/dev/null && return
  [[ " ${left_out[*]} " == *" $1 "* ]] || left_out+=("$1")
  return 1
}
blocks() { # language: the lines of the section's blocks of code
  sed -n '/^## In reports$/,/^## /p' "$source_dir/README.md" | sed -n '/^```'"$1"'$/,/^```$/{/^```/!p}'
}

cp "$here"/* "$work"
cp "$source_dir/tests/examples/helmand-2021-05-04.json" "$work/status.json"
cd "$work" || exit 1
for language in md tex rst html; do
  [ -n "$(blocks $language)" ] || { echo "FAIL the README has no lines of $language"; failed=1; }
  file=report.$language
  [ $language = html ] && file=page.html
  while IFS= read -r line; do
    check "$file has a line of the README: $line" grep -qF -- "$line" "$file"
  done < <(blocks $language)
done
while IFS= read -r line; do
  has "${line%% *}" && check "$line" eval "$line" </dev/null
done < <(blocks sh)

# ---- what is in a file ---------------------------------------------------------------------------

words_of() { # file.pdf: x, y and word, a line each
  pdftotext -bbox "$1" - | sed -nE 's/.*xMin="([^"]*)" yMin="([^"]*)".*>(.*)<\/word>/\1 \2 \3/p'
}
# The map's words, as far from each other as in the map (to 0.1 pt), and nothing that is made of pixels.
keeps_map() { # file.pdf
  [ "$(pdfimages -list "$1" | wc -l)" -eq 2 ] || { echo "there are images"; return 1; }
  awk 'NR == FNR { n[$3]++; x[$3] = $1; y[$3] = $2; next }
    { m[$3]++; dx[$3] = $1 - x[$3]; dy[$3] = $2 - y[$3] }
    END {
      for (word in n) {
        if (m[word] < n[word]) { print "lost: " word; bad = 1 }
        if (n[word] != 1 || m[word] != 1) continue
        if (!used++) { x0 = x1 = dx[word]; y0 = y1 = dy[word] }
        if (dx[word] < x0) x0 = dx[word]; if (dx[word] > x1) x1 = dx[word]
        if (dy[word] < y0) y0 = dy[word]; if (dy[word] > y1) y1 = dy[word]
      }
      print used " words, apart by " x1 - x0 " and " y1 - y0
      exit bad || used < 80 || x1 - x0 > 0.1 || y1 - y0 > 0.1
    }' <(words_of map.pdf) <(words_of "$1")
}
has_map_with_words() { # unpacked DOCX
  local part=$1/word words
  words=$(sed ':a; N; $!ba; s/\n/. /g' map.txt)
  cmp map.svg "$part"/media/*.svg && file_is_png "$part"/media/*.png &&
    grep -q "<asvg:svgBlip[^>]* r:embed=" "$part/document.xml" &&
    grep -qF "<wp:docPr descr=\"$words\"" "$part/document.xml" &&
    grep -q '<wp:extent cx="5039999" ' "$part/document.xml" # 14 cm in 360,000ths
}
not() { ! "$@"; }
file_is_png() { [ "$(head -c 8 "$1" | od -An -tx1 | tr -d ' ')" = 89504e470d0a1a0a ]; }

for pdf in report-md.pdf report.pdf; do
  [ ! -e $pdf ] || check "$pdf keeps the map" keeps_map $pdf
done
if [ -e report.docx ]; then
  python3 -m zipfile -e report.docx docx
  check "report.docx has the map, with words" has_map_with_words docx
fi
[ ! -d tex ] || check "Sphinx takes the PDF for LaTeX" cmp map.pdf tex/map.pdf

# ---- what one sees -------------------------------------------------------------------------------

check "pages in a browser" node "$here/check.js" "$modules" "$browser" "$work"
"$provmap" render status.json --focus Helmand --size 529x397 -q -o shown.png
[ ! -e shot-pandoc.png ] || check "the map in pandoc's page" "$tiles" shown.png shot-pandoc.png 12
check "the map by day" "$tiles" day.png shot-light.png 1
check "the map by night" "$tiles" night.png shot-dark.png 1

# The map as LibreOffice prints it on its page; and that without one name it would be seen not to be.
shot() { rsvg-convert --dpi-x 300 --dpi-y 300 --background-color white "$1" -o "$2"; }
if [ -e report.docx ] && has soffice; then
  check "LibreOffice prints" soffice --headless --convert-to pdf --outdir office report.docx
  check "its page is drawn" pdftocairo -png -singlefile -r 300 office/report.pdf office/page
  awk '/class="pm[^"]*-place-labels"/ { within = 1 } within && /^<g transform/ && !cut { cut = 1; next } { print }' \
    map.svg >nameless.svg
  shot map.svg wanted.png
  shot nameless.svg nameless.png
  check "the map on it" "$tiles" wanted.png office/page.png 45 9999
  check "a name that it lacks" not "$tiles" nameless.png office/page.png 45 9999
fi

[ ${#left_out[@]} -eq 0 ] || echo "not on this machine, so left out: ${left_out[*]}"
[ $failed -eq 0 ] && echo "recipes: $checked checks"
exit $failed
