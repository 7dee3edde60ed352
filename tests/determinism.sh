#!/usr/bin/env bash
# The same inputs give the same bytes: again, in another folder, locale and time zone, with inputs
# named by another path, and on a later day. (Twice in one process: unit/test_map.c.)
# usage: determinism.sh PROVMAP SOURCE_DIR BUILD_DIR
set -euo pipefail
provmap=$(realpath "$1")
source_dir=$(realpath "$2")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
status=$source_dir/tests/examples/helmand-2021-05-04.json

# A German locale of our own making: commas in numbers, and no need for root.
localedef -i de_DE -f UTF-8 "$work/de_DE.UTF-8" 2>/dev/null ||
  { echo "localedef can't make de_DE.UTF-8 (package locales)"; exit 1; }

draw() { # name, then the command's prefix
  local name=$1
  shift
  mkdir -p "$work/$name"
  "$@" "$provmap" "$status" -s "$source_dir/shapes/afghanistan" --focus Helmand -q \
    -o "$work/$name/m.png" -o "$work/$name/m.svg" -o "$work/$name/m.pdf" -o "$work/$name/m.scene"
}

draw first env
draw again env
draw german env LOCPATH="$work" LC_ALL=de_DE.UTF-8 LANG=de_DE.UTF-8
draw tokyo env TZ=Asia/Tokyo
cd /
draw elsewhere env HOME="$work" XDG_CACHE_HOME="$work/cache"
cd "$source_dir/tests/examples"
status=helmand-2021-05-04.json
draw relative env

for other in again german tokyo elsewhere relative; do
  for file in m.png m.svg m.pdf m.scene; do
    cmp "$work/first/$file" "$work/$other/$file"
  done
done
echo "determinism: 6 runs, 4 formats, the same bytes"
