#!/usr/bin/env bash
# Plays what the README's section "In builds and CI" says, with the files of tests/examples/ci: the Makefile and
# build.ninja; the configurations of GitHub Actions, GitLab CI and pre-commit, whose installing is a stub; the lines
# of a day's work. pre-commit, if it is not on this machine, is left out, which is said; scripts/setup --tests brings it.
# usage: builds.sh PROVMAP SOURCE_DIR BUILD_DIR
set -uo pipefail
provmap=$(realpath "$1")
source_dir=$(realpath "$2")
build=$(realpath "$3")
here=$source_dir/tests/recipes
recipes=$source_dir/tests/examples/ci
. "$source_dir/tests/npm/install.sh" "$build"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export PROVMAP_DATA=$source_dir PATH=$work/stubs:${provmap%/*}:$PATH HOME=$work
export GIT_CONFIG_GLOBAL=$work/gitconfig GIT_CONFIG_NOSYSTEM=1 PRE_COMMIT_HOME=$work/pre-commit
failed=0
checked=0
left_out=

check() { # what, command...
  local what=$1
  shift
  checked=$((checked + 1))
  "$@" >"$work/said" 2>&1 && return
  echo "FAIL $what"
  head -n 20 "$work/said"
  failed=1
}
says() { grep -qF -- "$1" "$work/said"; }
not() { ! "$@"; }
project() { # folder: a repository with the status file, the jobs and the maps
  mkdir "$1" && cd "$1" || exit 1
  cp "$recipes"/{status,jobs,provmap-matcher}.json .
  git init -q -b main .
  provmap batch jobs.json --folder maps -q
  git add . && git commit -qm "Maps"
}
git config --global user.name tester
git config --global user.email tester@example.org

# ---- make and ninja --------------------------------------------------------------------------------------

for builder in "make -s" ninja; do
  mkdir "$work/${builder%% *}" && cd "$work/${builder%% *}" || exit 1
  cp "$recipes"/{Makefile,build.ninja,status.json} .
  sed -i 's/"shapes"/"style": "own.json", &/' status.json
  echo '{"format": "provmap-style/1", "extends": "minimal"}' >own.json
  touch -d 2001-01-01 status.json own.json
  check "$builder draws" $builder
  for map in country.svg country.png helmand.svg; do
    check "$builder: $map" test -s $map
  done
  touch -r country.svg before
  check "$builder again" $builder
  check "$builder has nothing to do" not test country.svg -nt before
  touch own.json
  check "$builder, with a newer style" $builder
  for map in country.svg country.png helmand.svg; do
    check "$builder has drawn $map" test $map -nt before
  done
done

# ---- a day's work ----------------------------------------------------------------------------------------

project "$work/day"
git log --format=%B >"$work/log"
lines=$(sed -n '/^## In builds and CI$/,/^## /p' "$source_dir/README.md" | sed -n '/^```sh$/,/^```$/{/^```/!p}')
check "the README has a day's work" test "$(wc -l <<<"$lines")" -ge 6
while IFS= read -r line; do
  check "$line" eval "$line" </dev/null
done <<<"$lines"
git show HEAD:status.json | sed 's/"Helmand"/"Helmend"/' >../slip.json
line=$(grep -F 'git show' <<<"$lines")
check "what can't be compared stops the day's work" not eval "${line/git show HEAD:status.json/cat ../slip.json}"
check "nor does a file that is not there pass for a change" not eval "${line/HEAD:status.json/HEAD:none.json}"
git log -1 --format=%b >changes.md
check "everything was committed, but the notes" test "$(git status --porcelain)" = "?? changes.md"
check "with what changed" grep -q 'Kandahar' <(git log -1 --format=%B)
check "the maps of Kandahar changed" grep -q '^maps/country-en.svg$' <(git diff --name-only HEAD^ HEAD)

# ---- CI --------------------------------------------------------------------------------------------------

# What would bring provmap: notes that it was asked.
mkdir "$work/stubs"
cat >"$work/stubs/apt-get" <<'SH'
#!/bin/sh
case "$*" in
  update) ;;
  "install -y ./provmap.deb") test "$(cat provmap.deb)" = https://example.org/provmap.deb ;;
  "install -y --no-install-recommends ca-certificates curl"*) ;;
  *) echo "apt-get: $*"; exit 100 ;;
esac
SH
cat >"$work/stubs/curl" <<'SH'
#!/bin/sh
test "$1" = -fsSL && test "$3" = -o && echo "$2" >"$4"
SH
chmod +x "$work"/stubs/*

play() { # kind, repository, out: prints how each job ended
  node "$here/ci.js" "$modules" "$1" "$recipes/$1.yml" "$2" "$3" >"$work/jobs" 2>&1
}
ended() { # kind, case, wanted
  check "$1, $2: its jobs end as they should" diff <(tr '\n' ';' <"$work/jobs") <(printf %s "$3")
}
maps_in() { # folder: sum and name of each map
  find "$1" -name '*.svg' -exec sha256sum {} + -o -name '*.png' -exec sha256sum {} + | sed 's|  .*/|  |' | sort
}
commit() { # repository, sed script: another status, but the maps stay
  git -C "$1" checkout -q main
  sed -i "$2" "$1/status.json"
  git -C "$1" commit -qam "News"
}
all="check done;draw1 done;draw2 done;draw3 done;"
project "$work/fresh"
cp -r "$work/fresh" "$work/stale"
commit "$work/stale" 's/"Kabul": "government"/"Kabul": "contested"/'
cp -r "$work/fresh" "$work/wrong"
commit "$work/wrong" 's/"Helmand"/"Helmend"/'
for kind in github gitlab; do
  out=$work/$kind
  play $kind "$work/fresh" "$out/first"
  ended $kind "the first commit" "$all"
  play $kind "$work/day" "$out/day"
  ended $kind "a day's work" "$all"
  check "$kind: what changed is told" grep -rq 'Kandahar' "$out/day"/{summary,artifacts}
  check "$kind: the parts are the whole" diff <(maps_in "$work/day/maps") <(maps_in "$out/day/artifacts")
  check "$kind: each part has some" test "$(ls -d "$out"/day/artifacts/maps-?/ | wc -l)" -eq 3
  play $kind "$work/stale" "$out/stale"
  [ $kind = github ] && at="Are the maps those of the status file?" || at=script
  ended $kind "maps of yesterday" "check failed at: $at;draw1 skipped;draw2 skipped;draw3 skipped;"
  check "$kind: the map is named" grep -q 'maps/country-en.svg' "$out/stale/check.log"
done
cp -r "$work/wrong" "$work/mended"
commit "$work/mended" 's/"Helmend"/"Helmand"/'
for kind in github gitlab; do
  play $kind "$work/mended" "$work/$kind/mended"
  [ $kind = github ] && at="Tell what changed" || at=script
  ended $kind "what the file was before can't be compared with" "check failed at: $at;draw1 skipped;draw2 skipped;draw3 skipped;"
done
play github "$work/wrong" "$work/github/wrong"
ended github "a slip in a name" "check failed at: Check the status file;draw1 skipped;draw2 skipped;draw3 skipped;"
matches() { # log, wanted: file, line, severity and identifier of each message
  node -e '
    const fs = require("fs");
    const { pattern: [how], owner } = JSON.parse(fs.readFileSync(process.argv[1])).problemMatcher[0];
    const found = fs.readFileSync(process.argv[2], "utf8").split("\n").map((l) => new RegExp(how.regexp).exec(l)).filter((m) => m);
    const told = found.map((m) => ["file", "line", "severity", "code"].map((key) => m[how[key]]).join());
    if (owner !== "provmap" || told.join(" ") !== process.argv[3]) throw new Error(told.join(" "));
  ' "$recipes/provmap-matcher.json" "$1" "$2"
}
check "GitHub finds the line of the message" matches "$work/github/wrong/check.log" status.json,7,error,unknown-area
cd "$work/wrong" && cp status.json other.json
provmap check status.json other.json none.json --diagnostics short 2>"$work/several"
check "of several files, too" matches "$work/several" \
  "status.json,7,error,unknown-area other.json,7,error,unknown-area none.json,,error,cannot-read"
provmap batch jobs.json --folder none --verify --diagnostics short 2>"$work/batch"
check "and of a batch" matches "$work/batch" \
  "status.json,7,error,unknown-area status.json,7,error,unknown-area status.json,7,error,unknown-area"
cd "$work/fresh" && echo >>maps/helmand.svg
provmap batch jobs.json --folder maps --verify --diagnostics short 2>"$work/batch"
git checkout -q maps
check "and of maps that are stale" matches "$work/batch" "maps/helmand.svg,,error,stale"

# ---- pre-commit --------------------------------------------------------------------------------------------

for file in "$recipes/pre-commit.yaml" "$source_dir/.pre-commit-hooks.yaml"; do
  check "${file##*/} is YAML" node -e 'require(process.argv[1]).parse(require("fs").readFileSync(process.argv[2], "utf8"),
    { strict: true, uniqueKeys: true })' "$modules/node_modules/yaml" "$file"
done
hooks() { # what it says of all files
  pre-commit run --all-files --color never >"$work/hooks" 2>&1
}
if command -v pre-commit >/dev/null; then
  git init -q -b main "$work/hooks-of-provmap"
  cp "$source_dir/.pre-commit-hooks.yaml" "$work/hooks-of-provmap"
  git -C "$work/hooks-of-provmap" add . && git -C "$work/hooks-of-provmap" commit -qm hooks
  git -C "$work/hooks-of-provmap" tag v0.1.0
  cd "$work/fresh" || exit 1
  sed "s|https://example.org/provmap |file://$work/hooks-of-provmap |" "$recipes/pre-commit.yaml" >.pre-commit-config.yaml
  cat >>.pre-commit-config.yaml <<'YAML'
      - id: provmap-batch
        args: [jobs.json, --folder, maps]
YAML
  git add .
  check "hooks pass" hooks
  check "three of them" test "$(grep -c 'Passed$' "$work/hooks")" -eq 3
  sed -i 's/"Kabul": "government"/"Kabul": "contested"/' status.json
  check "hooks find maps of yesterday" not hooks
  check "and say which" grep -q '^maps/country-en.svg: error: it is not what would be drawn now' "$work/hooks"
  check "the other draws them" grep -q 'files were modified by this hook' "$work/hooks"
  check "then all is well" hooks
  cp status.json status-old.json
  sed -i 's/"Helmand"/"Helmend"/' status-old.json
  git add .
  check "hooks find slips" not hooks
  check "in each status file" grep -q '^status-old.json:7:.*no area is called "Helmend"' "$work/hooks"
else
  left_out=pre-commit
fi

echo "builds: $checked checks${left_out:+; not on this machine, so left out: $left_out}"
exit $failed
