#!/usr/bin/env bash
# The same inputs give the same bytes: again, in another folder, locale and time zone, with inputs
# named by another path, on a later day, without a configuration of fontconfig, and with the records of shapefiles and the names of the status
# file in another order. (Twice in one process: unit/test_map.c.)
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
draw tokyo env TZ=Asia/Tokyo SOURCE_DATE_EPOCH=1
draw bare env FONTCONFIG_FILE="$work/none" 2>"$work/bare.txt"
cmp "$work/bare.txt" /dev/null # fontconfig would complain
cd /
draw elsewhere env HOME="$work" XDG_CACHE_HOME="$work/cache"
cd "$source_dir/tests/examples"
status=helmand-2021-05-04.json
draw relative env

for other in again german tokyo bare elsewhere relative; do
  for file in m.png m.svg m.pdf m.scene; do
    cmp "$work/first/$file" "$work/$other/$file"
  done
done
for layers in afghanistan us-counties; do
  python3 "$source_dir/tests/shuffle.py" "$source_dir/shapes/$layers" "$work/$layers" 1
done
python3 - afghanistan-2021-08.json "$work/status.json" <<'END'
import json
import sys
status = json.load(open(sys.argv[1]))
for key in "areas", "places":
    status[key] = dict(reversed(status[key].items()))
del status["shapes"]
json.dump(status, open(sys.argv[2], "w"))
status["areas"], status["places"] = (dict(reversed(status[key].items())) for key in ("areas", "places"))
json.dump(status, open(sys.argv[2] + "2", "w"))
END
draw_shuffled() { # name, status, shapes, options
  local name=$1 status=$2 shapes=$3
  shift 3
  for format in png svg; do
    "$provmap" "$status" -s "$shapes" "$@" -q --id-prefix map -o "$work/$name.$format"
  done
}
draw_shuffled a "$work/status.json" "$source_dir/shapes/afghanistan" --date 2021-08-13
draw_shuffled b "$work/status.json2" "$work/afghanistan" --date 2021-08-13
draw_shuffled c "$source_dir/tests/cases/ok_county_by_path/status.json" "$source_dir/shapes/us-counties"
draw_shuffled d "$source_dir/tests/cases/ok_county_by_path/status.json" "$work/us-counties"
for format in png svg; do
  cmp "$work/a.$format" "$work/b.$format"
  cmp "$work/c.$format" "$work/d.$format"
done
echo "determinism: 6 runs, 4 formats, and shuffled inputs: the same bytes"
