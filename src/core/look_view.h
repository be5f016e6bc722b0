/* look_view.h - what the page of a city's look shows (look.tmpl).  Layer 2, inner. */
#ifndef LARIS_CORE_LOOK_VIEW_H
#define LARIS_CORE_LOOK_VIEW_H

#include "core/layout.h"
#include "core/look.h"

struct look_row { str label, colour, reached; bool dim; };	/* dim: under 7 : 1 */

struct look_view {
	struct form_page colours, emblem;
	const struct look *look;	/* NULL: the house's		*/
	struct look_row row[LOOK_COLOURS];
	size_t n;
	str near[LOOK_COLOURS];	/* shades that would do, after a refusal */
	str csrf, city, slug;
};

#endif
