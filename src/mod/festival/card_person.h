/*
 * card_person.h - several cards of one person, and lost ones.
 *
 * Layer 3.  One card is the main card: it carries the sums of all, and what
 * is bought on any of them counts there (docs/decisions/013-joined-cards.md).
 * A join is for good.  All of this moves coupons or names on the list of a
 * draw, so once the list is frozen it is refused: ERR_CONFLICT "card-frozen".
 */
#ifndef LARIS_FESTIVAL_CARD_PERSON_H
#define LARIS_FESTIVAL_CARD_PERSON_H

#include "mod/festival/festival.h"

enum card_join_kind { CARD_SAME_PERSON, CARD_LOST };

struct card_join_in {
	int64_t card, main;	/* numbers; "main" may itself be joined	*/
	enum card_join_kind kind;
	str reason;		/* needed for a lost one, 3-200		*/
	person_id person;
};
/*
 * The sums of "card" go to "main"; a lost card is blocked too.  *head: where
 * they went.  *again: it was done before, and nothing is done now.
 * ERR_INVALID "card-unknown", "card-same", "card-blocked",
 * "card-lost-reason"; ERR_CONFLICT "card-joined" (to somebody else).
 */
err	card_join(struct tx *, struct change *, const struct festival *,
	    const struct card_join_in *, int64_t now, struct card *head, bool *again) MUST_USE;
/* Lost, and no new card (or no time for one): nothing moves.  Also after the freeze. */
err	card_block(struct tx *, struct change *, const struct festival *,
	    const struct card *) MUST_USE;
/* E.164 or empty. */
err	card_phone_set(struct tx *, const struct festival *, const struct card *,
	    str phone) MUST_USE;

/* What a person's cards stand for, beside the rows of card_total. */
struct card_standing {
	card_id head;		/* the card itself when it is alone	*/
	bool several;
};
struct card_standing card_standing(card_id card, card_id main);
/*
 * Counted rupiah from which the coupons of a person's total follow: what one
 * person may count, although several cards counted it ("counted" in all).
 */
err	card_counts(struct db *, const struct festival *, struct card_standing, int64_t counted,
	    int64_t *counts) MUST_USE;

/* What its person has, on all cards together; members: how many cards. */
struct card_sums { int64_t coupons, rupiah, members; };
err	card_sums(struct db *, const struct festival *, const struct card *,
	    struct card_sums *) MUST_USE;

enum card_gone { CARD_USABLE, CARD_BLOCKED, CARD_MOVED };
/* Blocked, and did its coupons go to a new card? */
err	card_gone(struct db *, const struct festival *, const struct card *,
	    enum card_gone *) MUST_USE;

#endif
