/*
 * card_erase.h - a person asks to be forgotten (UU 27/2022, articles 8 and 43).
 *
 * Layer 3.  The card and all it is joined with lose secret, PIN and phone and
 * are blocked; the random bytes that open their entries in the public log go.
 * Sums stay, and so do entries and frozen lists: without the secret a name on
 * a list is a number nobody can link.  docs/decisions/027-erasure.md.
 */
#ifndef LARIS_FESTIVAL_CARD_ERASE_H
#define LARIS_FESTIVAL_CARD_ERASE_H

#include "mod/festival/festival.h"

/*
 * cards: how many.  Again: nothing more is found.  ERR_INVALID "card-unknown",
 * "card-erase-reason"; whatever a module says that must keep it, as
 * ERR_CONFLICT "draw-card-held": it won and has its prize not yet.
 */
err	card_erase(struct tx *, struct change *, const struct festival *, int64_t number,
	    str reason, int64_t now, int64_t *cards) MUST_USE;

#endif
