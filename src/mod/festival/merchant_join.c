/*
 * merchant_join.c - registering, in three short steps.
 *
 * What the first two steps ask goes along in the address (GET): nothing
 * is stored before the last, nothing is left half-done, and going back
 * in the browser shows what was typed.  Phone and password are asked
 * last and posted, so they never stand in an address.
 */
#include "core/audit.h"
#include "core/crypto.h"
#include "core/who.h"
#include "festival_read.h"
#include "mod/festival/bar.h"
#include "mod/festival/merchant_admit.h"
#include "mod/festival/merchant_web.h"
#include "mod/festival/shop_pages.h"
#include "mod/festival/web.h"
#include "shop_join_tmpl.h"
#include <string.h>

struct join_in {
	str name, stall, phone, login, password;
	int64_t sector, venue, size;
	struct facts facts;
};
#define JOIN_FACT(c, t, seen, asked, tidy, look, say, prop, ...) \
	FACT_FIELD(struct join_in, c, t, __VA_ARGS__)
static const struct field join_fields[] = {
	FIELD(struct join_in, name, FIELD_TEXT, .needed = true, .min = 2,
	    .max = 80, .label = TEXT_join_name, .hint = TEXT_join_name_hint),
	FIELD(struct join_in, sector, FIELD_CHOICE, .needed = true,
	    .label = TEXT_join_sector, .choices = sector_choices),
	FIELD(struct join_in, venue, FIELD_ID, .label = TEXT_join_venue),
	FIELD(struct join_in, stall, FIELD_TEXT, .max = 30,
	    .label = TEXT_join_stall, .hint = TEXT_join_stall_hint),
	FIELD(struct join_in, size, FIELD_CHOICE, .label = TEXT_join_size,
	    .hint = TEXT_join_size_hint, .choices = size_choices),
	FIELD(struct join_in, phone, FIELD_PHONE, .label = TEXT_join_phone,
	    .hint = TEXT_join_phone_login),
	FIELD(struct join_in, login, FIELD_TEXT, .max = 40,
	    .label = TEXT_join_login, .hint = TEXT_join_login_hint),
	FIELD(struct join_in, password, FIELD_SECRET, .needed = true, .min = 8,
	    .max = 200, .label = TEXT_signin_password,
	    .hint = TEXT_people_password_hint),
	FACT_ROWS(JOIN_FACT)
};
const struct form join_form = FORM(struct join_in, join_fields);

err venue_options(struct req *r, struct form_option **out, size_t *n)
{
	struct festival_venue_list *v;

	TRY(festival_q_venue_list(r->db, r->city.id, &v, n));
	*out = NEWN(r->a, struct form_option, *n);
	for (size_t i = 0; i < *n; i++)
		(*out)[i] = (struct form_option){ id_text(r->a, v[i].id.v), v[i].name };
	return NULL;
}

err venue_known(struct req *r, int64_t venue)
{
	struct festival_venue_by_id v;
	bool found = true;

	if (venue)
		TRY(festival_q_venue_by_id(r->db, r->city.id, (venue_id){ venue }, &v, &found));
	return found ? NULL : ERR(r->a, ERR_INVALID, "venue-unknown", .field = "venue");
}

/* ---- the steps --------------------------------------------------------------- */

static enum join_step step_of(const char *field)
{
	static const struct { const char *name; enum join_step step; } of[] = {
		{ "name", JOIN_WHAT }, { "sector", JOIN_WHAT },
		{ "venue", JOIN_PLACE }, { "stall", JOIN_PLACE }, { "size", JOIN_PLACE },
	};

	for (size_t i = 0; i < countof(of); i++)
		if (!strcmp(of[i].name, field))
			return of[i].step;
	return JOIN_YOU;
}

/* The address of an earlier step, with what was typed in those before. */
static str step_link(struct req *r, str base, enum join_step to, const struct params *typed)
{
	struct out o = { .b = BUF(r->a, 4000) };
	char mark = '?';

	buf_printf(&o.b, "%.*s/join%s", SV(base), to == JOIN_PLACE ? "/place" : "");
	for (size_t i = 0; i < countof(join_fields); i++) {
		str name = str_of(join_fields[i].name), v = params_value(typed, name);
		if (!v.n || step_of(join_fields[i].name) > to)
			continue;
		buf_printf(&o.b, "%c%.*s=", mark, SV(name));
		out_put_query(&o, v);
		mark = '&';
	}
	return buf_done(&o.b);
}

static err mine(struct req *r, struct join_view *v)
{
	struct merchant m;

	if (!r->who.merchant || r->who.city.v != r->city.id.v)
		return NULL;
	TRY(own_merchant(r, &m));
	v->mine = m.name;
	v->mine_do = req_path(r, "%.*s/join/mine", SV(v->base));
	v->csrf = r->csrf;
	return NULL;
}

/* "state" belongs to the page: what later steps lack is no mistake yet. */
static err show(struct req *r, enum join_step step, struct form_state *state)
{
	static const char *const next[] = { "/place", "/you", "", "" };
	struct join_view v = { .step = step };
	struct form_option *venues;
	struct festival f;

	TRY(festival_of(r, 1, &f));
	TRY(venue_options(r, &venues, &v.n_venues));
	v.venues = venues;
	v.base = festival_base(r, &f);
	v.festival = f.name;
	v.rule = text(r->lang, choice_by_value(admission_choices, (int64_t)f.admission)->label);
	v.closed = f.admission == ADMISSION_CLOSED ||
	    (f.state != FESTIVAL_INVITING && f.state != FESTIVAL_OPEN);
	TRY(mine(r, &v));
	v.form = (struct form_page){ .action = req_path(r, "%.*s/join%s", SV(v.base), next[step]),
	    .csrf = r->csrf, .state = state, .get = step < JOIN_YOU };
	if (step == JOIN_PLACE || step == JOIN_YOU)
		v.back = step_link(r, v.base, step - 1, state->typed);
	r->title = text(r->lang, TEXT_front_join);
	festival_bar(r, &f, BAR_NONE);
	page_join(&r->out, &v);
	return NULL;
}

static void wrong(struct form_state *s, err e)
{
	err *slot = e ? &s->errors[form_find(&join_form, e->field) - join_fields] : NULL;

	if (slot && !*slot)
		*slot = e;
}

/* Reads the address; the earliest step before "most" with a mistake, else "most". */
static err steps_read(struct req *r, enum join_step most, struct form_state *s,
    enum join_step *step)
{
	struct join_in in;

	err first = form_read(r->a, &join_form, &r->query, s, &in);
	(void)first;	/* each field is judged by its step below */
	wrong(s, nik_refuse(r->a, "name", in.name));
	wrong(s, nik_refuse(r->a, "stall", in.stall));
	err e = venue_known(r, in.venue);
	if (e && e->kind != ERR_INVALID)
		return e;
	wrong(s, e);
	*step = most;
	for (size_t i = 0; i < join_form.n; i++)
		if (s->errors[i] && step_of(join_fields[i].name) < *step)
			*step = step_of(join_fields[i].name);
	for (size_t i = 0; i < join_form.n; i++)
		if (step_of(join_fields[i].name) > *step || *step == most)
			s->errors[i] = NULL;
	return NULL;
}

static err step_page(struct req *r, enum join_step most)
{
	struct form_state *s = NEW(r->a, struct form_state);
	enum join_step step;

	TRY(steps_read(r, most, s, &step));
	if (step < most && !params_value(&r->query, S("name")).n)
		memset(s->errors, 0, join_form.n * sizeof *s->errors);
	else if (step < most)
		r->status = 422;
	return show(r, step, s);
}

err join_page(struct req *r) { return step_page(r, JOIN_WHAT); }
err join_place(struct req *r) { return step_page(r, JOIN_PLACE); }
err join_you(struct req *r) { return step_page(r, JOIN_YOU); }

/* What the last step refused; a mistake of an earlier one shows all on one page. */
err join_again(struct req *r)
{
	enum join_step step = JOIN_YOU;

	for (size_t i = 0; r->state.errors && i < join_form.n; i++)
		if (r->state.errors[i] && step_of(join_fields[i].name) < JOIN_YOU)
			step = JOIN_ALL;
	return show(r, step, &r->state);
}

/* ---- the end -------------------------------------------------------------------- */

err join_prepare(struct req *r)
{
	const struct join_in *in = r->form;
	str *hash = NEW(r->a, str);

	*hash = password_hash(r->a, in->password);
	r->prepared = hash;
	return NULL;
}

/* Who does not think of a login signs in with the phone's number. */
static err person(struct req *r, const struct join_in *in, merchant_id id, person_id *out)
{
	str login = in->login;

	if (!login.n && !in->phone.n)
		return ERR(r->a, ERR_INVALID, "join-login", .field = "phone");
	if (!login.n)
		login = req_path(r, "0%.*s", SV(str_sub(in->phone, 3, in->phone.n)));
	err e = person_add(r->tx, r->city.id, login, in->name, *(str *)r->prepared, MAY_MERCHANT,
	    id.v, r->now, out);
	if (e && !in->login.n && e->kind == ERR_CONFLICT)
		return ERR(r->a, ERR_CONFLICT, "join-phone-taken", .field = "phone");
	return e;
}

static err joined(struct req *r, const struct merchant *m, enum participation_state state)
{
	return audit(r, "merchant.register", m->id.v, (str){ 0 }, audit_json(r->a,
	    (struct audit_pair[]){ AUDIT_TEXT("name", m->name),
	    AUDIT_TEXT("state", state == PARTICIPATION_WAITING ? S("waiting") : S("admitted")) },
	    2));
}

err join_do(struct req *r)
{
	struct join_in *in = r->form;
	enum participation_state state;
	struct festival f;
	person_id owner;
	str changed;
	struct merchant m = { .name = in->name, .sector = (enum sector)in->sector,
	    .size = (enum merchant_size)in->size, .venue = { in->venue }, .stall = in->stall,
	    .phone = in->phone };

	TRY(festival_of(r, 1, &f));
	TRY(venue_known(r, in->venue));
	TRY(merchant_add(r->tx, r->city.id, &m, r->now));
	TRY(merchant_join(r->tx, r->change, &f, m.id, false, BY_SELF, r->now, &state));
	TRY(facts_set(r->tx, r->city.id, m.id, &in->facts, SEEN_OWN, &changed));
	TRY(person(r, in, m.id, &owner));
	TRY(joined(r, &m, state));
	TRY(who_sign_in(r, owner));
	req_flash(r, state == PARTICIPATION_WAITING ? TEXT_join_waits : TEXT_join_done);
	r->redirect = S("/m");
	return NULL;
}

err join_mine(struct req *r)
{
	enum participation_state state;
	struct festival f;
	struct merchant m;

	TRY(festival_of(r, 1, &f));
	TRY(own_owner(r, &m));
	TRY(merchant_join(r->tx, r->change, &f, m.id, false, BY_SELF, r->now, &state));
	TRY(joined(r, &m, state));
	req_flash(r, TEXT_join_done);
	r->redirect = S("/m");
	return NULL;
}
