/*
 * sheet.h - what stands in the inputs of an adaptation, and what was typed there.
 *
 * Layer 3, inner.  A field is the inputs "v.PATH" and "r.PATH" (its reason),
 * a part to be left out "o.PATH" and "q.PATH".
 */
#ifndef LARIS_TEMPLATE_SHEET_H
#define LARIS_TEMPLATE_SHEET_H

#include "mod/template/adapt_pages.h"

/* A reason as typed: its code when it is one of the list. */
str	reason_typed(enum lang, str typed);
/* The words of the list. */
size_t	reasons_say(struct arena *, enum lang, const str **);
bool	reason_fine(str reason);	/* as template_plan will judge it	*/

struct sheet_of {
	const struct template_ask *q;
	const struct template *t;
	const struct template_plan *plan;
	const struct params *typed;	/* NULL: fresh			*/
};
/* The groups of a sheet. */
size_t	sheet_groups(const struct sheet_of *, struct sheet_group **);
struct sheet_row sheet_row_of(const struct sheet_of *, const struct template_row *);
/* What was typed, against the base: only what differs. */
size_t	sheet_sets(const struct sheet_of *, struct template_set **);

#endif
