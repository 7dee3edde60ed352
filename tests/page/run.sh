#!/usr/bin/env bash
# Pages of HTML in a browser: check.js says what they must be. usage: run.sh PROVMAP SOURCE_DIR BUILD_DIR
set -euo pipefail
provmap=$(realpath "$1")
source_dir=$(realpath "$2")
here=$source_dir/tests/page
. "$source_dir/tests/npm/install.sh" "$(realpath "$3")"
browser=$(command -v chromium || command -v chromium-browser || command -v google-chrome) ||
  { echo "chromium is missing: scripts/setup --tests"; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export PROVMAP_DATA=$source_dir
quarters=$source_dir/tests/fixtures/quarters
examples=$source_dir/tests/examples
draw() { # name, then what provmap is told
  local name=$1
  shift
  "$provmap" render "$@" -q -o "$work/$name.html"
}
draw hostile "$source_dir/tests/golden/page/status.json" -s "$quarters"
draw everything "$source_dir/tests/golden/everything/status.json" -s "$quarters"
draw everything-again "$source_dir/tests/golden/everything/status.json" -s "$quarters"
cmp "$work/everything.html" "$work/everything-again.html"
rm "$work/everything-again.html"
draw focus-ps "$examples/helmand-2021-05-04.json" --focus Helmand --lang ps
draw minimal-my "$examples/afghanistan-2021-08.json" --date 2021-08-13 --lang my --style minimal --text live
draw dark-fa "$examples/afghanistan-2021-08.json" --date 2021-08-13 --lang fa --style dark
draw both-themes "$source_dir/tests/golden/everything/status.json" -s "$quarters" --theme auto
draw two-levels "$source_dir/tests/golden/two_levels/status.json" -s "$source_dir/tests/fixtures/straits"
draw animation "$examples/afghanistan-2021-08.json" --animate --frame-time 0.5 --size 1000x750
node "$here/check.js" "$modules" "$browser" "$work"
