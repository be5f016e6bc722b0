#!/bin/sh
# How long and how tangled code may be.  Usage: budget.sh [ROOT]
#   functions: 50 lines, cyclomatic complexity 10 (pmccabe; a switch counts once)
#   files: 600 lines, headers 200
# tools/budget.allow lists what may be over, one a line, with the reason:
#   FILE FUNCTION reason        FILE - reason       (- : the length of the file)
# An exception that is no longer needed is a fault too.
set -u
cd "${1:-$(dirname "$0")/..}" || exit 2
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT

find src tests bench tools -type f \( -name '*.[ch]' -o -name '*.py' -o -name '*.sh' \
	-o -name '*.mjs' -o -name '*.awk' \) 2>/dev/null | LC_ALL=C sort >"$work/files"
grep '^src/.*\.c$' "$work/files" | xargs -r pmccabe 2>/dev/null | awk '
	$5 > 50 || $1 > 10 {
		line = $6; sub(/^.*\(/, "", line); sub(/\):?$/, "", line)
		file = $6; sub(/\(.*$/, "", file)
		printf "%s %s %s:%s: %s is %d lines long (50), complexity %d (10)\n",
		    file, $7, file, line, $7, $5, $1
	}' >"$work/over"
xargs -r wc -l <"$work/files" | awk '
	$2 != "total" && $1 > ($2 ~ /\.h$/ ? 200 : 600) {
		printf "%s - %s:1: %d lines (%d): divide it\n", $2, $2, $1, $2 ~ /\.h$/ ? 200 : 600
	}' >>"$work/over"
rc=0
awk -v allow=tools/budget.allow '
	BEGIN {
		while ((getline line < allow) > 0) {
			if (line ~ /^(#|[ \t]*$)/) continue
			n = split(line, f, " ")
			if (n < 3) { print allow ": no reason given: " line; rc = 1 }
			allowed[f[1], f[2]] = 1
		}
	}
	{
		file = $1; name = $2
		if ((file, name) in allowed) { used[file, name] = 1; next }
		sub(/^[^ ]+ [^ ]+ /, "")
		print
		rc = 1
	}
	END {
		for (k in allowed)
			if (!(k in used)) {
				split(k, f, SUBSEP)
				print allow ": not needed (any more): " f[1] " " f[2]
				rc = 1
			}
		exit rc
	}' "$work/over" || rc=1
exit $rc
