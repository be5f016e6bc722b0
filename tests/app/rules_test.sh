#!/bin/bash
# A sale's rules by `laris request`: edited as a draft, tried, amended once it
# is open, and what purchases before and after it make of that.
. "$(dirname "$0")/ask.sh"

lacks() {	# NAME WORD
	ok "$1: no \"$2\"" sh -c '! grep -qF -- "$1" "$2"' sh "$2" "$work/out"
}
day() { TZ=UTC-7 date -d "+$1 day" +%F; }
till=$(day 20)
board POST /admin/festival/new name="Pasar Raya Kediri" slug=pasar-raya first_day="$today" \
	last_day="$till" target=0 admission=open unit=50000 counting=person
sale=$to
rules=$sale/rules

# ---- as a draft -----------------------------------------------------------------
board GET "$rules";	is "a draft's rules" 200 "boleh diubah sesuka panitia" 'name="unit"'
lacks "our own limit is nobody's cap" 1.000.000.000.000.000
board POST "$rules" unit=75000 counting=person minimum=5000
is "unit and minimum" 303
board GET "$rules";	is "in sentences" 200 "setiap Rp 75.000" "di bawah Rp 5.000"
board POST "$rules" unit=50000 counting=person cap_person=100
is "a cap under the unit" 422 "lebih kecil dari harga satu kupon" 'value="100"'
board POST "$rules" unit=50000 counting=person;	is "put right" 303
board POST "$rules/add" kind=venue venue=market factor=11
is "eleven times" 422 "bukan pengali" 'value="11"'
board POST "$rules/add" kind=venue factor=2;	is "of which venue?" 422
board POST "$rules/add" kind=lain factor=2;	is "of which kind?" 422
board POST "$rules/add" kind=hour hour=25 factor=2;	is "25 o'clock" 422 "00 sampai 23"
board POST "$rules/add" kind=hour hour=12 hour_to=10 factor=2;	is "backwards" 422 "Tukar keduanya"
board POST "$rules/add" kind=day day=2021-01-01 factor=2;	is "a day that is none of the sale's" 422
board POST "$rules/add" kind=merchant merchant=99999-9;	is "no such merchant" 422
board POST "$rules/add" kind=method method=qris factor=3;	is "QRIS three times" 303
board POST "$rules/add" kind=method method=qris factor="1,25 kali";	is "no, one and a quarter" 303
board GET "$rules";	is "said again it replaces" 200 "dengan QRIS dihitung 1,25 kali."
lacks "the first is gone" "dihitung 3 kali"
board POST "$rules/drop/method/1";	is "taken away" 303
board POST "$rules/drop/method/1";	is "twice" 303
board POST "$rules/drop/lain/1";	is "what is none" 404
board POST "$rules/add" kind=sector sector=bank;	is "banks do not count" 303
board GET /admin/audit;	is "on record" 200 "Aturan kupon diubah" "Belanja di sektor perbankan tidak dihitung."
board POST "$rules/amend" number=2 edits=1 reason="Belum dibuka juga"
is "a draft is not amended" 409 "tidak sedang dibuka"

# ---- opening ---------------------------------------------------------------------
board POST /admin/venues name="Pasar Setono" kind=market
board GET /admin/venues
board POST "$sale/merchants" name="Tahu Takwa" sector=food size=micro
board POST "$sale/merchants" name="Toko Cerutu" sector=grocery size=micro
board POST "$sale/cards" event=kartu count=2
board POST /admin/draw name="Undian utama" slug=utama
board POST "$to/prize" title=Rumah code=RUMAH cls=UTAMA number=1
board POST "$sale/state/inviting"
ask GET "$f/rules";	is "not open: they may change" 200 "masih bisa berubah"
board POST "$sale/state/open";	is "it opens" 303
board POST "$sale/cards" event=kartu count=2;	is "cards" 303
ask GET "/api/v1/cities/kediri/festivals/pasar-raya/merchants"
shop=$(grep -o '"id":"[0-9A-Z]*","name":"Tahu Takwa"' "$work/out" | cut -d'"' -f4)
other=$(grep -o '"id":"[0-9A-Z]*","name":"Toko Cerutu"' "$work/out" | cut -d'"' -f4)
card=$("$laris" card list kediri pasar-raya | head -1 | cut -f1)

# ---- a proposal -------------------------------------------------------------------
board POST "$rules" unit=60000 counting=person
is "the unit stays" 409 "akan jadi bernilai lain"
board POST "$rules" unit=50000 counting=purchase;	is "and the counting" 409 "akan jadi bernilai lain"
board POST "$sale" name="Pasar Raya" first_day="$today" last_day="$till" admission=open
is "nor the sale itself" 409
code=$(board GET "$sale/merchants"; grep -A12 "Toko Cerutu" "$work/out" | grep -oE '\b[0-9]{6}\b' | head -1)
board POST "$rules/add" kind=merchant merchant="$code";	is "a merchant left out: proposed" 303
board POST "$rules/add" kind=method method=cash factor=2;	is "cash twice" 303
board POST "$rules" unit=50000 counting=person cap_merchant=150000;	is "and a cap" 303
board GET "$rules";	is "not in force yet" 200 "Usulan perubahan" "Toko Cerutu ($code)"
ask GET "$f/rules";	lacks "nobody sees it yet" Cerutu
try="amount=100000&method=cash&day=$(day 3)&hour=10"
board GET "$rules/try?$try&merchant=$code"
is "tried" 200 "Dengan usulan perubahan" "pelaku usaha yang dikecualikan" "Rp 100.000 menjadi Rp 0"
board GET "$rules/try?$try&counted=100000&counted_merchant=100000"
is "with what was before" 200 "batas per pelaku usaha" "Rp 200.000 menjadi Rp 50.000"
board GET "$rules/try?$try&counted=1&counted_day=2";	is "more a day than in all" 422 "tidak bisa kurang"
board GET "$rules/try?$try&merchant=xyz";	is "no such merchant" 422 'value="xyz"'
board GET "$rules/try?amount=5&day=2020-01-01";	is "a day outside" 422

# ---- made ------------------------------------------------------------------------
edits=$(board GET "$rules"; grep -o '<input[^>]*name="edits"[^>]*' "$work/out" | grep -o 'value="[0-9]*"' | tr -dc 0-9)
amend() { board POST "$rules/amend" number=2 "$@"; }
amend edits="$edits" reason=Sebab;	is "why?" 422
amend edits="$edits" reason="Rapat 3 Oktober, Kadin." day="$(day -1)"
is "not for yesterday" 422 "Saat itu sudah lewat" "Rapat 3 Oktober, Kadin."
amend edits="$edits" reason="Rapat 3 Oktober, Kadin." day="$(day 30)";	is "nor after the end" 422
amend edits="$edits" reason="Rapat 3 Oktober, Kadin." hour=10;	is "an hour of which day?" 422
amend edits=1 reason="Rapat 3 Oktober, Kadin." day="$(day 2)"
is "not what another has changed" 409 "diubah orang lain"
amend edits="$edits" reason="Rapat 3 Oktober, Kadin." day="$(day 2)" hour=00;	is "announced" 303
amend edits="$edits" reason="Rapat 3 Oktober, Kadin." day="$(day 2)" hour=00;	is "a double click" 303
amend edits="$edits" reason="Yang kedua, lain lagi." day="$(day 2)";	is "a second organiser" 409 "lebih dulu" \
	"Yang kedua, lain lagi."
ask GET "$f/rules"
is "everybody reads it" 200 "Perubahan 1" "Alasan: Rapat 3 Oktober, Kadin." "belum berlaku" \
	"<ins>Belanja tunai dihitung 2 kali.</ins>"
lacks "not who pressed the button" "ketua"
ask GET "/api/v1/cities/kediri/festivals/pasar-raya/rules"
is "and programs" 200 '"unit":50000' '"number":1' '"reason":"Rapat 3 Oktober, Kadin."'
"$laris" festival show kediri pasar-raya >"$work/out"
ok "the command says them" has "Amendment 1"
board GET /admin/audit;	is "and so does the record" 200 "Perubahan aturan diumumkan" "Rapat 3 Oktober, Kadin."

# ---- purchases about it, in one batch ----------------------------------------------
sold() {	# EVENT MERCHANT AMOUNT DAY
	printf '{"event":"%s","merchant":"%s","card":"%s","amount":%s,"method":"cash","at":"%sT10:00:00+07:00"}' \
		"$1" "$2" "$card" "$3" "$4"
}
echo "[$(sold a "$shop" 100000 "$today"),$(sold b "$shop" 100000 "$(day 3)"),$(sold c "$other" 90000 "$(day 3)"),$(sold d "$other" 50000 "$today")]" >"$work/batch"
board POST /api/v1/cities/kediri/festivals/pasar-raya/purchases/batch "@$work/batch"
is "a batch" 200
points=$(grep -o '"points":[0-9]*' "$work/out" | cut -d: -f2 | tr '\n' ' ')
ok "each by the rules of its day: 2 1 0 1, it is $points" test "$points" = "2 1 0 1 "
first=$(grep -o '"purchase":"[0-9A-Z]*"' "$work/out" | head -1 | cut -d'"' -f4)
echo '{"event":"v1","reason":"salah ketik"}' >"$work/void"
board POST "/api/v1/cities/kediri/festivals/pasar-raya/purchases/$first/void" "@$work/void"
is "one of before is struck out" 201
"$laris" check >"$work/out" 2>"$work/err"
ok "laris check proves each by its rules" test $? = 0

# ---- a card says which rule it was ----------------------------------------------------
board GET "$f/card/$card"
is "the card says why" 200 "pelaku usaha yang dikecualikan" "batas per pelaku usaha"

# ---- another city's organiser ------------------------------------------------------
"$laris" city add 33.72 >"$work/out"
echo kata-sandi-9 | "$laris" person add surakarta asing --role organiser >"$work/out"
for path in "$rules" "$rules/try"; do
	"$laris" request --city surakarta --as asing GET "$path" >"$work/out" 2>"$work/err"
	ok "another city finds nothing at $path" grep -q 404 "$work/err"
done
"$laris" request --city surakarta --as asing POST "$rules/amend" number=3 edits=1 \
	reason="Bukan kota saya" >"$work/out" 2>"$work/err"
ok "and amends nothing" grep -q 404 "$work/err"
board POST "$sale/state/closed"
board POST "$rules" unit=50000 counting=person;	is "closed: no amendment" 409 "tidak sedang dibuka"
board GET "$rules";	is "but to be read" 200 "Perubahan 1"
lacks "nothing to fill in" 'name="cap_day"'
done_testing
