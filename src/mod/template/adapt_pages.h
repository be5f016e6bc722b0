/* adapt_pages.h - the dry run and the adaptation sheet.  Layer 3, inner. */
#ifndef LARIS_TEMPLATE_ADAPT_PAGES_H
#define LARIS_TEMPLATE_ADAPT_PAGES_H

#include "mod/template/gallery_pages.h"

enum sheet_input { SHEET_FIXED, SHEET_LINE, SHEET_LONG, SHEET_DAY, SHEET_CHOICE };

struct sheet_option { str code, label; bool on; };

struct sheet_row {
	str id, name, reason_name;	/* of the inputs		*/
	str label, base, why, limits, value, reason, wrong;
	enum sheet_input input;
	enum text_id policy;
	bool fill;			/* belongs to this city alone: needs no reason */
	const struct sheet_option *option; size_t n_option;
};
struct sheet_group {
	str id, name, reason_name, title, reason;
	bool may_leave, left, open;
	const struct sheet_row *v; size_t n;
};

struct adapt_view {
	str title, city, here, action, csrf, refused, year, slug, name;
	bool scale, may_scale;
	const struct adopted_row *adopted; size_t n_adopted;
	const struct sheet_group *group; size_t n_group;
	const str *clash, *todo, *holiday; size_t n_clash, n_todo, n_holiday;
	const struct sheet_row *say; size_t n_say;	/* what is suggested, with its why */
	const str *reason; size_t n_reason;		/* to choose from	*/
	int64_t fields, deviations;
};

#include "adapt_tmpl.h"

#endif
