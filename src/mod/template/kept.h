/*
 * kept.h - an adaptation while a person fills it in: one sheet a person and
 * practice, kept step by step until a draft is made of it.
 *
 * Layer 3, inner.
 */
#ifndef LARIS_TEMPLATE_KEPT_H
#define LARIS_TEMPLATE_KEPT_H

#include "mod/template/adopt.h"

#define KEPT_DAYS	90	/* one that nobody saved for so long goes */

struct kept_of { city_id city; person_id person; const struct template *t; int64_t now; };

struct kept {
	bool is;		/* begun				*/
	template_sheet_id id;
	int64_t year, started, at;
	bool scale;
	struct template_set *set;	size_t n;	/* by path	*/
};
err	kept_get(struct db *, const struct kept_of *, struct kept *) MUST_USE;
/* Begun again it keeps what was filled in; a day that was chosen for another year goes. */
err	kept_begin(struct tx *, const struct kept_of *, int64_t year, bool scale) MUST_USE;
/* What came in of one step: "drop" are the paths it shows, "set" what is said of them. */
struct kept_step { const str *drop; size_t n_drop; const struct template_set *set; size_t n; };
err	kept_save(struct tx *, const struct kept_of *, const struct kept *,
	    const struct kept_step *) MUST_USE;
err	kept_drop(struct tx *, city_id, template_sheet_id) MUST_USE;
/* As kept_save would leave it: for judging before anything is written. */
void	kept_with(struct arena *, const struct kept *, const struct kept_step *, struct kept *out);

/* What a plan is made of.  "whole": with the groups left out, and nothing below them. */
void	kept_wish(struct arena *, const struct kept *, const struct template *, bool whole,
	    struct template_wish *);
/* The group is left out: its set, or NULL. */
const struct template_set *kept_left(const struct kept *, const struct template *, str group);

/* Who else of the city fills in the same, the last to save first. */
struct kept_other { str name; int64_t at; };
err	kept_others(struct db *, const struct kept_of *, struct kept_other **, size_t *n) MUST_USE;

#endif
