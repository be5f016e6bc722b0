/* manage.h - what the pages of makers and the organiser share.  Layer 3, inner. */
#ifndef LARIS_PROMO_MANAGE_H
#define LARIS_PROMO_MANAGE_H

#include "mod/promo/offer_form.h"
#include "mod/promo/pages.h"

const char *promo_tag(enum promo_state);	/* class of a .tag	*/
/* More of it, recorded; both makers' pages. */
err	promo_more_step(struct req *, const struct promotion *, str href) MUST_USE;
str	promo_used_say(struct req *, int64_t used, int64_t quota);	/* "4 of 60" */
/* Everything but "back"; who: bits of enum promo_who, 0 only looks. */
err	promo_manage(struct req *, const struct festival *, const struct promo_found *,
    unsigned who,
	    str href, struct manage_view *) MUST_USE;
/* The step of a form with its reason, with its audit row. */
err	promo_step(struct req *, const struct festival *, struct promotion *, str code,
	    unsigned who) MUST_USE;

#endif
