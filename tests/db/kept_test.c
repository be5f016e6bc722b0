/* kept_test.c - what is kept is never older than what was written. */
#include "db/engine.h"
#include "tests/golden/sqlc/migrations.c"
#include "tests/golden/sqlc/shop_q.c"
#include "tests/tap.h"

#include <stdlib.h>

static char dir[] = "/tmp/laris-kept-XXXXXX";
static struct arena *a;
static struct db *one, *two;
static const city_id solo = { 1 };

/* The name of shop 1; empty: there is none. */
static str name(struct db *db)
{
	struct shop_get g = { 0 };
	bool found = false;
	err e = shop_q_get(db, solo, 1, &g, &found);

	return e || !found ? S("") : g.name;
}

static bool is_kept(struct db *db)
{
	struct db_kept *place;

	return db_kept_find(db, &query_get, &(struct db_key){ .num = { 1, 1 } }, &place);
}

static err renamed(struct db *db, str to)
{
	return shop_q_rename(&(struct tx){ db }, solo, 1, to, NULL, NULL);
}

static bool opened(struct db *db)
{
	return !db_begin(db);
}

static void test_own(void)
{
	ok(opened(one) && !is_kept(one) && !name(one).n && is_kept(one),
	    "that there is none is kept");
	ok(!shop_q_add(&(struct tx){ one }, solo, 1, S("Batik"), S("s"), NULL, true, NULL, NULL) &&
	    !is_kept(one), "until somebody writes to its table");
	ok(str_eq(name(one), S("Batik")) && is_kept(one), "then the new row");
	ok(!db_commit(one) && !is_kept(one), "nothing is given outside a transaction");
	ok(opened(one) && is_kept(one) && str_eq(name(one), S("Batik")), "it lives on to the next");
	ok(!renamed(one, S("Jamu")) && str_eq(name(one), S("Jamu")) && !db_commit(one),
	    "a change is seen by who made it");
}

static void test_undone(void)
{
	ok(opened(one) && !renamed(one, S("Tahu")) && str_eq(name(one), S("Tahu")), "written");
	db_undo(one);
	ok(opened(one) && str_eq(name(one), S("Jamu")), "and undone: the row before");
	ok(!db_save_begin(one) && !renamed(one, S("Soto")) && str_eq(name(one), S("Soto")) &&
	    !db_save_undo(one) && str_eq(name(one), S("Jamu")), "undone to a savepoint: likewise");
	ok(!db_commit(one), "committed");
}

static void test_other(void)
{
	ok(opened(one) && str_eq(name(one), S("Jamu")) && is_kept(one) && !db_commit(one), "kept");
	ok(opened(two) && !renamed(two, S("Lurik")) && !db_commit(two), "another one writes");
	ok(opened(one) && !is_kept(one) && str_eq(name(one), S("Lurik")) && !db_commit(one),
	    "and is heard as the next transaction begins");
	ok(opened(one) && is_kept(one) && !db_commit(one), "nobody wrote: kept again");
}

static void test_copies(void)
{
	struct shop_list *x, *y;
	size_t n, m;

	ok(opened(one) && !shop_q_list(one, solo, 0, 9, &x, &n) &&
	    !shop_q_list(one, solo, 0, 9, &y, &m) && n == 1 && m == 1 && x != y &&
	    x[0].name.p != y[0].name.p && str_eq(x[0].name, y[0].name), "each asker has a copy");
	ok(!shop_q_list(one, solo, 1, 9, &y, &m) && m == 0, "another question, another answer");
	for (int64_t i = 0; i < 40000; i++)
		n += shop_q_list(one, solo, 0, 10 + i, &y, &m) || m != 1;
	ok(n == 1, "more questions than there is room for");
	ok(!db_commit(one), "committed");
}

/* Nothing changes in a snapshot, whoever writes; the next one is asked anew. */
static void test_held(struct db *reader)
{
	ok(str_eq(name(reader), S("Lurik")) && !is_kept(reader), "a reader keeps nothing");
	ok(!db_read_hold(reader) && !is_kept(reader) && str_eq(name(reader), S("Lurik")) &&
	    is_kept(reader), "but what it read in the snapshot it holds");
	ok(opened(one) && !renamed(one, S("Sate")) && !db_commit(one), "somebody writes");
	ok(is_kept(reader) && str_eq(name(reader), S("Lurik")), "in the snapshot it is as it was");
	db_read_release(reader);
	ok(!is_kept(reader) && str_eq(name(reader), S("Sate")), "let go: as it is");
	ok(!db_read_hold(reader) && !is_kept(reader) && str_eq(name(reader), S("Sate")),
	    "the next snapshot begins with nothing kept");
	db_read_release(reader);
}

int main(void)
{
	size_t n = 0;

	a = arena_new();
	if (!mkdtemp(dir))
		return 1;
	const char *file = arena_printf(a, "%s/a.db", dir).p;
	ok(!db_open(&one, a, file, DB_WRITE) && !db_open(&two, a, file, DB_WRITE) &&
	    !db_migrate(one, laris_migrations, laris_n_migrations, 1, &n), "opened twice");
	test_own();
	test_undone();
	test_other();
	test_copies();
	struct db *reader = NULL;
	ok(!db_open(&reader, a, file, DB_READ), "a reader");
	test_held(reader);
	db_close(&reader);
	db_close(&one);
	db_close(&two);
	ok(system(arena_printf(a, "rm -rf %s", dir).p) == 0, "cleaned up");
	arena_free(&a);
	return done();
}
