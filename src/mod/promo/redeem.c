/* redeem.c - one use of a promotion: judged, counted, taken back. */
#include "core/react.h"
#include "mod/promo/promo.h"
#include "promo_read.h"
#include "promo_write.h"

struct use {
	struct tx *tx;
	const struct city *city;
	const struct festival *f;
	const struct redeem_in *in;
	int64_t now;
	struct promotion p;
	card_id card;
	int64_t amount;
};

/* ---- may it be used here and now? ---------------------------------------- */

static str hours(struct arena *a, const struct promotion *p)
{
	return arena_printf(a, "%02d.%02d-%02d.%02d", (int)(p->from / 60), (int)(p->from % 60),
	    (int)(p->to / 60), (int)(p->to % 60));
}

static err when_judge(struct use *u)
{
	struct arena *a = db_arena(u->tx->db);
	struct promo_clock c = promo_clock(u->f, u->city->zone, u->now);
	const struct promotion *p = &u->p;

	if (u->f->state != FESTIVAL_OPEN)
		return ERR(a, ERR_CONFLICT, "festival-not-open", .arg = { u->f->name });
	if (p->state != PROMO_PUBLISHED || promo_over(p, c) || c.day < p->first_day)
		return ERR(a, ERR_CONFLICT, "promo-not-running", .arg = { p->title });
	if (!promo_running(p, c))
		return ERR(a, ERR_CONFLICT, "promo-hours", .arg = { p->title, hours(a, p) });
	return NULL;
}

static err merchant_judge(struct use *u)
{
	struct arena *a = db_arena(u->tx->db);
	struct promo_participant m;
	bool found;

	if (u->p.merchant.v && u->p.merchant.v != u->in->merchant.v)
		return ERR(a, ERR_INVALID, "promo-merchant", .field = "merchant");
	TRY(promo_q_participant(u->tx->db, u->f->city, u->f->id, u->in->merchant, &m, &found));
	if (!found || m.state != PARTICIPATION_ADMITTED)
		return ERR(a, ERR_INVALID, "merchant-not-admitted", .field = "merchant");
	if (!u->p.merchant.v && u->p.venue.v && u->p.venue.v != m.venue.v)
		return ERR(a, ERR_INVALID, "promo-venue", .field = "merchant");
	return NULL;
}

static err card_judge(struct use *u)
{
	struct arena *a = db_arena(u->tx->db);
	struct promo_card_used used;
	struct promo_card c;
	bool found;

	if (!u->in->card)
		return !u->p.per_card ? NULL :
		    ERR(a, ERR_INVALID, "promo-card-needed", .field = "card");
	TRY(promo_q_card(u->tx->db, u->f->city, u->f->id, u->in->card, &c, &found));
	if (!found)
		return ERR(a, ERR_INVALID, "card-unknown", .field = "card");
	if (c.state != 0)
		return ERR(a, ERR_INVALID, "card-blocked", .field = "card");
	u->card = c.id;
	TRY(promo_q_card_used(u->tx->db, u->f->city, u->p.id, c.id, &used, &found));
	if (found && u->p.per_card && used.used >= u->p.per_card)
		return ERR(a, ERR_CONFLICT, "limit-used", .field = "card",
		    .arg = { arena_printf(a, "%lld", (long long)u->p.per_card) });
	return NULL;
}

static err purchase_judge(struct use *u)
{
	struct promo_purchase b;
	bool found;

	u->amount = u->in->amount;
	if (!u->in->purchase.v)
		return NULL;
	TRY(promo_q_purchase(u->tx->db, u->f->city, u->in->purchase, &b, &found));
	if (!found || b.festival.v != u->f->id.v || b.merchant.v != u->in->merchant.v || b.state)
		return ERR(db_arena(u->tx->db), ERR_INVALID, "promo-purchase",
		    .field = "purchase");
	u->amount = b.amount;
	return NULL;
}

/* ---- counting ----------------------------------------------------------------- */

static err take(struct use *u, int64_t given, struct promo_take *t)
{
	struct arena *a = db_arena(u->tx->db);
	struct buf b = BUF(a, 60);
	bool found;

	TRY(promo_q_take(u->tx, u->f->city, u->p.id, given, u->p.quota, u->p.budget, t, &found));
	if (found)
		return NULL;
	if (u->p.quota && u->p.used >= u->p.quota)
		return ERR(a, ERR_CONFLICT, "quota-used", .arg = { u->p.title,
		    arena_printf(a, "%lld", (long long)u->p.quota) });
	rupiah_put(&b, u->p.budget);
	return ERR(a, ERR_CONFLICT, "budget-used", .arg = { u->p.title, buf_done(&b) });
}

static err write(struct use *u, struct redeem_out *out)
{
	const struct redeem_in *in = u->in;
	struct promo_take t;

	*out = (struct redeem_out){ .id = { id_new() }, .promotion = u->p.id,
	    .merchant = in->merchant, .card = in->card, .at = u->now,
	    .given = promo_given(&u->p, u->amount) };
	TRY(take(u, out->given, &t));
	out->rest = u->p.quota ? u->p.quota - t.used : -1;
	if (u->card.v)
		TRY(promo_q_card_add(u->tx, u->f->city, u->p.id, u->card, 1, NULL));
	return promo_q_redemption_add(u->tx, u->f->city, out->id, u->f->id, u->p.id, in->merchant,
	    u->card, in->purchase, u->amount, out->given, out->rest, (int64_t)in->channel, u->now,
	    in->event, in->person, in->token, NULL);
}

/* The event was recorded before: the same answer, if it is the same use. */
static err again(struct use *u, const struct promo_redemption_by_event *r, struct redeem_out *out)
{
	const struct redeem_in *in = u->in;
	struct promo_card c = { 0 };
	bool found = true;

	if (in->card)
		TRY(promo_q_card(u->tx->db, u->f->city, u->f->id, in->card, &c, &found));
	if (!found || r->promotion.v != in->promotion.v || r->merchant.v != in->merchant.v ||
	    r->card.v != c.id.v || r->purchase.v != in->purchase.v ||
	    (!in->purchase.v && r->amount != in->amount))
		return ERR(db_arena(u->tx->db), ERR_CONFLICT, "event-reused", .field = "event",
		    .arg = { in->event });
	*out = (struct redeem_out){ .id = r->id, .promotion = r->promotion, .merchant = r->merchant,
	    .card = in->card, .given = r->given, .at = r->at, .rest = r->rest, .again = true };
	return NULL;
}

err promo_redeem(struct tx *tx, const struct city *city, const struct festival *f,
    const struct redeem_in *in, int64_t now, struct redeem_out *out)
{
	struct use u = { .tx = tx, .city = city, .f = f, .in = in, .now = now };
	struct promo_redemption_by_event old;
	bool found;

	TRY(promo_q_redemption_by_event(tx->db, f->city, f->id, in->event, &old, &found));
	if (found)
		return again(&u, &old, out);
	TRY(promo_get(tx->db, f->city, in->promotion, &u.p));
	if (u.p.festival.v != f->id.v)
		return ERR(db_arena(tx->db), ERR_MISSING, "promo-unknown");
	TRY(when_judge(&u));
	TRY(merchant_judge(&u));
	TRY(card_judge(&u));
	TRY(purchase_judge(&u));
	return write(&u, out);
}

/* ---- taking back ---------------------------------------------------------------- */

static err back(struct tx *tx, const struct promo_redemption_by_id *r, city_id city,
    const struct redeem_void *in, purchase_id purchase, int64_t now)
{
	TRY(promo_q_void_add(tx, city, r->id, in->event, in->reason, now, purchase, in->person,
	    in->token, NULL));
	if (r->card.v)
		TRY(promo_q_card_add(tx, city, r->promotion, r->card, -1, NULL));
	return promo_q_give_back(tx, city, r->promotion, r->given, NULL);
}

err promo_void(struct tx *tx, const struct festival *f, redemption_id id,
    const struct redeem_void *in, int64_t now, bool *same)
{
	struct arena *a = db_arena(tx->db);
	struct promo_redemption_by_id r;
	struct promo_void_get old;
	bool found;

	TRY(promo_q_redemption_by_id(tx->db, f->city, id, &r, &found));
	if (!found || r.festival.v != f->id.v)
		return ERR(a, ERR_MISSING, "redemption-unknown");
	TRY(promo_q_void_get(tx->db, f->city, id, &old, &found));
	*same = found && str_eq(old.event, in->event) && str_eq(old.reason, in->reason);
	if (*same)
		return NULL;
	if (found)
		return ERR(a, ERR_CONFLICT, "promo-void-already", .arg = { old.reason });
	if (f->state != FESTIVAL_OPEN && f->state != FESTIVAL_CLOSED)
		return ERR(a, ERR_CONFLICT, "festival-frozen", .arg = { f->name });
	return back(tx, &r, f->city, in, (purchase_id){ 0 }, now);
}

static err gone_one(struct tx *tx, const struct purchase_gone *g, redemption_id id)
{
	struct redeem_void in = { g->event, g->reason, g->person, g->token };
	struct promo_redemption_by_id r;
	struct promo_void_get old;
	bool found;

	TRY(promo_q_void_get(tx->db, g->city, id, &old, &found));
	if (found)
		return NULL;
	TRY(promo_q_redemption_by_id(tx->db, g->city, id, &r, &found));
	CHECK(found);
	return back(tx, &r, g->city, &in, (purchase_id){ g->purchase }, g->now);
}

/* Those that name the purchase, and the one a till sent under the purchase's own event. */
err promo_purchase_gone(struct tx *tx, const struct purchase_gone *g)
{
	struct promo_redemption_of_purchase *v;
	struct promo_redemption_by_event r;
	size_t n;
	bool found;

	TRY(promo_q_redemption_of_purchase(tx->db, g->city, (purchase_id){ g->purchase }, &v, &n));
	for (size_t i = 0; i < n; i++)
		TRY(gone_one(tx, g, v[i].id));
	TRY(promo_q_redemption_by_event(tx->db, g->city, (festival_id){ g->festival },
	    g->purchase_event, &r, &found));
	if (found && !r.purchase.v && r.merchant.v == g->merchant)
		TRY(gone_one(tx, g, r.id));
	return NULL;
}
