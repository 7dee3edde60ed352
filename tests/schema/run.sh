#!/usr/bin/env bash
# The JSON Schemas accept and refuse the same files as the reader: agree.js says how that is shown.
# usage: run.sh PROVMAP SOURCE_DIR BUILD_DIR
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/../npm/install.sh" "$3"
work=$3/tests/schema-work
rm -rf "$work" && mkdir -p "$work"
node "$here/agree.js" "$2" "$modules" "$3/tests/schema_verdicts" "$work"
rm -rf "$work" # kept if they disagree
