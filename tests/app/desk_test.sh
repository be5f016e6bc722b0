#!/bin/bash
# The organiser's desk, by `laris request`: what is set up, put right and
# refused there, each as a person would do it.
. "$(dirname "$0")/ask.sh"

lacks() {	# NAME WORD
	ok "$1: no \"$2\"" sh -c '! grep -qF -- "$1" "$2"' sh "$2" "$work/out"
}
board POST /admin/festival/new name="Pasar Raya Kediri" slug=pasar-raya first_day="$today" \
	last_day="$today" target=1000000000 admission=approval unit=50000 counting=person
is "a sale" 303
sale=$to

# ---- venues ------------------------------------------------------------------
board POST /admin/venues name="Pasar Setono" kind=market address="Jl. Pattimura"
is "a venue" 303
board GET /admin/venues
venue=$(grep -oE '/admin/venues/[0-9A-Z]{13}' "$work/out" | head -1)
board GET "$venue";			is "its form is filled" 200 'value="Pasar Setono"' "Jl. Pattimura"
board POST "$venue" name="Pasar Setono Betek" kind=mall address="Jl. Pattimura 1"
is "it is put right" 303
board GET /admin/venues;		is "and listed so" 200 "Pasar Setono Betek" "Jl. Pattimura 1"
board GET /admin/audit
is "before and after are on record" 200 "Lokasi diubah" '</span>Pasar Setono</del>' \
	'</span>Pasar Setono Betek</ins>'
board POST "$venue" name="" kind=mall;	is "a venue needs a name" 422
board POST /admin/venues/00000000000ZZ name=Ada kind=mall;	is "a venue that is not there" 404

# ---- rules, settings ------------------------------------------------------------
board GET "$sale";			is "the rules in words" 200 "<li>Satu kupon untuk setiap Rp 50.000"
lacks "people read sentences" laris-rules
board POST "$sale/state/inviting"
ask GET "$f/rules";			is "the public rules" 200 "<li>Satu kupon untuk setiap Rp 50.000"
lacks "people read sentences" laris-rules
board GET /admin/settings;		is "settings in Indonesian" 200 "Berapa hari sebuah perangkat"
board GET "/admin/settings?lang=en";	is "and in English" 200 "Days after which"

# ---- who is refused is told why --------------------------------------------------
ask POST $f/join name="Tahu Takwa Bu Rini" sector=food stall=B-12 login=rini password=kata-sandi-9
board GET "$sale/merchants"
decide=$(grep -o '/admin/festival/[^"]*/decide' "$work/out" | head -1)
sed -n '/\/decide/,/<\/details>/p' "$work/out" | sed -n '/<details/,$p' >"$work/refuse"
ok "the form to refuse asks for a reason" grep -q 'name="reason"[^>]*required' "$work/refuse"
ok "and does not call it optional" sh -c '! grep -q "boleh kosong" "$1"' sh "$work/refuse"
board POST "$decide" state=refused;	is "no reason, no refusal" 422

# ---- cards: a double click --------------------------------------------------------
board GET "$sale/cards";		is "the form has its own number" 200 'name="event"'
board POST "$sale/cards" event=kartu-1 count=3;	is "three cards" 303
first=$to
board POST "$sale/cards" event=kartu-1 count=3;	is "sent twice" 303
ok "the same answer" test "$to" = "$first"
ok "and three cards" test "$("$laris" card list kediri pasar-raya | wc -l)" = 3
board POST "$sale/cards" event=kartu-1 count=9;	is "other content under the same number" 409

# ---- the steps, and an opening that lacks something --------------------------------
board GET /admin;			is "the board says what comes next" 200 "Sekarang" "Semua langkah dan tanggalnya"
board GET "$sale/setup"
is "the steps, with the stages of the permit" 200 "Ajukan izin undian" "Permensos 3/2024" "Penyegelan" \
	"1 menunggu jawaban." "1 lokasi tercatat."
board POST "$sale/setup/ugb2024-grant" remark="Nomor 12/UGB, 3 Oktober";	is "a stage is ticked" 303
board GET "$sale/setup"
is "with who and what" 200 "Ditandai ketua" "Nomor 12/UGB, 3 Oktober"
board GET /admin/audit;			is "on record, in words" 200 \
	"Langkah persiapan ditandai selesai" "<dt>Langkah</dt>"; lacks "no JSON" '{"'
board POST "$sale/setup/ugb2024-grant/undo";	is "and taken back" 303
board GET "$sale/setup";		lacks "no tick" "Ditandai ketua"
board POST "$sale/setup/venues" remark=sudah;	is "what the rows tell is not ticked" 409 "selesai sendiri"
board POST "$sale/setup/lain" remark=x;	is "no such step" 404

board POST "$sale/state/open"
is "not ready" 422 "belum ada yang diterima" "belum ada undian dengan hadiah" \
	"href=\"$sale/merchants\"" 'href="/admin/draw?sale=pasar-raya"'
lacks "the venue is there" "Lokasi: belum"
"$laris" festival open kediri pasar-raya >"$work/out" 2>"$work/err"
ok "nor by command" grep -q "festival-not-ready" "$work/err"
ok "it stays as it was" sh -c '"$1" festival list kediri | grep -q inviting' sh "$laris"
board POST "$decide" state=admitted
board POST /admin/draw name="Gladi" slug=gladi rehearsal=1
board POST "$to/prize" title=Gelas code=GELAS cls=UTAMA number=1
board POST "$sale/state/open";		is "a rehearsal promises no prize" 422 "belum ada undian dengan hadiah"
lacks "but a merchant is there" "belum ada yang diterima"
board POST /admin/draw name="Undian utama" slug=utama
board POST "$to/prize" title=Rumah code=RUMAH cls=UTAMA number=1
board POST "$sale/state/open";		is "it opens" 303
board POST "$sale/state/closed"
board POST "$sale/state/open";		is "and opens again" 303

# Everything is missing, also the days.
board POST /admin/festival/new name="Pasar Lalu" slug=pasar-lalu first_day=2021-10-01 \
	last_day=2021-10-31 admission=open unit=50000 counting=person
old=$to
board POST "$old/state/open";		is "its days are over" 422 "hari terakhirnya sudah lewat"
board GET "$old/setup"
is "the law of its year" 200 "UU 22/1954"
lacks "not that of 2024" "Permensos"

"$laris" check >"$work/out" 2>"$work/err"
ok "laris check: every sum agrees" test $? = 0
done_testing
