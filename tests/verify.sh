#!/usr/bin/env bash
# provmap batch --verify tells what is stale or missing, in the order of the jobs, and touches nothing; --deps gives
# each map a rule that make and ninja follow, names what render would name for it, and does not depend on threads.
# usage: verify.sh PROVMAP SOURCE_DIR BUILD_DIR
set -uo pipefail
provmap=$(realpath "$1")
source_dir=$(realpath "$2")
for program in make ninja; do
  command -v $program >/dev/null || { echo "$program is missing: scripts/setup --tests"; exit 1; }
done
export PROVMAP_DATA=$source_dir
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
failed=0
checked=0

check() { # what, command...
  local what=$1
  shift
  checked=$((checked + 1))
  "$@" >said 2>&1 && return
  echo "FAIL $what"
  head -n 10 said
  failed=1
}
fails() { # code, command...
  "${@:2}"
  [ $? -eq "$1" ]
}
says() { # regular expression, code, command...
  "${@:3}" >heard 2>&1
  [ $? -eq "$2" ] && grep -qE "$1" heard || { cat heard; return 1; }
}

cp -r "$source_dir/tests/fixtures/quarters" shapes
cat >status.json <<'END'
{"format": "provmap-status/1", "title": {"en": "Quarters", "fa": "چارک‌ها"}, "as_of": "2021-05-04", "shapes": "shapes",
 "areas": {"Alder": [{"from": "2021-05-01", "status": "contested"}, {"from": "2021-05-03", "status": "insurgent"}]}}
END
for name in own other; do echo '{"format": "provmap-style/1", "extends": "default"}' >$name.json; done
cat >jobs.json <<'END'
{"format": "provmap-jobs/1", "status": "status.json", "size": "400x300",
 "matrix": {"date": ["2021-05-02", "2021-05-04"], "lang": ["fa", "en"], "style": ["own.json", "other.json"]},
 "output": ["{date}-{lang}-{style}.svg", "txt/{date}-{lang}-{style}.txt"]}
END
batch() { "$provmap" batch jobs.json --folder maps "$@"; }

# ---- verify ----------------------------------------------------------------------------------------

check "all are missing" says '^8 maps: 0 files up to date, 0 stale, 16 missing' 1 batch --verify
check "no folder is made" fails 1 test -e maps
batch -q || exit 1
touch -d 2001-01-01 maps/*.svg maps/txt/*
check "all are up to date" says '^8 maps: 16 files up to date, 0 stale, 0 missing' 0 batch --verify
check "which is silent with -q" says '^$' 0 bash -c 'echo; "$0" batch jobs.json --folder maps --verify -q' "$provmap"
echo >>maps/2021-05-02-en-other.svg
rm maps/2021-05-02-fa-own.svg maps/txt/2021-05-04-en-other.txt
find maps -type f -printf '%p %T@ %s\n' | sort >before
check "what is not is told" says '^8 maps: 13 files up to date, 1 stale, 2 missing; ' 1 batch --verify -j4
for n in 1 4; do
  batch --verify --diagnostics short -j $n 2>&1 | sed -n 's/^maps\/\(.*\): error: .*\[\(.*\)\] *(*\([^)]*\))*$/\2 \3 \1/p' >told$n
done
check "in the order of the jobs, by map and file" diff - told1 <<'END'
missing 2021-05-02-fa-own.svg 2021-05-02-fa-own.svg
stale 2021-05-02-en-other.svg 2021-05-02-en-other.svg
missing 2021-05-04-en-other.svg txt/2021-05-04-en-other.txt
END
check "by any number of threads" cmp told1 told4
check "people read what became of a map" says '^2021-05-02-fa-own.svg: not up to date$' 1 batch --verify
check "by the output that is not up to date" says '^txt/2021-05-04-en-other.txt: not up to date$' 1 batch --verify
check "or the first of several" says '^2021-05-02-en-own.svg and 1 more: not up to date$' 1 \
  "$provmap" batch jobs.json --folder none --verify
check "programs read the map's name" says '"job":"2021-05-04-en-other.svg",.*"file":"maps/txt/2021-05-04-en-other.txt"' 1 \
  batch --verify --diagnostics json
check "programs count" says '"up_to_date":13,"stale":1,"missing":2,"failed":0,"left":0' 1 batch --verify --diagnostics json
check "only those that are asked for" says '^2 maps: 2 files up to date, 0 st' 0 batch --verify --only '*-fa-other.svg'
check "a shard" says '^4 maps: 7 files up to date, 0 stale, 1 missing' 1 batch --verify --shard 1/2
check "nothing is touched" diff before <(find maps -type f -printf '%p %T@ %s\n' | sort)
sed -i 's/Alder/Aldr/' status.json
check "a map that can't be drawn fails, and not as one that is stale" says '; 8 maps failed' 3 batch --verify
check "so does one alone" says 'no area is called "Aldr"' 3 \
  "$provmap" render status.json -o maps/2021-05-02-en-own.svg --verify
sed -i 's/Aldr/Alder/' status.json
check "not with --deps" fails 2 batch --verify --deps maps.d
check "nor with --dry-run" fails 2 batch --verify --dry-run

# ---- deps ------------------------------------------------------------------------------------------

batch -q --deps maps.d || exit 1
for n in 1 2 8; do
  batch -q -j $n --deps maps$n.json --deps-format json
  batch -q -j $n --deps zero$n --deps-format zero
done
for n in 2 8; do
  check "the same with $n threads" cmp maps1.json maps$n.json
  check "inputs, too" cmp zero1 zero$n
done
"$provmap" batch jobs.json --folder . --dry-run >listed
check "json" python3 - "$provmap" <<'PY'
import json, subprocess, sys
maps = json.load(open("maps1.json"))["maps"]
listed = ["maps/" + line for line in open("listed").read().replace("./", "").split()]
assert [o for m in maps for o in m["outputs"]] == listed, maps
inputs = {m["outputs"][0]: m["inputs"] for m in maps}
union = open("zero1").read().split("\0")[:-1]
assert sorted(union) == sorted({i for m in maps for i in m["inputs"]}) and len(set(union)) == len(union)
for lang in ("en", "fa"):
    subprocess.run([sys.argv[1], "render", "status.json", "-q", "--size", "400x300", "--date", "2021-05-02", "--lang",
                    lang, "-y", "own.json", "-o", "alone.svg", "--deps", "alone.d", "--deps-format", "zero"], check=True)
    alone = open("alone.d").read().split("\0")[:-1]
    assert inputs["maps/2021-05-02-%s-own.svg" % lang] == ["jobs.json", *alone], (inputs, alone)
arabic = [name for name, files in inputs.items() if any("Arabic" in f for f in files)]
assert len(arabic) == 4 and all("-fa-" in name for name in arabic), arabic
PY

cat >Makefile <<'END'
MAPS := $(shell sed s,^./,maps/, listed)
all: $(MAPS)
%.svg %.txt: ; @echo $@
include maps.d
END
touch -d 2001-01-01 status.json own.json other.json jobs.json shapes/*
touch maps/*.svg maps/txt/*
check "make has nothing to do" fails 1 grep . <(make -s)
touch own.json
check "but for the maps of the style that changed" diff <(grep 'own\.' listed | sed s,^./,maps/, | sort) <(make -s | sort)
touch jobs.json
check "and for all when the list does" diff <(sed s,^./,maps/, listed | sort) <(make -s | sort)
rm own.json && touch -d 2001-01-01 jobs.json
check "an input that is gone is none that make misses" test "$(make -s | wc -l)" -eq 8
echo '{"format": "provmap-style/1", "extends": "default"}' >own.json

{
  printf 'rule maps\n  command = "%s" batch jobs.json --folder maps -q --deps maps.d --deps-format ninja && touch $out && echo drawn\n' \
    "$provmap"
  printf '  depfile = maps.d\n  deps = gcc\nbuild %s: maps\n' "$(sed s,^./,maps/, listed | tr '\n' ' ')"
} >build.ninja
touch -d 2001-01-01 own.json
check "ninja" says drawn 0 ninja
check "takes all rules" says 'no work' 0 ninja
touch -d 2100-01-01 other.json
check "and follows them" says drawn 0 ninja
touch -d 2001-01-01 other.json

rm -f maps.d
sed -i 's/"own.json"/"gone.json"/' jobs.json
check "a style is gone" fails 3 batch -q --deps maps.d
check "deps are written all the same" grep -q '^maps/2021-05-02-fa-gone.svg' maps.d
check "and name it" grep -q 'gone.json' maps.d
check "not if the jobs can't be read" fails 3 "$provmap" batch none.json -q --deps none.d
check "and no empty ones" fails 1 test -e none.d
sed -i 's/"gone.json"/"own.json"/' jobs.json
check "no output is overwritten" fails 2 batch -q --deps maps/2021-05-02-en-own.svg
check "no input, either" fails 2 batch -q --deps own.json
check "a form without a file" fails 2 batch -q --deps-format json

# ---- the Makefile of the README ----------------------------------------------------------------------

rm -rf maps maps.d
sed -n '/^```make$/,/^```$/{/^```/!p}' "$source_dir/README.md" | sed -n '/^MAPS/,$p' >Makefile
PATH=${provmap%/*}:$PATH
check "the recipe draws" make -s
check "once" make -q
touch -d 2100-01-01 other.json
check "and again when a style is newer" fails 1 make -q
cp jobs.json good.json && echo '{' >jobs.json
check "it stops when the jobs file is broken" says "can't tell which maps" 2 make
cp good.json jobs.json
check "and when provmap is missing" says "can't tell which maps" 2 env PATH=/none "$(command -v make)"

echo "verify: $checked checks"
exit $failed
