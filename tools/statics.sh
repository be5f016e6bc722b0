#!/bin/sh
# No file-scope (or static local) variable that can change, outside
# base/log.c and app/; no name that two files give to different things (the
# linker takes either from the archives).  Read from the object files.  Usage: statics.sh [ROOT] [BUILD]
# tools/statics.allow lists the others, one a line: OBJECT SYMBOL reason
set -u
cd "${1:-$(dirname "$0")/..}" || exit 2
build=${2:-build}
# The archives, not the objects lying about: one of a file that is gone stays behind.
twice=$(find "$build" -name 'libl_*.a' -exec nm -A -g --defined-only {} + |
	awk 'NF > 2 { o = $1; sub(/:[^:]*$/, "", o); sub(/.*[\/:]/, "", o); at[$NF] = at[$NF] " " o; n[$NF]++ }
		END { for (k in n) if (n[k] > 1) print "the name " k " is given twice:" at[k] }' |
	LC_ALL=C sort)
[ -z "$twice" ] || printf '%s\n' "$twice"
find "$build" -name '*.c.o' -path '*libl_*' | LC_ALL=C sort | while read -r o; do
	objdump -t "$o" | awk -v o="$(basename "$o")" '
		/ \.(data|bss|tdata|tbss)(\.[a-zA-Z_][^\t]*)?\t/ && !/\.data\.rel\.ro/ {
			name = $NF
			sub(/\.[0-9]+$/, "", name)
			if (name !~ /^\.|^$/) print o, name
		}
		/\*COM\*/ { print o, $NF }'
done | awk -v allow=tools/statics.allow '
	BEGIN {
		while ((getline line < allow) > 0) {
			if (line ~ /^(#|[ \t]*$)/) continue
			n = split(line, f, " ")
			if (n < 3) { print allow ": no reason given: " line; rc = 1 }
			allowed[f[1], f[2]] = 1
		}
	}
	$1 ~ /^src_(app_|base_log\.c)/ { next }
	($1, $2) in allowed { used[$1, $2] = 1; next }
	{ print $1 ": the variable " $2 " can change: pass it, or make it const"; rc = 1 }
	END {
		for (k in allowed)
			if (!(k in used)) {
				split(k, f, SUBSEP)
				print allow ": not needed (any more): " f[1] " " f[2]
				rc = 1
			}
		exit rc
	}' || exit 1
[ -z "$twice" ]
