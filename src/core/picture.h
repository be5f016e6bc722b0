/*
 * picture.h - a picture somebody sent, as a picture of our own.
 *
 * Layer 2.  PNG only.  What came is not kept: its pixels are read and
 * written anew.  Before the library sees a byte the chunks are walked and
 * only those that make the pixels are handed on (no text, no profile, no
 * animation), and the size is known to be small, so that neither a bomb
 * nor a hole in a rarely used part of the library is reached.
 */
#ifndef LARIS_CORE_PICTURE_H
#define LARIS_CORE_PICTURE_H

#include "base/base.h"

struct picture { str png; int w, h; };

/*
 * ERR_INVALID with .field "emblem": "picture-kind", "picture-size" {1} by {2}
 * pixels, {3} at most; "picture-broken".
 */
err	picture_read(struct arena *, str sent, int most, struct picture *) MUST_USE;
/* Made smaller until no side is longer than "side"; a small one stays. */
err	picture_shrink(struct arena *, const struct picture *, int side, struct picture *) MUST_USE;

/* What cairo draws; the caller's to destroy.  A PNG of our own: nothing is judged here. */
struct _cairo_surface;
struct _cairo_surface	*picture_pixels(str png) MUST_USE;

#endif
