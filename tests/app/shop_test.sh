#!/bin/bash
# A merchant from its registration to its own day, with `laris request`:
# what it tells, who sees it, and what is kept nowhere.
. "$(dirname "$0")/ask.sh"

rini() { ask --as rini "$@"; }
board POST /admin/festival/new name="Pasar Raya Kediri" slug=pasar-raya first_day="$today" \
	last_day="$today" target=0 admission=open unit=50000 counting=person
sale=$to
board POST "$sale/state/inviting"
# What an opening needs: a venue, a merchant, a prize.
board POST /admin/venues name="Wijaya Kusuma" kind=market
board POST "$sale/merchants" name="Grosir Ngronggo" sector=grocery
board POST /admin/draw name="Undian utama" slug=utama
board POST "$to/prize" title=Rumah code=RUMAH cls=UTAMA number=1
board POST "$sale/state/open";		is "a sale is open" 303

# ---- registering, in three steps ---------------------------------------------
ask GET $f/join;			is "what it is" 200 "Langkah 1 dari 3" 'action="/kediri/pasar-raya/join/place"'
ask GET "$f/join/place?name=&sector=food"
is "without a name, the first step again" 200 "Langkah 1 dari 3"
ask GET "$f/join/place?name=T&sector=food"
is "too short a name: what to do" 422 "Langkah 1 dari 3" 'value="T"'
ask GET "$f/join/place?name=Tahu%20Takwa%20Bu%20Rini&sector=food"
is "where it is; what was typed goes along" 200 "Langkah 2 dari 3" \
	'value="Tahu Takwa Bu Rini"' "modal sampai Rp 1 miliar, atau penjualan sampai Rp 2 miliar"
ask GET "$f/join/you?name=Tahu%20Takwa%20Bu%20Rini&sector=food&stall=B-12&size=micro"
is "who it is" 200 "Langkah 3 dari 3" 'value="B-12"' 'value="micro"' \
	'/join/place?name=Tahu%20Takwa%20Bu%20Rini&amp;sector=food&amp;stall=B-12&amp;size=micro"'
ask GET "$f/join/you?name=Tahu&sector=food&venue=000000000000Z"
is "a venue that is not there: the second step" 422 "Langkah 2 dari 3"
ask GET "$f/join/you?name=Sri+3571014101900001&sector=food"
is "a NIK in the name: the first step" 422 "Langkah 1 dari 3" NIK
board GET "$sale/merchants"
ok "after all these steps nothing is stored" hasnt "Tahu Takwa"
ask POST $f/join name="Tahu Takwa Bu Rini" sector=food password=kata-sandi-9
is "neither phone nor login" 422
ask POST $f/join name="Tahu Takwa Bu Rini" sector=food stall=B-12 size=micro phone=0812-3456-7890 \
	login=rini password=kata-sandi-9
is "a merchant registers" 303
ask POST $f/join name="Soto Pak Min" sector=food phone="+62 813 1111 2222" wa=1 password=kata-sandi-9
is "another, without a login of its own" 303
ask --as 081311112222 GET /m/shop;	is "signs in with its phone number" 200 "Soto Pak Min"
ask GET $f/merchant/soto-pak-min;	is "and said it may be asked" 200 https://wa.me/6281311112222
ask POST $f/join name="Soto Lain" sector=food phone=081311112222 password=kata-sandi-9
is "the same phone a second time" 409 "sudah dipakai mendaftar"
ask GET $f/merchants
ok "left nothing half-done" hasnt "Soto Lain"

# ---- what it tells, and who sees it -----------------------------------------
own() { rini POST /m/shop name="Tahu Takwa Bu Rini" sector=food size=micro stall=B-12 \
	phone=081234567890 "$@"; }
page=$f/merchant/tahu-takwa-bu-rini
ask GET $page
is "its public page, of schema.org" 200 'itemtype="https://schema.org/LocalBusiness"' \
	'itemprop="name"'
ok "the phone is not public" hasnt 81234567890
own about="Tahu kuning sejak 1988" hours="senin-sabtu 8-17, minggu 7-12" nib=9120001234567 \
	pirt="P-IRT 3063306010072-19" halal=ID00110000123450120 npwp=01.234.567.8-901.000
is "it tells about itself" 303
ask GET $page
is "everybody reads" 200 "Tahu kuning sejak 1988" "Senin–Sabtu 08.00–17.00, Minggu 07.00–12.00" \
	"P-IRT 3063306010072-19" ID00110000123450120 'itemprop="description"'
ok "but not its NIB" hasnt 9120001234567
ok "nor its NPWP" hasnt 01.234.567.8
ok "still no phone" hasnt 81234567890
rini GET /m/shop
is "it reads its own" 200 9120001234567 01.234.567.8-901.000 "Kabupaten Purworejo" "sudah lewat"
ok "hours in words that are read back" has "Senin–Sabtu 08.00–17.00"
own wa=1 hours="tiap hari 7-21";	is "WhatsApp allowed" 303
ask GET $page
is "then there is a link" 200 https://wa.me/6281234567890 "Setiap hari 07.00–21.00"
ok "what it emptied is gone" hasnt "Tahu kuning"
own hours="siang sampai malam"
is "hours nobody can read" 422 "Jam buka belum terbaca"

# ---- a NIK is kept nowhere -----------------------------------------------------
nik=3571014101900001
own nib=$nik;				is "a NIK for a NIB" 422 NIK
own npwp=$nik;				is "a NIK for an NPWP" 422 NIK
own about="KTP $nik";			is "a NIK in a text" 422 NIK
rini POST /m/shop name="Rini $nik" sector=food;	is "a NIK in the name" 422 NIK
ask POST $f/join name="Sri" sector=food stall="3571 0141 0190 0001" login=sri password=kata-sandi-9
is "a NIK as stall" 422 NIK
ok "no file of the database holds it" sh -c "! grep -aqE '$nik|3571 0141' '$work'/laris.db*"
ok "nor does the program's log" sh -c "! grep -q '$nik' '$work/err'"

# ---- who gets in, and who waits ---------------------------------------------------
board POST /admin/venues name="Pasar Setono Betek" kind=market
board GET "$sale/admission"
venue=$(grep -oE 'value="[0-9A-Z]{13}"' "$work/out" | head -1 | cut -d'"' -f2)
board POST "$sale/admission" rule="Semua usaha kuliner di pasar kota. Satu kios per pemilik."
is "the rule is published" 303
board POST "$sale/admission" rule="Hubungi KTP $nik";	is "without a NIK" 422 NIK
board POST "$sale/admission/limit" venue="$venue" most=1;	is "one place at the market" 303
i=0
for name in Satu Dua Tiga Empat; do
	i=$((i + 1))
	ask POST $f/join name="Kios $name" sector=grocery venue="$venue" login=kios$i password=kata-sandi-9
	[ "$status" = 303 ] || ok "Kios $name registers" false
done
ask --as kios1 GET /m
ok "the first is in" hasnt "daftar tunggu"
ask --as kios3 GET /m;			is "the third is second in line" 200 "<b>2</b> urutan Anda"
ask --as kios3 POST /m/sale event=w-1 amount=50000 method=cash
ok "who waits sells nothing: $status" test "$status" = 422
ask --as kios3 GET /m/shop
code3=$(grep -oE 'Kode usaha [0-9]+' "$work/out" | head -1 | cut -d' ' -f3)
ask GET $f/admission
is "everybody reads the rule and the order" 200 "Satu kios per pemilik" "Pasar Setono Betek" \
	"$code3" "pendaftaran terbuka" "Kios Satu"
ok "those who wait are not named" hasnt "Kios Tiga"
board GET "$sale/merchants?show=waiting";	is "the organiser sees who waits" 200 "Kios Tiga"
decide=$(grep -oE '/admin/festival/[^"]*/decide' "$work/out" | head -1)
board POST "$decide" state=admitted
board GET "$sale/merchants?show=waiting"
ok "and cannot put one before another" has "Kios Dua"
rini POST /m/shop name="Tahu Takwa Bu Rini" sector=food venue="$venue"
is "moving there is no way around" 409 "sudah penuh"
board GET "$sale/merchants"
first=$(grep -oE '/admin/festival/[^"]*/merchants/[0-9A-Z]{13}"' "$work/out" | tr -d '"' |
	while read -r p; do board GET "$p"; has "Kios Satu" && echo "$p" && break; done)
board POST "$first/decide" state=refused;	is "put out without a reason" 422
board POST "$first/decide" state=refused reason="kios sudah tutup";	is "with one" 303
ask --as kios1 GET /m;			is "the reason is told" 200 "kios sudah tutup"
ask GET $f/admission
is "the place went to the next by itself" 200 "Kios Dua" "giliran dari daftar tunggu"
ok "the reason is not public" hasnt "kios sudah tutup"
board POST "$sale/admission/limit" venue="$venue" most=2;	is "a place more" 303
ask --as kios3 GET /m
ok "the third is in" hasnt "urutan Anda"
board POST "$sale/admission/limit" venue="$venue" most=0;	is "no limit" 303
ask --as kios4 GET /m
ok "all are in" hasnt "urutan Anda"

# ---- the organiser helps one without a phone ---------------------------------------
board POST "$first" name="Kios Satu Baru" sector=grocery venue="$venue" hours="7-15" nib=9120001234567
is "the organiser puts a merchant right" 303
board GET "$first";			is "and reads it" 200 "Kios Satu Baru" "Setiap hari 07.00–15.00"
ok "but is never shown an NPWP" hasnt "npwp"

# ---- a helper, and the day ------------------------------------------------------------
rini POST /m/sale event=d-1 amount=75000 method=cash;	is "the owner sells" 303
rini GET /m/day
is "its day: sold, and not taken yet" 200 "Rp 75.000" "belum diambil pembeli" "Sejak gelaran dibuka"
rini POST /m/team name="Adik Rini" login=adik;	is "the owner adds a helper" 200 "Hanya tampil satu kali" "Adik Rini"
once=$(tr -d ' \n' <"$work/out" | sed -n 's/.*class="code"[^>]*>//p' | sed 's/<\/p>.*//; s/<[^>]*>//g' | cut -c1-10)
ok "a password of ten signs: $once" test ${#once} = 10
adik() { ask --as adik "$@"; }
adik GET /m
ok "first a password of its own: $to" test "$status $to" = "303 /m/password"
adik POST /m/sale event=h-0 amount=20000 method=cash;	is "before that it sells nothing" 409 /m/password
adik GET /m/password;			is "there it is asked" 200 new_password
adik POST /m/password new_password=sandi-adik-1;	is "chosen" 303
adik POST /m/sale event=h-1 amount=20000 method=cash;	is "then the helper sells" 303
adik GET /m/day
is "sees the day" 200 "Rp 95.000"
ok "but no sum beyond it" hasnt "Sejak gelaran dibuka"
for p in /m/shop /m/team /m/seen; do adik GET $p; is "not $p" 403 "hanya untuk pemilik"; done
adik POST /m/shop name=Lain sector=food;	is "nor can it change the business" 403
adik POST /m/team name=Teman login=teman;	is "nor add helpers" 403
for p in "" /yes /no /drop; do
	adik POST /m/qris$p payload=x seen=x;	is "nor say who is paid: /m/qris$p" 403 "hanya untuk pemilik"
done
rini GET /m/team
remove=$(grep -oE '/m/team/[0-9A-Z]{13}/remove' "$work/out" | head -1)
ask --as kios2 POST "$remove";		is "another owner cannot remove it" 404
rini POST "$remove";			is "its owner can" 303
adik POST /m/sale event=h-2 amount=20000 method=cash;	is "then it sells no more" 403

# ---- who looked at its figures ----------------------------------------------------------
board GET "$sale/merchants"
shop=$(grep -oE '/admin/festival/[^"]*/merchants/[0-9A-Z]{13}"' "$work/out" | tr -d '"' |
	while read -r p; do board GET "$p"; has "Tahu Takwa Bu Rini" && echo "$p" && break; done)
board GET "$shop"
ok "the organiser's page of a merchant has no figures" hasnt "95.000"
board GET "$shop/figures";		is "they are asked why" 200 "Tulis dulu alasannya"
ok "and see nothing yet" hasnt "95.000"
board POST "$shop/figures" reason="";	is "no reason, no figures" 422
board POST "$shop/figures" reason="mencocokkan nota bersama pemilik";	is "a reason" 303
seen=$to
board GET "$seen";			is "opens them" 200 "Rp 95.000"
echo kata-sandi-9 | "$laris" person add kediri wakil --role organiser >/dev/null 2>&1
ask --as wakil GET "$seen"
ok "for that person only" hasnt "95.000"
rini GET /m/seen
is "and the owner reads who and why" 200 ketua "mencocokkan nota bersama pemilik"

# ---- two sales at once ---------------------------------------------------------------------
board POST /admin/festival/new name="Pekan Batik" slug=pekan-batik first_day="$today" \
	last_day="$today" target=0 admission=open unit=50000 counting=person
second=$to
board POST "$second/state/inviting"
rini POST /kediri/pekan-batik/join/mine;	is "the same business joins a second sale" 303
board POST "$second/state/open"
is "its prizes are asked for, not those of the sale that runs" 422 "/admin/draw?sale=pekan-batik"
board POST "/admin/draw?sale=pekan-batik" name="Undian batik" slug=batik
board POST "$to/prize" title="Kain batik" code=KAIN cls=UTAMA number=1
board POST "$second/state/open";	is "the second sale opens" 303
rini GET /m
ok "now it is asked which one: $to" test "$status $to" = "303 /m/sales"
rini GET /m/sales;			is "both are offered" 200 "/m?sale=pekan-batik" "/m?sale=pasar-raya"
rini POST /m/sale event=s-1 amount=60000 method=cash;	is "nothing is sold by guess" 409 /m/sales
rini GET /m/promo
ok "nor is a promotion: $to" test "$status $to" = "303 /m/sales"
rini GET "/m/promo?sale=pekan-batik";	is "of the chosen one" 200 "Promo usaha"
rini GET "/m?sale=pekan-batik";		is "chosen" 200 'action="/m/sale?sale=pekan-batik"'
rini POST "/m/sale?sale=pekan-batik" event=s-1 amount=60000 method=cash;	is "sold there" 303
ask GET /api/v1/cities/kediri/festivals/pekan-batik/totals
is "and counted there" 200 '"rupiah":60000'

"$laris" check >"$work/out" 2>"$work/err"
ok "laris check is clean" test $? = 0
done_testing
