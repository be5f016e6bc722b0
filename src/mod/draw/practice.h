/* practice.h - the draws of a sale, as far as another city takes them over.  Layer 3, inner. */
#ifndef LARIS_DRAW_PRACTICE_H
#define LARIS_DRAW_PRACTICE_H

#include "core/practice.h"

extern const struct practice_part draw_part;

#endif
