/* paper_pages.h - what paper.tmpl shows.  Layer 3, inner. */
#ifndef LARIS_FESTIVAL_PAPER_PAGES_H
#define LARIS_FESTIVAL_PAPER_PAGES_H

#include "core/layout.h"
#include "mod/festival/paper.h"

struct poster_sale { str name, href; };
struct poster_row { enum paper_kind kind; enum text_id name, say; };
struct poster_view {
	str back, back_name, shop;
	const struct poster_sale *sales;	/* it is admitted to	*/
	size_t n_sales;
	const struct poster_row *v;
	size_t n;
};

struct poster_texts_view {	/* the organiser's: sentences of a sale */
	str back, sale;
	bool may_write;
	str say[POSTER_TEXTS];	/* as they are printed now		*/
	struct form_page form;
};

#endif
