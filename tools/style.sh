#!/bin/sh
# What the code promises of its own shape, as TAP.  Usage: style.sh [ROOT] [BUILD]
set -u
here=$(cd "$(dirname "$0")" && pwd)
root=${1:-$(dirname "$here")}
cd "$root" || exit 2
build=${2:-build}
python=${LARIS_PYTHON:-python3}
n=0
bad=0
check() {	# NAME COMMAND...
	n=$((n + 1))
	name=$1
	shift
	if out=$("$@" 2>&1); then
		echo "ok $n - $name"
	else
		bad=1
		echo "not ok $n - $name"
		printf '%s\n' "$out" | sed 's/^/# /'
	fi
}
layers() {
	find src -name '*.[ch]' | LC_ALL=C sort | xargs awk -f "$here/layers.awk"
}
# Each test, fuzz target and measuring program in C is known to the build.
all_built() {
	find tests bench -name '*_test.c' -o -path 'tests/fuzz/fuzz_*.c' -o -path 'bench/*.c' |
		LC_ALL=C sort | while read -r f; do
		grep -q "/$f\$" "$build/laris-files" 2>/dev/null || grep -q "[ /]$f\( \|\$\)" "$build/build.ninja" ||
			echo "$f: is not built: no layer has this folder (see meson.build)"
	done | { ! grep .; }
}
# A statement that nothing runs was forgotten when its caller went.
all_run() {
	for f in src/core/*.sql src/mod/*/*.sql; do
		of=$(basename "$f" .sql)
		sed -n 's/^-- name: \([a-z0-9_]*\).*/\1/p' "$f" | while read -r q; do
			grep -rq --include='*.c' "\b${of}_q_$q\b" src || echo "$f: nothing runs $q"
		done
	done | { ! grep .; }
}
echo 1..8
check "includes go down only" layers
check "functions and files are short" sh "$here/budget.sh" "$root"
check "each header compiles alone" sh "$here/headers.sh" "$root" "$build"
check "no variable of a file can change" sh "$here/statics.sh" "$root" "$build"
check "no refused function, SQL or HTML in C" "$python" "$here/refused.py" "$root"
check "each test in C is built" all_built
check "each statement is run by somebody" all_run
check "generated documents are fresh" sh "$here/fresh.sh" "$root" "$build"
exit $bad
