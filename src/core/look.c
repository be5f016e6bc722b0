#include "core/look.h"
#include "core/colour.h"
#include "core_read.h"
#include "crypto/hash.h"

#define EMBLEM_BOX	44	/* CSS pixels, at most, on a page	*/

/* On what each colour stands: tokens of web/laris.css (tests/core/look_test.py compares). */
static const unsigned brand_light[] = { 0xFFFFFF, 0xFBF6EC, 0xFFFDF8, 0xE8EEF7, 0xE7F1E6,
	0xFFF3D6, 0xFBE7E1 };	/* on paper card wash good warm sore */
static const unsigned brand_dark[] = { 0x10192A, 0x17120D, 0x211A13, 0x1F2B3F, 0x1B2E22,
	0x352A12, 0x3D1F19 };	/* on paper card wash good warm sore */
static const unsigned accent_light[] = { 0xFBF6EC, 0xFFFDF8 };	/* paper card */
static const unsigned accent_dark[] = { 0x17120D, 0x211A13 };	/* paper card */

static const struct role_of {
	const unsigned *light, *dark;
	size_t n;
	double least, dark_least;
	unsigned house;
} roles_of[] = {
	[LOOK_BRAND] = { brand_light, brand_dark, countof(brand_light), LOOK_TEXT, LOOK_SUN,
	    0x23395B },
	[LOOK_ACCENT] = { accent_light, accent_dark, countof(accent_light), LOOK_SHAPE,
	    LOOK_SHAPE, 0xD99A1C },
};

double look_reached(enum look_colour which, unsigned c)
{
	return colour_weakest(c, roles_of[which].light, roles_of[which].n);
}

double look_least(enum look_colour which)
{
	return roles_of[which].least;
}

unsigned look_nearest(enum look_colour which, unsigned c)
{
	const struct role_of *r = &roles_of[which];

	return colour_nearest(c, COLOUR_BLACK, r->light, r->n, r->least);
}

unsigned look_house(enum look_colour which)
{
	return look_nearest(which, roles_of[which].house);
}

static unsigned on_dark(enum look_colour which, unsigned c)
{
	const struct role_of *r = &roles_of[which];

	return colour_nearest(c, COLOUR_WHITE, r->dark, r->n, r->dark_least);
}

/* Screens only: paper stays black on white. */
str look_css(struct arena *a, const unsigned c[LOOK_COLOURS])
{
	return arena_printf(a,
	    "@media screen{:root{--city:#%06x;--nila:#%06x;--kunyit:#%06x}}\n"
	    "@media screen and (prefers-color-scheme:dark){:root{--nila:#%06x;--kunyit:#%06x}}\n",
	    c[LOOK_BRAND], c[LOOK_BRAND], c[LOOK_ACCENT], on_dark(LOOK_BRAND, c[LOOK_BRAND]),
	    on_dark(LOOK_ACCENT, c[LOOK_ACCENT]));
}

static void colours_fill(struct arena *a, struct look *v)
{
	struct hash h;
	str css = look_css(a, v->colour);

	sha256(&h, css.p, css.n);
	v->sheet = arena_printf(a, "%.*s.css", SV(str_sub(hash_hex(a, &h), 0, 10)));
}

static void emblem_fill(struct arena *a, const struct core_look_get *row, struct look *v)
{
	int64_t longest = row->wide > row->high ? row->wide : row->high;

	if (!row->hash.n || longest <= 0)
		return;
	v->emblem = arena_printf(a, "%.*s.png", SV(row->hash));
	v->wide = (int)((row->wide * EMBLEM_BOX + longest - 1) / longest);
	v->high = (int)((row->high * EMBLEM_BOX + longest - 1) / longest);
}

err look_load(struct arena *a, struct db *db, city_id city, const struct look **out)
{
	struct core_look_get row;
	bool found;

	*out = NULL;
	TRY(core_q_look_get(db, city, &row, &found));
	if (!found)
		return NULL;
	struct look *v = NEW(a, struct look);
	v->coloured = row.brand >= 0;
	v->alt = row.alt;
	if (v->coloured) {
		v->colour[LOOK_BRAND] = (unsigned)row.brand;
		v->colour[LOOK_ACCENT] = (unsigned)row.accent;
		colours_fill(a, v);
	}
	emblem_fill(a, &row, v);
	*out = v;
	return NULL;
}

err look_dress(struct db *db, city_id city, struct pdf_dress *out)
{
	struct core_look_get row;
	struct core_look_large large;
	bool found;

	*out = (struct pdf_dress){ 0 };
	TRY(core_q_look_get(db, city, &row, &found));
	if (!found)
		return NULL;
	if (row.brand >= 0)
		*out = (struct pdf_dress){ .coloured = true, .brand = (unsigned)row.brand };
	if (!row.hash.n)
		return NULL;
	TRY(core_q_look_large(db, city, &large, &found));
	out->emblem = arena_str(db_arena(db), large.large);
	return NULL;
}
