/*
 * sample.h - which coupons are checked before the draw, and what that proves.
 *
 * Layer 3 (draw), pure.  sample.txt names a round earlier than the draw's,
 * before that round has come:
 *
 *	laris-sample/v1
 *	draw ID
 *	count N
 *	drand CHAIN
 *	round R
 *
 * seed = SHA-256(freeze.txt, sample.txt, sample-beacon.txt); coupons are
 * taken by the draw's own rule under the label SAMPLE: for k = 0, 1, 2 ...
 * SHA-256("SEED,SAMPLE,k") mod the number of coupons; a coupon chosen before
 * is passed over.  sample.tsv: number, k, coupon, cid.
 */
#ifndef LARIS_DRAW_SAMPLE_H
#define LARIS_DRAW_SAMPLE_H

#include "mod/draw/pick.h"

#define SAMPLE_MAX	5000
#define SAMPLE_LABEL	"SAMPLE"

struct sampled { uint64_t k, coupon; size_t holder; };

str	sample_text(struct arena *, str draw, int64_t count, str chain, int64_t round);
/* "count" different coupons, 1..SAMPLE_MAX and no more than there are. */
err	sample_choose(struct arena *, const struct pick_list *, str freeze, str sample, str beacon,
	    size_t count, struct sampled *out, str *tsv) MUST_USE;

/*
 * "bad" of n coupons drawn at random were not right: the share of all that
 * is not right is, with 95 % confidence, at most this: the exact upper bound
 * of Clopper and Pearson (Biometrika 26, 1934), in millionths, rounded up.
 */
int64_t	sample_bound(int64_t n, int64_t bad);

#endif
