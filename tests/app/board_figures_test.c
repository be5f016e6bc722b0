/*
 * board_figures_test.c - who is silent and what each kelurahan took: merchants
 * of one village and two, one without, one that never sold, one that sold and
 * left the sale, one that sold long ago.
 */
#include "app/modules.h"
#include "core/city.h"
#include "mod/board/board.h"
#include "mod/festival/purchase.h"
#include "tap.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SHOPS = 7 };

/* Days before "now" that each sold; the villages are Laweyan and Kemlayan. */
static const struct { const char *village; int64_t amount; int days; } shops[SHOPS] = {
	{ "3372011001", 50000, 0 }, { "3372021003", 10000, 2 }, { "3372011001", 30000, 10 },
	{ "", 7000, 0 }, { "3372021003", 0, 0 }, { "3372011001", 400, 0 },
	{ "3372021003", 20000, 2 },
};
enum { GONE = 5 };

static struct arena *a;
static struct db *db;
static struct city city;
static struct festival fest;
static char home[300];
static const int64_t now = INT64_C(1634000000) * SECOND;

static err shop(struct tx *tx, int i)
{
	struct merchant m = { .name = arena_printf(a, "Toko %d", i),
	    .village = str_of(shops[i].village) };
	enum participation_state s, left = PARTICIPATION_WITHDRAWN;
	struct purchase_in in = { .event = arena_printf(a, "e%d", i), .amount = shops[i].amount,
	    .at = time_of_day(fest.first_day, city.zone) + HOUR };
	struct purchase_out out;

	TRY(merchant_add(tx, city.id, &m, now));
	TRY(merchant_join(tx, NULL, &fest, m.id, true, S("x"), now, &s));
	in.merchant = m.id;
	if (shops[i].amount)
		TRY(purchase_record(tx, NULL, &city, &fest, &in, now - shops[i].days * DAY, &out));
	return i != GONE ? NULL :
	    merchant_decide(tx, NULL, &fest, m.id, &left, S("tutup"), S("x"), now);
}

static err set_up(void)
{
	const char *where = arena_cstr(a, arena_printf(a, "%s/laris.db", home));
	size_t applied;

	TRY(db_open(&db, a, where, DB_WRITE));
	TRY(db_migrate(db, laris_migrations, laris_n_migrations, now, &applied));
	DB_TX(tx, db);
	TRY(city_add(&tx.tx, S("33.72"), S(""), S(""), now, &city));
	fest = (struct festival){ .city = city.id, .slug = S("sgs"), .name = S("SGS"),
	    .first_day = 18901, .last_day = 18931, .rules = { .unit = 50000 } };
	TRY(festival_add(&tx.tx, &fest, now));
	TRY(festival_move(&tx.tx, NULL, &fest, FESTIVAL_OPEN, now));
	fest.state = FESTIVAL_OPEN;
	for (int i = 0; i < SHOPS; i++)
		TRY(shop(&tx.tx, i));
	return db_tx_commit(&tx);
}

static void villages(const struct board *b)
{
	const struct slice_rows *v = &b->part[BOARD_VILLAGE];

	ok(v->n == 3, "three rows of kelurahan, there are %zu", v->n);
	if (v->n != 3)
		return;
	ok(v->v[0].rupiah == 80400 && v->v[0].purchases == 3 &&
	    str_eq(v->v[0].code, S("3372011001")), "what one took, those that left included");
	ok(v->v[1].rupiah == 30000 && v->v[1].purchases == 2, "then the other");
	ok(v->v[2].rupiah == 7000 && v->v[2].code.n == 0, "and those of none");
}

int main(void)
{
	struct board b;

	a = arena_new();
	log_level_set(LOG_SILENT);
	snprintf(home, sizeof home, "/tmp/laris-board.XXXXXX");
	if (!mkdtemp(home))
		return 1;
	err e = set_up();
	ok(!e, "a sale with %d merchants", SHOPS);
	if (e)
		fprintf(stderr, "# %s %.*s\n", e->rule, SV(e->log));
	e = e ? e : board_load(db, &city, &fest, LANG_ID, now, &b);
	ok(!e, "looked at");
	if (!e) {
		ok(b.fresh[FRESH_TODAY] == 2, "admitted ones that sold today");
		ok(b.fresh[FRESH_DAYS] == 2, "in three days");
		ok(b.fresh[FRESH_LONG] == 1, "before that");
		ok(b.fresh[FRESH_NEVER] == 1, "and never");
		villages(&b);
	}
	db_close(&db);
	ok(system(arena_printf(a, "rm -rf %s", home).p) == 0, "cleaned up");
	arena_free(&a);
	return done();
}
