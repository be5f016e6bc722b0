/*
 * merchant_admit.h - who gets into a sale, and who waits for a place.
 *
 * Layer 3, inner.  A venue may have a limit; who is let in when it is
 * full waits, in the order of asking.  A place that becomes free goes to
 * the first who waits, by itself: nobody can be put before another, the
 * organiser can only raise the limit, which is public.
 */
#ifndef LARIS_FESTIVAL_MERCHANT_ADMIT_H
#define LARIS_FESTIVAL_MERCHANT_ADMIT_H

#include "mod/festival/festival.h"

/* merchant_join and merchant_decide are in festival.h. */

#define BY_SELF	S("self")	/* participation.by: the sale is open to all	*/
#define BY_TURN	S("turn")	/* a place became free			*/

/* Published on the page of admission; empty: nothing said. */
err	admission_rule_set(struct tx *, struct change *, const struct festival *, str rule,
	    int64_t now) MUST_USE;
/* Free places go to those who wait. */
err	venue_fill(struct tx *, struct change *, const struct festival *, venue_id,
	    int64_t now) MUST_USE;
/* most 0: no limit.  Fewer than are in already is fine: nobody is put out. */
err	venue_limit(struct tx *, struct change *, const struct festival *, venue_id, int64_t most,
	    int64_t now) MUST_USE;
/*
 * A merchant has moved: to a full venue it may not ("venue-full"); the
 * place it leaves goes to the next.  Call after merchant_change().
 */
err	merchant_moved(struct tx *, struct change *, city_id, merchant_id, venue_id from,
	    venue_id to, int64_t now) MUST_USE;
/*
 * Out of a sale as if it had never asked, its place to the next: for one
 * that was let in by mistake.  *gone: it is out now, or was refused anyway;
 * not when it has recorded purchases, struck-out ones too.
 */
err	merchant_leave(struct tx *, struct change *, const struct festival *, merchant_id,
	    int64_t now, bool *gone) MUST_USE;
/* Its place in the list: 1 is next. */
err	waiting_place(struct db *, const struct festival *, merchant_id, int64_t *n) MUST_USE;

#endif
