#!/usr/bin/env python3
"""Cases of bad input and wrong usage: one folder, one issue. A case holds
  cmd      arguments of provmap, one line as a shell reads it; run in a copy of the folder. $DATA stands for shapes/
  stderr   what must be printed there, to the letter
  exit     the exit code
  stdout   what must be printed there; without it nothing may be
  stdin    given as standard input; without it there is none
  sink     the file that standard output goes to instead, such as /dev/full
  files    names of files that must have been written, one a line; without it none may appear
and the inputs it names. No input may change. PM_ACCEPT=1 rewrites stderr, stdout and exit.

    run.py PROVMAP SOURCE_DIR [BUILD_DIR]
"""

import difflib
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile

PROVMAP, SOURCE = (pathlib.Path(path).resolve() for path in sys.argv[1:3])
ACCEPT = os.environ.get("PM_ACCEPT") == "1"
ABOUT = {"cmd", "stderr", "exit", "stdout", "stdin", "sink", "files"}
# What differs from one run to the next, once a line.
VARYING = ((rb": [0-9]+ bytes", b": N bytes"), (rb" +[0-9]+\.[0-9]+ ms", b" N ms"))


def contents(path):
    return path.read_bytes() if path.is_file() else b""


def listing(folder):
    """All files with what they hold."""
    return {str(path.relative_to(folder)): path.read_bytes()
            for path in folder.rglob("*") if path.is_file() and not path.is_symlink()}


def steady(said):
    """What was said, without what differs from one run or place to the next."""
    lines = said.replace(os.fsencode(SOURCE), b"SOURCE").split(b"\n")
    for pattern, stands in VARYING:
        lines = [re.sub(pattern, stands, line, count=1) for line in lines]
    return re.sub(rb'("ms":)[0-9.]+', rb"\1N", b"\n".join(lines))


def compare(path, got):
    """What is wrong with what was printed, line by line."""
    wanted = contents(path)
    if wanted == got:
        return []
    if ACCEPT:
        path.write_bytes(got)
        return []
    wanted, got = (text.decode(errors="backslashreplace").splitlines() for text in (wanted, got))
    return [f"{path.name}:", *(f"  {line}" for line in list(difflib.unified_diff(wanted, got, lineterm=""))[2:])]


def run(case, work):
    """What is wrong, line by line."""
    shutil.copytree(case, work, symlinks=True)
    for name in ABOUT:
        (work / name).unlink(missing_ok=True)
    before = listing(work)
    arguments = [word.replace("$DATA", str(SOURCE / "shapes")) for word in shlex.split((case / "cmd").read_text())]
    sink = contents(case / "sink").decode().strip()
    with open(case / "stdin" if (case / "stdin").is_file() else os.devnull, "rb") as stdin, \
            open(work / sink, "wb") if sink else tempfile.TemporaryFile() as stdout:
        done = subprocess.run([PROVMAP, *arguments], stdin=stdin, stdout=stdout, stderr=subprocess.PIPE, cwd=work)
        printed = b""
        if not sink:
            stdout.seek(0)
            printed = stdout.read().replace(os.fsencode(SOURCE), b"SOURCE")
    code = done.returncode if done.returncode >= 0 else 128 - done.returncode  # as a shell tells of signals
    wrong = compare(case / "exit", b"%d\n" % code) + compare(case / "stderr", steady(done.stderr))
    if (case / "stdout").is_file():
        wrong += compare(case / "stdout", printed)
    elif printed:
        wrong += ["something on stdout"]
    after = listing(work)
    for name in contents(case / "files").decode().split("\n"):
        if name and not after.pop(name, None):
            wrong += [f"not written: {name}"]
    return wrong + [f"changed: {name}" for name in sorted(before.keys() | after.keys())
                    if before.get(name) != after.get(name)]


def main():
    os.environ.update(PROVMAP_DATA=str(SOURCE), DATA=str(SOURCE / "shapes"))
    passed = failed = 0
    with tempfile.TemporaryDirectory() as folder:
        for case in sorted(path.parent for path in (SOURCE / "tests/cases").glob("*/cmd")):
            work = pathlib.Path(folder) / "run"
            wrong = run(case, work)
            shutil.rmtree(work)
            failed += bool(wrong)
            passed += not wrong
            if wrong:
                print(f"FAIL {case.name}", *wrong, sep="\n  ")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
