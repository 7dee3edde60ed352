#!/usr/bin/env bash
# Cases of bad input and wrong usage: one folder, one issue. A case holds
#   cmd      arguments of provmap, one line; run in a copy of the folder. $DATA stands for shapes/
#   stderr   what must be printed there, to the letter
#   exit     the exit code
#   stdout   what must be printed there; without it nothing may be
#   stdin    given as standard input; without it there is none
#   sink     the file that standard output goes to instead, such as /dev/full
#   files    names of files that must have been written, one a line; without it none may appear
# and the inputs it names. No input may change. PM_ACCEPT=1 rewrites stderr, stdout and exit.
# usage: run.sh PROVMAP SOURCE_DIR [BUILD_DIR]
set -uo pipefail
provmap=$(realpath "$1")
source_dir=$(realpath "${2:-$(dirname "$0")/../..}")
export PROVMAP_DATA=$source_dir DATA=$source_dir/shapes
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0
failed=0

same() { # what wanted got
  if [ "${PM_ACCEPT:-}" = 1 ]; then
    if [ -s "$3" ] || [ "$1" != stdout ]; then cp "$3" "$2"; fi
    return 0
  fi
  cmp -s "$2" "$3" && return 0
  echo "  $1:"
  diff -u "$2" "$3" | tail -n +3 | sed 's/^/    /'
  return 1
}

listing() { # folder: names and sums of all files
  (cd "$1" && find . -type f | sort | xargs -r sha256sum)
}

run_case() { # folder
  local arguments ok=0 input=/dev/null sink=$work/stdout
  rm -rf "$work/run" && cp -r "$1" "$work/run"
  (cd "$work/run" && rm -f cmd stderr exit stdout stdin sink files)
  listing "$work/run" >"$work/before"
  [ -f "$1/stdin" ] && input=$1/stdin
  : >"$work/stdout"
  [ -f "$1/sink" ] && sink=$(cat "$1/sink")
  eval "arguments=($(cat "$1/cmd"))"
  (cd "$work/run" && "$provmap" "${arguments[@]}" <"$input" >"$sink" 2>"$work/raw")
  echo $? >"$work/exit"
  sed -E -e "s|$source_dir|SOURCE|g; s/: [0-9]+ bytes/: N bytes/" \
    -e 's/ +[0-9]+\.[0-9]+ ms/ N ms/; s/("ms":)[0-9.]+/\1N/g' "$work/raw" >"$work/stderr"
  sed -i "s|$source_dir|SOURCE|g" "$work/stdout"
  touch "$1/stderr" "$1/exit"
  same exit "$1/exit" "$work/exit" || ok=1
  same stderr "$1/stderr" "$work/stderr" || ok=1
  if [ -f "$1/stdout" ]; then same stdout "$1/stdout" "$work/stdout" || ok=1
  elif [ -s "$work/stdout" ]; then echo "  something on stdout"; ok=1; fi
  if [ -f "$1/files" ]; then
    while read -r name; do
      [ -s "$work/run/$name" ] || { echo "  not written: $name"; ok=1; }
      rm -f "$work/run/$name"
    done <"$1/files"
  fi
  listing "$work/run" >"$work/after"
  cmp -s "$work/before" "$work/after" || { echo "  files changed"; diff "$work/before" "$work/after"; ok=1; }
  return $ok
}

for folder in "$source_dir"/tests/cases/*/; do
  if run_case "${folder%/}"; then
    passed=$((passed + 1))
  else
    echo "FAIL $(basename "$folder")"
    failed=$((failed + 1))
  fi
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
