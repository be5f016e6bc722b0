#!/bin/bash
# contest_test.sh - the organiser's contests, and the sentences on posters.
. "$(dirname "$0")/ask.sh"
c=/admin/festival/pasar-raya/contest
board POST /admin/festival/new name='Pasar Raya' slug=pasar-raya first_day="$today" last_day="$today" \
	target= unit=50000 counting=person admission=open
is 'a sale' 303

board GET $c
is 'no contests yet' 200 'Belum ada lomba' 'Tambah lomba'
board POST $c name='Pasar terhias' judged='Dinas menilai hiasan' who='' prizes='Piala <b>bergilir</b>'
is 'who may join must be said, and nothing typed is lost' 422 'Dinas menilai hiasan' 'Piala &lt;b&gt;'
board POST $c name='Pasar terhias' judged='Dinas menilai hiasan' who='Semua pasar rakyat' prizes=''
is 'a contest' 303
ok 'leads to the list' test "$to" = $c
board GET $c
is 'in the list' 200 'Pasar terhias' 'hadiah belum diumumkan'
board POST $c name='Pasar terhias' judged='' who='Semua pasar rakyat' prizes='Piala'
is 'another of that name' 303
board GET $c/pasar-terhias-2
is 'has an address of its own' 200 'Piala'
board POST $c/pasar-terhias name='Pasar terhias' who='Semua pasar rakyat' judged='Dinas menilai hiasan' \
	prizes='Piala bergilir'
is 'changed' 303
board POST $c/pasar-terhias name=x who='Semua pasar rakyat' judged='Dinas, 14 Oktober' prizes=''
is 'too short a name' 422 'Dinas, 14 Oktober'
board POST $c/pasar-terhias-2/drop
is 'removed' 303
board GET $c/pasar-terhias-2
is 'is gone' 404 'Tidak ada lomba pasar-terhias-2'
ask GET /kediri/pasar-raya/contest
is 'of a draft nothing is public' 404
board POST /admin/festival/pasar-raya/state/inviting
ask GET /kediri/pasar-raya/contest
is 'then everybody reads it' 200 'Pasar terhias' 'Semua pasar rakyat' 'Dinas menilai hiasan' 'Piala bergilir'
ask GET /kediri/pasar-raya/promo
is 'the page of the promotions leads there' 200 '/kediri/pasar-raya/contest'
board GET /admin/festival/pasar-raya
is 'the page of the sale leads there' 200 "$c" '/admin/festival/pasar-raya/poster'
board GET /admin/audit
is 'what was done is written down' 200 'Lomba dibuat' 'Lomba diubah' 'Lomba dihapus'

p=/admin/festival/pasar-raya/poster
board GET $p
is 'what posters say by themselves' 200 'Belanja di sini, dapat kupon undian' 'Kalimat ini selalu tercetak'
long=$(printf 'Belanja murah %.0s' 1 2 3 4 5 6 7 8)
board POST $p call="$long" scan='Pindai di sini' part=''
is 'too long for a wall' 422 'Belanja murah Belanja murah' 'Pindai di sini'
board POST $p call='Belanja Murah Entuk Omah' scan='' part=''
is 'one of its own' 303
board GET $p
is 'is shown, the others stay' 200 'Belanja Murah Entuk Omah' 'Pindai untuk mengenal usaha ini'
board POST /admin/festival/pasar-raya/merchants name='Batik Mawar' sector=food
is 'a merchant' 303
board GET /admin/festival/pasar-raya/merchants
id=$(grep -o 'merchants/[^/"]*/paper' "$work/out" | head -1)
board GET "/admin/festival/pasar-raya/$id/poster-a4.pdf"
is 'the poster' 200
cp "$work/out" "$work/a4.pdf"
pdftotext -layout "$work/a4.pdf" "$work/out"
is 'has it on paper' 200 'Belanja Murah Entuk Omah' 'Pindai untuk mengenal usaha ini' 'tidak pernah meminta uang'
done_testing
