/* pages.h - what the public pages of a sale show (public.tmpl).  Layer 3, inner. */
#ifndef LARIS_FESTIVAL_PAGES_H
#define LARIS_FESTIVAL_PAGES_H

#include "core/layout.h"
#include "mod/festival/card_erase.h"
#include "mod/festival/slice.h"

/* Where the sale is: pieces for templates, which glue no URLs. */
struct sale_at { str base, city, fest; };	/* "/surakarta/sgs-2021"	*/

struct city_row { str href, name; enum text_id state; int64_t first, last; };
struct city_view { str name, slug; const struct city_row *v; size_t n; };

struct front_view {
	struct sale_at at;
	str name;
	enum text_id state;
	int64_t first_day, last_day, updated;
	int64_t rupiah, purchases, coupons, reporting, admitted, target;
	int64_t unit;
	str target_say;
	bool open, inviting;
	str day_say;		/* "hari ke-18 dari 31"			*/
};

struct totals_view {
	struct sale_at at; str name;
	int64_t rupiah, purchases, coupons, reporting, admitted, unclaimed, target, updated;
	str target_say;
	struct slice_rows venue, sector, method, day;
	int64_t top;		/* of each table: 100 % of its bars	*/
};

struct shop_row { str href, name, place; enum text_id sector; };
struct shops_view {
	struct sale_at at;
	str name;
	const struct shop_row *v;
	size_t n;
	struct pager pager;
};

struct point_row {		/* one purchase and what it brought	*/
	int64_t points;		/* coupons				*/
	str id;
	int64_t log;		/* its entry in the public log		*/
	int64_t amount, counted, at, number;
	str shop, place, why;	/* why: the rule, empty when plain	*/
	enum text_id method;
	bool void_;
	str void_reason;
};
struct card_view {
	struct sale_at at; str festival;
	int64_t number, coupons, rupiah, carried, next, unit;
	bool person_total, joined;
	const struct point_row *v;
	size_t n;
	bool more;
	bool fresh;		/* just made: keep this page		*/
	str url, alt;
	str forget;		/* where one asks to be		*/
	struct card_forgetting forgetting;
	str receipt, opened_by;	/* receipt: address, behind it the purchase */
	bool has_pin;
	struct form_page pin;
};

struct card_gone_view { struct sale_at at; str festival; enum text_id title, todo; };
struct card_gate_view { struct sale_at at; int64_t number; struct form_page form; };

struct claim_view {
	struct sale_at at; str festival, shop, place;
	int64_t amount, when, unit;
	enum text_id method;
	bool taken, void_;
	int64_t mine;		/* number of the card of this phone, or 0 */
	struct form_page form;	/* a printed card's number		*/
	str csrf, code, take;	/* URLs of the two buttons		*/
};

struct code_view { struct sale_at at; str name; struct form_page form; };

#endif
