/*
 * check_test.c - laris check over a sale: clean after real purchases, a claim
 * that waits and a void; then each sum broken by hand, and named with both
 * figures.
 */
#include "app/modules.h"
#include "core/city.h"
#include "mod/festival/module.h"
#include "mod/festival/purchase.h"
#include "tap.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct arena *a;
static struct db *db;
static struct city city;
static struct festival fest, each;	/* coupons by the person's sum, by each purchase */
static char home[300];
static const int64_t now = INT64_C(1760000000) * SECOND;

static struct purchase_in sale_of(merchant_id m, int64_t card, int64_t amount, int n)
{
	return (struct purchase_in){ .event = arena_printf(a, "e%d", n), .merchant = m,
	    .card = card, .amount = amount,
	    .at = time_of_day(fest.first_day, city.zone) + HOUR };
}

static err buy(struct tx *tx, merchant_id m, int64_t card, int64_t amount, int n, purchase_id *id)
{
	struct purchase_in in = sale_of(m, card, amount, n);
	struct purchase_out out;

	TRY(purchase_record(tx, NULL, &city, &fest, &in, now, &out));
	*id = out.id;
	return NULL;
}

/* 120.000 (2 coupons), 75.000 (1), a third of 50.000 void; and first of all
 * 90.000 (1) shown as a code, which the shopper took last. */
static err sell_each(struct tx *tx, merchant_id m)
{
	static const int64_t amount[] = { 120000, 75000, 50000 };
	enum participation_state s;
	struct card card = { 0 };
	struct purchase_out out;
	struct purchase_in in;
	str code;
	bool again;

	TRY(merchant_join(tx, NULL, &each, m, true, S("x"), now, &s));
	TRY(card_add(tx, &each, &card, now));
	in = sale_of(m, 0, 90000, 1);
	TRY(purchase_offer(tx, NULL, &city, &each, &in, now, &out, &code));
	for (size_t i = 0; i < countof(amount); i++) {
		in = sale_of(m, card.number, amount[i], (int)i + 2);
		TRY(purchase_record(tx, NULL, &city, &each, &in, now, &out));
	}
	TRY(purchase_void(tx, NULL, &city, &each, out.id, &(struct void_in){ .event = S("v1"),
	    .reason = S("salah ketik") }, now, &again));
	return purchase_claim(tx, NULL, &city, &each, code, card.number, now, &out);
}

static err sell(struct tx *tx)
{
	struct merchant m = { .name = S("Batik Laweyan") };
	enum participation_state s;
	struct card card = { 0 };
	purchase_id id;
	bool again;

	TRY(merchant_add(tx, city.id, &m, now));
	TRY(merchant_join(tx, NULL, &fest, m.id, true, S("x"), now, &s));
	TRY(card_add(tx, &fest, &card, now));
	TRY(buy(tx, m.id, card.number, 120000, 1, &id));
	TRY(buy(tx, m.id, card.number, 75000, 2, &id));
	TRY(buy(tx, m.id, 0, 60000, 3, &id));
	TRY(buy(tx, m.id, card.number, 500000, 4, &id));
	TRY(purchase_void(tx, NULL, &city, &fest, id, &(struct void_in){ .event = S("v1"),
	    .reason = S("salah ketik") }, now, &again));
	return sell_each(tx, m.id);
}

static err open_sale(struct tx *tx, struct festival *f, str slug, enum rule_counting counting)
{
	*f = (struct festival){ .city = city.id, .slug = slug, .name = slug,
	    .first_day = 18901, .last_day = 18931,
	    .rules = { .unit = 50000, .counting = counting } };
	TRY(festival_add(tx, f, now));
	TRY(festival_move(tx, NULL, f, FESTIVAL_OPEN, now));
	return festival_find(tx->db, city.id, slug, f);
}

static err set_up(void)
{
	const char *where = arena_cstr(a, arena_printf(a, "%s/laris.db", home));
	size_t applied;

	TRY(db_open(&db, a, where, DB_WRITE));
	TRY(db_migrate(db, laris_migrations, laris_n_migrations, now, &applied));
	DB_TX(tx, db);
	TRY(city_add(&tx.tx, S("33.72"), S(""), S(""), now, &city));
	TRY(open_sale(&tx.tx, &fest, S("sgs-2021"), RULE_PERSON_TOTAL));
	TRY(open_sale(&tx.tx, &each, S("per-nota"), RULE_PER_PURCHASE));
	TRY(sell(&tx.tx));
	return db_tx_commit(&tx);
}

/* What one check says, or what all say for a NULL name. */
static str said(const char *name)
{
	struct buf b = BUF(a, 1u << 20);

	for (size_t i = 0; i < festival_module.n_checks; i++) {
		const struct check *c = &festival_module.checks[i];
		if (name && strcmp(name, c->name) != 0)
			continue;
		err e = c->run(db, &b);
		if (e)
			buf_printf(&b, "refused: %s", e->rule);
	}
	return buf_done(&b);
}

/* The sale: 3 valid purchases of 255.000, one of them unclaimed; 4 numbers;
 * the card counts 195.000 and has 3 coupons. */
static const struct {
	const char *check, *sql, *line;
} breaks[] = {
	{ "festival-totals", "UPDATE festival_total SET purchases = 9",
	    "sgs-2021: purchases: kept 9, from the rows 3\n" },
	{ "festival-totals", "UPDATE festival_total SET rupiah = rupiah + 1",
	    "sgs-2021: rupiah: kept 255001, from the rows 255000\n" },
	{ "festival-totals", "UPDATE festival_total SET unclaimed = 0",
	    "unclaimed: kept 0, from the rows 1\n" },
	{ "festival-totals", "UPDATE festival_total SET numbered = 5",
	    "numbers given: kept 5, from the rows 4\n" },
	{ "festival-totals", "UPDATE festival_total SET reporting = 2",
	    "merchants reporting: kept 2, from the rows 1\n" },
	{ "festival-totals", "UPDATE festival_total SET coupons = 4",
	    "coupons of all cards: kept 4, from the rows 3\n" },
	{ "festival-totals", "DELETE FROM card_total",
	    "purchases of all cards: kept 0, from the rows 2\n" },
	{ "festival-totals", "DELETE FROM merchant_total",
	    "rupiah of all merchants: kept 0, from the rows 255000\n" },
	{ "festival-cards", "UPDATE card_total SET purchases = 7",
	    ": kept 7, from the rows 2\n" },
	{ "festival-cards", "UPDATE card_total SET rupiah = 1",
	    ": kept 1, from the rows 195000\n" },
	{ "festival-cards", "UPDATE card_total SET counted = 2",
	    ": kept 2, from the rows 195000\n" },
	{ "festival-coupons", "UPDATE card_total SET coupons = 40",
	    ": kept 40, from the rows 3\n" },
	{ "festival-coupon-card", "UPDATE purchase SET points = 1 WHERE card = 0",
	    "brought coupons and has no card\n" },
	{ "festival-merchants", "UPDATE merchant_total SET purchases = 8",
	    ": kept 8, from the rows 3\n" },
	{ "festival-merchants", "UPDATE merchant_total SET rupiah = 5",
	    ": kept 5, from the rows 255000\n" },
	{ "festival-merchants", "UPDATE merchant_total SET received = 7",
	    ": kept 7, from the rows 1760000000000000\n" },
	{ "festival-slices", "UPDATE festival_slice SET rupiah = 6 WHERE kind = 0",
	    "rupiah by day: kept 6, from the rows 255000\n" },
	{ "festival-slices", "UPDATE festival_slice SET purchases = 1 WHERE kind = 1",
	    "purchases by method: kept 1, from the rows 3\n" },
	{ "festival-slices", "DELETE FROM festival_slice WHERE kind = 2",
	    "purchases by venue: kept 0, from the rows 3\n" },
	{ "festival-slices", "UPDATE festival_slice SET purchases = 4 WHERE kind = 3",
	    "purchases by sector: kept 4, from the rows 3\n" },
	{ "festival-slices", "UPDATE festival_slice SET purchases = 4 WHERE kind = 4",
	    "purchases by hour: kept 4, from the rows 3\n" },
	/* per purchase: 4 coupons of 4 purchases, one of them void */
	{ "festival-coupons", "UPDATE card_total SET coupons = 40",
	    ": kept 40, from the rows 4\n" },
	{ "festival-coupons", "UPDATE purchase SET points = 3 WHERE amount = 120000",
	    "per-nota: coupons of card " },
	{ "festival-coupons", "UPDATE purchase SET points = 3 WHERE amount = 120000",
	    "per-nota: coupons of purchase " },
	{ "festival-coupons", "UPDATE purchase SET points = 3 WHERE amount = 120000",
	    ": kept 3, from the rows 2\n" },
	/* chains; "number" is the order in which a sale's purchases came */
	{ "festival-card-chains", "UPDATE purchase SET card_before = 0 WHERE number = 4",
	    "is not reached from the newest\n" },
	{ "festival-card-chains", "UPDATE card_total SET last = 0",
	    "sgs-2021: chain of card " },
	{ "festival-card-chains", "DELETE FROM card_total", "is not reached from the newest\n" },
	{ "festival-card-chains", "UPDATE purchase SET card_before = id WHERE number = 1",
	    "is reached twice\n" },
	{ "festival-card-chains", "UPDATE card_total SET last = 5",
	    "is linked and is not one of its own\n" },
	{ "festival-card-chains", "UPDATE purchase SET card_before = (SELECT o.id FROM purchase o "
	    "WHERE o.number = 3 AND o.card = 0) WHERE number = 1 AND card_before = 0",
	    "is linked and is not one of its own\n" },
	/* 4 -> 2 -> 1 made 2 -> 4 -> 1: each reached once, not in order */
	{ "festival-card-chains", "UPDATE purchase SET card_before = CASE number "
	    "WHEN 4 THEN (SELECT o.id FROM purchase o WHERE o.number = 1 AND o.festival = "
	    "purchase.festival) WHEN 2 THEN (SELECT o.id FROM purchase o WHERE o.number = 4 AND "
	    "o.festival = purchase.festival) ELSE card_before END "
	    "WHERE festival = (SELECT id FROM festival WHERE slug = 'sgs-2021');"
	    "UPDATE card_total SET last = (SELECT id FROM purchase WHERE number = 2 AND "
	    "festival = card_total.festival)",
	    "comes after a newer one\n" },
	{ "festival-merchant-chains", "UPDATE purchase SET merchant_before = 0 WHERE number = 3",
	    "is not reached from the newest\n" },
	{ "festival-merchant-chains", "UPDATE merchant_total SET last = 0",
	    "sgs-2021: chain of merchant " },
	{ "festival-merchant-chains", "UPDATE purchase SET merchant_before = id WHERE number = 1",
	    "is reached twice\n" },
	{ "festival-merchant-chains", "UPDATE purchase SET merchant_before = 7 WHERE number = 2",
	    "is linked and is not one of its own\n" },
	{ "festival-merchant-chains", "UPDATE purchase SET number = 9 WHERE number = 1",
	    "comes after a newer one\n" },
	{ "festival-standing", "UPDATE participation_count SET n = 9 WHERE state = 1",
	    "sgs-2021: merchants in state 1: 9 counted, " },
	{ "festival-standing", "DELETE FROM participation_count",
	    "merchants in state 1: 0 counted, " },
	{ "festival-methods", "UPDATE purchase SET method = 1 WHERE amount = 60000",
	    "sgs-2021: cash: kept 3, from the rows 2\n" },
	{ "festival-methods", "INSERT INTO purchase_method (city, id, purchase, was, is_now, at, "
	    "person, token) SELECT city, 5, id, 0, 3, 0, 0, 0 FROM purchase WHERE amount = 60000",
	    "is not paid as its last correction says\n" },
};

static void tamper(size_t i)
{
	CLEANUP(db_tx_end) struct db_tx tx = { { NULL }, false };

	if (db_tx_begin(&tx, db) || db_script(db, breaks[i].sql))
		panic("cannot tamper");
	str all = said(breaks[i].check);
	bool found = str_find(all, str_of(breaks[i].line)) != SIZE_MAX;
	if (!found)
		printf("# said \"%.*s\"\n", SV(all));
	ok(found, "named after: %s", breaks[i].sql);
}

/* A card's and a merchant's line says which one. */
static void which(void)
{
	CLEANUP(db_tx_end) struct db_tx tx = { { NULL }, false };

	if (db_tx_begin(&tx, db) || db_script(db, "UPDATE card_total SET card = 77, rupiah = 1"))
		panic("cannot tamper");
	str want = arena_printf(a, "rupiah of card %.*s: ", SV(id_text(a, 77)));
	ok(str_find(said("festival-cards"), want) != SIZE_MAX, "the card is named by its id");
}

int main(void)
{
	const char *tmp = getenv("TMPDIR");

	a = arena_new();
	snprintf(home, sizeof home, "%s/laris-check-XXXXXX", tmp ? tmp : "/tmp");
	if (!mkdtemp(home))
		panic("no folder to write in");
	err e = set_up();
	ok(!e, "two sales with purchases, one waiting, one claimed, voids%s", e ? e->rule : "");
	ok(!said(NULL).n, "all %zu checks are clean", festival_module.n_checks);
	for (size_t i = 0; !e && i < countof(breaks); i++)
		tamper(i);
	which();
	ok(!said(NULL).n, "clean again when it was taken back");
	db_close(&db);
	const char *files[] = { "laris.db", "laris.db-wal", "laris.db-shm" };
	for (size_t i = 0; i < countof(files); i++)
		unlink(arena_cstr(a, arena_printf(a, "%s/%s", home, files[i])));
	rmdir(home);
	arena_free(&a);
	return done();
}
