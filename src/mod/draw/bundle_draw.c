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

err bundle_draw(struct arena *a, const struct bundle_input *in, const struct pick_list *l,
    struct bundle_result *r)
{
	struct writing w = { .a = a, .winners = BUF(a, TEXT_MAX),
	    .transcript = BUF(a, TEXT_MAX) };
	struct pick p = { .list = l, .step = write_step, .ctx = &w };
	struct bundle_prize *prizes;
	struct hash *barred;

	*r = (struct bundle_result){ 0 };
	TRY(bundle_prizes_parse(a, in->prizes, &prizes, &p.n_prizes));
	TRY(bundle_ineligible_parse(a, in->ineligible, &barred, &p.n_ineligible));
	p.ineligible = barred;
	p.prizes = NEWN(a, struct pick_prize, p.n_prizes);
	for (size_t i = 0; i < p.n_prizes; i++)
		p.prizes[i] = (struct pick_prize){ .id = prizes[i].id, .cls = prizes[i].cls,
		    .number = (uint32_t)prizes[i].number };
	pick_seed(p.seed, in->freeze, in->beacon);
	w.pick = &p;
	TRY(pick_run(a, &p));
	CHECK(!w.winners.full && !w.transcript.full);
	memcpy(r->seed, p.seed, sizeof r->seed);
	r->winners = buf_done(&w.winners);
	r->transcript = buf_done(&w.transcript);
	r->won = w.won.v;
	r->n_won = w.won.n;
	r->prizes = p.prizes;
	r->n_prizes = p.n_prizes;
	return NULL;
}

/* ---- for people ---------------------------------------------------- */

str bundle_readme(struct arena *a, const struct freeze *f, bool rehearsal)
{
	struct buf b = BUF(a, 1 << 16);

	buf_printf(&b, "UNDIAN %.*s\n\n", SV(f->draw));
	if (rehearsal)
		buf_str(&b, S(
		    "GLADI (REHEARSAL). Ini latihan: angka acaknya bukan dari drand, dan\n"
		    "tidak ada hadiah yang diberikan karenanya.\n\n"));
	buf_str(&b, S(
	    "Siapa pun boleh menyalin folder ini dan memeriksa sendiri undiannya.\n"
	    "Tidak ada yang rahasia di sini, dan tidak ada nama orang.\n\n"
	    "freeze.txt       daftar kupon, hadiah, dan nomor putaran drand yang\n"
	    "                 dikunci sebelum angka acaknya ada\n"
	    "entries.bin      siapa memegang kupon nomor berapa (48 bita tiap orang:\n"
	    "                 cid 32, kupon pertama 8, banyaknya 8)\n"
	    "prizes.tsv       hadiah, menurut urutan pengundian\n"
	    "ineligible.txt   yang tidak boleh menang: panitia, petugas, serumah\n"));
	if (f->has_rules)
		buf_str(&b, S("rules.txt        aturan undian, seperti yang diumumkan\n"));
	buf_str(&b, S(
	    "beacon.txt       angka acak umum dari drand, sesudah putarannya tiba\n"
	    "winners.tsv      hadiah, urutan, k, nomor kupon, cid pemenang\n"
	    "transcript.tsv   setiap langkah, juga yang dilewati dan sebabnya\n"
	    "SHA256SUMS       sidik jari semua berkas\n\n"
	    "Memeriksa dengan program laris:\n"
	    "  laris verify .\n"
	    "  laris verify . --card NOMOR --secret RAHASIA [--phone NOMOR-HP]\n\n"
	    "Memeriksa dengan tangan:\n"
	    "  sha256sum -c SHA256SUMS\n"
	    "  cat freeze.txt beacon.txt | sha256sum       hasilnya: SEED\n"
	    "  printf '%s,HADIAH,0' SEED | sha256sum        hasilnya: H (heksadesimal)\n"
	    "Sisa pembagian H oleh banyaknya kupon (baris coupons di freeze.txt) adalah\n"
	    "nomor kuponnya. Pemegang kupon itu menang, kecuali ia ada di ineligible.txt\n"
	    "atau sudah menang di kelas hadiah yang sama; lalu angka 0 menjadi 1, 2, ...\n"
	    "H yang >= 2^256 - (2^256 mod banyaknya kupon) tidak dipakai.\n"));
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
