/* practice.h - own offers and contests, for those who take a sale over.  Layer 3, inner. */
#ifndef LARIS_PROMO_PRACTICE_H
#define LARIS_PROMO_PRACTICE_H

#include "core/practice.h"

#define PROMO_PARTS	2
extern const struct practice_part promo_parts[PROMO_PARTS];

#endif
