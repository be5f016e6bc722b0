/*
 * winner.h - what becomes of the winners of a draw that was run.
 *
 * Layer 3.  A winner is called, verified, and given the prize.  One who
 * is absent, may not win or does not come in time is struck out, with a
 * coded reason that is public and words that are not; the place is drawn
 * anew from a later round, or the prize is returned to the Social Office.
 * Nothing is taken back: each of these is a public file (after.h).
 */
#ifndef LARIS_DRAW_WINNER_H
#define LARIS_DRAW_WINNER_H

#include "mod/draw/after.h"
#include "mod/draw/draw.h"

enum winner_state { WINNER_DRAWN, WINNER_CALLED, WINNER_VERIFIED, WINNER_GIVEN, WINNER_STATES };

enum strike_reason {
	STRIKE_ABSENT = 1, STRIKE_UNCLAIMED, STRIKE_REFUSED, STRIKE_IDENTITY, STRIKE_BARRED,
	STRIKE_PURCHASE, STRIKE_TWICE, STRIKE_REASONS
};
extern const struct choice strike_choices[];

struct winner_row_of {		/* who stands at one place		*/
	prize_id prize;
	str code, title, masked, words;
	int64_t place, coupon, run, moved, value;
	enum winner_state state;
	card_id card;
	int64_t number;		/* of the card; staff only		*/
};
/* ERR_MISSING "draw-no-winner": nobody stands there. */
err	winner_at(struct db *, const struct draw *, prize_id, int64_t place,
	    struct winner_row_of *) MUST_USE;
err	winner_all(struct db *, const struct draw *, struct winner_row_of **, size_t *n) MUST_USE;

/* When prizes must be claimed by; 0 before the draw.  Setting "draw-claim-days". */
err	winner_deadline(struct db *, const struct draw *, int64_t *at) MUST_USE;

/*
 * Called, verified.  ERR_CONFLICT "draw-winner-step" when that is not the next
 * step, ERR_MISSING "draw-no-winner".
 */
err	winner_move(struct tx *, struct change *, const struct draw *, prize_id, int64_t place,
	    enum winner_state to, int64_t now) MUST_USE;

enum paper_kind { PAPER_PHOTO, PAPER_SIGNED, PAPER_KINDS };
struct handing {
	str receiver;		/* name as typed			*/
	str photo, paper;	/* JPEG or PNG, or empty		*/
	str by;
	int64_t now;
	enum zone zone;
};
/*
 * The prize was given: after/NNN-handover.txt.  A verified winner only.
 * ERR_INVALID "field-needed", "draw-picture".
 */
err	winner_give(struct tx *, struct change *, struct draw *, prize_id, int64_t place,
	    const struct handing *) MUST_USE;
err	winner_paper(struct db *, const struct draw *, prize_id, int64_t place, enum paper_kind,
	    str *type, str *bytes, bool *there) MUST_USE;

struct strike {
	prize_id prize;
	int64_t place;
	enum strike_reason reason;
	str words;		/* needed				*/
	bool returned;		/* to the Social Office: no redraw	*/
	int64_t notice;		/* until the later round		*/
	str by;
	int64_t now;
};
/*
 * Strike out: after/NNN-redraw.txt or -returned.txt, whose number is *n.
 * ERR_CONFLICT "draw-step" (not drawn), "draw-given"; ERR_MISSING
 * "draw-no-winner"; ERR_INVALID "field-needed", "draw-round-past".
 */
err	draw_strike(struct tx *, struct change *, struct draw *, const struct strike *,
	    int64_t *n) MUST_USE;

struct after_row {		/* in order				*/
	int64_t n, place, round, ran, at;
	enum after_kind kind;
	enum strike_reason reason;
	prize_id prize;
	str code, title, words, by;
	str was, now;		/* masked cards; empty: nobody		*/
};
err	draw_afters(struct db *, const struct draw *, struct after_row **, size_t *n) MUST_USE;

/*
 * Who wins the place of redraw n, by what was pasted from drand; beside the
 * writer.  ERR_CONFLICT "draw-step" (ran already, or an earlier one waits),
 * "draw-beacon-early"; errors of beacon_text.
 */
struct draw_again;
err	draw_again_work_out(struct db *, const struct draw *, int64_t n, str pasted, int64_t now,
	    struct draw_again **) MUST_USE;
/* Write it down.  ERR_CONFLICT "draw-raced": somebody else did. */
err	draw_again(struct tx *, struct change *, struct draw *, const struct draw_again *,
	    int64_t now) MUST_USE;

/* Names of the files in after/, in order. */
err	draw_after_names(struct db *, const struct draw *, str **, size_t *n) MUST_USE;
/* From the stored files: what stands now, recomputed. */
err	draw_stand(struct db *, const struct draw *, const struct bundle_input *,
	    const struct pick_list *, const struct bundle_result *, struct after_stand *) MUST_USE;

#endif
