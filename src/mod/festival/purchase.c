#include "mod/festival/purchase.h"
#include "core/react.h"
#include "festival_read.h"
#include "festival_write.h"
#include "mod/festival/card_person.h"
#include "mod/festival/purchase_log.h"
#include <string.h>

enum { TALLY_MERCHANT, TALLY_DAY };

/* What one purchase moves, gathered before anything is written. */
struct sale {
	struct db *db;
	struct tx *tx;		/* NULL while only judging		*/
	struct change *change;
	const struct city *city;
	const struct festival *f;
	const struct purchase_in *in;
	int64_t now, day;
	int hour;
	struct festival_participant place;
};

/* The card's side of it. */
struct credit {
	card_id card;		/* the main one of several		*/
	int64_t number;		/* its number				*/
	int64_t rules;		/* version that judged it		*/
	struct festival_card_total_get before;
	bool known;		/* it has a total			*/
	struct rule_result rule;
};

static err day_check(struct sale *s)
{
	struct arena *a = db_arena(s->db);
	struct civil c = time_civil(s->in->at, s->city->zone);

	s->day = time_day(s->in->at, s->city->zone);
	s->hour = c.hour;
	if (s->f->state != FESTIVAL_OPEN)
		return ERR(a, ERR_CONFLICT, "festival-not-open", .arg = { s->f->name });
	if (s->in->amount < 1 || s->in->amount > RUPIAH_MAX)
		return ERR(a, ERR_INVALID, "amount-range", .field = "amount");
	if (s->day < s->f->first_day || s->day > s->f->last_day)
		return ERR(a, ERR_INVALID, "outside-dates", .field = "at");
	return NULL;
}

static err merchant_check(struct sale *s)
{
	struct arena *a = db_arena(s->db);
	bool found;

	TRY(festival_q_participant(s->db, s->f->city, s->f->id,
	    s->in->merchant, &s->place, &found));
	if (!found)
		return ERR(a, ERR_INVALID, "merchant-unknown", .field = "merchant");
	if (s->place.state != PARTICIPATION_ADMITTED)
		return ERR(a, ERR_INVALID, "merchant-not-admitted", .field = "merchant");
	return NULL;
}

static err tally(struct sale *s, card_id card, int64_t kind, int64_t key, int64_t *counted)
{
	struct festival_tally_get t;
	bool found;

	TRY(festival_q_tally_get(s->db, s->f->city, s->f->id, card, kind, key, &t, &found));
	*counted = !found ? 0 : t.counted < RUPIAH_MAX ? t.counted : RUPIAH_MAX;
	return NULL;
}

static err card_usable(struct sale *s, int64_t number, struct card_standing *standing)
{
	struct arena *a = db_arena(s->db);
	struct festival_card_id_by_number card;
	bool found;

	TRY(festival_q_card_id_by_number(s->db, s->f->city, s->f->id, number, &card, &found));
	if (!found)
		return ERR(a, ERR_INVALID, "card-unknown", .field = "card");
	if (card.state != 0)
		return ERR(a, ERR_INVALID, "card-blocked", .field = "card");
	*standing = card_standing(card.id, card.main);
	return NULL;
}

/* Of a joined card, the number of the main one. */
static err head_number(struct sale *s, int64_t typed, const struct card_standing *standing,
    int64_t *number)
{
	struct festival_card_by_id main;
	bool found;

	*number = typed;
	if (!standing->several)
		return NULL;
	TRY(festival_q_card_by_id(s->db, s->f->city, standing->head, &main, &found));
	CHECK(found);
	*number = main.number;
	return NULL;
}

/* Which card, where it stood, and what the rules say. */
static err credit_judge(struct sale *s, int64_t number, struct credit *c)
{
	struct card_standing standing;
	struct rule_facts facts = { .amount = s->in->amount, .method = s->in->method,
	    .venue = (enum venue_kind)s->place.venue_kind, .merchant = s->in->merchant.v,
	    .sector = (enum sector)s->place.sector, .day = s->day, .hour = s->hour };
	const struct rules *r = rules_at(s->f, s->in->at, &c->rules);

	TRY(card_usable(s, number, &standing));
	c->card = standing.head;
	TRY(head_number(s, number, &standing, &c->number));
	TRY(festival_q_card_total_get(
	    s->db, s->f->city, s->f->id, c->card, &c->before, &c->known));
	if (!c->known)
		c->before = (struct festival_card_total_get){ 0 };
	TRY(card_counts(s->db, s->f, standing, c->before.counted, &facts.counted));
	facts.coupons = c->before.coupons;
	if (r->cap_merchant)
		TRY(tally(s, c->card, TALLY_MERCHANT, s->in->merchant.v, &facts.counted_merchant));
	if (r->cap_day)
		TRY(tally(s, c->card, TALLY_DAY, s->day, &facts.counted_day));
	rule_apply(r, &facts, &c->rule);
	return NULL;
}

static err tallies_add(struct sale *s, card_id card, int64_t counted)
{
	struct rules_tallies keep = rules_tallies(s->f);

	if (keep.merchant)
		TRY(festival_q_tally_add(s->tx, s->f->city, s->f->id, card, TALLY_MERCHANT,
		    s->in->merchant.v, counted, NULL));
	if (keep.day)
		TRY(festival_q_tally_add(s->tx, s->f->city, s->f->id, card, TALLY_DAY, s->day,
		    counted, NULL));
	return NULL;
}

static err credit_write(struct sale *s, const struct credit *c, purchase_id id)
{
	const struct festival_card_total_get *t = &c->before;

	TRY(tallies_add(s, c->card, c->rule.counted));
	return (c->known ? festival_q_card_total_set : festival_q_card_total_new)(s->tx,
	    s->f->city, s->f->id, c->card, t->purchases + 1, t->rupiah + s->in->amount,
	    t->counted + c->rule.counted, c->rule.coupons, id, NULL);
}

/* Sums by day, method, venue and sector move together. */
static err slice_sum(struct tx *tx, const struct tx_sum *x)
{
	return festival_q_slice_add(tx, (city_id){ x->key[0] }, (festival_id){ x->key[1] },
	    x->key[2], x->key[3], x->add[0], x->add[1], NULL);
}

static err total_sum(struct tx *tx, const struct tx_sum *x)
{
	struct festival_total_add total;

	return festival_q_total_add(tx, (city_id){ x->key[0] }, (festival_id){ x->key[1] },
	    x->add[0], x->add[1], x->add[2], x->add[3], x->add[4], x->add[5], x->last, &total);
}

static err slices_add(struct sale *s, int64_t purchases, int64_t rupiah)
{
	const struct { enum slice kind; int64_t key; } v[] = {
		{ SLICE_DAY, s->day }, { SLICE_METHOD, (int64_t)s->in->method },
		{ SLICE_VENUE, s->place.venue.v }, { SLICE_SECTOR, s->place.sector },
		{ SLICE_HOUR, s->hour },
	};

	for (size_t i = 0; i < countof(v); i++)
		TRY(tx_add(s->tx, s->change, &(struct tx_sum){ .write = slice_sum,
		    .key = { s->f->city.v, s->f->id.v, (int64_t)v[i].kind, v[i].key },
		    .add = { purchases, rupiah } }));
	return NULL;
}

static err merchant_total_write(struct sale *s, int64_t points, purchase_id id,
    struct festival_merchant_total_get *before)
{
	bool found;

	TRY(festival_q_merchant_total_get(
	    s->tx->db, s->f->city, s->f->id, s->in->merchant, before, &found));
	if (!found)
		*before = (struct festival_merchant_total_get){ 0 };
	return (found ? festival_q_merchant_total_set : festival_q_merchant_total_new)(s->tx,
	    s->f->city, s->f->id, s->in->merchant, before->purchases + 1,
	    before->rupiah + s->in->amount, before->points + points, id, s->now, NULL);
}

static err row_write(struct sale *s, const struct credit *c, struct purchase_out *out)
{
	const struct purchase_in *in = s->in;
	struct festival_merchant_total_get m;
	struct festival_total_get total;
	struct tx_sum sum = { .write = total_sum, .key = { s->f->city.v, s->f->id.v } };

	out->id = (purchase_id){ id_new() };
	TRY(merchant_total_write(s, out->points, out->id, &m));
	if (!tx_waiting_base(s->change, &sum, &sum.base)) {
		TRY(festival_q_total_get(s->tx->db, s->f->city, s->f->id, &total));
		sum.base = total.numbered;
	}
	out->number = sum.base + tx_waiting(s->change, &sum, 5) + 1;
	sum = (struct tx_sum){ .write = total_sum, .base = sum.base,
	    .key = { s->f->city.v, s->f->id.v },
	    .add = { 1, in->amount, out->points, m.purchases == 0, c->card.v == 0, 1 },
	    .last = s->now };
	TRY(tx_add(s->tx, s->change, &sum));
	TRY(purchase_entry(s->tx, s->change, s->f, &(struct purchase_said){ out->id, in->merchant,
	    c->number, in->amount, out->counted, out->points, in->at, in->method, in->event,
	    in->note }, s->now, -1, &out->log));
	TRY(festival_q_purchase_add(s->tx, s->f->city, out->id, s->f->id, out->number, in->merchant,
	    c->card, in->amount, out->counted, out->points, out->coupons, (int64_t)out->why,
	    (int64_t)in->method, (int64_t)in->channel, in->at, s->now, in->event, in->note,
	    in->person, in->token, s->place.venue, s->place.sector, s->place.venue_kind, c->rules,
	    c->before.last, m.last, out->log, NULL));
	return slices_add(s, 1, in->amount);
}

static void touch(struct sale *s)
{
	if (s->change)
		tx_touch(s->change, festival_totals_key(s->f->city, s->f->id));
}

/* Shown as a code, and a shopper took it: sent again it has no card. */
static err was_claimed(struct sale *s, const struct festival_purchase_by_event *p, bool *claimed)
{
	struct festival_claim_code c;

	*claimed = false;
	if (s->in->card || !p->card.v)
		return NULL;
	return festival_q_claim_code(s->db, s->f->city, p->id, &c, claimed);
}

/* As it was sent: how it was paid may have been corrected since. */
static err sent_method(struct sale *s, const struct festival_purchase_by_event *p, int64_t *method)
{
	struct festival_method_first m;
	bool moved = false;

	if (p->method != (int64_t)s->in->method)
		TRY(festival_q_method_first(s->db, s->f->city, p->id, &m, &moved));
	*method = moved ? m.was : p->method;
	return NULL;
}

/* Is what stands on "on" this card's?  A joined card's later ones stand on the main one. */
static bool of_card(card_id on, const struct festival_card_id_by_number *c)
{
	return on.v && (on.v == c->id.v || on.v == c->main.v);
}

/* The same sale sent again?  One that was claimed meanwhile still is. */
static bool same_sale(const struct purchase_in *in, const struct festival_purchase_by_event *p,
    bool same_card, bool claimed_later)
{
	return p->merchant.v == in->merchant.v && p->amount == in->amount &&
	    p->method == (int64_t)in->method && p->at == in->at && str_eq(p->note, in->note) &&
	    (same_card || claimed_later);
}

/* The event was recorded before: the same answer, if it is the same sale. */
static err again(struct sale *s, struct festival_purchase_by_event *p, struct purchase_out *out)
{
	struct arena *a = db_arena(s->db);
	const struct purchase_in *in = s->in;
	bool claimed, same_card = !p->card.v;

	if (in->card) {
		struct festival_card_id_by_number c;
		bool found;
		TRY(festival_q_card_id_by_number(
		    s->db, s->f->city, s->f->id, in->card, &c, &found));
		same_card = found && of_card(p->card, &c);
	}
	TRY(was_claimed(s, p, &claimed));
	TRY(sent_method(s, p, &p->method));
	if (!same_sale(in, p, same_card, claimed))
		return ERR(a, ERR_CONFLICT, "event-reused", .field = "event", .arg = { in->event });
	*out = (struct purchase_out){ .id = p->id, .number = p->number, .card = in->card,
	    .amount = p->amount, .counted = p->counted, .points = p->points,
	    .coupons = p->coupons, .why = (unsigned)p->why, .again = true, .log = p->log };
	return NULL;
}

/* May it be recorded?  Recorded before: the same answer, out->again. */
static err judge(struct sale *s, struct purchase_out *out)
{
	struct festival_purchase_by_event old;
	bool found;

	*out = (struct purchase_out){ 0 };
	TRY(festival_q_purchase_by_event(
	    s->db, s->f->city, s->f->id, s->in->event, &old, &found));
	if (found)
		return again(s, &old, out);
	TRY(day_check(s));
	return merchant_check(s);
}

err purchase_check(struct db *db, const struct city *city, const struct festival *f,
    const struct purchase_in *in, bool *again)
{
	struct sale s = { .db = db, .city = city, .f = f, .in = in };
	struct card_standing card;
	struct purchase_out out;

	TRY(judge(&s, &out));
	*again = out.again;
	return *again || !in->card ? NULL : card_usable(&s, in->card, &card);
}

static err record(struct sale *s, struct purchase_out *out)
{
	struct credit c = { 0 };

	TRY(judge(s, out));
	if (out->again)
		return NULL;
	rules_at(s->f, s->in->at, &c.rules);
	if (s->in->card)
		TRY(credit_judge(s, s->in->card, &c));
	*out = (struct purchase_out){ .card = s->in->card, .amount = s->in->amount,
	    .counted = c.rule.counted, .points = c.rule.points, .coupons = c.rule.coupons,
	    .why = c.rule.why };
	TRY(row_write(s, &c, out));
	if (s->in->card)
		TRY(credit_write(s, &c, out->id));
	touch(s);
	return NULL;
}

err purchase_record(struct tx *tx, struct change *change, const struct city *city,
    const struct festival *f, const struct purchase_in *in, int64_t now, struct purchase_out *out)
{
	struct sale s = { .db = tx->db, .tx = tx,
	    .change = change, .city = city, .f = f, .in = in, .now = now };

	return record(&s, out);
}

err purchase_sent_before(struct tx *tx, const struct festival *f, struct purchase_in *in)
{
	struct festival_purchase_by_event old;
	bool found;

	TRY(festival_q_purchase_by_event(tx->db, f->city, f->id, in->event, &old, &found));
	if (found && old.merchant.v == in->merchant.v && old.amount == in->amount)
		in->at = old.at;
	return NULL;
}

/* 40 bits of chance: among half a million sales two may well be alike. */
static err claim_code_new(struct sale *s, str *code)
{
	struct arena *a = db_arena(s->db);
	struct festival_claim_get other;
	unsigned char bytes[5];
	bool taken;

	do {
		rand_bytes(bytes, sizeof bytes);
		*code = base32_text(a, bytes, sizeof bytes);
		TRY(festival_q_claim_get(s->db, s->f->city, s->f->id, *code, &other, &taken));
	} while (taken);
	return NULL;
}

err purchase_offer(struct tx *tx, struct change *change, const struct city *city,
    const struct festival *f, const struct purchase_in *in, int64_t now,
    struct purchase_out *out, str *code)
{
	struct sale s = { .db = tx->db, .tx = tx,
	    .change = change, .city = city, .f = f, .in = in, .now = now };
	struct festival_claim_code old;
	bool found;

	CHECK(!in->card);
	TRY(record(&s, out));
	TRY(festival_q_claim_code(tx->db, f->city, out->id, &old, &found));
	if (found) {
		*code = old.code;
		return NULL;
	}
	TRY(claim_code_new(&s, code));
	return festival_q_claim_add(tx, f->city, f->id, *code, out->id, NULL);
}

/* The answer to somebody who took it already: theirs again, or taken. */
static err claim_again(struct sale *s, const struct festival_purchase_by_id *p, int64_t number,
    struct purchase_out *out)
{
	struct festival_card_id_by_number c;
	bool found;

	TRY(festival_q_card_id_by_number(s->tx->db, s->f->city, s->f->id, number, &c, &found));
	if (!found || !of_card(p->card, &c))
		return ERR(db_arena(s->tx->db), ERR_CONFLICT, "claim-taken");
	*out = (struct purchase_out){ .id = p->id, .number = p->number, .card = number,
	    .amount = p->amount, .counted = p->counted, .points = p->points,
	    .coupons = p->coupons, .why = (unsigned)p->why, .again = true, .log = p->log };
	return NULL;
}

/* The purchase is somebody's from now on: row, and a correction in the log. */
static err credit_row(struct sale *s, const struct festival_purchase_by_id *p,
    const struct credit *c)
{
	int64_t log, changed;

	TRY(purchase_entry(s->tx, s->change, s->f, &(struct purchase_said){ p->id, p->merchant,
	    c->number, p->amount, c->rule.counted, c->rule.points, p->at,
	    (enum method)p->method, p->event, p->note }, s->now, p->log, &log));
	TRY(festival_q_purchase_credit(s->tx, s->f->city, p->id, c->card, c->rule.counted,
	    c->rule.points, c->rule.coupons, (int64_t)c->rule.why, c->rules, c->before.last, log,
	    &changed));
	CHECK(changed == 1);
	return NULL;
}

static err claim_write(struct sale *s, const struct festival_purchase_by_id *p, int64_t number,
    struct purchase_out *out)
{
	struct credit c = { 0 };
	struct festival_merchant_total_get m;
	struct festival_total_add total;
	bool found;

	TRY(merchant_check(s));
	/* Judged as what it was when it was sold. */
	s->place.sector = p->sector;
	s->place.venue_kind = p->venue_kind;
	TRY(credit_judge(s, number, &c));
	TRY(credit_row(s, p, &c));
	TRY(credit_write(s, &c, p->id));
	TRY(festival_q_merchant_total_get(
	    s->tx->db, s->f->city, s->f->id, p->merchant, &m, &found));
	TRY(festival_q_merchant_total_set(s->tx, s->f->city, s->f->id, p->merchant, m.purchases,
	    m.rupiah, m.points + c.rule.points, m.last, m.received, NULL));
	TRY(festival_q_total_add(s->tx, s->f->city, s->f->id, 0, 0, c.rule.points, 0, -1, 0, s->now,
	    &total));
	*out = (struct purchase_out){ .id = p->id, .number = p->number, .card = number,
	    .amount = p->amount, .counted = c.rule.counted, .points = c.rule.points,
	    .coupons = c.rule.coupons, .why = c.rule.why, .log = p->log };
	touch(s);
	return NULL;
}

err purchase_claim(struct tx *tx, struct change *change, const struct city *city,
    const struct festival *f, str code, int64_t card, int64_t now, struct purchase_out *out)
{
	struct arena *a = db_arena(tx->db);
	struct festival_claim_get c;
	struct festival_purchase_by_id p;
	bool found;

	TRY(festival_q_claim_get(tx->db, f->city, f->id, code, &c, &found));
	if (!found)
		return ERR(a, ERR_MISSING, "claim-unknown", .field = "code");
	TRY(festival_q_purchase_by_id(tx->db, f->city, c.purchase, &p, &found));
	CHECK(found);
	struct purchase_in in = { .event = p.event, .merchant = p.merchant, .card = card,
	    .amount = p.amount, .method = (enum method)p.method,
	    .channel = (enum channel)p.channel, .at = p.at, .note = p.note };
	struct sale s = { .db = tx->db, .tx = tx,
	    .change = change, .city = city, .f = f, .in = &in, .now = now };
	if (p.state != 0)
		return ERR(a, ERR_CONFLICT, "purchase-void");
	if (p.card.v)
		return claim_again(&s, &p, card, out);
	TRY(day_check(&s));
	TRY(festival_q_claim_done(tx, f->city, f->id, code, now, NULL));
	return claim_write(&s, &p, card, out);
}

/* ---- striking out ---------------------------------------------------- */

static err void_card(struct sale *s, const struct festival_purchase_by_id *p, int64_t *coupons_back)
{
	struct festival_card_total_get t;
	struct festival_card_by_id card;
	int64_t left, counts;
	bool found;

	TRY(festival_q_card_by_id(s->tx->db, s->f->city, p->card, &card, &found));
	CHECK(found);
	struct card_standing of = card_standing(p->card, card.main);
	TRY(festival_q_card_total_get(s->tx->db, s->f->city, s->f->id, of.head, &t, &found));
	CHECK(found);
	TRY(tallies_add(s, of.head, -p->counted));
	TRY(card_counts(s->tx->db, s->f, of, t.counted - p->counted, &counts));
	left = rule_void_coupons(&s->f->rules, counts, t.coupons, p->points);
	*coupons_back = t.coupons - left;
	return festival_q_card_total_set(s->tx, s->f->city, s->f->id, of.head, t.purchases - 1,
	    t.rupiah - p->amount, t.counted - p->counted, left, t.last, NULL);
}

static err void_sums(struct sale *s, const struct festival_purchase_by_id *p, int64_t coupons_back)
{
	struct festival_merchant_total_get m;
	struct festival_total_add total;
	bool found;

	TRY(festival_q_merchant_total_get(
	    s->tx->db, s->f->city, s->f->id, p->merchant, &m, &found));
	CHECK(found);
	TRY(festival_q_merchant_total_set(s->tx, s->f->city, s->f->id, p->merchant, m.purchases - 1,
	    m.rupiah - p->amount, m.points - p->points, m.last, m.received, NULL));
	TRY(festival_q_total_add(s->tx, s->f->city, s->f->id, -1, -p->amount, -coupons_back,
	    m.purchases == 1 ? -1 : 0, p->card.v ? 0 : -1, 0, s->now, &total));
	return slices_add(s, -1, -p->amount);
}

static err void_state(struct tx *tx, const struct festival *f,
    const struct festival_purchase_by_id *p, const struct void_in *in, bool *again)
{
	struct arena *a = db_arena(tx->db);
	struct festival_void_get old;
	bool found;

	TRY(festival_q_void_get(tx->db, f->city, p->id, &old, &found));
	*again = found && str_eq(old.event, in->event) && str_eq(old.reason, in->reason);
	if (*again)
		return NULL;
	if (found)
		return ERR(a, ERR_CONFLICT, "void-already", .arg = { old.reason });
	if (f->state != FESTIVAL_OPEN && f->state != FESTIVAL_CLOSED)
		return ERR(a, ERR_CONFLICT, "festival-frozen", .arg = { f->name });
	return NULL;
}

err purchase_void(struct tx *tx, struct change *change, const struct city *city,
    const struct festival *f, purchase_id id, const struct void_in *in, int64_t now, bool *again)
{
	struct festival_purchase_by_id p;
	int64_t back = 0, log;
	bool found;

	TRY(festival_q_purchase_by_id(tx->db, f->city, id, &p, &found));
	if (!found || p.festival.v != f->id.v)
		return ERR(db_arena(tx->db), ERR_MISSING, "purchase-unknown");
	TRY(void_state(tx, f, &p, in, again));
	if (*again)
		return NULL;
	struct purchase_in was = { .merchant = p.merchant, .amount = p.amount,
	    .method = (enum method)p.method, .at = p.at };
	struct sale s = { .db = tx->db, .tx = tx,
	    .change = change, .city = city, .f = f, .in = &was, .now = now,
	    .day = time_day(p.at, city->zone), .hour = time_civil(p.at, city->zone).hour,
	    .place = { .venue = p.venue, .sector = p.sector } };
	TRY(purchase_entry_void(tx, change, f, id, now, p.log, &log));
	TRY(festival_q_void_add(tx, f->city, id, in->event, in->reason, now,
	    in->person, in->token, log, NULL));
	TRY(festival_q_purchase_void_set(tx, f->city, id, NULL));
	if (p.card.v)
		TRY(void_card(&s, &p, &back));
	TRY(void_sums(&s, &p, back));
	touch(&s);
	return react_purchase_gone(tx, &(struct purchase_gone){ .city = f->city,
	    .festival = f->id.v, .purchase = id.v, .merchant = p.merchant.v,
	    .purchase_event = p.event, .event = in->event, .reason = in->reason,
	    .person = in->person, .token = in->token, .now = now });
}

bool claim_code_parse(struct arena *a, str typed, str *code)
{
	unsigned char bytes[5];
	struct buf b = BUF(a, 64);

	for (size_t i = 0; i < typed.n && typed.n < 40; i++)
		if (typed.p[i] != ' ' && typed.p[i] != '-')
			buf_char(&b, typed.p[i]);
	if (b.n != 8 || !base32_parse(bytes, sizeof bytes, buf_done(&b)))
		return false;
	*code = base32_text(a, bytes, sizeof bytes);
	return true;
}
