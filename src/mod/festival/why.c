/* why.c - the rules that spoke, in the words of the pages. */
#include "mod/festival/bar.h"

str rule_why(struct arena *a, unsigned why, enum lang lang)
{
	static const struct { enum rule_step bit; enum text_id name;
	} names[] = {
		{ RULE_STEP_MINIMUM, TEXT_step_minimum },
		{ RULE_STEP_SECTOR, TEXT_step_sector },
		{ RULE_STEP_MERCHANT, TEXT_step_merchant },
		{ RULE_STEP_VENUE, TEXT_step_venue },
		{ RULE_STEP_METHOD, TEXT_step_method },
		{ RULE_STEP_HOUR, TEXT_step_hour },
		{ RULE_STEP_DAY, TEXT_step_day },
		{ RULE_STEP_CAP_PURCHASE, TEXT_step_cap_purchase },
		{ RULE_STEP_CAP_MERCHANT, TEXT_step_cap_merchant },
		{ RULE_STEP_CAP_DAY, TEXT_step_cap_day },
		{ RULE_STEP_CAP_PERSON, TEXT_step_cap_person },
		{ RULE_STEP_LIMIT, TEXT_step_limit },
		{ RULE_STEP_CARRIED, TEXT_step_carried },
		{ RULE_STEP_LEFT, TEXT_step_left },
	};
	struct buf b = BUF(a, 1000);

	_Static_assert(countof(names) == RULE_STEPS, "a name a step");
	for (size_t i = 0; i < countof(names); i++)
		if (why & names[i].bit) {
			if (b.n)
				buf_str(&b, S(", "));
			buf_str(&b, text(lang, names[i].name));
		}
	return buf_done(&b);
}
