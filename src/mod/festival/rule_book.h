/*
 * rule_book.h - the rules of one sale through time.
 *
 * Layer 3.  Version 1 is what was published at the opening; until then it
 * is edited freely.  From the opening on minimum, caps, multipliers and
 * exclusions change only by an amendment: a proposal is worked on, then
 * made with a reason and the moment it holds from, and never changed
 * again.  Unit and way of counting never change: coupons already given
 * would be worth another amount.
 *
 * A purchase is judged once, by the rules in force at its own "at",
 * whenever it arrives.  Versions hold from moments that never go back, so
 * the last one begun at "at" is the one.  docs/decisions/016.
 */
#ifndef LARIS_FESTIVAL_RULE_BOOK_H
#define LARIS_FESTIVAL_RULE_BOOK_H

#include "core/req.h"
#include "mod/festival/ids.h"
#include "mod/festival/rule.h"

#define AMENDMENTS_MAX		40
#define AMEND_REASON_MIN	10
#define AMEND_REASON_MAX	500

struct rule_version {
	int64_t number;		/* 2, 3 …; people call 2 the first amendment */
	int64_t since;		/* moment; judges purchases from it on	*/
	int64_t made;		/* moment; 0: proposed only		*/
	str by, reason;
	int64_t edits;		/* of the proposal, so that nobody makes what another changed */
	struct rules rules;
};

struct festival;

/* The rules for a purchase of that moment, and their version's number (NULL: no matter). */
const struct rules *rules_at(const struct festival *, int64_t at, int64_t *number);
/* The newest rules, in force already or not. */
const struct rules *rules_newest(const struct festival *);
/*
 * The rules with each cap as generous as any version had it (0: none).  What
 * several cards of one person count together is measured by these, so that
 * an amendment never takes away what was counted.
 */
struct rules rules_widest(const struct festival *);
/* Has any version a cap that needs what a person counted at a merchant, on a day? */
struct rules_tallies { bool merchant, day; };
struct rules_tallies rules_tallies(const struct festival *);

/* Fills rules' factors and the amendments of a sale just read; one statement where there are
 * none. */
err	rules_load(struct db *, struct festival *) MUST_USE;
/* What is proposed, if anything. */
err	rules_proposed(struct db *, const struct festival *, struct rule_version *,
	    bool *found) MUST_USE;

/*
 * Put these rules: as they are before the opening, as a proposal after it.
 * ERR_INVALID as rules_check; ERR_CONFLICT "amend-unit" (unit or counting of a
 * sale that has opened), "amend-not-open".
 */
err	rules_put(struct tx *, struct change *, const struct festival *,
	    const struct rules *) MUST_USE;
/* Factors of a version, all anew. */
err	rules_factors_put(struct tx *, const struct festival *, int64_t number,
	    const struct rules *) MUST_USE;
err	rules_forget(struct tx *, const struct festival *) MUST_USE;	/* the proposal */

struct amend {
	int64_t number, edits;	/* the proposal as it was seen		*/
	int64_t since;		/* moment; 0: at once			*/
	str reason, by;
	person_id person;
};
/*
 * Make it.  Sent again it is the same amendment (*again).  ERR_CONFLICT
 * "amend-not-open", "amend-raced" (another was made), "amend-none",
 * "amend-changed" (the proposal is not as it was seen), "amend-same",
 * "amend-many"; ERR_INVALID "amend-reason", "amend-past", "amend-order" (before the
 * newest one holds), "amend-late" (the sale's days are over by then).
 */
err	rules_amend(struct tx *, struct change *, const struct city *, const struct festival *,
	    const struct amend *, int64_t now, bool *again) MUST_USE;

/* Sentences of one that the other does not have, both ways. */
struct rules_change { str *gone, *come; size_t n_gone, n_come; };
void	rules_compare(struct arena *, const struct rules *was, const struct rules *now, enum lang,
	    struct rules_change *);
/* The rules before amendment number i of festival.amended. */
const struct rules *rules_before(const struct festival *, size_t i);
/* rules.txt: as published, then each amendment.  Without one, as rules_text(). */
err	rules_history(struct db *, const struct festival *, enum lang, str *) MUST_USE;

#endif
