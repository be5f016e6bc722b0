#!/bin/sh
# One test program for prove, whatever it is written in, with a time limit
# so that a hang is a failure with a name.  A program in C is told its own
# build folder: a sanitized test runs the sanitized laris.
set -u
: "${LARIS_ROOT:=$(cd "$(dirname "$0")/.." && pwd)}"
export LARIS_ROOT
limit=${LARIS_TEST_SECONDS:-300}
case $1 in
*.py) set -- "${LARIS_PYTHON:-python3}" "$@" ;;
*.sh) set -- bash "$@" ;;
*.mjs) set -- node "$@" ;;
*/fuzz_*)	# the inputs found so far
	name=${1##*/fuzz_}
	for f in "$LARIS_ROOT/tests/fuzz/corpus/$name" "$LARIS_ROOT/tests/fuzz/regression/$name"-*; do
		[ ! -e "$f" ] || set -- "$@" "$f"
	done
	;;
*)
	LARIS_BUILD=$(cd "$(dirname "$1")" && pwd)
	export LARIS_BUILD
	;;
esac
exec timeout -k 10 "$limit" "$@"
