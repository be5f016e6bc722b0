#!/bin/bash
# A request to be forgotten is turned down with an answer: its holder reads it and may ask
# again; erased afterwards, the words go too; never both by two who do not know of each other.
. "$(dirname "$0")/ask.sh"

rini() { ask --as rini "$@"; }
{
	for who in bima:organiser sari:officer tono:auditor; do
		echo kata-sandi-9 | "$laris" person add kediri "${who%:*}" --role "${who#*:}"
	done
	"$laris" city add 33.72
	echo kata-sandi-9 | "$laris" person add surakarta jono --role organiser
} >"$work/out" 2>"$work/err"
board POST /admin/festival/new name="Pasar Raya Kediri" slug=pasar-raya first_day="$today" \
	last_day="$today" target=0 admission=open unit=50000 counting=person
sale=$to
board POST /admin/venues name="Pasar Setono Betek" kind=market
board POST "$sale/state/inviting"
ask POST $f/join name="Tahu Takwa Bu Rini" sector=food login=rini phone=081234567890 password=kata-sandi-9
board POST /admin/draw name="Undian utama" slug=utama
board POST "$to/prize" title=Rumah code=RUMAH cls=UTAMA number=1 value=300000000
board POST "$sale/state/open";		is "a sale is open" 303

# A card of a shopper: its address in $card, its number in $number.
new_card() {
	rini POST /m/sale event="$1" amount=175000 method=cash
	rini GET "$to"
	ask POST "$f/claim/$(grep -oE 'QR [0-9A-Z]{8}' "$work/out" | head -1 | cut -c4-)/take"
	card=$to number=$(grep -oE 'card/[0-9]{9}' <<<"$to" | cut -c6-)
	page=${card%%\?*}/forget secret=${card#*\?}
	list=$sale/forget of=$sale/forget/$number
}
own() { ask "$1" "$page$2?$secret"; }
words="Hadiah Anda belum diambil. Ambil dulu di pos, lalu minta lagi."

# ---- asked, and answered ----------------------------------------------------------
new_card f-1
board GET "$of";			is "nobody asked" 200 "tidak meminta lewat halaman kartu"
ok "and nothing can be turned down" hasnt "Tolak dengan jawaban ini"
board POST "$of/refuse" answer="$words"
is "not even by address: the words stay to be read" 409 "Tidak ada permintaan yang menunggu" "$words"
own POST "";				is "its holder asks" 303
board GET "$of";			is "it may be turned down" 200 "$of/refuse" "Tolak dengan jawaban ini"
board POST "$of/refuse";		is "not without an answer" 422 "Jawaban"
board POST "$of/refuse" answer="Tidak.";	is "nor with one word, which stays" 422 "Tidak.</textarea>"
long=$(printf '%0501d' 0)
board POST "$of/refuse" answer="$long";	is "nor with a book, which stays too" 422 "$long</textarea>"
ask --as sari POST "$of/refuse" answer="$words";	is "not by an officer" 403
ask --as tono POST "$of/refuse" answer="$words";	is "nor by an auditor" 403
ask --as tono GET "$list";		is "who sees the list" 200 "diminta"
ask --as rini POST "$of/refuse" answer="$words";	is "nor by a merchant" 403
"$laris" request --city surakarta --as jono POST "$of/refuse" answer="$words" >"$work/out" 2>"$work/err"
status=$(head -1 "$work/err");		is "nor from another city" 404
ask POST "$of/refuse" answer="$words"
ok "nor by nobody: $status" test "$status" = 303 -o "$status" = 401
own GET "";				is "it still waits" 200 "Tarik permintaan"
board POST "$of/refuse" answer="$words";	is "turned down" 303
board POST "$of/refuse" answer="$words";	is "pressed twice it is once" 303
ok "and one line on record" test "$(sqlite3 "$LARIS_DB" \
	"SELECT count(*) FROM audit WHERE action = 'card.forget-no'")" = 1
own GET "";				is "its holder reads why" 200 "ditolak panitia" "$words" "Minta lagi"
ok "and is not told that it waits" hasnt "Tarik permintaan"
ask GET "$card";			is "the card's page says so" 200 "ditolak panitia" "Baca alasannya"
ask GET "${card%%\?*}";			ok "not without its secret" hasnt "ditolak panitia"
board GET "$list";			is "the list keeps it" 200 "Yang ditolak" "$words" ketua
board GET "$sale/cards";		ok "nobody is waited for" hasnt 'class="tag soon">1<'
ask --as sari GET "/post/card/$number";	is "the desk reads it out" 200 "Bacakan jawabannya" "$words"
board GET /admin/audit;			is "the record says that it was answered" 200 "ditolak dengan jawaban"
ok "without the words" hasnt "belum diambil"

# ---- asked again, taken back --------------------------------------------------------
own POST "";				is "asked again" 303
own GET "";				is "it waits, and the old answer is below" 200 "Tarik permintaan" \
	"Permintaan sebelumnya ditolak" "$words"
board GET "$list";			is "on the list as asked again" 200 "diminta lagi"
own POST /undo;				is "taken back" 303
own GET "";				is "the answer stays" 200 "$words" "Minta lagi"
board POST "$of/refuse" answer="Jawaban lain untuk ini."
is "what was taken back is not answered" 409 "sudah ditolak oleh ketua"

# ---- two at once ----------------------------------------------------------------------
own POST ""
board POST "$of/refuse" answer="$words";	is "turned down again" 303
ask --as bima POST "$of/refuse" answer="Alasan lain dari Bima."
is "another comes second and is told; his words stay" 409 "sudah ditolak oleh ketua" "Alasan lain dari Bima."
ask --as bima POST "$of" reason="Surat 3 November." sure=1
is "nor erases unknowing" 409 "sudah ditolak oleh ketua" "Surat 3 November." "tetap menghapus"
own GET "";				is "nothing was done by halves" 200 "$words"
ask --as bima POST "$of" reason="Surat 3 November." sure=1 despite=1
is "knowing it he may" 303
ok "and the words are gone" test "$(sqlite3 "$LARIS_DB" "SELECT count(*) FROM card_forget
	WHERE answer <> '' OR answered <> 0 OR card IS NOT NULL")" = 0
board POST "$of/refuse" answer="$words"
is "who turns down what is erased is told" 409 "datanya sudah dihapus" "$words"
board GET "$list";			is "the list has it as erased only" 200 "Yang sudah dihapus"
ok "not as turned down" hasnt "Yang ditolak"

new_card f-2
own POST ""
"$laris" request --city kediri --as bima POST "$of" reason="Surat 4 November." sure=1 \
	>"$work/a" 2>"$work/a.err" &
"$laris" request --city kediri --as ketua POST "$of/refuse" answer="$words" >"$work/b" 2>"$work/b.err" &
wait
ok "really at once: one is done, one told" test \
	"$(head -qn1 "$work/a.err" "$work/b.err" | sort | tr '\n' ' ')" = "303 409 "
"$laris" check >"$work/out" 2>&1;	ok "laris check finds nothing" test $? = 0
done_testing
