/*
 * post.h - the officers' posts: notes, cards in stock, and who waits.
 *
 * Layer 3.  A note that looks like one already there (same merchant, amount
 * and note number, however it is written) is asked about, never dropped and
 * never recorded silently.  A correction strikes out and records anew in one
 * change.  A range of cards is at one post at a time.
 */
#ifndef LARIS_POST_POST_H
#define LARIS_POST_POST_H

#include "mod/festival/purchase.h"
#include "mod/post/ids.h"

/* ---- notes ---- */

/* "A-0012" and "a 12": case, signs and leading zeros do not make another note. */
bool	note_same(str, str);

struct twin {			/* the earlier one			*/
	purchase_id id;
	int64_t number, card, at, received;
	str note, by;		/* by: login, empty when not by a person */
};
/* The newest valid one; never for a note without a number. */
err	note_twin_find(struct db *, const struct festival *, const struct purchase_in *,
	    struct twin *, bool *found) MUST_USE;

enum twin_answer { TWIN_ASK, TWIN_SAME, TWIN_OTHER };
struct note_out {
	struct purchase_out p;
	bool same;		/* the officer said so: nothing recorded	*/
	bool asked;		/* there is a twin, and it is in "twin"	*/
	struct twin twin;
};
/*
 * As purchase_record.  With a twin: ERR_CONFLICT "note-twin" {1} its number, when
 * not answered; ERR_INVALID "note-reason" when it is said to be another without
 * a reason (3-200).  Sent again: the same answer, not asked again.
 */
err	note_record(struct tx *, struct change *, const struct city *, const struct festival *,
	    const struct purchase_in *, enum twin_answer, str reason, int64_t now,
	    struct note_out *) MUST_USE;
/* "old" becomes void with the reason, and "in" stands for it. */
err	note_fix(struct tx *, struct change *, const struct city *, const struct festival *,
	    purchase_id old, const struct purchase_in *in, enum twin_answer, str other_reason,
	    str reason, int64_t now, struct note_out *) MUST_USE;

/* ---- posts and their cards ---- */

struct post { post_id id; festival_id festival; str name; venue_id venue; };
/* ERR_CONFLICT "post-there". */
err	post_add(struct tx *, const struct festival *, struct post *, int64_t now) MUST_USE;
/* ERR_MISSING "no-such-post": not of this sale. */
err	post_get(struct db *, const struct festival *, post_id, struct post *) MUST_USE;
err	post_stand(struct tx *, const struct post *, city_id, person_id, int64_t now) MUST_USE;

struct hand_in { str event; int64_t first, last; str taker, by; };
/* ERR_INVALID "hand-range" (not both printed cards, or the wrong way round);
 * ERR_CONFLICT "hand-taken" {first, last, post}, "event-reused". */
err	post_hand(struct tx *, const struct festival *, const struct post *,
	    const struct hand_in *, int64_t now, int64_t *cards) MUST_USE;
/* ERR_MISSING "no-such-hand": not there, or back already. */
err	post_hand_back(struct tx *, const struct festival *, hand_id, int64_t now) MUST_USE;

/* ---- who waits ---- */

struct queue { int64_t taken, now, calls; };
uint64_t queue_key(city_id, post_id);	/* its screens			*/
err	queue_get(struct db *, city_id, post_id, int64_t day, struct queue *) MUST_USE;
err	queue_take(struct tx *, struct change *, city_id, post_id, str event, int64_t day,
	    int64_t now, int64_t *number) MUST_USE;
/* "from" and "calls" are what the officer saw: pressed twice it happens once. */
err	queue_next(struct tx *, struct change *, city_id, post_id, int64_t day,
	    int64_t from) MUST_USE;
err	queue_again(struct tx *, struct change *, city_id, post_id, int64_t day,
	    int64_t calls) MUST_USE;

#endif
