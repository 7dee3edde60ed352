#!/usr/bin/env bash
# The identifiers of diagnostics: each row of the table in base/diag_ids.c is used by the code, each
# one that a test has seen is in the table, and the table is sorted. (That the code uses no others, debug
# builds assert.)
# usage: ids.sh PROVMAP SOURCE_DIR BUILD_DIR
set -euo pipefail
src=$2/src
faults=0

fault() {
  echo "$1"
  faults=$((faults + 1))
}

listed() { # diag_ids.c
  sed -nE 's/^    \{"([a-z0-9-]+)", ".+"\},$/\1/p' "$1"
}

unused() { # table, folder of sources
  listed "$1" | while read -r id; do
    grep -rqF "\"$id\"" --include=*.c --exclude=diag_ids.c "$2" || echo "$id"
  done
}

planted=$(mktemp -d)
trap 'rm -rf "$planted"' EXIT
printf '    {"used", "x"},\n    {"not-used", "y"},\n' >"$planted/diag_ids.c"
echo 'f("used");' >"$planted/code.c"
[ "$(unused "$planted/diag_ids.c" "$planted")" = not-used ] || fault "the check does not find a planted row"

table=$src/base/diag_ids.c
rows=$(grep -c '^    {"' "$table")
[ "$(listed "$table" | wc -l)" -eq "$rows" ] || fault "a row of the table is not on one line"
listed "$table" | LC_ALL=C sort -c -u || fault "the table is not sorted"
for id in $(unused "$table" "$src"); do
  fault "\"$id\" is in the table, but nothing reports it"
done
seen=$(cat "$2"/tests/cases/*/stderr "$2"/tests/shapefiles/expected/*.txt |
  sed -nE 's/^.*(error|warning|note): .* \[([a-z0-9-]+)\]$/\2/p' | sort -u)
for id in $seen; do
  listed "$table" | grep -qx "$id" || fault "\"$id\" is reported, but not in the table"
done

[ "$faults" -eq 0 ] || exit 1
echo "ids: $rows in the table, $(wc -w <<<"$seen") of them seen in the tests"
