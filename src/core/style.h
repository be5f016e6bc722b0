/*
 * style.h - the page /style: every part a page can be made of.
 *
 * Layer 2.  Its numbers and names are examples.  Tests and screenshots
 * use the same page, so what is shown is what is checked.
 */
#ifndef LARIS_CORE_STYLE_H
#define LARIS_CORE_STYLE_H

#include "core/layout.h"

struct style_view {
	struct form_page fresh, wrong;
	const struct form_option *venues;
	size_t n_venues;
	const struct step *steps;
	size_t n_steps;
	struct pager pager;
	str claim, claim_alt, code, progress_say;
	const struct refused *refused;
	str csrf;
};

/* What the page shows, the same each time. */
struct style_view style_example(struct arena *, enum lang);
extern const struct layout_nav style_nav[4];
void	style_page(struct out *, const struct style_view *);
void	style_stage(struct out *);	/* a stage screen, bare		*/

#endif
