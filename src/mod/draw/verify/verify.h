/*
 * verify.h - `laris verify`: is this published draw what it promises?
 *
 * Layer 3.  It shares no code with the draw but base, the libraries behind
 * src/crypto, the readers of src/log, and core/fetch where the log is an
 * address; so one mistake cannot hide in both.  It reads a folder written by
 * a stranger: every file is bounded or streamed, nothing is followed out
 * of the folder, and what is not exactly as the format says is refused.
 *
 * The promises:
 *	a  the coupon list was fixed before the randomness existed
 *	b  my coupons are in it, as many as they should be
 *	c  nothing was added, removed or edited afterwards
 *	d  the winners follow from public randomness
 *	e  the record of purchases only grows, and all see the same one
 * a and e are proven by freeze.tlog-proof under a policy of whoever asks
 * (--policy): whom he believes, nobody can tell him; the bundle's own
 * policy.txt is tried, but not taken for his.  So are the proofs of what
 * was said later (sample.txt, after/).  That this freeze is the first, and
 * nothing is hidden (c), only the log itself can show (--log).  A
 * rehearsal is never called valid, whatever else holds.
 */
#ifndef LARIS_DRAW_VERIFY_H
#define LARIS_DRAW_VERIFY_H

#include <stdio.h>

enum verify_exit {
	VERIFY_VALID = 0,	/* every promise was checked and holds	*/
	VERIFY_INVALID = 1,	/* at least one is broken		*/
	VERIFY_UNCHECKED = 2,	/* none is broken, not all were checked; or wrong use */
};

/*
 * verify BUNDLE [--card N --secret S [--phone P]] [--policy F]
 *	[--log FOLDER|URL [--ca F] [--copy FOLDER] [--log-most N]]
 *	[--lang id|en] [--json]
 * argv[0] is the command's name.  The answer goes to "out", wrong use to
 * standard error.  The language is Indonesian unless --lang or LANG says
 * English.
 */
int	verify_main(int argc, char **argv, FILE *out);

#endif
