#!/usr/bin/env bash
# The pole of inaccessibility of polylabel's own test polygons: pole.c says what is compared.
# usage: run.sh PROVMAP SOURCE_DIR BUILD_DIR
set -euo pipefail
. "$(dirname "$0")/../npm/install.sh" "$3"
"$3/tests/pole" "$modules/node_modules/polylabel/test/fixtures"
