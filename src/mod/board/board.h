/*
 * board.h - what the organiser sees of a sale while it runs.
 *
 * Layer 3, inner.  The figures of one look at a sale, all from one
 * snapshot: the page, its tables, its charts and the JSON that renews
 * them are drawn from this, so they cannot differ.
 */
#ifndef LARIS_BOARD_BOARD_H
#define LARIS_BOARD_BOARD_H

#include "mod/festival/slice.h"

enum board_part {
	BOARD_DAY, BOARD_HOUR, BOARD_SECTOR, BOARD_VENUE, BOARD_VILLAGE, BOARD_METHOD, BOARD_PARTS
};
extern const char *const board_part_names[BOARD_PARTS];	/* in JSON: "day" … */

/* When a merchant's newest purchase came in. */
enum board_fresh { FRESH_TODAY, FRESH_DAYS, FRESH_LONG, FRESH_NEVER, FRESHES };

struct board {
	struct festival f;
	int64_t now;		/* the moment, or the end of the sale if that is over */
	int64_t purchases, rupiah, coupons, reporting, unclaimed, last_at;
	int64_t today_purchases, today_rupiah;	/* of the day "now" lies in */
	int64_t waiting;	/* merchants who ask to be admitted	*/
	int64_t fresh[FRESHES];
	struct slice_rows part[BOARD_PARTS];
};

err	board_load(struct db *, const struct city *, const struct festival *, enum lang,
	    int64_t now, struct board *) MUST_USE;
/* Nothing came in from then on: silent for a day; for three. */
int64_t	board_since(const struct city *, const struct festival *, int64_t now, int days);
void	board_json(struct json_out *, const struct board *, enum zone);

/* What came of asking a silent merchant. */
enum call_outcome { CALL_NONE, CALL_WILL, CALL_HELP, CALL_STOPPED, CALL_NO_ANSWER, CALL_NUMBER,
    CALL_OUTCOMES };
extern const struct choice call_choices[];

#endif
