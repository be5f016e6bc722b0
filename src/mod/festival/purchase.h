/*
 * purchase.h - one sale at one merchant, through every channel.
 *
 * Layer 3.  The hot path: each function is part of a change, and moves
 * the row and every sum beside it together.
 */
#ifndef LARIS_FESTIVAL_PURCHASE_H
#define LARIS_FESTIVAL_PURCHASE_H

#include "mod/festival/festival.h"

struct purchase_in {
	str event;		/* the client's own id, 1-64 of [A-Za-z0-9._-] */
	merchant_id merchant;
	int64_t card;		/* number; 0: to be claimed later	*/
	int64_t amount;		/* rupiah, 1..RUPIAH_MAX		*/
	enum method method;
	enum channel channel;
	int64_t at;		/* moment; its day must be the festival's */
	str note;
	person_id person;
	token_id token;
};

struct purchase_out {
	purchase_id id;
	int64_t number;		/* 1, 2, 3 … in the festival		*/
	int64_t card, amount, counted;
	int64_t points;		/* coupons it brought			*/
	int64_t coupons;	/* the card's after it			*/
	unsigned why;		/* bits of enum rule_step		*/
	int64_t log;		/* its first entry in the public log	*/
	bool again;		/* this event was recorded before: same answer */
};

/*
 * Record it.  ERR_CONFLICT: "festival-not-open", "event-reused".
 * ERR_INVALID: "amount-range", "outside-dates", "merchant-unknown",
 * "merchant-not-admitted", "card-unknown", "card-blocked".
 */
err	purchase_record(struct tx *, struct change *, const struct city *, const struct festival *,
	    const struct purchase_in *, int64_t now, struct purchase_out *) MUST_USE;

/*
 * Would it be recorded?  The same refusals, and nothing is written; *again:
 * it has been.  For a file that is judged as a whole before it counts.
 */
err	purchase_check(struct db *, const struct city *, const struct festival *,
	    const struct purchase_in *, bool *again) MUST_USE;

/*
 * A form sent twice (double click, back button): when this event was
 * recorded for this merchant and amount, take over its "at", so that the
 * second sending is the same purchase.
 */
err	purchase_sent_before(struct tx *, const struct festival *, struct purchase_in *) MUST_USE;

/*
 * A stall's sale without a card: record, and give the code with which the
 * shopper takes it.  Again with the same event: the same code.
 */
err	purchase_offer(struct tx *, struct change *, const struct city *, const struct festival *,
	    const struct purchase_in *, int64_t now, struct purchase_out *, str *code) MUST_USE;

/*
 * The shopper takes an offered sale onto a card.  ERR_MISSING "claim-unknown";
 * ERR_CONFLICT "claim-taken" (the same card again: the same answer),
 * "purchase-void", "festival-not-open".
 */
err	purchase_claim(struct tx *, struct change *, const struct city *, const struct festival *,
	    str code, int64_t card, int64_t now, struct purchase_out *) MUST_USE;

struct void_in { str event, reason; person_id person; token_id token; };
/*
 * Strike it out: points, sums and coupons go back.  The same event again is
 * the same answer (*again).  ERR_CONFLICT "void-already", "festival-frozen".
 */
err	purchase_void(struct tx *, struct change *, const struct city *, const struct festival *,
	    purchase_id, const struct void_in *, int64_t now, bool *again) MUST_USE;

struct paid_by { enum method method; person_id person; token_id token; };
#define METHOD_FRESH	(30 * MINUTE)
/*
 * It was paid another way than was written down: the row's method and the
 * sums by method move, a row of purchase_method says who and when.  Already
 * so: nothing happens.  ERR_CONFLICT "purchase-void", "festival-not-open",
 * "method-late" after METHOD_FRESH, "method-counted" when its coupons were
 * counted by the way it was paid.
 */
err	purchase_paid_by(struct tx *, struct change *, const struct festival *, purchase_id,
	    const struct paid_by *, int64_t now) MUST_USE;

/* 8 digits of base32: codes for claims, shown "K7M2 9QXD". */
bool	claim_code_parse(struct arena *, str typed, str *code) MUST_USE;

#endif
