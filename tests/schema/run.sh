#!/usr/bin/env bash
# The JSON Schemas accept and refuse the same files as the reader: agree.js says how that is shown.
# The validator (ajv) is installed into the build folder once, as package-lock.json pins it.
# usage: run.sh PROVMAP SOURCE_DIR BUILD_DIR
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
modules=$3/tests/schema-modules
work=$3/tests/schema-work

for command in node npm; do
  command -v $command >/dev/null || { echo "$command is missing: scripts/setup --tests"; exit 1; }
done

if ! cmp -s "$here/package-lock.json" "$modules/installed"; then
  rm -rf "$modules" && mkdir -p "$modules"
  cp "$here/package.json" "$here/package-lock.json" "$modules"
  (cd "$modules" && npm ci --ignore-scripts --no-audit --no-fund >log 2>&1) || {
    cat "$modules/log"
    echo "the validator can't be installed: is the package registry within reach?"
    exit 1
  }
  cp "$here/package-lock.json" "$modules/installed"
fi

rm -rf "$work" && mkdir -p "$work"
node "$here/agree.js" "$2" "$modules" "$3/tests/schema_verdicts" "$work"
rm -rf "$work" # kept if they disagree
