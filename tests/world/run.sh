#!/usr/bin/env bash
# The gates of label placement on the world by province. The map comes from Debian's package qgis-common,
# fetched into the build folder once and checked by its sum. usage: run.sh PROVMAP SOURCE_DIR BUILD_DIR
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
work=$3/tests/world-map
map=$work/usr/share/qgis/resources/data/world_map.gpkg
sum=ff5cceefc4b27abea094fa82459d8aef9417023236c326a666978b62ffe85db2

if [ ! -f "$map" ]; then
  for command in apt-get dpkg-deb; do
    command -v $command >/dev/null ||
      { echo "$command is missing: fetch Debian's qgis-common elsewhere and put its world_map.gpkg at $map"; exit 1; }
  done
  mkdir -p "$work/deb"
  fetch() { (cd "$work/deb" && apt-get -q -o APT::Sandbox::User=root download qgis-common) >"$work/log" 2>&1; }
  # A package list that is absent or too old shows itself by failing.
  fetch || { apt-get -q update >/dev/null 2>&1 && fetch; } ||
    { cat "$work/log"; echo "qgis-common can't be fetched: is the package registry within reach?"; exit 1; }
  dpkg-deb --fsys-tarfile "$work"/deb/qgis-common_*.deb |
    tar -x -C "$work" ./usr/share/qgis/resources/data/world_map.gpkg
  rm -r "$work/deb"
fi
echo "$sum  $map" | sha256sum --check --quiet
python3 "$here/make.py" "$map" "$work/shapes"
"$3/tests/world" "$work/shapes"
