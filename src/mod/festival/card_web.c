/* card_web.c - the shopper: take a purchase's coupons, see where they come from. */
#include "core/audit.h"
#include "core/crypto.h"
#include "core/throttle.h"
#include "festival_read.h"
#include "mod/festival/bar.h"
#include "mod/festival/card_person.h"
#include "mod/festival/pages.h"
#include "mod/festival/purchase.h"
#include "mod/festival/web.h"
#include "public_tmpl.h"
#include <stdlib.h>
#include <string.h>

#define POINTS_SHOWN	200
#define CARD_COOKIE_S	(200 * 86400)

/* "card-<festival>": number and secret of the digital card of this phone. */
static const char *cookie_name(struct req *r, const struct festival *f)
{
	return req_path(r, "card-%.*s", SV(id_text(r->a, f->id.v))).p;
}

static bool card_of_phone(struct req *r, const struct festival *f, struct card *c)
{
	str v = req_cookie_get(r, cookie_name(r, f)), number;
	int64_t n;

	return str_take(&v, '.', &number) && card_number_parse(number, &n) &&
	    !card_find(r->db, f, n, c) && card_secret_ok(c, v);
}

static void remember(struct req *r, const struct festival *f, const struct card *c)
{
	req_cookie(r, cookie_name(r, f), req_path(r, "%09lld.%.*s", (long long)c->number,
	    SV(card_secret_text(r->a, c))), CARD_COOKIE_S);
}

static str card_url(struct req *r, const struct festival *f, const struct card *c)
{
	return req_path(r, "%.*s/card/%09lld?s=%.*s", SV(festival_base(r, f)),
	    (long long)c->number, SV(card_secret_text(r->a, c)));
}

/* ---- claiming ---------------------------------------------------------------- */

struct code_in { str code; };
static const struct field code_fields[] = {
	FIELD(struct code_in, code, FIELD_TEXT, .needed = true, .max = 20,
	    .label = TEXT_claim_code, .hint = TEXT_claim_code_hint),
};
const struct form code_form = FORM(struct code_in, code_fields);

struct claim_in { int64_t card; };
static const struct field claim_fields[] = {
	FIELD(struct claim_in, card, FIELD_CARD, .needed = true, .label = TEXT_claim_card,
	    .hint = TEXT_claim_card_hint),
};
const struct form claim_form = FORM(struct claim_in, claim_fields);

err web_code(struct req *r)
{
	struct festival f;
	str code;

	TRY(festival_of(r, 1, &f));
	str base = festival_base(r, &f), typed = req_query(r, "code");
	struct form_state state = { .form = &code_form };
	if (typed.n && claim_code_parse(r->a, typed, &code)) {
		r->redirect = req_path(r, "%.*s/claim/%.*s", SV(base), SV(code));
		return NULL;
	}
	if (typed.n) {
		state.typed = &r->query;
		state.errors = NEWN(r->a, err, 1);
		state.errors[0] = ERR(r->a, ERR_INVALID, "code-form", .field = "code");
		r->status = 422;
	}
	r->title = text(r->lang, TEXT_claim_title);
	festival_bar(r, &f, BAR_CARD);
	struct form_page form = form_page(r->a, &state, &code_form, NULL,
	    req_path(r, "%.*s/claim", SV(base)), (str){ 0 });
	form.get = true;
	page_code(&r->out, &(struct code_view){ festival_at(r, &f), f.name, form });
	return NULL;
}

static err claim_load(struct req *r, struct festival *f, str *code,
    struct festival_purchase_by_id *p)
{
	struct festival_claim_get c;
	bool found = false;

	TRY(festival_of(r, 1, f));
	if (claim_code_parse(r->a, r->param[2], code))
		TRY(festival_q_claim_get(r->db, f->city, f->id, *code, &c, &found));
	if (!found)
		return ERR(r->a, ERR_MISSING, "claim-unknown");
	TRY(festival_q_purchase_by_id(r->db, f->city, c.purchase, p, &found));
	CHECK(found);
	return NULL;
}

err shop_place(struct req *r, const struct merchant *m, str *out)
{
	struct festival_venue_by_id v;
	bool found;

	TRY(festival_q_venue_by_id(r->db, r->city.id, m->venue, &v, &found));
	*out = !found ? m->stall : !m->stall.n ? v.name :
	    req_path(r, "%.*s, %.*s", SV(v.name), SV(m->stall));
	return NULL;
}

err web_claim(struct req *r)
{
	struct festival f;
	struct festival_purchase_by_id p;
	struct claim_view v = { 0 };
	struct merchant m;
	struct card mine;

	TRY(claim_load(r, &f, &v.code, &p));
	TRY(merchant_get(r->db, f.city, p.merchant, &m));
	TRY(shop_place(r, &m, &v.place));
	v.at = festival_at(r, &f);
	v.festival = f.name;
	v.shop = m.name;
	v.amount = p.amount;
	v.when = p.at;
	v.unit = f.rules.unit;
	v.method = choice_by_value(method_choices, p.method)->label;
	v.taken = p.card.v != 0;
	v.void_ = p.state != 0;
	v.mine = card_of_phone(r, &f, &mine) ? mine.number : 0;
	v.csrf = r->csrf;
	v.take = req_path(r, "%.*s/claim/%.*s/take", SV(v.at.base), SV(v.code));
	v.form = FORM_PAGE(r, &claim_form, NULL,
	    req_path(r, "%.*s/claim/%.*s", SV(v.at.base), SV(v.code)));
	r->title = m.name;
	festival_bar(r, &f, BAR_CARD);
	page_claim(&r->out, &v);
	return NULL;
}

/* Onto a printed card: giving points to a number needs no secret. */
err web_claim_onto(struct req *r)
{
	const struct claim_in *in = r->form;
	struct festival f;
	struct festival_purchase_by_id p;
	struct purchase_out out;
	str code;

	TRY(claim_load(r, &f, &code, &p));
	TRY(purchase_claim(r->tx, r->change, &r->city, &f, code, in->card, r->now, &out));
	req_flash(r, TEXT_claim_done_card);
	r->redirect = req_path(r, "%.*s/claim/%.*s", SV(festival_base(r, &f)), SV(code));
	return NULL;
}

/* Onto this phone's card; without one, a card is made on the way. */
err web_claim_take(struct req *r)
{
	struct festival f;
	struct festival_purchase_by_id p;
	struct purchase_out out;
	struct card c = { .digital = true };
	str code;

	TRY(claim_load(r, &f, &code, &p));
	if (!card_of_phone(r, &f, &c)) {
		c = (struct card){ .digital = true };
		TRY(card_add(r->tx, &f, &c, r->now));
	}
	TRY(purchase_claim(r->tx, r->change, &r->city, &f, code, c.number, r->now, &out));
	remember(r, &f, &c);
	req_flash(r, TEXT_claim_done);
	r->redirect = card_url(r, &f, &c);
	return NULL;
}

/* ---- the card's page ------------------------------------------------------------ */

struct pin_in { str pin; };
static const struct field pin_fields[] = {
	FIELD(struct pin_in, pin, FIELD_SECRET, .needed = true, .max = 12,
	    .label = TEXT_card_pin_label),
};
const struct form pin_form = FORM(struct pin_in, pin_fields);

struct gate_in { int64_t card; str pin; };
static const struct field gate_fields[] = {
	FIELD(struct gate_in, card, FIELD_CARD, .needed = true,
	    .label = TEXT_claim_card, .hint = TEXT_claim_card_hint),
	FIELD(struct gate_in, pin, FIELD_SECRET, .needed = true, .max = 12,
	    .label = TEXT_card_pin_label),
};
const struct form gate_form = FORM(struct gate_in, gate_fields);

/* Why a purchase brought what it brought, in one sentence; empty when plain. */
static str why(struct req *r, const struct festival *f, const struct festival_purchase_by_id *p,
    int64_t points)
{
	struct buf amount = BUF(r->a, 60);

	if (p->counted != p->amount) {
		rupiah_put(&amount, p->counted);
		str args[] = { buf_done(&amount), rule_why(r->a, (unsigned)p->why, r->lang) };
		return text_fill(r->a, r->lang, TEXT_card_counted, args, countof(args));
	}
	if (f->rules.counting != RULE_PERSON_TOTAL)
		return (str){ 0 };
	if (!points)
		return text(r->lang, TEXT_card_too_small);
	int64_t helped = points * f->rules.unit - p->counted;
	if (helped <= 0)
		return (str){ 0 };
	rupiah_put(&amount, helped);
	str args[] = { buf_done(&amount) };
	return text_fill(r->a, r->lang, TEXT_card_carried, args, countof(args));
}

static err point_fill(struct req *r, const struct festival *f,
    const struct festival_purchase_by_id *p, struct point_row *row)
{
	struct festival_void_get v;
	struct merchant m;
	bool found;

	TRY(merchant_get(r->db, f->city, p->merchant, &m));
	*row = (struct point_row){ .id = id_text(r->a, p->id.v), .log = p->log_now,
	    .amount = p->amount, .counted = p->counted, .at = p->at,
	    .number = p->number, .shop = m.name, .void_ = p->state != 0,
	    .method = choice_by_value(method_choices, p->method)->label };
	if (row->void_) {
		TRY(festival_q_void_get(r->db, f->city, p->id, &v, &found));
		row->void_reason = found ? v.reason : (str){ 0 };
	}
	return NULL;
}

/* Newest first, whichever card they were credited to. */
static int newer(const void *x, const void *y)
{
	const struct point_row *a = x, *b = y;

	return (a->number < b->number) - (a->number > b->number);
}

/* Of several cards: each chain, and each row with the coupons it brought then. */
static err points_of_all(struct req *r, const struct festival *f, card_id head,
    struct card_view *v)
{
	struct point_row *rows = NEWN(r->a, struct point_row, POINTS_SHOWN * 2);
	struct festival_card_members *m;
	size_t n;

	v->v = rows;
	TRY(festival_q_card_members(r->db, f->city, head, &m, &n));
	for (size_t i = 0; i < n; i++) {
		struct festival_card_total_get t;
		bool found;
		TRY(festival_q_card_total_get(r->db, f->city, f->id, m[i].id, &t, &found));
		purchase_id at = found ? t.last : (purchase_id){ 0 };
		size_t room = v->n + POINTS_SHOWN > POINTS_SHOWN * 2 ? POINTS_SHOWN * 2 :
		    v->n + POINTS_SHOWN;
		while (at.v && v->n < room) {
			struct festival_purchase_by_id p;
			TRY(festival_q_purchase_by_id(r->db, f->city, at, &p, &found));
			CHECK(found);
			TRY(point_fill(r, f, &p, &rows[v->n]));
			rows[v->n++].points = p.points;
			at = p.card_before;
		}
		v->more = v->more || at.v;
	}
	if (v->n)
		qsort(rows, v->n, sizeof *rows, newer);
	return NULL;
}

/*
 * Walk the chain from the newest back.  Under a person's total a purchase
 * brought floor(total with it / unit) - floor(total before it / unit).
 */
static err points_load(struct req *r, const struct festival *f,
    const struct festival_card_total_get *t, struct card_view *v)
{
	struct point_row *rows = NEWN(r->a, struct point_row, POINTS_SHOWN);
	int64_t counted = t->counted;
	purchase_id at = t->last;

	v->v = rows;
	while (at.v && v->n < POINTS_SHOWN) {
		struct festival_purchase_by_id p;
		bool found;
		TRY(festival_q_purchase_by_id(r->db, f->city, at, &p, &found));
		CHECK(found);
		struct point_row *row = &rows[v->n++];
		TRY(point_fill(r, f, &p, row));
		row->points = p.points;
		if (f->rules.counting == RULE_PERSON_TOTAL && !row->void_) {
			row->points = rule_total_coupons(&f->rules, counted) -
			    rule_total_coupons(&f->rules, counted - p.counted);
			counted -= p.counted;
		}
		if (!row->void_)
			row->why = why(r, f, &p, row->points);
		at = p.card_before;
	}
	v->more = at.v != 0;
	return NULL;
}

/* Nothing of it is shown: who holds it may have found it. */
static err gone_show(struct req *r, const struct festival *f, const struct card *c)
{
	enum card_gone gone;

	TRY(card_gone(r->db, f, c, &gone));
	r->title = text(r->lang, TEXT_card_title);
	festival_bar(r, f, BAR_CARD);
	page_card_gone(&r->out, &(struct card_gone_view){ festival_at(r, f), f->name,
	    gone == CARD_MOVED ? TEXT_card_moved : TEXT_card_blocked,
	    gone == CARD_MOVED ? TEXT_card_moved_todo : TEXT_card_blocked_todo });
	return NULL;
}

static err card_show(struct req *r, const struct festival *f, const struct card *c)
{
	struct card_standing of = card_standing(c->id, c->main);
	struct festival_card_total_get t;
	struct card_view v = { .at = festival_at(r, f), .festival = f->name,
	    .number = c->number, .unit = f->rules.unit,
	    .person_total = f->rules.counting == RULE_PERSON_TOTAL, .has_pin = c->pin.n > 0 };
	int64_t counts;
	bool found;

	if (c->blocked)
		return gone_show(r, f, c);
	TRY(festival_q_card_total_get(r->db, f->city, f->id, of.head, &t, &found));
	if (!found)
		t = (struct festival_card_total_get){ 0 };
	TRY(card_counts(r->db, f, of, t.counted, &counts));
	v.joined = of.several;
	v.coupons = t.coupons;
	v.rupiah = t.rupiah;
	v.carried = counts % f->rules.unit;
	v.next = f->rules.unit - v.carried;
	v.fresh = c->digital && t.purchases <= 1;
	v.receipt = req_path(r, "%.*s/card/%09lld/receipt", SV(v.at.base), (long long)c->number);
	v.opened_by = req_query(r, "s");
	v.forget = req_path(r, "%.*s/card/%09lld/forget%s%.*s", SV(v.at.base),
	    (long long)c->number, v.opened_by.n ? "?s=" : "", SV(v.opened_by));
	TRY(card_forgetting(r->db, f, c, &v.forgetting));
	v.url = festival_absolute(r, card_url(r, f, c));
	str args[] = { req_path(r, "%09lld", (long long)c->number) };
	v.alt = text_fill(r->a, r->lang, TEXT_card_qr, args, 1);
	v.pin = FORM_PAGE(r, &pin_form, NULL,
	    req_path(r, "%.*s/card/%09lld/pin?s=%.*s", SV(v.at.base),
	        (long long)c->number, SV(card_secret_text(r->a, c))));
	TRY(of.several ? points_of_all(r, f, of.head, &v) : points_load(r, f, &t, &v));
	r->title = text(r->lang, TEXT_card_title);
	festival_bar(r, f, BAR_CARD);
	page_card(&r->out, &v);
	return NULL;
}

static err gate_show(struct req *r, const struct festival *f, int64_t number)
{
	struct gate_in fill = { .card = number };

	r->title = text(r->lang, TEXT_card_title);
	festival_bar(r, f, BAR_CARD);
	page_card_gate(&r->out, &(struct card_gate_view){ festival_at(r, f), number,
	    FORM_PAGE(r, &gate_form, &fill, req_path(r, "%.*s/card", SV(festival_base(r, f)))) });
	return NULL;
}

/* Whoever holds the QR, this phone's cookie, or a post's role. */
bool card_may_open(struct req *r, const struct festival *f, const struct card *c)
{
	struct card mine;

	return card_secret_ok(c, req_query(r, "s")) || req_is(r, MAY_STAFF) ||
	    (card_of_phone(r, f, &mine) && mine.id.v == c->id.v);
}

err web_card(struct req *r)
{
	struct festival f;
	struct card c;
	int64_t number;

	TRY(festival_of(r, 1, &f));
	if (!card_number_parse(r->param[2], &number))
		return ERR(r->a, ERR_MISSING, "card-unknown");
	/* A wrong number and a wrong secret look the same: nothing to guess by. */
	if (card_find(r->db, &f, number, &c) || !card_may_open(r, &f, &c))
		return gate_show(r, &f, number);
	return card_show(r, &f, &c);
}

err web_card_mine(struct req *r)
{
	struct festival f;
	struct card c;

	TRY(festival_of(r, 1, &f));
	if (card_of_phone(r, &f, &c))
		return card_show(r, &f, &c);
	return gate_show(r, &f, 0);
}

/* ---- opening with a PIN, setting one ------------------------------------------- */

/* A hash nobody has the word for; costs what a real one costs. */
#define NO_PIN	"$argon2id$v=19$m=65536,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$" \
		"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

struct judged { bool right; struct card card; struct throttle throttle; };

err web_card_open_prepare(struct req *r)
{
	const struct gate_in *in = r->form;
	struct judged *j = NEW(r->a, struct judged);
	struct festival f;

	TRY(festival_of(r, 1, &f));
	/* The third: one PIN tried on many numbers. */
	j->throttle = (struct throttle){ .city = f.city, .n = 3, .k = {
	    { req_path(r, "card %09lld|%.*s", (long long)in->card, SV(r->http->peer)), 5, 0 },
	    { req_path(r, "card %09lld|", (long long)in->card), 20, 0 },
	    { req_path(r, "cards|%.*s", SV(r->http->peer)), 30, 0 } } };
	TRY(throttle_check(r, &j->throttle));
	bool has = !card_find(r->db, &f, in->card, &j->card) && j->card.pin.n;
	/* As slow for a number without a PIN, or with no card. */
	j->right = password_ok(has ? j->card.pin : S(NO_PIN), in->pin) && has;
	r->prepared = j;
	return NULL;
}

err web_card_open(struct req *r)
{
	const struct judged *j = r->prepared;
	struct festival f;

	TRY(festival_of(r, 1, &f));
	if (!j->right) {
		r->refuse = ERR(r->a, ERR_INVALID, "pin-wrong", .field = "pin");
		return throttle_failed(r, &j->throttle);
	}
	TRY(throttle_clear(r, &j->throttle));
	remember(r, &f, &j->card);
	r->redirect = card_url(r, &f, &j->card);
	return NULL;
}

err web_pin_prepare(struct req *r)
{
	const struct pin_in *in = r->form;
	str *hash = NEW(r->a, str);
	int64_t pin;

	if (in->pin.n != 6 || !str_int(in->pin, 0, 999999, &pin))
		return ERR(r->a, ERR_INVALID, "pin-form", .field = "pin");
	*hash = password_hash(r->a, in->pin);
	r->prepared = hash;
	return NULL;
}

err web_pin(struct req *r)
{
	struct festival f;
	struct card c;
	int64_t number;

	TRY(festival_of(r, 1, &f));
	if (!card_number_parse(r->param[2], &number) || card_find(r->db, &f, number, &c) ||
	    !card_may_open(r, &f, &c))
		return ERR(r->a, ERR_DENIED, "card-secret");
	if (c.blocked)
		return ERR(r->a, ERR_CONFLICT, "card-gone");
	TRY(card_pin_set(r->tx, &f, &c, *(str *)r->prepared));
	TRY(audit(r, "card.pin", c.id.v, (str){ 0 }, (str){ 0 }));
	req_flash(r, TEXT_card_pin_saved);
	r->redirect = card_url(r, &f, &c);
	return NULL;
}
