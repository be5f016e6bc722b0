/*
 * merchant_people.h - who sells for a merchant, and who looked at its figures.
 *
 * Layer 3, inner.  A helper is a person with the merchant's role and a row
 * in merchant_helper: it sells and sees today, and nothing else.
 */
#ifndef LARIS_FESTIVAL_MERCHANT_PEOPLE_H
#define LARIS_FESTIVAL_MERCHANT_PEOPLE_H

#include "mod/festival/festival.h"

#define HELPER_DAYS	3	/* the owner's one-time password lasts	*/
#define FIGURES_MINUTES	15	/* a reason given opens them so long	*/

/* "pass" is a hash of the one-time password.  As person_add(). */
err	helper_add(struct tx *, city_id, merchant_id, str login, str name, str pass, int64_t now,
	    person_id *) MUST_USE;
/* ERR_MISSING "no-such-person" when it is not this merchant's. */
err	helper_remove(struct tx *, city_id, merchant_id, person_id, int64_t now) MUST_USE;
/* Its own password, in place of the one-time one. */
err	helper_password(struct tx *, city_id, person_id, str pass) MUST_USE;

/* Notes that somebody of the city looks, and why; the owner reads both. */
err	figures_look(struct tx *, const struct festival *, merchant_id, const struct who *,
	    str reason, int64_t now, int64_t *id) MUST_USE;

#endif
