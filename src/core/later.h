/*
 * later.h - ask for a job, in the change that makes it needed.
 *
 * Layer 2.  The thread of jobs is woken by the commit; a job whose time
 * has come begins within a second or two.
 */
#ifndef LARIS_CORE_LATER_H
#define LARIS_CORE_LATER_H

#include "core/ids.h"
#include "db/writer.h"

/* A job more of that kind, not before "due".  A NULL change wakes nobody. */
err	later_add(struct tx *, struct change *, city_id, const char *kind, int64_t due) MUST_USE;
/* One that waits already is brought forward to "due", else one more is made. */
err	later_once(struct tx *, struct change *, city_id, const char *kind, int64_t due) MUST_USE;
/* Touched by both: of that city, and with id 0 of any. */
uint64_t later_key(city_id);

#endif
