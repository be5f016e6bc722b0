/*
 * find.h - what the catalogue is asked, by page and by API.
 *
 * Layer 3, inner.  Everything asked stands in the URL: a search can be
 * sent to somebody, and the back button works.
 */
#ifndef LARIS_PROMO_FIND_H
#define LARIS_PROMO_FIND_H

#include "mod/promo/promo.h"

#define SOON_DAYS	3	/* "ending soon": today and the two days after it */
#define NEAR_M		2000	/* "near me": metres, when the URL says no other */

struct promo_query {
	str q, venue, village, km;	/* as asked			*/
	str venue_name;
	venue_id venue_id;
	int64_t sector;		/* -1: any				*/
	bool open, soon, near, any;	/* any: something was asked	*/
	int64_t latitude, longitude, reach_m;
	promotion_id before;	/* "after" in the URL: the last one seen */
};

struct promo_found {
	struct promotion p;
	str merchant, merchant_slug, stall, venue, venue_slug, village;
	int64_t merchant_code, sector;	/* sector -1: none		*/
	int64_t metres;		/* from where one is; -1: not asked, or not known */
	bool open;
};

/* ERR_INVALID "field-id", "promo-no-venue", "field-choice", "promo-place". */
err	promo_query_read(struct req *, struct promo_query *) MUST_USE;
/* "next": the id to go on from, 0 at the end. */
err	promo_find(struct req *, const struct festival *, const struct promo_query *, size_t limit,
	    struct promo_found **, size_t *n, promotion_id *next) MUST_USE;
err	promo_found_load(struct req *, const struct festival *, promotion_id,
	    struct promo_found *) MUST_USE;
/* "1/4", "Diskon 25 %, paling banyak Rp 50.000", "Beli 2 gratis 1" */
str	promo_gives_text(struct arena *, enum lang, const struct promotion *);
/* "17.00-21.00", or empty: all day. */
str	promo_hours_text(struct arena *, const struct promotion *);
/* A kelurahan's name by its code; the code itself when there is none. */
str	village_name(str code);

#endif
