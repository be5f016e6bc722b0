/* organiser_pages.h - what organisers see (organiser.tmpl).  Layer 3, inner. */
#ifndef LARIS_FESTIVAL_ORGANISER_PAGES_H
#define LARIS_FESTIVAL_ORGANISER_PAGES_H

#include "core/layout.h"
#include "mod/festival/festival.h"
#include "mod/festival/report.h"
#include "mod/festival/setup.h"

struct org_sale_row { str href, name; enum text_id state; int64_t first_day, last_day; };

struct org_board_view {
	str city;
	bool none, may_write;	/* no sale yet; not only an auditor	*/
	bool guest;		/* the server's admin: people and their doings are shut */
	str name, href, front, merchants, cards, report;
	enum text_id state;
	int64_t first_day, last_day;
	int64_t rupiah, purchases, coupons, admitted, waiting, reporting, issued, unclaimed;
	const struct step *steps;	/* next, and what comes behind it */
	size_t n_steps;
	const struct setup_step *next;	/* or NULL: all is done		*/
	int64_t n_done, n_all;
	str setup;
	const struct org_sale_row *v;	/* all sales, newest first	*/
	size_t n;
};

struct org_form_view { struct form_page form; bool fresh; };

struct org_move { str action; enum text_id button, say; const char *kind; };

struct org_show_view {
	const str *rules;	/* sentences				*/
	size_t n_rules;
	str name, front, csrf, setup, merchants, promo, contest, poster, message;
	str cards, imports, exports, report;
	str based, adapted, give;	/* based: the practice of another city it was made of */
	str rules_page;
	enum text_id state, admission;
	int64_t first_day, last_day, target;
	int64_t outside;	/* promotions on other days than these	*/
	bool may_change;	/* not opened yet, and may write	*/
	bool guest;		/* as on the board			*/
	struct org_form_view edit;
	const struct org_move *v;
	size_t n;
};

struct org_venue_row { str name, address, href; enum text_id kind; };	/* href: its form */
struct org_venue_view { str name; struct form_page form; };
struct org_venues_view {
	bool may_write;
	struct form_page form;
	const struct org_venue_row *v;
	size_t n;
};

struct org_shop_row {
	str id, name, place, phone, reason, href, edit;
	int64_t code, asked;
	enum text_id sector, size;
	str paper;		/* its poster and sign; empty: not admitted */
	str decide;		/* where the answer goes; empty: read only */
	bool may_admit, may_refuse;
	struct form_page refuse;
};
struct org_shops { const struct org_shop_row *v; size_t n; str csrf; };

struct org_merchants_view {
	str festival, href, base;
	int64_t n_waiting, n_admitted, n_refused, n_in_line;
	str admission;
	struct org_shops waiting, list;
	bool refused, in_line;	/* the list is of those refused, or in line for a place */
	bool may_write;
	struct form_page add;
	const struct form_option *venues;
	size_t n_venues;
	struct pager pager;
};

struct org_card_row { int64_t number, coupons, rupiah; bool blocked, digital; str url, alt; };
struct org_cards_view {
	str festival, href, print, pdf;
	int64_t issued, forget;	/* forget: requests that wait	*/
	bool may_write;
	struct form_page form;
	const struct org_card_row *v;
	size_t n;
	struct pager pager;
};

struct org_print_view {
	str festival, city, next, back;
	int64_t unit;
	const struct org_card_row *v;
	size_t n;
};

struct report_view { const struct report *r; struct report_facts facts; str base; bool staff; };

#endif
