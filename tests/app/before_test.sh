#!/bin/bash
# Before a real draw: the provisional list, an objection from the card's own
# phone, who may not win, and a freeze that waits for all of it; then the
# sample, coupon by coupon.
. "$(dirname "$0")/ask.sh"

rini() { ask --as rini "$@"; }

{
	board POST /admin/festival/new name="Pasar Raya Kediri" slug=pasar-raya first_day="$today" \
		last_day="$today" target=1000000000 admission=open unit=50000 counting=person
	sale=$to
	board POST /admin/venues name="Pasar Setono Betek" kind=market
	board POST "$sale/state/inviting"
	ask POST $f/join name="Tahu Takwa Bu Rini" sector=food stall=B-12 login=rini password=kata-sandi-9
	board POST /admin/draw name="Undian utama" slug=utama
	draw=$to
	board POST "$draw/prize" title=Rumah code=RUMAH cls=UTAMA number=1 value=300000000
	board POST "$sale/state/open"
} 2>/dev/null
for i in 1 2 3; do
	rini POST /m/sale event=b-$i amount=${i}00000 method=cash
	rini GET "$to"
	code=$(grep -oE 'QR [0-9A-Z]{8}' "$work/out" | head -1 | cut -c4-)
	ask POST "$f/claim/$code/take"
	card=$to
done
number=$(echo "$card" | grep -oE '[0-9]{9}')

# ---- the provisional list ------------------------------------------------------
ask GET "$f/draw/utama/list";		is "not published yet" 200 "belum diumumkan"
board POST "$draw/list";		is "not while the sale is open" 409 "belum ditutup"
board POST "$sale/state/closed";	is "the sale closes" 303
board POST "$draw/freeze" minutes=60;	is "not frozen before anyone is named" 409 "tidak boleh menang"
board POST "$draw/none";		is "nobody, and it is said" 303
board GET "$draw";			is "the page says so" 200 "menyatakan"
board POST "$draw/freeze" minutes=60;	is "not frozen before the list is public" 409 "belum diumumkan"
board GET "$draw/list";			is "the page to publish it" 200 "Umumkan daftar sementara"
board POST "$draw/list";		is "published" 303
board POST "$draw/list";		is "once" 409
board POST "$draw/freeze" minutes=60;	is "not frozen while people may object" 409 "masih boleh keberatan"
ask GET "$f/draw/utama/list";		is "in public" 200 "Buka kartu saya" "Keberatan sampai"
ask POST "$f/draw/utama/list" words="Kurang satu kupon."
is "an objection needs the card" 403
board GET "$draw/list";			is "nothing came in" 200 "Belum ada keberatan"

# ---- who may not win ------------------------------------------------------------
board POST "$draw/exclude" card= phone= relation=committee;	is "a card or a phone" 422
board POST "$draw/exclude" phone=081234567890 relation=staff
is "a phone nobody has" 422 "Tidak ada kartu dengan nomor HP"
board POST "$draw/exclude" card="$number" reason=panitia;	is "not without saying as what" 422
board POST "$draw/exclude" card="$number" relation=household reason=
is "of a household one says whose" 422 "serumah dengan siapa"
board POST "$draw/exclude" card="$number" relation=household reason="suami Bu Sri, petugas"
is "a card of a household" 303
board GET "$draw";			is "the list says as what, and whose" 200 "serumah dengan panitia atau petugas: suami Bu Sri"

# ---- a freeze that does not wait says why ------------------------------------------
board POST "$draw/freeze" minutes=60 override="Izin memberi satu hari saja."
is "frozen, with the reason" 303
board POST "$draw/exclude" card="$number" relation=staff reason=lain;	is "then nobody is added" 409
board GET /admin/audit;			is "the reason is kept" 200 "Izin memberi satu hari saja." "serumah dengan panitia"
ok "whose household it is, is not in the record" hasnt "suami Bu Sri"
ask GET "$f/draw/utama";		is "in public" 200
ok "nor in public" hasnt "suami Bu Sri"
board POST "$draw/none";		is "nor anything said" 409

# ---- the sample ----------------------------------------------------------------------
board GET "$draw/sample";		is "the sample's page" 200 "Umumkan putaran contoh"
board POST "$draw/sample" count=4 minutes=300;	is "a sample later than the draw" 409 "lebih awal"
board POST "$draw/sample" count=4 minutes=5;	is "its round is named" 303
board POST "$draw/sample" count=4 minutes=5;	is "once" 409
board GET "$draw/sample";		is "it waits" 200 "akan dipilih oleh putaran"
board POST "$draw/sample/beacon" pasted=x;	is "not before its round" 409
ask GET "$f/draw/utama/file/sample.txt";	is "in public" 200 "laris-sample/v1" "count 4"

board POST /admin/draw name="Gladi" slug=gladi rehearsal=1
draw=$to code=gladi-pasar-raya-gladi
board POST "$draw/prize" title=Motor code=MOTOR cls=UTAMA number=1 value=20000000
board POST "$draw/freeze" minutes=60;	is "a rehearsal waits for nothing" 303
ok "named from the command line" "$laris" draw sample kediri $code --count 3
board GET "$draw/sample"
pasted=$(python3 -c 'import html, re, sys
print(html.unescape(re.search(r"<textarea[^>]*>(.*?)</textarea>", sys.stdin.read(), re.S)[1]))' <"$work/out")
board POST "$draw/sample/beacon" pasted=kacau;	is "a beacon that is none" 422
board POST "$draw/sample/beacon" pasted="$pasted";	is "chosen" 303
board POST "$draw/sample/beacon" pasted="$pasted";	is "once" 409
board GET "$draw/sample";		is "coupons to check" 200 "Tahu Takwa Bu Rini" "0 dari 3"
board GET "$draw/sample/1";		is "one of them" 200 "Tahu Takwa Bu Rini" "Lihat nota aslinya"
board POST "$draw/sample/1" verdict=doubtful note=;	is "doubt needs a note" 422
board POST "$draw/sample/1" verdict=clean;	is "clean" 303
board POST "$draw/sample/2" verdict=clean
board POST "$draw/sample/3" verdict=clean
board GET "$draw/sample";		is "what that proves" 200 "3 bersih" "63,2 %"
board POST "$draw/sample/3" verdict=false note="Nota tidak ada.";	is "one was false" 303
ok "from the command line" sh -c "'$laris' draw sample kediri $code >'$work/out'"
ok "checked and clean" has "checked=3 clean=2"
board GET "$draw/sample/9";		is "no such coupon" 404
"$laris" draw report kediri $code "$work/bundle" >"$work/out" 2>"$work/err"
seed=$(cat "$work/bundle/freeze.txt" "$work/bundle/sample.txt" "$work/bundle/sample-beacon.txt" | sha256sum | cut -c1-64)
IFS=$'\t' read -r _ k coupon _ <"$work/bundle/sample.tsv"
hash=$(printf '%s,SAMPLE,%s' "$seed" "$k" | sha256sum | cut -c1-64)
coupons=$(sed -n 's/^coupons //p' "$work/bundle/freeze.txt")
ok "the first by hand: $coupon" test "$(python3 -c "print(int('$hash', 16) % $coupons)")" = "$coupon"
ok "its sums hold" sh -c "cd '$work/bundle' && sha256sum -c --quiet SHA256SUMS"

ok "laris check finds nothing" sh -c "'$laris' check >'$work/out' 2>&1"
python3 -c "import sqlite3; d = sqlite3.connect('$LARIS_DB'); d.execute(\"UPDATE draw_file SET \
	bytes = CAST(replace(CAST(bytes AS TEXT), '1', '2') AS BLOB) WHERE name = 'sample.tsv'\"); d.commit()"
ok "but a sample that was changed" sh -c "! '$laris' check >'$work/out' 2>&1"
ok "and says so" has "the sample is not what its round chose"
done_testing
