#include "db/db_sqlite.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum {
	RESTART_MS	= 50,	/* the writer stands still meanwhile	*/
	DAMAGE_MAX	= 10,	/* findings of an integrity check	*/
};

int64_t db_wal_pages(const struct db *db)
{
	return db->wal_pages;
}

err db_checkpoint_some(struct db *db, int64_t *wal_pages, int64_t *done)
{
	int log = 0, back = 0;
	int rc = sqlite3_wal_checkpoint_v2(db->h, "main",
	    SQLITE_CHECKPOINT_PASSIVE, &log, &back);

	*wal_pages = log > 0 ? log : 0;
	*done = back > 0 ? back : 0;
	/* somebody else is at it: the same as little progress */
	if (rc == SQLITE_OK || (rc & 0xff) == SQLITE_BUSY)
		return NULL;
	return sqlite_fail(db, "checkpoint");
}

err db_checkpoint(struct db *db, int64_t *wal_pages)
{
	int64_t done;

	return db_checkpoint_some(db, wal_pages, &done);
}

err db_checkpoint_restart(struct db *db, int64_t *wal_pages)
{
	int log = 0, back = 0;

	sqlite3_busy_timeout(db->h, RESTART_MS);
	int rc = sqlite3_wal_checkpoint_v2(db->h, "main",
	    SQLITE_CHECKPOINT_RESTART, &log, &back);
	sqlite3_busy_timeout(db->h, SQLITE_BUSY_MS);
	*wal_pages = log > 0 ? log : 0;
	return rc == SQLITE_OK ? NULL : sqlite_fail(db, "checkpoint");
}

err db_scrub(struct db *db, int patience_ms)
{
	int log = 0, back = 0;

	sqlite3_busy_timeout(db->h, patience_ms);
	int rc = sqlite3_wal_checkpoint_v2(db->h, "main", SQLITE_CHECKPOINT_TRUNCATE, &log, &back);
	sqlite3_busy_timeout(db->h, SQLITE_BUSY_MS);
	if ((rc & 0xff) == SQLITE_BUSY)
		return ERR(db->a, ERR_BUSY, "db-scrub");
	return rc == SQLITE_OK ? NULL : sqlite_fail(db, "checkpoint");
}

void db_cache_drop(struct db *db)
{
	sqlite3_db_release_memory(db->h);
}

static err damage(struct db *db, str what)
{
	return ERR(db->a, ERR_CONFLICT, "db-damaged", .arg = { what },
	    .log = what);
}

err db_integrity(struct db *db)
{
	static const struct db_query whole = { .name = "db.integrity",
	    .sqlite = "PRAGMA integrity_check(1)", .postgres = NULL };
	static const struct db_query refs = { .name = "db.references",
	    .sqlite = "PRAGMA foreign_key_check", .postgres = NULL };
	CLEANUP(db_done) struct db_stmt *s = NULL;
	CLEANUP(db_done) struct db_stmt *r = NULL;
	bool more;

	TRY(db_run(db, &whole, &s));
	TRY(db_next(s, &more));
	CHECK(more);
	str said = db_text(s, 0);
	if (!str_eq(said, S("ok")))
		return damage(db, said);
	TRY(db_run(db, &refs, &r));
	TRY(db_next(r, &more));
	if (!more)
		return NULL;
	str from = db_text(r, 0), to = db_text(r, 2);
	return damage(db, arena_printf(db->a,
	    "a row of %.*s refers to a missing row of %.*s",
	    SV(from), SV(to)));
}

/* ---- backup -------------------------------------------------------- */

static err copy_pages(struct db *from, struct db *to)
{
	sqlite3_backup *b = sqlite3_backup_init(to->h, "main", from->h, "main");

	if (!b)
		return sqlite_fail_as(from, sqlite3_extended_errcode(to->h), "backup",
		    sqlite3_errmsg(to->h));
	/* in one step: one snapshot, however long it takes */
	int rc = sqlite3_backup_step(b, -1);
	int end = sqlite3_backup_finish(b);
	if (rc == SQLITE_DONE && end == SQLITE_OK)
		return NULL;
	return sqlite_fail_as(from, rc == SQLITE_DONE ? end : rc, "backup",
	    sqlite3_errmsg(to->h));
}

/*
 * The copy is left in rollback mode: one plain file that even a read-only
 * medium can serve.  Opened for writing it becomes WAL again.
 */
static err copy_file(struct db *db, const char *to)
{
	struct db part = { .a = db->a };
	err e = NULL;

	if (sqlite3_open_v2(to, &part.h, SQLITE_OPEN_READWRITE |
	    SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, sqlite_clean_vfs()) != SQLITE_OK)
		e = sqlite_fail_as(db, SQLITE_CANTOPEN, to, "cannot create");
	if (!e)
		e = sqlite_clean_on(&part);
	if (!e)
		e = sqlite_exec(&part, "PRAGMA journal_mode=OFF;"
		    " PRAGMA synchronous=OFF");
	if (!e)
		e = copy_pages(db, &part);
	if (!e)
		e = sqlite_exec(&part, "PRAGMA journal_mode=DELETE");
	sqlite3_close(part.h);
	return e;
}

static err verify(struct db *db, const char *path)
{
	CLEANUP(db_close) struct db *copy = NULL;

	TRY(db_open(&copy, db->a, path, DB_READ));
	return db_integrity(copy);
}

static err sync_path(struct db *db, const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	int rc = fd < 0 ? -1 : fsync(fd);
	int saved = errno;

	if (fd >= 0)
		close(fd);
	if (rc == 0)
		return NULL;
	return ERR(db->a, ERR_FULL, "disk-full", .log = arena_printf(db->a,
	    "%s: %s", path, strerror(saved)));
}

static err publish(struct db *db, const char *part, const char *to)
{
	const char *slash = strrchr(to, '/');
	str dir = slash ? arena_str(db->a, (str){ to, (size_t)(slash - to + 1) })
	    : S(".");

	TRY(sync_path(db, part));
	if (renameat2(AT_FDCWD, part, AT_FDCWD, to, RENAME_NOREPLACE) != 0)
		return ERR(db->a, ERR_CONFLICT, "backup-exists",
		    .arg = { str_of(to) }, .log = str_of(strerror(errno)));
	return sync_path(db, dir.p);
}

err db_backup(struct db *db, const char *to)
{
	const char *part = arena_printf(db->a, "%s.part", to).p;

	if (access(to, F_OK) == 0)
		return ERR(db->a, ERR_CONFLICT, "backup-exists",
		    .arg = { str_of(to) });
	unlink(part);
	err e = copy_file(db, part);
	if (!e)
		e = verify(db, part);
	if (!e)
		e = publish(db, part, to);
	if (e)
		unlink(part);
	return e;
}
