/* post_pages.h - what officers see (post.tmpl, desk.tmpl).  Layer 3, inner. */
#ifndef LARIS_POST_POST_PAGES_H
#define LARIS_POST_POST_PAGES_H

#include "core/layout.h"
#include "mod/festival/card_erase.h"
#include "mod/post/post.h"

struct twin_view {
	bool asked;
	struct twin t;
	str shop, href, reason, said;	/* reason: as typed; said: why not	*/
};

struct done_view { bool is; str shop, href; int64_t amount, points, card; };
struct post_view {
	str festival, post;	/* post: empty when not said		*/
	bool open, has_stock;
	int64_t fresh;		/* cards left at the post		*/
	int64_t today, rupiah;	/* what I entered today			*/
	struct done_view done;
	struct twin_view twin;
	struct form_page form;
	const struct form_option *shops;
	size_t n_shops;
};

enum row_state { ROW_EMPTY, ROW_SAVED, ROW_SAME, ROW_TWIN, ROW_WRONG };
struct batch_row {
	int64_t i;		/* from 1				*/
	str merchant, note, amount, reason;	/* as typed		*/
	enum row_state state;
	str said;		/* why not				*/
	int64_t points, rupiah;
	str shop, href;
	bool focus, same;
};
struct batch_view {
	str festival;
	bool open;
	struct form_page form;
	const struct batch_row *v, *stored;	/* stored: when "done"	*/
	size_t n;
	const struct form_option *shops;
	size_t n_shops;
	int64_t saved, left, rupiah, points, card;	/* of what was saved */
	bool done;		/* all of it: start anew		*/
};

struct hour_row { int64_t hour, notes, rupiah; };
struct shift_row {
	str shop, note, href, fix;
	int64_t amount, points, card, at;
	bool gone;
};
struct shift_view {
	int64_t day, notes, rupiah, gone, best;
	const struct hour_row *hour;
	size_t n_hours;
	const struct shift_row *v;
	size_t n;
	bool more;
	str prev, next;
};

struct fix_view {
	struct done_view was;
	bool may, gone;
	str new_href;		/* what stands for it, or empty		*/
	struct twin_view twin;
	struct form_page form;
	const struct form_option *shops;
	size_t n_shops;
};

struct desk_view {
	struct form_page find;
	bool there;		/* a card was found			*/
	int64_t number, coupons, rupiah, members, hand_at;
	struct card_forgetting forget;
	bool has_pin, blocked, moved, joined, frozen;
	str phone, page, hand_post, hand_taker;	/* phone: its last digits */
	struct form_page pin, lost, join, phone_form;
};

struct at_view { str festival; struct form_page form; const struct form_option *v; size_t n; };

struct stock_row { str name, venue; int64_t officers, cards, fresh; str screen; };
struct hand_row { str post, taker, by, back; int64_t first, last, cards, at, back_at; };
struct posts_view {
	str festival, href, csrf;
	bool may_write;
	struct form_page add, hand;
	const struct form_option *venues, *posts;
	size_t n_venues, n_posts;
	const struct stock_row *v;
	size_t n;
	const struct hand_row *h;
	size_t n_h;
};

struct queue_view {
	str post, screen;
	struct queue q;
	int64_t mine;		/* the number just given, or 0		*/
	struct form_page take, next, again;
};
struct screen_view { str post, live; struct queue q; };

#endif
