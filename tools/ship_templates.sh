#!/bin/bash
# The templates that come with the program, made and signed anew into data/templates:
#	tools/ship_templates.sh BUILD KEY-FILE
# KEY-FILE is the shipping key (laris-log-key/v1 ...), which is in no repository; it
# is made when it is not there, and then src/mod/template/shipped.c must name its
# public half (the "key" of the files).  The facts are those of data/templates/*.txt.
set -euo pipefail
cd "$(dirname "$0")/.."
laris=$(realpath "$1")/laris key=$(realpath -m "$2") here=$PWD/data/templates
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export LARIS_DB=$work/laris.db LARIS_LOG_KEY=$key LANG=id_ID.UTF-8
"$laris" init >/dev/null
"$laris" city add 33.72 --slug solo >/dev/null
echo kata-sandi-kirim | "$laris" person add solo kirim --role admin >/dev/null
board() {		# METHOD PATH [name=value ...]: where it leads
	"$laris" request --city solo --as kirim "$@" >"$work/out" 2>"$work/err" ||
		{ cat "$work/err" "$work/out"; exit 1; }
	sed -n 's/^Location: //p' "$work/err"
}
board POST /admin/settings/base-url value=https://laris >/dev/null
board POST /admin/settings/city-residents value=522364 >/dev/null
board POST /admin/settings/city-residents-source value="Sensus Penduduk 2020, BPS Kota Surakarta" >/dev/null

# YEAR FIRST LAST TARGET COUNTING
sale() {
	board POST /admin/festival/new name="Solo Great Sale $1" slug="sgs-$1" first_day="$2" \
		last_day="$3" target="$4" admission=approval unit=50000 counting="$5" >/dev/null
}
# YEAR DRAW-SLUG DRAW-NAME, then CODE CLASS NUMBER TITLE ...
draw() {
	local to
	to=$(board POST /admin/draw sale="sgs-$1" festival="sgs-$1" slug="$2" name="$3")
	shift 3
	while [ $# -gt 0 ]; do
		board POST "$to/prize" code="$1" cls="$2" number="$3" title="$4" value= >/dev/null
		shift 4
	done
}
# YEAR NAME WHO JUDGED PRIZES
contest() {
	board POST "/admin/festival/sgs-$1/contest" name="$2" who="$3" judged="$4" prizes="$5" >/dev/null
}
give() {
	"$laris" template export solo festival "sgs-$1" --name great-sale --version "$1" \
		--title "Solo Great Sale $1" --ask "Panitia Solo Great Sale, Kadin Surakarta" \
		--guide "$here/guide.txt" --lessons "$here/lessons-$1.txt" \
		--outcomes "$here/outcomes-$1.tsv" "$here/great-sale-$1.json"
}
sale 2018 2018-02-01 2018-02-28 425000000000 purchase
draw 2018 mingguan "Undian mingguan" MOTOR MINGGUAN 4 "Sepeda motor"
draw 2018 utama "Undian utama" RUMAH UTAMA 1 "Rumah" MOBIL UTAMA 1 "Mobil"
for name in "Pasar paling ramai" "Pasar dengan hiasan terbaik" "Pasar paling kreatif"; do
	contest 2018 "$name" "Pasar rakyat yang ikut gelaran" \
		"Pengelola pasar dinilai dari kekompakan dan hiasan pasarnya. Rinciannya tidak diketahui: tulis sendiri." \
		"Tidak diketahui: media tidak menyebutnya."
done
sale 2021 2021-10-01 2021-10-31 800000000000 person
draw 2021 utama "Undian utama" RUMAH UTAMA 1 "Rumah" MOBIL UTAMA 1 "Mobil"
sale 2022 2022-09-25 2022-10-30 2000000000000 person
draw 2022 utama "Undian utama" RUMAH UTAMA 1 "Rumah" MOBIL UTAMA 1 "Mobil"
contest 2022 "Pawai tenant" "Tenant peserta gelaran" \
	"Tidak diketahui: media hanya menyebut lombanya. Tulis sendiri." "Tidak diketahui: media tidak menyebutnya."
for year in 2018 2021 2022; do
	give $year
done
