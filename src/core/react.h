/*
 * react.h - one module acts, others answer, and neither includes the other.
 *
 * Layer 2.  A module that must answer has a function in its struct module
 * (route.h); it is called in the same transaction, so that both are
 * written or neither is.  docs/decisions/015-reactions.md says why so.
 */
#ifndef LARIS_CORE_REACT_H
#define LARIS_CORE_REACT_H

#include "core/route.h"

struct purchase_gone {		/* a purchase that was just struck out	*/
	city_id city;
	int64_t festival, purchase, merchant;	/* ids			*/
	str purchase_event;	/* its own event			*/
	str event, reason;	/* of the striking out			*/
	person_id person;
	token_id token;
	int64_t now;
};

/*
 * All modules, in the order of app/modules.c, ended by NULL.  Weak: a test
 * of a low layer that links no app has none, and nobody answers there.
 */
extern const struct module *const laris_modules[] __attribute__((weak));

/* Tell every module; the first error is returned and undoes it all. */
err	react_purchase_gone(struct tx *, const struct purchase_gone *) MUST_USE;
/* A card's person is forgotten: what other modules hold of it goes, or it is refused. */
err	react_card_gone(struct tx *, city_id, int64_t card, int64_t now) MUST_USE;

#endif
