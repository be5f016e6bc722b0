/*
 * demo.c - a demonstration city, the same for the same seed: Kota
 * Surakarta and a Great Sale of October 2021, every purchase through the
 * same rules as a real one.  Names of businesses are made up; numbers of
 * merchants are those of the field (22,273 tenants in 2021).
 */
#include "app/commands.h"
#include "app/demo.h"
#include "core/city.h"
#include "core/crypto.h"
#include "core/region.h"
#include "core/who.h"
#include "core_read.h"
#include "festival_read.h"
#include <stdlib.h>
#include <string.h>

#define CHUNK	20000		/* purchases a transaction		*/
#define CACHE_MIB	256	/* all cards and sums of a festival	*/

static const struct demo_scale scales[] = {
	{ "tiny", 20, 600, 1000, INT64_C(500000000) },
	{ "small", 300, 5000, 40000, INT64_C(20000000000) },
	{ "festival", 22273, 400000, 3000000, INT64_C(800000000000) },
	{ "national", 200000, 3000000, 30000000, INT64_C(8000000000000) },
};

typedef err piece_fn(struct demo *, struct tx *, int64_t from, int64_t to);

/* One transaction a piece; the purchases' memory is dropped after each. */
static err in_pieces(struct demo *d, const char *what, int64_t n, int64_t size, piece_fn *fn)
{
	int64_t pages;

	for (int64_t at = 0; at < n; at += size) {
		int64_t to = at + size < n ? at + size : n;
		arena_reset(d->scratch);
		db_arena_set(d->db, d->scratch);
		DB_TX(tx, d->db);
		TRY(fn(d, &tx.tx, at, to));
		TRY(db_tx_commit(&tx));
		TRY(db_checkpoint(d->db, &pages));
		if (n > 10 * size)
			fprintf(stderr, "\r%s: %lld of %lld ", what, (long long)to, (long long)n);
	}
	if (n > 10 * size)
		fprintf(stderr, "\n");
	return NULL;
}

/* ---- purchases ------------------------------------------------------------ */

/* A few sell much, many sell little; a few shoppers buy often. */
static int64_t skewed(struct demo *d, int64_t n)
{
	uint64_t u = prng_below(&d->prng, 1u << 20), v = prng_below(&d->prng, 1u << 20);
	uint64_t low = u < v ? u : v;

	return (int64_t)((unsigned __int128)(uint64_t)n * low >> 20);
}

/* Moments ascend over the 31 days; shops are open from 8 to 21. */
static int64_t moment(struct demo *d, int64_t i)
{
	int64_t days = d->f.last_day - d->f.first_day + 1, n = d->scale.purchases;
	int64_t day = i * days / n, first = day * n / days, in_day = n / days + 1;
	int64_t start = time_of_day(d->f.first_day + day, d->city.zone) + 8 * HOUR;

	return start + (i - first) * (13 * HOUR / in_day) / SECOND * SECOND;
}

/* A UUIDv7 (RFC 9562) of that moment: 48 bits of milliseconds first. */
static str event(struct demo *d, int64_t at)
{
	uint64_t r = prng_next(&d->prng), ms = (uint64_t)(at / 1000);

	return arena_printf(d->scratch, "%08llx-%04llx-7%03llx-8%03llx-%012llx",
	    (unsigned long long)(ms >> 16), (unsigned long long)(ms & 0xffff),
	    (unsigned long long)(r & 0xfff), (unsigned long long)(r >> 12 & 0xfff),
	    (unsigned long long)(prng_next(&d->prng) & 0xffffffffffff));
}

static enum method method(struct demo *d)
{
	uint64_t u = prng_below(&d->prng, 100);

	return u < 55 ? METHOD_CASH : u < 85 ? METHOD_QRIS : u < 93 ? METHOD_CARD :
	    u < 98 ? METHOD_EMONEY : METHOD_TRANSFER;
}

static err claim_some(struct demo *d, struct tx *tx, const struct purchase_in *in, int64_t card)
{
	struct purchase_out out;
	str code;

	TRY(purchase_offer(tx, d->many, &d->city, &d->f, in, in->at, &out, &code));
	if (!card)
		return NULL;
	return purchase_claim(tx, d->many, &d->city, &d->f, code, card, in->at + MINUTE, &out);
}

static err one(struct demo *d, struct tx *tx, int64_t i)
{
	const struct demo_place *p = &d->places[skewed(d, d->scale.merchants)];
	uint64_t how = prng_below(&d->prng, 1000);
	int64_t card = d->cards[skewed(d, d->scale.cards)];
	struct purchase_out out;
	struct purchase_in in = { .merchant = p->id, .card = card, .at = moment(d, i),
	    .amount = demo_amount(d, p->sector), .method = method(d), .channel = CHANNEL_STALL };

	in.event = event(d, in.at);
	if (how < 150) {	/* shown as a code; a third is never taken */
		in.card = 0;
		return claim_some(d, tx, &in, how < 100 ? card : 0);
	}
	if (how < 300)
		in.channel = CHANNEL_POST;
	TRY(purchase_record(tx, d->many, &d->city, &d->f, &in, in.at, &out));
	if (how != 999)
		return NULL;
	struct void_in strike = { .event = event(d, in.at), .reason = S("salah ketik jumlah") };
	bool again;
	return purchase_void(tx, d->many, &d->city, &d->f, out.id, &strike,
	    in.at + 5 * MINUTE, &again);
}

static err purchases(struct demo *d, struct tx *tx, int64_t from, int64_t to)
{
	for (int64_t i = from; i < to; i++) {
		if (i % 512 == 0)
			arena_reset(d->scratch);
		TRY(one(d, tx, i));
	}
	return change_many_done(tx, d->many, NULL);
}

/* ---- the whole --------------------------------------------------------------- */

static err setup(struct demo *d, struct tx *tx, int64_t from, int64_t to)
{
	(void)from;
	(void)to;
	return demo_setup(d, tx);
}

static err open_it(struct demo *d, struct tx *tx, int64_t from, int64_t to)
{
	int64_t opened = time_of_day(d->f.first_day, d->city.zone);

	(void)from;
	(void)to;
	TRY(demo_accounts(d, tx));
	TRY(festival_move(tx, NULL, &d->f, FESTIVAL_OPEN, opened));
	d->f.state = FESTIVAL_OPEN;
	return demo_promotions(d, tx);
}

static err fill(struct demo *d)
{
	TRY(in_pieces(d, "setup", 1, 1, setup));
	TRY(in_pieces(d, "merchants", d->scale.merchants, CHUNK, demo_merchants));
	TRY(in_pieces(d, "cards", d->scale.cards, CHUNK, demo_cards));
	TRY(in_pieces(d, "opening", 1, 1, open_it));
	TRY(in_pieces(d, "purchases", d->scale.purchases, CHUNK, purchases));
	return in_pieces(d, "posts", 1, 1, demo_posts);
}

static err admin(struct demo *d, struct tx *tx, int64_t from, int64_t to)
{
	person_id id;

	(void)from;
	(void)to;
	return person_add(tx, (city_id){ CITY_SERVER }, S("pengelola"), S("Pengelola server"),
	    d->pass, MAY_ADMIN, 0, d->f.created, &id);
}

/* That city, then the others of the country in the order of their codes. */
static err fill_all(struct demo *d, int64_t n_cities)
{
	struct cli_args *x = d->x;
	str first = d->city.code;
	struct core_city_list *v;
	struct region other;
	size_t others;

	TRY(db_open(&d->db, x->a, x->db_path, DB_WRITE));
	TRY(db_cache(d->db, CACHE_MIB));
	TRY(db_migrated(d->db, x->app->migrations, x->app->n_migrations));
	d->pass = password_hash(x->a, S(DEMO_PASSWORD));
	TRY(core_q_city_list(d->db, (str){ 0 }, 1, &v, &others));
	TRY(fill(d));
	struct city made = d->city;
	for (size_t i = 0; n_cities > 1 && i < region_count(REGION_REGENCY); i++) {
		region_at(REGION_REGENCY, i, &other);
		if (str_eq(other.code, first))
			continue;
		d->city.code = other.code;
		TRY(fill(d));
		n_cities--;
	}
	d->city = made;
	/* Its password is known to all: never beside cities that were there before. */
	d->alone = !others;
	return d->alone ? in_pieces(d, "admin", 1, 1, admin) : NULL;
}

/* What to open, and who to be. */
static void print_where(struct demo *d)
{
	FILE *out = d->x->out;

	fprintf(out, "%.*s: %lld merchants, %lld cards, %lld purchases\n", SV(d->f.name),
	    (long long)d->scale.merchants, (long long)d->scale.cards,
	    (long long)d->scale.purchases);
	fprintf(out, "  /%.*s/%.*s         the sale, as a shopper sees it\n", SV(d->city.slug),
	    SV(d->f.slug));
	fprintf(out, "  /sign-in                    panitia (organiser), petugas (officer),\n"
	    "                              pedagang (merchant), pengawas (auditor);\n"
	    "                              password " DEMO_PASSWORD "\n"
	    "  /admin  /post  /m  /style   their pages, and the parts of a page\n");
	if (d->alone)
		fprintf(out, "  /sign-in?city=server        pengelola: looks after all cities, at "
		    "/server\n");
}

/* What the command line asks for; false: it asks wrongly. */
static bool asked(struct cli_args *x, struct demo *d, int64_t *n_cities)
{
	const char *code = cli_option(x, "city"), *scale = cli_option(x, "scale");
	const char *seed = cli_option(x, "seed"), *cities = cli_option(x, "cities");

	d->seed = 1;
	d->city.code = str_of(code ? code : "33.72");
	for (size_t i = 0; i < countof(scales); i++)
		if (!strcmp(scale ? scale : "small", scales[i].name))
			d->scale = scales[i];
	if (!cli_words(x, 0, 0) || !d->scale.name ||
	    (seed && !str_int(str_of(seed), 0, INT64_MAX, &d->seed)))
		return false;
	return !cities ||
	    str_int(str_of(cities), 1, (int64_t)region_count(REGION_REGENCY), n_cities);
}

int demo_command(struct cli_args *x)
{
	struct demo d = { .x = x, .scratch = arena_new(), .many = change_many(x->a) };
	struct prng secrets;
	int64_t n = 1;

	if (!asked(x, &d, &n))
		return cli_usage(x);
	prng_seed(&d.prng, (uint64_t)d.seed);
	id_count_from(id_floor(INT64_C(1632700800) * SECOND) + (d.seed << 8));	/* 27 Sep 2021 */
	prng_seed(&secrets, ~(uint64_t)d.seed);
	rand_repeat(&secrets);
	err e = fill_all(&d, n);
	rand_repeat(NULL);
	if (!e)
		print_where(&d);
	if (!e && n > 1)
		fprintf(x->out, "%lld cities of that kind; / lists them\n", (long long)n);
	int rc = cli_result(x, e);
	db_close(&d.db);
	arena_free(&d.scratch);
	return rc;
}
