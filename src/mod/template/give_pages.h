/* give_pages.h - giving a practice, and the family of one.  Layer 3, inner. */
#ifndef LARIS_TEMPLATE_GIVE_PAGES_H
#define LARIS_TEMPLATE_GIVE_PAGES_H

#include "mod/template/gallery_pages.h"

struct give_view {
	str name, href, kind, based, refused;
	struct form_page form;
	const struct field_view *goes, *stays; size_t n_goes, n_stays, n_why;
	const struct outcome_view *outcome; size_t n_outcome;
	bool may_write;
};

struct kin_row {
	str ref, city, title, href, indent;
	str why;		/* what makes figures others than the parent's */
	str compare;		/* beside its parent; empty: that is not here */
	bool here, known;
	const struct outcome_view *v; size_t n;
};
struct family_view { str title, here, compare; const struct kin_row *v; size_t n; };

#include "give_tmpl.h"

#endif
