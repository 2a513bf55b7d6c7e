#!/usr/bin/env bash
# import_real_leg.sh CALFSCOPE SOURCE PACK: imports the reference leg as a pack. 77: its data is absent.
set -eu
calfscope=$1 source=$2 pack=$3
reference=${CALFSCOPE_REFERENCE:-$source/../shared/reference}/bodyparts3d/right
rm -rf "$pack"
if [ ! -e "$reference/tibia.glb" ]; then
  echo "skipped: no reference data at $reference (CALFSCOPE_REFERENCE names another place)"
  exit 77
fi
"$calfscope" import --recipe "$source/models/recipes/bodyparts3d.json" --from "$reference" -o "$pack" > /dev/null
