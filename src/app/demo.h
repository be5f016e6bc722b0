/* demo.h - what the parts of the demonstration share.  Layer 4. */
#ifndef LARIS_APP_DEMO_H
#define LARIS_APP_DEMO_H

#include "core/cli.h"
#include "mod/festival/purchase.h"

struct demo_scale {
	const char *name;
	int64_t merchants, cards, purchases, target;
};

struct demo_place {		/* a merchant, as the sales need it	*/
	merchant_id id;
	enum sector sector;
};

struct demo {
	struct cli_args *x;
	struct db *db;
	struct demo_scale scale;
	struct prng prng;
	int64_t seed;
	struct city city;
	struct festival f;
	venue_id *venues;
	size_t n_venues;
	struct demo_place *places;
	int64_t *cards;		/* numbers				*/
	person_id officer;
	str pass;		/* the hash of everybody's password	*/
	struct arena *scratch;	/* emptied between pieces of work	*/
	struct change *many;	/* its purchases' sums			*/
	bool alone;		/* nothing but demonstrations in this database */
};

/* demo_people.c: venues, merchants, cards, accounts. */
err	demo_setup(struct demo *, struct tx *) MUST_USE;
err	demo_merchants(struct demo *, struct tx *, int64_t from, int64_t to) MUST_USE;
err	demo_cards(struct demo *, struct tx *, int64_t from, int64_t to) MUST_USE;
err	demo_accounts(struct demo *, struct tx *) MUST_USE;
/* demo_post.c: posts at the markets, cards handed to each, the officer sits. */
err	demo_posts(struct demo *, struct tx *, int64_t from, int64_t to) MUST_USE;
/* demo_promo.c: promotions of these merchants and the organiser, some of them used. */
err	demo_promotions(struct demo *, struct tx *) MUST_USE;
/* Amount a shop of that sector sells for, whole hundreds of rupiah. */
int64_t	demo_amount(struct demo *, enum sector);

#define DEMO_PASSWORD	"laris-demo"

#endif
