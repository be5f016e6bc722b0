/*
 * card_erase.h - a person asks to be forgotten (UU 27/2022, articles 8 and 43).
 *
 * Layer 3.  The card and all it is joined with lose secret, PIN and phone and
 * are blocked; the random bytes that open their entries in the public log go.
 * Sums stay, and so do entries and frozen lists: without the secret a name on
 * a list is a number nobody can link.  docs/decisions/027-erasure.md, and 041
 * about the bytes in the file.
 *
 * A request may be turned down with an answer, which its holder reads and may
 * ask again; never both answered and erased by two who do not know of each other.
 */
#ifndef LARIS_FESTIVAL_CARD_ERASE_H
#define LARIS_FESTIVAL_CARD_ERASE_H

#include "core/work.h"
#include "mod/festival/festival.h"

struct card_erasing {
	int64_t number;
	str reason;		/* 3-200, without a long number: it stays for good */
	str by;			/* login				*/
	int64_t now;
	bool despite;		/* though a request was turned down	*/
};
/*
 * cards: how many.  Again: nothing more is found.  Its bytes are out of the
 * files soon after (forget_work).  ERR_INVALID "card-unknown",
 * "card-erase-reason"; ERR_CONFLICT "forget-answered" where a request was turned
 * down, none waits and it is not to be done despite that; whatever a module
 * says that must keep it, as ERR_CONFLICT "draw-card-held": it won and has its
 * prize not yet.
 */
err	card_erase(struct tx *, struct change *, const struct festival *,
	    const struct card_erasing *, int64_t *cards) MUST_USE;

/* The holder asks, or asks no more; twice is once.  ERR_CONFLICT "card-gone". */
err	card_forget_ask(struct tx *, struct change *, const struct festival *, const struct card *,
	    int64_t now) MUST_USE;
err	card_forget_back(struct tx *, struct change *, const struct festival *,
	    const struct card *) MUST_USE;

struct card_forgetting {
	int64_t asked;		/* 0: never, or asked no more		*/
	bool waits;		/* for an answer			*/
	int64_t answered;	/* last turned down; 0: never		*/
	str answer, by;		/* its words; login			*/
};
err	card_forgetting(struct db *, const struct festival *, const struct card *,
	    struct card_forgetting *) MUST_USE;
/*
 * Turned down, with an answer (CARD_ANSWER_MIN-MAX bytes) for its holder.  The
 * same words by the same hand again are once.  ERR_CONFLICT "forget-answered",
 * "forget-nothing": asked no more, or erased.
 */
#define CARD_ANSWER_MIN	10
#define CARD_ANSWER_MAX	500
err	card_forget_turn_down(struct tx *, struct change *, const struct festival *,
	    const struct card *, str answer, str by, int64_t now) MUST_USE;
err	card_forget_count(struct db *, const struct festival *, int64_t *waiting) MUST_USE;

/* All that was erased is in no byte of the files; who emptied the log says so. */
err	forget_wiped_all(struct tx *, city_id, int64_t now) MUST_USE;

/* module.work: empties the database's log of what was erased, beside the writer. */
err	forget_work(struct work *) MUST_USE;

#endif
