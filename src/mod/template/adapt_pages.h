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
	bool empty, deviates;
	const struct sheet_option *option; size_t n_option;
	size_t weight;
	const struct template_row *of;
};
struct sheet_group {
	str id, path, name, reason_name, reason;
	str part, one;			/* "Undian", "utama" or empty	*/
	bool may_leave, left;
	bool more;			/* began on an earlier step	*/
	const struct sheet_row *v; size_t n;
};
struct sheet_step {
	str title, part, href, say;
	size_t nth, fields;		/* nth of its part		*/
	const struct sheet_group *v; size_t n;
};

struct adapt_other { str name; int64_t at; };
struct adapt_change { str label, base, ours, reason; };

struct adapt_view {
	str title, city, here, csrf, refused, year, slug, name;
	str begin, sheet, drop;		/* URLs				*/
	bool scale, may_scale, begun, venues;
	int64_t saved;			/* when this sheet was saved last */
	const struct adopted_row *adopted; size_t n_adopted;
	const struct adapt_other *other; size_t n_other;
	const struct sheet_group *group; size_t n_group;
	const struct sheet_step *step; size_t n_step;
	const str *clash, *todo, *holiday; size_t n_clash, n_todo, n_holiday;
	const struct sheet_row *say; size_t n_say;	/* what is suggested, with its why */
	const struct adapt_change *change; size_t n_change, n_more;
	const str *reason; size_t n_reason;		/* to choose from	*/
};

struct step_view {
	str csrf, refused, city, sheet, action, prev;
	const struct sheet_step *step; size_t number, of;
	bool venues, days;
	const str *holiday; size_t n_holiday;
	const str *reason; size_t n_reason;
};

#include "adapt_tmpl.h"

#endif
