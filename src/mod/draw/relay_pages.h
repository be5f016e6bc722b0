/* relay_pages.h - how it stands with a round that is waited for (relay.tmpl).  Layer 3, inner. */
#ifndef LARIS_DRAW_RELAY_PAGES_H
#define LARIS_DRAW_RELAY_PAGES_H

#include "core/layout.h"
#include "mod/draw/relay.h"

struct relay_line { str url; enum text_id state; int64_t at; bool asked, wrong; };
struct relay_view {
	bool shown;
	struct relays r;
	str left;		/* "12 menit"				*/
	const struct relay_line *v;
	str ask, csrf;		/* csrf empty: may only look		*/
};

/* relay_web.c; "part" as in relay.h. */
err	relay_view_load(struct req *, const struct draw *, int64_t part, int64_t round, int64_t due,
	    struct relay_view *) MUST_USE;
handler admin_relays_ask;

#endif
