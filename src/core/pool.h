/*
 * pool.h - the slow pool: work that would stop an event loop.
 *
 * Layer 2.  A few threads, each with its own read connection: hashing
 * passwords ("prepare"), GETs marked slow, pages shown again after a
 * refused POST.  The queue is bounded: over it ERR_BUSY.
 */
#ifndef LARIS_CORE_POOL_H
#define LARIS_CORE_POOL_H

#include "db/db.h"

struct pool;
struct task {
	void (*run)(struct task *, struct db *);
	struct task *next;
};

err pool_open(struct pool **, struct arena *, const char *where, int threads,
    size_t queue_max) MUST_USE;
bool	pool_submit(struct pool *, struct task *) MUST_USE;	/* false: full */
void	pool_close(struct pool **);	/* runs what is queued, then stops */

#endif
