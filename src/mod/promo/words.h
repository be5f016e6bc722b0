/*
 * words.h - the words a promotion is found by.
 *
 * Layer 3, pure.  Indonesian builds words with affixes: who looks for
 * "jahit" wants "penjahit" and "jahitan" too.  So both what is stored and
 * what is typed are cut down to a stem by the same few rules (me-, pe-,
 * ber-, per-, ter-, di-; -nya, -kan, -an, -i).  A stem is never shown, so
 * it need not be a word; it only has to come out the same on both sides.
 */
#ifndef LARIS_PROMO_WORDS_H
#define LARIS_PROMO_WORDS_H

#include "base/base.h"

#define WORD_MAX	40	/* bytes; what is longer is cut	*/

/* Stem of one word of lower-case letters, in the arena. */
str	word_stem(struct arena *, str);

/*
 * The stems of a text: its words (letters, digits; ASCII letters made
 * small), each stem once, in order; words that say nothing ("dan",
 * "yang") left out.  At most max are written; returns how many.
 */
size_t	words_of(struct arena *, str text, str *out, size_t max);

#endif
