# ask.sh - what the journeys by `laris request` share: TAP, a city with an
# organiser, and how a request is made and judged.  Read in with "."; the
# test ends with `done_testing`.
set -u
root=${LARIS_ROOT:-$(cd "$(dirname "$0")/../.." && pwd)}
laris=${LARIS_BUILD:-$root/build}/laris
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
export LARIS_DB=$work/laris.db
n=0 bad=0

ok() {		# NAME COMMAND...
	local name=$1
	shift
	n=$((n + 1))
	if "$@"; then
		echo "ok $n - $name"
	else
		bad=1
		echo "not ok $n - $name"
		sed 's/^/# /' "$work/err"
		head -c 600 "$work/out" | sed -e "\$a\\" | sed 's/^/# /'
	fi
}
# Ask: status in $status, where it leads in $to, the reply in $work/out.
ask() {
	"$laris" request --city kediri "$@" >"$work/out" 2>"$work/err"
	status=$(head -1 "$work/err")
	to=$(sed -n 's/^Location: //p' "$work/err")
}
has() { grep -qF -- "$1" "$work/out"; }
hasnt() { ! has "$1"; }
is() {		# NAME STATUS WORD...
	local name=$1 want=$2
	shift 2
	ok "$name: $want, it is $status" test "$status" = "$want"
	for w in "$@"; do ok "$name: \"$w\"" has "$w"; done
}
board() { ask --as ketua "$@"; }
done_testing() {
	echo "1..$n"
	exit $bad
}

f=/kediri/pasar-raya
today=$(TZ=UTC-7 date +%F)
{
	"$laris" init
	"$laris" city add 35.71
	echo kata-sandi-9 | "$laris" person add kediri ketua --role organiser
} >"$work/out" 2>"$work/err" || { ok "a city with an organiser" false; }
