/* stall_web.c - the merchant at the stall: sell, show the code, see the day. */
#include "core/layout.h"
#include "festival_read.h"
#include "mod/festival/bar.h"
#include "mod/festival/merchant_admit.h"
#include "mod/festival/merchant_web.h"
#include "mod/festival/purchase.h"
#include "mod/festival/shop_pages.h"
#include "mod/festival/stall_pages.h"
#include "mod/festival/web.h"
#include "stall_tmpl.h"
#include <string.h>

#define SHOWN	20

struct sell_in { str event; int64_t amount, method, card, day; };
static const struct field sell_fields[] = {
	FIELD(struct sell_in, event, FIELD_EVENT, .needed = true),
	FIELD(struct sell_in, amount, FIELD_RUPIAH, .needed = true, .min = 100,
	    .max = RUPIAH_MAX, .label = TEXT_stall_amount),
	FIELD(struct sell_in, method, FIELD_CHOICE, .needed = true,
	    .label = TEXT_stall_method, .choices = method_choices),
	FIELD(struct sell_in, card, FIELD_CARD, .label = TEXT_stall_card,
	    .hint = TEXT_stall_card_hint),
	FIELD(struct sell_in, day, FIELD_DAY, .label = TEXT_stall_date,
	    .hint = TEXT_stall_date_hint),
};
const struct form sell_form = FORM(struct sell_in, sell_fields);

/* The business of whoever is signed in, and the sale it takes part in. */
struct stall {
	struct merchant m;
	struct festival f;
	struct own_sale in;
	struct own_role role;
};

static err stall_load(struct req *r, struct stall *s)
{
	if (!r->who.merchant)
		return ERR(r->a, ERR_MISSING, "no-such-page");
	TRY(merchant_get(r->db, r->city.id, (merchant_id){ r->who.merchant }, &s->m));
	TRY(own_role(r, &s->role));
	return own_sale(r, s->m.id, &s->in, &s->f);
}

str new_event(struct arena *a)
{
	unsigned char b[16];
	int64_t ms = time_now() / 1000;

	rand_bytes(b, sizeof b);
	for (int i = 0; i < 6; i++)
		b[i] = (unsigned char)(ms >> (40 - 8 * i));
	b[6] = (unsigned char)(0x70 | (b[6] & 0x0f));	/* UUIDv7, RFC 9562 5.7 */
	b[8] = (unsigned char)(0x80 | (b[8] & 0x3f));
	char hex[32];
	hex_put(hex, b, sizeof b);
	return arena_printf(a, "%.8s-%.4s-%.4s-%.4s-%.12s", hex, hex + 8,
	    hex + 12, hex + 16, hex + 20);
}

bool day_outside(const struct req *r, const struct festival *f)
{
	int64_t today = time_day(r->now, r->city.zone);

	return today < f->first_day || today > f->last_day;
}

int64_t moment_on(const struct req *r, int64_t day)
{
	int64_t today = time_day(r->now, r->city.zone);

	return day ? time_of_day(day, r->city.zone) + r->now -
	                 time_of_day(today, r->city.zone)
	           : r->now;
}

/* A helper sees today, and no sum beyond it. */
static err helper_day(struct req *r, const struct stall *s, struct stall_view *v)
{
	struct day_view d = { 0 };

	TRY(own_day(r, &s->f, s->m.id, &d, SHOWN));
	v->rupiah = d.rupiah;
	v->purchases = d.purchases;
	v->points = d.points;
	v->v = d.v;
	v->n = d.n;
	return NULL;
}

/* The merchant's purchases are a chain from the newest back. */
static err day_load(struct req *r, const struct stall *s, struct stall_view *v)
{
	struct sale_row *rows = NEWN(r->a, struct sale_row, SHOWN);
	struct festival_merchant_total_get t;
	bool found;

	TRY(festival_q_merchant_total_get(r->db, r->city.id, s->f.id, s->m.id, &t, &found));
	if (!found)
		return NULL;
	if (s->role.helper)
		return helper_day(r, s, v);
	v->rupiah = t.rupiah;
	v->purchases = t.purchases;
	v->points = t.points;
	v->v = rows;
	for (purchase_id at = t.last; at.v && v->n < SHOWN;) {
		struct festival_purchase_by_id p;
		TRY(festival_q_purchase_by_id(r->db, r->city.id, at, &p, &found));
		CHECK(found);
		rows[v->n++] = (struct sale_row){
			req_path(r, "/m/sale/%.*s", SV(id_text(r->a, p.id.v))),
			p.at, p.amount, p.points, !p.card.v, p.state != 0
		};
		at = p.merchant_before;
	}
	return NULL;
}

static void not_selling(const struct stall *s, struct stall_view *v)
{
	v->why_not = TEXT_stall_not_open;
	v->todo = TEXT_stall_not_open_todo;
	if (!s->in.one) {
		v->why_not = TEXT_stall_none;
		v->todo = TEXT_stall_none_todo;
	} else if (s->in.state == PARTICIPATION_ASKED) {
		v->why_not = TEXT_stall_asked;
		v->todo = TEXT_stall_asked_todo;
	} else if (s->in.state == PARTICIPATION_WAITING) {
		v->why_not = TEXT_admit_you_wait;
		v->todo = TEXT_admit_you_wait_todo;
	} else if (s->in.state != PARTICIPATION_ADMITTED) {
		v->why_not = TEXT_stall_refused;
		v->todo = TEXT_stall_refused_todo;
		v->reason = s->in.reason;
	}
}

/* Which of several sales stands in the form itself: two pages do not disturb each other. */
static str sell_action(struct req *r, const struct stall *s, struct stall_view *v)
{
	v->several = s->in.open > 1;
	if (!v->several)
		return S("/m/sale");
	req_cookie(r, "sale", s->f.slug, (int)(30 * DAY / SECOND));
	return req_path(r, "/m/sale?sale=%.*s", SV(s->f.slug));
}

err stall_page(struct req *r)
{
	struct stall s = { 0 };
	struct stall_view v = { 0 };
	struct sell_in fill = { .method = METHOD_CASH };

	TRY(stall_load(r, &s));
	if (s.role.once || s.in.several) {
		r->redirect = s.role.once ? S("/m/password") : S("/m/sales");
		return NULL;
	}
	v.shop = s.m.name;
	v.code = s.m.code;
	v.festival = s.in.one ? s.f.name : r->city.name;
	v.selling = s.in.one && s.f.state == FESTIVAL_OPEN && s.in.state == PARTICIPATION_ADMITTED;
	if (v.selling) {
		v.ask_day = day_outside(r, &s.f);
		fill.day = v.ask_day ? s.f.last_day : 0;
	} else
		not_selling(&s, &v);
	v.owner = !s.role.helper;
	v.form = FORM_PAGE(r, &sell_form, &fill, sell_action(r, &s, &v));
	v.form.event = new_event(r->a);
	if (s.in.one) {
		TRY(day_load(r, &s, &v));
		TRY(waiting_place(r->db, &s.f, s.m.id, &v.turn));
		v.admission = req_path(r, "%.*s/admission", SV(festival_base(r, &s.f)));
	}
	r->title = s.m.name;
	own_bar(r, OWN_SELL);
	page_stall(&r->out, &v);
	return NULL;
}

err stall_sell(struct req *r)
{
	const struct sell_in *in = r->form;
	struct stall s = { 0 };
	struct purchase_out out;
	str code;

	TRY(stall_load(r, &s));
	if (!s.in.one)
		return ERR(r->a, ERR_INVALID, "merchant-not-admitted");
	if (s.role.once)
		return ERR(r->a, ERR_CONFLICT, "helper-first");
	if (s.in.several)
		return ERR(r->a, ERR_CONFLICT, "sale-choose");
	struct purchase_in p = { .event = in->event, .merchant = s.m.id, .card = in->card,
	    .amount = in->amount, .method = (enum method)in->method, .channel = CHANNEL_STALL,
	    .at = moment_on(r, in->day), .person = r->who.person };
	TRY(purchase_sent_before(r->tx, &s.f, &p));
	if (in->card)
		TRY(purchase_record(r->tx, r->change, &r->city, &s.f, &p, r->now, &out));
	else
		TRY(purchase_offer(r->tx, r->change, &r->city, &s.f, &p, r->now, &out, &code));
	r->redirect = req_path(r, "/m/sale/%.*s", SV(id_text(r->a, out.id.v)));
	return NULL;
}

/* ---- one sale ------------------------------------------------------------------ */

struct strike_in { str event, reason; };
static const struct field strike_fields[] = {
	FIELD(struct strike_in, event, FIELD_EVENT, .needed = true),
	FIELD(struct strike_in, reason, FIELD_TEXT, .needed = true, .min = 3, .max = 200,
	    .label = TEXT_sale_reason, .hint = TEXT_sale_reason_hint),
};
const struct form strike_form = FORM(struct strike_in, strike_fields);

/* A merchant sees and strikes out its own; an officer any of the city. */
err sale_load(struct req *r, struct festival_purchase_by_id *p, struct festival *f)
{
	int64_t id;
	bool found;

	TRY(req_id(r, 0, &id));
	TRY(festival_q_purchase_by_id(r->db, r->city.id, (purchase_id){ id }, p, &found));
	if (!found || (!req_is(r, MAY_ORGANISER | MAY_OFFICER | MAY_ADMIN) &&
	    p->merchant.v != r->who.merchant))
		return ERR(r->a, ERR_MISSING, "purchase-unknown");
	return festival_find(r->db, r->city.id, id_text(r->a, p->festival.v), f);
}

static err sale_code(struct req *r, const struct festival *f,
    const struct festival_purchase_by_id *p, struct sale_view *v)
{
	struct festival_claim_code c;
	bool found;

	TRY(festival_q_claim_code(r->db, r->city.id, p->id, &c, &found));
	if (!found)
		return NULL;
	v->code = c.code;
	v->waiting = !p->card.v;
	v->url = festival_absolute(r,
	    req_path(r, "%.*s/claim/%.*s", SV(festival_base(r, f)), SV(c.code)));
	v->alt = req_path(r, "QR %.*s", SV(c.code));
	return NULL;
}

err sale_page(struct req *r)
{
	struct festival_purchase_by_id p;
	struct festival_void_get gone;
	struct sale_view v = { 0 };
	struct festival f;
	struct merchant m;
	bool found;

	TRY(sale_load(r, &p, &f));
	TRY(merchant_get(r->db, r->city.id, p.merchant, &m));
	v.shop = m.name;
	v.amount = p.amount;
	v.at = p.at;
	v.points = p.points;
	v.number = p.number;
	v.method = choice_by_value(method_choices, p.method)->label;
	v.void_ = p.state != 0;
	v.may_void = !v.void_ && (f.state == FESTIVAL_OPEN || f.state == FESTIVAL_CLOSED);
	TRY(sale_code(r, &f, &p, &v));
	TRY(sale_pay(r, &f, &p, &v));
	TRY(festival_q_void_get(r->db, r->city.id, p.id, &gone, &found));
	v.void_reason = found ? gone.reason : (str){ 0 };
	str id = id_text(r->a, p.id.v);
	v.card = FORM_PAGE(r, &claim_form, NULL, req_path(r, "/m/sale/%.*s/card", SV(id)));
	v.strike = FORM_PAGE(r, &strike_form, NULL, req_path(r, "/m/sale/%.*s/void", SV(id)));
	v.strike.event = new_event(r->a);
	v.strike.prefix = "strike";
	r->title = m.name;
	if (r->who.merchant)
		own_bar(r, OWN_SELL);
	page_sale(&r->out, &v);
	return NULL;
}

err sale_card(struct req *r)
{
	const struct { int64_t card; } *in = r->form;
	struct festival_purchase_by_id p;
	struct festival_claim_code c;
	struct purchase_out out;
	struct festival f;
	bool found;

	TRY(sale_load(r, &p, &f));
	TRY(festival_q_claim_code(r->db, r->city.id, p.id, &c, &found));
	if (!found)
		return ERR(r->a, ERR_MISSING, "claim-unknown");
	TRY(purchase_claim(r->tx, r->change, &r->city, &f, c.code, in->card, r->now, &out));
	r->redirect = req_path(r, "/m/sale/%.*s", SV(id_text(r->a, p.id.v)));
	return NULL;
}

err sale_void(struct req *r)
{
	const struct strike_in *in = r->form;
	struct festival_purchase_by_id p;
	struct void_in v = { in->event, in->reason, r->who.person, r->who.token };
	struct festival f;
	bool again;

	TRY(sale_load(r, &p, &f));
	TRY(purchase_void(r->tx, r->change, &r->city, &f, p.id, &v, r->now, &again));
	r->redirect = req_path(r, "/m/sale/%.*s", SV(id_text(r->a, p.id.v)));
	return NULL;
}
