/*
 * merchant_team.c - the merchant's own pages beside selling: its day, its
 * helpers, who looked at its figures, and which of its sales it sells in.
 */
#include "core/audit.h"
#include "core/crypto.h"
#include "festival_read.h"
#include "mod/festival/bar.h"
#include "mod/festival/merchant_people.h"
#include "mod/festival/merchant_web.h"
#include "mod/festival/shop_pages.h"
#include "shop_team_tmpl.h"

#define STEPS_MAX	500	/* purchases of one day that are looked at */
#define SHOWN		50
#define ONCE_BYTES	6	/* ten letters and digits		*/

/* ---- who may --------------------------------------------------------------- */

err own_role(struct req *r, struct own_role *out)
{
	struct festival_helper_get h;
	bool found;

	*out = (struct own_role){ 0 };
	TRY(festival_q_helper_get(r->db, r->city.id, r->who.person, &h, &found));
	if (!found)
		return NULL;
	if (h.removed || (h.once && r->now > h.added + HELPER_DAYS * DAY))
		return ERR(r->a, ERR_DENIED, "helper-over");
	out->helper = true;
	out->once = h.once;
	return NULL;
}

err own_owner(struct req *r, struct merchant *m)
{
	struct own_role role;

	TRY(own_merchant(r, m));
	TRY(own_role(r, &role));
	return role.helper ? ERR(r->a, ERR_DENIED, "owner-only") : NULL;
}

err merchant_own(struct req *r, bool owner, struct merchant *m)
{
	struct own_role role;

	if (owner)
		return own_owner(r, m);
	TRY(own_merchant(r, m));
	return own_role(r, &role);
}

/* ---- the day ----------------------------------------------------------------- */

/* A merchant's purchases are a chain from the newest back. */
err own_day(struct req *r, const struct festival *f, merchant_id id, struct day_view *v,
    size_t most)
{
	int64_t since = time_of_day(time_day(r->now, r->city.zone), r->city.zone);
	struct festival_merchant_total_get t;
	struct festival_purchase_by_id p;
	struct sale_row *rows = NEWN(r->a, struct sale_row, most);
	bool found;
	int steps = 0;

	v->v = rows;
	TRY(festival_q_merchant_total_get(r->db, r->city.id, f->id, id, &t, &found));
	for (purchase_id at = found ? t.last : (purchase_id){ 0 }; at.v; at = p.merchant_before) {
		TRY(festival_q_purchase_by_id(r->db, r->city.id, at, &p, &found));
		CHECK(found);
		if (p.received < since || steps++ == STEPS_MAX) {
			v->more = p.received >= since;
			break;
		}
		if (v->n < most)
			rows[v->n++] = (struct sale_row){ req_path(r, "/m/sale/%.*s",
			    SV(id_text(r->a, p.id.v))), p.at, p.amount, p.points, !p.card.v,
			    p.state != 0 };
		if (p.state)
			continue;
		v->purchases++;
		v->rupiah += p.amount;
		v->points += p.points;
		v->waiting += !p.card.v;
		v->waiting_rupiah += p.card.v ? 0 : p.amount;
	}
	return NULL;
}

/* The sales a merchant is in, newest first. */
static err own_sales(struct req *r, const struct merchant *m,
    struct festival_participation_of **p, size_t *n)
{
	return festival_q_participation_of(r->db, r->city.id, m->id, p, n);
}

static err day_sales(struct req *r, const struct merchant *m, const struct own_role *role,
    struct own_day_view *v)
{
	struct festival_participation_of *p;
	struct festival_merchant_total_get t;
	struct festival f;
	bool found;
	size_t n;

	TRY(own_sales(r, m, &p, &n));
	struct day_view *days = NEWN(r->a, struct day_view, n);
	for (size_t i = 0; i < n; i++) {
		struct day_view *d = &days[v->n];
		if (p[i].state != PARTICIPATION_ADMITTED || p[i].festival_state > FESTIVAL_CLOSED)
			continue;
		TRY(festival_find(r->db, r->city.id, p[i].slug, &f));
		d->sale = f.name;
		TRY(own_day(r, &f, m->id, d, SHOWN));
		TRY(festival_q_merchant_total_get(r->db, f.city, f.id, m->id, &t, &found));
		if (found && !role->helper) {
			d->total_rupiah = t.rupiah;
			d->total_purchases = t.purchases;
		}
		v->n++;
	}
	v->v = days;
	return NULL;
}

err own_today(struct req *r)
{
	struct own_day_view v = { 0 };
	struct own_role role;
	struct merchant m;

	TRY(own_merchant(r, &m));
	TRY(own_role(r, &role));
	TRY(day_sales(r, &m, &role, &v));
	v.name = m.name;
	v.today = time_day(r->now, r->city.zone);
	v.owner = !role.helper;
	r->title = text(r->lang, TEXT_day_title);
	own_bar(r, OWN_DAY);
	page_own_day(&r->out, &v);
	return NULL;
}

/* Which of several sales to sell in. */
err own_choose(struct req *r)
{
	struct festival_participation_of *p;
	struct own_choose_view v = { 0 };
	struct merchant m;
	size_t n;

	TRY(own_merchant(r, &m));
	TRY(own_sales(r, &m, &p, &n));
	struct shop_link *links = NEWN(r->a, struct shop_link, n);
	for (size_t i = 0; i < n; i++)
		if (p[i].state == PARTICIPATION_ADMITTED && p[i].festival_state == FESTIVAL_OPEN)
			links[v.n++] = (struct shop_link){ req_path(r, "/m?sale=%.*s",
			    SV(p[i].slug)), p[i].name };
	v.v = links;
	v.name = m.name;
	r->title = text(r->lang, TEXT_choose_title);
	own_bar(r, OWN_SELL);
	page_own_choose(&r->out, &v);
	return NULL;
}

/* The sale of the address, else of the cookie, else the only open one. */
static size_t sale_chosen(const struct req *r, const struct festival_participation_of *v, size_t n,
    struct own_sale *own)
{
	str said = req_query(r, "sale");
	size_t best = 0;
	bool chosen = false;

	if (!said.n)
		said = req_cookie_get(r, "sale");
	for (size_t i = n; i-- > 0;) {
		if (v[i].festival_state != FESTIVAL_OPEN || v[i].state != PARTICIPATION_ADMITTED)
			continue;
		own->open++;
		if (!chosen)
			best = i;
		chosen |= str_eq(v[i].slug, said);
	}
	own->several = own->open > 1 && !chosen;
	return best;
}

err own_sale(struct req *r, merchant_id merchant, struct own_sale *own, struct festival *f)
{
	struct festival_participation_of *v;
	size_t n, best;

	*own = (struct own_sale){ 0 };
	TRY(festival_q_participation_of(r->db, r->city.id, merchant, &v, &n));
	own->one = n > 0;
	if (!n)
		return NULL;
	best = sale_chosen(r, v, n, own);
	own->state = (enum participation_state)v[best].state;
	own->reason = v[best].reason;
	return festival_find(r->db, r->city.id, v[best].slug, f);
}

/* ---- helpers ------------------------------------------------------------------- */

struct helper_in { str name, login; };
static const struct field helper_fields[] = {
	FIELD(struct helper_in, name, FIELD_TEXT, .needed = true, .max = 80,
	    .label = TEXT_people_name),
	FIELD(struct helper_in, login, FIELD_TEXT, .needed = true, .max = 40,
	    .label = TEXT_people_login, .hint = TEXT_people_login_hint),
};
const struct form helper_form = FORM(struct helper_in, helper_fields);

static err team_show(struct req *r, str login, str once)
{
	struct own_team_view v = { .made = login, .once = once, .csrf = r->csrf };
	struct festival_helper_list *h;
	struct merchant m;

	TRY(own_owner(r, &m));
	TRY(festival_q_helper_list(r->db, r->city.id, m.id, &h, &v.n));
	struct helper_row *rows = NEWN(r->a, struct helper_row, v.n);
	for (size_t i = 0; i < v.n; i++)
		rows[i] = (struct helper_row){ h[i].name, h[i].login, req_path(r,
		    "/m/team/%.*s/remove", SV(id_text(r->a, h[i].person.v))), h[i].added,
		    h[i].once };
	v.v = rows;
	v.name = m.name;
	v.form = FORM_PAGE(r, &helper_form, NULL, S("/m/team"));
	r->title = text(r->lang, TEXT_team_title);
	own_bar(r, OWN_SHOP);
	page_own_team(&r->out, &v);
	return NULL;
}

err own_team(struct req *r)
{
	return team_show(r, (str){ 0 }, (str){ 0 });
}

struct once { str plain, hash; };

/* Phones begin a password in small letters. */
static str typed_easily(struct arena *a, str s)
{
	char *p = arena_bytes(a, s.n);

	for (size_t i = 0; i < s.n; i++)
		p[i] = (char)(s.p[i] >= 'A' && s.p[i] <= 'Z' ? s.p[i] - 'A' + 'a' : s.p[i]);
	return (str){ p, s.n };
}

err own_helper_prepare(struct req *r)
{
	struct once *o = NEW(r->a, struct once);

	o->plain = typed_easily(r->a, secret_text(r->a, ONCE_BYTES));
	o->hash = password_hash(r->a, o->plain);
	r->prepared = o;
	return NULL;
}

/* The password stands in the answer itself: it is stored nowhere. */
err own_helper_add(struct req *r)
{
	const struct helper_in *in = r->form;
	const struct once *o = r->prepared;
	struct merchant m;
	person_id id;

	TRY(own_owner(r, &m));
	TRY(helper_add(r->tx, r->city.id, m.id, in->login, in->name, o->hash, r->now, &id));
	TRY(audit(r, "helper.add", id.v, (str){ 0 }, audit_json(r->a, (struct audit_pair[]){
	    AUDIT_TEXT("login", in->login), AUDIT_NUM("merchant", m.code) }, 2)));
	r->state = (struct form_state){ 0 };
	return team_show(r, in->login, o->plain);
}

err own_helper_remove(struct req *r)
{
	struct merchant m;
	int64_t id;

	TRY(own_owner(r, &m));
	TRY(req_id(r, 0, &id));
	TRY(helper_remove(r->tx, r->city.id, m.id, (person_id){ id }, r->now));
	TRY(audit(r, "helper.remove", id, (str){ 0 }, audit_json(r->a, (struct audit_pair[]){
	    AUDIT_NUM("merchant", m.code) }, 1)));
	req_flash(r, TEXT_team_removed);
	r->redirect = S("/m/team");
	return NULL;
}

struct first_in { str new_password; };
static const struct field first_fields[] = {
	FIELD(struct first_in, new_password, FIELD_SECRET, .needed = true, .min = 8, .max = 200,
	    .label = TEXT_first_password, .hint = TEXT_people_password_hint),
};
const struct form own_first_form = FORM(struct first_in, first_fields);

err own_first(struct req *r)
{
	struct own_first_view v = { .form = FORM_PAGE(r, &own_first_form, NULL, S("/m/password")) };
	struct own_role role;

	TRY(own_role(r, &role));
	if (!role.helper)
		return ERR(r->a, ERR_MISSING, "no-such-page");
	r->title = text(r->lang, TEXT_first_title);
	page_own_first(&r->out, &v);
	return NULL;
}

err own_first_prepare(struct req *r)
{
	const struct first_in *in = r->form;
	struct once *o = NEW(r->a, struct once);

	o->hash = password_hash(r->a, in->new_password);
	r->prepared = o;
	return NULL;
}

err own_first_do(struct req *r)
{
	const struct once *o = r->prepared;
	struct own_role role;

	TRY(own_role(r, &role));
	TRY(helper_password(r->tx, r->city.id, r->who.person, o->hash));
	TRY(audit(r, "helper.password", r->who.person.v, (str){ 0 }, (str){ 0 }));
	req_flash(r, TEXT_own_saved);
	r->redirect = S("/m");
	return NULL;
}

/* ---- who looked ------------------------------------------------------------------ */

err own_seen(struct req *r)
{
	struct own_seen_view v = { 0 };
	struct festival_figure_view_list *f;
	struct merchant m;

	TRY(own_owner(r, &m));
	TRY(festival_q_figure_view_list(r->db, r->city.id, m.id, &f, &v.n));
	struct seen_row *rows = NEWN(r->a, struct seen_row, v.n);
	for (size_t i = 0; i < v.n; i++)
		rows[i] = (struct seen_row){ f[i].at, f[i].who, f[i].reason };
	v.v = rows;
	v.name = m.name;
	r->title = text(r->lang, TEXT_seen_title);
	own_bar(r, OWN_SHOP);
	page_own_seen(&r->out, &v);
	return NULL;
}
