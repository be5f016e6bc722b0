/* The typed functions that sqlc.py makes, run: tests/golden/sqlc. */
#include "tests/golden/sqlc/migrations.c"
#include "tests/golden/sqlc/shop_q.c"
#include "tests/tap.h"

#include <stdlib.h>
#include <string.h>

static char dir[] = "/tmp/laris-generated-XXXXXX";
static struct arena *a;
static const city_id solo = { 1 }, kediri = { 2 };

static void test_write(struct tx *tx)
{
	person_id owner = { 77 };
	str motto = S("murah");
	int64_t n = -1;

	ok(!shop_q_add(tx, solo, 1, S("Batik"), (str){ "\0\1", 2 }, &owner,
	    true, &motto, &n) && n == 1, ":exec, and one row changed");
	ok(!shop_q_add(tx, solo, 2, S("Jamu"), S(""), NULL, false, NULL, NULL),
	    "NULLs, and nobody asks how many");
	ok(!shop_q_add(tx, kediri, 1, S("Tahu"), S("k"), NULL, true, NULL,
	    NULL), "another city, the same id");
	ok(!shop_q_rename(tx, solo, 9, S("Tidak ada"), NULL, &n) && n == 0,
	    "none changed");
	ok(!shop_q_rename(tx, solo, 9, S("Batik Laweyan"), &(int64_t){ 1 },
	    &n) && n == 1, "a nullable int that is there");
	err e = shop_q_rename(tx, solo, 2, S("Batik Laweyan"), NULL, NULL);
	ok(e && e->kind == ERR_CONFLICT && strcmp(e->rule, "already-there") == 0,
	    "the name is taken");
}

static void test_upsert(struct tx *tx)
{
	struct shop_sell s = { 0 };

	ok(!shop_q_sell(tx, solo, 1, 1, 500, S("satu"), &s) && s.amount == 500,
	    ":one of a change that returns");
	ok(!shop_q_sell(tx, solo, 1, 1, 250, S("satu"), &s) && s.amount == 750,
	    "it adds up");
	ok(!shop_q_sell(tx, solo, 2, 1, 100, S("dua"), &s), "another");
	ok(shop_q_sell(tx, solo, 3, 9, 100, S(""), &s) != NULL,
	    "not of a shop that is not there");
	ok(shop_q_sell(tx, solo, 3, 1, 0, S(""), &s) != NULL,
	    "not for nothing");
}

static void test_maybe(struct db *db)
{
	struct shop_get g;
	struct shop_title t;
	bool found = false;

	ok(!shop_q_get(db, solo, 1, &g, &found) && found, ":maybe, found");
	ok(g.id == 1 && str_eq(g.name, S("Batik Laweyan")) && g.open,
	    "int, text, bool");
	ok(str_eq(g.secret, ((str){ "\0\1", 2 })), "bytes");
	ok(g.has_owner && g.owner.v == 77 && g.has_motto &&
	    str_eq(g.motto, S("murah")), "nullable, there");
	ok(!shop_q_get(db, solo, 2, &g, &found) && found && !g.open &&
	    !g.has_owner && !g.has_motto && g.motto.n == 0, "nullable, NULL");
	ok(!shop_q_get(db, kediri, 2, &g, &found) && !found, "not found");
	ok(!shop_q_title(db, kediri, 1, &t) && str_eq(t.name, S("Tahu")),
	    ":one");
	err e = shop_q_title(db, kediri, 2, &t);
	ok(e && e->kind == ERR_MISSING && strcmp(e->rule, "not-found") == 0 &&
	    str_eq(e->log, S("shop.title")), ":one, not found, says which");
}

static void test_many(struct db *db)
{
	struct shop_list *l;
	struct shop_region_all *r;
	struct shop_unsold *u;
	size_t n = 9;

	ok(!shop_q_list(db, solo, 0, 10, &l, &n) && n == 2, ":many");
	ok(l[0].sales == 850 && l[0].has_best && l[0].best == 750 &&
	    l[1].sales == 0 && !l[1].has_best, "with sums");
	ok(!shop_q_list(db, solo, 1, 10, &l, &n) && n == 1 && l[0].id == 2,
	    "paged");
	ok(!shop_q_list(db, solo, 2, 10, &l, &n) && n == 0, "none");
	ok(!shop_q_region_all(db, &r, &n) && n == 1 &&
	    str_eq(r[0].name, S("Kota \"Surakarta\"; \\")),
	    "every character of a migration arrives");
	ok(!shop_q_unsold(db, solo, &u, &n) && n == 1 && u[0].id == 2,
	    "WITH");
}

struct seen { struct db *db; int n; size_t notes; int inner; };

static err see(void *ctx, const struct shop_sales *row)
{
	struct seen *s = ctx;
	struct shop_list *l;
	size_t n;

	s->n++;
	s->notes += row->note.n;
	if (s->inner == 0)
		return NULL;
	if (s->inner < 0)
		return ERR(db_arena(s->db), ERR_DENIED, "enough");
	TRY(shop_q_list(s->db, solo, 0, 10, &l, &n));
	s->inner += (int)n;
	return NULL;
}

static void test_each(struct db *db)
{
	struct seen s = { db, 0, 0, 0 };
	size_t before = arena_used(a);

	ok(!shop_q_sales(db, solo, see, &s) && s.n == 2 && s.notes == 7,
	    ":each");
	ok(arena_used(a) == before, "nothing is left in the arena");
	s = (struct seen){ db, 0, 0, 1 };
	ok(!shop_q_sales(db, solo, see, &s) && s.inner == 5,
	    "other queries inside");
	s = (struct seen){ db, 0, 0, -1 };
	err e = shop_q_sales(db, solo, see, &s);
	ok(e && e->kind == ERR_DENIED && s.n == 1, "an error stops it");
	ok(!shop_q_sales(db, kediri, see, &s) && s.n == 1, "no rows, no calls");
}

static err fill(struct db *db)
{
	DB_TX(tx, db);
	test_write(&tx.tx);
	test_upsert(&tx.tx);
	return db_tx_commit(&tx);
}

int main(void)
{
	struct db *db = NULL;
	size_t n = 0;

	a = arena_new();
	if (!mkdtemp(dir))
		return 1;
	ok(!db_open(&db, a, arena_printf(a, "%s/a.db", dir).p, DB_WRITE),
	    "opened");
	ok(!db_migrate(db, laris_migrations, laris_n_migrations, 1, &n) &&
	    n == 2, "migrated");
	ok(!fill(db), "filled");
	test_maybe(db);
	test_many(db);
	test_each(db);
	db_close(&db);
	ok(system(arena_printf(a, "rm -rf %s", dir).p) == 0, "cleaned up");
	arena_free(&a);
	return done();
}
