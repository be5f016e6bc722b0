/* before_pages.h - what the pages before a draw show (before.tmpl).  Layer 3, inner. */
#ifndef LARIS_DRAW_BEFORE_PAGES_H
#define LARIS_DRAW_BEFORE_PAGES_H

#include "core/layout.h"
#include "mod/draw/before.h"
#include "mod/draw/relay_pages.h"

struct objection_line {
	str href, words, answer;	/* href: staff			*/
	int64_t number, at;
	enum text_id state;
};
struct window_view {			/* public			*/
	str base, name, card_href;
	struct window w;
	bool open, over, frozen;
	bool own;			/* this phone's card is known	*/
	int64_t number, coupons;
	const struct objection_line *v;
	size_t n;
	struct form_page form;
};
struct window_admin {
	str back, name, csrf, open, public_href;
	struct window w;
	bool may, shut;
	int64_t days, holders, coupons;
	const struct objection_line *v;
	size_t n;
};
struct objection_view {
	str back;
	struct objection_line o;
	bool may;
	struct form_page form;
};

struct sample_line {
	str href, merchant, stall, receipt, note, by;
	int64_t pos, coupon, number, amount, at, seen;
	enum text_id verdict;
	bool unseen, found;
};
struct sample_view {
	str back, name, sentence;
	struct sample s;
	bool frozen, may, waits;
	int64_t due;
	struct form_page say, beacon;
	struct relay_view relays;
	const struct sample_line *v;
	size_t n;
	struct pager pager;
};
struct sample_item_view {
	str back;
	struct sample_line x;
	struct form_page form;
};

#endif
