/* stall_pages.h - what merchants and officers see (stall.tmpl).  Layer 3, inner. */
#ifndef LARIS_FESTIVAL_STALL_PAGES_H
#define LARIS_FESTIVAL_STALL_PAGES_H

#include "core/layout.h"
#include "mod/festival/festival.h"

struct sale_row { str href; int64_t at, amount, points; bool waiting, void_; };

struct stall_view {
	str shop, festival;
	int64_t code;
	bool selling;		/* admitted, and the sale is open	*/
	bool ask_day;		/* today lies outside the sale		*/
	bool several, owner;	/* several: another sale can be chosen	*/
	enum text_id why_not, todo;	/* when not selling		*/
	str reason, admission;	/* admission: who gets in, for all	*/
	int64_t turn;		/* in line for a place: 1 is next; 0: not */
	struct form_page form;
	int64_t today_rupiah, today_n, rupiah, purchases, points;
	const struct sale_row *v;
	size_t n;
};

struct sale_view {
	str shop, code, url, alt;
	int64_t amount, at, points, number;
	enum text_id method;
	bool waiting, void_, may_void;
	str void_reason;
	struct form_page card, strike;
	str pay, pay_name;	/* QRIS with the amount, and who is paid	*/
	bool pay_late, no_qris;
	int64_t moved;		/* paid another way than first written: when */
	enum text_id was;
	str cash, csrf;		/* URL of "paid in cash"; empty: not now	*/
};

#endif
