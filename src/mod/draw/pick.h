/*
 * pick.h - from public randomness to winners: pure arithmetic.
 *
 * Layer 3 (draw), no I/O, no database.  The list of who holds which
 * coupons is kept in the very bytes of entries.bin, so that ten million
 * holders are 480 MB and nothing is copied: records of 48 bytes, cid[32],
 * first and count as 64-bit big-endian numbers, strictly ascending by
 * cid, contiguous from coupon 0.
 *
 * For each prize, k = 0, 1, 2 ...: x = SHA-256("SEED,PRIZE,k") read as
 * a 256-bit big-endian number is mapped to a coupon; its holder wins
 * unless ineligible or a winner in this class already.  Nothing here
 * may ever change: a published draw must give the same winners forever.
 */
#ifndef LARIS_DRAW_PICK_H
#define LARIS_DRAW_PICK_H

#include "core/crypto.h"

#define PICK_RECORD	48
#define PICK_SEED	64		/* hex digits			*/
#define PICK_PRIZES_MAX	10000		/* lines of prizes.tsv		*/
#define PICK_PLACES_MAX	1000000		/* winners in one draw		*/
#define PICK_CLASSES_MAX 64
#define PICK_STEPS_MAX	UINT64_C(4000000)

struct pick_list {
	const unsigned char *rec;	/* n records, borrowed		*/
	size_t n;
	uint64_t coupons;		/* sum of the counts		*/
};

/* What is put in before pick_list_seal; first comes from it.  "tag" travels along. */
void	pick_record_set(unsigned char *rec, const struct hash *cid, uint64_t count, uint64_t tag);
uint64_t pick_first(const struct pick_list *, size_t i);
uint64_t pick_count(const struct pick_list *, size_t i);
/*
 * Sort n records by cid where they stand, number the coupons from 0,
 * sum them.  ERR_INVALID: "draw-cid-twice", "draw-count" (a holder with
 * none, or a sum over INT64_MAX), "draw-empty".  "tags" (n, or NULL) takes
 * each record's tag in the new order.
 */
err	pick_list_seal(struct arena *, unsigned char *rec, size_t n, uint64_t *tags,
	    struct pick_list *) MUST_USE;
/* The same from records that are sealed already; ERR_INVALID "draw-entries" if not. */
err	pick_list_read(struct arena *, str bytes, struct pick_list *) MUST_USE;
/* The record that holds "coupon" (< coupons). */
size_t	pick_holder(const struct pick_list *, uint64_t coupon);
/* The record of this cid, or SIZE_MAX. */
size_t	pick_find(const struct pick_list *, const unsigned char cid[32]);

/*
 * The uniform map of a 256-bit big-endian integer to [0,n), n > 0: false
 * (take the next k) where x >= 2^256 - (2^256 mod n), else x mod n.
 */
bool	pick_bounded(const unsigned char x[32], uint64_t n, uint64_t *index);

/*
 * hex SHA-256 of freeze.txt, what was announced after it (redraw.txt,
 * sample.txt; empty for the draw itself) and the beacon's text.
 */
void	pick_seed(char seed[PICK_SEED], str freeze, str told, str beacon);

struct pick_prize {
	str id, cls;
	uint32_t number;		/* places, >= 1			*/
	uint32_t won;			/* out: fewer means "not drawn"	*/
};

enum pick_result { PICK_WIN, PICK_INELIGIBLE, PICK_WON_ALREADY };

struct pick_step {
	size_t prize;			/* index			*/
	uint64_t k, coupon;
	size_t holder;			/* record			*/
	enum pick_result result;
	uint32_t place;			/* of a win, from 1		*/
};

struct pick {
	const struct pick_list *list;
	struct pick_prize *prizes;	/* in the order of drawing	*/
	size_t n_prizes;
	const struct hash *ineligible;	/* any order; may name strangers */
	size_t n_ineligible;
	char seed[PICK_SEED];
	uint64_t steps_max;		/* 0: PICK_STEPS_MAX		*/
	void (*step)(void *ctx, const struct pick_step *);
	void *ctx;
};

/*
 * Walk.  A prize ends when its places are filled or nobody eligible is
 * left in its class.  ERR_INVALID "draw-prizes" (none, too many, a number
 * out of range), "draw-long" (more than steps_max steps).
 */
err	pick_run(struct arena *, struct pick *) MUST_USE;

struct pick_standing { size_t prize, holder; };
/*
 * One place of one prize anew, from k = 0: the standing winners of its
 * class are passed over like winners, "ineligible" names those struck out
 * too.  At most one win is told to "step", with this place.
 */
err	pick_again(struct arena *, struct pick *, size_t prize, uint32_t place,
	    const struct pick_standing *, size_t n) MUST_USE;

#endif
