/* contest_pages.h - what the pages of contests show.  Layer 3, inner. */
#ifndef LARIS_PROMO_CONTEST_PAGES_H
#define LARIS_PROMO_CONTEST_PAGES_H

#include "core/layout.h"
#include "mod/promo/contest.h"

struct contest_row { const struct contest *c; str href; };
struct contests_view {		/* the organiser's list, and the public one */
	str sale, back, front;
	bool may_write;
	const struct contest_row *v; size_t n;
	struct form_page form;
};
struct contest_view {
	str sale, back, name, drop, csrf;
	bool may_write;
	struct form_page form;
};

#include "contest_tmpl.h"

#endif
