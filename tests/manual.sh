#!/usr/bin/env bash
# provmap manual: each page is one that man and groff take without a warning, and that whatis and apropos can read; a
# command's page has all its options, a format's page all keys of its schema, each with a meaning; and what a page gives as
# an example, provmap takes. What is not on this machine is left out, which is said; scripts/setup --tests brings it.
# usage: manual.sh PROVMAP SOURCE_DIR BUILD_DIR
set -uo pipefail
provmap=$(realpath "$1")
source_dir=$(realpath "$2")
build=$(realpath "$3")
export PROVMAP_DATA=$source_dir LC_ALL=C.UTF-8
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
failed=0
checked=0
left_out=()

check() { # what, command...
  local what=$1
  shift
  checked=$((checked + 1))
  "$@" >said 2>&1 && return
  echo "FAIL $what"
  head -n 10 said
  failed=1
}
has() { # command: whether it is there, else remembers that it is not
  command -v "$1" >/dev/null && return
  [[ " ${left_out[*]} " == *" $1 "* ]] || left_out+=("$1")
  return 1
}
says_nothing() { # command...: no output, no warning
  local said
  said=$("$@" 2>&1) && [ -z "$said" ] || { echo "$said"; return 1; }
}
fails() { # code, command...
  "${@:2}"
  [ $? -eq "$1" ]
}

# ---- each page -------------------------------------------------------------------------------------------

"$provmap" manual --list >pages
check "provmap, its commands and formats have pages" test "$(wc -l <pages)" -ge 16
check "no page twice" sort -uc <(sort pages)
while read -r page; do
  "$provmap" manual "${page%.*}" >"$page"
  check "$page: as the build has made it" cmp "$page" "$build/manual/man${page##*.}/$page"
  check "$page: its title" grep -q "^\\.TH $(tr a-z A-Z <<<"${page%.*}" | sed 's/-/\\\\-/') ${page##*.} " "$page"
  has groff && check "$page: groff" says_nothing groff -ww -man -Tutf8 -z "$page"
  has man && check "$page: man" fails 0 sh -c 'man --warnings -l "$1" 2>warned >shown && ! grep . warned' sh "./$page"
  has lexgrog && check "$page: whatis and apropos" lexgrog "./$page"
done <pages
check "the first is the usual one" cmp provmap.1 <("$provmap" manual)
check "a page by its short name" cmp provmap-render.1 <("$provmap" manual render)
check "a page that is not there" fails 2 "$provmap" manual rendr

# ---- nothing is left out -----------------------------------------------------------------------------------

plain() { # page: without its marks
  sed -E 's/\\-/-/g; s/\\\((dq)/"/g; s/\\\(aq/'"'"'/g; s/\\\(ti/~/g; s/\\\(ha/^/g; s/\\\(ga/`/g; s/\\e/\\/g' "$1"
}
while read -r page; do
  command=${page#provmap-}
  command=${command%.1}
  plain "$page" >text
  for option in $("$provmap" help "$command" | grep -oE '^ {2,6}(-., )?--[a-z0-9-]+' | grep -oE -- '--[a-z0-9-]+'); do
    check "$page has $option" grep -qE -- "^\\.BR .*$option( |\$)" text
  done
done < <(grep -E '^provmap-.*\.1$' pages)
check "provmap.1 has all messages" test "$(sed -n '/^\.SH DIAGNOSTICS/,/^\.SH EXAMPLES/p' provmap.1 | grep -c '^\.TP')" -eq \
  "$(grep -c '^    {"' "$source_dir/src/base/diag_ids.c")"
check "keys of schemas" python3 - "$source_dir" <<'PY'
import json, re, sys
for name in ("status", "shapes", "style", "aliases", "jobs"):
    schema = json.load(open(f"{sys.argv[1]}/src/schema/{name}.schema.json"))
    page = open(f"provmap-{name}.5").read().replace("\\-", "-")
    entries = re.findall(r'^\.TP\n\.BR? "([^"]*)"(?: " \((.*)\)")?\n(.*)$', page, re.M)
    told = {key.split(".")[-1] for keys, _, _ in entries for key in keys.split(", ")}
    def keys(part):
        for key, inner in part.get("properties", {}).items():
            yield key
            if isinstance(inner, dict): yield from keys(inner)
    wanted = set(keys(schema)) | {k for part in schema["$defs"].values() for k in keys(part)}
    assert wanted <= told, (name, wanted - told)
    for key, what, meaning in entries:
        assert what or meaning == "As above.", (name, key)
        assert not meaning.startswith(".") or "status of a" in key, (name, key, meaning)
PY

# ---- examples ------------------------------------------------------------------------------------------------

example() { # page
  plain "$1" | sed -n '/^\.SH EXAMPLES/,/^\.fi/{/^\./!p}'
}
for format in status shapes style aliases jobs; do
  example "provmap-$format.5" >$format.json
done
check "the status file of the example" "$provmap" check status.json
check "the style" "$provmap" check status.json --style style.json
check "the aliases" "$provmap" check status.json --aliases aliases.json
cp "$source_dir"/shapes/afghanistan/{provinces,places,neighbours}.* .
check "the shapes" "$provmap" check status.json --shapes shapes.json
check "the jobs" "$provmap" batch jobs.json --dry-run
check "nine maps" test "$("$provmap" batch jobs.json --dry-run | wc -l)" -eq 9
plain provmap.1 | sed -n '/^\.SH EXAMPLES/,/^\.fi/{/^\./!p}' >examples
check "an example of each command" test "$(wc -l <examples)" -eq "$(grep -c '^provmap-.*\.1$' pages)"

echo "manual: $checked checks${left_out:+; not on this machine, so left out: ${left_out[*]}}"
exit $failed
