/*
 * draw.c - a draw of a whole country: names, the list, its tree, the winners.
 *
 *	draw [-n HOLDERS] [-c COUPONS] [-p PLACES] [FOLDER]
 *
 * Everything in memory, on one core, with the functions the freeze and the
 * draw use; with FOLDER the bundle is written there, for `laris verify`.
 * A line of JSON for each part, in CPU seconds.  "hash" is the anchor:
 * OpenSSL's SHA-256 of 64 bytes with its context reused.
 */
#include "common.h"
#include "core/crypto.h"
#include "mod/draw/beacon.h"
#include "mod/draw/bundle.h"
#include "mod/draw/cid.h"
#include <fcntl.h>
#include <openssl/evp.h>
#include <sys/stat.h>
#include <unistd.h>

#define DRAW	"gladi-bench"
#define ANCHOR	4000000
#define DEAL	10000

struct options { uint64_t holders, coupons; long places; const char *folder; };
struct card { uint64_t coupons, secret[2]; int64_t number; char phone[24]; };
struct bench {
	struct arena *a;
	struct options o;
	unsigned char *rec;
	struct pick_list list;
	struct hash root;
	struct bundle_input in;
	double since;
	uint64_t dice, left;	/* of dealing cards: coupons nobody has yet */
};

static void report(struct bench *b, const char *part, double times)
{
	struct rusage u;
	double s = (cpu_us() - b->since) / 1e6;

	getrusage(RUSAGE_SELF, &u);
	printf("{\"part\": \"%s\", \"cpu_seconds\": %.3f, \"per_second\": %.0f, "
	    "\"peak_mib\": %.0f}\n", part, s, times / s, (double)u.ru_maxrss / 1024);
	fflush(stdout);
	b->since = cpu_us();
}

static void good(err e, const char *what)
{
	if (e)
		die("draw: %s: %s %.*s", what, e->rule, SV(e->log));
}

static void anchor(struct bench *b)
{
	EVP_MD *md = EVP_MD_fetch(NULL, "SHA256", NULL);
	EVP_MD_CTX *c = EVP_MD_CTX_new();
	unsigned char m[64] = { 0 };

	b->since = cpu_us();
	for (int i = 0; i < ANCHOR; i++)
		if (!EVP_DigestInit_ex2(c, md, NULL) || !EVP_DigestUpdate(c, m, sizeof m) ||
		    !EVP_DigestFinal_ex(c, m, NULL))
			die("draw: OpenSSL");
	report(b, "hash", ANCHOR);
	EVP_MD_CTX_free(c);
	EVP_MD_free(md);
}

/* What the database would say of some cards; each takes up to twice its fair share. */
static void deal(struct bench *b, struct card *card, uint64_t from, uint64_t n)
{
	for (uint64_t i = from; i < from + n; i++, card++) {
		uint64_t more = random_below(&b->dice, 2 * b->left / (b->o.holders - i) + 1);
		if (i + 1 == b->o.holders)
			more = b->left;
		b->left -= more;
		card->coupons = 1 + more;
		card->number = 100000000 + (int64_t)i;
		for (size_t k = 0; k < 2; k++)
			card->secret[k] = next_random(&b->dice);
		snprintf(card->phone, sizeof card->phone, "+628%010llu", (unsigned long long)i);
	}
}

/* As the freeze makes them, card by card; dealing the cards is not counted. */
static void names(struct bench *b)
{
	static struct card card[DEAL];
	static const struct hash later;
	struct cids c;
	double dealt = 0;

	b->left = b->o.coupons - b->o.holders;
	cids_open(&c, S(DRAW));
	b->since = cpu_us();
	for (uint64_t i = 0, n; i < b->o.holders; i += n) {
		n = b->o.holders - i < DEAL ? b->o.holders - i : DEAL;
		double before = cpu_us();
		deal(b, card, i, n);
		dealt += cpu_us() - before;
		for (uint64_t k = 0; k < n; k++) {
			unsigned char *rec = b->rec + (i + k) * PICK_RECORD;
			struct cid_card one = { card[k].number,
			    { (char *)card[k].secret, sizeof card[k].secret },
			    str_of(card[k].phone) };
			pick_record_set(rec, &later, card[k].coupons, i + k);
			cids_add(&c, &one, rec);
		}
	}
	cids_close(&c);
	b->since += dealt;
}

static void list(struct bench *b)
{
	uint64_t *tags = NEWN(b->a, uint64_t, b->o.holders);

	good(pick_list_seal(b->a, b->rec, b->o.holders, tags, &b->list), "list");
}

static void freeze(struct bench *b)
{
	struct bundle_prize prize = { S("HADIAH"), S("utama"), b->o.places, S("Hadiah") };
	struct freeze_input in = { .draw = S(DRAW), .chain = S(BEACON_REHEARSAL), .round = 1,
	    .list = &b->list, .root = &b->root };
	struct freeze f;

	good(bundle_prizes_text(b->a, &prize, 1, &in.prizes), "prizes");
	good(freeze_make(b->a, &in, &f, &b->in.freeze), "freeze");
	good(beacon_text(b->a, S(DRAW), S(BEACON_REHEARSAL), 1, beacon_rehearse(b->a, 1),
	    &b->in.beacon), "beacon");
	b->in.prizes = in.prizes;
	b->in.entries = (str){ (char *)b->rec, b->o.holders * PICK_RECORD };
}

static void put(const struct bench *b, const char *name, str bytes)
{
	const char *path = arena_printf(b->a, "%s/%s", b->o.folder, name).p;
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
	ssize_t n = 1;

	if (fd < 0)
		die("draw: cannot write %s", path);
	for (; bytes.n && n > 0; bytes = str_sub(bytes, (size_t)n, bytes.n))
		n = write(fd, bytes.p, bytes.n);
	if (n <= 0 || close(fd))
		die("draw: cannot write %s", path);
}

static void write_all(struct bench *b, const struct bundle_result *r)
{
	if (mkdir(b->o.folder, 0755))
		die("draw: cannot make %s", b->o.folder);
	put(b, "freeze.txt", b->in.freeze);
	put(b, "beacon.txt", b->in.beacon);
	put(b, "prizes.tsv", b->in.prizes);
	put(b, "ineligible.txt", b->in.ineligible);
	put(b, "entries.bin", b->in.entries);
	put(b, "winners.tsv", r->winners);
	put(b, "transcript.tsv", r->transcript);
}

static void work(struct bench *b)
{
	double n = (double)b->o.holders;
	struct bundle_result r;
	struct pick_list again;
	struct freeze f;

	anchor(b);
	names(b);
	report(b, "names", n);
	list(b);
	report(b, "list", n);
	bundle_root(&b->list, &b->root);
	report(b, "tree", n);
	freeze(b);
	b->since = cpu_us();
	good(bundle_draw(b->a, &b->in, &b->list, &r), "draw");
	report(b, "draw", (double)r.n_won);
	good(bundle_open(b->a, &b->in, &f, &again), "open");
	report(b, "open", n);
	if (b->o.folder)
		write_all(b, &r);
}

int main(int argc, char **argv)
{
	struct bench b = { .o = { .holders = 10000000, .coupons = 1000000000, .places = 500 } };
	int opt;

	while ((opt = getopt(argc, argv, "n:c:p:")) != -1)
		switch (opt) {
		case 'n': b.o.holders = (uint64_t)atoll(optarg); break;
		case 'c': b.o.coupons = (uint64_t)atoll(optarg); break;
		case 'p': b.o.places = atol(optarg); break;
		default: return 2;
		}
	if (b.o.holders < 1 || b.o.coupons < b.o.holders || b.o.places < 1 || argc > optind + 1)
		die("use: draw [-n HOLDERS] [-c COUPONS] [-p PLACES] [FOLDER]");
	b.o.folder = argv[optind];
	b.a = arena_new();
	b.rec = NEWN(b.a, unsigned char, b.o.holders * PICK_RECORD);
	b.in.ineligible = S("");
	b.dice = 1;
	work(&b);
	arena_free(&b.a);
	return 0;
}
