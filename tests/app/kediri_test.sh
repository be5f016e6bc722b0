#!/bin/bash
# kediri_test.sh - two servers.  Solo's sale is over and given as a file; Kediri
# adapts it, and the adopted sale really lives: merchants, cards, purchases,
# closing, draw, report.  What no longer compares says because of what; the
# child goes back to Solo, whose family tree shows it with its figures.
. "$(dirname "$0")/ask.sh"
p=/admin/practice
k=/kediri/kgs
solo_db=$work/solo/laris.db kediri_db=$LARIS_DB

solo() { LARIS_DB=$solo_db "$laris" request --city surakarta "$@" >"$work/out" 2>"$work/err"
	status=$(head -1 "$work/err") to=$(sed -n 's/^Location: //p' "$work/err"); }
owner() { solo --as panitia "$@"; }
rini() { ask --as rini "$@"; }
days() { TZ=UTC-7 date -d "$1 days" +%F; }
code_of() { grep -oE 'QR [0-9A-Z]{8}' "$work/out" | head -1 | cut -c4-; }
lines() { tr '\n' ' ' <"$work/out" | sed 's/<[^>]*>/ /g; s/  */ /g' >"$work/flat"; mv "$work/flat" "$work/out"; }

# ---- Solo's sale is over ------------------------------------------------------
mkdir "$work/solo"
{
	export LARIS_DB=$solo_db
	"$laris" init
	"$laris" city add 33.72
	echo kata-sandi-9 | "$laris" person add surakarta panitia --role organiser
	export LARIS_DB=$kediri_db
	for x in residents:522364:286796 umkm:66000:38806; do
		IFS=: read -r what s h <<<"$x"
		owner POST "/admin/settings/city-$what" value="$s"
		board POST "/admin/settings/city-$what" value="$h"
	done
	owner POST /admin/festival/new name='Solo Great Sale' slug=sgs first_day="$(days -30)" \
		last_day="$today" target=800000000000 unit=50000 counting=person admission=open
	sale=$to
	owner POST /admin/venues name='Pasar Gede' kind=market
	owner POST /admin/draw name='Undian utama' slug=utama
	owner POST "$to/prize" title=Rumah code=RUMAH cls=UTAMA number=1 value=300000000
	owner POST "$sale/state/inviting"
	solo POST /surakarta/sgs/join name='Batik Laweyan Bu Sri' sector=fashion stall=A-1 login=sri \
		password=kata-sandi-9
	owner POST "$sale/state/open"
} >/dev/null 2>&1
for i in 1 2 3; do
	solo --as sri POST /m/sale event=s-$i amount=${i}00000 method=cash
	solo --as sri GET "$to"
	c=$(code_of)
	solo POST "/surakarta/sgs/claim/$c/take"
done
is 'Solo sells, a shopper takes' 303
owner POST "$sale/state/closed";	is 'and closes' 303
owner POST $p/give/festival/sgs title='Great Sale' name=great-sale version=2021 guide='' lessons='' ask='' licence=''
is 'Solo gives' 303
parent=${to##*/}
solo GET "/surakarta/practice/$parent/file";	is 'the file' 200 '"laris-template/v1"' '"outcomes"'
cp "$work/out" "$work/solo.json"
key=$(sed -n 's/.*"key":"\([^"]*\)".*/\1/p' "$work/solo.json")

# ---- Kediri adapts: 24 days, Rp 25.000 a coupon, from Rp 10.000, open to all --------
board POST $p/accept key="$key" text="$(cat "$work/solo.json")"
is 'the file comes in with its key' 303
board POST "$p/$parent/try";		is 'the sheet is begun' 303
board POST "$p/$parent/adapt/1" 'v.sale/name=Kediri Great Sale' v.sale/first-day="$(days -23)" \
	v.sale/days=24 'r.sale/days=Kalender' 'v.sale/target=470 miliar' 'r.sale/target=Ukuran kota' \
	v.sale/admission=approval 'r.sale/admission=kuota pasar' 'v.sale/admission-rule=Berdomisili di Kediri' \
	'r.sale/admission-rule=aturan setempat'
is 'the sale' 303
board POST "$p/$parent/adapt/2" v.rules/unit=25.000 'r.rules/unit=belanja lebih kecil' \
	v.rules/minimum=10.000 'r.rules/minimum=nota kecil banyak'
is 'its rules' 303
for step in 3 4 5 6; do
	board GET "$p/$parent/adapt/$step"
	has v.venues/market && break
done
board POST "$p/$parent/adapt/$step" 'v.venues/market=Pasar Setono Betek';	is 'its places' 303
board POST "$p/$parent/adapt" slug=kgs
is 'a draft' 303
ok 'of Kediri' test "$to" = /admin/adopted/kgs
sale=/admin/festival/kgs
board POST $sale/state/open;		is 'it cannot open yet' 422 'Pelaku usaha: belum ada yang diterima'
hasnt 'belum ada undian' && ok 'its draw came along' true
board POST $sale/state/inviting;	is 'it invites' 303

# ---- its steps, on their page -------------------------------------------------------
board POST $sale/setup/announce/date days=45 side=before;	is 'announced earlier than Solo' 303
board POST $sale/setup/announce/date days=999 side=before;	is 'not a year and more' 422 999
board POST $sale/setup title='Rapat dengan paguyuban pasar' days=20 side=before base=first
is 'a step of its own' 303
board POST $sale/setup title='Rapat dengan paguyuban pasar' days=9 side=before base=first
is 'once' 409 'sudah ada' 'value="9"'
board GET $sale/setup
is 'both are there' 200 'Rapat dengan paguyuban pasar' '?date=announce'
board GET "$sale/setup?date=announce";	is 'as it was set' 200 'value="45"'
board GET "$sale/setup?date=rapat-dengan-paguyuban-pasar";	is 'one of its own may go' 200 'Hapus langkah ini'
board GET /admin/adopted/kgs
is 'and deviate from Solo, without a reason yet' 200 'Rapat dengan paguyuban pasar' '45'
board POST $sale/setup/rapat-dengan-paguyuban-pasar/drop;	is 'taken away' 303
board POST $sale/setup/rapat-dengan-paguyuban-pasar/drop;	is 'is gone' 404
board POST $sale/setup/announce/drop;	is 'one of the plan stays' 409 'rencana setiap gelaran'
board POST $sale/setup/ugb2024-apply/date days=1 side=before;	is 'the law sets its own' 409 'izin undian'

# ---- it lives ---------------------------------------------------------------------
ask POST $k/join name='Tahu Takwa Bu Rini' sector=food stall=B-12 login=rini password=kata-sandi-9
is 'a merchant registers' 303
rini POST /m/sale event=k-0 amount=60000 method=cash
ok "Kediri's own admission: first approved, $status" test "$status" = 409 -o "$status" = 422
board GET $sale/merchants
board POST "$(grep -o '/admin/festival/[^"]*/decide' "$work/out" | head -1)" state=admitted;	is 'admitted' 303
board POST $sale/state/open;		is 'the adopted sale opens' 303
board GET /admin/adopted/kgs
is 'open, and its deviations are as they were' 200 'belanja lebih kecil' 'aturan setempat'
ask GET $k;				is 'for everybody' 200 'Kediri Great Sale'
for x in 1:60000:cash 2:30000:qris 3:8000:cash; do
	IFS=: read -r i amount how <<<"$x"
	rini POST /m/sale event=k-$i amount="$amount" method="$how"
	is "sold for $amount" 303
	rini GET "$to"
	c=$(code_of)
	ask POST "$k/claim/$c/take"
done
ask GET /api/v1/cities/kediri/festivals/kgs/totals
is "coupons by Kediri's rules: a person's 90.000 over 25.000, the note of 8.000 below the minimum" 200 \
	'"purchases":3,"rupiah":98000,"coupons":3,'
board POST $sale/rules unit=50000 counting=person
ok "an open sale keeps its rules: $status" test "$status" != 303
board POST $sale/state/closed;		is 'it closes' 303
rini POST /m/sale event=k-4 amount=60000 method=cash;	is 'then nothing is sold' 409

# ---- draw and report ---------------------------------------------------------------
board POST /admin/draw name='Gladi bersih' slug=gladi rehearsal=1
draw=$to
board POST "$draw/prize" title=Sepeda code=SEPEDA cls=UTAMA number=1 value=2000000
board POST "$draw/freeze" minutes=60;	is 'frozen' 303
board POST "$draw/beacon" pasted="$("$laris" draw rehearse-beacon kediri gladi-kgs-gladi)"
board POST "$draw/run";			is 'drawn' 303
ask GET $k/draw/gladi;			is 'for everybody to see' 200 Sepeda
ask GET $k/report;			is 'reported' 200 'Rp 98.000'

# ---- what does not compare, and why ---------------------------------------------------
ask GET "/kediri/compare?with=$parent&with=kediri/kgs"
is 'side by side with the file of Solo' 200
lines
days_differ='tidak sebanding Lama (hari): 24, pembandingnya 31'
ok 'the sum: because it ran shorter' has "Rp 98.000 $days_differ"
ok 'purchases: length and minimum' has "3 tidak sebanding Belanja paling sedikit: Rp 10.000, pembandingnya tidak ada; Lama (hari): 24, pembandingnya 31"
ok 'coupons: unit too' has 'Nilai satu kupon: Rp 25.000, pembandingnya Rp 50.000'

# ---- the child goes back ---------------------------------------------------------------
board POST $p/give/festival/kgs title='Great Sale Kediri' name=great-sale version=2022 guide='' \
	lessons='Mulai sesudah panen.' ask='' licence=''
is 'given back' 303
child=${to##*/}
ask GET "/kediri/practice/$child/file";	is 'its file' 200 '"surakarta/festival/great-sale@2021"' '"value":98000'
hasnt 'Rini' && hasnt 'Setono' && ok 'without a merchant or a place' true
cp "$work/out" "$work/kediri.json"
owner GET "$p/$child";			is 'Solo does not know it' 404
owner POST $p text="$(cat "$work/kediri.json")"
owner POST $p/accept key="$(sed -n 's/.*"key":"\([^"]*\)".*/\1/p' "$work/kediri.json")" \
	text="$(cat "$work/kediri.json")"
is "Solo's server takes it in" 303
owner GET "$p/$parent/family"
is 'the family at Solo: the child' 200 'kediri/festival/great-sale@2022' 'Kota Kediri'
lines
ok 'with its figures' has 'Nilai belanja Rp 98.000'
ok 'and which are others than the parent’s' has 'Nilai belanja Rp 98.000 tidak sebanding'
ok 'and why, each reason once' has 'asalnya karena: Belanja paling sedikit: Rp 10.000, pembandingnya tidak ada; Lama (hari): 24, pembandingnya 31; Nilai satu kupon: Rp 25.000, pembandingnya Rp 50.000.'
ok 'the parent has its own' has 'Nilai belanja Rp 600.000'
ok 'a figure that compares says nothing' sh -c "! grep -q 'ikut 1 tidak sebanding' '$work/out'"
solo GET "/surakarta/practice/$parent/family"
is 'the same for everybody' 200 'kediri/festival/great-sale@2022' 'Rp 98.000'
solo GET "/surakarta/compare?with=$parent&with=$child"
is 'and compares at Solo from the two files' 200 'Rp 98.000' 'Lama (hari): 24, pembandingnya 31'
for db in "$solo_db" "$kediri_db"; do
	LARIS_DB=$db "$laris" check >"$work/out" 2>"$work/err"
	ok 'laris check is clean' test $? = 0
done
done_testing
