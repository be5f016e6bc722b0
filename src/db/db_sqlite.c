#include "db/db_sqlite.h"
#include "db/kept.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum {
	CACHE_FIRST	= 64,	/* statements; a power of two		*/
	KEPT_WRITER	= 4096,	/* results of the one who writes	*/
	KEPT_HELD	= 64,	/* of one who holds a snapshot		*/
	READ_CACHE_KIB	= 4096,
	WRITE_CACHE_KIB	= 16384,
};

/* ---- errors -------------------------------------------------------- */

/* Failures to write are the disk's; what cannot be read back is damage. */
static bool is_disk(int rc)
{
	switch (rc) {
	case SQLITE_IOERR_WRITE:
	case SQLITE_IOERR_FSYNC:
	case SQLITE_IOERR_DIR_FSYNC:
	case SQLITE_IOERR_TRUNCATE:
	case SQLITE_IOERR_SHMOPEN:
	case SQLITE_IOERR_SHMSIZE:
	case SQLITE_IOERR_SHMMAP:
	case SQLITE_IOERR_GETTEMPPATH:
		return true;
	default:
		return (rc & 0xff) == SQLITE_FULL;
	}
}

err sqlite_fail_as(struct db *db, int rc, const char *what, const char *msg)
{
	struct arena *a = db->a;
	str log = arena_printf(a, "%s: %s (%d)", what, msg, rc);

	if (is_disk(rc))
		return ERR(a, ERR_FULL, "disk-full", .log = log);
	if ((rc & 0xff) == SQLITE_BUSY || (rc & 0xff) == SQLITE_LOCKED)
		return ERR(a, ERR_BUSY, "db-busy", .log = log);
	if (rc == SQLITE_CONSTRAINT_UNIQUE ||
	    rc == SQLITE_CONSTRAINT_PRIMARYKEY ||
	    rc == SQLITE_CONSTRAINT_ROWID)
		return ERR(a, ERR_CONFLICT, "already-there", .log = log);
	return ERR(a, ERR_INTERNAL, "internal", .log = log);
}

err sqlite_fail(struct db *db, const char *what)
{
	return sqlite_fail_as(db, sqlite3_extended_errcode(db->h), what,
	    sqlite3_errmsg(db->h));
}

err sqlite_exec(struct db *db, const char *sql)
{
	if (sqlite3_exec(db->h, sql, NULL, NULL, NULL) == SQLITE_OK)
		return NULL;
	return sqlite_fail(db, sql);
}

/* ---- connections --------------------------------------------------- */

static int count_wal(void *ctx, sqlite3 *h, const char *name, int pages)
{
	(void)h;
	(void)name;
	((struct db *)ctx)->wal_pages = pages;
	return SQLITE_OK;
}

static err set_up(struct db *db)
{
	char sql[128];

	sqlite3_extended_result_codes(db->h, 1);
	sqlite3_busy_timeout(db->h, SQLITE_BUSY_MS);
	sqlite3_db_config(db->h, SQLITE_DBCONFIG_DQS_DDL, 0, (int *)NULL);
	sqlite3_db_config(db->h, SQLITE_DBCONFIG_DQS_DML, 0, (int *)NULL);
	snprintf(sql, sizeof sql, "PRAGMA cache_size=-%d; PRAGMA mmap_size=0;"
	    " PRAGMA temp_store=MEMORY; PRAGMA foreign_keys=ON",
	    db->mode == DB_READ ? READ_CACHE_KIB : WRITE_CACHE_KIB);
	TRY(sqlite_exec(db, sql));
	if (db->mode == DB_READ)
		return sqlite_exec(db, "PRAGMA query_only=ON");
	TRY(sqlite_exec(db, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
	    " PRAGMA wal_autocheckpoint=0; PRAGMA journal_size_limit=-1;"
	    " PRAGMA secure_delete=ON"));
	TRY(sqlite_clean_on(db));
	sqlite3_wal_hook(db->h, count_wal, db);
	return NULL;
}

err db_sort_on_disk(struct db *db)
{
	return sqlite_exec(db, "PRAGMA temp_store=FILE");
}

err db_cache(struct db *db, int mib)
{
	char sql[64];

	snprintf(sql, sizeof sql, "PRAGMA cache_size=-%d", mib * 1024);
	return sqlite_exec(db, sql);
}

err db_open(struct db **out, struct arena *a, const char *where,
    enum db_mode mode)
{
	*out = NULL;
	if (strncmp(where, "postgres", 8) == 0 && strstr(where, "://"))
		return ERR(a, ERR_INVALID, "db-engine",
		    .arg = { str_of("postgresql") });
	if (mode == DB_READ && access(where, F_OK) != 0)
		return ERR(a, ERR_MISSING, "db-missing",
		    .arg = { str_of(where) }, .log = str_of(strerror(errno)));

	/* its memory statistics are one lock for all threads; refused, and
	 * harmless, once the library has begun */
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	struct arena *own = arena_new();
	struct db *db = NEW(own, struct db);
	*db = (struct db){ .own = own, .a = a, .mode = mode,
	    .cap = CACHE_FIRST, .kept = mode == DB_WRITE ? kept_new(own, KEPT_WRITER) : NULL,
	    .cache = NEWN(own, struct db_stmt *, CACHE_FIRST) };
	int flags = mode == DB_READ ? SQLITE_OPEN_READONLY
	    : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
	int rc = sqlite3_open_v2(where, &db->h,
	    flags | SQLITE_OPEN_NOMUTEX, sqlite_clean_vfs());
	err e = rc == SQLITE_OK ? set_up(db)
	    : sqlite_fail_as(db, rc, where, db->h ? sqlite3_errmsg(db->h) : "open");
	if (e) {
		db_close(&db);
		return e;
	}
	*out = db;
	return NULL;
}

void db_close(struct db **p)
{
	struct db *db = *p;

	*p = NULL;
	if (!db)
		return;
	for (size_t i = 0; i < db->cap; i++)
		if (db->cache[i])
			sqlite3_finalize(db->cache[i]->st);
	int rc = sqlite3_close(db->h);
	CHECK(rc == SQLITE_OK);
	kept_free(db->kept);
	struct arena *own = db->own;
	arena_free(&own);
}

void db_arena_set(struct db *db, struct arena *a)
{
	db->a = a;
}

struct arena *db_arena(struct db *db)
{
	return db->a;
}

/* ---- transactions -------------------------------------------------- */

/* A cached statement without parameters or rows. */
static err run_plain(struct db *db, const struct db_query *q)
{
	CLEANUP(db_done) struct db_stmt *s = NULL;
	bool more;

	TRY(db_run(db, q, &s));
	return db_next(s, &more);
}

#define PLAIN(how, fn, sql)						\
how fn(struct db *db)							\
{									\
	static const struct db_query q = { .name = "db." #fn, .sqlite = sql, .postgres = sql };	\
	return run_plain(db, &q);					\
}
PLAIN(static err, begin_immediate, "BEGIN IMMEDIATE")
PLAIN(static err, commit, "COMMIT")
PLAIN(err, db_snapshot, "BEGIN DEFERRED")
PLAIN(err, db_save_begin, "SAVEPOINT one")
PLAIN(err, db_save_keep, "RELEASE one")

static void forget(struct db *db)
{
	if (db->kept)
		kept_forget(db->kept);
	db->keeping = false;
}

/* Has another connection, in any process, written since we looked last? */
static err look_around(struct db *db)
{
	static const struct db_query q = { .name = "db.data_version",
	    .sqlite = "PRAGMA data_version" };
	CLEANUP(db_done) struct db_stmt *s = NULL;
	int64_t before = db->version;
	bool more;

	TRY(db_run(db, &q, &s));
	TRY(db_next(s, &more));
	CHECK(more);
	db->version = db_int(s, 0);
	if (db->version != before)
		forget(db);
	return NULL;
}

err db_begin(struct db *db)
{
	if (db->keeping)	/* the engine ended the last one itself	*/
		forget(db);
	TRY(begin_immediate(db));
	TRY(look_around(db));
	db->keeping = db->kept != NULL;
	return NULL;
}

err db_commit(struct db *db)
{
	TRY(commit(db));
	db->keeping = false;
	return NULL;
}

err db_save_undo(struct db *db)
{
	static const struct db_query q = { .name = "db.save_undo",
	    .sqlite = "ROLLBACK TO one", .postgres = "ROLLBACK TO SAVEPOINT one" };

	if (db->kept)
		kept_forget(db->kept);
	TRY(run_plain(db, &q));
	return db_save_keep(db);
}

int64_t db_rows_written(struct db *db)
{
	return sqlite3_total_changes64(db->h);
}

bool db_in_tx(struct db *db)
{
	return !sqlite3_get_autocommit(db->h);
}

void db_undo(struct db *db)
{
	static const struct db_query q = { .name = "db.undo", .sqlite = "ROLLBACK" };

	if (db->keeping)
		forget(db);
	if (!db_in_tx(db))
		return;
	err e = run_plain(db, &q);
	if (e)
		log_line(LOG_ERROR, "rollback failed", "error=\"%.*s\"",
		    SV(e->log));
	CHECK(!db_in_tx(db));
}

void db_keep_held(struct db *db)
{
	if (!db->kept)
		db->kept = kept_new(db->own, KEPT_HELD);
	forget(db);
	db->keeping = true;
}

struct db_held *db_held(struct db *db)
{
	return &db->held;
}

err db_script(struct db *db, const char *sql)
{
	forget(db);
	return sqlite_exec(db, sql);
}

/* ---- statements ---------------------------------------------------- */

static size_t slot(struct db_stmt *const *cache, size_t cap,
    const struct db_query *q)
{
	uint64_t h = (uint64_t)(uintptr_t)q * UINT64_C(0x9e3779b97f4a7c15);
	size_t i = (size_t)(h >> 32) & (cap - 1);

	while (cache[i] && cache[i]->q != q)
		i = (i + 1) & (cap - 1);
	return i;
}

static void grow(struct db *db)
{
	size_t cap = db->cap * 2;
	struct db_stmt **cache = NEWN(db->own, struct db_stmt *, cap);

	for (size_t i = 0; i < db->cap; i++)
		if (db->cache[i])
			cache[slot(cache, cap, db->cache[i]->q)] = db->cache[i];
	db->cache = cache;
	db->cap = cap;
}

static err prepare(struct db *db, const struct db_query *q, unsigned flags,
    sqlite3_stmt **st)
{
	const char *tail;

	if (sqlite3_prepare_v3(db->h, q->sqlite, -1, flags, st, &tail)
	    != SQLITE_OK)
		return sqlite_fail(db, q->name);
	CHECK(*st && tail[strspn(tail, " \t\n;")] == '\0');
	return NULL;
}

/* While the cached one is in use (a query inside its own rows). */
static err run_extra(struct db *db, const struct db_query *q,
    struct db_stmt **out)
{
	sqlite3_stmt *st;

	TRY(prepare(db, q, 0, &st));
	*out = NEW(db->a, struct db_stmt);
	**out = (struct db_stmt){ st, db, q, true, true };
	return NULL;
}

err db_run(struct db *db, const struct db_query *q, struct db_stmt **out)
{
	size_t i = slot(db->cache, db->cap, q);

	if (!db->cache[i]) {
		sqlite3_stmt *st;
		TRY(prepare(db, q, SQLITE_PREPARE_PERSISTENT, &st));
		if (db->n++ * 2 >= db->cap) {
			grow(db);
			i = slot(db->cache, db->cap, q);
		}
		db->cache[i] = NEW(db->own, struct db_stmt);
		*db->cache[i] = (struct db_stmt){ st, db, q, false, false };
	}
	if (db->cache[i]->busy)
		return run_extra(db, q, out);
	*out = db->cache[i];
	(*out)->busy = true;
	if (q->writes && db->kept)
		kept_wrote(db->kept, q->writes);
	return NULL;
}

bool db_kept_find(struct db *db, const struct db_query *q, const struct db_key *key,
    struct db_kept **place)
{
	*place = NULL;
	return db->keeping && kept_find(db->kept, q, key, place);
}

void *db_kept_put(struct db *db, struct db_kept *place, const struct db_query *q,
    const struct db_key *key, const void *rows, size_t n, size_t size, struct arena **texts)
{
	*texts = kept_arena(db->kept);
	return kept_put(db->kept, place, q, key, rows, n, size);
}

void db_bind_int(struct db_stmt *s, int i, int64_t v)
{
	int rc = sqlite3_bind_int64(s->st, i, v);
	CHECK(rc == SQLITE_OK);
}

/* SQLite takes a NULL pointer for NULL, an empty str may hold one. */
void db_bind_text(struct db_stmt *s, int i, str v)
{
	int rc = sqlite3_bind_text64(s->st, i, v.n ? v.p : "", v.n,
	    SQLITE_STATIC, SQLITE_UTF8);
	CHECK(rc == SQLITE_OK);
}

void db_bind_bytes(struct db_stmt *s, int i, str v)
{
	int rc = sqlite3_bind_blob64(s->st, i, v.n ? v.p : "", v.n,
	    SQLITE_STATIC);
	CHECK(rc == SQLITE_OK);
}

void db_bind_null(struct db_stmt *s, int i)
{
	int rc = sqlite3_bind_null(s->st, i);
	CHECK(rc == SQLITE_OK);
}

err db_next(struct db_stmt *s, bool *more)
{
	int rc = sqlite3_step(s->st);

	*more = rc == SQLITE_ROW;
	if (rc == SQLITE_ROW || rc == SQLITE_DONE)
		return NULL;
	return sqlite_fail(s->db, s->q->name);
}

int64_t db_int(struct db_stmt *s, int col)
{
	return sqlite3_column_int64(s->st, col);
}

str db_text_lent(struct db_stmt *s, int col)
{
	const char *p = (const char *)sqlite3_column_text(s->st, col);

	return p ? (str){ p, (size_t)sqlite3_column_bytes(s->st, col) } : S("");
}

str db_bytes_lent(struct db_stmt *s, int col)
{
	const char *p = sqlite3_column_blob(s->st, col);

	return p ? (str){ p, (size_t)sqlite3_column_bytes(s->st, col) } : S("");
}

str db_text(struct db_stmt *s, int col)
{
	return arena_str(s->db->a, db_text_lent(s, col));
}

str db_bytes(struct db_stmt *s, int col)
{
	return arena_str(s->db->a, db_bytes_lent(s, col));
}

bool db_is_null(struct db_stmt *s, int col)
{
	return sqlite3_column_type(s->st, col) == SQLITE_NULL;
}

int64_t db_changed(struct db_stmt *s)
{
	return sqlite3_changes64(s->db->h);
}

void db_done(struct db_stmt **p)
{
	struct db_stmt *s = *p;

	*p = NULL;
	if (!s)
		return;
	if (s->extra)
		sqlite3_finalize(s->st);
	else
		sqlite3_reset(s->st);
	s->busy = false;
}
