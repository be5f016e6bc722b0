/* based_pages.h - what was adopted against its base, and a newer base.  Layer 3, inner. */
#ifndef LARIS_TEMPLATE_BASED_PAGES_H
#define LARIS_TEMPLATE_BASED_PAGES_H

#include "mod/template/adapt_pages.h"

struct based_row {
	struct sheet_row in;	/* its inputs: value, reason		*/
	str id, path, base, ours, reason, by, breaks;
	int64_t at;
	bool unexplained, locked;
	bool open;		/* its form is on the page		*/
	str edit;		/* else the page on which it is	*/
};
struct next_row { str href, ref, city; };

struct based_view {
	str name, href, onward, ref, city, base, by, csrf, refused, set, revert, stamp, give;
	enum text_id onward_say, onward_why;	/* where the kind says one goes on */
	int64_t at;
	bool may_write;
	const struct based_row *v; size_t n, n_all;	/* deviations: of this page, all */
	str before, after;			/* pages of them		*/
	const struct sheet_step *step; size_t n_step;	/* all fields, step by step */
	const struct based_row *same; size_t n_same;	/* of the step that is open */
	const struct sheet_step *open; size_t n_equal;	/* it, or NULL; as the base in all */
	const struct next_row *next; size_t n_next;
	const str *todo; size_t n_todo;
	const str *reason; size_t n_reason;
};

struct upgrade_row {
	struct sheet_row in;
	str path, verdict;	/* name of the radio			*/
	str base, ours, next, reason, wrong;
	bool take, keep, mend;	/* what is chosen			*/
};
struct upgrade_view {
	str name, here, ref, base, action, csrf, refused, stamp, guide;
	const struct upgrade_row *clash, *comes, *stays; size_t n_clash, n_comes, n_stays;
	const str *reason; size_t n_reason;
	bool may_write;
};

#include "based_tmpl.h"

#endif
