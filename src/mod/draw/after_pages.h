/* after_pages.h - what the pages of the winners show (after.tmpl).  Layer 3, inner. */
#ifndef LARIS_DRAW_AFTER_PAGES_H
#define LARIS_DRAW_AFTER_PAGES_H

#include "core/layout.h"
#include "mod/draw/relay_pages.h"
#include "mod/draw/winner.h"

struct winner_line {
	str href, title, masked;
	int64_t place, coupon, run, moved;
	enum text_id state;
	bool given;
};
struct after_line {
	int64_t n, place, round, due, ran, at;
	str title, was, now, words, by;
	enum text_id kind, reason;	/* reason TEXT_none: a hand-over */
	bool redraw, waits;		/* its beacon is asked for now	*/
	struct form_page form;
	struct relay_view relays;
};
struct after_view { const struct after_line *v; size_t n; };

struct left_line { str title; int64_t left; };	/* places nobody stands at */

struct winners_view {
	str back, name, odd;
	bool rehearsal;
	int64_t deadline;
	const struct winner_line *v;
	size_t n;
	const struct left_line *left;
	size_t n_left;
	struct after_view after;
};

struct winner_view {
	str back, title, masked, words, csrf, call, verify, photo, paper;
	str sign;		/* the script that takes a signature on the screen */
	int64_t place, coupon, run, number, value, moved, deadline;
	enum text_id state, say;
	enum winner_state at;
	bool may;
	struct form_page give, strike;
};

#endif
