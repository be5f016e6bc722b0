#include "db/db.h"
#include "tests/tap.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char dir[] = "/tmp/laris-migrate-XXXXXX";
static struct arena *a;

static const struct migration list[] = {
	{ "core", 1, "start", "CREATE TABLE a (id INTEGER PRIMARY KEY)", NULL, "11" },
	{ "core", 2, "more", "CREATE TABLE b (id INTEGER PRIMARY KEY);"
	    " INSERT INTO b VALUES (7);", NULL, "12" },
	{ "mod", 1, "start", "CREATE TABLE c (id INTEGER PRIMARY KEY)", NULL, "21" },
};

static const char *path(const char *name)
{
	return arena_printf(a, "%s/%s", dir, name).p;
}

static bool is(err e, const char *rule, str what)
{
	return e && e->kind == ERR_CONFLICT && strcmp(e->rule, rule) == 0 &&
	    str_eq(e->arg[0], what);
}

static bool has(struct db *db, const char *table)
{
	return !db_script(db, arena_printf(a, "SELECT id FROM %s", table).p);
}

static int64_t number(struct db *db, const struct db_query *q)
{
	CLEANUP(db_done) struct db_stmt *s = NULL;
	bool more;

	if (db_run(db, q, &s) || db_next(s, &more) || !more)
		return -1;
	return db_int(s, 0);
}

static void test_order(struct db *db)
{
	static const struct db_query at = { .name = "t.at",
	    .sqlite = "SELECT count(*) FROM migration WHERE at = 1000", .postgres = NULL };
	size_t n = 99;

	ok(is(db_migrated(db, list, 3), "migration-missing",
	    S("core 0001-start")), "an empty database lacks the first");
	ok(number(db, &at) == -1, "and looking made nothing");
	ok(!db_migrate(db, list, 1, 1000, &n) && n == 1, "one applied");
	ok(is(db_migrated(db, list, 3), "migration-missing",
	    S("core 0002-more")), "the next is missing");
	ok(!db_migrate(db, list, 3, 2000, &n) && n == 2, "the others follow");
	ok(has(db, "a") && has(db, "b") && has(db, "c"), "all are there");
	ok(!db_migrate(db, list, 3, 3000, &n) && n == 0, "the second time none");
	ok(!db_migrated(db, list, 3), "nothing is missing");
	ok(number(db, &at) == 1, "each is written down with its moment");
}

static void test_refusals(struct db *db)
{
	struct migration other[3];
	size_t n;

	memcpy(other, list, sizeof list);
	other[1].sha256 = "13";
	ok(is(db_migrate(db, other, 3, 1, &n), "migration-changed",
	    S("core 0002-more")), "a changed one is refused");
	ok(is(db_migrated(db, other, 3), "migration-changed",
	    S("core 0002-more")), "also when only looking");
	ok(is(db_migrate(db, list, 2, 1, &n), "migration-newer",
	    S("mod 0001-start")), "the database knows more than we do");
	ok(is(db_migrated(db, list, 2), "migration-newer",
	    S("mod 0001-start")), "also when only looking");
	ok(!db_script(db, "DELETE FROM migration WHERE module = 'core'"
	    " AND number = 1"), "a hole is made");
	ok(is(db_migrate(db, list, 3, 1, &n), "migration-gap",
	    S("core 0001-start")) && n == 0, "a hole is refused");
}

static void test_failure(void)
{
	struct migration bad[3];
	struct db *db = NULL;
	size_t n = 0;

	memcpy(bad, list, sizeof list);
	bad[1].sqlite = "CREATE TABLE b (id INTEGER PRIMARY KEY); SELECT nonsense";
	ok(!db_open(&db, a, path("bad.db"), DB_WRITE), "another database");
	err e = db_migrate(db, bad, 3, 1, &n);
	ok(e && e->kind == ERR_INTERNAL && n == 1, "the second fails");
	ok(has(db, "a") && !has(db, "b"), "and leaves nothing of itself");
	ok(!db_migrate(db, list, 3, 1, &n) && n == 2, "mended, it goes on");
	db_close(&db);
	ok(!db_open(&db, a, path("bad.db"), DB_READ) &&
	    !db_migrated(db, list, 3), "a reader can tell");
	db_close(&db);
}

int main(void)
{
	struct db *db = NULL;

	a = arena_new();
	if (!mkdtemp(dir))
		return 1;
	ok(!db_open(&db, a, path("a.db"), DB_WRITE), "opened");
	test_order(db);
	test_refusals(db);
	db_close(&db);
	test_failure();
	ok(system(arena_printf(a, "rm -rf %s", dir).p) == 0, "cleaned up");
	arena_free(&a);
	return done();
}
