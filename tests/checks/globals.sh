#!/usr/bin/env bash
# Nothing in src/ has mutable globals, and all global symbols of the library begin with pm_.
# usage: globals.sh PROVMAP SOURCE_DIR BUILD_DIR
set -euo pipefail

# The one exception: shapelib's hooks have no user pointer.
allowed='src/input/shapefile_io.c.o: given (.tbss)'

# Symbols in writable sections, thread-local ones too. Constant tables of pointers lie in
# .data.rel.ro, which is read-only once loaded; " d " marks the section's own symbol.
mutable() { # object files
  objdump -t "$@" | awk '
    /file format/ { file = $1; sub(/.*\.dir\//, "", file) }
    $0 !~ / d / && match($0, /(\*COM\*|\.(data|bss|tdata|tbss)[^ \t]*)\t/) {
      section = substr($0, RSTART, RLENGTH - 1)
      if (section !~ /^\.data\.rel\.ro/) print file, $NF, "(" section ")"
    }'
}

foreign() { # library
  nm -g --defined-only "$1" | awk 'NF == 3 && $3 !~ /^pm_/ { print $3 ": does not begin with pm_" }'
}

planted=$(mktemp -d)
trap 'rm -rf "$planted"' EXIT
cat >"$planted/bad.c" <<'C'
int zeroed;
static int set = 1;
static _Thread_local int per_thread;
int step(void) { static int calls; return zeroed++ + set++ + per_thread++ + calls++; }
C
${CC:-cc} -c "$planted/bad.c" -o "$planted/bad.o"
if [ "$(mutable "$planted/bad.o" | wc -l)" -ne 4 ] || [ "$(foreign "$planted/bad.o" | wc -l)" -ne 2 ]; then
  echo "the check does not find planted globals"
  exit 1
fi

library=$(realpath "$3/libprovmap.a")
cd "$3/CMakeFiles"
mapfile -t objects < <(find . -path '*/src/*.o')
[ ${#objects[@]} -gt 0 ] || { echo "no object files in $3"; exit 1; }
faults=$(mutable "${objects[@]}" | grep -vxF "$allowed" || true; foreign "$library")
if [ -n "$faults" ]; then
  printf 'mutable or foreign globals:\n%s\n' "$faults"
  exit 1
fi
echo "globals: none mutable in ${#objects[@]} objects, all named pm_"
