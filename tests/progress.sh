#!/usr/bin/env bash
# The progress bar: on a terminal it stands after a second of a long animation, or of many maps, and is gone when there is
# something else to say; nowhere else, and not with --quiet.
# usage: progress.sh PROVMAP SOURCE_DIR BUILD_DIR
set -euo pipefail
provmap=$(realpath "$1")
source_dir=$(realpath "$2")
export PROVMAP_DATA=$source_dir NO_COLOR=1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
cp "$source_dir/tests/examples/afghanistan-2021-08.json" status.json
cat >jobs.json <<'END'
{"format": "provmap-jobs/1", "status": "status.json", "size": "4000x3000", "png_level": 12,
 "matrix": {"date": {"from": "2021-08-01", "to": "2021-08-15"}}, "output": "{date}.png"}
END
python3 - "$provmap" <<'PY'
import os, pty, re, select, signal, sys, time

def run(words, enough, terminal=True):
    """What is said on a terminal, or into a pipe, in two seconds at most, until `enough` is found there."""
    ours, theirs = pty.openpty() if terminal else os.pipe()
    child = os.fork()
    if child == 0:
        os.dup2(theirs, 2)
        os.execv(sys.argv[1], [sys.argv[1], *words])
    os.close(theirs)
    said, end = "", time.monotonic() + (20 if enough else 2)
    while time.monotonic() < end and not (enough and re.search(enough, said)):
        if select.select([ours], [], [], 0.1)[0]:
            try:
                got = os.read(ours, 4096)
            except OSError: # a terminal that nobody writes to any more
                break
            if not got:
                break
            said += got.decode()
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    os.close(ours)
    return said

checks = 0
def check(what, good, said):
    global checks
    checks += 1
    assert good, "%s: %r" % (what, said)

LONG = ["render", "status.json", "--animate", "--every", "day", "--since", "2021-02-01", "--size", "4000x3000", "--png-level", "12", "-o", "long.apng"]
BAR = r"\r\x1b\[K[#.]{30} \d+ of %s"
for words, of, no in ((LONG, "196 days (laid out|composed|painted)", "-q"), (["batch", "jobs.json"], "15 maps", "--no-progress")):
    said = run(words, BAR % of)
    check("a bar", re.search(BAR % of, said), said)
    said = run(words + [no], None)
    check("none with " + no, "#" not in said, said)
    said = run(words, None, terminal=False)
    check("none in a pipe", "#" not in said, said)
said = run(["render", "status.json", "--animate", "--size", "2400x1800", "--png-level", "9", "-o", "map.apng"], r"\[label")
check("before a message it is gone", "#" not in said or re.search(r"days \w+\r\x1b\[Kprovmap", said), said)
print("progress: %d checks" % checks)
PY
