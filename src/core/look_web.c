/* look_web.c - the page where a city chooses its colours and emblem, and what browsers fetch. */
#include "core/audit.h"
#include "core/city.h"
#include "core/colour.h"
#include "core/look.h"
#include "core/look_view.h"
#include "core/picture.h"
#include "core/web.h"
#include "core_read.h"
#include "core_write.h"
#include "crypto/hash.h"
#include "look_tmpl.h"

struct look_in { int64_t brand, accent; bool nearest; };
static const struct field look_fields[] = {
	FIELD(struct look_in, brand, FIELD_COLOUR, .needed = true, .label = TEXT_look_brand,
	    .hint = TEXT_look_brand_hint),
	FIELD(struct look_in, accent, FIELD_COLOUR, .needed = true, .label = TEXT_look_accent,
	    .hint = TEXT_look_accent_hint),
	FIELD(struct look_in, nearest, FIELD_BOOL, .label = TEXT_look_nearest_label),
};
const struct form look_form = FORM(struct look_in, look_fields);

struct emblem_in { struct param emblem; str alt; };
static const struct field emblem_fields[] = {
	FIELD(struct emblem_in, emblem, FIELD_FILE, .label = TEXT_look_emblem,
	    .hint = TEXT_look_emblem_keep),
	FIELD(struct emblem_in, alt, FIELD_TEXT, .max = 120, .label = TEXT_look_alt,
	    .hint = TEXT_look_alt_hint),
};
const struct form emblem_form = FORM(struct emblem_in, emblem_fields);
/* The same where there is none yet: as the page shows it. */
static const struct field emblem_first_fields[] = {
	FIELD(struct emblem_in, emblem, FIELD_FILE, .needed = true, .label = TEXT_look_emblem,
	    .hint = TEXT_look_emblem_hint),
	FIELD(struct emblem_in, alt, FIELD_TEXT, .max = 120, .label = TEXT_look_alt,
	    .hint = TEXT_look_alt_hint),
};
static const struct form emblem_first = FORM(struct emblem_in, emblem_first_fields);

static const struct { const char *name; enum text_id label; } kinds[] = {
	[LOOK_BRAND] = { "brand", TEXT_look_brand }, [LOOK_ACCENT] = { "accent", TEXT_look_accent },
};

/* ---- the page --------------------------------------------------------------- */

/* After a refusal: the nearest that both typed colours may be; nothing when they may be so. */
static void offer(struct req *r, struct look_view *v)
{
	unsigned brand, accent;

	if (r->state.form != &look_form || !r->state.typed ||
	    !colour_parse(str_trim(params_value(r->state.typed, S("brand"))), &brand) ||
	    !colour_parse(str_trim(params_value(r->state.typed, S("accent"))), &accent))
		return;
	unsigned b = look_nearest(LOOK_BRAND, brand), c = look_nearest(LOOK_ACCENT, accent);
	if (b == brand && c == accent)
		return;
	v->near[LOOK_BRAND] = colour_text(r->a, b);
	v->near[LOOK_ACCENT] = colour_text(r->a, c);
}

static void reached(struct req *r, const struct look *look, struct look_view *v)
{
	for (int i = 0; look && look->coloured && i < LOOK_COLOURS; i++) {
		double got = look_reached((enum look_colour)i, look->colour[i]);
		v->row[v->n++] = (struct look_row){ text(r->lang, kinds[i].label),
			colour_text(r->a, look->colour[i]), colour_ratio(r->a, r->lang, got),
			i == LOOK_BRAND && got < LOOK_SUN };
	}
}

static void emblem_page(struct req *r, bool has, const struct emblem_in *fill,
    struct form_page *out)
{
	const struct form *form = has ? &emblem_form : &emblem_first;
	struct form_state left = r->state;

	if (left.form == &emblem_form)
		left.form = form;
	*out = form_page(r->a, &left, form, fill, S("/admin/look/emblem"), r->csrf);
	out->upload = true;
	out->prefix = "e";
}

err admin_look(struct req *r)
{
	struct look_in *in = NEW(r->a, struct look_in);
	struct emblem_in *em = NEW(r->a, struct emblem_in);
	const struct look *look;
	struct look_view v = { .csrf = r->csrf, .city = r->city.name,
	    .slug = r->city.slug };

	TRY(look_load(r->a, r->db, r->city.id, &look));
	bool own = look && look->coloured;
	in->brand = own ? look->colour[LOOK_BRAND] : look_house(LOOK_BRAND);
	in->accent = own ? look->colour[LOOK_ACCENT] : look_house(LOOK_ACCENT);
	em->alt = look ? look->alt : (str){ 0 };
	v.look = look;
	v.colours = FORM_PAGE(r, &look_form, in, S("/admin/look"));
	emblem_page(r, look && look->emblem.n, em, &v.emblem);
	offer(r, &v);
	reached(r, look, &v);
	r->title = text(r->lang, TEXT_look_title);
	page_look(&r->out, &v);
	return NULL;
}

/* ---- colours ------------------------------------------------------------------ */

static err readable(struct req *r, enum look_colour which, int64_t *c)
{
	const struct look_in *in = r->form;
	unsigned rgb = (unsigned)*c, near = look_nearest(which, rgb);

	if (near == rgb)
		return NULL;
	if (in->nearest) {
		*c = near;
		return NULL;
	}
	return ERR(r->a, ERR_INVALID, "colour-weak", .field = kinds[which].name,
	    .arg = { colour_ratio(r->a, r->lang, look_reached(which, rgb)),
	        colour_ratio(r->a, r->lang, look_least(which)), colour_text(r->a, near) });
}

static str colours_said(struct arena *a, int64_t brand, int64_t accent)
{
	return audit_json(a, (struct audit_pair[]){
	    AUDIT_TEXT("brand", colour_text(a, (unsigned)brand)),
	    AUDIT_TEXT("accent", colour_text(a, (unsigned)accent)) }, 2);
}

static err changed(struct req *r, const char *action, str before, str after)
{
	TRY(audit(r, action, r->city.id.v, before, after));
	req_touch(r, city_key(r->city.id));
	req_flash(r, TEXT_look_saved);
	r->redirect = S("/admin/look");
	return NULL;
}

err admin_look_set(struct req *r)
{
	const struct look_in *in = r->form;
	int64_t brand = in->brand, accent = in->accent;
	struct core_look_get old;
	bool found;

	err weak = readable(r, LOOK_BRAND, &brand), also = readable(r, LOOK_ACCENT, &accent);
	if (weak && also)
		r->state.errors[LOOK_ACCENT] = also;	/* both are said at once */
	TRY(weak);
	TRY(also);
	TRY(core_q_look_get(r->db, r->city.id, &old, &found));
	TRY(core_q_look_colours_set(r->tx, r->city.id, brand, accent, S(""), NULL));
	return changed(r, "look.set", found && old.brand >= 0 ?
	    colours_said(r->a, old.brand, old.accent) : (str){ 0 },
	    colours_said(r->a, brand, accent));
}

/* ---- emblem -------------------------------------------------------------------- */

struct emblem { struct picture small, large; str hash; };

/* As sharp as its weight allows: even noise fits at 48 px. */
static err lighten(struct req *r, struct emblem *e)
{
	TRY(picture_shrink(r->a, &e->large, EMBLEM_SMALL, &e->small));
	for (int side = 72; e->small.png.n > EMBLEM_LIGHT && side >= 48; side -= 24)
		TRY(picture_shrink(r->a, &e->large, side, &e->small));
	return NULL;
}

err admin_emblem_prepare(struct req *r)
{
	const struct emblem_in *in = r->form;
	struct emblem *e = NEW(r->a, struct emblem);
	struct hash h;

	r->prepared = e;
	if (!in->emblem.value.n)
		return NULL;
	if (in->emblem.value.n > EMBLEM_BYTES)
		return ERR(r->a, ERR_INVALID, "picture-large", .field = "emblem",
		    .arg = { req_path(r, "%zu", (in->emblem.value.n + 1023) >> 10),
		        req_path(r, "%zu", EMBLEM_BYTES >> 10) });
	TRY(picture_read(r->a, in->emblem.value, EMBLEM_SIDE, &e->large));
	TRY(lighten(r, e));
	sha256(&h, e->small.png.p, e->small.png.n);
	e->hash = str_sub(hash_hex(r->a, &h), 0, 10);
	return NULL;
}

static str alt_said(struct arena *a, str alt, str hash)
{
	return audit_json(a, (struct audit_pair[]){ AUDIT_TEXT("alt", alt),
	    AUDIT_TEXT("emblem", hash) }, 2);
}

err admin_emblem_set(struct req *r)
{
	const struct emblem_in *in = r->form;
	const struct emblem *e = r->prepared;
	struct core_look_get old;
	bool found;

	TRY(core_q_look_get(r->db, r->city.id, &old, &found));
	bool had = found && old.hash.n;
	if (!e->hash.n && !had)
		return ERR(r->a, ERR_INVALID, "field-needed", .field = "emblem");
	str before = had ? alt_said(r->a, old.alt, old.hash) : (str){ 0 };
	str after = alt_said(r->a, in->alt, e->hash.n ? e->hash : old.hash);
	str alt = in->alt.n ? in->alt : S("");
	if (e->hash.n)
		TRY(core_q_look_emblem_set(r->tx, r->city.id, alt, e->hash, e->large.w, e->large.h,
		    e->small.png, e->large.png, NULL));
	else
		TRY(core_q_look_alt_set(r->tx, r->city.id, alt, NULL));
	return changed(r, "look.emblem", before, after);
}

err admin_look_reset(struct req *r)
{
	TRY(core_q_look_drop(r->tx, r->city.id, NULL));
	return changed(r, "look.reset", (str){ 0 }, (str){ 0 });
}

/* ---- what browsers fetch -------------------------------------------------------- */

static err picture_send(struct req *r)
{
	struct core_look_small small;
	bool found;

	TRY(core_q_look_small(r->db, r->city.id, &small, &found));
	r->bytes = arena_str(r->a, small.small);
	r->bytes_type = "image/png";
	r->forever = true;
	return NULL;
}

/* Only by the name it has now: whatever else is asked leads to it, or nowhere. */
err look_file(struct req *r)
{
	const struct look *look;
	str end = str_ends(r->param[1], S(".css")) ? S(".css") : S(".png");

	TRY(look_load(r->a, r->db, r->city.id, &look));
	str now = !look ? (str){ 0 } : str_eq(end, S(".css")) ? look->sheet : look->emblem;
	if (!now.n || !str_ends(r->param[1], end))
		return ERR(r->a, ERR_MISSING, "no-such-page");
	if (!str_eq(now, r->param[1])) {
		r->redirect = req_path(r, "/%.*s/look/%.*s", SV(r->city.slug), SV(now));
		return NULL;
	}
	if (str_eq(end, S(".png")))
		return picture_send(r);
	r->bytes = look_css(r->a, look->colour);
	r->bytes_type = "text/css; charset=utf-8";
	r->forever = true;
	return NULL;
}
