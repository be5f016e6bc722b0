/* gallery_pages.h - what the pages of the gallery and of one practice show.  Layer 3, inner. */
#ifndef LARIS_TEMPLATE_GALLERY_PAGES_H
#define LARIS_TEMPLATE_GALLERY_PAGES_H

#include "mod/template/words.h"

struct practice_card {
	str href, title, city, version;
	enum text_id tag;
	const struct outcome_view *v; size_t n;	/* the first few	*/
};
struct adopted_row { str href, name, base, by; int64_t at; };
struct key_row { str key, by; int64_t at; };

struct gallery_view {
	str csrf, city, refused, public_href;
	bool may_write;
	const struct adopted_row *adopted; size_t n_adopted;
	const struct practice_card *other, *own; size_t n_other, n_own;
	const struct key_row *key; size_t n_key;
	struct form_page upload, url;
	/* A file whose key nobody accepted yet: it is shown, to be accepted with it. */
	bool ask;
	str file, file_ref, file_city, file_key;
};

struct given_view {		/* what a city gives: public		*/
	str city;
	const struct practice_card *v; size_t n;
};

struct field_view { str label, value; enum text_id policy; };
struct part_view { str title; const struct field_view *v; size_t n; };
struct ancestor_view { str ref, city, href; };

struct practice_view {
	str title, ref, city, version, licence, ask, guide, lessons, sha256, key, refused, csrf;
	str home, file, adapt, family, compare;		/* URLs		*/
	str accept;		/* accept its key; empty: it is believed */
	enum text_id home_say, trust;
	bool may_write, outside;	/* outside: read by anybody	*/
	const struct outcome_view *outcome; size_t n_outcome;
	const struct part_view *part; size_t n_part;
	const struct ancestor_view *ancestor; size_t n_ancestor;
	const struct adopted_row *adopted; size_t n_adopted;	/* here, from it */
};

#include "gallery_tmpl.h"

#endif
