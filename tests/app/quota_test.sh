#!/bin/bash
# A running promotion's quota, raised by who made it and by nobody else; never lowered.
. "$(dirname "$0")/ask.sh"

rini() { ask --as rini "$@"; }
board POST /admin/festival/new name="Pasar Raya Kediri" slug=pasar-raya first_day="$today" \
	last_day="$today" target=0 admission=open unit=50000 counting=person
sale=$to
board POST "$sale/state/inviting"
ask POST $f/join name="Tahu Takwa Bu Rini" sector=food login=rini phone=081234567890 password=kata-sandi-9
is "a merchant" 303
offer() { "$1" POST "$2" title="Tahu gratis" kind=gift gives="Satu bungkus tahu" worth=10000 first_day="$today" \
	last_day="$today" quota=5; }
offer rini /m/promo/new;		is "its promotion" 303
own=$to
rini POST "$own/quota" quota=9;		is "a draft is changed whole" 409 "selama promo terbit"
rini POST "$own/state/asked";		is "handed in" 303
theirs=$sale/promo/${own##*/}
board POST "$theirs/state/published";	is "published" 303
rini GET "$own";			is "its page offers more" 200 "Tambah jatah" "$own/quota"
rini POST "$own/quota" quota=5;		is "as many as before" 409 "sekarang 5, sudah dipakai 0" 'value="5"'
rini POST "$own/quota" quota=4;		is "fewer" 409 "hanya dapat ditambah"
rini POST "$own/quota" quota=banyak;	is "no number" 422
rini POST "$own/quota" quota=9;		is "more" 303
rini GET "$own";			is "is seen" 200 "0 dari 9"
board POST "$theirs/quota" quota=99;	is "the organiser does not raise a merchant's" 409
offer board "$sale/promo/new";		is "the organiser's own" 303
city=$to
board POST "$city/state/published";	is "published too" 303
rini POST "/m/promo/${city##*/}/quota" quota=99
is "which is no merchant's" 404
board POST "$city/quota" quota=6;	is "raised" 303
board GET "$sale"
ok "its offers lie in the days of the sale" hasnt "di luar hari gelaran"
next=$(TZ=UTC-7 date -d "$today + 9 days" +%F)
board POST "$sale" name="Pasar Raya Kediri" first_day="$next" last_day="$next" target=0 admission=open
is "the days are moved" 303
board GET "$sale";			is "the sale's page says what fell out" 200 "2 promo jatuh di luar hari gelaran" "$sale/promo"
board GET "$sale/promo?show=published";	is "and the list, which" 200 "di luar hari gelaran"
board GET /admin/audit;			is "all of it is on record" 200 "Jatah promo ditambah"
done_testing
