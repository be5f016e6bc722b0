#!/bin/sh
# Files below a folder by pattern, sorted, one a line; none is fine.
# Usage: ls.sh FOLDER PATTERN...      (used by meson.build)
set -eu
cd "$(dirname "$0")/.."
dir=$1
shift
[ -d "$dir" ] || exit 0
for pattern; do
	find "$dir" -type f -name "$pattern"
done | LC_ALL=C sort
