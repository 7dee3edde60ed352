#!/usr/bin/env bash
# provmap batch: the same bytes in 1, 2 and 8 threads and from provmap render; unchanged files stay; shards are
# disjoint and complete; an interrupt leaves whole files and no others.
# usage: batch.sh PROVMAP SOURCE_DIR BUILD_DIR
set -euo pipefail
provmap=$(realpath "$1")
source_dir=$(realpath "$2")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export PROVMAP_DATA=$source_dir
cd "$work"
cp "$source_dir"/tests/examples/*.json .

fail() { echo "batch: $*"; exit 1; }

cat >jobs.json <<'END'
{
  "format": "provmap-jobs/1", "status": "afghanistan-2021-08.json", "size": "800x600",
  "matrix": {"date": ["2021-08-06", "2021-08-13"], "lang": ["en", "fa"], "style": ["default", "dark"]},
  "output": ["{date}-{lang}-{style}.png", "svg/{date}-{lang}-{style}.svg"],
  "maps": [
    {"status": "helmand-2021-05-04.json", "focus": "Helmand", "theme": "auto", "lang": "fa+en", "text": "live",
     "output": ["{name}.svg", "{name}.pdf", "{name}.html", "{name}.csv", "{name}.json", "{name}.txt"]},
    {"focus": "Nowhere", "output": "nowhere.svg"},
    {"date": "2021-08-13", "since": "2021-08-06", "profile": "office", "svg_inline": true, "output": "changes.svg"}
  ]
}
END

# Two names of one file, which links make.
mkdir d
ln -s d e
for names in 'd/m.svg e/m.svg' 'd/new/m.svg e/new/m.svg' 'd/a.svg d/b.svg'; do
  read -r one two <<<"$names"
  echo '{"format": "provmap-jobs/1", "status": "helmand-2021-05-04.json",
 "maps": [{"output": "'"$one"'"}, {"lang": "fa", "output": "'"$two"'"}]}' >links.json
  [ "$names" != 'd/a.svg d/b.svg' ] || { touch d/file; ln d/file d/a.svg; ln -s file d/b.svg; }
  code=0
  "$provmap" batch links.json -q 2>links.txt || code=$?
  [ $code -eq 2 ] || fail "exit $code with two names of one file"
  grep -q "^links.json:2:[0-9]*: error: \"$two\" and \"$one\" are one file .duplicate-output.$" links.txt ||
    fail "two names of one file: $(cat links.txt)"
done
[ ! -s d/file ] && [ ! -e d/m.svg ] || fail "one of two that are one file was written"
rm -r d e

# Threads, and one failure.
for n in 1 2 8; do
  code=0
  "$provmap" batch jobs.json -j $n --folder "t$n" 2>"messages$n" || code=$?
  [ $code -eq 2 ] || fail "exit $code with $n threads"
  grep -q 'nowhere.svg: failed' "messages$n" || fail "the failure is not told"
  cmp messages1 "messages$n"
  diff -r t1 "t$n"
done
[ "$(find t1 -type f | wc -l)" -eq 23 ] || fail "$(find t1 -type f | wc -l) files"

# As alone.
mkdir alone
"$provmap" render afghanistan-2021-08.json --size 800x600 --date 2021-08-13 --lang fa --style dark -q \
  -o alone/a.png -o alone/a.svg
cmp alone/a.png t1/2021-08-13-fa-dark.png
cmp alone/a.svg t1/svg/2021-08-13-fa-dark.svg
"$provmap" render helmand-2021-05-04.json --size 800x600 --focus Helmand --theme auto --lang fa+en --text live -q \
  -o alone/h.svg -o alone/h.pdf -o alone/h.html -o alone/h.csv
for ending in svg pdf html csv; do cmp "alone/h.$ending" "t1/helmand-2021-05-04.$ending"; done
"$provmap" render afghanistan-2021-08.json --size 800x600 --date 2021-08-13 --since 2021-08-06 --profile office \
  --svg-inline -q -o alone/c.svg
cmp alone/c.svg t1/changes.svg

# What would not change is not touched; what did is written.
echo "<svg/>" >t1/changes.svg
touch -d 2001-01-01 t1/*.* t1/svg/*
"$provmap" batch jobs.json --folder t1 --only '[!n]*' 2>messages || fail "exit $?"
tail -n 1 messages | grep -q '^10 maps: 1 file written, 22 unchanged' || fail "$(tail -n 1 messages)"
[ "$(find t1 -type f -newermt 2002-01-01)" = t1/changes.svg ] || fail "files were touched"

# A dry run writes nothing; --only chooses outputs.
"$provmap" batch jobs.json --folder dry --dry-run >list
[ ! -e dry ] || fail "a dry run wrote"
[ "$(wc -l <list)" -eq 24 ] || fail "$(wc -l <list) outputs are listed"
"$provmap" batch jobs.json --folder only --only '*-fa-*.svg' -q
[ "$(find only -type f | wc -l)" -eq 4 ] || fail "--only wrote $(find only -type f | wc -l) files"
for file in only/svg/*; do cmp "$file" "t1/svg/${file##*/}"; done

# Shards: each output in exactly one.
for n in 1 2 3 7 20; do
  : >parts
  for i in $(seq "$n"); do
    "$provmap" batch jobs.json --folder dry --dry-run --shard "$i/$n" >part
    cat part >>parts
  done
  cmp <(sort list) <(sort parts) || fail "$n shards are not the whole, or overlap"
done
"$provmap" batch jobs.json --folder shards --shard 1/2 -q || true
"$provmap" batch jobs.json --folder shards --shard 2/2 -q || true
diff -r shards t2

# One map for each area, called by its code.
cat >atlas.json <<'END'
{"format": "provmap-jobs/1", "status": "afghanistan-2021-08.json",
 "matrix": {"date": ["2021-08-13"], "focus": {"each": "area"}}, "output": "{area}.svg"}
END
[ "$("$provmap" batch atlas.json --dry-run | sort -u | wc -l)" -eq 34 ] || fail "an atlas has not 34 maps"
"$provmap" batch atlas.json --dry-run | grep -qx af-hel.svg || fail "no af-hel.svg"

# An interrupt: exit 130, whole files, nothing left behind; and of each that is there its warning was told, in order.
# (A shell starts its children deaf to it.)
sed 's/"date": \["2021-08-13"\]/"date": {"from": "2021-08-01", "to": "2021-08-31"}/; s/{area}/{date}-{area}/' \
  atlas.json >many.json
python3 - "$provmap" <<'END'
import json, os, signal, subprocess, sys, time
status = json.load(open("afghanistan-2021-08.json", encoding="utf-8"))
status["areas"]["Nowhere"] = {"status": "contested"}
json.dump(status, open("warns.json", "w", encoding="utf-8"))
jobs = json.load(open("many.json", encoding="utf-8"))
json.dump({**jobs, "status": "warns.json", "unmatched": "warn"}, open("many.json", "w", encoding="utf-8"))
signal.signal(signal.SIGINT, signal.SIG_DFL)
run = subprocess.Popen([sys.argv[1], "batch", "many.json", "--folder", "cut", "-j2", "--deps", "cut.d",
                        "--diagnostics", "json"], stderr=subprocess.PIPE, text=True)
while not (os.path.isdir("cut") and len(os.listdir("cut")) > 3):
    time.sleep(0.02)
run.send_signal(signal.SIGINT)
said = run.communicate(timeout=60)[1]
assert run.returncode == 130, run.returncode
told = [json.loads(line) for line in said.splitlines()]
warned = list(dict.fromkeys(one["job"] for one in told if one.get("severity") == "warning"))
files = sorted(os.listdir("cut"))
summary = told[-1]["summary"]
assert warned == files, (warned, files)
assert summary["written"] == len(files) and summary["left"] == summary["maps"] - len(files) > 0, summary
END
[ ! -e cut.d ] || fail "half a list of files that were read"
find cut -name '.*' -type f | grep . && fail "temporary files are left"
for file in cut/*.svg; do tail -c 7 "$file" | grep -q '</svg>' || fail "$file is cut off"; done
"$provmap" batch many.json --folder whole --only "$(basename "$(ls cut/*.svg | head -n 1)")" -q
cmp whole/*.svg "cut/$(basename whole/*.svg)"
echo "batch: threads, shards, interrupts"
