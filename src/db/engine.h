/*
 * engine.h - what the writer asks of an engine, beyond db.h.
 *
 * Layer 1, for src/db only.  Savepoints do not nest: one change, one
 * savepoint.
 */
#ifndef LARIS_DB_ENGINE_H
#define LARIS_DB_ENGINE_H

#include "db/db.h"

/* The batch's transaction; undo is right in any state. */
err	db_begin(struct db *) MUST_USE;
err	db_commit(struct db *) MUST_USE;
void	db_undo(struct db *);
/* False: the engine has rolled everything back by itself (disk full). */
bool	db_in_tx(struct db *);

err	db_snapshot(struct db *) MUST_USE;	/* begin one to read from */
/* The snapshot of db_read_hold, taken when there were so many commits. */
struct db_held { bool on; uint64_t commits; };
struct db_held *db_held(struct db *);
/* Its snapshot is held from here to db_undo: what is read may be kept. */
void	db_keep_held(struct db *);

/* Rows this connection ever wrote: the same again means nothing written. */
int64_t	db_rows_written(struct db *);

err	db_save_begin(struct db *) MUST_USE;
err	db_save_keep(struct db *) MUST_USE;
err	db_save_undo(struct db *) MUST_USE;

/* Pages in the WAL after this connection's last commit. */
int64_t	db_wal_pages(const struct db *);
/*
 * As db_checkpoint, and the next commit begins the WAL anew, in the room
 * the file already has.  Nobody else may be writing; readers are waited
 * for a short while.  ERR_BUSY "db-busy": a reader holds on.
 */
err	db_checkpoint_restart(struct db *, int64_t *wal_pages) MUST_USE;
/* "done" of the pages are in the database file; equal: nothing to do. */
err	db_checkpoint_some(struct db *, int64_t *wal_pages, int64_t *done) MUST_USE;

/* Pages kept in memory are read anew from the file. */
void	db_cache_drop(struct db *);

#endif
