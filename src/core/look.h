/*
 * look.h - how a city looks: two colours and an emblem, as data.
 *
 * Layer 2.  The colours become a small style sheet of the city's own, the
 * emblem a PNG; both are named by their content and kept by browsers for
 * ever.  What a city has not set is the house's (docs/guide/look.md).
 * Colours that cannot be read are refused before they are stored; how
 * they look on a dark screen is worked out here.
 */
#ifndef LARIS_CORE_LOOK_H
#define LARIS_CORE_LOOK_H

#include "core/pdf.h"
#include "core/req.h"

#define LOOK_TEXT	4.5	/* WCAG 2.2, 1.4.3: text		*/
#define LOOK_SHAPE	3.0	/* 1.4.11: what is no text		*/
#define LOOK_SUN	7.0	/* 1.4.6: the house's own		*/
#define EMBLEM_BYTES	((size_t)64 << 10)
#define EMBLEM_SIDE	512
#define EMBLEM_SMALL	96	/* of the one on pages: 48 px, drawn double */
#define EMBLEM_LIGHT	((size_t)10 << 10)	/* bytes it may weigh there */

enum look_colour { LOOK_BRAND, LOOK_ACCENT, LOOK_COLOURS };

struct look {
	bool coloured;
	unsigned colour[LOOK_COLOURS];
	str sheet, emblem;	/* file names behind /CITY/look/; empty: none of its own */
	str alt;		/* empty: "emblem of" and the city's name */
	int wide, high;		/* of the emblem on a page, CSS pixels	*/
};

/* ---- colours, pure ------------------------------------------------------- */

/* The least contrast it has where pages use it, and how much is needed. */
double	look_reached(enum look_colour, unsigned);
double	look_least(enum look_colour);
/* The nearest darker shade that reaches it; the same colour when it does. */
unsigned look_nearest(enum look_colour, unsigned);
/* What the page offers first: the house's colours, as far as they may be a city's. */
unsigned look_house(enum look_colour);
/* The style sheet. */
str	look_css(struct arena *, const unsigned colour[LOOK_COLOURS]);

/* ---- a city's -------------------------------------------------------------- */

/* NULL when the city has none of its own. */
err	look_load(struct arena *, struct db *, city_id, const struct look **) MUST_USE;
/* Its colour and emblem onto paper. */
err	look_dress(struct db *, city_id, struct pdf_dress *) MUST_USE;

#endif
