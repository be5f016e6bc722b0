/*
 * invite.h - somebody is asked to come, by a link that works once.
 *
 * Layer 2.  They choose their own password, so that whoever invited them
 * never learns it and cannot act in their name.
 */
#ifndef LARIS_CORE_INVITE_H
#define LARIS_CORE_INVITE_H

#include "core/who.h"

#define INVITE_DAYS	7

struct invite_new { str login, name, by; };
/*
 * The first organiser of a city; "path" is the link's, shown once.
 * ERR_CONFLICT "city-has-organiser": that one adds people.
 */
err	invite_first(struct tx *, const struct city *, struct invite_new, int64_t now, str *path)
	    MUST_USE;

struct invite { int64_t id; str login, name; };
/* The one a link's code names.  ERR_MISSING "invite-gone": used, too old, or none. */
err	invite_find(struct db *, city_id, str code, int64_t now, struct invite *) MUST_USE;
/* "pass" is already a hash. */
err	invite_take(struct tx *, city_id, const struct invite *, str pass, int64_t now,
	    person_id *) MUST_USE;

#endif
