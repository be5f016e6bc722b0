/*
 * after.h - what may happen to a draw that was run, as public texts.
 *
 * Layer 3 (draw), pure.  Each happening is a file after/NNN-*.txt, numbered
 * from 001 in the order in which it was said:
 *
 *	redraw     a winner is struck out; the place is drawn anew from a later
 *	           round.  seed' = SHA-256(freeze.txt, redraw.txt, beacon'.txt);
 *	           the picking rule is that of the draw, from k = 0.  Standing
 *	           winners keep what they won, and are passed over in their
 *	           class; whoever was struck out is passed over in all.
 *	returned   a winner is struck out and the prize goes to the Social Office
 *	handover   the prize was given
 *
 * Redraws run in the order of their numbers; so what came of each follows
 * from the files up to it.  after/NNN-beacon.txt, -winner.tsv and
 * -transcript.tsv belong to redraw NNN.
 */
#ifndef LARIS_DRAW_AFTER_H
#define LARIS_DRAW_AFTER_H

#include "mod/draw/bundle.h"

#define AFTER_MAX	999

enum after_kind { AFTER_REDRAW, AFTER_RETURNED, AFTER_HANDOVER, AFTER_KINDS };

struct after {
	enum after_kind kind;
	str draw, prize;
	int64_t place;
	str reason;		/* code; not of a hand-over		*/
	str chain;		/* of a redraw: 64 hex digits		*/
	int64_t round;
	str day;		/* of a hand-over: 2021-11-03		*/
};

/* "after/001-redraw.txt"; and of what belongs to it: what = "beacon.txt". */
str	after_name(struct arena *, int64_t n, enum after_kind);
str	after_part(struct arena *, int64_t n, const char *what);
str	after_text(struct arena *, const struct after *);
/* Only what after_text would write: ERR_INVALID "draw-after" {file}. */
err	after_parse(struct arena *, str name, str text, struct after *) MUST_USE;

/* ---- what stands ------------------------------------------------------- */

struct after_told { str name, text, beacon; };	/* beacon.p NULL: not drawn yet */

struct after_place {		/* a win, and what became of it		*/
	struct bundle_winner win;
	int64_t run;		/* 0: of the draw; else of redraw NNN	*/
	int64_t gone;		/* 0: stands; else struck out by NNN	*/
	bool given;
};
struct after_came {		/* of one file				*/
	struct after said;
	size_t struck;		/* place it is about, in after_stand.v	*/
	bool ran, won;		/* a redraw with its beacon; somebody was left */
	struct bundle_result r;	/* of a redraw that ran			*/
};
struct after_stand {
	struct after_place *v;	size_t n;	/* in order of winning	*/
	struct after_came *came;	size_t n_came;
	int64_t waiting;	/* number of the redraw that has to run next, or 0 */
};

/*
 * From the draw's own result and the files in order, the first being 001.
 * ERR_INVALID "draw-after" {file}: no such place, nobody stands there, it
 * was given, another draw's or chain's, a round no later than the draw's,
 * or drawn out of order.
 */
err	after_walk(struct arena *, const struct bundle_input *, const struct pick_list *,
	    const struct bundle_result *, const struct after_told *, size_t n,
	    struct after_stand *) MUST_USE;
/* The win that stands at this place, or NULL. */
struct after_place *after_find(const struct after_stand *, size_t prize, int64_t place);

#endif
