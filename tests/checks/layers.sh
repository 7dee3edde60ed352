#!/usr/bin/env bash
# Includes run only leftwards through the layers, and each outside library stays in its home.
# usage: layers.sh PROVMAP SOURCE_DIR BUILD_DIR
set -euo pipefail

layers=(base model input geo scene text layout output map cli)

rank() {
  local i
  for i in "${!layers[@]}"; do
    if [ "${layers[$i]}" = "$1" ]; then echo "$i"; return; fi
  done
  echo "no layer: $1" >&2
  return 1
}

layer_of() { # path below src/
  case "$1" in
    map.c) echo map ;;
    */*) echo "${1%%/*}" ;;
  esac
}

# header pattern : layers that may include it
homes='
shapefil.h:input
jansson.h:input
proj.h:geo
pango:text
fontconfig:text
cairo:output text
utf8proc.h:base input
libdeflate.h:output
'

check_file() { # src path
  local src=$1 path=$2 layer mine line header other rule pattern allowed
  layer=$(layer_of "$path")
  mine=$(rank "$layer")
  while read -r line; do
    header=$(sed -E 's/.*["<]([^">]*)[">].*/\1/' <<<"$line")
    if [[ $line == *'"'* && $header == */* ]]; then
      other=${header%%/*}
      if [ "$layer" = cli ] && [ "$other" != base ] && [ "$other" != cli ]; then
        echo "$path: cli/ may use provmap.h and base/ only, not $header"
      elif [ "$(rank "$other")" -gt "$mine" ]; then
        echo "$path: $layer/ may not include $header"
      fi
    fi
    while IFS=: read -r pattern allowed; do
      [ -n "$pattern" ] || continue
      if [[ $line == *'<'* && $header == "$pattern"* && " $allowed " != *" $layer "* ]]; then
        echo "$path: $header belongs to $allowed/"
      fi
    done <<<"$homes"
  done < <(grep -hE '^ *# *include' "$src/$path" || true)
}

check_tree() { # src
  local path
  while read -r path; do
    [ -n "$(layer_of "$path")" ] && check_file "$1" "$path"
  done < <(cd "$1" && find . -name '*.[ch]' | sed 's|^\./||' | sort)
  return 0
}

# The check must be able to fail.
planted=$(mktemp -d)
trap 'rm -rf "$planted"' EXIT
mkdir -p "$planted/base" "$planted/cli"
echo '#include "layout/draft.h"' >"$planted/base/bad.c"
echo '#include <jansson.h>' >"$planted/base/worse.c"
echo '#include "input/json.h"' >"$planted/cli/bad.c"
found=$(check_tree "$planted" | wc -l)
if [ "$found" -ne 3 ]; then
  echo "the check found $found of 3 planted faults"
  exit 1
fi

faults=$(check_tree "$2/src")
if [ -n "$faults" ]; then
  echo "$faults"
  exit 1
fi
echo "layers: $(find "$2/src" -name '*.[ch]' | wc -l) files in order"
