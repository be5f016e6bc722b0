/* pages.h - what the server's pages show (server.tmpl).  Layer 3, inner. */
#ifndef LARIS_SERVER_PAGES_H
#define LARIS_SERVER_PAGES_H

#include "core/layout.h"
#include "core/region.h"
#include "mod/server/server.h"

struct town_row {
	str name, href, host;
	enum text_id need;	/* TEXT_none: nothing			*/
	const char *tag;	/* class of it: "no", "soon", ""	*/
	str says;		/* sale, purchases, merchants, log	*/
};
struct server_view {
	const struct town_row *v;
	size_t n;
	struct towns all;	/* its sums				*/
	struct form_page search;
	struct pager pager;
	bool searched, needing_only;
	int64_t found, backup, now;
};

struct server_city_view {
	const struct town *t;
	int64_t now;
	enum text_id need, todo, state;
	str sale_days, invited;	/* the link, shown once			*/
	const struct server_hosts *hosts;
	size_t n_hosts;
	struct form_page host, invite, close, enter;
	str base, csrf;
	bool inside;		/* this browser is in it		*/
};

struct server_new_view {
	str typed;
	const struct region *found;	/* to choose from		*/
	size_t n;
	bool chosen;
	struct region region;
	struct form_page search, form;
};

#endif
