/*
 * keeper.h - the thread that moves the WAL into the database file.
 *
 * Layer 1, for src/db only.  It works beside the writer, about every
 * 20 ms while there is something to move, and sleeps when there is not.
 * When load is so constant that the WAL would grow without end, it asks
 * the writer to stand still between two batches, moves the little that
 * is left and lets the WAL begin anew in the room it has.
 */
#ifndef LARIS_DB_KEEPER_H
#define LARIS_DB_KEEPER_H

#include "db/db.h"

struct keeper;

/* "wal_max": pages at which the WAL begins anew. */
err	keeper_open(struct keeper **, struct arena *, const char *where,
	    int64_t wal_max) MUST_USE;
void	keeper_close(struct keeper **);	/* after the writer's last batch */
/* Around each batch, on the writer's thread. */
bool	keeper_enter(struct keeper *);	/* true: drop what is cached first */
void	keeper_leave(struct keeper *);
/* See writer_wipe; any thread. */
err	keeper_wipe(struct keeper *, struct arena *) MUST_USE;

#endif
