#!/bin/bash
# What becomes of winners, with `laris request`: called, verified, given;
# one struck out and drawn anew; one prize returned.
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
	board POST "$to/prize" title=Rumah code=RUMAH cls=UTAMA number=1 value=300000000
	board POST "$sale/state/open"
} 2>/dev/null
for i in 1 2 3 4 5; do
	rini POST /m/sale event=w-$i amount=${i}00000 method=cash
	rini GET "$to"
	code=$(grep -oE 'QR [0-9A-Z]{8}' "$work/out" | head -1 | cut -c4-)
	ask POST "$f/claim/$code/take"
done
board POST /admin/draw name="Gladi bersih" slug=gladi rehearsal=1;	is "a rehearsal" 303
draw=$to
board POST "$draw/prize" title="Sepeda motor" code=MOTOR cls=UTAMA number=2 value=20000000
board POST "$draw/prize" title=Kulkas code=KULKAS cls=HARIAN number=9 value=5000000
board GET "$draw/winners";		is "no winners before the draw" 404
board POST "$draw/freeze" minutes=60;	is "frozen" 303
code=gladi-pasar-raya-gladi
board POST "$draw/beacon" pasted="$("$laris" draw rehearse-beacon kediri $code)"
board POST "$draw/run";			is "drawn" 303

# ---- one is given ------------------------------------------------------------
board GET "$draw/winners";		is "the winners" 200 "belum dihubungi" "Belum ada pemenangnya"
mapfile -t win < <(grep -oE '/admin/draw/[^"]*/winner/[^"]*' "$work/out")
board GET "$draw/odd";			is "what looks odd" 200 "bukan bukti kecurangan" "Sepeda motor"
one=${win[1]} two=${win[0]} fridge=${win[2]}
board GET "$one";			is "one winner" 200 "Sepeda motor" "Sudah dihubungi"
board POST "$one/verified";		is "not verified before the call" 409 "bukan giliran"
board POST "$one/called";		is "called" 303
board POST "$one/give" receiver="Bu Sri";	is "not given before it is verified" 409
board POST "$one/verified";		is "verified" 303
board POST "$one/give" receiver=;	is "to somebody" 422
board POST "$one/give" receiver="Bu Sri";	is "given" 303
board GET "$one";			is "and it says to whom" 200 "Bu Sri" "sudah diserahkan"
board POST "$one/strike" reason=absent words=x then=redraw minutes=60
is "what was given is not taken back" 409 "sudah diserahkan"
board GET "$one/paper/photo";		is "no photograph was taken" 404

# ---- one is drawn anew ---------------------------------------------------------
board POST "$two/strike" reason=absent words= then=redraw minutes=60
is "not without words" 422
board POST "$two/strike" reason=absent words="Dipanggil tiga kali di panggung." then=redraw minutes=60
is "struck out" 303
board GET "$two";			is "nobody stands there" 404
board GET "$draw/winners";		is "it waits for the round" 200 "Menunggu angka acak" "Dipanggil tiga kali"
main=$("$laris" draw rehearse-beacon kediri $code)
board POST "$draw/again/2" pasted="$main";	is "not the draw's own beacon again" 422
a1=$("$laris" draw rehearse-beacon kediri $code 2)
board POST "$draw/again/2" pasted=kacau;	is "a beacon that is none" 422 "kacau"
board POST "$draw/again/1" pasted="$a1";	is "a hand-over is no redraw" 404
ask GET "$f/draw/gladi/stage/result"
is "the stage: as it was drawn, who is struck out, what waits" 200 '"gone":2' '"kind":"redraw"' '"ran":false' '"coupon":""'
board POST "$draw/again/2" pasted="$a1";	is "drawn anew" 303
board POST "$draw/again/2" pasted="$a1";	is "once" 409
board GET "$two";			is "somebody else stands there" 200 "undi ulang 2"
board POST "$fridge/strike" reason=unclaimed words="Lewat 30 hari." then=return minutes=60
is "a prize is returned" 303

# ---- in public -------------------------------------------------------------------
ask GET "$f/draw/gladi"
is "the public page tells it" 200 "Sesudah undian" "tidak hadir" "Dikembalikan ke Dinas Sosial" \
	"after/002-redraw.txt" "after/003-returned.txt" "Pemenang baru"
ok "but not the words" hasnt "Dipanggil tiga kali"
ok "nor the receiver" hasnt "Bu Sri"
ask GET "$f/draw/gladi/file/after/002-redraw.txt"
is "the announcement" 200 "laris-redraw/v1" "reason absent" "prize MOTOR"
ask GET "$f/draw/gladi/file/after/009-redraw.txt";	is "no such file" 404
ask GET "$f/draw/gladi/file/after/002-redraw.tlog-proof"
is "it is in the public log, with its proof" 200 "c2sp.org/tlog-proof@v1" "laris/kediri@"
ask GET "$f/draw/gladi/file/after/009-redraw.tlog-proof";	is "of nothing no proof" 404
ask GET "$f/draw/gladi/file/winners.tlog-proof";	is "nor of what is not entered" 404
ask GET "$f/draw/gladi/file/holders";	is "whose card is which stays inside" 404
"$laris" draw report kediri $code "$work/bundle" >"$work/out" 2>"$work/err"
ok "the bundle holds it" test -s "$work/bundle/after/002-beacon.txt" -a -s "$work/bundle/after/002-winner.tsv"
ok "its sums hold" sh -c "cd '$work/bundle' && sha256sum -c --quiet SHA256SUMS"
ok "every file is in them but the log's own" sh -c "cd '$work/bundle' && test \$(wc -l <SHA256SUMS) = \
	\$(find . -type f ! -name SHA256SUMS ! -name '*.tlog-proof' ! -name policy.txt | wc -l)"
ok "freeze and redraw come with their proofs" test -s "$work/bundle/freeze.tlog-proof" -a \
	-s "$work/bundle/after/002-redraw.tlog-proof" -a -s "$work/bundle/policy.txt"
seed=$(cat "$work/bundle/freeze.txt" "$work/bundle/after/002-redraw.txt" "$work/bundle/after/002-beacon.txt" |
	sha256sum | cut -c1-64)
IFS=$'\t' read -r prize k coupon _ < <(tail -1 "$work/bundle/after/002-transcript.tsv")
hash=$(printf '%s,%s,%s' "$seed" "$prize" "$k" | sha256sum | cut -c1-64)
coupons=$(sed -n 's/^coupons //p' "$work/bundle/freeze.txt")
ok "the new coupon by hand: $coupon" test "$(python3 -c "print(int('$hash', 16) % $coupons)")" = "$coupon"

# ---- the stage and the press, after a redraw ------------------------------------------
ask GET "$f/draw/gladi/stage/result"
ok "the stage shows the draw as it was, and then what came after" python3 - "$work/out" "$work/bundle" <<'PY'
import json, sys
told, bundle = json.load(open(sys.argv[1])), sys.argv[2]
rows = lambda name: [r.split("\t") for r in open(f"{bundle}/{name}").read().splitlines()]
drawn = [(p["code"], str(w["place"]), str(w["k"]), w["coupon"]) for p in told["prizes"] for w in p["winners"]]
assert drawn == [tuple(r[:4]) for r in rows("winners.tsv")], drawn
struck = {(p["code"], w["place"]) for p in told["prizes"] for w in p["winners"] if w["gone"]}
assert len(struck) == 2, struck
again, back = told["after"]
assert again["kind"] == "redraw" and again["ran"] and again["stands"] and again["coupon"] == rows("after/002-winner.tsv")[0][3], again
assert back["kind"] == "returned" and not back["ran"] and not back["stands"] and back["card"] == "", back
PY
cp "$work/out" "$work/stage"
first=$(head -1 "$work/bundle/winners.tsv" | cut -f1,3 | tr '\t' ,)
seed0=$(cat "$work/bundle/freeze.txt" "$work/bundle/beacon.txt" | sha256sum | cut -d' ' -f1)
ask GET "$f/draw/gladi/press"
is "the first pick by hand is still the draw's own" 200 "$(printf '%s,%s' "$seed0" "$first" | sha256sum | cut -d' ' -f1)"
ask GET "$f/draw/gladi/stage"
is "the stage without script: who stands" 200 "$(grep -o '"card":"[^"]*","stands":true' "$work/stage" | cut -d'"' -f4)"

# ---- the minutes ------------------------------------------------------------------
board POST "$draw/reported" place="Balai Kota Kediri" notary="Siti Aminah, S.H." deed="No. 17"
is "the minutes are made" 303
board POST "$draw/reported";		is "once" 409
"$laris" draw report kediri $code "$work/minutes" >"$work/out" 2>"$work/err"
ok "they lie in the bundle, its sums hold" sh -c "cd '$work/minutes' && grep -q berita-acara.pdf SHA256SUMS &&
	sha256sum -c --quiet SHA256SUMS"
pdftotext -layout "$work/minutes/berita-acara.pdf" "$work/out"
for w in "GLADI (REHEARSAL)" "Balai Kota Kediri" "Siti Aminah" "Berita acara pengundian" "2 pemenang dicoret, 1 tempat" \
	"20.000.000" "5.000.000" "Tidak ada daftar sementara" "Tidak boleh menang: 0 panitia, 0 petugas, 0 serumah"; do
	ok "they say \"$w\"" has "$w"
done
root=$(sed -n 's/^root //p' "$work/minutes/freeze.txt" | sed 's/..../& /g;s/ $//' | cut -c1-39)
ok "the root in groups of four: $root" has "$root"
ok "two pages" test "$(pdfinfo "$work/minutes/berita-acara.pdf" | sed -n 's/^Pages: *//p')" = 2

# ---- from the command line ----------------------------------------------------------
ok "struck out from the command line" sh -c "'$laris' draw redraw kediri $code \
	KULKAS 2 --reason refused --words 'Tidak mau.' >'$work/out' 2>'$work/err'"
ok "and it says under which number" has after/004-redraw.txt
"$laris" draw rehearse-beacon kediri $code 4 | "$laris" draw redraw kediri $code 4 >"$work/out" 2>"$work/err"
ok "drawn anew: nobody is left" test $? = 0
ok "so no line" test ! -s "$work/out"
ok "an unknown reason" sh -c "'$laris' draw redraw kediri $code KULKAS 3 --reason malas \
	--words x; test \$? = 2"
board GET /admin/audit;			is "the record" 200 "Pemenang dicoret, akan diundi ulang" "Undi ulang dijalankan"
ok "laris check finds nothing" sh -c "'$laris' check >'$work/out' 2>&1"
done_testing
