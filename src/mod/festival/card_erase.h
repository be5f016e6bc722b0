/*
 * card_erase.h - a person asks to be forgotten (UU 27/2022, articles 8 and 43).
 *
 * Layer 3.  The card and all it is joined with lose secret, PIN and phone and
 * are blocked; the random bytes that open their entries in the public log go.
 * Sums stay, and so do entries and frozen lists: without the secret a name on
 * a list is a number nobody can link.  docs/decisions/027-erasure.md, and 041
 * about the bytes in the file.
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
};
/*
 * cards: how many.  Again: nothing more is found.  Its bytes are out of the
 * files soon after (forget_work).  ERR_INVALID "card-unknown",
 * "card-erase-reason"; whatever a module says that must keep it, as
 * ERR_CONFLICT "draw-card-held": it won and has its prize not yet.
 */
err	card_erase(struct tx *, struct change *, const struct festival *,
	    const struct card_erasing *, int64_t *cards) MUST_USE;

/* The holder asks, or asks no more; twice is once.  ERR_CONFLICT "card-gone". */
err	card_forget_ask(struct tx *, struct change *, const struct festival *, const struct card *,
	    int64_t now) MUST_USE;
err	card_forget_back(struct tx *, struct change *, const struct festival *,
	    const struct card *) MUST_USE;
/* When it was asked; 0: it was not. */
err	card_forget_asked(struct db *, const struct festival *, const struct card *,
	    int64_t *asked) MUST_USE;
err	card_forget_count(struct db *, const struct festival *, int64_t *waiting) MUST_USE;

/* All that was erased is in no byte of the files; who emptied the log says so. */
err	forget_wiped_all(struct tx *, city_id, int64_t now) MUST_USE;

/* module.work: empties the database's log of what was erased, beside the writer. */
err	forget_work(struct work *) MUST_USE;

#endif
