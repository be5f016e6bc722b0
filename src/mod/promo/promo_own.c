/* promo_own.c - a merchant's promotions: offer them, let them be used, see the day. */
#include "core/audit.h"
#include "mod/promo/manage.h"
#include "mod/promo/web.h"
#include "promo_own_tmpl.h"
#include "promo_read.h"

#define USES	20
#define SALES	8

/* The business of whoever is signed in, and the sale its promotions belong to. */
struct own { struct merchant m; struct festival f; struct own_sale in; bool selling; };

static err own_load(struct req *r, bool owner, struct own *o)
{
	TRY(merchant_own(r, owner, &o->m));
	TRY(own_sale(r, o->m.id, &o->in, &o->f));
	o->selling = o->in.open > 0;
	return NULL;
}

static err own_need(struct req *r, bool owner, struct own *o)
{
	TRY(own_load(r, owner, o));
	if (!o->in.one)
		return ERR(r->a, ERR_INVALID, "merchant-not-admitted");
	return o->in.several ? ERR(r->a, ERR_CONFLICT, "sale-choose") : NULL;
}

/* ---- let it be used ------------------------------------------------------------- */

struct stall_in { str event; int64_t promotion, card, purchase; };
static const struct field stall_fields[] = {
	FIELD(struct stall_in, event, FIELD_EVENT, .needed = true),
	FIELD(struct stall_in, promotion, FIELD_ID, .needed = true,
	    .label = TEXT_own_promo_which),
	FIELD(struct stall_in, card, FIELD_CARD, .label = TEXT_promo_card,
	    .hint = TEXT_own_promo_card_hint),
	FIELD(struct stall_in, purchase, FIELD_ID, .label = TEXT_own_promo_sale,
	    .hint = TEXT_own_promo_sale_hint),
};
const struct form own_use_form = FORM(struct stall_in, stall_fields);

static err usable_load(struct req *r, const struct own *o, struct own_view *v)
{
	struct promo_usable *u;

	TRY(promo_q_usable(r->db, r->city.id, o->f.id, o->m.id, o->m.venue, &u, &v->n_usable));
	struct form_option *x = NEWN(r->a, struct form_option, v->n_usable);
	for (size_t i = 0; i < v->n_usable; i++)
		x[i] = (struct form_option){ id_text(r->a, u[i].id.v), u[i].title };
	v->usable = x;
	return NULL;
}

static str sale_say(struct req *r, const struct promo_sale *s)
{
	struct buf b = BUF(r->a, 120);

	rupiah_put(&b, s->amount);
	buf_str(&b, S(", "));
	time_put_clock(&b, s->at, r->city.zone);
	return buf_done(&b);
}

/* The last sales: the merchant's purchases are a chain from the newest back. */
static err sales_load(struct req *r, const struct own *o, struct own_view *v)
{
	struct form_option *x = NEWN(r->a, struct form_option, SALES);
	struct promo_last_sale last;
	bool found;

	TRY(promo_q_last_sale(r->db, r->city.id, o->f.id, o->m.id, &last, &found));
	v->sales = x;
	for (purchase_id at = found ? last.last : (purchase_id){ 0 }; at.v && v->n_sales < SALES;) {
		struct promo_sale s;
		TRY(promo_q_sale(r->db, r->city.id, at, &s, &found));
		CHECK(found);
		if (!s.state)
			x[v->n_sales++] = (struct form_option){ id_text(r->a, at.v), sale_say(r,
			    &s) };
		at = s.merchant_before;
	}
	return NULL;
}

static err uses_load(struct req *r, const struct own *o, struct own_view *v)
{
	int64_t today = time_day(r->now, r->city.zone);
	struct promo_used_at *u;

	TRY(promo_q_used_at(r->db, r->city.id, o->m.id, (redemption_id){ INT64_MAX }, USES, &u,
	    &v->n_uses));
	struct use_row *rows = NEWN(r->a, struct use_row, v->n_uses);
	for (size_t i = 0; i < v->n_uses; i++) {
		rows[i] = (struct use_row){ .href = req_path(r, "/m/promo/use/%.*s",
		    SV(id_text(r->a, u[i].id.v))), .title = u[i].title, .at = u[i].at,
		    .given = u[i].given, .gone = u[i].gone,
		    .channel = redeem_channel_choices[u[i].channel].label,
		    .who = u[i].number ? req_path(r, "%09lld",
		    (long long)u[i].number) : (str){ 0 } };
	}
	struct promo_day_of d;
	TRY(promo_q_day_of(r->db, r->city.id, o->m.id, time_of_day(today, r->city.zone), &d));
	v->used_today = d.used;
	v->given_today = d.given;
	v->uses = rows;
	return NULL;
}

static err mine_load(struct req *r, const struct own *o, struct own_view *v)
{
	struct promo_of_merchant *p;

	TRY(promo_q_of_merchant(r->db, r->city.id, o->m.id, o->f.id, &p, &v->n));
	struct own_row *rows = NEWN(r->a, struct own_row, v->n);
	for (size_t i = 0; i < v->n; i++)
		rows[i] = (struct own_row){ .href = req_path(r, "/m/promo/%.*s",
		    SV(id_text(r->a, p[i].id.v))), .title = p[i].title,
		    .state = promo_state_choices[p[i].state].label,
		    .tag = promo_tag((enum promo_state)p[i].state),
		    .used = promo_used_say(r, p[i].used, p[i].quota) };
	v->v = rows;
	return NULL;
}

err own_promos(struct req *r)
{
	struct own_view v = { .csrf = r->csrf };
	struct own o = { 0 };

	TRY(own_load(r, false, &o));
	if (o.in.several) {
		r->redirect = S("/m/sales");
		return NULL;
	}
	v.shop = o.m.name;
	v.selling = o.selling;
	if (o.in.one) {
		TRY(usable_load(r, &o, &v));
		TRY(sales_load(r, &o, &v));
		TRY(uses_load(r, &o, &v));
		TRY(mine_load(r, &o, &v));
	}
	v.use = FORM_PAGE(r, &own_use_form, NULL, S("/m/promo/use"));
	v.use.event = id_text(r->a, id_new());
	r->title = text(r->lang, TEXT_own_promo_title);
	merchant_promo_bar(r);
	page_own_promos(&r->out, &v);
	return NULL;
}

err own_use(struct req *r)
{
	const struct stall_in *in = r->form;
	struct redeem_in use = { .event = in->event, .promotion = { in->promotion },
	    .card = in->card, .purchase = { in->purchase }, .channel = REDEEM_STALL,
	    .person = r->who.person, .token = r->who.token };
	struct redeem_out out;
	struct own o = { 0 };

	TRY(own_need(r, false, &o));
	use.merchant = o.m.id;
	TRY(promo_redeem(r->tx, &r->city, &o.f, &use, r->now, &out));
	req_flash(r, TEXT_own_promo_used);
	r->redirect = S("/m/promo");
	return NULL;
}

/* ---- make and change ---------------------------------------------------------------- */

err own_promo_new(struct req *r)
{
	struct own o = { 0 };

	TRY(own_need(r, true, &o));
	struct offer_in fill = { .first_day = o.f.first_day, .last_day = o.f.last_day };
	int64_t today = time_day(r->now, r->city.zone);
	if (today > o.f.first_day && today <= o.f.last_day)
		fill.first_day = today;
	struct offer_edit e = { .form = FORM_PAGE(r, &offer_form, &fill, S("/m/promo/new")) };
	r->title = text(r->lang, TEXT_own_promo_new);
	merchant_promo_bar(r);
	page_offer_new(&r->out, S("/m/promo"), text(r->lang, TEXT_own_promo_title), &e);
	return NULL;
}

static str offer_json(struct req *r, const struct promotion *p)
{
	return audit_json(r->a, (struct audit_pair[]){ AUDIT_TEXT("title", p->title),
	    AUDIT_NUM("percent", p->percent), AUDIT_NUM("worth", p->worth),
	    AUDIT_NUM("quota", p->quota), AUDIT_NUM("budget", p->budget) }, 5);
}

err own_promo_add(struct req *r)
{
	struct own o = { 0 };

	TRY(own_need(r, true, &o));
	struct promotion p = { .merchant = o.m.id };
	TRY(offer_read(r->a, r->form, &p));
	TRY(promo_add(r->tx, &o.f, &p, r->who.login, r->now));
	TRY(audit(r, "promo.add", p.id.v, (str){ 0 }, offer_json(r, &p)));
	req_flash(r, TEXT_promo_saved);
	r->redirect = req_path(r, "/m/promo/%.*s", SV(id_text(r->a, p.id.v)));
	return NULL;
}

/* The promotion of the path, when it is this merchant's. */
static err mine(struct req *r, struct festival *f, struct promotion *p)
{
	struct merchant m;
	int64_t id;

	TRY(merchant_own(r, r->route->method == HTTP_POST, &m));
	TRY(req_id(r, 0, &id));
	TRY(promo_get(r->db, r->city.id, (promotion_id){ id }, p));
	if (p->merchant.v != m.id.v)
		return ERR(r->a, ERR_MISSING, "promo-unknown");
	return festival_find(r->db, r->city.id, id_text(r->a, p->festival.v), f);
}

err own_promo(struct req *r)
{
	struct manage_view v = { .back = S("/m/promo"),
	    .back_say = text(r->lang, TEXT_own_promo_title) };
	struct promo_found x;
	struct promotion p;
	struct festival f;

	TRY(mine(r, &f, &p));
	TRY(promo_found_load(r, &f, p.id, &x));
	TRY(promo_manage(r, &f, &x, PROMO_MAKER, req_path(r, "/m/promo/%.*s",
	    SV(id_text(r->a, p.id.v))), &v));
	merchant_promo_bar(r);
	page_offer(&r->out, &v);
	return NULL;
}

err own_promo_change(struct req *r)
{
	struct promotion p, was;
	struct festival f;

	TRY(mine(r, &f, &p));
	was = p;
	TRY(offer_read(r->a, r->form, &p));
	TRY(promo_change(r->tx, &f, &p));
	TRY(audit(r, "promo.change", p.id.v, offer_json(r, &was), offer_json(r, &p)));
	req_flash(r, TEXT_promo_saved);
	r->redirect = req_path(r, "/m/promo/%.*s", SV(id_text(r->a, p.id.v)));
	return NULL;
}

err own_promo_quota(struct req *r)
{
	struct promotion p;
	struct festival f;

	TRY(mine(r, &f, &p));
	return promo_more_step(r, &p, req_path(r, "/m/promo/%.*s", SV(id_text(r->a, p.id.v))));
}

err own_promo_state(struct req *r)
{
	struct promotion p;
	struct festival f;

	TRY(mine(r, &f, &p));
	TRY(promo_step(r, &f, &p, r->param[1], PROMO_MAKER));
	r->redirect = req_path(r, "/m/promo/%.*s", SV(id_text(r->a, p.id.v)));
	return NULL;
}
