#!/bin/bash
# The main job from end to end with `laris request`: no socket, no browser.
# A city prepares its sale, a merchant joins and sells, a shopper takes the
# coupons, the draw is rehearsed, published and proven.
. "$(dirname "$0")/ask.sh"

rini() { ask --as rini "$@"; }

# ---- the organiser prepares -------------------------------------------------
board GET /admin;			is "the board" 200
board POST /admin/festival/new name="Pasar Raya Kediri" slug=pasar-raya first_day="$today" \
	last_day="$today" target=1000000000 admission=approval unit=50000 counting=person
is "a new sale" 303
sale=$to
board POST /admin/venues name="Pasar Setono Betek" kind=market;	is "a venue" 303
board GET /admin/venues;		is "the venues" 200 "Pasar Setono Betek"
board POST "$sale/state/inviting";	is "the sale invites" 303
ask GET "$f";				is "its front page" 200 "Pasar Raya Kediri"

# ---- a merchant joins and sells ---------------------------------------------
ask POST $f/join name="Tahu Takwa Bu Rini" sector=food stall=B-12 login=rini password=kata-sandi-9
is "a merchant registers" 303
rini POST /m/sale event=j-0 amount=175000 method=qris
ok "not admitted, sells nothing: $status" test "$status" = 422 -o "$status" = 409
board GET "$sale/merchants";		is "the organiser sees who waits" 200 "Tahu Takwa Bu Rini"
decide=$(grep -o '/admin/festival/[^"]*/decide' "$work/out" | head -1)
board POST "$decide" state=admitted;	is "and admits" 303
board POST "$sale/state/open";		is "no prize, no opening" 422 "belum ada undian dengan hadiah"
board POST /admin/draw name="Undian utama" slug=utama;	is "a draw" 303
board POST "$to/prize" title=Rumah code=RUMAH cls=UTAMA number=1 value=300000000
is "with a prize" 303
board POST "$sale/state/open";		is "the sale opens" 303
rini POST /m/sale event=j-1 amount=175.000 method=qris
is "the merchant sells" 303
first=$to
rini POST /m/sale event=j-1 amount=175000 method=qris
ok "sent twice, the same sale" test "$to" = "$first"
rini GET "$first";			is "its page" 200 "Rp 175.000"
code=$(grep -oE 'QR [0-9A-Z]{8}' "$work/out" | head -1 | cut -c4-)
ok "with a code: $code" test ${#code} = 8

# ---- a shopper takes the coupons --------------------------------------------
ask GET "$f/claim/$code";		is "the claim page" 200 "Tahu Takwa Bu Rini" "Rp 175.000"
ask POST "$f/claim/$code/take";		is "the shopper takes it" 303
card=$to
ask GET "$card";			is "the card says where coupons come from" 200 "Tahu Takwa Bu Rini" "Rp 175.000"
ask GET "${card%%\?*}"
ok "without its secret it tells nothing" sh -c "! grep -q 'Tahu Takwa' '$work/out'"
ask POST "$f/claim/$code/take";		is "a second shopper comes too late" 409
ask GET /api/v1/cities/kediri/festivals/pasar-raya/totals
is "the totals" 200 '"purchases":1,"rupiah":175000,"coupons":3,'
rini POST /m/sale event=j-2 amount=90000 method=cash
second=$to
rini POST "$second/void" event=j-3 reason="salah ketik jumlah";	is "a wrong sale is struck out" 303
ask GET /api/v1/cities/kediri/festivals/pasar-raya/totals
is "and is gone from the totals" 200 '"purchases":1,"rupiah":175000,"coupons":3,'

# ---- the draw ---------------------------------------------------------------
board POST "$sale/state/closed";	is "the sale closes" 303
rini POST /m/sale event=j-4 amount=90000 method=cash;	is "a closed sale sells nothing" 409
board POST /admin/draw name="Gladi bersih" slug=gladi rehearsal=1;	is "a rehearsal" 303
draw=$to
board POST "$draw/run";			is "nothing frozen, nothing drawn" 409
board POST "$draw/prize" title="Sepeda motor" code=MOTOR cls=UTAMA number=1 value=20000000
is "a first prize" 303
board POST "$draw/prize" title=Kulkas code=KULKAS cls=HARIAN number=1 value=5000000
is "a second prize" 303
board POST "$draw/freeze" minutes=60;	is "frozen" 303
board POST "$draw/prize" title=Radio code=RADIO cls=HARIAN number=1;	is "then no prize is added" 409
board POST "$draw/beacon" pasted=kacau;	is "a beacon that is none" 422
board POST "$draw/beacon" pasted="$(printf 'a1%.0s' {1..48})"
is "one that nobody signed" 422 "bukan tanda tangan drand untuk putaran 1"
board GET "$draw";			is "a rehearsal has its number ready" 200 GLADI 953c4b474649caf5
board POST "$draw/beacon" pasted="$("$laris" draw rehearse-beacon kediri gladi-pasar-raya-gladi)"
is "the beacon" 303
board POST "$draw/run";			is "drawn" 303
board POST "$draw/run";			is "drawn once" 409
board POST "$draw/reported";		is "the minutes are made" 303
board GET "$draw";			is "and the page says so" 200 "berita acara selesai"
ask GET "$f/draw/gladi";		is "the public page" 200 "Sepeda motor"
mkdir "$work/files"
for name in $(grep -oE '/file/[A-Za-z0-9.-]+' "$work/out" | cut -c7- | sort -u); do
	"$laris" request GET "$f/draw/gladi/file/$name" >"$work/files/$name" 2>"$work/err" ||
		ok "$name downloads" false
done
ok "winners.tsv is public" test -s "$work/files/winners.tsv"
ok "SHA256SUMS too" test -s "$work/files/SHA256SUMS"
"$laris" verify "$work/files" >"$work/out" 2>"$work/err"
ok "laris verify: nothing broken, a rehearsal proves no chance" test $? = 2
ok "and it says so" grep -q 'GLADI (REHEARSAL)' "$work/out"
python3 "$work/files/verify.py" >"$work/out" 2>"$work/err"
ok "verify.py of the bundle says the same" test $? = 2 -a ! -s "$work/err"
ok "as a rehearsal" grep -q 'GLADI (REHEARSAL)' "$work/out"
ok "how to check, in two languages" grep -q 'python3 verify.py --en' "$work/files/README.txt"
for checker in "$laris verify" "python3 $work/files/verify.py"; do
	$checker "$work/files" --policy "$work/files/policy.txt" >"$work/out" 2>"$work/err"
	ok "the frozen list stands in the public log, no witness said when: ${checker##*[ /]}" grep -q 'da di log, tetapi' "$work/out"
done
echo x >>"$work/files/winners.tsv"
"$laris" verify "$work/files" >"$work/out" 2>"$work/err"
ok "one line more: broken" test $? = 1
python3 "$work/files/verify.py" >"$work/out" 2>"$work/err"
ok "for verify.py too" test $? = 1

# ---- afterwards ---------------------------------------------------------------
ask GET "$f/report";			is "the report" 200 "Rp 175.000"
board GET /admin/audit;			is "every step is in the record" 200 "Pemenang dihitung" "Daftar kupon dibekukan"
"$laris" check >"$work/out" 2>"$work/err"
ok "laris check: every sum agrees" test $? = 0
done_testing
