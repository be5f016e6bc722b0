/* qris_pages.h - a merchant's QRIS (qris.tmpl).  Layer 3, inner. */
#ifndef LARIS_FESTIVAL_QRIS_PAGES_H
#define LARIS_FESTIVAL_QRIS_PAGES_H

#include "core/layout.h"

struct qris_show { bool there; str name, city, nmid, payload; enum text_id criteria; };

struct qris_view {
	str shop;		/* the name in Laris			*/
	bool mine;		/* the merchant looks, else the organiser */
	struct qris_show now, asked;
	bool differs;		/* asked.name is not like shop		*/
	int64_t changed;
	struct form_page form, yes;
	str no, drop, csrf;	/* URLs of the buttons			*/
};

#endif
