/*
 * before.h - what comes before a draw is frozen or run: the provisional
 * list and objections to it, and the sample that is checked by hand.
 *
 * Layer 3.  A real draw is frozen when people have had their days to object
 * and were answered, somebody has said who may not win, and the books agree;
 * only the days can be cut short, with a reason that is kept.
 */
#ifndef LARIS_DRAW_BEFORE_H
#define LARIS_DRAW_BEFORE_H

#include "core/route.h"
#include "mod/draw/draw.h"

struct window {
	bool there;
	int64_t opened, ends, holders, coupons;	/* as published		*/
	int64_t objections, answered;
};
err	window_get(struct db *, const struct draw *, struct window *) MUST_USE;
/* How many days a window opened now would last. */
err	window_days(struct db *, const struct draw *, int64_t *days) MUST_USE;
/*
 * Publish the provisional list; people may object until so many days later
 * (setting "objection-days").  ERR_CONFLICT "draw-festival-open",
 * "draw-window-twice", "draw-fixed".
 */
err	window_open(struct tx *, struct change *, const struct draw *, const struct festival *,
	    str by, int64_t now) MUST_USE;

enum objection_state { OBJECTION_OPEN, OBJECTION_UPHELD, OBJECTION_REFUSED, OBJECTION_STATES };
#define OBJECTIONS_A_CARD	3
struct objection {
	int64_t id, number, at, answered;	/* number of the card: staff only */
	card_id card;
	str words, answer, by;
	enum objection_state state;
};
/* ERR_CONFLICT "draw-window-shut", "draw-objections-many"; ERR_INVALID "field-needed". */
err	objection_add(struct tx *, struct change *, const struct draw *, card_id, str words,
	    int64_t now) MUST_USE;
/* Upheld or refused, with the reason, once.  ERR_CONFLICT "draw-answered". */
err	objection_answer(struct tx *, struct change *, const struct draw *, int64_t id,
	    enum objection_state, str answer, str by, int64_t now) MUST_USE;
err	objection_get(struct db *, const struct draw *, int64_t id, struct objection *) MUST_USE;
/* card 0: everybody's; those without an answer first. */
err	objections(struct db *, const struct draw *, card_id, struct objection **,
	    size_t *n) MUST_USE;
/* Coupons this card's person would have on the list. */
err	holder_coupons(struct db *, const struct festival *, card_id, int64_t *coupons) MUST_USE;

/* "Nobody has to be barred" is said, not left out. */
err	draw_declare_none(struct tx *, struct change *, const struct draw *, str by,
	    int64_t now) MUST_USE;
err	draw_declared_none(struct db *, const struct draw *, bool *said) MUST_USE;
/* Every card with this number.  ERR_INVALID "draw-phone-unknown". */
err	draw_exclude_phone(struct tx *, struct change *, const struct draw *,
	    const struct festival *, str phone, const struct barring *) MUST_USE;

/*
 * May it be frozen?  Whoever lets people freeze asks this first.  A rehearsal
 * always may.  ERR_CONFLICT "draw-nobody-barred", and unless "override" says
 * why: "draw-window-none", "draw-window-open" {until}, "draw-objections" {n}.
 */
err	draw_may_freeze(struct db *, const struct draw *, str override, enum zone,
	    int64_t now) MUST_USE;
/* The reason is kept; empty: nothing to keep. */
err	draw_overridden(struct tx *, const struct draw *, str override, str by,
	    int64_t now) MUST_USE;
/* Every invariant of every module.  ERR_CONFLICT "draw-check-failed" {which}. */
err	draw_books_agree(struct db *, const struct app *) MUST_USE;

/* ---- the sample --------------------------------------------------------- */

enum sample_verdict { SAMPLE_UNSEEN, SAMPLE_CLEAN, SAMPLE_DOUBTFUL, SAMPLE_FALSE,
	SAMPLE_VERDICTS };
struct sample {
	bool there;
	int64_t count, round, said, ran;
	int64_t seen, clean;		/* of count			*/
	int64_t bound;			/* millionths: what is not clean counts as false */
};
struct sample_item {
	int64_t pos, coupon, number;	/* of the card			*/
	int64_t purchase, amount, at;	/* 0: not found			*/
	str merchant, stall, note, receipt, by;
	enum sample_verdict verdict;
	int64_t seen;			/* moment			*/
};
/*
 * Name the sample's round: after the freeze, before the draw's round.
 * ERR_CONFLICT "draw-step", "draw-sample-twice", "draw-sample-late".
 */
err	sample_say(struct tx *, struct change *, struct draw *, int64_t count, int64_t notice,
	    str by, int64_t now) MUST_USE;
/* Choose, by what was pasted.  ERR_CONFLICT "draw-step", "draw-beacon-early". */
err	sample_run(struct tx *, struct change *, struct draw *, str pasted, int64_t now) MUST_USE;
err	sample_get(struct db *, const struct draw *, struct sample *) MUST_USE;
/* "500 of 500 coupons checked, 500 clean: at most 0.6 % ..."; before that, how far it is. */
str	sample_sentence(struct arena *, enum lang, const struct sample *);
/* From "skip" on; those not seen first. */
err	sample_items(struct db *, const struct draw *, int64_t skip, int64_t limit,
	    struct sample_item **, size_t *n) MUST_USE;
err	sample_item(struct db *, const struct draw *, int64_t pos, struct sample_item *) MUST_USE;
/* ERR_INVALID "field-needed": what is not clean needs a note. */
err	sample_judge(struct tx *, struct change *, const struct draw *, int64_t pos,
	    enum sample_verdict, str note, str by, int64_t now) MUST_USE;

#endif
