/* promo_admin.c - the organiser: approve, refuse, stop, offer itself; where venues are. */
#include "core/audit.h"
#include "mod/promo/manage.h"
#include "mod/promo/web.h"
#include "promo_own_tmpl.h"
#include "promo_read.h"

#define PAGE	50
#define WRITERS	(MAY_ORGANISER | MAY_ADMIN)

static err sale(struct req *r, struct festival *f, str *href)
{
	TRY(festival_find(r->db, r->city.id, r->param[0], f));
	*href = req_path(r, "/admin/festival/%.*s", SV(f->slug));
	return NULL;
}

/* ---- lists by state --------------------------------------------------------------- */

static const enum promo_state shown[] = { PROMO_ASKED, PROMO_PUBLISHED, PROMO_DRAFT,
    PROMO_REFUSED, PROMO_STOPPED, PROMO_ENDED };

static err tabs_load(struct req *r, const struct festival *f, enum promo_state now,
    struct org_promos_view *v)
{
	struct layout_nav *tabs = NEWN(r->a, struct layout_nav, countof(shown));
	int64_t *counts = NEWN(r->a, int64_t, countof(shown));
	struct promo_state_counts *c;
	size_t n;

	TRY(promo_q_state_counts(r->db, f->city, f->id, &c, &n));
	for (size_t i = 0; i < countof(shown); i++) {
		const struct choice *s = &promo_state_choices[shown[i]];
		tabs[i] = (struct layout_nav){ .href = req_path(r, "%.*s?show=%s", SV(v->base),
		    s->code), .label = s->label, .current = shown[i] == now };
		for (size_t k = 0; k < n; k++)
			if (c[k].state == (int64_t)shown[i])
				counts[i] = c[k].n;
	}
	v->tabs = tabs;
	v->counts = counts;
	v->n_tabs = countof(shown);
	return NULL;
}

static err list_load(struct req *r, const struct festival *f, enum promo_state state,
    promotion_id before, struct org_promos_view *v)
{
	struct promo_of_state *p;

	TRY(promo_q_of_state(r->db, f->city, f->id, (int64_t)state, before, PAGE, &p, &v->n));
	struct org_offer_row *rows = NEWN(r->a, struct org_offer_row, v->n);
	for (size_t i = 0; i < v->n; i++) {
		struct promotion x = { .kind = (enum promo_kind)p[i].kind, .percent = p[i].percent,
		    .worth = p[i].worth, .gives = p[i].gives };
		rows[i] = (struct org_offer_row){ .href = req_path(r, "%.*s/%.*s", SV(v->base),
		    SV(id_text(r->a, p[i].id.v))), .title = p[i].title,
		    .maker = p[i].merchant.v ? p[i].merchant_name :
		        text(r->lang, TEXT_promo_organiser),
		    .gives = promo_gives_text(r->a, r->lang, &x),
		    .used = promo_used_say(r, p[i].used, p[i].quota), .created = p[i].created,
		    .outside = p[i].first_day < f->first_day || p[i].last_day > f->last_day };
	}
	v->v = rows;
	if (v->n == PAGE)
		v->pager.next = req_path(r, "%.*s?show=%s&after=%.*s", SV(v->base),
		    promo_state_choices[state].code, SV(id_text(r->a, p[v->n - 1].id.v)));
	return NULL;
}

err org_promos(struct req *r)
{
	const struct choice *state = choice_by_code(promo_state_choices, req_query(r, "show"));
	enum promo_state now = state ? (enum promo_state)state->value : PROMO_ASKED;
	promotion_id before = { INT64_MAX };
	struct org_promos_view v = { .may_write = req_is(r, WRITERS),
	    .waiting = now == PROMO_ASKED };
	struct festival f;

	TRY(sale(r, &f, &v.back));
	if (req_query(r, "after").n && !id_parse(req_query(r, "after"), &before.v))
		return ERR(r->a, ERR_MISSING, "no-such-page");
	v.festival = f.name;
	v.base = req_path(r, "%.*s/promo", SV(v.back));
	v.fresh = req_path(r, "%.*s/new", SV(v.base));
	TRY(tabs_load(r, &f, now, &v));
	TRY(list_load(r, &f, now, before, &v));
	if (before.v != INT64_MAX)
		v.pager.prev = req_path(r, "%.*s?show=%s", SV(v.base),
		    promo_state_choices[now].code);
	r->title = text(r->lang, TEXT_org_promo_title);
	page_org_promos(&r->out, &v);
	return NULL;
}

/* ---- one ------------------------------------------------------------------------------ */

static err venues_load(struct req *r, struct offer_edit *e)
{
	struct promo_venues *v;

	TRY(promo_q_venues(r->db, r->city.id, &v, &e->n_venues));
	struct form_option *o = NEWN(r->a, struct form_option, e->n_venues);
	for (size_t i = 0; i < e->n_venues; i++)
		o[i] = (struct form_option){ id_text(r->a, v[i].id.v), v[i].name };
	e->venues = o;
	e->organiser = true;
	return NULL;
}

static err venue_known(struct req *r, int64_t id)
{
	struct promo_venue_by_id v;
	bool found = true;

	if (id)
		TRY(promo_q_venue_by_id(r->db, r->city.id, (venue_id){ id }, &v, &found));
	return found ? NULL : ERR(r->a, ERR_INVALID, "promo-no-venue", .field = "venue",
	    .arg = { id_text(r->a, id) });
}

err org_promo_new(struct req *r)
{
	struct offer_edit e = { 0 };
	struct festival f;
	str href;

	TRY(sale(r, &f, &href));
	struct offer_in fill = { .first_day = f.first_day, .last_day = f.last_day };
	TRY(venues_load(r, &e));
	str base = req_path(r, "%.*s/promo", SV(href));
	e.form = FORM_PAGE(r, &offer_form, &fill, req_path(r, "%.*s/new", SV(base)));
	r->title = text(r->lang, TEXT_org_promo_new);
	page_offer_new(&r->out, base, text(r->lang, TEXT_org_promo_title), &e);
	return NULL;
}

err org_promo_add(struct req *r)
{
	const struct offer_in *in = r->form;
	struct promotion p = { 0 };
	struct festival f;
	str href;

	TRY(sale(r, &f, &href));
	TRY(venue_known(r, in->venue));
	TRY(offer_read(r->a, in, &p));
	TRY(promo_add(r->tx, &f, &p, r->who.login, r->now));
	TRY(audit(r, "promo.add", p.id.v, (str){ 0 }, audit_json(r->a, (struct audit_pair[]){
	    AUDIT_TEXT("title", p.title), AUDIT_NUM("budget", p.budget) }, 2)));
	req_flash(r, TEXT_promo_saved);
	r->redirect = req_path(r, "%.*s/promo/%.*s", SV(href), SV(id_text(r->a, p.id.v)));
	return NULL;
}

static err one(struct req *r, struct festival *f, struct promo_found *x, str *href)
{
	int64_t id;

	TRY(sale(r, f, href));
	TRY(req_id(r, 1, &id));
	TRY(promo_found_load(r, f, (promotion_id){ id }, x));
	if (x->p.festival.v != f->id.v)
		return ERR(r->a, ERR_MISSING, "promo-unknown");
	*href = req_path(r, "%.*s/promo/%.*s", SV(*href), SV(id_text(r->a, id)));
	return NULL;
}

err org_promo(struct req *r)
{
	unsigned who = req_is(r, WRITERS) ? PROMO_ORGANISER : 0;
	struct manage_view v = { .back_say = text(r->lang, TEXT_org_promo_title) };
	struct promo_found x;
	struct festival f;
	str href;

	TRY(one(r, &f, &x, &href));
	v.back = req_path(r, "/admin/festival/%.*s/promo", SV(f.slug));
	TRY(venues_load(r, &v.edit));
	TRY(promo_manage(r, &f, &x, who, href, &v));
	page_offer(&r->out, &v);
	return NULL;
}

/* Its own only: a merchant's words are the merchant's. */
static err own(struct req *r, struct festival *f, struct promo_found *x, str *href)
{
	TRY(one(r, f, x, href));
	return x->p.merchant.v ? ERR(r->a, ERR_CONFLICT, "promo-fixed") : NULL;
}

err org_promo_change(struct req *r)
{
	const struct offer_in *in = r->form;
	struct promo_found x;
	struct festival f;
	str href;

	TRY(own(r, &f, &x, &href));
	TRY(venue_known(r, in->venue));
	TRY(offer_read(r->a, in, &x.p));
	TRY(promo_change(r->tx, &f, &x.p));
	TRY(audit(r, "promo.change", x.p.id.v, (str){ 0 }, audit_json(r->a, (struct audit_pair[]){
	    AUDIT_TEXT("title", x.p.title), AUDIT_NUM("budget", x.p.budget) }, 2)));
	req_flash(r, TEXT_promo_saved);
	r->redirect = href;
	return NULL;
}

err org_promo_quota(struct req *r)
{
	struct promo_found x;
	struct festival f;
	str href;

	TRY(own(r, &f, &x, &href));
	return promo_more_step(r, &x.p, href);
}

err org_promo_state(struct req *r)
{
	struct promo_found x;
	struct festival f;
	str href;

	TRY(one(r, &f, &x, &href));
	if (x.p.state == PROMO_DRAFT && x.p.merchant.v)
		return ERR(r->a, ERR_CONFLICT, "promo-step",
		    .arg = { text(r->lang, TEXT_promo_state_draft),
			text(r->lang, TEXT_promo_state_published) });
	TRY(promo_step(r, &f, &x.p, r->param[2], PROMO_ORGANISER));
	r->redirect = href;
	return NULL;
}

/* ---- where venues are -------------------------------------------------------------------- */

struct place_in { str place; };
static const struct field place_fields[] = {
	FIELD(struct place_in, place, FIELD_TEXT, .needed = true, .max = 60,
	    .label = TEXT_org_places_at, .hint = TEXT_org_places_hint),
};
const struct form org_place_form = FORM(struct place_in, place_fields);

err org_places(struct req *r)
{
	struct org_places_view v = { .may_write = req_is(r, WRITERS) };
	struct promo_venues *x;

	TRY(promo_q_venues(r->db, r->city.id, &x, &v.n));
	struct org_place_row *rows = NEWN(r->a, struct org_place_row, v.n);
	for (size_t i = 0; i < v.n; i++) {
		str id = id_text(r->a, x[i].id.v);
		struct place_in *fill = NEW(r->a, struct place_in);
		fill->place = place_degrees(r, x[i].latitude, x[i].longitude);
		rows[i] = (struct org_place_row){ x[i].name, fill->place,
		    form_page(r->a, str_eq(r->param[0], id) ? &r->state : &(struct form_state){ 0 },
			&org_place_form, fill, req_path(r, "/admin/places/%.*s", SV(id)),
			    r->csrf) };
		rows[i].form.prefix = arena_cstr(r->a, id);
	}
	v.v = rows;
	r->title = text(r->lang, TEXT_org_places_title);
	page_org_places(&r->out, &v);
	return NULL;
}

err org_place_set(struct req *r)
{
	const struct place_in *in = r->form;
	int64_t id, latitude, longitude;

	TRY(req_id(r, 0, &id));
	if (!place_parse(in->place, &latitude, &longitude))
		return ERR(r->a, ERR_INVALID, "promo-place", .field = "place");
	TRY(place_set(r->tx, r->city.id, (venue_id){ id }, latitude, longitude));
	TRY(audit(r, "venue.place", id, (str){ 0 }, audit_json(r->a, (struct audit_pair[]){
	    AUDIT_TEXT("place", in->place) }, 1)));
	req_flash(r, TEXT_promo_saved);
	r->redirect = S("/admin/places");
	return NULL;
}
