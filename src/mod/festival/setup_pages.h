/* setup_pages.h - the list of steps, and what an opening lacks (setup.tmpl).  Layer 3, inner. */
#ifndef LARIS_FESTIVAL_SETUP_PAGES_H
#define LARIS_FESTIVAL_SETUP_PAGES_H

#include "core/layout.h"
#include "mod/festival/setup.h"

struct setup_row {
	const struct setup_step *s;
	const char *class;	/* "done", "now", "later"		*/
	enum text_id said;	/* the same, for screen readers		*/
	struct form_page form;	/* to tick it, with what was noted	*/
	str undo;		/* where a tick is taken back		*/
	struct form_page date;	/* how many days before or after	*/
	bool dating;		/* asked for, or not taken		*/
	str drop;		/* where one of its own goes		*/
};

struct setup_part { enum text_id title; const struct setup_row *v; size_t n; };

struct setup_view {
	str name, href, csrf;
	str refused;		/* a tick that was not taken, in words	*/
	int64_t first_day, n_done, n;
	bool may_write;
	const struct setup_step *next;
	struct setup_part part[SETUP_PHASES];
	struct form_page add;
};

struct setup_lack_view {
	str name, href, say;	/* say: the refusal in words		*/
	const struct setup_lack *v;
	size_t n;
};

#endif
