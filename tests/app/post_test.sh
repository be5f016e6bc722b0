#!/bin/bash
# An officer's day by `laris request`: notes and twins, ten at once,
# corrections, cards in stock and over the desk, and who waits.
. "$(dirname "$0")/ask.sh"

sari() { ask --as sari "$@"; }
lacks() {	# NAME WORD
	ok "$1: no \"$2\"" hasnt "$2"
}
total() {	# PURCHASES RUPIAH
	ask GET /api/v1/cities/kediri/festivals/pasar-raya/totals
	is "the totals" 200 "\"purchases\":$1,\"rupiah\":$2,"
}
note() { sari POST /post event="$1" merchant="$shop" note="$2" amount="$3" day="$today" card="$4" method=cash "${@:5}"; }

# ---- before there is anything to do -------------------------------------------
for login in sari budi; do
	echo kata-sandi-9 | "$laris" person add kediri "$login" --role officer
done >"$work/out" 2>&1
board POST /admin/festival/new name="Pasar Raya Kediri" slug=pasar-raya first_day="$today" \
	last_day="$today" target=1000000000 admission=open unit=50000 counting=person
sale=$to
sari GET /post;			is "a sale that is not open" 200; lacks "nothing to type" amount
board POST /admin/venues name="Pasar Setono" kind=market
board GET /admin/venues
venue=$(grep -oE '/admin/venues/[0-9A-Z]{13}' "$work/out" | head -1)
venue=${venue##*/}
board POST "$sale/state/inviting"
ask POST $f/join name="Tahu Takwa Bu Rini" sector=food stall=B-12 venue="$venue" login=rini password=kata-sandi-9
board POST /admin/draw name=Undian slug=utama
board POST "$to/prize" title=Rumah code=RUMAH cls=UTAMA number=1
board POST "$sale/cards" event=kartu count=6
board POST "$sale/state/open";	is "the sale opens" 303
board GET "$sale/merchants"
shop=$(grep -oE '[0-9]{6,8} ·' "$work/out" | head -1 | tr -dc 0-9)
ok "the merchant has a code: $shop" test ${#shop} -ge 6
mapfile -t c < <("$laris" card list kediri pasar-raya | grep -oE '[0-9]{9}' | sort)
ok "six cards" test ${#c[@]} = 6

# ---- posts and their cards -----------------------------------------------------
sari GET /post/at;			is "no post yet" 200 "Panitia belum membuat pos"
sari POST "$sale/posts" name="Pos Timur";	is "an officer makes none" 403
board GET "$sale/posts";		is "none yet" 200 "Belum ada pos"
board POST "$sale/posts" name="Pos Pasar Setono" venue="$venue";	is "a post" 303
board POST "$sale/posts" name="Pos Pasar Setono";	is "its name is its own" 409 "Beri nama lain"
board POST "$sale/posts" name="Pos Keliling";	is "another" 303
board POST "$sale/posts" name="Pos Hilang" venue=00000000000ZZ;	is "a venue that is not there" 422
board GET "$sale/posts"
mapfile -t p < <(grep -oE '<option value="[0-9A-Z]{13}">Pos [^<]*' "$work/out" | cut -d'"' -f2 | sort -u)
ok "two posts" test ${#p[@]} = 2
setono=${p[0]} roams=${p[1]}
hand() { board POST "$sale/posts/hand" event="$1" post="$2" first="$3" last="$4" taker="Bu Sari"; }
hand h-1 "$setono" "${c[0]}" "${c[2]}";	is "three cards are handed over" 303
hand h-1 "$setono" "${c[0]}" "${c[2]}";	is "pressed twice" 303
hand h-1 "$roams" "${c[0]}" "${c[2]}";	is "other content under the same number" 409
hand h-2 "$roams" "${c[2]}" "${c[4]}"
is "a card is at one post" 409 "${c[0]}" "${c[2]}" "Pos Pasar Setono"
hand h-3 "$roams" "${c[4]}" "${c[3]}";	is "the wrong way round" 422
hand h-4 "$roams" "${c[3]}" 999999998;	is "a number that is no card" 422
hand h-5 00000000000ZZ "${c[3]}" "${c[4]}";	is "a post that is not there" 404
hand h-6 "$roams" "${c[3]}" "${c[4]}";	is "the others go elsewhere" 303
board GET "$sale/posts";		is "who took what, and what is left" 200 "Bu Sari" "oleh ketua" "Tarik kembali"
back=$(grep -oE '/admin/festival/[^"]*/back/[0-9A-Z]{13}' "$work/out" | head -1)
board POST "$back";			is "taken back" 303
board POST "$back";			is "once" 404
hand h-7 "$setono" "${c[3]}" "${c[3]}";	is "and free for another" 303
sari POST "$sale/posts/hand" event=h-8 post="$setono" first="${c[4]}" last="${c[4]}" taker=Sari
is "an officer hands none over" 403

# ---- sitting down ----------------------------------------------------------------
sari GET /post/queue;			is "who has no post chooses one" 303
ok "there" test "$to" = /post/at
sari POST /post/at post=00000000000ZZ;	is "not a post of this sale" 404
sari POST /post/at post="$setono";	is "sits down" 303
sari GET /post
is "the post, its cards, its merchants" 200 "Pos Pasar Setono" "sisa kartu 4" 'list="merchant-list"' \
	"Tahu Takwa Bu Rini, B-12" autofocus

# ---- notes, and one that looks like another ------------------------------------------
note n-1 A-0012 125000 "${c[0]}" keep_merchant=1 keep_card=1;	is "a note" 303
sari GET "$to"
is "what was saved, what is kept" 200 "Rp 125.000" "Tahu Takwa Bu Rini" "value=\"${c[0]}\"" "1 nota, Rp 125.000"
first=$(grep -oE '/post/fix/[0-9A-Z]{13}' "$work/out" | head -1)
note n-1 A-0012 125000 "${c[0]}";	is "pressed twice" 303
total 1 125000
note n-2 "a 12" 125000 "${c[1]}"
is "a twin is asked about, whoever's card" 409 "Sama, atau nota lain" "A-0012" "${c[0]:0:3}" "Dicatat oleh sari" \
	"$first" 'value="other"' 'value="same"' 'value="a 12"'
note n-2 "a 12" 125000 "${c[1]}" twin=other;	is "another needs a reason" 422 "Tulis mengapa"
note n-2 "a 12" 125000 "${c[1]}" twin=other reason=x;	is "a real one" 422 "Tulis mengapa"
total 1 125000
note n-2 "a 12" 125000 "${c[1]}" twin=other reason="bon lain, warna merah";	is "then it is kept" 303
note n-2 "a 12" 125000 "${c[1]}" twin=other reason="bon lain, warna merah";	is "sent again" 303
total 2 250000
note n-3 A12 125000 "${c[2]}" twin=same;	is "the same: not recorded" 303
sari GET "$to";				lacks "nothing was saved" "/post/fix/"
total 2 250000
board GET /admin/audit;			is "but on record" 200 "Nota kembar" A12
note n-4 A13 125000 "${c[2]}";		is "another number is another note" 303
note n-5 A12 125001 "${c[2]}";		is "another amount too" 303
note n-6 "" 40000 "${c[2]}"
note n-7 "" 40000 "${c[2]}";		is "without a number nothing is alike" 303
sari POST /post event=n-8 merchant=99 note=B1 amount=5000 day="$today" card="${c[0]}" method=cash
is "a merchant nobody knows" 422 'value="B1"' 'value="5000"'
note n-9 B2 5000 123;			is "no card number" 422 'value="B2"'
note n-1 A-0012 99000 "${c[0]}";	is "other content under the same number" 409

# ---- ten at once ----------------------------------------------------------------------
many() {	# NOTE1 MERCHANT4 AMOUNT5 FIELD=VALUE...
	sari POST /post/batch event=b-1 card="${c[0]}" day="$today" method=cash \
		merchant1="$shop" note1="$1" amount1=50.000 note2=C2 amount2=60000 \
		note3=A13 amount3=125000 merchant4="$2" note4=C4 amount4=1000 note5=C5 amount5="$3" "${@:4}"
}
sari GET /post/batch;			is "ten lines" 200 merchant10
many C1 99 kacau
is "each is judged alone" 422 "2 baris beres, 3 baris" "tersimpan" "sudah ada?" "belum" 'value="kacau"'
total 8 690001
many C1 99 kacau;	is "sent again: the same answer" 422 "2 baris beres, 3 baris"
total 8 690001
many C1 "$shop" 7000 same3=1;	is "the rest is mended" 303
ok "done" test "$to" = "/post/batch?done=b-1"
total 10 698001
sari GET "/post/batch?done=b-1";		is "with the sum" 200 "4 nota tersimpan" "Rp 118.000"
many CX "$shop" 7000 same3=1
is "a saved line cannot become another" 422 "sudah tersimpan dengan isi lain"
total 10 698001
sari POST /post/batch event=b-2 card="${c[0]}" day="$today" method=cash;	is "no line" 422 "Belum ada baris"
sari POST /post/batch event=b-3 card="${c[0]}" day=2021-10-01 method=cash merchant1="$shop" amount1=5000
is "a day outside the sale stops all" 422

# ---- corrections -------------------------------------------------------------------------
mend() { sari POST "$first" event="$1" merchant="$shop" note=A-0012 amount="$2" day="$today" card="${c[0]}" method=cash "${@:3}"; }
sari GET "$first";			is "as it was" 200 'value="125.000"' 'value="A-0012"'
mend f-1 100000;			is "a correction needs a reason" 422
mend f-1 125001 why="salah ketik"
is "and may be a twin as well" 409 "nota lain" 'value="salah ketik"'
mend f-1 100000 why="salah ketik";	is "corrected" 303
mend f-1 100000 why="salah ketik";	is "pressed twice" 303
mend f-2 90000 why="salah lagi";	is "what is struck out is not corrected again" 409
total 10 673001
sari GET "$first";			is "and leads to what stands for it" 200 "Lihat catatan penggantinya"
sari GET /post/fix/00000000000ZZ;	is "a note that is not there" 404
sari GET /post/today;			is "the shift" 200 "10</b> nota" "Rp 673.001" "1</b> dicoret" "Per jam"
sari GET "/post/today?day=kacau";	is "no such day" 404
ask --as budi GET /post/today;		is "another officer's is another" 200 "Belum ada nota"
board GET /admin/audit;			is "on record" 200 "Nota dibetulkan"

# ---- cards over the desk --------------------------------------------------------------------
card() { sari POST "/post/card/${c[$1]}/$2" "${@:3}"; }
sari GET /post/card;			is "which card?" 200 'name="card"'
sari GET "/post/card?card=123456789";	is "one nobody has" 200 'name="card"'
lacks "and nothing about it" "Lupa PIN"
sari GET "/post/card?card=${c[0]}";	is "a card" 200 "belum ada PIN" "diserahkan ke Pos Pasar Setono"
ask GET "$f/card/${c[0]}";		ok "its number alone reads nothing" hasnt "Tahu Takwa"
ask POST "$f/card/${c[0]}/pin" pin=482913;	ok "and sets no PIN: $status" test "$status" -ge 400
card 0 pin pin=482913;			is "not seen, not set" 422 "Centang"
card 0 pin pin=12 seen=1;		is "six digits" 422
card 0 pin pin=482913 seen=1;		is "a PIN" 303
sari GET "/post/card/${c[0]}";		is "is there" 200 "Lupa PIN"
lacks "and not shown" 482913
card 0 pin pin=571946 seen=1;		is "forgotten: a new one" 303
for i in 1 2 3 4; do card 0 pin pin=571946 seen=1; done
card 0 pin pin=571946 seen=1;		is "not for ever" 503
card 0 phone phone=0812;		is "no phone number" 422
card 0 phone phone=081234567890;	is "a phone" 303
sari GET "/post/card/${c[0]}";		is "its last digits" 200 "08… 890"
lacks "and not all of it" 34567890
card 0 phone;				is "or none" 303
sari GET "/post/card/${c[0]}";		lacks "it is gone" "08…"
card 1 join main="${c[1]}" seen=1;	is "a card is not joined to itself" 422
card 1 join main="${c[0]}";		is "not seen, not joined" 422 "Centang"
card 1 join main="${c[0]}" seen=1;	is "two cards of one person" 303
card 1 join main="${c[0]}" seen=1;	is "pressed twice: it is so already" 303
sari GET "/post/card/${c[1]}";		is "and says so" 200 "digabung" "2</b> kartu satu orang"
sari GET "/post/card/${c[2]}"
had=$(grep -oE '<b>[0-9.]+</b> kupon' "$work/out" | head -1)
card 2 lost main="${c[5]}";		is "lost: what happened?" 422
card 2 lost main="${c[5]}" reason="hilang di pasar";	is "blocked and moved" 303
ok "to the new card" test "$to" = "/post/card/${c[5]}"
sari GET "/post/card/${c[5]}";		is "with its coupons" 200 "$had"
sari GET "/post/card/${c[2]}";		is "the old one is dead" 200 "diblokir, kupon pindah"
note n-20 Z1 60000 "${c[2]}";		is "nothing is credited to it" 422
card 2 pin pin=482913 seen=1;		is "and it gets no PIN" 409
card 3 lost reason="robek";		is "or only blocked" 303
sari GET "/post/card/${c[3]}";		is "blocked" 200 "diblokir"
sari POST /post/card/999999998/lost reason=hilang;	is "a card that is not there" 404
board GET /admin/audit
is "all of it on record" 200 "PIN kartu dibuat baru" "Kartu hilang" "Kartu digabung" "Nomor HP kartu diubah" \
	"Kartu diserahkan ke pos" "Kartu ditarik dari pos" "Petugas duduk di pos"
lacks "without PIN or phone" 571946
lacks "without PIN or phone" 81234567890

# ---- who waits ------------------------------------------------------------------------------------
screen=$f/post/$setono
sari GET /post/queue;			is "nobody waits" 200 "Beri nomor"
lacks "nobody to call" "Panggil"
sari POST /post/queue/take event=t-1;	ok "the first number" test "$to" = "/post/queue?mine=1"
sari POST /post/queue/take event=t-1;	ok "pressed twice" test "$to" = "/post/queue?mine=1"
sari POST /post/queue/take event=t-2;	ok "the second" test "$to" = "/post/queue?mine=2"
sari GET "$to";				is "is shown" 200 "Nomor yang baru diberikan" "Panggil berikutnya"
ask GET "$screen";			is "the screen waits" 200 'data-key="now">–'
sari POST /post/queue/next from=0;	is "the first is called" 303
sari POST /post/queue/next from=0;	is "pressed twice" 303
ask GET "$screen";			is "the screen" 200 'data-key="now">1<' 'data-key="taken">2<'
sari POST /post/queue/again calls=1;	is "called again" 303
sari POST /post/queue/next from=1
sari POST /post/queue/next from=2;	is "nobody is left" 303
ask GET "$screen";			is "the last stays" 200 'data-key="now">2<'
ask GET "$f/post/00000000000ZZ";	is "no such post, no screen" 404
ask --as budi GET /post/queue;		ok "who sits nowhere has no queue" test "$to" = /post/at
ask --as budi POST /post/at post="$roams"
ask --as budi GET /post/queue;		is "each post has its own" 200 "Pos Keliling" "Beri nomor"
lacks "not that of the other" "Panggil"

# ---- two sales are open ------------------------------------------------------------------------------
board POST /admin/festival/new name="Pasar Malam" slug=pasar-malam first_day="$today" \
	last_day="$today" admission=open unit=50000 counting=person
night=$to
board POST "$night/state/inviting"
ask --as rini POST /kediri/pasar-malam/join/mine
board POST "/admin/draw?sale=pasar-malam" name=Undian slug=malam
board POST "$to/prize" title=Sepeda code=SEPEDA cls=UTAMA number=1
board POST "$night/posts" name="Pos Malam"
board POST "$night/state/open";	is "another sale opens" 303
sari GET /post;			is "who sits at a post writes for its sale" 200 "Pasar Raya Kediri"
echo kata-sandi-9 | "$laris" person add kediri tono --role officer >"$work/out" 2>&1
ask --as tono GET /post;		ok "who does not has to choose" test "$to" = /post/at
ask --as tono GET "$to";		is "of both" 200 "Pos Malam (Pasar Malam)" "Pos Keliling (Pasar Raya Kediri)"
ask --as tono POST /post event=n-25 merchant="$shop" note=Q1 amount=60000 day="$today" card="${c[0]}" method=cash
is "nothing is guessed" 409 "Pilih dulu pos"
board POST "$night/state/closed"

# ---- a sale that is over ---------------------------------------------------------------------------
board POST "$sale/state/closed"
note n-30 X1 60000 "${c[0]}";		is "no notes any more" 409
"$laris" check >"$work/out" 2>"$work/err"
ok "laris check: every sum agrees" test $? = 0
done_testing
