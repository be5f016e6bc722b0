#!/bin/sh
# Each header compiles alone.  Usage: headers.sh [ROOT] [BUILD]
# BUILD holds the generated headers.
set -u
cd "${1:-$(dirname "$0")/..}" || exit 2
build=${2:-build}
export build
find src tests -name '*.h' | LC_ALL=C sort | xargs -r -n 1 -P 2 sh -c '
	dir=tests/$(basename "$(dirname "$1")")
	out=$(echo "#include \"$PWD/$1\"" | gcc -std=gnu17 -D_GNU_SOURCE -Wall -Wextra -Werror \
		-Wno-unused-function -Wno-unused-variable -Wno-unused-const-variable \
		-Isrc -Itests -I"$build" -fsyntax-only -x c - 2>&1) || {
		echo "$1:1: does not compile alone:"
		echo "$out"
		exit 1
	}' one
