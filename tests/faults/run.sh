#!/usr/bin/env bash
# What goes wrong around provmap: full disks, closed pipes, kills, files that change while they are read, no memory,
# many maps. A target is the old file or the new one, never half of it; the exit code is not 0, and a message says why.
# Calls are made to fail by inject.c. Prints a line a check.
# usage: run.sh PROVMAP SOURCE_DIR BUILD_DIR
set -uo pipefail
provmap=$(realpath "$1")
source_dir=$(realpath "$2")
inject=$(realpath "$3")/tests/libinject.so
sanitized=$(grep -cE '^PROVMAP_SANITIZED:.*=(ON|TRUE)' "$3/CMakeCache.txt")
export PROVMAP_DATA=$source_dir PATH=${provmap%/*}:$PATH
export ASAN_OPTIONS=${ASAN_OPTIONS:-}:verify_asan_link_order=0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
passed=0
failed=0
left_out=()

check() { # what, command...
  local what=$1
  shift
  if "$@" >said 2>&1; then
    echo "ok   $what"
    passed=$((passed + 1))
  else
    echo "FAIL $what"
    head -n 5 said | cut -c1-200
    failed=$((failed + 1))
  fi
}
with() { # call, error, at, file, command...: runs it with a fault; a kill is no news
  FAULT_CALL=$1 FAULT_ERROR=$2 FAULT_AT=$3 FAULT_FILE=$4 LD_PRELOAD=$inject "${@:5}"
}
leftovers() {
  find . -name '.provmap-*' | sort
}
# Ends with the code, says what it must, leaves old.svg and nothing beside it.
fails() { # code, what it says, command...
  local code=0
  cp old.svg m.svg
  "${@:3}" >out 2>err || code=$?
  cat err
  [ $code -eq "$1" ] || { echo "exit $code"; return 1; }
  grep -q -- "$2" err || { echo "does not say: $2"; return 1; }
  cmp old.svg m.svg && [ -z "$(leftovers)" ]
}
works() { # command...: draws new.svg
  cp old.svg m.svg
  "$@" && cmp new.svg m.svg
}

printf 'Province,Control,Day\nAlder,contested,2021-05-04\n' >table.csv
cp -r "$source_dir/tests/fixtures/quarters" shapes
cp -r shapes pristine
echo '{"format": "provmap-style/1", "extends": "minimal", "show": {"place_labels": false, "area_labels": false,
       "neighbours": false, "scale_bar": false, "frame": false}}' >bare.json
echo '{"format": "provmap-status/1", "title": "Quarters", "as_of": "2021-05-04", "shapes": "shapes", "style": "bare.json",
       "areas": {"Alder": "contested"}}' >status.json
sed 's/contested/insurgent/' status.json >other.json
draw=(provmap render status.json -q -s shapes -y bare.json --size 300x200)
"${draw[@]}" -o new.svg || exit 1
provmap render other.json -q --size 300x200 -o old.svg || exit 1
size=$(stat -c %s new.svg)

# ---- writing that fails ----------------------------------------------------------------------------

full='No space left on device'
while read -r call error at words; do
  check "$call: $error after $at" fails 4 "^m.svg: error: cannot write it: $words" \
    with "$call" "$error" "$at" .tmp "${draw[@]}" -o m.svg
done <<END
write ENOSPC 0 $full
write ENOSPC 1000 $full
write ENOSPC $((size - 1)) $full
write EIO 5000 Input/output error
write EDQUOT 100 Disk quota exceeded
fsync EIO 0 Input/output error
close EDQUOT 0 Disk quota exceeded
rename EACCES 0 Permission denied
rename ENOSPC 0 $full
open EROFS 0 Read-only file system
open EACCES 0 Permission denied
open EMFILE 0 Too many open files
fchmod EPERM 0 Operation not permitted
END
check "a write in pieces goes on" works with write SHORT 0 .tmp "${draw[@]}" -o m.svg
check "an interrupted one, too" works with write EINTR 0 .tmp "${draw[@]}" -o m.svg
check "of two files the first is there" fails 4 '^m.svg: error' with write ENOSPC "$size" .tmp "${draw[@]}" -o a.svg -o m.svg
check "and whole" cmp a.svg new.svg
check "deps on a full disk" fails 4 '^m.d: error' with write ENOSPC "$size" .tmp "${draw[@]}" -o b.svg --deps m.d
check "a join report" fails 4 '^join.json: error' with write ENOSPC 10 .tmp "${draw[@]}" -o m.svg --join-report join.json
check "an import" fails 4 '^in.json: error' with write ENOSPC 10 .tmp \
  provmap import table.csv --area Province --status Control --date Day -q -o in.json
check "a folder that can't be made" fails 4 'Read-only file system' with mkdir EROFS 0 sub provmap batch <(
  echo '{"format": "provmap-jobs/1", "status": "'"$work"'/status.json", "output": "sub/a.svg"}') --folder "$work"
mkdir folder.svg
for option in -o --alt-text --deps --join-report; do
  check "a folder in place of $option" fails 4 'it is a folder' "${draw[@]}" -o b.svg $option folder.svg
done
check "a folder that is a file" fails 4 'is no folder' "${draw[@]}" -o status.json/m.svg
ln -s gone dangling
check "a folder that is a link to nothing" fails 4 '"dangling" is a link to nothing' "${draw[@]}" -o dangling/m.svg
echo '{"format": "provmap-jobs/1", "status": "status.json", "output": "a.svg"}' >one.json
check "a batch's folder, too" fails 4 '"dangling" is a link to nothing' provmap batch one.json --folder dangling
rm dangling

mount_small() { # command... in a place of its own: small and read-only are folders that are that
  unshare -m bash -c 'mkdir small ro && mount -t tmpfs -o size=8k tmpfs small && mount -t tmpfs -o ro tmpfs ro && "$@"' \
    bash "$@"
}
if mount_small true 2>/dev/null; then
  rmdir small ro
  check "a disk that is full indeed" fails 4 "$full" mount_small "${draw[@]}" -o small/m.svg
  rmdir small ro
  check "one that is read-only indeed" fails 4 'Read-only' mount_small "${draw[@]}" -o ro/m.svg
  rmdir small ro
else
  left_out+=("disks that are full indeed")
fi

# ---- pipes -----------------------------------------------------------------------------------------

check "pipes whose readers are gone" python3 - <<'PY'
import fcntl, os, re, signal, subprocess
F_SETPIPE_SZ = 1031
draw = "provmap render status.json -q --size 300x200 -o - -f".split()
def run(command, code, says=r"^<stdout>: error: cannot write it all \[cannot-write\]$", read=0, error_gone=False):
    r, w = os.pipe()
    fcntl.fcntl(w, F_SETPIPE_SZ, 4096)
    child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL if error_gone else w,
                             stderr=w if error_gone else subprocess.PIPE, text=True)
    os.close(w)
    if read:
        assert os.read(r, read)
    os.close(r)
    said = child.communicate(timeout=60)[1]
    assert child.returncode == code, (command, child.returncode, said)
    assert error_gone or re.search(says, said, re.M), (command, said)
for form in ("svg", "png", "pdf", "scene"):
    run(draw + [form], 4)
run(draw + ["svg"], 4, read=100)
for words in ("--help", "info shapes/areas.shp", "schema status", "styles --keys", "manual", "completions zsh",
              "import table.csv --area Province --status Control --date Day"):
    run(["provmap", *words.split()], 4)
open("wrong.json", "w").write("{")
run(["provmap", "render", "wrong.json", "-o", "w.svg"], 3, error_gone=True)
PY

# ---- kills -----------------------------------------------------------------------------------------

killed() { # command...
  cp old.svg m.svg
  ("$@") 2>/dev/null
  [ $? -eq 137 ] && cmp old.svg m.svg
}
n=0
for moment in "write 0" "write 1000" "write $((size - 1))" "fsync 0" "close 0" "rename 0"; do
  read -r call at <<<"$moment"
  check "killed at $call after $at: the old file" killed with "$call" KILL "$at" .tmp "${draw[@]}" -o m.svg
  n=$((n + 1))
  check "and one file that may be deleted" test "$(leftovers | grep -cE '^\./\.provmap-[0-9]+-[0-9]+\.tmp$')" -eq $n
done
check "the next run works" works "${draw[@]}" -o m.svg
check "and leaves them alone" test "$(leftovers | wc -l)" -eq $n
among_leftovers() { # of runs with its own number, as happens in containers
  touch $(seq -f ".provmap-$$-%g.tmp" 0 150)
  exec "${draw[@]}" -o m.svg
}
check "even if they have its number" works bash -c "draw=(${draw[*]}); $(declare -f among_leftovers); among_leftovers"
rm -f .provmap-*
python3 - <<'PY'
import json
def jobs(name, count):
    maps = [{"id_prefix": "m%d" % i, "output": "%d.svg" % i} for i in range(count)]
    json.dump({"format": "provmap-jobs/1", "status": "status.json", "size": "200x200", "maps": maps}, open(name, "w"))
for count in (100, 2000, 10000):
    jobs("jobs%d.json" % count, count)
PY
killed_batch() {
  (with write KILL 100000 .tmp provmap batch jobs100.json --folder killed -q -j2) 2>/dev/null
  [ $? -eq 137 ] && [ -n "$(ls killed/*.svg)" ] && for file in killed/*.svg; do tail -c 7 "$file" | grep -q '</svg>' || return 1; done
}
check "a batch that is killed leaves whole files" killed_batch
check "and is finished by the next run" bash -c 'provmap batch jobs100.json --folder killed -q &&
  provmap batch jobs100.json --folder killed --verify -q'
rm -r killed

# ---- two at once -----------------------------------------------------------------------------------

at_once() {
  for _ in $(seq 8); do
    rm -f m.svg
    "${draw[@]}" -o m.svg & provmap render other.json -q --size 300x200 -o m.svg & wait %1 && wait %2 || return 1
    cmp -s m.svg new.svg || cmp -s m.svg old.svg || return 1
  done
}
check "two processes that write one file" at_once
check "leave nothing else" test -z "$(leftovers)"

# ---- inputs that change meanwhile ------------------------------------------------------------------

changes() { # what becomes of which file at which read; the exit codes that are right
  local code=0
  rm -rf shapes && cp -r pristine shapes && cp old.svg m.svg
  touch -d 2001-01-01 shapes/* status.json bare.json
  cp status.json kept.json
  with read "$1" "$3" "/$2" "${draw[@]}" -o m.svg 2>err || code=$?
  mv kept.json status.json
  cat err
  [[ " $4 " == *" $code "* ]] || { echo "exit $code"; return 1; }
  if [ $code -eq 0 ]; then cmp new.svg m.svg; else cmp old.svg m.svg && grep -q "${2%.*}.*: error: " err; fi
}
for file in status.json areas.shp areas.dbf areas.shx areas.prj neighbours.shp rivers.shp places.shp places.dbf; do
  for at in 0 1; do
    check "$file is cut off before read $at" changes CUT $file $at "3 $([ $at = 0 ] || echo 0)"
    check "$file is overwritten before read $at" changes SCRAMBLE $file $at "3 $([ $at = 0 ] || echo 0)"
  done
done
says_changed() {
  changes CUT areas.shp 1 3 && grep -q '^shapes/areas.shp: error: somebody wrote to it while it was read \[changed\]$' err
}
check "which is said" says_changed
swaps() {
  rm -rf shapes && cp -r pristine shapes && cp shapes/rivers.shp shapes/areas.shp.other
  works with read SWAP 1 /areas.shp "${draw[@]}" -o m.svg
}
check "a file that is replaced is read as it was" swaps
rm -rf shapes && cp -r pristine shapes

# When it is mapped depends on the libraries.
fonts_cut() {
  local code cut=0
  "${draw[@]}" -o a.svg --deps zero --deps-format zero && mkdir fonts || return 1
  for at in 0 1 2 3 4; do
    tr '\0' '\n' <zero | grep 'NotoSans-[^/]*$' | xargs -d '\n' cp -t fonts
    code=0
    with close CUT $at NotoSans-Regular.ttf provmap render status.json -q -y default --font-dir fonts -o b.svg 2>err || code=$?
    cat err
    [ $code -eq 0 ] || [ $code -eq 3 ] || { echo "exit $code"; return 1; }
    grep -q 'cut off while it was in use' err && cut=1
  done
  [ $cut -eq 1 ]
}
[ "$sanitized" -gt 0 ] || check "a font that is cut off while it is in use" fonts_cut

# ---- threads ---------------------------------------------------------------------------------------

# A picture is packed by several; without them, or with some, it is the same. One processor needs none.
large=(provmap render status.json -q --size 900x900)
"${large[@]}" -o whole.png
packed() { # threads that there are
  rm -f m.png
  with thread EAGAIN "$1" provmap "${large[@]}" -o m.png && cmp whole.png m.png
}
for threads in 0 1; do
  check "a picture where $threads threads can be had" packed $threads
done
# A batch has none to draw with, and says so.
batch_alone() {
  fails 5 thread with thread EAGAIN 0 provmap provmap batch jobs100.json --folder alone -q -j2
}
check "a batch where no thread can be had" batch_alone

# ---- memory ----------------------------------------------------------------------------------------

limited() { # KiB, command...: draws, or says that memory is lacking; never anything else
  local code=0
  cp old.svg m.svg
  (ulimit -v "$1" && exec "${@:2}") >out 2>err || code=$?
  cat err
  case $code in
    0) cmp new.svg m.svg ;;
    5) cmp old.svg m.svg && grep -qE 'memory|less than|thread' err && [ -z "$(leftovers)" ] ;;
    127) [ "$1" -lt 60000 ] && grep -q 'shared' err && [ -z "$(leftovers)" ] ;; # the loader's
    *) echo "exit $code"; return 1 ;;
  esac
}
if [ "$sanitized" -eq 0 ]; then
  for kib in $(seq 30000 15000 270000); do
    check "within $((kib / 1000)) MB" limited "$kib" "${draw[@]}" -o m.svg
  done
  batch_within() { # KiB
    local code=0
    rm -rf tight
    (ulimit -v "$1" && exec provmap batch jobs100.json --folder tight -q -j8) >out 2>err || code=$?
    cat err
    for file in tight/*.svg; do
      [ ! -e "$file" ] || tail -c 7 "$file" | grep -q '</svg>' || return 1
    done
    [ $code -eq 0 ] || { [ $code -eq 5 ] && grep -qE 'memory|thread' err; }
  }
  for kib in 32000 36000 40000 150000 175000 300000 600000; do
    check "a batch within $((kib / 1000)) MB" batch_within $kib
  done
  check "a batch of 8 threads within 500 MB of data" bash -c 'ulimit -d 500000; exec "$@"' bash \
    provmap batch jobs100.json --folder data -q -j8
  check "a large picture within 200 MB" fails 5 memory bash -c 'ulimit -v 200000; exec "$@"' bash \
    provmap render status.json -q --size 14000x14000 -o m.png
else
  left_out+=("limits on memory: sanitizers need more")
fi

# ---- many maps -------------------------------------------------------------------------------------

check "10,000 maps are listed" bash -c '[ "$(provmap batch jobs10000.json --dry-run | sort -u | wc -l)" -eq 10000 ]'
if [ "$sanitized" -eq 0 ]; then
  check "2,000 maps take little more memory than 100" python3 - <<'PY'
import os, subprocess
def peak(count):
    child = subprocess.Popen(["provmap", "batch", "jobs%d.json" % count, "--folder", "many", "-q", "-j2"])
    _, status, usage = os.wait4(child.pid, 0)
    assert status == 0 and len(os.listdir("many")) == count, (count, status)
    return usage.ru_maxrss
few, many = peak(100), peak(2000)
PER_MAP = 5  # KiB: of the list; a map itself takes hundreds
assert many - few < 1900 * PER_MAP, (few, many)
PY
fi

# ---- names that are one file on some systems -------------------------------------------------------

rm -f m.svg M.svg
for other in ./m.svg "$work/m.svg" shapes/../m.svg M.svg m.SVG; do
  check "m.svg and $other" fails 2 'duplicate-output' "${draw[@]}" -o m.svg -o "$other"
  rm -f m.svg
done
ln -s . here
check "m.svg and here/m.svg" fails 2 'duplicate-output' "${draw[@]}" -o m.svg -o here/m.svg
for pair in 'a.svg A.svg' $'e\u0301.svg \u00e9.svg'; do
  read -r one two <<<"$(printf %b "$pair")"
  echo '{"format": "provmap-jobs/1", "status": "status.json", "maps": [{"output": "'"$one"'"}, {"lang": "fa", "output": "'"$two"'"}]}' \
    >pair.json
  check "$one and $two in a batch" fails 2 'are one file on some systems' provmap batch pair.json
done

echo "faults: $passed passed, $failed failed${left_out:+; left out: ${left_out[*]}}"
[ $failed -eq 0 ]
