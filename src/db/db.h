/*
 * db.h - one database connection, whichever engine is behind it.
 *
 * Layer 1.  Modules never call these: they call the typed functions that
 * tools/sqlc.py makes from their .sql files, which call these.  A read
 * function takes a struct db *; a write function takes a struct tx *,
 * which only a change (writer.h) ever holds: so a GET handler cannot
 * write, by type.
 *
 * One connection belongs to one thread at a time.  Results are copied
 * into the connection's current arena.
 */
#ifndef LARIS_DB_DB_H
#define LARIS_DB_DB_H

#include "base/base.h"

struct db;			/* one connection			*/
struct db_stmt;			/* owned by the connection's cache	*/
struct tx { struct db *db; };	/* the right to write, inside a transaction */

enum db_mode { DB_READ, DB_WRITE };

/*
 * "where" is a path (SQLite) or postgresql://… (a later engine).
 * DB_READ connections are opened read-only and stay so.
 * ERR_MISSING "db-missing" when DB_READ and the file does not exist.
 */
err	db_open(struct db **, struct arena *, const char *where, enum db_mode) MUST_USE;
void	db_close(struct db **);
void	db_arena_set(struct db *, struct arena *);
struct arena *db_arena(struct db *);

/* A consistent snapshot for several reads; ends with db_read_end. */
err	db_read_begin(struct db *) MUST_USE;
void	db_read_end(struct db *);
/*
 * For a thread that answers many requests in a row: hold one snapshot
 * for all of them, until db_read_release.  Called again it takes a newer
 * one only if this process has committed since, so nothing that anybody
 * was told is ever missing; db_read_begin and _end cost nothing inside.
 * Release before waiting: a held snapshot keeps checkpoints from ending.
 */
err	db_read_hold(struct db *) MUST_USE;
void	db_read_release(struct db *);

/*
 * A transaction that rolls back unless committed: for the command line
 * (init, migrate, tests).  The server's changes go through writer.h.
 */
struct db_tx { struct tx tx; bool open; };
#define DB_TX(name, conn)						\
	CLEANUP(db_tx_end) struct db_tx name = { { NULL }, false };	\
	TRY(db_tx_begin(&name, (conn)))
err	db_tx_begin(struct db_tx *, struct db *) MUST_USE;
err	db_tx_commit(struct db_tx *) MUST_USE;
void	db_tx_end(struct db_tx *);

/* From here on sorts that outgrow this connection's cache go to the disk (the
 * engine's temporary files), not to memory: for work over every row. */
err	db_sort_on_disk(struct db *) MUST_USE;
/* A cache of so many MiB: for one who writes millions of rows at once, or who
 * looks at every city and shall leave little memory behind. */
err	db_cache(struct db *, int mib) MUST_USE;

/* Several statements without parameters: migrations and tests only. */
err	db_script(struct db *, const char *sql) MUST_USE;

/* ---- what generated code is written in ---------------------------- */

struct db_query {
	const char *name;	/* "festival.purchase_add"		*/
	const char *sqlite, *postgres;
	uint16_t writes;	/* a number for the table it writes; 0: reads */
	uint16_t reads[4];	/* of a kept one, the tables it reads	*/
};
/* A cached prepared statement, reset and ready to bind. */
err	db_run(struct db *, const struct db_query *, struct db_stmt **) MUST_USE;
/* Parameters count from 1.  Text and bytes must live until db_done. */
void	db_bind_int(struct db_stmt *, int i, int64_t);
void	db_bind_text(struct db_stmt *, int i, str);
void	db_bind_bytes(struct db_stmt *, int i, str);
void	db_bind_null(struct db_stmt *, int i);
err	db_next(struct db_stmt *, bool *more) MUST_USE;
int64_t	db_int(struct db_stmt *, int col);	/* NULL gives 0		*/
str	db_text(struct db_stmt *, int col);	/* NULL gives the empty str */
str	db_bytes(struct db_stmt *, int col);
/* The same, not copied: until the next db_next or db_done. */
str	db_text_lent(struct db_stmt *, int col);
str	db_bytes_lent(struct db_stmt *, int col);
bool	db_is_null(struct db_stmt *, int col);
/* Rows inserted, updated or deleted, once db_next has said there is no more. */
int64_t	db_changed(struct db_stmt *);
void	db_done(struct db_stmt **);		/* for CLEANUP		*/
/* ERR_MISSING "not-found", the name of the query in its log. */
err	db_no_row(struct db *, const struct db_query *) MUST_USE;

/*
 * Of a "-- kept:" statement: the rows it gave before, if nothing it reads
 * was written since.  Only inside a transaction that may write; elsewhere
 * *place is NULL and nothing is kept.
 */
struct db_kept;
struct db_key { int64_t num[4]; str text; };
bool	db_kept_find(struct db *, const struct db_query *, const struct db_key *,
	    struct db_kept **place);
const void *db_kept_rows(const struct db_kept *, size_t *n);
/* Keeps a copy; its texts are for the caller to copy into *texts. */
void	*db_kept_put(struct db *, struct db_kept *place, const struct db_query *,
	    const struct db_key *, const void *rows, size_t n, size_t size,
	    struct arena **texts);

/* ---- schema and care ---------------------------------------------- */

struct migration {		/* made by tools/sqlc.py		*/
	const char *module;
	int number;		/* from 1, without gaps, in a module	*/
	const char *name;	/* "start"				*/
	const char *sqlite, *postgres;
	const char *sha256;	/* of the source file, hex		*/
};
/*
 * Apply what is missing, in order, each in its own transaction.
 * ERR_CONFLICT "migration-changed" when an applied one's checksum differs,
 * "migration-newer" when the database knows one that we do not.
 */
err	db_migrate(struct db *, const struct migration *, size_t n, int64_t now,
	    size_t *applied) MUST_USE;
/* Nothing is missing and nothing differs, without changing anything. */
err	db_migrated(struct db *, const struct migration *, size_t n) MUST_USE;

/* Online, consistent copy into a new file; verified before it returns. */
err	db_backup(struct db *, const char *to) MUST_USE;
/* The engine's own integrity check; ERR_CONFLICT "db-damaged" says what. */
err	db_integrity(struct db *) MUST_USE;
/*
 * What was deleted or written over is in no byte of the file, and now in none of
 * its log either: all of that goes into the file and is cut to nothing.  Waits for
 * who reads or writes: ERR_BUSY "db-scrub" when they do not end.
 */
err	db_scrub(struct db *, int patience_ms) MUST_USE;
/* SQLite: move the WAL into the file as far as readers allow. */
err	db_checkpoint(struct db *, int64_t *wal_pages) MUST_USE;

#endif
