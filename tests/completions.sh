#!/usr/bin/env bash
# provmap completions: the scripts load in their shells, and complete commands, options, choices, styles and files. A
# shell that is not on this machine is left out, which is said; scripts/setup --tests brings them all.
# usage: completions.sh PROVMAP SOURCE_DIR BUILD_DIR
set -uo pipefail
provmap=$(realpath "$1")
export PROVMAP_DATA=$(realpath "$2") PATH=$(dirname "$provmap"):$PATH
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
mkdir folder
touch status.json
for shell in bash zsh fish; do
  provmap completions $shell >_provmap.$shell || exit 1
done
mkdir site-functions && cp _provmap.zsh site-functions/_provmap
failed=0
checked=0
left_out=()

bash_says() { # words of a line, the last one unfinished
  bash --norc -c 'source _provmap.bash; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _provmap 2>/dev/null
                  printf "%s\n" "${COMPREPLY[@]}"' bash "$@"
}
fish_says() { # the same
  fish --no-config -c 'source _provmap.fish; complete -C (string join " " -- $argv)' "$@" | cut -f 1
}
zsh_says() {
  python3 - "$*" <<'PY'
import os, pty, re, select, sys, time
pid, terminal = pty.fork()
if pid == 0:
    os.environ.update(TERM="vt100", PS1="", COLUMNS="200", LINES="1000")
    os.execlp("zsh", "zsh", "-f", "-i")
def read(until, seconds=20):
    got, end = "", time.time() + seconds
    while until not in got and time.time() < end:
        if select.select([terminal], [], [], 0.2)[0]:
            got += os.read(terminal, 65536).decode(errors="replace")
    return got
# What it lists is on the screen; what it inserts, in the buffer.
setup = ("stty cols 200 rows 1000; fpath=($PWD/site-functions $fpath); autoload -Uz compinit; compinit -D -u; "
         "dump() { print -r -- $BUFFER >buffer; print -n do''ne }; zle -N dump; bindkey '^X^X' dump; print re''ady\n")
os.write(terminal, setup.encode())
read("ready")
os.write(terminal, (sys.argv[1] + "\t").encode())
time.sleep(0.7)
os.write(terminal, b"\x18\x18")
screen = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", " ", read("done"))
print(*screen.split(), *open("buffer").read().split(), sep="\n")
PY
  rm -f buffer
}
offers() { # shell, wanted word, words of a line...
  local shell=$1 wanted=$2
  shift 2
  checked=$((checked + 1))
  ${shell}_says "$@" >said 2>&1
  grep -qxE -- "$wanted" said && return
  echo "FAIL $shell, $*: no $wanted among: $(tr '\n' ' ' <said | head -c 500)"
  failed=1
}
not_offers() {
  local shell=$1 unwanted=$2
  shift 2
  checked=$((checked + 1))
  ${shell}_says "$@" >said 2>&1
  grep -qxE -- "$unwanted" said || return
  echo "FAIL $shell, $*: $unwanted"
  failed=1
}

for shell in bash zsh fish; do
  command -v $shell >/dev/null || { left_out+=($shell); continue; }
  $shell -n _provmap.$shell || { echo "FAIL $shell can't read it"; failed=1; }
  offers $shell 'render(:.*)?' provmap ren
  offers $shell 'import(:.*)?' provmap ''
  offers $shell '--theme=?' provmap render status.json --th
  offers $shell '--theme=?' provmap status.json --th
  offers $shell '--date-format=?' provmap import table.csv --date-
  not_offers $shell '--theme=?' provmap import table.csv --
  offers $shell dark provmap render status.json --theme d
  offers $shell mono provmap render status.json --style ''
  offers $shell bar provmap import table.csv --delimiter ''
  offers $shell 'status|status\.json' provmap schema ''
  offers $shell jobs provmap manual j
  offers $shell 'folder/?' provmap render --font-dir ''
done
offers bash dark provmap render status.json --theme = d
offers bash mono provmap render status.json -y ''
[ "$(bash_says provmap render status.json --alt-text st)" = '' ] || { echo "FAIL files are for bash to find"; failed=1; }

echo "completions: $checked checks${left_out:+; left out: ${left_out[*]}}"
exit $failed
