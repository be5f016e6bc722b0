/*
 * live.h - figures as server-sent events, told when they have moved.
 *
 * Layer 2.  A page shows them once; a stream then tells what they are each
 * time the key (tx_touch) was touched, so that nothing need be loaded again.
 */
#ifndef LARIS_CORE_LIVE_H
#define LARIS_CORE_LIVE_H

#include "core/req.h"

struct live_of {		/* numbers only: the request's strings do not outlive it */
	city_id city;
	int64_t id;
	enum zone zone;
	enum lang lang;
};
/*
 * Writes one JSON value; runs on the loop's thread, its memory (db_arena) is
 * given back behind it.  An error: nothing is told this time.
 */
typedef err live_event(struct db *, const struct live_of *, struct json_out *);

/* The reply of a ROUTE_STREAM handler: at once, then whenever "key" is touched. */
void	live_open(struct req *, uint64_t key, live_event *, const struct live_of *);

#endif
