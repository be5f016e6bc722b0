/*
 * bundle.h - the bytes of every file of a published draw.
 *
 * Layer 3 (draw), pure: bytes in, bytes out.  What each file holds and
 * why is in the README of this module; the formats are exact to the
 * byte, because their hashes bind each other:
 *
 *	freeze.txt      names the list's Merkle root (RFC 6962, a leaf is a
 *	                record of entries.bin), the hashes of prizes.tsv,
 *	                ineligible.txt and rules.txt, and the drand round
 *	seed            = SHA-256(freeze.txt, beacon.txt)
 *	winners.tsv and transcript.tsv follow from the seed
 */
#ifndef LARIS_DRAW_BUNDLE_H
#define LARIS_DRAW_BUNDLE_H

#include "mod/draw/pick.h"

#define BUNDLE_ID_MAX	64		/* of a draw, of a prize	*/
#define BUNDLE_TITLE_MAX 200		/* bytes, also of a class	*/
#define BUNDLE_INELIGIBLE_MAX 1000000

struct bundle_prize {
	str id;			/* "RUMAH": [A-Za-z0-9._-], unique	*/
	str cls;		/* a person wins once in a class	*/
	int64_t number;		/* places				*/
	str title;		/* UTF-8, one line			*/
};

struct freeze {
	str draw;		/* [A-Za-z0-9._-]{1,64}			*/
	int64_t entries, coupons;
	struct hash root, prizes, ineligible, rules;
	bool has_rules;
	struct hash drand;	/* chain				*/
	int64_t round;
};

/* ERR_INVALID "draw-id", "draw-prize" (arg: the prize), "draw-prizes". */
err	bundle_prizes_text(struct arena *, const struct bundle_prize *, size_t n, str *) MUST_USE;
err	bundle_prizes_parse(struct arena *, str, struct bundle_prize **, size_t *n) MUST_USE;
/* Sorted and without doubles, whatever order they come in; "cids" is reordered. */
err	bundle_ineligible_text(struct arena *, struct hash *cids, size_t n, str *) MUST_USE;
err	bundle_ineligible_parse(struct arena *, str, struct hash **, size_t *n) MUST_USE;
void	bundle_root(const struct pick_list *, struct hash *root);

/*
 * freeze.txt from a sealed list and the other files' bytes; rules.p NULL:
 * the bundle has no rules.txt.  "f" returns what the text says.
 */
struct freeze_input {
	str draw, prizes, ineligible, rules, chain;	/* chain: 64 hex */
	int64_t round;
	const struct pick_list *list;
	const struct hash *root;	/* of the list, if it was worked out before */
};
err	freeze_make(struct arena *, const struct freeze_input *, struct freeze *f,
	    str *text) MUST_USE;
str	freeze_text(struct arena *, const struct freeze *);
/* Only what freeze_text would write: ERR_INVALID "draw-freeze-format". */
err	freeze_parse(struct arena *, str, struct freeze *) MUST_USE;

/*
 * The stored files again, before a draw runs on them: ERR_INVALID
 * "draw-entries" or "draw-files" (arg: which) unless they are what
 * freeze.txt says.  The list borrows "entries".
 */
struct bundle_input { str freeze, beacon, entries, prizes, ineligible; };
err	bundle_open(struct arena *, const struct bundle_input *, struct freeze *,
	    struct pick_list *) MUST_USE;

struct bundle_winner {
	size_t prize;		/* index				*/
	uint32_t place;		/* from 1				*/
	uint64_t k, coupon;
	size_t holder;		/* record				*/
};
struct bundle_result {
	char seed[PICK_SEED];
	str winners, transcript;		/* the two files	*/
	const struct bundle_winner *won;	/* in order of drawing	*/
	size_t n_won;
	const struct pick_prize *prizes;	/* .won < .number: not drawn */
	size_t n_prizes;
};
/* Errors of pick_run and the parsers.  The same bytes for the same input. */
err	bundle_draw(struct arena *, const struct bundle_input *, const struct pick_list *,
	    struct bundle_result *) MUST_USE;

/*
 * One place anew (after.h): "told" is the announcement's bytes, "beacon" the
 * later round's; "struck" are the records struck out so far, this one too.
 */
struct bundle_again {
	str told, beacon;
	size_t prize;
	uint32_t place;
	const struct pick_standing *standing;	size_t n_standing;
	const size_t *struck;			size_t n_struck;
};
err	bundle_again(struct arena *, const struct bundle_input *, const struct pick_list *,
	    const struct bundle_again *, struct bundle_result *) MUST_USE;

struct bundle_file { str name, bytes; };
str	bundle_readme(struct arena *, const struct freeze *, bool rehearsal);
/* verify.py, the same in each bundle: kept with it, so that its sum stays true. */
str	bundle_checker(void);
/* One line of SHA256SUMS. */
void	bundle_sum_put(struct buf *, str name, const struct hash *);
/* SHA256SUMS as sha256sum(1) checks it; sorts "files" by name. */
str	bundle_sums(struct arena *, struct bundle_file *, size_t n);

#endif
