/* board_pages.h - what the board's pages are drawn from.  Layer 3, inner. */
#ifndef LARIS_BOARD_PAGES_H
#define LARIS_BOARD_PAGES_H

#include "core/layout.h"
#include "mod/board/board.h"

enum { BOARD_SHORT = 15 };	/* rows of a table that stands open */
struct board_block {
	const char *name;
	enum text_id title;
	const struct slice_rows *rows;
	int64_t top;		/* 100 % of the bars		*/
};
struct board_view {
	const struct board *b;
	str href;		/* of the sale: /admin/festival/sgs-2021 */
	str live;		/* the public stream of its totals	*/
	str target_say;
	int64_t updated;
	bool over;		/* the sale's days have passed		*/
	const char *css, *chart, *script;	/* names under /asset/	*/
	const struct board_block *block;
	size_t n_block;
};

struct silent_row {
	str name, place, phone, wa;	/* wa: digits for wa.me; empty: no number */
	int64_t code, purchases, received;	/* received 0: never	*/
	str href;		/* its public page			*/
	bool called;
	int64_t called_at;
	enum text_id outcome;
	str by, note, ask;	/* ask: where its outcome is noted	*/
};
struct silent_view {
	const struct board *b;
	str href, base, message;	/* message: what a prepared WhatsApp says */
	struct form_page filter;
	const struct form_option *venues;
	size_t n_venues;
	const struct silent_row *v;
	size_t n;
	struct pager pager;
	bool may_write;
};

struct asked_view { str name, back; struct form_page form; };

struct found { str href, name, note; };
struct found_group { enum text_id title; const struct found *v; size_t n; };
struct search_view {
	struct form_page form;
	bool asked;
	const struct found_group *group;
	size_t n_group, n;
};

#endif
