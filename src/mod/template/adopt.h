/*
 * adopt.h - a practice enters a city, is adapted, lives on, follows its base.
 *
 * Layer 3.  A plan is worked out by reading; the very same plan is what a
 * change carries out, in one transaction.  Who acts on what was seen gives
 * its stamp: a hash of all that counts, so that whoever comes second is told.
 */
#ifndef LARIS_TEMPLATE_ADOPT_H
#define LARIS_TEMPLATE_ADOPT_H

#include "mod/template/template.h"

#define REASON_MIN	5
#define REASON_MAX	500
/* Reasons to choose from: codes "size", "budget" …; "template.reason-<code>" in words. */
extern const struct choice template_reasons[];
/* A code in words, else as it is. */
str	template_reason_text(enum lang, str reason);

/* ---- the plan (plan.c) ---------------------------------------------------------- */

struct template_set { str path, value, reason; bool gone; };	/* gone: left out, with all below */
struct template_wish {
	const struct template_set *set;	size_t n;
	str slug;		/* empty: made from the name		*/
	int64_t year;		/* of the first day; 0: the next one	*/
	bool scale;		/* take the amounts in proportion	*/
};

struct template_row {
	str path, label;
	enum practice_type type;
	enum practice_policy policy;
	bool has_base, has_ours, has_next;
	str base, ours, next;	/* next: of a newer base, or what a plan suggests */
	str why;		/* the arithmetic, or why that day	*/
	str reason, by;		/* by, at: who gave it			*/
	int64_t at;
	str breaks;		/* where it deviates: indicators that compare no longer */
	bool deviates;
	bool said;		/* a wish names it: nothing is suggested in its place */
	bool unexplained;	/* deviates, and no reason given yet	*/
	bool changed;		/* the newer base says another thing	*/
	bool conflict;		/* so do we: to be taken, kept or mended */
	bool left_out;		/* with a reason, alone or with all beside it */
};
struct template_plan {
	str slug, name;
	struct template_row *row;	size_t n;	/* every field, by path; fill-ins too */
	str *clash;		size_t n_clash;		/* in words; none: it can be made */
	str *todo;		size_t n_todo;		/* what is left to be filled in	*/
	struct practice_list want;			/* what will be written */
};
/*
 * ERR_INVALID "template-locked" {label}, "template-reason" {label}, "template-path" {path},
 * "template-field-unknown" {path}, "template-kind" {kind}, practice_value_judge's;
 * ERR_DENIED "template-key-unknown".
 */
err	template_plan(struct db *, const struct template_ask *, const struct template *,
	    const struct template_wish *, struct template_plan *) MUST_USE;
/* Carry it out.  ERR_CONFLICT "template-clash" {words}; the errors of the plan and of the kind. */
err	template_adopt(struct tx *, struct change *, const struct template_ask *,
	    const struct template *,
	    const struct template_wish *, struct practice_subject *) MUST_USE;

/* ---- living with it (live.c) ------------------------------------------------------ */

struct template_diff {
	struct practice_subject subject;
	struct template base;
	struct template_row *row;	size_t n;	/* every field but fill-ins, by path */
	size_t n_deviations, n_unexplained, n_changed, n_conflicts;
	str stamp;		/* of what was seen			*/
	str adopted_by;
	int64_t adopted_at;
};
/* Was it adopted?  Then from which.  For "based on …" on its pages. */
struct template_based { bool is; str ref, city_name, sha256; template_file_id id; };
err	template_based(struct db *, city_id, str kind, int64_t subject,
	    struct template_based *) MUST_USE;
/* "slug" of any kind; "next" may be NULL.  ERR_MISSING "template-not-adopted" {slug};
 * ERR_CONFLICT "template-other" {ref} {ref}: next is not of its family. */
err	template_diff(struct db *, const struct template_ask *, str slug,
	    const struct template *next,
	    struct template_diff *) MUST_USE;
/* Everything in the city that was adopted. */
struct template_adoption {
	str kind, ref, by;		/* by: the name of who made it	*/
	struct practice_subject subject;
	int64_t at;
};
err	template_adoptions(struct db *, const struct template_ask *, struct template_adoption **,
	    size_t *n) MUST_USE;

/*
 * Each of these: "seen" is the stamp of the diff that was seen, or empty.
 * ERR_CONFLICT "template-raced": somebody changed it meanwhile.
 */
/* Set values, with their reasons; a reason alone (value as it is) explains a deviation. */
err	template_set(struct tx *, struct change *, const struct template_ask *, str slug,
	    const struct template_set *, size_t n, str seen) MUST_USE;
/* Back to the base's value.  Fine where it is so already. */
err	template_revert(struct tx *, struct change *, const struct template_ask *, str slug,
	    str path,
	    str seen) MUST_USE;

enum template_verdict { TEMPLATE_TAKE, TEMPLATE_KEEP, TEMPLATE_MEND };
struct template_choice { str path; enum template_verdict verdict; str value, reason; };
/*
 * To a newer base.  What we did not touch follows it; what both changed needs
 * a choice: ERR_CONFLICT "template-undecided" {paths}.  A value kept or mended
 * needs a reason as any deviation: "template-reason".
 */
err	template_upgrade(struct tx *, struct change *, const struct template_ask *, str slug,
	    const struct template *next, const struct template_choice *, size_t n,
	    str seen) MUST_USE;

#endif
