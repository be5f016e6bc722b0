/* promo_api.c - promotions for tills and apps, version 1. */
#include "mod/promo/find.h"
#include "mod/promo/web.h"
#include "promo_read.h"

#define PAGE	50

/* ---- the catalogue -------------------------------------------------------- */

static void put_count(struct json_out *o, const char *key, int64_t v)
{
	if (v)
		json_int(o, key, v);
	else
		json_none(o, key);
}

static void put_hour(struct req *r, const char *key, const struct promotion *p, int64_t minute)
{
	if (p->from == p->to)
		json_none(&r->json, key);
	else
		json_str(&r->json, key, req_path(r, "%02d:%02d", (int)(minute / 60),
		    (int)(minute % 60)));
}

static void put_day(struct req *r, const char *key, int64_t day)
{
	struct buf b = BUF(r->a, 20);

	time_put_iso_day(&b, day);
	json_str(&r->json, key, buf_done(&b));
}

static void put_place(struct json_out *o, const struct promo_found *x)
{
	if (x->p.merchant.v)
		json_id(o, "merchant", x->p.merchant.v);
	else
		json_none(o, "merchant");
	json_str(o, "merchant_name", x->merchant);
	json_str(o, "venue", x->venue);
	json_str(o, "venue_slug", x->venue_slug);
	if (x->sector < 0)
		json_none(o, "sector");
	else
		json_str(o, "sector", str_of(choice_by_value(sector_choices, x->sector)->code));
}

static void put_promotion(struct req *r, const struct promo_found *x)
{
	const struct promotion *p = &x->p;
	struct json_out *o = &r->json;

	json_begin(o, NULL, '{');
	json_id(o, "id", p->id.v);
	json_str(o, "title", p->title);
	json_str(o, "kind", str_of(promo_kind_choices[p->kind].code));
	json_str(o, "gives", promo_gives_text(r->a, r->lang, p));
	json_str(o, "terms", p->terms);
	put_count(o, "percent", p->percent);
	put_count(o, "worth", p->worth);
	put_place(o, x);
	put_day(r, "first_day", p->first_day);
	put_day(r, "last_day", p->last_day);
	put_hour(r, "from", p, p->from);
	put_hour(r, "to", p, p->to);
	put_count(o, "quota", p->quota);
	if (p->quota)
		json_int(o, "left", p->quota - p->used);
	else
		json_none(o, "left");
	put_count(o, "per_card", p->per_card);
	put_count(o, "budget", p->budget);
	json_bool(o, "open", x->open);
	json_end(o, '}');
}

err api_promotions(struct req *r)
{
	struct promo_query q;
	struct promo_found *v;
	promotion_id next;
	struct festival f;
	size_t n;

	TRY(festival_of(r, 1, &f));
	TRY(promo_query_read(r, &q));
	TRY(promo_find(r, &f, &q, PAGE, &v, &n, &next));
	json_begin(&r->json, NULL, '{');
	json_begin(&r->json, "promotions", '[');
	for (size_t i = 0; i < n; i++)
		put_promotion(r, &v[i]);
	json_end(&r->json, ']');
	if (next.v)
		json_id(&r->json, "next", next.v);
	else
		json_none(&r->json, "next");
	json_end(&r->json, '}');
	return NULL;
}

/* ---- use ---------------------------------------------------------------------- */

struct redeem_form { str event, merchant; int64_t card, purchase, amount; };
static const struct field redeem_fields[] = {
	FIELD(struct redeem_form, event, FIELD_EVENT, .needed = true),
	FIELD(struct redeem_form, merchant, FIELD_TEXT, .needed = true, .max = 20),
	FIELD(struct redeem_form, card, FIELD_CARD),
	FIELD(struct redeem_form, purchase, FIELD_ID),
	FIELD(struct redeem_form, amount, FIELD_INT, .min = 1, .max = RUPIAH_MAX),
};
const struct form api_redeem_form = FORM(struct redeem_form, redeem_fields);

static void put_redemption(struct req *r, const struct redeem_out *x)
{
	struct json_out *o = &r->json;

	json_begin(o, NULL, '{');
	json_id(o, "redemption", x->id.v);
	json_id(o, "promotion", x->promotion.v);
	json_id(o, "merchant", x->merchant.v);
	if (x->card)
		json_str(o, "card", req_path(r, "%09lld", (long long)x->card));
	else
		json_none(o, "card");
	json_int(o, "given", x->given);
	if (x->rest < 0)
		json_none(o, "left");
	else
		json_int(o, "left", x->rest);
	json_time(o, "at", x->at, r->city.zone);
	json_end(o, '}');
}

err api_redeem(struct req *r)
{
	const struct redeem_form *form = r->form;
	struct redeem_in in = { .event = form->event, .card = form->card,
	    .purchase = { form->purchase }, .amount = form->amount, .channel = REDEEM_API,
	    .person = r->who.person, .token = r->who.token };
	struct redeem_out out;
	struct festival f;
	struct merchant m;

	TRY(festival_of(r, 1, &f));
	TRY(req_id(r, 2, &in.promotion.v));
	TRY(merchant_find(r->db, f.city, form->merchant, &m));
	if (!may_for_merchant(r, m.id))
		return ERR(r->a, ERR_DENIED, "merchant-other", .field = "merchant");
	in.merchant = m.id;
	TRY(promo_redeem(r->tx, &r->city, &f, &in, r->now, &out));
	r->status = out.again ? 200 : 201;
	put_redemption(r, &out);
	return NULL;
}

struct back_form { str event, reason; };
static const struct field back_fields[] = {
	FIELD(struct back_form, event, FIELD_EVENT, .needed = true),
	FIELD(struct back_form, reason, FIELD_TEXT, .needed = true, .min = 3, .max = 200),
};
const struct form api_redeem_void_form = FORM(struct back_form, back_fields);

err api_redeem_void(struct req *r)
{
	const struct back_form *b = r->form;
	struct redeem_void in = { b->event, b->reason, r->who.person, r->who.token };
	struct promo_redemption_by_id old;
	struct festival f;
	int64_t id;
	bool found, again;

	TRY(festival_of(r, 1, &f));
	TRY(req_id(r, 2, &id));
	TRY(promo_q_redemption_by_id(r->db, f.city, (redemption_id){ id }, &old, &found));
	if (!found || !may_for_merchant(r, old.merchant))
		return ERR(r->a, ERR_MISSING, "redemption-unknown");
	TRY(promo_void(r->tx, &f, old.id, &in, r->now, &again));
	r->status = again ? 200 : 201;
	json_begin(&r->json, NULL, '{');
	json_id(&r->json, "redemption", id);
	json_str(&r->json, "reason", in.reason);
	json_end(&r->json, '}');
	return NULL;
}

bool may_for_merchant(const struct req *r, merchant_id m)
{
	return !r->who.merchant || r->who.merchant == m.v ||
	    req_is(r, MAY_ORGANISER | MAY_OFFICER | MAY_ADMIN);
}
