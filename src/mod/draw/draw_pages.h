/* draw_pages.h - what the draw's pages show (draw.tmpl).  Layer 3, inner. */
#ifndef LARIS_DRAW_PAGES_H
#define LARIS_DRAW_PAGES_H

#include "core/layout.h"
#include "mod/draw/after_pages.h"
#include "mod/draw/annul_pages.h"
#include "mod/draw/before.h"
#include "mod/draw/relay_pages.h"

struct draw_row { str href, name; enum text_id state; bool rehearsal; };
struct draws_view { str base, festival, log; const struct draw_row *v; size_t n; };

struct prize_row { str title, cls, masked_first; int64_t number, value; str drop; };
struct winner_row { str title, masked; int64_t place, coupon; };
struct file_row { str href, name; };

struct draw_view {
	str base, name, code, state_say, root, seed, check, stage, verify, press;
	enum text_id state;
	enum draw_state at;
	bool rehearsal;
	int64_t entries, coupons, round, due, frozen;
	const struct prize_row *prizes;
	size_t n_prizes;
	const struct winner_row *winners;
	size_t n_winners;
	struct pager pager;	/* of the winners */
	const struct file_row *files;
	size_t n_files;
	str list;			/* the provisional list		*/
	int64_t deadline;		/* for claiming			*/
	struct after_view after;
	struct annul_view annul;
};

struct real_view {
	str base, name;
	struct form_page form;
	bool asked, drawn, annulled, rehearsal;
	int64_t coupon;
	const struct winner_row *v;
	size_t n;
};

struct out_row { int64_t card; enum text_id as; str whom, by, back; };
struct manage_view {
	struct draw_view d;
	int64_t holders, coupons_now;
	bool closed;		/* its festival */
	bool may;		/* else who looks may only look */
	str csrf, run, reported, winners, list, sample, none;
	struct window w;
	bool none_said;
	str relay;		/* where drand answers for the round; empty: a rehearsal */
	struct relay_view relays;
	struct form_page prize, exclude, freeze, beacon, minutes;
	struct annul_manage annul;
	const struct out_row *out;
	size_t n_out;
};

struct admin_draws_view {
	const struct draw_row *v;
	size_t n;
	bool can;
	str festival;
	struct form_page form;
};

#endif
