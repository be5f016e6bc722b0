/* based_pages.h - what was adopted against its base, and a newer base.  Layer 3, inner. */
#ifndef LARIS_TEMPLATE_BASED_PAGES_H
#define LARIS_TEMPLATE_BASED_PAGES_H

#include "mod/template/adapt_pages.h"

struct based_row {
	struct sheet_row in;	/* its inputs: value, reason		*/
	str path, base, ours, reason, by, breaks;
	int64_t at;
	bool unexplained, locked;
};
struct next_row { str href, ref, city; };

struct based_view {
	str name, href, setup, ref, city, base, by, csrf, refused, set, revert, stamp, give;
	int64_t at;
	bool may_write;
	const struct based_row *v, *same; size_t n, n_same, n_unexplained;
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
