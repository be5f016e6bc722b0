/*
 * colour.h - colours as numbers, and whether one can be read on another.
 *
 * Layer 2, pure.  A colour is 0xRRGGBB in sRGB.  Luminance and contrast are
 * those of WCAG 2.2 ("relative luminance", "contrast ratio", 1.4.3 and
 * 1.4.11); a ratio goes from 1 to 21.
 */
#ifndef LARIS_CORE_COLOUR_H
#define LARIS_CORE_COLOUR_H

#include "base/base.h"

#define COLOUR_BLACK	0x000000u
#define COLOUR_WHITE	0xFFFFFFu

/* "#23395B", "23395b", "#abc"; spaces around are not taken. */
bool	colour_parse(str, unsigned *) MUST_USE;
str	colour_text(struct arena *, unsigned);	/* "#23395b"		*/
double	colour_luminance(unsigned);
double	colour_contrast(unsigned, unsigned);
/* The least contrast with any of them. */
double	colour_weakest(unsigned, const unsigned *grounds, size_t n);
/*
 * The shade nearest to "c" on the way to "end" (black or white) that has at
 * least that contrast with each ground; "end" itself when none has.
 */
unsigned colour_nearest(unsigned c, unsigned end, const unsigned *grounds, size_t n, double least);
/* "4,49" or "4.49": cut, not rounded, so that what is too little never looks enough. */
str	colour_ratio(struct arena *, enum lang, double);

#endif
