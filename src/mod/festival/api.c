/* api.c - the calls of tills and apps, version 1. */
#include "core/audit.h"
#include "core/pipeline.h"
#include "festival_read.h"
#include "mod/festival/card_person.h"
#include "mod/festival/merchant_fact.h"
#include "mod/festival/purchase.h"
#include "mod/festival/web.h"
#include <string.h>

#define BATCH_MAX	1000

struct purchase_form {
	str event, merchant, note;
	int64_t card, amount, method, at;
};
static const struct field purchase_fields[] = {
	FIELD(struct purchase_form, event, FIELD_EVENT, .needed = true),
	FIELD(struct purchase_form, merchant, FIELD_TEXT, .needed = true,
	    .max = 20),
	FIELD(struct purchase_form, card, FIELD_CARD),
	FIELD(struct purchase_form, amount, FIELD_INT, .needed = true, .min = 1,
	    .max = RUPIAH_MAX),
	FIELD(struct purchase_form, method, FIELD_CHOICE, .needed = true,
	    .choices = method_choices),
	FIELD(struct purchase_form, at, FIELD_MOMENT, .needed = true),
	FIELD(struct purchase_form, note, FIELD_TEXT, .max = 60),
};
const struct form api_purchase_form = FORM(struct purchase_form, purchase_fields);

/* A merchant's token or person records for that merchant only. */
static err merchant_of(struct req *r, str which, merchant_id *out)
{
	struct festival_merchant_id_by_code c;
	int64_t id, code;
	bool found = false;

	if (which.n == ID_TEXT && id_parse(which, &id))
		*out = (merchant_id){ id };
	else {
		if (merchant_code_parse(which, &code))
			TRY(festival_q_merchant_id_by_code(r->db, r->city.id, code, &c, &found));
		if (!found)
			return ERR(r->a, ERR_INVALID, "merchant-unknown",
			    .field = "merchant", .arg = { which });
		*out = c.id;
	}
	if (r->who.merchant && r->who.merchant != out->v &&
	    !req_is(r, MAY_ORGANISER | MAY_OFFICER | MAY_ADMIN))
		return ERR(r->a, ERR_DENIED, "merchant-other", .field = "merchant");
	return NULL;
}

static err record(struct req *r, const struct festival *f, const struct purchase_form *p,
    struct purchase_out *out)
{
	struct purchase_in in = { .event = p->event, .card = p->card, .amount = p->amount,
	    .method = (enum method)p->method, .channel = CHANNEL_API, .at = p->at,
	    .note = p->note, .person = r->who.person, .token = r->who.token };

	TRY(merchant_of(r, p->merchant, &in.merchant));
	return purchase_record(r->tx, r->change, &r->city, f, &in, r->now, out);
}

static void put_card(struct json_out *o, int64_t number)
{
	char digits[12];

	if (!number) {
		json_none(o, "card");
		return;
	}
	int n = snprintf(digits, sizeof digits, "%09lld", (long long)number);
	json_str(o, "card", (str){ digits, (size_t)n });
}

static void put_purchase(struct json_out *o, const struct purchase_out *p)
{
	json_id(o, "purchase", p->id.v);
	put_card(o, p->card);
	json_int(o, "amount", p->amount);
	json_int(o, "points", p->points);
	json_int(o, "coupons_total", p->coupons);
	json_int(o, "number", p->number);
	json_int(o, "log_index", p->log);
}

err api_purchase(struct req *r)
{
	struct purchase_out p;
	struct festival f;

	TRY(festival_of(r, 1, &f));
	TRY(record(r, &f, r->form, &p));
	r->status = p.again ? 200 : 201;
	json_begin(&r->json, NULL, '{');
	put_purchase(&r->json, &p);
	json_end(&r->json, '}');
	return NULL;
}

/* ---- several at once ---------------------------------------------------- */

static void put_refusal(struct req *r, err e, int64_t status)
{
	json_begin(&r->json, NULL, '{');
	json_int(&r->json, "status", status);
	json_str(&r->json, "rule", str_of(e->rule));
	json_str(&r->json, "detail", err_text(r->a, r->lang, e));
	if (e->field)
		json_str(&r->json, "field", str_of(e->field));
	json_end(&r->json, '}');
}

static err batch_one(struct req *r, const struct festival *f, const struct json_value *v,
    struct purchase_out *p)
{
	struct purchase_form in;
	struct form_state state = { 0 };

	if (!json_is_object(v))
		return ERR(r->a, ERR_INVALID, "json-object");
	TRY(form_read_json(r->a, &api_purchase_form, v, &state, &in));
	return record(r, f, &in, p);
}

/* What is refused has written nothing: record() judges before it writes. */
static err batch_each(struct req *r, const struct festival *f, const struct json_value *list)
{
	for (size_t i = 0; i < json_count(list); i++) {
		struct purchase_out p;
		err e = batch_one(r, f, json_at(list, i), &p);
		if (e && e->kind != ERR_INVALID && e->kind != ERR_CONFLICT && e->kind != ERR_DENIED)
			return e;
		if (e) {
			put_refusal(r, e, err_status(e->kind));
			continue;
		}
		json_begin(&r->json, NULL, '{');
		json_int(&r->json, "status", p.again ? 200 : 201);
		put_purchase(&r->json, &p);
		json_end(&r->json, '}');
	}
	return NULL;
}

err api_batch(struct req *r)
{
	CLEANUP(json_free) struct json_in *doc = NULL;
	struct festival f;

	TRY(festival_of(r, 1, &f));
	TRY(json_parse(r->a, r->http->body, &doc));
	const struct json_value *list = json_root(doc);
	if (!json_is_array(list))
		return ERR(r->a, ERR_INVALID, "json-array");
	if (json_count(list) > BATCH_MAX)
		return ERR(r->a, ERR_INVALID, "batch-large");
	json_begin(&r->json, NULL, '[');
	TRY(batch_each(r, &f, list));
	json_end(&r->json, ']');
	return NULL;
}

/* ---- striking out --------------------------------------------------------- */

struct void_form { str event, reason; };
static const struct field void_fields[] = {
	FIELD(struct void_form, event, FIELD_EVENT, .needed = true),
	FIELD(struct void_form, reason, FIELD_TEXT, .needed = true, .min = 3, .max = 200),
};
const struct form api_void_form = FORM(struct void_form, void_fields);

err api_void(struct req *r)
{
	const struct void_form *v = r->form;
	struct void_in in = { v->event, v->reason, r->who.person, r->who.token };
	struct festival_purchase_by_id p;
	struct festival f;
	int64_t id;
	bool found, again;

	TRY(festival_of(r, 1, &f));
	TRY(req_id(r, 2, &id));
	TRY(festival_q_purchase_by_id(r->db, r->city.id, (purchase_id){ id }, &p, &found));
	if (!found || (r->who.merchant && r->who.merchant != p.merchant.v &&
	    !req_is(r, MAY_ORGANISER | MAY_OFFICER | MAY_ADMIN)))
		return ERR(r->a, ERR_MISSING, "purchase-unknown");
	TRY(purchase_void(r->tx, r->change, &r->city, &f, p.id, &in, r->now, &again));
	r->status = again ? 200 : 201;
	json_begin(&r->json, NULL, '{');
	json_id(&r->json, "purchase", id);
	json_str(&r->json, "reason", in.reason);
	json_end(&r->json, '}');
	return NULL;
}

/* ---- reading ---------------------------------------------------------------- */

err api_totals(struct req *r)
{
	struct festival_total_get t;
	struct festival f;
	struct festival_participation_counts *c;
	size_t n;
	int64_t merchants = 0;

	TRY(festival_of(r, 1, &f));
	TRY(festival_q_total_get(r->db, r->city.id, f.id, &t));
	TRY(festival_q_participation_counts(r->db, r->city.id, f.id, &c, &n));
	for (size_t i = 0; i < n; i++)
		if (c[i].state == PARTICIPATION_ADMITTED)
			merchants = c[i].n;
	json_begin(&r->json, NULL, '{');
	json_int(&r->json, "purchases", t.purchases);
	json_int(&r->json, "rupiah", t.rupiah);
	json_int(&r->json, "coupons", t.coupons);
	json_int(&r->json, "merchants", merchants);
	json_int(&r->json, "merchants_reporting", t.reporting);
	json_time(&r->json, "as_of", r->now, r->city.zone);
	json_end(&r->json, '}');
	return NULL;
}

#define PAGE	200

/* What its public page tells, in the reader's language. */
static err facts_put(struct req *r, merchant_id id)
{
	struct fact_line line[FACTS];
	struct facts facts;
	size_t n;

	TRY(facts_get(r->db, r->city.id, id, &facts));
	n = facts_say(r->a, &facts, SEEN_PUBLIC, r->lang, time_civil(r->now, r->city.zone).year,
	    line);
	json_begin(&r->json, "facts", '[');
	for (size_t i = 0; i < n; i++) {
		json_begin(&r->json, NULL, '{');
		json_str(&r->json, "fact", str_of(line[i].code));
		json_str(&r->json, "say", line[i].say);
		json_end(&r->json, '}');
	}
	json_end(&r->json, ']');
	return NULL;
}

err api_merchants(struct req *r)
{
	struct festival_merchant_public *v;
	struct festival f;
	int64_t after = 0;
	size_t n;

	TRY(festival_of(r, 1, &f));
	if (req_query(r, "after").n && !id_parse(req_query(r, "after"), &after))
		return ERR(r->a, ERR_INVALID, "field-id", .field = "after");
	TRY(festival_q_merchant_public(
	    r->db, r->city.id, f.id, (merchant_id){ after }, PAGE, &v, &n));
	json_begin(&r->json, NULL, '{');
	json_begin(&r->json, "merchants", '[');
	for (size_t i = 0; i < n; i++) {
		json_begin(&r->json, NULL, '{');
		json_id(&r->json, "id", v[i].id.v);
		json_str(&r->json, "name", v[i].name);
		json_str(&r->json, "slug", v[i].slug);
		json_str(&r->json, "venue", v[i].venue_name);
		json_str(&r->json, "sector",
		    str_of(choice_by_value(sector_choices, v[i].sector)->code));
		TRY(facts_put(r, v[i].id));
		json_end(&r->json, '}');
	}
	json_end(&r->json, ']');
	if (n == PAGE)
		json_id(&r->json, "next", v[n - 1].id.v);
	else
		json_none(&r->json, "next");
	json_end(&r->json, '}');
	return NULL;
}

/* The purchases of a card are a chain from the newest back. */
static err chain_put(struct req *r, purchase_id at, size_t limit)
{
	while (at.v && limit--) {
		struct festival_purchase_by_id p;
		bool found;
		TRY(festival_q_purchase_by_id(r->db, r->city.id, at, &p, &found));
		CHECK(found);
		json_begin(&r->json, NULL, '{');
		json_id(&r->json, "purchase", p.id.v);
		json_int(&r->json, "amount", p.amount);
		json_int(&r->json, "counted", p.counted);
		json_time(&r->json, "at", p.at, r->city.zone);
		json_str(&r->json, "method",
		    str_of(choice_by_value(method_choices, p.method)->code));
		json_bool(&r->json, "void", p.state != 0);
		json_end(&r->json, '}');
		at = p.card_before;
	}
	return NULL;
}

/* Each card of the person has its own chain; its sums moved, its rows did not. */
static err chains_put(struct req *r, const struct festival *f, card_id head)
{
	struct festival_card_members *m;
	struct festival_card_total_get t;
	size_t n;
	bool found;

	TRY(festival_q_card_members(r->db, f->city, head, &m, &n));
	for (size_t i = 0; i < n; i++) {
		TRY(festival_q_card_total_get(r->db, f->city, f->id, m[i].id, &t, &found));
		if (found)
			TRY(chain_put(r, t.last, 1000 / n));
	}
	return NULL;
}

err api_card(struct req *r)
{
	struct festival_card_total_get t;
	struct festival f;
	struct card c;
	int64_t number;
	bool found;

	TRY(festival_of(r, 1, &f));
	if (!card_number_parse(r->param[2], &number) || card_find(r->db, &f, number, &c) ||
	    (!card_secret_ok(&c, req_query(r, "s")) && !req_is(r, MAY_STAFF)))
		return ERR(r->a, ERR_DENIED, "card-secret");
	enum card_gone gone;
	TRY(card_gone(r->db, &f, &c, &gone));
	if (gone == CARD_MOVED)
		return ERR(r->a, ERR_CONFLICT, "card-moved");
	if (gone == CARD_BLOCKED)
		return ERR(r->a, ERR_CONFLICT, "card-gone");
	struct card_standing of = card_standing(c.id, c.main);
	TRY(festival_q_card_total_get(r->db, r->city.id, f.id, of.head, &t, &found));
	if (!found)
		t = (struct festival_card_total_get){ 0 };
	json_begin(&r->json, NULL, '{');
	json_int(&r->json, "points", t.coupons);
	json_int(&r->json, "coupons", t.coupons);
	json_begin(&r->json, "purchases", '[');
	TRY(of.several ? chains_put(r, &f, of.head) : chain_put(r, t.last, 1000));
	json_end(&r->json, ']');
	json_end(&r->json, '}');
	return NULL;
}
