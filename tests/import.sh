#!/usr/bin/env bash
# Tables come back as they went: what provmap writes as CSV it imports to a status file that draws the same
# statuses; and a table gives the same status file whatever program saved it and in whatever order its rows are.
# usage: import.sh PROVMAP SOURCE_DIR BUILD_DIR
set -uo pipefail
provmap=$(realpath "$1")
source_dir=$(realpath "$2")
export PROVMAP_DATA=$source_dir
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
failed=0
checked=0

same() { # what wanted got
  checked=$((checked + 1))
  [ -s "$2" ] && cmp -s "$2" "$3" && return
  echo "FAIL $1"
  diff "$2" "$3" | head -n 10
  failed=1
}
said() { # table.csv: kind, name, status, certainty, leaning, holder, since of each row
  python3 - "$1" <<'PY'
import csv, sys
for row in csv.DictReader(open(sys.argv[1], encoding="utf-8-sig", newline="")):
    print(*(row[k] for k in ("kind", "code", "name", "status", "certainty", "leaning", "holder", "since",
                             "last_verified", "note", "parent")), sep="|")
PY
}

# ---- round trip ------------------------------------------------------------------------------------

for example in "$source_dir"/tests/examples/*.json; do
  grep -q provmap-status "$example" || continue
  name=$(basename "$example" .json)
  day=$(sed -nE 's/.*"as_of": "([^"]*)".*/\1/p' "$example")
  "$provmap" render "$example" -q -o map.csv
  "$provmap" import map.csv -q -s afghanistan --as-of "$day" -o "$name.json" || failed=1
  "$provmap" render "$name.json" -q -o back.csv
  said map.csv >wanted
  said back.csv >got
  same "round trip of $name" wanted got
done
cp "$name.json" before.json
"$provmap" import map.csv -q -s afghanistan --as-of "$day" -o "$name.json" || failed=1
same "an imported status file may be imported again" before.json "$name.json"

# ---- what was written into an imported file ---------------------------------------------------------

sed -i 's/"contested"/"government"/; s/"as_of"/"title": "Mine", &/' "$name.json"
cp "$name.json" changed.json
"$provmap" import map.csv -q -s afghanistan --as-of "$day" -o "$name.json" 2>said
[ $? -eq 2 ] && grep -q import-changed said || { echo "FAIL a changed file is overwritten"; failed=1; }
same "a changed file stays" changed.json "$name.json"
"$provmap" import map.csv -q -s afghanistan --as-of "$day" --force -o "$name.json" || failed=1
same "a changed file is overwritten by force" before.json "$name.json"

# ---- one table, saved in many ways -----------------------------------------------------------------

python3 - <<'PY'
import datetime, os, random
head = ["Province", "Control", "Day", "Remark"]
rows = [["Helmand", "Gov", "2021-04-01", "held, so far"], ["Helmand", "Taliban", "2021-08-13", 'a "quote"'],
        ["Nangarhār", "Gov", "2021-04-01", ""], ["Ghor; west", "Taliban", "2021-05-02", "two\nlines"]]
def save(name, rows, sep=",", end="\n", encoding="utf-8", day=lambda d: d):
    def cell(c):
        return '"' + c.replace('"', '""') + '"' if any(x in c for x in sep + '"\n;,') else c
    table = [head] + [[p, c, day(d), r] for p, c, d, r in rows]
    open(name, "wb").write((end.join(sep.join(map(cell, row)) for row in table) + end).encode(encoding))
def days(form):
    return lambda d: form(*d.split("-"))
random.seed(1)
for name, options in {
    "plain": dict(), "crlf": dict(end="\r\n"), "mark": dict(encoding="utf-8-sig"), "semicolon": dict(sep=";"),
    "tab": dict(sep="\t"), "bar": dict(sep="|"), "utf16": dict(sep="\t", end="\r\n", encoding="utf-16"),
    "german": dict(sep=";", day=days(lambda y, m, d: f"{int(d)}.{int(m)}.{y}")),
    "british": dict(day=days(lambda y, m, d: f"{d}/{m}/{y}")),
    "american": dict(day=days(lambda y, m, d: f"{int(m)}/{int(d)}/{y}")),
    "excel": dict(day=days(lambda y, m, d: str(
        (datetime.date(int(y), int(m), int(d)) - datetime.date(1899, 12, 30)).days))),
}.items():
    os.makedirs(name)
    save(name + "/table.csv", rows, **options)
os.makedirs("shuffled")
random.shuffle(rows)
save("shuffled/table.csv", rows + rows[:1])
PY
declare -A forms=([german]=%d.%m.%Y [british]=%d/%m/%Y [american]=%m/%d/%Y [excel]=excel)
for way in plain crlf mark semicolon tab bar utf16 german british american excel shuffled; do
  "$provmap" import $way/table.csv -q --area Province --status Control --date Day --note Remark \
    --date-format "${forms[$way]:-%Y-%m-%d}" --map Gov=government --map Taliban=insurgent >$way.json || failed=1
  same "saved as $way" plain.json $way.json
done
"$provmap" import - -q --area Province --status Control --date Day --note Remark \
  --map Gov=government --map Taliban=insurgent <plain/table.csv | sed 's/<stdin>/table.csv/; /x-imported-sum/d' >stdin.json
sed -i '/x-imported-sum/d' plain.json
same "from standard input" plain.json stdin.json

echo "import: $checked checks"
exit $failed
