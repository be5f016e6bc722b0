#include "mod/draw/bundle.h"
#include <stdlib.h>
#include <string.h>

#define TEXT_MAX	((size_t)1 << 30)

static err check_hash(struct arena *a, str bytes, const struct hash *want, str name)
{
	struct hash h;

	sha256(&h, bytes.p, bytes.n);
	if (memcmp(&h, want, sizeof h))
		return ERR(a, ERR_INVALID, "draw-files", .arg = { name });
	return NULL;
}

err bundle_open(struct arena *a, const struct bundle_input *in, struct freeze *f,
    struct pick_list *l)
{
	struct hash root;

	TRY(freeze_parse(a, in->freeze, f));
	TRY(pick_list_read(a, in->entries, l));
	bundle_root(l, &root);
	if ((int64_t)l->n != f->entries || (int64_t)l->coupons != f->coupons ||
	    memcmp(&root, &f->root, sizeof root))
		return ERR(a, ERR_INVALID, "draw-entries");
	TRY(check_hash(a, in->prizes, &f->prizes, S("prizes.tsv")));
	return check_hash(a, in->ineligible, &f->ineligible, S("ineligible.txt"));
}

/* ---- winners and transcript ---------------------------------------- */

struct writing {
	struct arena *a;
	const struct pick *pick;
	struct buf winners, transcript;
	struct { struct bundle_winner *v; size_t n, cap; } won;
};

static void write_result(struct buf *b, const struct pick_step *s)
{
	switch (s->result) {
	case PICK_WIN:
		buf_printf(b, "win-%u\n", s->place);
		break;
	case PICK_INELIGIBLE:
		buf_str(b, S("skip-ineligible\n"));
		break;
	case PICK_WON_ALREADY:
		buf_str(b, S("skip-already-won\n"));
		break;
	}
}

static void write_step(void *ctx, const struct pick_step *s)
{
	struct writing *w = ctx;
	str prize = w->pick->prizes[s->prize].id;
	unsigned long long k = s->k, coupon = s->coupon;
	char cid[64];

	hex_put(cid, w->pick->list->rec + s->holder * PICK_RECORD, 32);
	buf_printf(&w->transcript, "%.*s\t%llu\t%llu\t%.64s\t", SV(prize), k, coupon, cid);
	write_result(&w->transcript, s);
	if (s->result != PICK_WIN)
		return;
	buf_printf(&w->winners, "%.*s\t%u\t%llu\t%llu\t%.64s\n", SV(prize), s->place,
	    k, coupon, cid);
	*VEC_ADD(w->a, &w->won) = (struct bundle_winner){ s->prize, s->place, s->k,
	    s->coupon, s->holder };
}

static err load(struct arena *a, const struct bundle_input *in, const struct pick_list *l,
    struct writing *w, struct pick *p)
{
	struct bundle_prize *prizes;
	struct hash *barred;

	*w = (struct writing){ .a = a, .pick = p, .winners = BUF(a, TEXT_MAX),
	    .transcript = BUF(a, TEXT_MAX) };
	*p = (struct pick){ .list = l, .step = write_step, .ctx = w };
	TRY(bundle_prizes_parse(a, in->prizes, &prizes, &p->n_prizes));
	TRY(bundle_ineligible_parse(a, in->ineligible, &barred, &p->n_ineligible));
	p->ineligible = barred;
	p->prizes = NEWN(a, struct pick_prize, p->n_prizes);
	for (size_t i = 0; i < p->n_prizes; i++)
		p->prizes[i] = (struct pick_prize){ .id = prizes[i].id, .cls = prizes[i].cls,
		    .number = (uint32_t)prizes[i].number };
	return NULL;
}

static void finish(const struct writing *w, const struct pick *p, struct bundle_result *r)
{
	CHECK(!w->winners.full && !w->transcript.full);
	*r = (struct bundle_result){ .winners = buf_done(&w->winners),
	    .transcript = buf_done(&w->transcript), .won = w->won.v, .n_won = w->won.n,
	    .prizes = p->prizes, .n_prizes = p->n_prizes };
	memcpy(r->seed, p->seed, sizeof r->seed);
}

err bundle_draw(struct arena *a, const struct bundle_input *in, const struct pick_list *l,
    struct bundle_result *r)
{
	struct writing w;
	struct pick p;

	TRY(load(a, in, l, &w, &p));
	pick_seed(p.seed, in->freeze, S(""), in->beacon);
	TRY(pick_run(a, &p));
	finish(&w, &p, r);
	return NULL;
}

err bundle_again(struct arena *a, const struct bundle_input *in, const struct pick_list *l,
    const struct bundle_again *x, struct bundle_result *r)
{
	struct hash *barred;
	struct writing w;
	struct pick p;

	TRY(load(a, in, l, &w, &p));
	barred = NEWN(a, struct hash, p.n_ineligible + x->n_struck + 1);
	if (p.n_ineligible)
		memcpy(barred, p.ineligible, p.n_ineligible * sizeof *barred);
	for (size_t i = 0; i < x->n_struck; i++)
		memcpy(barred[p.n_ineligible++].b, l->rec + x->struck[i] * PICK_RECORD, 32);
	p.ineligible = barred;
	pick_seed(p.seed, in->freeze, x->told, x->beacon);
	TRY(pick_again(a, &p, x->prize, x->place, x->standing, x->n_standing));
	finish(&w, &p, r);
	return NULL;
}

/* ---- for people ---------------------------------------------------- */

extern const char verify_py[], verify_py_end[];	/* verify.py, by tools/incbin.py */

str bundle_checker(void)
{
	return (str){ verify_py, (size_t)(verify_py_end - verify_py) };
}

static void readme_id(struct buf *b, const struct freeze *f, bool rehearsal)
{
	buf_printf(b, "UNDIAN %.*s                      (English below)\n\n", SV(f->draw));
	if (rehearsal)
		buf_str(b, S(
		    "GLADI (REHEARSAL). Ini latihan: angka acaknya bukan dari drand, dan\n"
		    "tidak ada hadiah yang diberikan karenanya.\n\n"));
	buf_str(b, S(
	    "Siapa pun boleh menyalin folder ini dan memeriksa sendiri undiannya.\n"
	    "Tidak ada yang rahasia di sini, dan tidak ada nama orang.\n\n"
	    "freeze.txt       daftar kupon, hadiah, dan nomor putaran drand yang\n"
	    "                 dikunci sebelum angka acaknya ada\n"
	    "entries.bin      siapa memegang kupon nomor berapa (48 bita tiap orang:\n"
	    "                 cid 32, kupon pertama 8, banyaknya 8)\n"
	    "prizes.tsv       hadiah, menurut urutan pengundian\n"
	    "ineligible.txt   yang tidak boleh menang: panitia, petugas, serumah\n"));
	if (f->has_rules)
		buf_str(b, S("rules.txt        aturan undian, seperti yang diumumkan\n"));
	buf_str(b, S(
	    "beacon.txt       angka acak umum dari drand, sesudah putarannya tiba\n"
	    "winners.tsv      hadiah, urutan, k, nomor kupon, cid pemenang\n"
	    "transcript.tsv   setiap langkah, juga yang dilewati dan sebabnya\n"
	    "sample*          kupon yang dipilih untuk diperiksa, sebelum undian\n"
	    "after/           sesudah undian: pencoretan, undian ulang, penyerahan\n"
	    "annulment.txt    bila dibatalkan: putaran mana tidak terbit, notaris, akta\n"
	    "*.tlog-proof     bukti bahwa berkas itu tercatat di log umum kota\n"
	    "verify.py        pemeriksa; cukup Python 3\n"
	    "SHA256SUMS       sidik jari semua berkas\n\n"
	    "Memeriksa dengan tiga perintah:\n"
	    "  sha256sum -c SHA256SUMS\n"
	    "  python3 verify.py --policy FILE --log ALAMAT\n"
	    "  python3 verify.py --card NOMOR --secret RAHASIA [--phone NOMOR-HP]\n"
	    "FILE: kunci log dan saksi yang Anda percaya, disimpan sebelum undian; bukan\n"
	    "policy.txt di folder ini. ALAMAT: log umum kota (https://.../log/KOTA), atau\n"
	    "folder salinannya dari laris log mirror. Tanpa keduanya daftar dan pemenang\n"
	    "tetap diperiksa, tetapi waktu pembekuan dan isi log tidak.\n"
	    "Program laris memeriksa yang sama: laris verify FOLDER. Bila Anda tidak\n"
	    "percaya pada yang memberi folder ini, ambil verify.py dari tempat lain.\n\n"
	    "Memeriksa dengan tangan:\n"
	    "  cat freeze.txt beacon.txt | sha256sum       hasilnya: SEED\n"
	    "  printf '%s,HADIAH,0' SEED | sha256sum        hasilnya: H (heksadesimal)\n"
	    "Sisa pembagian H oleh banyaknya kupon (baris coupons di freeze.txt) adalah\n"
	    "nomor kuponnya. Pemegang kupon itu menang, kecuali ia ada di ineligible.txt\n"
	    "atau sudah menang di kelas hadiah yang sama; lalu angka 0 menjadi 1, 2, ...\n"
	    "H yang >= 2^256 - (2^256 mod banyaknya kupon) tidak dipakai.\n"));
}

static void readme_en(struct buf *b, const struct freeze *f, bool rehearsal)
{
	buf_printf(b, "\n\nDRAW %.*s\n\n", SV(f->draw));
	if (rehearsal)
		buf_str(b, S(
		    "REHEARSAL (gladi). This is practice: its random number is not drand's,\n"
		    "and no prize is given because of it.\n\n"));
	buf_str(b, S(
	    "Anybody may copy this folder and check the draw. Nothing in it is secret,\n"
	    "and no person is named.\n\n"
	    "freeze.txt       coupon list, prizes and the number of the drand round, fixed\n"
	    "                 before its randomness existed\n"
	    "entries.bin      who holds which coupons (48 bytes a person: cid 32, first\n"
	    "                 coupon 8, count 8)\n"
	    "prizes.tsv       prizes, in the order of drawing\n"
	    "ineligible.txt   who may not win: committee, staff, their households\n"));
	if (f->has_rules)
		buf_str(b, S("rules.txt        the rules, as published\n"));
	buf_str(b, S(
	    "beacon.txt       drand's public randomness, once its round has come\n"
	    "winners.tsv      prize, place, k, coupon, the winner's cid\n"
	    "transcript.tsv   every step, also those passed over, and why\n"
	    "sample*          coupons chosen to be audited, before the draw\n"
	    "after/           after the draw: struck out, drawn anew, handed over\n"
	    "annulment.txt    if annulled: which round did not come, notary, deed\n"
	    "*.tlog-proof     proof that the file is in the city's public log\n"
	    "verify.py        the checker; needs Python 3 only\n"
	    "SHA256SUMS       fingerprints of all files\n\n"
	    "To check, in three commands:\n"
	    "  sha256sum -c SHA256SUMS\n"
	    "  python3 verify.py --en --policy FILE --log ADDRESS\n"
	    "  python3 verify.py --en --card NUMBER --secret SECRET [--phone PHONE]\n"
	    "FILE: keys of the log and witnesses you believe, kept since before the draw; not\n"
	    "the policy.txt of this folder. ADDRESS: the city's public log\n"
	    "(https://.../log/CITY), or a folder with a copy of it by laris log mirror.\n"
	    "Without them list and winners are still checked, but not when the list was\n"
	    "frozen nor what the log says.\n"
	    "The program laris checks the same: laris verify FOLDER. If you do not trust\n"
	    "whoever gave you this folder, take verify.py from elsewhere.\n\n"
	    "By hand: SEED is the SHA-256 of freeze.txt and beacon.txt together; H is the\n"
	    "SHA-256 of the text SEED,PRIZE,0. H modulo the number of coupons is the\n"
	    "winning coupon, unless its holder is in ineligible.txt or has won in this\n"
	    "class; then 0 becomes 1, 2, ... An H of 2^256 - (2^256 mod coupons) or more\n"
	    "is not used.\n"));
}

str bundle_readme(struct arena *a, const struct freeze *f, bool rehearsal)
{
	struct buf b = BUF(a, 1 << 16);

	readme_id(&b, f, rehearsal);
	readme_en(&b, f, rehearsal);
	CHECK(!b.full);
	return buf_done(&b);
}

static int by_name(const void *x, const void *y)
{
	return str_cmp(((const struct bundle_file *)x)->name,
	    ((const struct bundle_file *)y)->name);
}

void bundle_sum_put(struct buf *b, str name, const struct hash *h)
{
	char hex[64];

	hex_put(hex, h, sizeof *h);
	buf_printf(b, "%.64s  %.*s\n", hex, SV(name));
}

str bundle_sums(struct arena *a, struct bundle_file *files, size_t n)
{
	struct buf b = BUF(a, 1 << 20);
	struct hash h;

	qsort(files, n, sizeof *files, by_name);
	for (size_t i = 0; i < n; i++) {
		sha256(&h, files[i].bytes.p, files[i].bytes.n);
		bundle_sum_put(&b, files[i].name, &h);
	}
	CHECK(!b.full);
	return buf_done(&b);
}
