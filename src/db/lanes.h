/*
 * lanes.h - the writer's queue: a lane for each city, taken in turn.
 *
 * Layer 1, for src/db only.  Within a lane changes keep their order.
 */
#ifndef LARIS_DB_LANES_H
#define LARIS_DB_LANES_H

#include "db/writer.h"

struct lanes;

struct lanes *lanes_new(struct arena *);
/*
 * False: no room.  Over "most" in all only who has hardly anything waiting
 * still gets in, so that a city that fills the queue refuses only itself.
 */
bool	lanes_add(struct lanes *, struct change *, size_t most);
/*
 * The next ones, one from each lane in turn.  While several cities write
 * none gives more than a share, so that nobody waits for one's hundreds.
 */
struct change *lanes_cut(struct lanes *, size_t most, size_t *n);
size_t	lanes_waiting(const struct lanes *);

#endif
