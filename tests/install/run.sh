#!/usr/bin/env bash
# Installs into an empty folder, builds a client against it by pkg-config and by find_package, runs it and the
# installed command; the same below a DESTDIR. Then maps that a build system draws by provmap_add_map().
# usage: run.sh PROVMAP SOURCE_DIR BUILD_DIR
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
source_dir=$(realpath "$2")
build=$(realpath "$3")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
status=$source_dir/tests/examples/helmand-2021-05-04.json

quietly() { # what it says only if it fails
  "$@" >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
}
fail() {
  echo "FAIL $*"
  [ ! -s "$work/log" ] || tail -n 30 "$work/log"
  exit 1
}

# ---- what is installed -------------------------------------------------------------------------------

use() { # prefix: take the package from there
  prefix=$1
  local libdir
  libdir=$(dirname "$(find "$prefix" -name libprovmap.so)")
  export PROVMAP_DATA=$prefix/share/provmap LD_LIBRARY_PATH=$libdir PKG_CONFIG_PATH=$libdir/pkgconfig
}
generator=$(sed -n 's/^CMAKE_GENERATOR:INTERNAL=//p' "$build/CMakeCache.txt")
check_clients() { # name
  local flags
  read -ra flags < <(pkg-config --cflags --libs provmap)
  ${CC:-cc} "$here/client.c" "${flags[@]}" -o "$work/$1-by-pkg-config"
  "$work/$1-by-pkg-config" "$status"
  quietly cmake -G "$generator" -S "$here" -B "$work/$1" -DCMAKE_PREFIX_PATH="$prefix"
  quietly cmake --build "$work/$1"
  "$work/$1/client" "$status"
}

quietly env DESTDIR="$work/root" cmake --install "$build"
use "$work/root$(sed -n 's/^CMAKE_INSTALL_PREFIX:PATH=//p' "$build/CMakeCache.txt")"
check_clients destdir

quietly cmake --install "$build" --prefix "$work/prefix"
use "$work/prefix"
check_clients prefix
"$prefix/bin/provmap" --version
for file in bash-completion/completions/provmap zsh/site-functions/_provmap fish/vendor_completions.d/provmap.fish \
  man/man1/provmap.1 man/man1/provmap-render.1 man/man5/provmap-status.5; do
  [ -s "$prefix/share/$file" ] || fail "not installed: $file"
done
"$prefix/bin/provmap" "$status" -o "$work/map.svg" -q
while read -r style _; do
  "$prefix/bin/provmap" "$status" --style "$style" -o "$work/$style.svg" -q
done < <("$prefix/bin/provmap" styles)
[ -s "$work/default.svg" ] && [ -s "$work/dark.svg" ] || fail "styles are missing"

# ---- provmap_add_map -----------------------------------------------------------------------------------

maps=$work/maps
cp -r "$here/maps" "$maps"
cp -r "$source_dir/shapes/afghanistan" "$maps/shapes"
cp "$status" "$maps/the status.json"
echo '{"format": "provmap-style/1", "extends": "base.json"}' >"$maps/own.json"
echo '{"format": "provmap-style/1", "extends": "minimal"}' >"$maps/base.json"

drawn() { # the maps that are drawn now
  quietly cmake --build "$maps/build"
  sed -n 's/.*Drawing //p' "$work/log" | sort | xargs
}
for generator in Ninja "Unix Makefiles"; do
  rm -rf "$maps/build"
  quietly cmake -G "$generator" -S "$maps" -B "$maps/build" -DCMAKE_PREFIX_PATH="$prefix"
  [ "$(drawn)" = "a map.svg made.svg" ] || fail "$generator: not drawn"
  for file in "a map.svg" more/map.png map.txt made.svg; do
    [ -s "$maps/build/$file" ] || fail "$generator: no $file"
  done
  [ -z "$(drawn)" ] || fail "$generator: drawn again, and nothing had changed"
  for file in base.json shapes/provinces.dbf shapes/roads.prj; do
    touch "$maps/$file"
    [ "$(drawn)" = "a map.svg" ] || fail "$generator: $file changed"
  done
  [ -z "$(drawn)" ] || fail "$generator: drawn again, and nothing else had changed"
  touch "$maps/the status.json"
  [ "$(drawn)" = "a map.svg made.svg" ] || fail "$generator: the status changed"
  touch "$prefix/bin/provmap"
  [ "$(drawn)" = "a map.svg made.svg" ] || fail "$generator: provmap changed"
  rm "$maps/build/map.txt"
  [ "$(drawn)" = "a map.svg" ] || fail "$generator: an output went"
  sed -i.kept 's/"Helmand"/"Helmend"/' "$maps/the status.json"
  ! cmake --build "$maps/build" >"$work/log" 2>&1 || fail "$generator: an error in the status file is none"
  grep -q 'did you mean "Helmand"' "$work/log" || fail "$generator: the error is not told"
  mv "$maps/the status.json.kept" "$maps/the status.json"
done

readme=$work/readme
mkdir "$readme"
cp "$status" "$readme/status.json"
{
  printf 'cmake_minimum_required(VERSION 3.25)\nproject(readme LANGUAGES NONE)\n'
  sed -n '/^```cmake$/,/^```$/{/^```/!p}' "$source_dir/README.md"
} >"$readme/CMakeLists.txt"
quietly cmake -G Ninja -S "$readme" -B "$readme/build" -DCMAKE_PREFIX_PATH="$prefix"
quietly cmake --build "$readme/build"
[ -s "$readme/build/map.svg" ] && [ -s "$readme/build/map.png" ] || fail "the README's lines draw nothing"

says() { # message, arguments...
  local arguments
  arguments=$(printf '%s;' "${@:2}")
  ! cmake -G Ninja -S "$maps" -B "$maps/wrong" -DCMAKE_PREFIX_PATH="$prefix" "-DARGUMENTS=${arguments%;}" \
    >"$work/log" 2>&1 || fail "accepted: ${*:2}"
  tr -s ' \n' ' ' <"$work/log" | grep -qF -- "provmap_add_map: $1" || fail "does not say: $1"
}
says 'TARGET is missing' STATUS a.json OUTPUT a.svg
says 'STATUS is missing' TARGET maps OUTPUT a.svg
says 'OUTPUT is missing' TARGET maps STATUS a.json
says 'nothing stands behind OUTPUT' TARGET maps STATUS a.json OUTPUT
says 'unknown arguments: FOCUS;Helmand' TARGET maps FOCUS Helmand STATUS a.json OUTPUT a.svg
for option in --style=dark --style -ydark --deps --output --compare --font-dir=x; do
  says "OPTIONS can't have $(sed -E 's/^(-[^-]|--[^=]+).*/\1/' <<<"$option")" TARGET maps STATUS a.json OUTPUT a.svg \
    OPTIONS --focus Helmand "$option" x
done
echo "install: works by pkg-config, find_package, DESTDIR and provmap_add_map"
