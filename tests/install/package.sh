#!/usr/bin/env bash
# Packs what is built as Debian packages, as scripts/package does with a build of its own: lintian finds nothing to
# complain of, they bring what they should and ask for what they need, and the command in them draws.
# usage: package.sh PROVMAP SOURCE_DIR BUILD_DIR
set -uo pipefail
provmap=$(realpath "$1")
source_dir=$(realpath "$2")
build=$(realpath "$3")
for program in dpkg-deb dpkg-shlibdeps; do # elsewhere than on Debian there is nothing to do
  command -v $program >/dev/null || { echo "package: left out, $program is not on this machine"; exit 0; }
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
failed=0
checked=0
left_out=

check() { # what, command...
  local what=$1
  shift
  checked=$((checked + 1))
  "$@" >said 2>&1 && return
  echo "FAIL $what"
  head -n 20 said
  failed=1
}
not() { ! "$@"; }
field() { # package, field, wanted part
  local value
  value=$(dpkg-deb -f "$1"_*.deb "$2")
  [[ $value =~ $3 ]] || { echo "$2: $value"; return 1; }
}
holds() { # package, file
  [ -e "$1/usr/$2" ] || { find "$1" -type f | head; return 1; }
}

cpack --config "$build/CPackConfig.cmake" -B . -D CPACK_PACKAGING_INSTALL_PREFIX=/usr >log 2>&1 ||
  { cat log; exit 1; }
check "three packages" test "$(ls ./*.deb | wc -l)" -eq 3
for package in provmap libprovmap0 libprovmap-dev; do
  check "$package: unpacks" dpkg-deb -x ${package}_*.deb $package
  check "$package: its documents" holds $package share/doc/$package/copyright
  check "$package: its changelog" gzip -t $package/usr/share/doc/$package/changelog.gz
  check "$package: its version" field $package Version "^$("$provmap" --version | cut -d' ' -f2)\$"
done
if command -v lintian >/dev/null; then # a build for /usr/local has no folder of its own for this machine's libraries
  check "lintian" lintian --fail-on error,warning --suppress-tags pkg-config-unavailable-for-cross-compilation ./*.deb
else
  left_out=lintian
fi
check "no file is in two" test -z "$(for p in provmap libprovmap0 libprovmap-dev; do (cd $p && find . ! -type d); done | sort | uniq -d)"

check "the command needs its libraries" field provmap Depends 'libcairo2 .*libjansson4 '
check "and letters" field provmap Depends 'fonts-noto-core'
check "and is better off with PROJ" field provmap Recommends '^libproj[0-9]+$'
check "the library has the data" field libprovmap0 Depends 'provmap \(= '
check "what is built with it has it, and the command" field libprovmap-dev Depends 'libprovmap0 \(= .*provmap \(= '
check "all that pkg-config asks for" test "$(dpkg-deb -f libprovmap-dev_*.deb Depends | grep -o -- '-dev' | wc -l)" -eq \
  "$(sed -n 's/^Requires.private: //p' "$build/provmap.pc" | xargs -n 1 | sed 's/pango.*/pango/; s/cairo.*/cairo/' | sort -u | wc -l)"
dpkg-deb -e libprovmap0_*.deb control
check "programs that are linked will ask for the library" grep -q '^libprovmap 0 libprovmap0 (>= ' control/shlibs
check "the linker will find it" grep -qx 'activate-noawait ldconfig' control/triggers
check "by no script" not ls control/p*inst control/p*rm

for file in provmap/share/man/man1/provmap-render.1.gz provmap/share/man/man5/provmap-status.5.gz \
  provmap/share/provmap/styles/default.json provmap/share/provmap/shapes/afghanistan/provinces.shp \
  provmap/share/bash-completion/completions/provmap libprovmap-dev/include/provmap.h \
  libprovmap-dev/share/cmake/provmap/provmapAddMap.cmake; do
  check "$file" holds "${file%%/*}" "${file#*/}"
done
check "nothing that is only for us" test -z "$(find provmap -name facts)"
check "without symbols" test -z "$(nm provmap/usr/bin/provmap 2>/dev/null)"
status=$source_dir/tests/examples/helmand-2021-05-04.json
check "its command draws" env PROVMAP_DATA=provmap/usr/share/provmap provmap/usr/bin/provmap "$status" -q -o packed.svg
check "what it draws otherwise" env PROVMAP_DATA="$source_dir" "$provmap" "$status" -q -o packed.svg --verify

echo "package: $checked checks${left_out:+; not on this machine, so left out: $left_out}"
exit $failed
