#include "db/db.h"
#include "tests/tap.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct db_query add = { .name = "t.add",
    .sqlite = "INSERT INTO t (city, id, name, data) VALUES (?1, ?2, ?3, ?4)", .postgres = NULL };
static const struct db_query get = { .name = "t.get",
    .sqlite = "SELECT id, name, data FROM t WHERE city = ?1 ORDER BY id", .postgres = NULL };
static const struct db_query up = { .name = "t.up",
    .sqlite = "UPDATE t SET name = ?2 WHERE city = ?1", .postgres = NULL };

static char dir[] = "/tmp/laris-db-XXXXXX";
static struct arena *a;

static const char *path(const char *name)
{
	return arena_printf(a, "%s/%s", dir, name).p;
}

static err put(struct db *db, int64_t city, int64_t id, str name)
{
	CLEANUP(db_done) struct db_stmt *s = NULL;
	bool more;

	TRY(db_run(db, &add, &s));
	db_bind_int(s, 1, city);
	db_bind_int(s, 2, id);
	db_bind_text(s, 3, name);
	if (name.n)
		db_bind_bytes(s, 4, (str){ "a\0b", 3 });
	else
		db_bind_null(s, 4);
	return db_next(s, &more);
}

/* How many rows a city has; -1 on an error. */
static int64_t count(struct db *db, int64_t city)
{
	CLEANUP(db_done) struct db_stmt *s = NULL;
	bool more;

	if (db_run(db, &get, &s))
		return -1;
	db_bind_int(s, 1, city);
	for (int64_t n = 0;; n++) {
		if (db_next(s, &more))
			return -1;
		if (!more)
			return n;
	}
}

static bool is(err e, enum err_kind kind, const char *rule)
{
	return e && e->kind == kind && strcmp(e->rule, rule) == 0;
}

static const char create[] = "CREATE TABLE t (city INTEGER, id INTEGER,"
    " name TEXT NOT NULL, data BLOB, PRIMARY KEY (city, id))"
    " STRICT, WITHOUT ROWID; CREATE TABLE kid (city INTEGER, id INTEGER,"
    " PRIMARY KEY (city, id), FOREIGN KEY (city, id) REFERENCES t (city, id))"
    " STRICT, WITHOUT ROWID";

static void test_open(void)
{
	struct db *db = NULL;

	ok(is(db_open(&db, a, path("none.db"), DB_READ), ERR_MISSING,
	    "db-missing") && !db, "a missing file is not made by a reader");
	ok(access(path("none.db"), F_OK) != 0, "... and is still missing");
	ok(is(db_open(&db, a, "postgresql://x/y", DB_WRITE), ERR_INVALID,
	    "db-engine"), "another engine is refused by name");
	ok(db_open(&db, a, dir, DB_WRITE) != NULL, "a folder is no database");
	ok(db_open(&db, a, path("a.db"), DB_WRITE) == NULL, "made and opened");
	ok(db_script(db, create) == NULL, "schema");
	db_close(&db);
	ok(!db, "closed");
	db_close(&db);
}

static void test_values(struct db *db)
{
	ok(!put(db, 1, 1, S("nama")), "insert");
	ok(!put(db, 1, 2, (str){ 0 }), "an empty str without a pointer is text");
	ok(!put(db, 1, -9, S("\xf0\x9f\x91\x8d")), "UTF-8");
	ok(is(put(db, 1, 2, S("x")), ERR_CONFLICT, "already-there"),
	    "the key is taken");
}

static void test_results(struct db *db)
{
	CLEANUP(db_done) struct db_stmt *s = NULL;
	bool more = false;

	ok(!db_run(db, &get, &s), "run");
	db_bind_int(s, 1, 1);
	ok(!db_next(s, &more) && more && db_int(s, 0) == -9, "negative first");
	ok(!db_next(s, &more) && more && str_eq(db_text(s, 1), S("nama")) &&
	    str_eq(db_bytes(s, 2), ((str){ "a\0b", 3 })), "bytes with a NUL");
	str kept = db_text(s, 1), lent = db_text_lent(s, 1);
	ok(lent.p != kept.p && str_eq(lent, kept), "lent is not the copy");
	ok(count(db, 1) == 3, "the same query inside its own rows");
	ok(!db_next(s, &more) && more && db_text(s, 1).n == 0 &&
	    !db_is_null(s, 1) && db_is_null(s, 2) && db_int(s, 2) == 0 &&
	    db_bytes(s, 2).n == 0 && db_bytes(s, 2).p, "empty and NULL");
	ok(str_eq(kept, S("nama")), "a copied text outlives its row");
	ok(!db_next(s, &more) && !more, "the end");
}

static void test_changed(struct db *db)
{
	CLEANUP(db_done) struct db_stmt *s = NULL;
	bool more;

	ok(!db_run(db, &up, &s), "update");
	db_bind_int(s, 1, 1);
	db_bind_text(s, 2, S("baru"));
	ok(!db_next(s, &more) && !more && db_changed(s) == 3, "three changed");
	db_done(&s);
	ok(!s && !db_run(db, &up, &s), "again");
	db_bind_int(s, 1, 77);
	db_bind_text(s, 2, S("baru"));
	ok(!db_next(s, &more) && !more && db_changed(s) == 0, "none changed");
}

static err add_then_leave(struct db *db, bool commit)
{
	DB_TX(tx, db);
	TRY(put(tx.tx.db, 2, commit ? 1 : 2, S("x")));
	if (commit)
		TRY(db_tx_commit(&tx));
	return NULL;
}

static err orphan(struct db *db)
{
	DB_TX(tx, db);
	TRY(db_script(db, "INSERT INTO kid VALUES (8, 8)"));
	return db_tx_commit(&tx);
}

static void test_tx(struct db *db)
{
	ok(!add_then_leave(db, false) && count(db, 2) == 0,
	    "left without commit: rolled back");
	ok(!add_then_leave(db, true) && count(db, 2) == 1, "committed");
	ok(orphan(db) != NULL, "foreign keys are enforced");
	ok(!add_then_leave(db, false), "and the connection is usable after it");
}

static void test_reader(struct db *db)
{
	struct db *r = NULL;

	ok(!db_open(&r, a, path("a.db"), DB_READ), "a reader opens");
	ok(db_script(r, "INSERT INTO kid VALUES (1, 1)") != NULL,
	    "a reader cannot write");
	ok(count(r, 3) == 0, "nothing yet");
	ok(!db_read_begin(r) && count(r, 3) == 0, "a snapshot");
	ok(!put(db, 3, 1, S("x")), "the writer is not kept waiting");
	ok(count(r, 3) == 0, "the snapshot stays");
	db_read_end(r);
	ok(count(r, 3) == 1, "after it the row is there");
	db_close(&r);
}

static void test_busy(void)
{
	struct db *one = NULL, *two = NULL;
	struct db_tx t = { { NULL }, false }, u = { { NULL }, false };

	ok(!db_open(&one, a, path("a.db"), DB_WRITE) &&
	    !db_open(&two, a, path("a.db"), DB_WRITE), "two writers");
	ok(!db_script(two, "PRAGMA busy_timeout=1"), "the second is impatient");
	ok(!db_tx_begin(&t, one), "one begins");
	ok(is(db_tx_begin(&u, two), ERR_BUSY, "db-busy"), "the other is told");
	db_tx_end(&t);
	ok(!db_tx_begin(&u, two), "until the first has gone");
	db_tx_end(&u);
	db_close(&one);
	db_close(&two);
}

static void test_many(struct db *db)
{
	static struct db_query q[300];
	bool more, good = true;

	for (size_t i = 0; i < countof(q) * 2; i++) {
		CLEANUP(db_done) struct db_stmt *s = NULL;
		struct db_query *one = &q[i % countof(q)];
		if (i < countof(q))
			*one = (struct db_query){ .name = "t.n",
			    .sqlite = arena_printf(a, "SELECT %zu", i).p };
		good = good && !db_run(db, one, &s) && !db_next(s, &more) &&
		    db_int(s, 0) == (int64_t)(i % countof(q));
	}
	ok(good, "300 statements, each found again");
}

static void test_backup(struct db *db)
{
	struct db *b = NULL;
	int64_t pages = -1;
	struct stat st;

	ok(!db_backup(db, path("copy.db")), "backup");
	ok(is(db_backup(db, path("copy.db")), ERR_CONFLICT, "backup-exists"),
	    "never over a file");
	ok(stat(path("copy.db-wal"), &st) != 0 &&
	    stat(path("copy.db.part"), &st) != 0, "one file, nothing beside it");
	ok(!db_open(&b, a, path("copy.db"), DB_READ) &&
	    count(b, 1) == count(db, 1) && count(b, 1) == 3, "the same rows");
	db_close(&b);
	ok(db_backup(db, path("none/copy.db")) != NULL, "no such folder");
	ok(!db_checkpoint(db, &pages) && pages >= 0, "checkpoint");
	ok(!db_integrity(db), "sound");
}

static void test_damage(void)
{
	struct db *db = NULL;
	FILE *f = fopen(path("copy.db"), "r+b");

	/* page 3 and on: trees, not the schema */
	ok(f && !fseek(f, 4096 + 8, SEEK_SET), "open the copy");
	for (int i = 0; f && i < 3 * 4096; i++)
		fputc(0xa5, f);
	ok(f && fclose(f) == 0, "spoil it");
	ok(!db_open(&db, a, path("copy.db"), DB_READ), "it still opens");
	err e = db_integrity(db);
	ok(is(e, ERR_CONFLICT, "db-damaged") && e->arg[0].n,
	    "the damage is found and named");
	ok(db_backup(db, path("worse.db")) != NULL &&
	    access(path("worse.db"), F_OK) != 0 &&
	    access(path("worse.db.part"), F_OK) != 0,
	    "a damaged database gives no backup, and leaves nothing");
	db_close(&db);
	ok(!db_open(&db, a, path("a.db"), DB_WRITE) && !db_script(db,
	    "PRAGMA foreign_keys=OFF; INSERT INTO kid VALUES (6, 6)"),
	    "a row without its parent");
	ok(is(db_integrity(db), ERR_CONFLICT, "db-damaged"), "is found too");
	ok(!db_script(db, "DELETE FROM kid"), "mended");
	db_close(&db);
}

int main(void)
{
	struct db *db = NULL;

	a = arena_new();
	if (!mkdtemp(dir))
		return 1;
	test_open();
	ok(!db_open(&db, a, path("a.db"), DB_WRITE), "opened again");
	test_values(db);
	test_results(db);
	test_changed(db);
	test_tx(db);
	test_reader(db);
	test_busy();
	test_many(db);
	test_backup(db);
	db_close(&db);
	test_damage();
	ok(system(arena_printf(a, "rm -rf %s", dir).p) == 0, "cleaned up");
	arena_free(&a);
	return done();
}
