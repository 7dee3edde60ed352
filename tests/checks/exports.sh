#!/usr/bin/env bash
# The shared library exports exactly what provmap.h marks PM_API.
# usage: exports.sh PROVMAP SOURCE_DIR BUILD_DIR
set -euo pipefail
declared=$(grep -E '^PM_API' "$2/src/provmap.h" | grep -oE 'pm_[a-z_]+\(' | tr -d '(' | sort)
exported=$(nm -D --defined-only "$3/libprovmap.so" | awk '{print $3}' | sort)
if [ -z "$declared" ] || [ "$declared" != "$exported" ]; then
  echo "declared (<) and exported (>) differ:"
  diff <(echo "$declared") <(echo "$exported") || true
  exit 1
fi
echo "exports: $(wc -l <<<"$exported") functions"
