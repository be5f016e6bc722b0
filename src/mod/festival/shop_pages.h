/* shop_pages.h - what a merchant sees of itself, and everybody of it.  Layer 3, inner. */
#ifndef LARIS_FESTIVAL_SHOP_PAGES_H
#define LARIS_FESTIVAL_SHOP_PAGES_H

#include "core/layout.h"
#include "mod/festival/merchant_fact.h"
#include "mod/festival/pages.h"
#include "mod/festival/stall_pages.h"

struct shop_view {
	struct sale_at at; str festival, name, stall, venue;
	int64_t code;
	enum text_id sector;
	const struct fact_line *facts;
	size_t n_facts;
	str wa, phone;		/* https://wa.me/…; empty: not public	*/
	str share;		/* WhatsApp with this page's address	*/
};

struct shop_link { str href, name; };
struct shop_own_view {
	str name;
	int64_t code;
	struct form_page form;
	const struct form_option *venues;
	size_t n_venues;
	const struct fact_line *facts;	/* those with something to remark */
	size_t n_facts;
	const struct shop_link *links;	/* its public page in each sale	*/
	size_t n_links;
};

enum join_step { JOIN_WHAT, JOIN_PLACE, JOIN_YOU, JOIN_ALL };
struct join_view {
	str base, festival, rule, back;
	enum join_step step;	/* JOIN_ALL: refused in the end, all on one page */
	bool closed;
	struct form_page form;
	const struct form_option *venues;
	size_t n_venues;
	str mine, mine_do, csrf;	/* the business of whoever is signed in */
};

struct limit_row { str name; int64_t most, taken, waiting; };
struct line_row { int64_t n, code, asked; str venue; };
struct admitted_row { str name, href, venue; int64_t decided; enum text_id why; };
struct admission_view {
	struct sale_at at; str festival;
	enum text_id how;
	str rule;
	int64_t changed;	/* when the rule was written; 0: none is */
	int64_t admitted, asked, refused, waiting;
	const struct limit_row *limits;
	size_t n_limits;
	const struct line_row *line;
	size_t n_line;
	const struct admitted_row *v;
	size_t n;
	struct pager pager;
	bool may_join;
};

struct org_admission_view {
	str festival, href, open, csrf;
	enum text_id how;
	bool may_write;
	struct form_page rule, limit;
	const struct form_option *venues;
	size_t n_venues;
	const struct limit_row *limits;
	size_t n_limits;
};

struct org_shop_view {
	str festival, back, figures;
	bool may_write;
	struct shop_own_view own;
};

struct day_view {		/* today in one sale			*/
	str sale;
	int64_t purchases, rupiah, points, waiting, waiting_rupiah;
	int64_t total_purchases, total_rupiah;	/* of the whole sale; not for helpers */
	bool more;		/* more than were looked at		*/
	const struct sale_row *v;
	size_t n;
};
struct own_day_view { str name; int64_t today; bool owner; const struct day_view *v; size_t n; };
struct own_choose_view { str name; const struct shop_link *v; size_t n; };

struct helper_row { str name, login, remove; int64_t added; bool once; };
struct own_team_view {
	str name, made, once, csrf;	/* made: login of the one just added */
	struct form_page form;
	const struct helper_row *v;
	size_t n;
};
struct own_first_view { struct form_page form; };

struct seen_row { int64_t at; str who, reason; };
struct own_seen_view { str name; const struct seen_row *v; size_t n; };

struct figures_view {
	str name, festival, back;
	int64_t purchases, rupiah, points;
	bool open;		/* a reason was given: figures are filled */
	struct form_page form;
};

#endif
