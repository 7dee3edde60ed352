#!/usr/bin/env bash
# The library has no mutable globals, and all its global symbols begin with pm_.
# usage: globals.sh PROVMAP SOURCE_DIR BUILD_DIR
set -euo pipefail

# shapelib's error hook has no user pointer: one thread-local buffer in the file that includes it.
allowed='last_error'

# Symbols in writable sections: data (d, D), bss (b, B), common (C); thread-local ones count too.
# Constant tables of pointers lie in .data.rel.ro and are read-only once loaded.
mutable() { # object files
  objdump -t "$@" 2>/dev/null |
    awk '$0 ~ / O / && $0 !~ /\.rodata|\.data\.rel\.ro/ && $0 ~ /\.(data|bss|tbss|tdata)|\*COM\*/ {print $NF}' |
    grep -vE "^($allowed)(\.[0-9]+)?\$|^__(odr|asan|ubsan)" || true
}

foreign() { # library
  nm -g --defined-only "$1" 2>/dev/null | awk 'NF == 3 {print $3}' | grep -v '^pm_' || true
}

planted=$(mktemp -d)
trap 'rm -rf "$planted"' EXIT
echo 'int counter; static int hidden = 1; int step(void) { return counter += hidden++; }' >"$planted/bad.c"
${CC:-cc} -c "$planted/bad.c" -o "$planted/bad.o"
if [ "$(mutable "$planted/bad.o" | wc -l)" -ne 2 ] || [ -z "$(foreign "$planted/bad.o")" ]; then
  echo "the check does not find planted globals"
  exit 1
fi

library=$3/libprovmap.a
faults=$(mutable "$library"; foreign "$library")
if [ -n "$faults" ]; then
  printf 'mutable or foreign globals:\n%s\n' "$faults"
  exit 1
fi
echo "globals: none mutable, all named pm_"
