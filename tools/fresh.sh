#!/bin/sh
# docs/made/ holds what the program says of itself, so that a change of
# rights or of the schema is a visible difference; docs/guide/ the pages of
# help, so that they say the same on paper.
# Usage: fresh.sh [--write] [ROOT] [BUILD]
set -u
write=
if [ "${1:-}" = --write ]; then
	write=1
	shift
fi
cd "${1:-$(dirname "$0")/..}" || exit 2
build=${2:-build}
laris=$build/laris
[ -x "$laris" ] || { echo "$laris: build it first: ./dev build"; exit 1; }
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
rc=0
document() {	# FILE ARGUMENT...
	file=docs/$1
	shift
	if ! "$laris" --db "$work/laris.db" "$@" >"$work/out" 2>"$work/err"; then
		echo "$file: laris $*: $(head -c 300 "$work/err")"
		rc=1
	elif [ -n "$write" ]; then
		mkdir -p "${file%/*}"
		cp "$work/out" "$file"
	elif ! cmp -s "$work/out" "$file"; then
		echo "$file: differs from laris $*; if that is meant: sh tools/fresh.sh --write"
		diff -u "$file" "$work/out" | head -20
		rc=1
	fi
}
"$laris" --db "$work/laris.db" init >/dev/null || exit 1
document made/routes.txt routes
document made/rights.txt rights
document made/settings.txt settings
document made/schema.txt schema
document made/openapi.json request GET /api/v1/openapi.json
document guide/pedagang.md guide merchant --lang id
document guide/merchant.md guide merchant --lang en
document guide/pembeli.md guide shopper --lang id
document guide/shopper.md guide shopper --lang en
exit $rc
