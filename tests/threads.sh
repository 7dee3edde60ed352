#!/usr/bin/env bash
# A batch in 8 threads, and a picture that several pack, built with the thread sanitizer: no two of them touch one thing at
# once.
# usage: threads.sh PROVMAP SOURCE_DIR BUILD_DIR
set -euo pipefail
source_dir=$(realpath "$2")
build=$(realpath "$3")/threads
compiler=$(sed -n 's/^CMAKE_C_COMPILER:[A-Z]*=//p' "$3/CMakeCache.txt")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export PROVMAP_DATA=$source_dir

echo 'int main(void) { return 0; }' >"$work/none.c"
if ! "$compiler" -fsanitize=thread "$work/none.c" -o "$work/none" 2>/dev/null || ! "$work/none"; then
  echo "threads: skipped: $compiler has no thread sanitizer here"
  exit 77
fi
cd "$source_dir"
cmake --preset tsan -B "$build" -DCMAKE_C_COMPILER="$compiler" -DBUILD_TESTING=OFF >"$work/log" 2>&1 &&
  cmake --build "$build" --target provmap >>"$work/log" 2>&1 || { cat "$work/log"; exit 1; }

cd "$work"
cp "$source_dir/tests/golden/series/status.json" .
cat >jobs.json <<END
{"format": "provmap-jobs/1", "status": "status.json", "shapes": "$source_dir/tests/fixtures/quarters", "size": "640x480",
 "matrix": {"date": ["2021-05-01", "2021-05-21"], "lang": ["en", "fa"], "style": ["default", "dark"]},
 "output": ["{date}-{lang}-{style}.svg", "{date}-{lang}-{style}.png"],
 "maps": [{"since": "2021-05-01", "output": "changes.pdf"}, {"every": "10", "output": "series.svg"},
  {"focus": "Elm", "projection": "EPSG:32642", "output": "elm.html"}, {"animate": true, "output": "days.apng"},
  {"focus": "Nowhere", "output": "nowhere.svg"}]}
END
code=0
export G_SLICE=always-malloc TSAN_OPTIONS="ignore_noninstrumented_modules=1 exitcode=66"
"$build/provmap" batch jobs.json -j 8 --folder maps 2>messages ||
  code=$?
if grep -q "WARNING: ThreadSanitizer" messages || [ $code -ne 2 ] || ! grep -q "20 files written" messages; then
  cat messages
  echo "threads: exit $code"
  exit 1
fi
"$build/provmap" render status.json -s "$source_dir/tests/fixtures/quarters" -q --size 1600x1200 -o one.png 2>messages &&
  "$build/provmap" render status.json -s "$source_dir/tests/fixtures/quarters" -q --size 640x480 --animate -o days.apng 2>>messages ||
  { cat messages; echo "threads: a picture alone failed"; exit 1; }
cmp days.apng maps/days.apng
echo "threads: 13 maps in 8 threads, and two alone"
