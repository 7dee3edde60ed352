#!/usr/bin/env bash
# provmap watch: draws again when an input changes, however it is changed; tells what is wrong with one and goes on;
# ends by a signal and leaves nothing behind.
# usage: watch.sh PROVMAP SOURCE_DIR BUILD_DIR
set -euo pipefail
provmap=$(realpath "$1")
source_dir=$(realpath "$2")
export PROVMAP_DATA=$source_dir
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
if "$provmap" watch - -o map.svg 2>&1 | grep -q 'not available here'; then
  echo "watch: not available on this system"
  exit 0
fi
cp -r "$source_dir/tests/fixtures/quarters" shapes
python3 - "$provmap" <<'PY'
import atexit, json, os, re, signal, subprocess, sys, time

LINE = re.compile(r"^\d\d:\d\d:\d\d (map\.svg, map\.txt drawn in \d+ ms(; nothing is different)?(; .* (as before|gone))?(, \d+ gone)?"
                  r"|failed after \d+ ms; waiting for a change)$", re.M)
signal.signal(signal.SIGINT, signal.SIG_DFL)  # a shell starts its children deaf to it
checks = 0
children = []

@atexit.register
def kill_children():
    for child in children:
        if child.poll() is None:
            child.kill()

def watch(*words, **more):
    children.append(subprocess.Popen([sys.argv[1], "watch", "status.json", *words], **more))
    return children[-1]

def status(title):
    return json.dumps({"format": "provmap-status/1", "title": title, "as_of": "2021-05-04",
                       "areas": {"Alder": "contested"}}, indent=1)

def write(path, text):
    with open(path, "w") as file:
        file.write(text)

def rename_over(path, text):
    write(path + "~", text)
    os.rename(path + "~", path)

def start(*options):
    return watch("-s", "shapes", "-y", "style.json", "--size", "400x300", "-o", "map.svg", "-o", "map.txt", *options,
                 stderr=open("said", "w"))

def said():
    return open("said").read()

def wait_for(what, condition):
    global checks
    checks += 1
    end = time.monotonic() + 60
    while not condition():
        assert run.poll() is None, "%s: it ended with %s\n%s" % (what, run.returncode, said())
        assert time.monotonic() < end, "%s: waited in vain\n%s" % (what, said())
        time.sleep(0.01)

def drawings():
    return len(LINE.findall(said()))

def after(what, change, condition=lambda: True):
    before = drawings()
    change()
    wait_for(what, lambda: drawings() > before and condition())

def titled(title):
    return lambda: title in open("map.txt").read()

def stop(number):
    run.send_signal(number)
    return run.wait(60)

write("status.json", status("First"))
write("style.json", '{"format": "provmap-style/1", "extends": "base.json"}')
write("base.json", '{"format": "provmap-style/1", "extends": "minimal"}')

run = start("-q", "--diagnostics", "short")
wait_for("with -q it draws and says nothing", lambda: os.path.exists("map.txt") and said() == "")
assert stop(signal.SIGTERM) == 143
run = start()
wait_for("what did not change stays", lambda: "nothing is different" in said())

# ---- ways to save a file
after("saved in place", lambda: write("status.json", status("Second")), titled("Second"))
after("renamed into its place", lambda: rename_over("status.json", status("Third")), titled("Third"))
after("deleted", lambda: os.remove("status.json"), lambda: "status.json: error: cannot read it" in said())
after("and made again", lambda: write("status.json", status("Fourth")), titled("Fourth"))
os.mkdir("v1"), os.mkdir("v2")
write("v1/status.json", status("Linked"))
write("v2/status.json", status("Turned"))
os.symlink("v1", "now")
def link():
    os.symlink("now/status.json", "link")
    os.rename("link", "status.json")
def turn():
    os.symlink("v2", "next")
    os.rename("next", "now")
after("a link in its place", link, titled("Linked"))
after("a link on the way to it turned", turn, titled("Turned"))
after("saved behind a link", lambda: write("v2/status.json", status("Behind")), titled("Behind"))
for i in range(30):
    write("v2/status.json", status("Burst %d" % i))
wait_for("the last of many", titled("Burst 29"))

# ---- what is wrong is told, and the map stays
good = open("map.svg", "rb").read()
after("broken", lambda: write("status.json", status("Broken")[:-2]),
      lambda: re.search(r"status\.json:\d+:\d+: error: .*\[json-syntax\]", said()))
assert open("map.svg", "rb").read() == good, "a failure changed the map"
after("mended", lambda: write("status.json", status("Mended")), titled("Mended"))
after("a name that matches nothing", lambda: write("status.json", status("x").replace("Alder", "Aldr")),
      lambda: "[unknown-area]" in said())
after("a style is changed meanwhile", lambda: write("base.json", "{"), lambda: "base.json:1:" in said())
after("the one mended", lambda: write("status.json", status("Again")))
after("and the other", lambda: write("base.json", '{"format": "provmap-style/1", "extends": "minimal", "statuses": '
                                     '{"contested": {"color": "#123456"}}}'),
      lambda: "#123456" in open("map.svg").read().lower() and titled("Again")())

# ---- all parts of the shapes, and the way to them
after("a table", lambda: os.utime("shapes/areas.dbf"))
after("a part gone", lambda: os.remove("shapes/areas.cpg"))
after("a part that was not there", lambda: write("shapes/areas.cpg", "UTF-8"))
after("the manifest", lambda: write("shapes/shapes.json", open("shapes/shapes.json").read() + "\n"))
after("the folder moved away", lambda: os.rename("shapes", "away"), lambda: "[no-shapes]" in said())
after("and back", lambda: os.rename("away", "shapes"))
after("and still watched", lambda: os.utime("shapes/places.shp"))

# ---- what is no input
before = drawings()
write("other.json", "{")
os.remove("map.svg")
write("shapes/areas.svg", "")
end = time.monotonic() + 0.5
while time.monotonic() < end:
    assert drawings() == before, "drawn for nothing:\n" + said()
    time.sleep(0.05)
after("an output that is gone is drawn with the next change", lambda: write("status.json", status("Last")),
      lambda: os.path.exists("map.svg") and titled("Last")())
assert stop(signal.SIGINT) == 130
assert not re.search(r"[^\n]\n?\Z", said()) or LINE.search(said().splitlines()[-1]), said()

# ---- what was told before is not told again
def late(title, *areas):
    return ('{"format": "provmap-status/1", "title": "%s", "as_of": "2021-05-04",\n "areas": {%s}}' %
            (title, ", ".join('"%s": "contested"' % area for area in ("Alder", *areas))))
write("base.json", '{"format": "provmap-style/1", "extends": "minimal", "show": {"neighbours": false}}')
write("v2/status.json", late("Quiet", "Beech", "Larch"))
run = start("--unmatched", "warn")
wait_for("names that match nothing are told", lambda: said().count("[unknown-area]") == 2 and drawings() == 1)
after("and not again, wherever they stand now", lambda: write("v2/status.json", "\n" + late("Quieter", "Beech", "Larch")),
      lambda: titled("Quieter")() and said().endswith("ms; 2 messages as before\n"))
after("but what is new is", lambda: write("v2/status.json", late("New", "Beech", "Larch", "Maple")),
      lambda: said().count("[unknown-area]") == 3 and said().endswith("ms; 2 messages as before\n"))
after("an error stands alone", lambda: write("v2/status.json", late("Broken", "Beech", "Larch", "Maple")[:-1]),
      lambda: said().endswith("waiting for a change\n"))
after("an error is told again", lambda: write("v2/status.json", late("broken", "Beech", "Larch", "Maple")[:-1]),
      lambda: said().count("[json-syntax]") == 2)
after("after it all is as before, and what is gone is told", lambda: write("v2/status.json", late("Mended", "Beech", "Maple")),
      lambda: said().count("[unknown-area]") == 3 and said().endswith("ms; 2 messages as before, 1 gone\n"))
after("once", lambda: write("v2/status.json", late("Once", "Beech", "Maple")),
      lambda: said().endswith("ms; 2 messages as before\n"))
after("until all are", lambda: write("v2/status.json", late("None")), lambda: said().endswith("ms; 2 messages gone\n"))
after("what comes back is new", lambda: write("v2/status.json", late("Again", "Larch")),
      lambda: said().count("[unknown-area]") == 4)
after("and gone again", lambda: write("v2/status.json", status("Last")), titled("Last"))
assert stop(signal.SIGINT) == 130

# ---- for programs
run = start("--diagnostics", "json")
wait_for("a line of JSON", lambda: '"watch"' in said())
told = [json.loads(line) for line in said().splitlines()]
assert told[-1]["watch"]["unchanged"] == 2 and not told[-1]["watch"]["failed"], told
write("v2/status.json", "{")
wait_for("of a failure, too", lambda: '"failed":true' in said())
assert stop(signal.SIGTERM) == 143
left = [name for name in os.listdir(".") if name.startswith(".")]
assert not left, left

# ---- what only the status file names is waited for while that is broken
write("v2/status.json", status("x").replace('"as_of"', '"shapes": "shapes", "style": "style.json", "as_of"'))
run = watch("--size", "400x300", "-o", "map.svg", "-o", "map.txt", stderr=open("said", "w"))
wait_for("all named by the status file", titled("x"))
after("which is broken", lambda: write("v2/status.json", "{"))
after("a style that a style names", lambda: os.utime("base.json"))
after("shapes", lambda: os.utime("shapes/areas.shp"))
assert stop(signal.SIGTERM) == 143

# ---- signals while it draws: the first lets it finish, the second does not
def start_slowly(output, *options):
    for path in ("join.json", output):
        if os.path.exists(path):
            os.remove(path)
    slow = watch("-s", "shapes", "-q", "-o", output, "--join-report", "join.json", *options)
    while not os.path.exists("join.json"):  # all is set up, and it begins to draw
        assert slow.poll() is None
        time.sleep(0.002)
    return slow
write("v2/status.json", status("Slow"))
slow = start_slowly("slow.png")
slow.send_signal(signal.SIGTERM)
assert slow.wait(60) == 143 and os.path.exists("slow.png")
slow = start_slowly("slower.png", "--size", "14000x14000", "--png-level", "12")
while slow.poll() is None:
    slow.send_signal(signal.SIGINT)
    time.sleep(0.01)
assert slow.returncode == -signal.SIGINT and not os.path.exists("slower.png"), slow.returncode

# ---- in the background of a script, where shells make it deaf to Ctrl-C
deaf = subprocess.run(["sh", "-c", '"$0" watch status.json -s shapes -q -o deaf.svg & pid=$!; '
                       'until [ -e deaf.svg ]; do sleep 0.01; done; kill -INT $pid; sleep 0.2; '
                       'kill -TERM $pid || exit 1; wait $pid', sys.argv[1]], timeout=60)
assert deaf.returncode == 143, deaf

# ---- usage
for words in (["watch", "-", "-o", "a.svg"], ["watch", "status.json", "-f", "svg", "-o", "-"], ["watch", "status.json"],
              ["watch", "status.json", "-o", "a.svg", "--verify"]):
    ended = subprocess.run([sys.argv[1], *words], stdin=subprocess.DEVNULL, capture_output=True, timeout=60)
    assert ended.returncode == 2, (words, ended)
assert not os.path.exists("a.svg")
print("watch: %d changes seen" % checks)
PY
