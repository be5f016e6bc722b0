/*
 * setup.h - what a sale has to do, from permit to report, with dates.
 *
 * Layer 3, inner.  Dates are counted back from the first day, or on from
 * the last.  A step is done by itself where the rows tell, else it is
 * ticked by hand, with who and when.  The stages of the permit are rows
 * of permit_stage (the law changes; the program need not).
 */
#ifndef LARIS_FESTIVAL_SETUP_H
#define LARIS_FESTIVAL_SETUP_H

#include "core/city.h"
#include "core/figure.h"
#include "mod/festival/festival.h"

enum setup_phase { SETUP_BEFORE, SETUP_DURING, SETUP_AFTER, SETUP_PHASES };

struct setup_step {
	str code, title, note;
	str law;		/* of a permit stage: "Permensos 3/2024" */
	str href;		/* where it is done; empty: outside Laris */
	int64_t due;		/* day					*/
	enum setup_phase phase;
	bool done, by_hand;
	bool late;		/* not done, and its day has passed	*/
	bool dated;		/* its day may be set: not the law's	*/
	bool own;		/* of this sale alone			*/
	bool from_last;		/* days are counted from the last day	*/
	int64_t days;
	str by, remark;		/* ticked: who, and what they noted	*/
	int64_t at;
};

struct setup_facts {		/* what the rows tell			*/
	int64_t venues, admitted, waiting, prizes, drawn, officers, cards;
};

struct setup {
	struct setup_step *v;	/* by due day				*/
	size_t n, n_done;
	const struct setup_step *next;	/* first to do, or NULL		*/
	struct setup_facts facts;
};

struct setup_ask {		/* what it takes to know		*/
	struct db *db;
	const struct app *app;
	const struct city *city;
	const struct festival *f;
	enum lang lang;
	int64_t now;
};

err	setup_load(const struct setup_ask *, struct setup *) MUST_USE;
const struct setup_step *setup_find(const struct setup *, str code);	/* or NULL */

/* Ticked, and taken back.  ERR_CONFLICT "setup-by-itself": the rows tell. */
err	setup_mark(struct tx *, const struct festival *, const struct setup_step *, str remark,
	    str by, int64_t now) MUST_USE;
err	setup_unmark(struct tx *, const struct festival *, const struct setup_step *) MUST_USE;

/* The sale's own plan.  ERR_CONFLICT "setup-by-law": a stage of the permit. */
err	setup_date(struct tx *, const struct festival *, const struct setup_step *,
	    int64_t days) MUST_USE;
/* A step more, ticked by hand.  ERR_CONFLICT "setup-there" {title}. */
err	setup_add(struct tx *, const struct festival *, const struct setup *,
	    struct setup_step *) MUST_USE;
/* Only one that was added: ERR_CONFLICT "setup-of-plan". */
err	setup_drop(struct tx *, const struct festival *, const struct setup_step *) MUST_USE;

/* n days before (negative) or after a day; working: Monday to Friday only. */
int64_t	setup_day(int64_t base, int64_t n, bool working);

/* Step number i of the usual plan; false past the last. */
struct setup_planned { str code; bool from_last; int64_t days; };
bool	setup_planned(size_t i, struct setup_planned *);

/* ---- may it open? ------------------------------------------------------ */

struct setup_lack { enum text_id what; str href; };
enum { SETUP_LACKS = 4 };	/* dates, venue, merchant, prize	*/
/* What a sale that never was open still lacks for opening. */
err	setup_lacks(const struct setup_ask *, struct setup_lack v[SETUP_LACKS],
	    size_t *n) MUST_USE;
/* ERR_INVALID "festival-not-ready" {1}: what is missing, in words. */
err	setup_ready(const struct setup_ask *) MUST_USE;

#endif
