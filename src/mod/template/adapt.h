/* adapt.h - what the dry run, the sheet and its steps are made from.  Layer 3, inner. */
#ifndef LARIS_TEMPLATE_ADAPT_H
#define LARIS_TEMPLATE_ADAPT_H

#include "mod/template/sheet.h"

struct adapt {
	struct template_known x;
	struct template_ask q;
	struct kept_of of;
	struct kept kept;
	struct template_plan plan;
	struct sheet_of sheet;
	str here;			/* "/admin/practice/0123…"	*/
};
/* The practice {0} and what the person asking has kept of it; no plan yet. */
err	adapt_load(struct req *, struct db *, struct adapt *) MUST_USE;
/* Its plan as kept; "whole" as kept_wish(). */
err	adapt_plan(struct db *, struct adapt *, bool whole) MUST_USE;
/* ERR_CONFLICT "template-sheet-none". */
err	adapt_begun(struct req *, const struct adapt *) MUST_USE;
/* Holidays within the days planned, in words. */
size_t	adapt_holidays_say(struct req *, const struct adapt *, const str **);

#endif
