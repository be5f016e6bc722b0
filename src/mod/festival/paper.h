/*
 * paper.h - what a sale prints: cards, posters, signs.
 *
 * Layer 3, inner.  Drawn into a sink, page by page; the same rows give the
 * same bytes.
 */
#ifndef LARIS_FESTIVAL_PAPER_H
#define LARIS_FESTIVAL_PAPER_H

#include "core/city.h"
#include "core/pdf.h"
#include "mod/festival/festival.h"

#define CARDS_A_BATCH	500	/* what a page of the organiser gives at once */
#define CARDS_A_RUN	100000	/* what one command issues		*/

/* Sentences a sale may have of its own (poster_text.h). */
enum poster_text { POSTER_CALL, POSTER_SCAN, POSTER_PART, POSTER_TEXTS };

struct paper {
	const struct city *city;
	const struct festival *f;
	enum lang lang;
	str url;		/* of the sale: "https://host/surakarta/sgs-2021" */
	struct pdf_dress dress;
	str say[POSTER_TEXTS];	/* empty: the program's own		*/
};

/*
 * Where the city's pages are for everybody, without a last slash: "given"
 * (may be empty), else the setting base-url.  ERR_INVALID "base-url-form",
 * "base-url-missing".
 */
err	paper_base(struct db *, city_id, str given, str *url) MUST_USE;
/* "https://host" + the sale's path. */
str	paper_sale_url(struct arena *, str base, const struct city *, const struct festival *);

/*
 * Up to "count" cards with a number above "after", ten a sheet; those made
 * on phones and those blocked are left out.  *drawn: how many.
 */
err	paper_cards(struct db *, const struct paper *, int64_t after, int64_t count,
	    struct pdf_sink, int64_t *drawn) MUST_USE;

/* ---- a merchant's poster (poster_web.c sends it) ------------------------------ */

enum paper_kind { PAPER_POSTER, PAPER_TABLE, PAPER_SIGN, PAPER_KINDS };
struct paper_shop { str name, slug, place; int64_t code; };
const char *paper_file(enum paper_kind);	/* "poster-a4.pdf"	*/
bool	paper_kind_of(str file, enum paper_kind *) MUST_USE;
/* One page; its QR leads to the merchant's page. */
err	paper_poster(struct arena *, const struct paper *, const struct paper_shop *,
	    enum paper_kind, struct pdf_sink) MUST_USE;

/* ---- for pages ------------------------------------------------------------ */

/* With the city's base-url, else the address the page was asked by. */
err	paper_of(struct req *, const struct festival *, struct paper *) MUST_USE;
/* A file to be saved under that name. */
err	paper_send(struct req *, const char *type, const struct buf *, str name) MUST_USE;

#endif
