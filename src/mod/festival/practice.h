/* practice.h - of what a sale consists, for those who take it over.  Layer 3, inner. */
#ifndef LARIS_FESTIVAL_PRACTICE_H
#define LARIS_FESTIVAL_PRACTICE_H

#include "core/practice.h"
#include "mod/festival/festival.h"

#define FESTIVAL_PARTS	5	/* sale, rules, steps, venues		*/
extern const struct practice_kind festival_practice;
extern const struct practice_part festival_parts[FESTIVAL_PARTS];

/* practice_write.c */
err	practice_sale_write(const struct practice_write *) MUST_USE;
err	practice_rules_write(const struct practice_write *) MUST_USE;
err	practice_steps_write(const struct practice_write *) MUST_USE;
err	practice_venues_write(const struct practice_write *) MUST_USE;
err	practice_sale_make(const struct practice_write *, str slug,
	    struct practice_subject *) MUST_USE;
extern const struct choice step_base_choices[];		/* first, last	*/
/* "venue": the piece of a path that stands for enum rule_key; NULL: it stays here. */
const char *practice_key_name(enum rule_key);
const struct choice *practice_key_choices(enum rule_key);	/* NULL: numbers	*/

#endif
