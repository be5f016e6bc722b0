/*
 * annul.h - a draw whose randomness does not come, annulled by a notary.
 *
 * Layer 3.  A late round is waited for: it has one possible value whenever
 * it comes.  Only when it is 72 hours late, the relays that were asked since
 * then do not have it either, and nothing was drawn, may a frozen draw be
 * annulled: one person proposes, with the notary and the deed, another
 * confirms.  The entry "annulment.txt" of the city's log says so for ever;
 * a draw with a new public id takes its place (decision 043).
 *
 * Whoever could annul after he saw the number could draw until he likes the
 * winners.  That a round was not there nobody can prove afterwards; but drand
 * keeps its rounds, so everybody can ask, and the pages lead there.
 */
#ifndef LARIS_DRAW_ANNUL_H
#define LARIS_DRAW_ANNUL_H

#include "mod/draw/draw.h"

#define ANNUL_AFTER	(72 * HOUR)	/* past due			*/
#define ANNUL_FILE	"annulment.txt"
#define ANNUL_NOTARY_MAX 100		/* bytes			*/
#define ANNUL_DEED_MAX	60

struct annulment {
	bool there;		/* proposed, or done			*/
	bool done;
	str notary, deed, by, second;	/* by, second: log-ins		*/
	int64_t proposed, at;	/* at: confirmed; 0: not yet		*/
	draw_id next;		/* the draw in its place; 0: none	*/
};
err	annulment_get(struct db *, const struct draw *, struct annulment *) MUST_USE;
/*
 * Does nothing stand in the way but a second person?  ERR_CONFLICT
 * "draw-annul-rehearsal", "draw-annul-came" (its number is there),
 * "draw-annul-early" {until}, "draw-annul-unasked", "draw-step".
 */
err	annul_may(struct db *, const struct draw *, enum zone, int64_t now) MUST_USE;
/*
 * One who proposes anew replaces what was proposed.  As annul_may;
 * ERR_INVALID "field-needed", "draw-annul-words" {field}.
 */
struct annul_ask { str notary, deed, by; enum zone zone; int64_t now; };
err	annul_propose(struct tx *, struct change *, struct draw *,
	    const struct annul_ask *) MUST_USE;
/* ERR_CONFLICT "draw-annul-none". */
err	annul_withdraw(struct tx *, struct change *, const struct draw *) MUST_USE;
/*
 * For good.  "minutes" is the report for its bundle, or empty.  As annul_may;
 * ERR_CONFLICT "draw-annul-none", "draw-annul-alone" (who proposed cannot confirm).
 */
err	annul_confirm(struct tx *, struct change *, struct draw *, const struct annul_ask *,
	    str minutes) MUST_USE;
/*
 * A draft in the place of one that was annulled: its prizes, rules and who may
 * not win, under a slug and public id of its own.  Once: ERR_CONFLICT
 * "draw-replaced", "draw-step".
 */
err	draw_replace(struct tx *, struct change *, const struct festival *, const struct draw *old,
	    struct draw *, int64_t now) MUST_USE;
/* The draw that this one stands in for. */
err	draw_replaced(struct db *, const struct draw *, struct draw *old, bool *found) MUST_USE;

/* annulment.txt: what is entered in the log. */
str	annulment_text(struct arena *, const struct draw *, const struct annulment *);

#endif
