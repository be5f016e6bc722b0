#!/bin/bash
# practice_test.sh - two cities of one server: Solo gives its sale, Kediri
# adapts seven fields, opens and closes it, follows a newer version, gives
# back; both are compared.  Every row of the pages is asked.
. "$(dirname "$0")/ask.sh"
p=/admin/practice

solo() { "$laris" request --city surakarta --as panitia "$@" >"$work/out" 2>"$work/err"
	status=$(head -1 "$work/err") to=$(sed -n 's/^Location: //p' "$work/err"); }
public() { "$laris" request "$@" >"$work/out" 2>"$work/err"
	status=$(head -1 "$work/err") to=$(sed -n 's/^Location: //p' "$work/err"); }
stamp() { sed -n 's/.*name="seen" value="\([0-9a-f]*\)".*/\1/p' "$work/out" | head -1; }

{
	"$laris" city add 33.72
	echo kata-sandi-9 | "$laris" person add surakarta panitia --role organiser
	"$laris" log key
} >"$work/out" 2>"$work/err"
for x in residents:522364:286796 umkm:66000:38806; do
	IFS=: read -r what s k <<<"$x"
	solo POST "/admin/settings/city-$what" value="$s"
	board POST "/admin/settings/city-$what" value="$k"
done
is 'Kediri says how large it is' 303
solo POST /admin/festival/new name='Solo Great Sale' slug=great-sale first_day=2021-10-01 \
	last_day=2021-10-31 target=800000000000 unit=50000 counting=person admission=approval
is 'Solo has a sale' 303

# ---- Solo gives
solo GET $p/give/festival/great-sale
is 'what goes and what stays' 200 'Bagikan sebagai praktik baik' 'Nama gelaran' 'Nilai satu kupon' \
	'Angka hasil ikut setelah gelaran ditutup'
give() { solo POST $p/give/festival/great-sale title='Great Sale' name=great-sale version="$1" \
	guide='Mulai enam puluh hari sebelumnya.' lessons="$2" ask='' licence='CC BY 4.0'; }
give 2021 ''
is 'released' 303
solo=$to
public GET "/surakarta/practice"
is 'the public gallery' 200 'Praktik baik Kota Surakarta' 'Great Sale'
public GET "/surakarta/practice/${solo##*/}"
is 'its public page' 200 'Mulai enam puluh hari' 'tetap, inti praktik' 'diisi kota Anda'
hasnt 'Pasar' && ok 'no place leaves the city' true
public GET "/surakarta/practice/${solo##*/}/file"
is 'the file itself' 200 '"laris-template/v1"'
cp "$work/out" "$work/solo.json"
ok 'the file proves itself' "$laris" template check "$work/solo.json"
public GET "/surakarta/practice/${solo##*/}/family"
is 'its family, public' 200 'surakarta/festival/great-sale@2021'
public GET "/kediri/practice/${solo##*/}"
is 'a city shows as its own only what it made' 404

# ---- Kediri takes
board GET $p
is 'the gallery' 200 'Great Sale' 'di server ini'
board GET "$solo"
is 'the practice' 200 'Mulai enam puluh hari' 'Coba dulu' 'CC BY 4.0'
board GET "$solo/file"
is 'the file from inside' 200 '"laris-template/v1"'
board GET "$solo/try?year=2022"
is 'the dry run' 200 'Great Sale Kediri' 'Minggu ke-39' '38.806' '8 Oktober 2022: Maulid Nabi'
board GET /admin
hasnt 'Great Sale Kediri' && ok 'a dry run makes nothing' true
board GET "$solo/adapt"
is 'nothing is begun by looking' 200 'Anda belum mulai mengisi'
board POST "$solo/try" year=1066
is 'a year that cannot be meant' 422 '1066'
board POST "$solo/try" year=2022 scale=1
is 'the sheet is begun' 303
ok 'at its first step' test "$to" = "$solo/adapt/1"
board POST "$solo/try" year=2022 scale=1
is 'pressed twice it is one sheet' 303
board GET "$solo/adapt/1"
is 'the sale' 200 'Langkah 1 dari 4' 'value="2022-09-30"' 'value="470.000.000.000"' 'Simpan, lanjut'
sale=('v.sale/name=Kediri Great Sale' 'v.sale/first-day=2022-10-14' v.sale/days=24
	'r.sale/days=Kalender' 'v.sale/target=470 miliar' 'r.sale/target=Ukuran kota'
	'v.sale/admission=open' 'r.sale/admission=pedagang sedikit'
	'v.sale/admission-rule=Pelaku usaha berdomisili di Kediri')
board POST "$solo/adapt/1" "${sale[@]}"
is 'a deviation without a reason' 422 'Syarat' 'Kediri Great Sale' 'Pelaku usaha berdomisili di Kediri' \
	'pedagang sedikit' 'Pilih alasan dari daftar'
board POST "$solo/adapt/1" "${sale[@]}" 'r.sale/admission-rule=Aturan setempat'
is 'the first step is kept' 303
ok 'and leads to the second' test "$to" = "$solo/adapt/2"
board POST "$solo/adapt/1" "${sale[@]}" 'r.sale/admission-rule=Aturan setempat'
is 'twice is once' 303
board GET "$solo/adapt/1"
is 'back at it, all is there' 200 'Kediri Great Sale' '2022-10-14' 'pedagang sedikit' 'Aturan setempat'
board GET "$solo/adapt/2"
is 'the rules' 200 'Langkah 2 dari 4' 'Boleh Rp 10.000 sampai Rp 250.000'
board POST "$solo/adapt/2" v.rules/unit=90 v.rules/minimum='10.000' 'r.rules/minimum=nota kecil banyak'
is 'over a limit' 422 'nota kecil banyak' 'value="90"'
board POST "$solo/adapt/2" v.rules/unit='25.000' 'r.rules/unit=belanja rata-rata lebih kecil' \
	v.rules/minimum='10.000' 'r.rules/minimum=nota kecil banyak' v.sale/days=7 go=all
is 'kept, and on to all steps' 303
ok 'the list of steps' test "$to" = "$solo/adapt"
board GET "$solo/adapt"
is 'all is looked over' 200 'Kediri Great Sale' 'belanja rata-rata lebih kecil' '2 Anda ubah' '4 masih kosong' \
	'Aturan setempat' 'Buat draf'
board GET "$solo/adapt/9"
is 'no such step' 404
board GET "$solo/adapt/4"
is 'places' 200 'Langkah 4 dari 4' 'Simpan, periksa semuanya'
board POST "$solo/adapt/4" 'v.venues/market=Pasar Setono Betek'
is 'the last step' 303
ok 'leads to all of them' test "$to" = "$solo/adapt"
echo kata-sandi-9 | "$laris" person add kediri wakil --role organiser >"$work/out"
second() { ask --as wakil "$@"; }
second GET "$solo/try"
is 'whoever begins too is told of the first' 200 'Orang lain juga sedang mengisi' 'ketua, terakhir menyimpan'
second POST "$solo/try" year=2023
is 'and has a sheet of her own' 303
second GET "$solo/adapt/1"
hasnt 'Kediri Great Sale' && ok 'with nothing of his' true
second POST "$solo/adapt/drop"
is 'which she throws away' 303
second POST "$solo/adapt/1" v.sale/days=20 r.sale/days=Kalender
is 'a step of no sheet is refused, with what was typed' 409 'value="20"'
board POST "$solo/adapt" slug=kgs-2022
is 'the draft' 303
draft=$to
ok 'leads to what deviates' test "$draft" = /admin/adopted/kgs-2022
board POST "$solo/adapt" slug=kgs-2022
is 'pressed twice: told, with the way there and who made it' 409 'kgs-2022' 'sudah punya draf' "$draft" \
	'dibuat oleh ketua'
second POST "$solo/try"
second POST "$solo/adapt" slug=kgs-2022
is 'who comes second is told whose it is' 409 'sudah punya draf' "$draft" 'dibuat oleh ketua'
board GET "$draft"
is 'deviations with reasons' 200 'berdasarkan surakarta/festival/great-sale@2021' \
	'belanja rata-rata lebih kecil' 'Kalender' 'Tidak lagi sebanding' 'ketua'
board GET /admin/festival/kgs-2022
is 'on the page of the sale' 200 'berdasarkan surakarta/festival/great-sale@2021'
board GET /admin/festival/kgs-2022/setup
is 'and on to the steps' 200 'Izin'
board GET /admin/venues
is 'venues were made' 200 'Pasar Setono Betek'

# ---- adapted further, and back
board GET "$draft?step=2"
is 'what is as its base, a step at a time' 200 'Sama dengan asal' 'Batas per orang sehari' 'edit=rules%2Fcap-day'
hasnt 'v.rules/cap-day' && ok 'without forms nobody asked for' true
board GET "$draft?edit=rules%2Fcap-day"
is 'one field is opened' 200 'name="v.rules/cap-day"' 'Batas per orang sehari'
board GET "$draft?edit=rules%2Funit"
is 'or one that deviates' 200 'name="v.rules/unit"' 'value="25.000"' 'Kembali'
seen=$(stamp)
board POST "$draft/set" path=rules/cap-day seen="$seen" v.rules/cap-day=2.000.000 r.rules/cap-day=x
is 'a change without a reason keeps what was typed' 422 '2.000.000' 'Batas per orang sehari'
board POST "$draft/set" path=rules/cap-day seen="$seen" v.rules/cap-day=2.000.000 \
	'r.rules/cap-day=Anggaran'
is 'a cap of our own' 303
board POST "$draft/set" path=rules/cap-day seen="$seen" v.rules/cap-day=3.000.000 \
	'r.rules/cap-day=Anggaran'
is 'with an old view nothing is changed' 409
board GET "$draft"
board POST "$draft/revert" path=rules/cap-day seen="$(stamp)"
is 'back to the base' 303
board GET "$draft"
hasnt '2.000.000' && ok 'it is as the base has it' true

# ---- opened, a newer base
solo POST /admin/festival/great-sale name='Solo Great Sale' first_day=2021-10-01 \
	last_day=2021-10-31 target=900000000000 admission=approval
solo POST /admin/festival/great-sale/rules unit=40000 counting=person cap_day=5000000
is 'Solo changes its rules' 303
give 2022 'Kupon Rp 40.000 lebih cocok.'
is 'a second version' 303
newer=$to
board GET "$draft"
is 'the draft knows of it' 200 'Ada versi baru' 'surakarta/festival/great-sale@2022'
up=$draft/upgrade/${newer##*/}
board GET "$up"
is 'base, ours and the new base' 200 'Rp 50.000' 'Rp 25.000' 'Rp 40.000' 'Perlu keputusan: 2' \
	'Rp 5.000.000' 'Tetap seperti kota Anda'
seen=$(stamp)
board POST "$up" seen="$seen" c.rules/unit=keep 'r.rules/unit=belanja lebih kecil'
is 'each conflict must be decided' 409 'Pilih satu dari tiga' 'belanja lebih kecil'
board POST "$up" seen=0000 c.rules/unit=keep 'r.rules/unit=belanja lebih kecil' c.sale/target=take
is 'nothing on an old view' 409
board POST "$up" seen="$seen" c.rules/unit=keep 'r.rules/unit=belanja lebih kecil' \
	c.sale/target=take
is 'followed as chosen' 303
board GET "$draft"
is 'based on the newer one' 200 'berdasarkan surakarta/festival/great-sale@2022' 'belanja lebih kecil'
hasnt '470.000.000.000' && ok 'the target was taken' true
board GET /admin/festival/kgs-2022/rules
is 'its cap came along' 200 '5.000.000'

# ---- given back, compared
board POST $p/give/festival/kgs-2022 title='Great Sale Kediri' name=great-sale version=2022 guide='' \
	lessons='Mulai sesudah panen.' ask='' licence=''
is 'given back' 303
mine=$to
board GET "$mine/family"
is 'the family: parent and child' 200 'surakarta/festival/great-sale@2022' \
	'kediri/festival/great-sale@2022'
board GET "$mine"
is 'credit' 200 'surakarta/festival/great-sale@2022' 'Mulai sesudah panen.'
for s in inviting; do board POST "/admin/festival/kgs-2022/state/$s"; solo POST "/admin/festival/great-sale/state/$s"; done
public GET /kediri/compare
is 'what may be compared' 200 'surakarta/great-sale' 'kediri/kgs-2022'
public GET '/kediri/compare?with=surakarta/great-sale&with=kediri/kgs-2022'
is 'side by side' 200 'Banding kota' 'gelaran belum selesai' 'Kota Surakarta'
public GET '/kediri/compare.csv?with=surakarta/great-sale&with=kediri/kgs-2022'
is 'the same as a table' 200 'Kota Kediri, Kediri Great Sale'
public GET '/kediri/compare?with=surakarta/nothing&with=kediri/kgs-2022'
is 'what is not public cannot be compared' 404

# ---- by file, between servers
key=$(sed -n 's/.*"key":"\([^"]*\)".*/\1/p' "$work/solo.json")
mkdir "$work/other"
export LARIS_DB=$work/other/laris.db
{
	"$laris" init
	"$laris" city add 35.71
	echo kata-sandi-9 | "$laris" person add kediri ketua --role organiser
} >"$work/out" 2>"$work/err"
board GET "$solo"
is 'on another server it is not known' 404
board POST $p/accept key="$key"
is 'a key is accepted by hand' 303
board POST $p/accept key="$key" text="$(cat "$work/solo.json")"
is 'and the file with it' 303
board GET "$to"
is 'it is kept' 200 'Great Sale' 'Coba dulu'
board POST $p/forget key="$key"
is 'the key is forgotten' 303
board GET "$solo"
is 'then it must be accepted again' 200 'Kunci penandatangan belum dikenal'
board POST $p/fetch url='ftp://example.org/x.json'
is 'no other address' 422 'ftp://example.org/x.json'
for inside in http://127.0.0.1:9/x.json http://[::1]:9/x.json http://169.254.169.254/latest http://10.0.0.1/x; do
	board POST $p/fetch url="$inside"
	is "nothing behind the wall is fetched: $inside" 422 'jaringan dalam' "$inside"
done
board POST $p text=x
is 'an upload without a file' 422 'Berkas praktik'
done_testing
