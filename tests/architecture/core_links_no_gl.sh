#!/usr/bin/env bash
# core_links_no_gl.sh PROGRAM: fails if a program that links only the core needs a graphics, window or import library.
set -eu
needs=$(ldd "$1")
if echo "$needs" | grep -Ei 'libGL|libEGL|libepoxy|libglfw|libassimp|libimgui|libX11'; then
  echo "$1 links only the core and must need none of the above" >&2
  exit 1
fi
echo "$needs" | grep -q libembree # the check looked at a real program
