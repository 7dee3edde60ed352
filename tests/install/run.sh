#!/usr/bin/env bash
# Installs into an empty folder, builds a client against it by pkg-config and by find_package, and
# runs it and the installed command.
# usage: run.sh PROVMAP SOURCE_DIR BUILD_DIR
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
prefix=$work/prefix

cmake --install "$3" --prefix "$prefix" >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
status=$2/tests/examples/helmand-2021-05-04.json
libdir=$(dirname "$(find "$prefix" -name libprovmap.so)")
export PROVMAP_DATA=$prefix/share/provmap LD_LIBRARY_PATH=$libdir PKG_CONFIG_PATH=$libdir/pkgconfig

"$prefix/bin/provmap" --version
for file in bash-completion/completions/provmap zsh/site-functions/_provmap fish/vendor_completions.d/provmap.fish; do
  [ -s "$prefix/share/$file" ] || { echo "no completions: $file"; exit 1; }
done
"$prefix/bin/provmap" "$status" -o "$work/map.svg" -q
while read -r style _; do
  "$prefix/bin/provmap" "$status" --style "$style" -o "$work/$style.svg" -q
done < <("$prefix/bin/provmap" styles)
[ -s "$work/default.svg" ] && [ -s "$work/dark.svg" ] || { echo "styles are missing"; exit 1; }

read -ra flags < <(pkg-config --cflags --libs provmap)
${CC:-cc} "$here/client.c" "${flags[@]}" -o "$work/by-pkg-config"
"$work/by-pkg-config" "$status"

generator=$(sed -n 's/^CMAKE_GENERATOR:INTERNAL=//p' "$3/CMakeCache.txt")
cmake -G "$generator" -S "$here" -B "$work/build" -DCMAKE_PREFIX_PATH="$prefix" >"$work/log" 2>&1 &&
  cmake --build "$work/build" >>"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
"$work/build/client" "$status"
echo "install: works by pkg-config and by find_package"
