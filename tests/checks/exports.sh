#!/usr/bin/env bash
# The shared library exports exactly what provmap.h marks PM_API, under the version that its soname has.
# usage: exports.sh PROVMAP SOURCE_DIR BUILD_DIR
set -euo pipefail

declared() { # header; a declaration may run over several lines
  tr '\n' ' ' <"$1" | grep -oE 'PM_API [^;(]*pm_[a-z0-9_]+ *\(' | grep -oE 'pm_[a-z0-9_]+ *\($' |
    tr -d ' (' | sort
}

exported() { # shared library; nm writes pm_version@@PROVMAP_0, and the version itself as a name
  nm -D --defined-only "$1" | awk '$2 != "A" { sub(/@.*/, "", $3); print $3 }' | sort
}

unversioned() { # shared library: names that do not have its version
  local version
  version=PROVMAP_$(objdump -p "$1" | sed -nE 's/ *SONAME .*\.so\.([0-9]+)$/\1/p')
  nm -D --defined-only "$1" | awk -v wanted="$version" '$2 != "A" && $3 !~ "@@" wanted "$" { print $3 }'
}

same() { # header library
  diff <(declared "$1") <(exported "$2")
}

planted=$(mktemp -d)
trap 'rm -rf "$planted"' EXIT
printf 'PM_API int pm_kept(void);\nPM_API const char\n  *pm_lost(void);\n' >"$planted/bad.h"
echo 'int pm_kept(void) { return 1; } int pm_leaked(void) { return 2; }' |
  ${CC:-cc} -shared -fPIC -x c - -o "$planted/bad.so"
if [ "$(same "$planted/bad.h" "$planted/bad.so" | grep -cE '^(< pm_lost|> pm_leaked)$')" -ne 2 ]; then
  echo "the check does not find planted differences"
  exit 1
fi

if [ "$(unversioned "$planted/bad.so" | wc -l)" -ne 2 ]; then
  echo "the check does not find names without a version"
  exit 1
fi

if ! same "$2/src/provmap.h" "$3/libprovmap.so"; then
  echo "declared (<) and exported (>) differ"
  exit 1
fi
if [ -n "$(unversioned "$3/libprovmap.so")" ]; then
  echo "without the version of the soname: $(unversioned "$3/libprovmap.so" | xargs)"
  exit 1
fi
echo "exports: $(exported "$3/libprovmap.so" | wc -l) functions"
