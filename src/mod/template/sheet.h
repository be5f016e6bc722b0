/*
 * sheet.h - what stands in the inputs of an adaptation, and what was typed there.
 *
 * Layer 3, inner.  A field is the inputs "v.PATH" and "r.PATH" (its reason),
 * a part to be left out "o.PATH" and "q.PATH".  Steps follow from the practice
 * alone, so a step's number means the same on every visit.
 */
#ifndef LARIS_TEMPLATE_SHEET_H
#define LARIS_TEMPLATE_SHEET_H

#include "mod/template/adapt_pages.h"
#include "mod/template/kept.h"

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
	const struct kept *kept;	/* or NULL			*/
};
/* The groups of a sheet. */
size_t	sheet_groups(const struct sheet_of *, struct sheet_group **);
struct sheet_row sheet_row_of(const struct sheet_of *, const struct template_row *);
/* The groups on pages of their own: few enough for one form and a light page. */
size_t	sheet_steps(const struct sheet_of *, struct sheet_step **);
/* What was typed on one of them: of its fields that came in, what differs from the base. */
void	sheet_typed(const struct sheet_of *, const struct sheet_step *, struct kept_step *);

#endif
