#!/usr/bin/env bash
# --deps: what it writes is what GNU make and ninja understand, whatever the files are called, and names all that was
# read; it is written on failure, too, and never empty. --verify: tells what is stale, and touches nothing.
# usage: deps.sh PROVMAP SOURCE_DIR BUILD_DIR
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

# ---- everything that was read ----------------------------------------------------------------------

cp "$source_dir/tests/examples/helmand-2021-05-04.json" status.json
cp -r "$source_dir/shapes/afghanistan" shapes
echo '{"format": "provmap-style/1", "extends": "middle.json"}' >style.json
echo '{"format": "provmap-style/1", "extends": "dark"}' >middle.json
echo '{"format": "provmap-aliases/1", "aliases": {}}' >aliases.json
cp status.json before.json
draw() {
  "$provmap" render "${status:-status.json}" -q -s shapes -y style.json --aliases aliases.json --compare before.json \
    --size 500x400 "$@"
}
check "it draws" draw -o map.svg -o map.png --deps map.d
check "zero" draw -o map.svg --deps zero --deps-format zero
check "json" draw -o map.svg -o map.png --deps deps.json

tr "\0" "\n" <zero | sort >listed
for file in status.json before.json style.json middle.json aliases.json shapes/shapes.json \
  shapes/{provinces,places,neighbours,boundaries,rivers,lakes,roads}.{shp,shx,dbf,prj,cpg} \
  "$source_dir"/styles/{dark,default}.json; do
  check "$file is listed" grep -qxF "$file" listed
done
check "fonts are listed" grep -q 'NotoSans-Regular.ttf$' listed
check "all that is listed is there" xargs -d '\n' ls -d <listed
check "json says the same" python3 - <<'PY'
import json
deps = json.load(open("deps.json"))
assert sorted(deps["inputs"]) == open("listed").read().split("\n")[:-1], deps
assert deps["outputs"] == ["map.svg", "map.png"], deps
PY

# ---- on failure ------------------------------------------------------------------------------------

sed 's/"Helmand"/"Helmend"/' status.json >broken.json
status=broken.json check "a wrong name" fails 1 draw -o none.svg --deps broken.d
check "deps are written on failure, too" grep -q 'broken.json' broken.d
check "the output is not" fails 1 test -e none.svg
check "a file that is not there" fails 3 "$provmap" render gone.json -q -o none.svg --deps gone.d
check "is a dependency, too" grep -q 'gone.json' gone.d
check "wrong usage" fails 2 "$provmap" render status.json -q -o none.bmp --deps usage.d
check "writes none, not an empty one" fails 1 test -e usage.d
check "an input is never overwritten" fails 2 draw -o map.svg --deps middle.json
check "nor is an output" fails 2 draw -o map.svg --deps map.svg

# ---- any name, as make and ninja see it --------------------------------------------------------------

check "make and ninja" python3 - "$provmap" "$source_dir" <<'PY'
import json, os, shutil, subprocess, sys
provmap, source = sys.argv[1:]
status = open("status.json").read()
names = [" ", "#", "$", ":", "%", "=", "~", "[", "]", "\\", "(", ")", ",", "é", "\\ ", "\\\\ ", "\\#", "\\:", "$(x)",
         "${x}", "a b  c", "!", "{", "}", "@", "+", "%a%", "\\a", "\\$", "=#$: \\"]
only_make = ["*", "?", "&", "'", '"', "<", ">", "^", "`", "\\%", "\\*"]
never = {"make": [";", "|", "\t", "\n"], "ninja": [";", "|", "\t", "\n", "&", "'"]}
AT_ONCE = 3  # each as two styles, of which all extend the next

def run(*command, **more):
    return subprocess.run(command, capture_output=True, text=True, **more)

def draw(form, style, outputs, code=0):
    options = [x for o in outputs for x in ("-o", o)]
    got = run(provmap, "render", "status.json", "-q", "-s", source + "/shapes/afghanistan", "--style", style,
              "--size", "400x300", "--deps", "m.d", "--deps-format", form, *options)
    assert got.returncode == code, got.stderr

def by_make(outputs):
    open("Makefile", "w").write("include m.d\n%.txt: ; @echo rebuilt\n")
    return lambda: run("make", "--no-print-directory", *outputs)

def by_ninja(outputs):
    def quoted(o):
        return o.replace("$", "$$").replace(" ", "$ ").replace(":", "$:")
    os.rename("m.d", "kept.d")
    open("build.py", "w").write("import os, shutil\nshutil.copy('kept.d', 'm.d')\n"
                                "for f in %r: os.utime(f)\nprint('rebuilt')\n" % outputs)
    open("build.ninja", "w").write("rule map\n  command = python3 build.py\n  depfile = m.d\n  deps = gcc\n"
                                   "build %s: map\n" % " ".join(map(quoted, outputs)))
    run("ninja")
    return lambda: run("ninja")

def check(form, some):
    folder = "names"
    shutil.rmtree(folder, ignore_errors=True)
    os.mkdir(folder)
    os.chdir(folder)
    open("status.json", "w").write(status)
    styles = [x for n in some for x in (n + "x.json", "x" + n + "y.json")]
    outputs = [x for n in some for x in (n + "m.txt", "n" + n + ".txt")]
    for style, base in zip(styles, styles[1:] + ["default"]):
        json.dump({"format": "provmap-style/1", "extends": base}, open(style, "w"))
    for file in ["status.json", *styles]:
        os.utime(file, (1e9, 1e9))
    draw(form, "./" + styles[0], outputs)
    if form == "make":  # on whose command line = makes a variable
        outputs = [o for o in outputs if "=" not in o]
    build = (by_make if form == "make" else by_ninja)(outputs)
    first = build()
    assert first.returncode == 0 and "rebuilt" not in first.stdout, (form, some, first)
    for file in styles:
        os.utime(file, (4e9, 4e9))
        again = build()
        rebuilt = len(outputs) if form == "make" else 1
        assert again.returncode == 0 and again.stdout.count("rebuilt") == rebuilt, (form, file, again)
        os.utime(file, (1e9, 1e9))
        if form == "ninja":
            build()
    if form == "make":  # an input that is gone
        os.remove(styles[-1])
        assert build().returncode == 0, (form, some)
    os.chdir("..")

def check_default_goal():  # the one way to ask make for a file with =
    open("status.json", "w").write(status)
    draw("make", "default", ["date=1.txt"])
    open("Makefile", "w").write("include m.d\n%.txt: ; @echo rebuilt\n")
    os.utime("status.json", (1e9, 1e9))
    assert "rebuilt" in run("make", "-B", "--no-print-directory").stdout
    os.utime("status.json", (4e9, 4e9))
    again = run("make", "--no-print-directory")
    assert again.returncode == 0 and "rebuilt" in again.stdout, again
    os.utime("status.json", (1e9, 1e9))

for form in ("make", "ninja"):
    all_names = names + (only_make if form == "make" else [])
    for i in range(0, len(all_names), AT_ONCE):
        check(form, all_names[i:i + AT_ONCE])
    for name in never[form]:
        json.dump({"format": "provmap-style/1", "extends": "default"}, open("x" + name + ".json", "w"))
        draw(form, "x" + name + ".json", ["m.txt"], 4)
check_default_goal()
PY

# ---- the Makefile of the README ----------------------------------------------------------------------

mkdir recipe && cd recipe || exit 1
sed -n '/^```make$/,/^```$/{/^```/!p}' "$source_dir/README.md" | sed '/^MAPS/,$d' >Makefile
echo '{"format": "provmap-status/1", "as_of": "2021-05-04", "shapes": "afghanistan", "style": "own.json", "areas": {}}' \
  >status.json
echo '{"format": "provmap-style/1", "extends": "default"}' >own.json
touch -d 2001-01-01 status.json own.json
PATH=${provmap%/*}:$PATH
check "make draws" make -s
check "once" make -q
touch own.json
check "and again when a style is newer" fails 1 make -q
check "even if the map stays the same" make -s
check "once, too" make -q
cd .. || exit 1

# ---- verify ----------------------------------------------------------------------------------------

draw -o map.svg -o map.png -o map.pdf
touch -d 2001-01-01 map.svg map.png map.pdf
check "what was drawn is up to date" draw -o map.svg -o map.png -o map.pdf --verify
echo >>map.svg
cp map.svg before.svg
check "what differs is stale" fails 1 draw -o map.svg -o map.png -o gone.png --verify
draw -o map.svg -o map.png -o gone.png --verify 2>told
check "and named" grep -q '^map.svg: error: .*\[stale\]' told
check "and so is what is missing" grep -q '^gone.png: error: .*\[missing\]' told
check "but not what is well" fails 1 grep -q '^map.png' told
check "nothing is written" cmp map.svg before.svg
check "nor made" fails 1 test -e gone.png

echo "deps: $checked checks"
exit $failed
