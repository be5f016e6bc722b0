/*
 * odd.h - what looks odd about winners: reasons to look again, never proof.
 *
 * Layer 3; reads only.  A winner's purchases are told by a few plain
 * numbers; what is over a line gets a mark:
 *
 *	many tiny	at least 20 purchases, most of them under one unit
 *	one clerk	at least 5 entered by a person, 80 % by the same one
 *	one shop	at least 5, all from the same merchant
 *	note run	5 note numbers of one merchant in an unbroken row
 *	won before	the same phone number won in this city more than once
 */
#ifndef LARIS_DRAW_ODD_H
#define LARIS_DRAW_ODD_H

#include "mod/draw/draw.h"

enum odd_mark {
	ODD_TINY = 1 << 0, ODD_CLERK = 1 << 1, ODD_SHOP = 1 << 2, ODD_NOTES = 1 << 3,
	ODD_BEFORE = 1 << 4,
};
enum { ODD_MARKS = 5 };

struct odd_purchase { int64_t amount, merchant, person; str note; };
/* Marks of one person's valid purchases, without ODD_BEFORE. */
unsigned odd_marks(struct arena *, const struct odd_purchase *, size_t n, int64_t unit);

struct odd_winner {
	int64_t number, place, purchases;
	str title;
	prize_id prize;
	unsigned marks;
};
err	odd_winners(struct db *, const struct festival *, const struct draw *,
	    struct odd_winner **, size_t *n) MUST_USE;

#endif
