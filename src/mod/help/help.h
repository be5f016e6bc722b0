/*
 * help.h - one page for each who uses Laris, on the screen and in docs/guide.
 *
 * Layer 3, inner.  The table in help.c and the texts in help.*.po are the
 * only source: /help/… draws them as a page, `laris guide` writes the same
 * as Markdown, and docs/guide holds what it wrote (tools/fresh.sh).
 */
#ifndef LARIS_HELP_HELP_H
#define LARIS_HELP_HELP_H

#include "core/layout.h"

struct help_item { enum text_id word, say; };	/* word may be TEXT_none	*/
struct help_part {
	enum text_id title;
	bool steps;		/* one after another: numbered		*/
	const struct help_item *v;
	size_t n;
};
/* web/help-NAME.webp on the screen, docs/guide/shots/NAME.png in the guide. */
struct help_picture { const char *name; enum text_id say; };

struct help_page {
	const char *slug;
	const char *icon;
	enum text_id title, lead;
	const struct help_picture *picture;
	size_t n_pictures;
	const struct help_part *part;
	size_t n_parts;
};
extern const struct help_page help_pages[];
extern const size_t help_n_pages;

const struct help_page *help_find(str slug);	/* or NULL		*/
void	help_markdown(struct buf *, const struct help_page *, enum lang);

struct help_shot { const char *file; str say; };	/* of the assets	*/
struct help_view {
	const struct help_page *page;
	const char *css;	/* name under /asset/			*/
	const struct help_shot *shot;
	size_t n_shots;
};

#endif
