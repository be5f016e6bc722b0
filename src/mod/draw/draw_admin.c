/* draw_admin.c - the organiser's draw: prizes, who may not win, freeze, beacon, run. */
#include "core/audit.h"
#include "core/pipeline.h"
#include "draw_tmpl.h"
#include "mod/draw/beacon.h"
#include "mod/draw/before.h"
#include "mod/draw/minutes.h"
#include "mod/draw/web.h"
#include <string.h>

struct draw_in { str name, slug; bool rehearsal; };
static const struct field draw_fields[] = {
	FIELD(struct draw_in, name, FIELD_TEXT, .needed = true, .max = 100,
	    .label = TEXT_draw_name),
	FIELD(struct draw_in, slug, FIELD_TEXT, .needed = true, .max = 40,
	    .label = TEXT_draw_slug, .hint = TEXT_draw_slug_hint),
	FIELD(struct draw_in, rehearsal, FIELD_BOOL,
	    .label = TEXT_draw_is_rehearsal),
};
const struct form draw_form = FORM(struct draw_in, draw_fields);

struct prize_in { str title, code, cls; int64_t number, value; };
static const struct field prize_fields[] = {
	FIELD(struct prize_in, title, FIELD_TEXT, .needed = true, .max = 100,
	    .label = TEXT_draw_prize),
	FIELD(struct prize_in, code, FIELD_TEXT, .needed = true, .max = 30,
	    .label = TEXT_draw_prize_code, .hint = TEXT_draw_prize_code_hint),
	FIELD(struct prize_in, cls, FIELD_TEXT, .needed = true, .max = 30,
	    .label = TEXT_draw_class, .hint = TEXT_draw_class_hint),
	FIELD(struct prize_in, number, FIELD_INT, .needed = true, .min = 1,
	    .max = 10000, .label = TEXT_draw_number),
	FIELD(struct prize_in, value, FIELD_RUPIAH, .max = RUPIAH_MAX,
	    .label = TEXT_draw_value),
};
const struct form prize_form = FORM(struct prize_in, prize_fields);

struct exclude_in { int64_t card, relation; str phone, reason; };
static const struct field exclude_fields[] = {
	FIELD(struct exclude_in, card, FIELD_CARD, .label = TEXT_draw_card_number),
	FIELD(struct exclude_in, phone, FIELD_PHONE, .label = TEXT_draw_or_phone,
	    .hint = TEXT_draw_or_phone_hint),
	FIELD(struct exclude_in, relation, FIELD_CHOICE, .needed = true,
	    .label = TEXT_barred_as, .choices = barred_choices),
	FIELD(struct exclude_in, reason, FIELD_TEXT, .max = 100, .label = TEXT_barred_whom,
	    .hint = TEXT_barred_whom_hint),
};
const struct form exclude_form = FORM(struct exclude_in, exclude_fields);

struct freeze_in { int64_t minutes; str override; };
static const struct field freeze_fields[] = {
	FIELD(struct freeze_in, minutes, FIELD_INT, .needed = true, .min = 5, .max = 20160,
	    .label = TEXT_draw_minutes, .hint = TEXT_draw_minutes_hint),
	FIELD(struct freeze_in, override, FIELD_TEXT, .max = 300, .label = TEXT_draw_override,
	    .hint = TEXT_draw_override_hint),
};
const struct form freeze_form = FORM(struct freeze_in, freeze_fields);

struct beacon_in { str pasted; };
static const struct field beacon_fields[] = {
	FIELD(struct beacon_in, pasted, FIELD_LONG, .needed = true, .max = 2000,
	    .label = TEXT_draw_pasted, .hint = TEXT_draw_pasted_hint),
};
const struct form beacon_form = FORM(struct beacon_in, beacon_fields);

/* "?sale=slug": one of several; else the sale that runs, or the newest. */
static err sale_of(struct req *r, struct festival *f, bool *found)
{
	str which = req_query(r, "sale");

	*found = which.n > 0;
	return which.n ? festival_find(r->db, r->city.id, which, f) :
	    festival_now(r->db, r->city.id, f, found);
}

err admin_draws(struct req *r)
{
	struct admin_draws_view v = { 0 };
	struct festival f;
	struct draw *d;

	TRY(sale_of(r, &f, &v.can));
	if (v.can) {
		TRY(draw_list(r->db, f.city, f.id, &d, &v.n));
		struct draw_row *rows = NEWN(r->a, struct draw_row, v.n);
		for (size_t i = 0; i < v.n; i++)
			rows[i] = (struct draw_row){ req_path(r, "/admin/draw/%.*s",
			    SV(id_text(r->a, d[i].id.v))), d[i].name,
			    draw_state_text(d[i].state), d[i].rehearsal };
		v.v = rows;
		v.festival = f.name;
	}
	v.form = FORM_PAGE(r, &draw_form, NULL, v.can ?
	    req_path(r, "/admin/draw?sale=%.*s", SV(f.slug)) : S("/admin/draw"));
	r->title = text(r->lang, TEXT_draw_title);
	page_admin_draws(&r->out, &v);
	return NULL;
}

err admin_draw_add(struct req *r)
{
	const struct draw_in *in = r->form;
	struct draw d = { .name = in->name, .slug = in->slug, .rehearsal = in->rehearsal };
	struct buf rules = BUF(r->a, 16000);
	struct festival f;
	bool found;

	TRY(sale_of(r, &f, &found));
	if (!found)
		return ERR(r->a, ERR_MISSING, "no-such-festival");
	rules_text(&rules, &f.rules, LANG_ID);
	d.rules = buf_done(&rules);
	TRY(draw_create(r->tx, r->change, &f, &d, r->now));
	TRY(audit(r, "draw.create", d.id.v, (str){ 0 }, audit_json(r->a, (struct audit_pair[]){
	    AUDIT_TEXT("name", d.name), AUDIT_NUM("rehearsal", d.rehearsal) }, 2)));
	r->redirect = req_path(r, "/admin/draw/%.*s", SV(id_text(r->a, d.id.v)));
	return NULL;
}

/* The draw of the path, in this city, and its festival. */
static err load(struct req *r, struct draw *d, struct festival *f)
{
	TRY(draw_find_code(r->db, r->city.id, r->param[0], d));
	return festival_find(r->db, r->city.id, id_text(r->a, d->festival.v), f);
}

static str here(struct req *r, const struct draw *d, const char *what)
{
	return req_path(r, "/admin/draw/%.*s%s", SV(id_text(r->a, d->id.v)), what);
}

static err out_load(struct req *r, const struct draw *d, struct manage_view *v)
{
	struct exclusion *x;

	TRY(draw_exclusions(r->db, d, &x, &v->n_out));
	struct out_row *rows = NEWN(r->a, struct out_row, v->n_out);
	for (size_t i = 0; i < v->n_out; i++)
		rows[i] = (struct out_row){ x[i].number, x[i].as == BARRED_UNTOLD ? TEXT_none :
		    choice_by_value(barred_choices, (int64_t)x[i].as)->label, x[i].whom, x[i].by,
		    req_path(r, "/admin/draw/%.*s/include/%.*s", SV(id_text(r->a, d->id.v)),
			SV(id_text(r->a, x[i].card.v))) };
	v->out = rows;
	return NULL;
}

/* A page of several forms: what was typed belongs to one of them. */
static struct form_page part(struct req *r, const struct form *form, const void *fill, str action)
{
	const struct form_state none = { 0 };
	bool mine = r->state.form == form;

	struct form_page p = form_page(r->a, mine ? &r->state : &none, form, fill, action, r->csrf);
	p.prefix = form->fields[0].name;
	return p;
}

/* In a rehearsal the answer is there already: the step is practised all the same. */
static err beacon_part(struct req *r, const struct draw *d, struct manage_view *v)
{
	struct beacon_in *fill = NEW(r->a, struct beacon_in);

	TRY(relay_view_load(r, d, PART_DRAW, d->round, draw_due(d), &v->relays));
	if (d->state == DRAW_BEACON && v->relays.r.stand != STAND_HERE)
		v->relays.shown = false;	/* it was pasted */
	if (d->rehearsal)
		fill->pasted = beacon_rehearse(r->a, d->round);
	else
		v->relay = arena_printf(r->a, "https://api.drand.sh/%.*s/public/%lld", SV(d->chain),
		    (long long)d->round);
	v->beacon = part(r, &beacon_form, fill, here(r, d, "/beacon"));
	return NULL;
}

err admin_draw(struct req *r)
{
	static const struct prize_in one = { .number = 1 };
	static const struct freeze_in hour = { .minutes = 60 };
	struct manage_view v = { 0 };
	struct festival f;
	struct draw d;

	TRY(load(r, &d, &f));
	TRY(draw_view_load(r, &d, req_path(r, "/%.*s/%.*s", SV(r->city.slug), SV(f.slug)), &v.d));
	v.d.check = req_path(r, "%.*s/%.*s", SV(v.d.base), SV(d.slug));
	v.closed = f.state == FESTIVAL_CLOSED || f.state == FESTIVAL_FROZEN || d.rehearsal;
	if (d.state == DRAW_DRAFT)
		TRY(draw_holders(r->db, &f, &v.holders, &v.coupons_now));
	TRY(out_load(r, &d, &v));
	TRY(window_get(r->db, &d, &v.w));
	TRY(draw_declared_none(r->db, &d, &v.none_said));
	v.list = here(r, &d, "/list");
	v.sample = here(r, &d, "/sample");
	v.none = here(r, &d, "/none");
	v.csrf = r->csrf;
	v.may = req_is(r, MAY_ORGANISER | MAY_ADMIN);
	v.run = here(r, &d, "/run");
	v.reported = here(r, &d, "/reported");
	v.winners = here(r, &d, "/winners");
	v.minutes = part(r, &reported_form, NULL, v.reported);
	v.prize = part(r, &prize_form, &one, here(r, &d, "/prize"));
	v.exclude = part(r, &exclude_form, NULL, here(r, &d, "/exclude"));
	v.freeze = part(r, &freeze_form, &hour, here(r, &d, "/freeze"));
	if (d.state == DRAW_FROZEN || d.state == DRAW_BEACON)
		TRY(beacon_part(r, &d, &v));
	TRY(annul_manage_load(r, &d, &v.d.annul, &v.annul));
	r->title = d.name;
	page_manage(&r->out, &v);
	return NULL;
}

static err done(struct req *r, const struct draw *d, const char *action, str after)
{
	TRY(audit(r, action, d->id.v, (str){ 0 }, after));
	r->redirect = here(r, d, "");
	return NULL;
}

err admin_prize_add(struct req *r)
{
	const struct prize_in *in = r->form;
	struct prize p = { .code = in->code, .cls = in->cls, .number = in->number,
	    .title = in->title, .value = in->value };
	struct festival f;
	struct draw d;

	TRY(load(r, &d, &f));
	TRY(prize_add(r->tx, r->change, &d, &p));
	return done(r, &d, "draw.prize", audit_json(r->a, (struct audit_pair[]){
	    AUDIT_TEXT("title", p.title), AUDIT_NUM("number", p.number) }, 2));
}

err admin_prize_drop(struct req *r)
{
	struct festival f;
	struct draw d;
	int64_t id;

	TRY(load(r, &d, &f));
	TRY(req_id(r, 1, &id));
	TRY(prize_drop(r->tx, r->change, &d, (prize_id){ id }));
	return done(r, &d, "draw.prize-drop", (str){ 0 });
}

err admin_exclude(struct req *r)
{
	const struct exclude_in *in = r->form;
	struct festival f;
	struct draw d;

	TRY(load(r, &d, &f));
	if (!in->card && !in->phone.n)
		return ERR(r->a, ERR_INVALID, "field-needed", .field = "card");
	const struct barring b = { (enum barred_as)in->relation, in->reason, r->who.login, r->now };
	if (in->card)
		TRY(draw_exclude(r->tx, r->change, &d, &f, in->card, &b));
	if (in->phone.n)
		TRY(draw_exclude_phone(r->tx, r->change, &d, &f, in->phone, &b));
	/* Not whose household: a record is kept longer than a person. */
	return done(r, &d, "draw.exclude", audit_json(r->a, (struct audit_pair[]){
	    AUDIT_TEXT("reason", text(LANG_ID, choice_by_value(barred_choices,
	        in->relation)->label)) }, 1));
}

err admin_include(struct req *r)
{
	struct festival f;
	struct draw d;
	int64_t id;

	TRY(load(r, &d, &f));
	TRY(req_id(r, 1, &id));
	TRY(draw_include(r->tx, r->change, &d, (card_id){ id }));
	return done(r, &d, "draw.include", (str){ 0 });
}

/* The list is made on the slow pool: the writer serves every city meanwhile. */
err admin_freeze_prepare(struct req *r)
{
	const struct freeze_in *in = r->form;
	struct draw_entries *entries;
	struct festival f;
	struct draw d;

	TRY(load(r, &d, &f));
	TRY(draw_may_freeze(r->db, &d, in->override, r->city.zone, r->now));
	if (!d.rehearsal)
		TRY(draw_books_agree(r->db, r->site->app));
	TRY(draw_gather(r->db, &d, &f, &entries));
	r->prepared = entries;
	return NULL;
}

err admin_freeze(struct req *r)
{
	const struct freeze_in *in = r->form;
	struct festival f;
	struct draw d;

	TRY(load(r, &d, &f));
	TRY(draw_may_freeze(r->db, &d, in->override, r->city.zone, r->now));
	TRY(draw_overridden(r->tx, &d, in->override, r->who.login, r->now));
	TRY(draw_freeze(r->tx, r->change, &d, &f, r->prepared,
	    (struct draw_when){ 0, in->minutes * MINUTE, r->now }));
	TRY(draw_ahead(r->db, &d, time_now()));
	req_touch(r, festival_key(f.city, f.id));
	return done(r, &d, "draw.freeze", audit_json(r->a, (struct audit_pair[]){
	    AUDIT_TEXT("root", d.root), AUDIT_NUM("round", d.round),
	    AUDIT_NUM("coupons", d.coupons), AUDIT_TEXT("reason", in->override) },
	    in->override.n ? 4 : 3));
}

err admin_beacon(struct req *r)
{
	const struct beacon_in *in = r->form;
	struct festival f;
	struct draw d;

	TRY(load(r, &d, &f));
	TRY(draw_beacon_set(r->tx, r->change, &d, in->pasted, r->now));
	return done(r, &d, "draw.beacon", (str){ 0 });
}

err admin_run_prepare(struct req *r)
{
	struct draw_outcome *outcome;
	struct festival f;
	struct draw d;

	TRY(load(r, &d, &f));
	TRY(draw_work_out(r->db, &d, &outcome));
	r->prepared = outcome;
	return NULL;
}

err admin_run(struct req *r)
{
	struct festival f;
	struct draw d;

	TRY(load(r, &d, &f));
	TRY(draw_run(r->tx, r->change, &d, r->prepared, r->now));
	return done(r, &d, "draw.run", audit_json(r->a, (struct audit_pair[]){
	    AUDIT_TEXT("seed", d.seed) }, 1));
}

struct reported_in { str place, notary, deed, social, police, committee; };
static const struct field reported_fields[] = {
	FIELD(struct reported_in, place, FIELD_TEXT, .max = 100, .label = TEXT_minutes_place),
	FIELD(struct reported_in, notary, FIELD_TEXT, .max = 100, .label = TEXT_minutes_notary),
	FIELD(struct reported_in, deed, FIELD_TEXT, .max = 60, .label = TEXT_minutes_deed),
	FIELD(struct reported_in, social, FIELD_TEXT, .max = 100, .label = TEXT_minutes_social),
	FIELD(struct reported_in, police, FIELD_TEXT, .max = 100, .label = TEXT_minutes_police),
	FIELD(struct reported_in, committee, FIELD_TEXT, .max = 100,
	    .label = TEXT_minutes_committee),
};
const struct form reported_form = FORM(struct reported_in, reported_fields);

/* Drawn beside the writer; its figures come from files that change no more. */
err admin_reported_prepare(struct req *r)
{
	const struct reported_in *in = r->form;
	struct buf *b = NEW(r->a, struct buf);
	struct festival f;
	struct draw d;

	*b = BUF(r->a, 4 << 20);
	TRY(load(r, &d, &f));
	TRY(minutes_pdf(r->db, &r->city, &f, &d, &(struct minutes_names){ in->place, in->notary,
	    in->deed, in->social, in->police, in->committee }, pdf_sink_buf(b)));
	r->prepared = b;
	return NULL;
}

err admin_reported(struct req *r)
{
	struct festival f;
	struct draw d;

	TRY(load(r, &d, &f));
	TRY(draw_report(r->tx, r->change, &d, r->now));
	TRY(minutes_keep(r->tx, &d, buf_done(r->prepared)));
	return done(r, &d, "draw.reported", (str){ 0 });
}
