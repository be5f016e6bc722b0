/* practice.h - the organiser's own offers, for those who take a sale over.  Layer 3, inner. */
#ifndef LARIS_PROMO_PRACTICE_H
#define LARIS_PROMO_PRACTICE_H

#include "core/practice.h"

extern const struct practice_part promo_part;

#endif
