/* method.c - a sale was paid another way than was written down. */
#include "festival_read.h"
#include "festival_write.h"
#include "mod/festival/purchase_log.h"

/* Does a multiplier look at either way of paying? */
static bool counts(const struct rules *r, int64_t was, int64_t is_now)
{
	for (size_t i = 0; i < r->n_multiplier; i++) {
		const struct rule_multiplier *m = &r->multiplier[i];
		if (m->kind == RULE_KEY_METHOD && (m->key == was || m->key == is_now))
			return true;
	}
	return false;
}

static err may_move(struct arena *a, const struct festival *f,
    const struct festival_purchase_by_id *p, int64_t is_now, int64_t now)
{
	if (p->state != 0)
		return ERR(a, ERR_CONFLICT, "purchase-void");
	if (f->state != FESTIVAL_OPEN)
		return ERR(a, ERR_CONFLICT, "festival-not-open", .arg = { f->name });
	if (now - p->received > METHOD_FRESH)
		return ERR(a, ERR_CONFLICT, "method-late");
	if (p->card.v && counts(rules_at(f, p->at, NULL), p->method, is_now))
		return ERR(a, ERR_CONFLICT, "method-counted");
	return NULL;
}

/* The log commits to the way of paying too: what holds now is a correction. */
static err correct(struct tx *tx, struct change *change, const struct festival *f,
    const struct festival_purchase_by_id *p, enum method is_now, int64_t now, int64_t *log)
{
	int64_t card;

	TRY(card_number(tx->db, f->city, p->card, &card));
	return purchase_entry(tx, change, f, &(struct purchase_said){ p->id, p->merchant, card,
	    p->amount, p->counted, p->points, p->at, is_now, p->event, p->note }, now, p->log, log);
}

static err move(struct tx *tx, struct change *change, const struct festival *f,
    const struct festival_purchase_by_id *p, const struct paid_by *to, int64_t now)
{
	int64_t is_now = (int64_t)to->method, changed, log;

	TRY(correct(tx, change, f, p, to->method, now, &log));
	TRY(festival_q_purchase_method_set(tx, f->city, p->id, p->method, is_now, log, &changed));
	CHECK(changed == 1);
	TRY(festival_q_method_add(tx, f->city, id_new(), p->id, p->method, is_now, now,
	    to->person, to->token, NULL));
	TRY(festival_q_slice_add(tx, f->city, f->id, SLICE_METHOD, p->method, -1, -p->amount,
	    NULL));
	return festival_q_slice_add(tx, f->city, f->id, SLICE_METHOD, is_now, 1, p->amount, NULL);
}

err purchase_paid_by(struct tx *tx, struct change *change, const struct festival *f,
    purchase_id id, const struct paid_by *to, int64_t now)
{
	struct arena *a = db_arena(tx->db);
	struct festival_purchase_by_id p;
	bool found;

	TRY(festival_q_purchase_by_id(tx->db, f->city, id, &p, &found));
	if (!found || p.festival.v != f->id.v)
		return ERR(a, ERR_MISSING, "purchase-unknown");
	if (p.state == 0 && p.method == (int64_t)to->method)
		return NULL;
	TRY(may_move(a, f, &p, (int64_t)to->method, now));
	TRY(move(tx, change, f, &p, to, now));
	if (change)
		tx_touch(change, festival_totals_key(f->city, f->id));
	return NULL;
}
