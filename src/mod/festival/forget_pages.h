/* forget_pages.h - a person is forgotten (forget.tmpl).  Layer 3, inner. */
#ifndef LARIS_FESTIVAL_FORGET_PAGES_H
#define LARIS_FESTIVAL_FORGET_PAGES_H

#include "core/layout.h"
#include "mod/festival/card_erase.h"
#include "mod/festival/pages.h"

struct forget_view {		/* the holder's page			*/
	struct sale_at at;
	str card, ask, back, csrf;	/* addresses			*/
	int64_t number;
	struct card_forgetting is;
	bool frozen;
};

struct forget_waiting { int64_t number, asked; bool again; str href; };
struct forget_refused { int64_t number, answered; str answer, by, href; };
struct forget_done { int64_t asked, done, wiped, cards; str by, reason; };
struct org_forget_view {
	str festival, cards;
	bool may_write;
	struct form_page find;
	const struct forget_waiting *v;
	size_t n;
	const struct forget_refused *refused;
	size_t n_refused;
	const struct forget_done *done;
	size_t n_done;
};
struct org_forget_card_view {
	str list;
	int64_t number, coupons, rupiah, members;
	struct card_forgetting is;
	bool gone, frozen;
	bool refusing;		/* a request waits, or its refusal was just refused */
	struct form_page form, refuse;
};

#endif
