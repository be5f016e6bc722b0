/* screen.h - what stage, press and "check it yourself" share.  Layer 3, inner. */
#ifndef LARIS_DRAW_SCREEN_H
#define LARIS_DRAW_SCREEN_H

#include "mod/draw/screen_pages.h"
#include "mod/draw/web.h"

struct screen {
	struct festival f;
	struct draw d;
	struct draw_view v;
	str base, here;		/* paths of the sale and of the draw	*/
};
/* The draw of the path and all its pages show. */
err	screen_load(struct req *, struct screen *) MUST_USE;
/* The hashed name of a file of web/; a missing one is a fault of the build. */
str	screen_asset(const char *name);

#endif
