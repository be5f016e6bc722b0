/* sale_pay.c - the QRIS of one sale, and "paid in cash instead". */
#include "festival_read.h"
#include "mod/festival/purchase.h"
#include "mod/festival/stall_pages.h"
#include "mod/festival/web.h"
#include "mod/qris/qris.h"
#include "mod/qris/store.h"

static err draw(struct req *r, const struct festival_purchase_by_id *p, struct sale_view *v)
{
	struct qris_kept kept;
	struct qris q;

	TRY(qris_kept_get(r->db, r->city.id, p->merchant, &kept));
	v->no_qris = !kept.payload.n && r->who.merchant == p->merchant.v;
	if (!kept.payload.n)
		return NULL;
	TRY(qris_read(r->a, kept.payload, &q));
	v->pay_name = q.name;
	/* More than tag 54 can hold is not paid by QRIS: no code, no failure. */
	return p->amount <= QRIS_AMOUNT_MAX ? qris_for(r->a, &q, p->amount, &v->pay) : NULL;
}

/* Seen by whoever sees the sale, for good. */
static err moved(struct req *r, const struct festival_purchase_by_id *p, struct sale_view *v)
{
	struct festival_method_last m;
	bool found;

	TRY(festival_q_method_last(r->db, r->city.id, p->id, &m, &found));
	if (found) {
		v->moved = m.at;
		v->was = choice_by_value(method_choices, m.was)->label;
	}
	return NULL;
}

err sale_pay(struct req *r, const struct festival *f, const struct festival_purchase_by_id *p,
    struct sale_view *v)
{
	bool fresh = r->now - p->received <= METHOD_FRESH;

	TRY(moved(r, p, v));
	if (p->state != 0 || p->method != METHOD_QRIS || f->state != FESTIVAL_OPEN)
		return NULL;
	v->pay_late = !fresh;
	if (!fresh)
		return NULL;
	v->csrf = r->csrf;
	v->cash = req_path(r, "/m/sale/%.*s/cash", SV(id_text(r->a, p->id.v)));
	/* Whose account it is concerns the merchant and the organiser. */
	if (r->who.merchant == p->merchant.v || req_is(r, MAY_ORGANISER | MAY_ADMIN))
		return draw(r, p, v);
	return NULL;
}

err sale_cash(struct req *r)
{
	struct paid_by to = { METHOD_CASH, r->who.person, r->who.token };
	struct festival_purchase_by_id p;
	struct festival f;

	TRY(sale_load(r, &p, &f));
	TRY(purchase_paid_by(r->tx, r->change, &f, p.id, &to, r->now));
	req_flash(r, TEXT_sale_cash_done);
	r->redirect = req_path(r, "/m/sale/%.*s", SV(id_text(r->a, p.id.v)));
	return NULL;
}
