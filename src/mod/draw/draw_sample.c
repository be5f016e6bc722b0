/* draw_sample.c - coupons chosen by an earlier round, to be checked against notes. */
#include "draw_read.h"
#include "draw_write.h"
#include "mod/draw/beacon.h"
#include "mod/draw/before.h"
#include "mod/draw/relay.h"
#include "mod/draw/rules.h"
#include "mod/draw/sample.h"
#include <stdlib.h>

err sample_get(struct db *db, const struct draw *d, struct sample *s)
{
	struct draw_sampled_count c;
	struct draw_sample_get r;

	*s = (struct sample){ 0 };
	TRY(draw_q_sample_get(db, d->city, d->id, &r, &s->there));
	if (!s->there)
		return NULL;
	TRY(draw_q_sampled_count(db, d->city, d->id, &c));
	*s = (struct sample){ true, r.count, r.round, r.said, r.ran, c.seen, c.clean,
	    r.ran ? sample_bound(r.count, r.count - c.clean) : 1000000 };
	return NULL;
}

/* ---- said ------------------------------------------------------------------ */

err sample_say(struct tx *tx, struct change *c, struct draw *d, int64_t count, int64_t notice,
    str by, int64_t now)
{
	struct arena *a = db_arena(tx->db);
	struct sample s;
	int64_t round;

	TRY(draw_reload(tx->db, d));
	if (d->state != DRAW_FROZEN)
		return ERR(a, ERR_CONFLICT, "draw-step", .arg = { d->name });
	TRY(sample_get(tx->db, d, &s));
	if (s.there)
		return ERR(a, ERR_CONFLICT, "draw-sample-twice", .arg = { d->name });
	if (count < 1 || count > SAMPLE_MAX)
		return ERR(a, ERR_INVALID, "draw-sample-count", .field = "count");
	if (count > d->coupons)
		count = d->coupons;
	TRY(draw_choose_round(a, d, (struct draw_when){ 0, notice, now }, &round));
	if (!d->rehearsal && round >= d->round)
		return ERR(a, ERR_CONFLICT, "draw-sample-late", .field = "minutes");
	TRY(draw_q_sample_add(tx, d->city, d->id, count, round, now, by, NULL));
	TRY(draw_file_enter(tx, c, d, S("sample.txt"),
	    sample_text(a, d->code, count, d->chain, round), LEDGER_SAMPLE));
	TRY(relays_wanted(tx, c, d->city, now));
	draw_touch(c, d);
	return draw_sums_put(tx, d, NULL);
}

/* ---- chosen ------------------------------------------------------------------ */

struct link { int64_t number, points; purchase_id id; };

static int by_number(const void *x, const void *y)
{
	const struct link *a = x, *b = y;

	return (a->number > b->number) - (a->number < b->number);
}

/* The purchase that brought the card's coupon "nth" (from 0): in the order they came. */
static err purchase_of(struct db *db, const struct draw *d, card_id card, int64_t nth,
    purchase_id *id)
{
	struct draw_cards_of_person *own;
	VEC(struct link) v = { 0 };
	size_t n;

	TRY(draw_q_cards_of_person(db, d->city, d->festival, card, &own, &n));
	for (size_t i = 0; i < n; i++)
		for (purchase_id at = own[i].last; at.v;) {
			struct draw_purchase_link p;
			bool found;
			TRY(draw_q_purchase_link(db, d->city, at, &p, &found));
			if (!found)
				break;
			if (!p.state && p.points > 0)
				*VEC_ADD(db_arena(db), &v) = (struct link){ p.number, p.points,
				    at };
			at = p.card_before;
		}
	if (v.n)
		qsort(v.v, v.n, sizeof *v.v, by_number);
	for (size_t i = 0; i < v.n && nth >= 0; nth -= v.v[i++].points)
		*id = v.v[i].id;
	return NULL;
}

static err put_sampled(struct tx *tx, const struct draw *d, const struct pick_list *l,
    str holders, const struct sampled *v, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		card_id card = draw_card_of(holders, v[i].holder);
		purchase_id p = { 0 };
		TRY(purchase_of(tx->db, d, card,
		    (int64_t)(v[i].coupon - pick_first(l, v[i].holder)), &p));
		TRY(draw_q_sampled_add(tx, d->city, d->id, (int64_t)i + 1, (int64_t)v[i].coupon,
		    card, p, NULL));
	}
	return NULL;
}

static err choose(struct tx *tx, const struct draw *d, const struct sample *s, str beacon)
{
	struct arena *a = db_arena(tx->db);
	struct sampled *v = NEWN(a, struct sampled, (size_t)s->count);
	str freeze, told, entries, holders, tsv;
	struct pick_list l;

	TRY(draw_file_load(tx->db, d, S("freeze.txt"), &freeze));
	TRY(draw_file_load(tx->db, d, S("sample.txt"), &told));
	TRY(draw_file_load(tx->db, d, S("entries.bin"), &entries));
	TRY(draw_file_load(tx->db, d, S(DRAW_HOLDERS), &holders));
	TRY(pick_list_read(a, entries, &l));
	TRY(sample_choose(a, &l, freeze, told, beacon, (size_t)s->count, v, &tsv));
	TRY(put_sampled(tx, d, &l, holders, v, (size_t)s->count));
	TRY(draw_file_put(tx, d, S("sample-beacon.txt"), beacon));
	return draw_file_put(tx, d, S("sample.tsv"), tsv);
}

err sample_run(struct tx *tx, struct change *c, struct draw *d, str pasted, int64_t now)
{
	struct arena *a = db_arena(tx->db);
	int64_t changed = 0;
	struct sample s;
	str beacon;

	TRY(sample_get(tx->db, d, &s));
	if (s.there && !d->rehearsal && now < beacon_due(s.round))
		return ERR(a, ERR_CONFLICT, "draw-beacon-early", .field = "pasted");
	if (s.there)
		TRY(draw_q_sample_ran(tx, d->city, d->id, now, &changed));
	if (changed != 1)
		return ERR(a, ERR_CONFLICT, "draw-step", .arg = { d->name });
	TRY(beacon_text(a, d->code, d->chain, s.round, pasted, &beacon));
	TRY(choose(tx, d, &s, beacon));
	draw_touch(c, d);
	return draw_sums_put(tx, d, NULL);
}

/* ---- checked ------------------------------------------------------------------- */

err sample_item(struct db *db, const struct draw *d, int64_t pos, struct sample_item *x)
{
	struct draw_sampled_get r;
	bool found;

	TRY(draw_q_sampled_get(db, d->city, d->id, pos, &r, &found));
	if (!found)
		return ERR(db_arena(db), ERR_MISSING, "no-such-page");
	*x = (struct sample_item){ .pos = pos, .coupon = r.coupon, .number = r.number,
	    .purchase = r.purchase, .amount = r.amount, .at = r.bought, .merchant = r.merchant,
	    .stall = r.stall, .note = r.note, .receipt = r.receipt, .by = r.by, .seen = r.at,
	    .verdict = (enum sample_verdict)r.verdict };
	return NULL;
}

err sample_items(struct db *db, const struct draw *d, int64_t skip, int64_t limit,
    struct sample_item **out, size_t *n)
{
	struct draw_sampled_list *v;

	TRY(draw_q_sampled_list(db, d->city, d->id, skip, limit, &v, n));
	*out = NEWN(db_arena(db), struct sample_item, *n + 1);
	for (size_t i = 0; i < *n; i++)
		TRY(sample_item(db, d, v[i].pos, &(*out)[i]));
	return NULL;
}

err sample_judge(struct tx *tx, struct change *c, const struct draw *d, int64_t pos,
    enum sample_verdict verdict, str note, str by, int64_t now)
{
	struct arena *a = db_arena(tx->db);
	int64_t changed;

	note = str_trim(note);
	if (verdict <= SAMPLE_UNSEEN || verdict >= SAMPLE_VERDICTS)
		return ERR(a, ERR_INVALID, "field-choice", .field = "verdict");
	if ((verdict != SAMPLE_CLEAN && !note.n) || note.n > 500 || !str_utf8(note))
		return ERR(a, ERR_INVALID, "field-needed", .field = "note");
	TRY(draw_q_sampled_judge(tx, d->city, d->id, pos, (int64_t)verdict, note, by, now,
	    &changed));
	if (changed != 1)
		return ERR(a, ERR_MISSING, "no-such-page");
	draw_touch(c, d);
	return NULL;
}
