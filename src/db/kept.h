/*
 * kept.h - rows read before and not written since.
 *
 * Layer 1, for src/db only.  A statement marked "-- kept:" in its .sql
 * file is answered from here.  For the one who writes, while no table it
 * reads was written: by this connection (each generated write names its
 * table), by another one (the engine's data version, looked at as a
 * transaction begins), or undone.  For one who holds a snapshot, as long as
 * he holds it: nothing in it can change.
 */
#ifndef LARIS_DB_KEPT_H
#define LARIS_DB_KEPT_H

#include "db/db.h"

struct kept;			/* of one connection			*/

/* "places": how many results at most; about 400 bytes each. */
struct kept *kept_new(struct arena *, size_t places);
void	kept_free(struct kept *);
void	kept_wrote(struct kept *, unsigned table);
void	kept_forget(struct kept *);
/* *place is where its rows go when they are not there yet. */
bool	kept_find(struct kept *, const struct db_query *, const struct db_key *,
	    struct db_kept **place);
/* A copy of the rows, whose texts are still the caller's. */
void	*kept_put(struct kept *, struct db_kept *place, const struct db_query *,
	    const struct db_key *, const void *rows, size_t n, size_t size);
struct arena *kept_arena(struct kept *);

#endif
