#!/usr/bin/env bash
# Includes run only leftwards through the layers, and each outside library stays in its home.
# usage: layers.sh PROVMAP SOURCE_DIR BUILD_DIR
set -euo pipefail

check_tree() { # src: prints every fault
  (cd "$1" && find . -name '*.[ch]' | cut -c3- | sort | xargs awk '
    BEGIN {
      n = split("base model geo input scene text layout output map cli", layers)
      for (i = 1; i <= n; i++) rank[layers[i]] = i
      # Of every header outside the C library: how its name begins, and the layers that may use it.
      home["shapefil"] = "input"
      home["jansson"] = "input"
      home["proj"] = "geo"
      home["pango"] = home["fontconfig"] = "text"
      home["cairo"] = "output text"
      home["utf8proc"] = "base input"
      home["libdeflate"] = home["isa-l"] = "output"
      split("assert ctype dirent dlfcn errno fcntl float fnmatch iconv inttypes limits malloc math pthread signal stdalign " \
            "stdarg stdatomic stdbool stddef stdint stdio stdlib string strings threads time unistd", c)
      for (i in c) standard[c[i] ".h"] = 1
    }
    function fault(text) { print FILENAME ":" FNR ": " text }
    function layer_of(path) {
      if (path == "map.c" || path == "map.h" || path == "diff.c") return "map"
      if (path == "provmap.h") return "base"
      return path ~ "/" ? substr(path, 1, index(path, "/") - 1) : "none"
    }
    function check_own(header,   other) {
      other = layer_of(header)
      if (!(other in rank)) fault(header " lies in no layer")
      else if (rank[other] > rank[layer]) fault(layer "/ may not include " header)
      else if (layer == "cli" && other != "cli" && other != "base")
        fault("cli/ may include provmap.h and base/ only, not " header)
    }
    function check_outside(header,   name) {
      if (header in standard || header ~ "^sys/") return
      for (name in home)
        if (index(header, name) == 1) {
          if (index(" " home[name] " ", " " layer " ") == 0)
            fault(header " belongs to " home[name])
          return
        }
      fault(header " has no home")
    }
    FNR == 1 {
      layer = layer_of(FILENAME)
      if (!(layer in rank)) fault("the file lies in no layer")
    }
    /^[ \t]*#[ \t]*include/ {
      split($0, part, /["<>]/)
      if ($0 ~ /</) check_outside(part[2])
      else check_own(part[2])
    }')
}

planted=$(mktemp -d)
trap 'rm -rf "$planted"' EXIT
mkdir "$planted/base" "$planted/cli" "$planted/new"
echo '#include "layout/draft.h"' >"$planted/base/rightwards.c"
echo '#include "arena.h"' >"$planted/base/bare.c"
echo '#include <jansson.h>' >"$planted/base/astray.c"
echo '#include <zlib.h>' >"$planted/base/homeless.c"
echo '#include "input/json.h"' >"$planted/cli/inside.c"
echo '#include "provmap.h"' >"$planted/new/layer.c"
found=$(check_tree "$planted" | cut -d: -f1 | sort -u | wc -l)
if [ "$found" -ne 6 ]; then
  echo "the check finds $found of 6 planted faults"
  exit 1
fi

faults=$(check_tree "$2/src")
if [ -n "$faults" ]; then
  echo "$faults"
  exit 1
fi
echo "layers: $(find "$2/src" -name '*.[ch]' | wc -l) files in order"
