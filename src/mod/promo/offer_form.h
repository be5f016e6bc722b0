/* offer_form.h - the form of an offer, for merchants and the organiser.  Layer 3, inner. */
#ifndef LARIS_PROMO_OFFER_FORM_H
#define LARIS_PROMO_OFFER_FORM_H

#include "mod/promo/promo.h"

struct offer_in {
	str title, gives, terms, from, to;
	int64_t kind, percent, worth, venue, first_day, last_day, quota, per_card, budget;
};
struct reason_in { str reason; };
struct more_in { int64_t quota; };
struct use_back_in { str event, reason; };
extern const struct form offer_form, more_form, promo_reason_form, use_back_form;

/* Into a promotion, whose merchant is set.  ERR_INVALID "promo-hours-form". */
err	offer_read(struct arena *, const struct offer_in *, struct promotion *) MUST_USE;
/* And back, to be changed. */
struct offer_in offer_fill(struct arena *, const struct promotion *);

#endif
