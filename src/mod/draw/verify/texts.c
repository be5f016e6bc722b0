#include "mod/draw/verify/internal.h"

/*
 * The verifier carries its own sentences, not the program's catalogue:
 * it is read beside the format, by people who trust nothing else.
 */
static const struct { const char *code, *text[LANGS]; } why[WHYS] = {
	[WHY_LOG] = { "log-not-read", {
	    "Bundel saja tidak menunjukkan bahwa di log tidak ada pembekuan lain yang lebih dulu, "
	    "dan tidak ada kejadian yang disembunyikan. Beri --log FOLDER|URL (salinan log kota).",
	    "A bundle alone does not show that the log has no earlier freeze of this draw, and "
	    "that nothing is hidden. Give --log FOLDER|URL (a copy of the city's log)." } },
	[WHY_NO_PROOF] = { "no-proof", {
	    "Bundel ini tidak membawa {1}: belum terbukti di log umum.",
	    "This bundle has no {1}: not proven in a public log." } },
	[WHY_NO_POLICY] = { "no-policy", {
	    "Siapa yang Anda percaya? Beri --policy FILE dengan kunci log kota dan para saksi.",
	    "Whom do you believe? Give --policy FILE with the keys of the city's log and of "
	    "witnesses." } },
	[WHY_POLICY_FORMAT] = { "policy-format", {
	    "{1} tidak menurut bentuk c2sp.org/tlog-policy.",
	    "{1} is not in the form of c2sp.org/tlog-policy." } },
	[WHY_PROOF_FORMAT] = { "proof-format", {
	    "Buktinya (.tlog-proof) tidak menurut bentuk c2sp.org/tlog-proof.",
	    "The proof (.tlog-proof) is not in the form of c2sp.org/tlog-proof." } },
	[WHY_LOG_STRANGER] = { "log-stranger", {
	    "Log {1} tidak ada dalam kebijakan (policy) ini.",
	    "The policy does not name the log {1}." } },
	[WHY_LOG_UNSIGNED] = { "log-unsigned", {
	    "Tidak ada tanda tangan log {1} pada buktinya.",
	    "The proof does not have the signature of the log {1}." } },
	[WHY_LOG_FORGED] = { "log-forged", {
	    "PALSU: tanda tangan log {1} atau saksinya pada bukti ini salah.",
	    "FORGED: a signature of the log {1} or of a witness on this proof is wrong." } },
	[WHY_LOG_QUORUM] = { "log-quorum", {
	    "Saksi yang menandatangani terlalu sedikit menurut kebijakan (policy).",
	    "Too few witnesses signed, by the policy." } },
	[WHY_LOG_NOT_IN] = { "log-not-in", {
	    "Berkas ini TIDAK ada di log {1} pada tempat yang disebut buktinya.",
	    "This file is NOT in the log {1} where its proof says." } },
	[WHY_UNWITNESSED] = { "unwitnessed", {
	    "Ada di log, tetapi kebijakan (policy) tidak meminta saksi: waktunya tidak terbukti.",
	    "It is in the log, but the policy asks for no witness: its time is not proven." } },
	[WHY_NO_CLOCK] = { "no-clock", {
	    "Ada di log, tetapi rantai ini tidak punya waktu yang dikenal (gladi?).",
	    "It is in the log, but this chain has no time we know (a rehearsal?)." } },
	[WHY_TOO_LATE] = { "witnessed-late", {
	    "Baru disaksikan {1}; angka acaknya sudah ada sejak {2}.",
	    "Witnessed at {1} only; its randomness was there since {2}." } },
	[WHY_THEIR_POLICY] = { "their-policy", {
	    "Cocok menurut policy.txt dari bundel sendiri. Beri --policy FILE dengan saksi yang "
	    "Anda percaya.",
	    "It holds by the bundle's own policy.txt. Give --policy FILE with witnesses whom you "
	    "believe." } },
	[WHY_FIXED_BEFORE] = { "fixed-before", {
	    "Disaksikan {1}, sebelum angka acaknya ada ({2}).",
	    "Witnessed at {1}, before its randomness existed ({2})." } },
	[WHY_WITNESSED] = { "witnessed", {
	    "Log {1} sampai {2} catatan disaksikan oleh {3} saksi dari kebijakan Anda: hanya "
	    "bertambah, dan itulah yang dilihat semua orang.",
	    "{3} witnesses of your policy saw the log {1} up to {2} entries: it only grew, and it "
	    "is the one everybody sees." } },
	[WHY_NO_CARD] = { "no-card", {
	    "Belum diminta. Beri --card dan --secret dari kartu Anda untuk memeriksa "
	    "kupon sendiri.",
	    "Not asked for. Give --card and --secret of your card to check your own coupons." } },
	[WHY_NO_LIST] = { "no-list", {
	    "Tidak dapat diperiksa, karena daftar kuponnya sendiri bermasalah.",
	    "Cannot be checked, because the coupon list itself is not in order." } },
	[WHY_NOT_DRAWN] = { "not-drawn", {
	    "Undian belum dijalankan: beacon.txt belum ada.",
	    "The draw has not been run: there is no beacon.txt yet." } },
	[WHY_CHAIN] = { "chain-unknown", {
	    "Rantai {1} bukan drand quicknet, dan bukan rantai gladi Laris. Tanda tangannya "
	    "tidak diperiksa.",
	    "Chain {1} is neither drand quicknet nor Laris' chain of rehearsals. Its signature "
	    "was not checked." } },
	[WHY_REHEARSAL] = { "rehearsal", {
	    "GLADI (REHEARSAL): angka acaknya dibuat dengan kunci yang diketahui semua orang. "
	    "Ini latihan, bukan undian; tidak ada hadiah yang mengikutinya.",
	    "REHEARSAL (gladi): the number was made with a key that everybody knows. This is "
	    "practice, not a draw; no prize follows from it." } },
	[WHY_SIGNED] = { "beacon-signed", {
	    "Angka acaknya adalah tanda tangan drand quicknet untuk putaran {1}: hanya ada satu, "
	    "dan tak seorang pun dapat memilihnya.",
	    "The randomness is drand quicknet's signature of round {1}: there is only one, and "
	    "nobody can choose it." } },
	[WHY_FORGED] = { "beacon-signature", {
	    "Angka acaknya PALSU: itu bukan tanda tangan rantai drand untuk putaran {1}.",
	    "The randomness is FORGED: it is not the drand chain's signature of round {1}." } },
	[WHY_CARD_FOUND] = { "card-found", {
	    "Kartu ini memegang {1} kupon: nomor {2} sampai {3}. Cocokkan jumlahnya "
	    "dengan halaman kartu.",
	    "This card holds {1} coupons: numbers {2} to {3}. Compare with the card's page." } },
	[WHY_LIST_FITS] = { "list-fits", {
	    "Daftar kupon, hadiah dan yang tak boleh menang persis seperti yang dikunci "
	    "freeze.txt, dan semua berkas cocok dengan SHA256SUMS.",
	    "Coupons, prizes and those who may not win are exactly what freeze.txt fixed, "
	    "and every file fits SHA256SUMS." } },
	[WHY_LIST_FITS_NO_SUMS] = { "list-fits", {
	    "Daftar kupon, hadiah dan yang tak boleh menang persis seperti yang dikunci "
	    "freeze.txt. SHA256SUMS tidak ada.",
	    "Coupons, prizes and those who may not win are exactly what freeze.txt fixed. "
	    "There is no SHA256SUMS." } },
	[WHY_WINNERS_FOLLOW] = { "winners-follow", {
	    "Semua pemenang dan setiap langkahnya mengikuti freeze.txt dan beacon.txt.",
	    "All winners and every step follow from freeze.txt and beacon.txt." } },
	[WHY_CARD_NOT_FOUND] = { "card-not-found", {
	    "Kartu ini tidak ada di daftar. Periksa nomor dan rahasianya; bila kartu punya "
	    "nomor HP, beri --phone. Kartu tanpa kupon memang tidak ada di daftar.",
	    "This card is not on the list. Check number and secret; if the card has a "
	    "phone number, give --phone. A card without coupons is not on the list." } },
	[WHY_MISSING] = { "file-missing", {
	    "Berkas {1} tidak ada.", "The file {1} is missing." } },
	[WHY_NOT_PLAIN] = { "file-not-plain", {
	    "{1} bukan berkas biasa (tautan atau lainnya).",
	    "{1} is not a plain file (a link or something else)." } },
	[WHY_TOO_LARGE] = { "file-too-large", {
	    "Berkas {1} terlalu besar.", "The file {1} is too large." } },
	[WHY_READ] = { "file-unreadable", {
	    "Berkas {1} tidak dapat dibaca.", "The file {1} cannot be read." } },
	[WHY_FREEZE_FORMAT] = { "freeze-format", {
	    "freeze.txt tidak persis menurut bentuk laris-undian/v1.",
	    "freeze.txt is not exactly in the form laris-undian/v1." } },
	[WHY_ENTRIES_SIZE] = { "entries-size", {
	    "Besar entries.bin bukan 48 bita kali banyaknya pemegang di freeze.txt.",
	    "The size of entries.bin is not 48 bytes times the entries of freeze.txt." } },
	[WHY_ENTRIES_ORDER] = { "entries-order", {
	    "Pemegang ke-{2} di entries.bin tidak urut, atau ada dua kali.",
	    "Record {2} of entries.bin is out of order, or there twice." } },
	[WHY_ENTRIES_GAP] = { "entries-gap", {
	    "Nomor kupon tidak bersambung pada pemegang ke-{2} di entries.bin: ada kupon yang "
	    "hilang atau bertumpuk.",
	    "Coupon numbers do not join at record {2} of entries.bin: coupons are missing or "
	    "overlap." } },
	[WHY_ENTRIES_EMPTY] = { "entries-empty", {
	    "Pemegang ke-{2} di entries.bin tidak punya kupon.",
	    "Record {2} of entries.bin holds no coupon." } },
	[WHY_ENTRIES_SUM] = { "entries-sum", {
	    "Jumlah kupon di entries.bin bukan jumlah di freeze.txt.",
	    "The coupons of entries.bin do not add up to those of freeze.txt." } },
	[WHY_ROOT] = { "entries-root", {
	    "entries.bin bukan daftar yang dikunci: akar Merkle-nya lain. Ada yang ditambah, "
	    "dihapus, atau diubah.",
	    "entries.bin is not the list that was fixed: its Merkle root differs. Something was "
	    "added, removed or edited." } },
	[WHY_FILE_HASH] = { "file-hash", {
	    "{1} bukan berkas yang dikunci freeze.txt.",
	    "{1} is not the file that freeze.txt fixed." } },
	[WHY_PRIZES_FORMAT] = { "prizes-format", {
	    "prizes.tsv tidak menurut bentuknya, atau satu hadiah ada dua kali.",
	    "prizes.tsv is not in its form, or has one prize twice." } },
	[WHY_INELIGIBLE_FORMAT] = { "ineligible-format", {
	    "ineligible.txt tidak menurut bentuknya.", "ineligible.txt is not in its form." } },
	[WHY_RULES_EXTRA] = { "rules-not-fixed", {
	    "rules.txt ada, tetapi tidak dikunci oleh freeze.txt.",
	    "There is a rules.txt that freeze.txt does not fix." } },
	[WHY_BEACON_FORMAT] = { "beacon-format", {
	    "beacon.txt tidak persis seperti seharusnya untuk undian, rantai dan putaran ini.",
	    "beacon.txt is not exactly what it must be for this draw, chain and round." } },
	[WHY_WINNERS_DIFFER] = { "winners-differ", {
	    "winners.tsv baris {1} bukan hasil undian. Tertulis: \"{2}\". Seharusnya: \"{3}\".",
	    "winners.tsv line {1} does not follow. It says: \"{2}\". It must be: \"{3}\"." } },
	[WHY_TRANSCRIPT_DIFFER] = { "transcript-differs", {
	    "transcript.tsv baris {1} bukan hasil undian. Tertulis: \"{2}\". Seharusnya: \"{3}\".",
	    "transcript.tsv line {1} does not follow. It says: \"{2}\". It must be: \"{3}\"." } },
	[WHY_DRAWN_WITHOUT] = { "drawn-without-beacon", {
	    "Ada hasil undian, tetapi {1} tidak ada.", "There are results, but no {1}." } },
	[WHY_SUMS_FORMAT] = { "sums-format", {
	    "SHA256SUMS tidak menurut bentuknya.", "SHA256SUMS is not in its form." } },
	[WHY_SUMS_DIFFER] = { "sums-differ", {
	    "{1} tidak cocok dengan SHA256SUMS.", "{1} does not fit SHA256SUMS." } },
	[WHY_SUMS_LACKS] = { "sums-lacks", {
	    "{1} tidak tercantum di SHA256SUMS.", "{1} is not listed in SHA256SUMS." } },
	[WHY_CHANGED] = { "file-changed", {
	    "{1} berubah selagi diperiksa.", "{1} changed while it was being checked." } },
	[WHY_TOLD_FORMAT] = { "told-format", {
	    "{1} tidak persis menurut bentuknya untuk undian ini.",
	    "{1} is not exactly in its form for this draw." } },
	[WHY_TOLD_ROUND] = { "told-round", {
	    "{1} menyebut putaran drand pada waktu yang salah: contoh harus lebih dulu dari "
	    "undian, undian ulang harus lebih kemudian dari semua yang disebut sebelumnya.",
	    "{1} names a drand round at the wrong time: a sample must come before the draw, a "
	    "redraw later than every round named before." } },
	[WHY_AFTER_STRANGER] = { "after-stranger", {
	    "{1} tidak bersambung dengan yang lain di after/: ada yang hilang atau diselipkan.",
	    "{1} does not join the others of after/: something is missing or was slipped in." } },
	[WHY_AFTER_NOBODY] = { "after-nobody", {
	    "{1} berbicara tentang pemenang yang tidak ada, sudah dicoret, atau sudah menerima.",
	    "{1} speaks of a winner who is not there, was struck out, or has the prize." } },
	[WHY_AFTER_ORDER] = { "after-order", {
	    "{1}: undian ulang sebelumnya belum dijalankan.",
	    "{1}: an earlier redraw has not been run." } },
	[WHY_AFTER_WAITS] = { "after-waits", {
	    "{1} sudah diumumkan dan menunggu putaran drand-nya.",
	    "{1} was announced and waits for its drand round." } },
	[WHY_AFTER_FOLLOWS] = { "after-follows", {
	    "Semua {1} kejadian sesudah undian (pencoretan, undian ulang, pengembalian, "
	    "penyerahan) dihitung ulang dan cocok; {2} pemenang berlaku.",
	    "All {1} happenings after the draw (struck out, drawn anew, returned, handed over) "
	    "were told again and follow; {2} winners stand." } },
	[WHY_AGAIN_DIFFERS] = { "again-differs", {
	    "{1} baris {2} bukan hasil angka acaknya. Seharusnya: \"{3}\".",
	    "{1} line {2} does not follow from its randomness. It must be: \"{3}\"." } },
	[WHY_SAMPLE_WAITS] = { "sample-waits", {
	    "Contoh untuk diperiksa sudah diumumkan, tetapi belum dipilih.",
	    "The sample to be audited was announced, but not chosen yet." } },
	[WHY_SAMPLE_FOLLOWS] = { "sample-follows", {
	    "{1} kupon contoh dipilih oleh putaran drand {2}, sebelum undian.",
	    "{1} coupons to be audited were chosen by drand round {2}, before the draw." } },
	[WHY_TOLD_BEFORE] = { "told-before", {
	    "Semua {1} pengumuman ada di log; yang menyebut putaran disaksikan sebelum putarannya.",
	    "All {1} announcements are in the log; those that name a round were witnessed before "
	    "it." } },
	[WHY_MIRROR_READ] = { "mirror-read", {
	    "Log tidak terbaca: {1}.", "The log cannot be read: {1}." } },
	[WHY_MIRROR_HEAD] = { "mirror-head", {
	    "Checkpoint log itu tidak dapat dipercaya menurut kebijakan (policy) Anda, atau dari "
	    "log lain.",
	    "The checkpoint of that log cannot be believed by your policy, or is of another "
	    "log." } },
	[WHY_MIRROR_OLD] = { "mirror-old", {
	    "Salinan log ini ({1} catatan) belum memuat semua yang dibuktikan bundel. Salin lagi.",
	    "This copy of the log ({1} entries) does not have all the bundle proves yet. Copy it "
	    "again." } },
	[WHY_MIRROR_FALSE] = { "mirror-false", {
	    "Isi log TIDAK cocok dengan tanda tangannya sampai catatan {1}: salinannya rusak, atau "
	    "ada dua log yang berbeda.",
	    "The log's entries do NOT fit what was signed up to entry {1}: the copy is broken, or "
	    "there are two different logs." } },
	[WHY_MIRROR_UNPROVEN] = { "mirror-unproven", {
	    "Tanpa freeze.tlog-proof yang sah tidak diketahui tempat pembekuan ini di log.",
	    "Without a good freeze.tlog-proof it is not known where in the log this freeze is." } },
	[WHY_NOT_FIRST] = { "not-first", {
	    "Pembekuan ini BUKAN yang pertama: catatan {1} di log sudah membekukan undian yang "
	    "sama. Yang pertama mengikat.",
	    "This freeze is NOT the first: entry {1} of the log froze the same draw before. The "
	    "first one binds." } },
	[WHY_LOG_HAS_MORE] = { "log-has-more", {
	    "Catatan {1} di log berbicara tentang undian ini, tetapi tidak ada di bundel: bundel "
	    "lama, atau ada yang disembunyikan.",
	    "Entry {1} of the log speaks of this draw, but is not in the bundle: the bundle is "
	    "old, or something is hidden." } },
	[WHY_FIRST] = { "first-freeze", {
	    "Semua {1} catatan log dibaca: pembekuan ini yang pertama, dan semua yang dicatat "
	    "tentang undian ini ada di bundel.",
	    "All {1} entries of the log were read: this freeze is the first, and all that was "
	    "logged of this draw is in the bundle." } },
	[WHY_MIRROR_LONG] = { "log-too-long", {
	    "Log punya {1} catatan, lebih dari batas baca {2}; tidak diperiksa. Naikkan dengan "
	    "--log-most.",
	    "The log has {1} entries, over the limit of {2}; not checked. Raise it with "
	    "--log-most." } },
	[WHY_ANNULLED] = { "annulled", {
	    "Undian ini dibatalkan: tidak ada pemenang.",
	    "This draw was annulled: there are no winners." } },
	[WHY_ANNULLED_EARLY] = { "annulled-early", {
	    "Dibatalkan {1}; itu baru boleh sesudah {2}, 72 jam sesudah putarannya seharusnya "
	    "terbit.",
	    "Annulled at {1}; that was allowed only after {2}, 72 hours after its round was "
	    "due." } },
	[WHY_ANNULLED_DRAWN] = { "annulled-drawn", {
	    "Undian ini dibatalkan, padahal {1} ada: angkanya sudah diketahui.",
	    "This draw was annulled, but there is {1}: its number was known." } },
	[WHY_ANNULMENT] = { "annulment", {
	    "Dibatalkan notaris {1}, akta {2}, lebih dari 72 jam sesudah putarannya seharusnya "
	    "terbit. Bahwa putaran itu memang tidak ada, tanyakan sendiri: {3}",
	    "Annulled by notary {1}, deed {2}, more than 72 hours after its round was due. "
	    "Whether that round was really not there, ask yourself: {3}" } },
};

static const char *const promises[PARTS][LANGS] = {
	[PART_A] = { "Daftar kupon sudah dikunci sebelum angka acaknya ada.",
	    "The coupon list was fixed before the randomness existed." },
	[PART_B] = { "Kupon saya ada di daftar, sebanyak seharusnya.",
	    "My coupons are on the list, as many as they should be." },
	[PART_C_LIST] = { "Tidak ada yang ditambah, dihapus, atau diubah sesudahnya (daftar).",
	    "Nothing was added, removed or edited afterwards (the list)." },
	[PART_C_LOG] = { "Tidak ada yang ditambah, dihapus, atau diubah sesudahnya (log).",
	    "Nothing was added, removed or edited afterwards (the log)." },
	[PART_D_WINNERS] = { "Pemenang ditentukan oleh angka acak umum (pemenang).",
	    "The winners follow from public randomness (the winners)." },
	[PART_D_BEACON] = { "Pemenang ditentukan oleh angka acak umum (tanda tangan drand).",
	    "The winners follow from public randomness (drand's signature)." },
	[PART_A_AFTER] = { "Pengumuman sesudahnya pun ada di log sebelum angka acaknya ada.",
	    "What was announced later was in the log before its randomness existed, too." },
	[PART_D_SAMPLE] = { "Contoh yang diperiksa dipilih oleh angka acak umum.",
	    "The sample that was audited was chosen by public randomness." },
	[PART_D_AFTER] = { "Pencoretan, undian ulang, dan penyerahan mengikuti aturan yang sama.",
	    "Striking out, redraws and hand-overs follow the same rule." },
	[PART_D_ANNULLED] = { "Dibatalkan notaris, karena putarannya tidak terbit.",
	    "Annulled by a notary, because its round did not come." },
	[PART_E] = { "Catatan belanja hanya bertambah, dan semua orang melihat yang sama.",
	    "The record of purchases only grows, and everyone sees the same one." },
};

const char *why_code(enum why w)
{
	return why[w].code;
}

const char *why_text(enum why w, enum lang lang)
{
	return why[w].text[lang];
}

const char *part_text(enum part p, enum lang lang)
{
	return promises[p][lang];
}

const char *mark_text(enum mark m, enum lang lang)
{
	static const char *const words[][LANGS] = {
		[MARK_UNCHECKED] = { "TIDAK DIPERIKSA", "NOT CHECKED" },
		[MARK_VALID] = { "SAH", "VALID" },
		[MARK_FAILED] = { "GAGAL", "FAILED" },
	};

	return words[m][lang];
}
