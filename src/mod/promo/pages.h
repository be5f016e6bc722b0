/* pages.h - what the pages of promotions show (promo.tmpl, promo_own.tmpl).  Layer 3, inner. */
#ifndef LARIS_PROMO_PAGES_H
#define LARIS_PROMO_PAGES_H

#include "core/layout.h"
#include "mod/promo/find.h"

/* What a card of the catalogue says of a promotion. */
struct offer_row {
	str href, title, gives, place, when, left;	/* left may be empty	*/
	enum text_id state;	/* open, later, used up …		*/
	const char *tag;	/* class of it				*/
};

struct promos_view {
	bool contests;			/* there are some to read of	*/
	str base, festival, map;
	struct form_page form;
	const struct form_option *venues, *villages;
	size_t n_venues, n_villages;
	bool any, more;		/* something was asked; beyond q	*/
	str near_say;		/* "within 2 km of …", or empty		*/
	const struct offer_row *v;
	size_t n;
	struct pager pager;
	str script;		/* asset of promo.js			*/
};

struct promo_view {
	str base, festival, shop_href, code_hint;
	const struct promo_found *x;
	struct offer_row row;
	str hours, card_url;
	bool usable;
	struct form_page form;
};

struct used_view {
	str base, promo_href, festival, title, gives, shop, code;
	int64_t at, given, card;
	bool gone;
	str reason;
};

struct place_row { str name, href, lat, lon, say; };
struct map_view {
	str base, festival, tiles, attribution, css, leaflet, script;
	const struct place_row *v;	/* those whose place is known	*/
	size_t n, n_unknown;
};

/* ---- makers -------------------------------------------------------------- */

struct step_button { str action; enum text_id label; const char *kind; };

struct own_row { str href, title, used; enum text_id state; const char *tag; int64_t last_day; };
struct use_row { str href, title, who; int64_t at, given; enum text_id channel; bool gone; };

struct own_view {
	str shop, csrf;
	bool selling;
	struct form_page use;
	const struct form_option *usable, *sales;
	size_t n_usable, n_sales;
	const struct own_row *v;
	size_t n;
	const struct use_row *uses;
	size_t n_uses;
	int64_t given_today, used_today;
};

struct offer_edit {
	struct form_page form;
	const struct form_option *venues;
	size_t n_venues;
	bool organiser, fresh;
};

struct manage_view {
	str back, back_say, csrf, maker, public_href, used_say, given_say;
	const struct promo_found *x;
	struct offer_row row;
	str hours;
	enum text_id state, kind;
	const char *tag;
	const struct step_button *steps;
	size_t n_steps;
	bool may_edit, may_stop, may_refuse, may_more;
	struct form_page reason, more;
	struct offer_edit edit;
	const struct use_row *uses;
	size_t n_uses;
};

struct use_view {
	str back, title, shop, reason;
	int64_t at, given, card;
	enum text_id channel;
	bool gone, by_purchase;
	struct form_page form;
};

struct org_offer_row {
	str href, title, maker, gives, used;
	int64_t created, last_day;
	bool outside;		/* of the sale's days			*/
};
struct org_promos_view {
	str back, festival, base, fresh;
	const struct layout_nav *tabs;
	const int64_t *counts;
	size_t n_tabs;
	bool may_write, waiting;
	const struct org_offer_row *v;
	size_t n;
	struct pager pager;
};

struct org_place_row { str name, place; struct form_page form; };
struct org_places_view { bool may_write; const struct org_place_row *v; size_t n; };

#endif
