/*
 * db_sqlite.h - a connection of SQLite, between the files of that engine.
 *
 * Layer 1, for db_sqlite*.c only.
 */
#ifndef LARIS_DB_SQLITE_H
#define LARIS_DB_SQLITE_H

#include "db/engine.h"
#include <sqlite3.h>

struct db_stmt {
	sqlite3_stmt *st;
	struct db *db;
	const struct db_query *q;
	bool busy, extra;	/* extra: a second run of a busy one	*/
};

struct db {
	sqlite3 *h;
	struct arena *own;	/* this struct and the cache live here	*/
	struct arena *a;	/* results and errors go here		*/
	enum db_mode mode;
	struct db_stmt **cache;	/* open addressing by address of query	*/
	size_t cap, n;
	int wal_pages;
	struct db_held held;
	struct kept *kept;	/* NULL: one that only reads, and holds nothing	*/
	bool keeping;		/* in a transaction that may write, or a held snapshot */
	int64_t version;	/* of the data, as others change it	*/
};

enum { SQLITE_BUSY_MS = 5000 };	/* another process writes	*/

/* What the engine says went wrong with "what"; in db_arena(). */
err	sqlite_fail(struct db *, const char *what) MUST_USE;
err	sqlite_fail_as(struct db *, int rc, const char *what, const char *msg) MUST_USE;
err	sqlite_exec(struct db *, const char *sql) MUST_USE;

/* The file system to open with, and its zeroing of what is left over, once a
 * connection that writes is set up (db_sqlite_clean.c). */
const char *sqlite_clean_vfs(void);
err	sqlite_clean_on(struct db *) MUST_USE;

#endif
