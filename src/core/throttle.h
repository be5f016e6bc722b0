/*
 * throttle.h - guesses cost the guesser time, and nobody else.
 *
 * Layer 2.  Failures are counted by a key that holds the guesser's
 * address ("login|address"), so that a stranger's failures slow down the
 * stranger, never the owner elsewhere.  After the free tries each failure
 * doubles the wait, up to 15 minutes.  Check in "prepare", write in the
 * change.
 */
#ifndef LARIS_CORE_THROTTLE_H
#define LARIS_CORE_THROTTLE_H

#include "core/req.h"

struct throttle {
	city_id city;
	struct throttle_key {
		str key;
		int64_t allowed;	/* free tries			*/
		int64_t failures;	/* so far; filled by throttle_check */
	} k[3];
	size_t n;
};

/* ERR_BUSY "signin-wait" with the seconds. */
err	throttle_check(struct req *, struct throttle *) MUST_USE;
err	throttle_failed(struct req *, const struct throttle *) MUST_USE;
err	throttle_clear(struct req *, const struct throttle *) MUST_USE;	/* the first key */

#endif
