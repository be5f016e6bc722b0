#include "festival_read.h"
#include "festival_write.h"
#include "mod/festival/card_person.h"

/* Cards of one person at most: more is somebody collecting cards. */
#define MEMBERS_MAX	20

struct card_standing card_standing(card_id card, card_id main)
{
	return (struct card_standing){ main.v ? main : card, main.v != 0 };
}

/*
 * Each card kept its own caps until the day they were joined.  Of the rupiah
 * that are over a cap now, those of the cap that takes most do not count:
 * the person has no more than each cap alone would leave.  Of caps that were
 * amended the most generous: see rules_widest().
 */
err card_counts(struct db *db, const struct festival *f, struct card_standing s, int64_t counted,
    int64_t *counts)
{
	struct rules r = rules_widest(f);
	struct festival_tally_over over = { 0 };

	if (s.several && r.counting == RULE_PERSON_TOTAL && (r.cap_merchant || r.cap_day))
		TRY(festival_q_tally_over(db, f->city, f->id, s.head,
		    r.cap_merchant ? r.cap_merchant : RUPIAH_MAX,
		    r.cap_day ? r.cap_day : RUPIAH_MAX, &over));
	*counts = rule_person_counts(&r, counted,
	    over.merchant > over.day ? over.merchant : over.day);
	return NULL;
}

/* The freeze looks at this number (draw.sql, sale_stand). */
static err changed(struct tx *tx, struct change *c, const struct festival *f)
{
	struct festival_counter_next n;

	TRY(festival_q_counter_next(tx, f->city, S("card-change"), f->id.v, &n));
	if (c)
		tx_touch(c, festival_totals_key(f->city, f->id));
	return NULL;
}

static err not_frozen(struct tx *tx, const struct festival *f)
{
	if (f->state < FESTIVAL_FROZEN)
		return NULL;
	return ERR(db_arena(tx->db), ERR_CONFLICT, "card-frozen", .arg = { f->name });
}

/* A second press of the same button. */
static bool joined_so(const struct card_join_in *in, const struct card *c, const struct card *head)
{
	return c->id.v != head->id.v && c->main.v == head->id.v &&
	    c->blocked == (in->kind == CARD_LOST);
}

static err may_join(struct tx *tx, const struct festival *f, const struct card_join_in *in,
    const struct card *c, const struct card *head)
{
	struct arena *a = db_arena(tx->db);

	TRY(not_frozen(tx, f));
	if (c->id.v == head->id.v)
		return ERR(a, ERR_INVALID, "card-same", .field = "main");
	if (c->main.v && c->main.v != c->id.v)
		return ERR(a, ERR_CONFLICT, "card-joined", .field = "card");
	if (head->blocked)
		return ERR(a, ERR_INVALID, "card-blocked", .field = "main");
	if (in->kind == CARD_SAME_PERSON && c->blocked)
		return ERR(a, ERR_INVALID, "card-blocked", .field = "card");
	if (in->kind == CARD_LOST && (in->reason.n < 3 || in->reason.n > 200))
		return ERR(a, ERR_INVALID, "card-lost-reason", .field = "reason");
	return NULL;
}

static err total_of(struct tx *tx, const struct festival *f, card_id card,
    struct festival_card_total_get *t, bool *found)
{
	TRY(festival_q_card_total_get(tx->db, f->city, f->id, card, t, found));
	if (!*found)
		*t = (struct festival_card_total_get){ 0 };
	return NULL;
}

/* Rows of purchases stay with their card; only what is added up moves. */
static err sums_move(struct tx *tx, const struct festival *f, card_id from, card_id to,
    int64_t now)
{
	struct festival_card_total_get a, b;
	struct festival_total_add total;
	int64_t counts, coupons;
	bool any, known;

	TRY(total_of(tx, f, from, &a, &any));
	TRY(total_of(tx, f, to, &b, &known));
	TRY(festival_q_tally_move(tx, f->city, f->id, from, to, NULL));
	TRY(festival_q_tally_drop(tx, f->city, f->id, from, NULL));
	coupons = a.coupons + b.coupons;
	if (f->rules.counting == RULE_PERSON_TOTAL) {
		TRY(card_counts(tx->db, f, (struct card_standing){ to, true },
		    a.counted + b.counted, &counts));
		coupons = rule_total_coupons(&f->rules, counts);
	}
	if (any)
		TRY(festival_q_card_total_set(tx, f->city, f->id, from, 0, 0, 0, 0, a.last, NULL));
	TRY((known ? festival_q_card_total_set : festival_q_card_total_new)(tx, f->city, f->id, to,
	    a.purchases + b.purchases, a.rupiah + b.rupiah, a.counted + b.counted, coupons, b.last,
	    NULL));
	return festival_q_total_add(tx, f->city, f->id, 0, 0, coupons - a.coupons - b.coupons, 0, 0,
	    0, now, &total);
}

static err join_write(struct tx *tx, const struct festival *f, const struct card_join_in *in,
    const struct card *c, const struct card *head, int64_t now)
{
	struct festival_card_members *v;
	size_t n, m;

	TRY(festival_q_card_members(tx->db, f->city, head->id, &v, &n));
	TRY(festival_q_card_members(tx->db, f->city, c->id, &v, &m));
	if (n + m > MEMBERS_MAX)
		return ERR(db_arena(tx->db), ERR_CONFLICT, "card-many", .field = "card");
	TRY(festival_q_card_join_add(tx, f->city, c->id, f->id, head->id, (int64_t)in->kind,
	    in->reason, now, in->person, NULL));
	TRY(festival_q_card_main_move(tx, f->city, c->id, head->id, NULL));
	TRY(festival_q_card_main_set(tx, f->city, c->id, head->id, NULL));
	TRY(festival_q_card_main_set(tx, f->city, head->id, head->id, NULL));
	if (in->kind == CARD_LOST)
		TRY(festival_q_card_state_set(tx, f->city, c->id, 1, NULL));
	return sums_move(tx, f, c->id, head->id, now);
}

err card_join(struct tx *tx, struct change *change, const struct festival *f,
    const struct card_join_in *in, int64_t now, struct card *head, bool *again)
{
	struct arena *a = db_arena(tx->db);
	struct card c;
	err e;

	TRY(card_find(tx->db, f, in->card, &c));
	e = card_find(tx->db, f, in->main, head);
	if (e)
		return ERR(a, ERR_INVALID, "card-unknown", .field = "main");
	if (head->main.v && head->main.v != head->id.v) {
		struct festival_card_by_id h;
		bool found;
		TRY(festival_q_card_by_id(tx->db, f->city, head->main, &h, &found));
		CHECK(found);
		TRY(card_find(tx->db, f, h.number, head));
	}
	*again = joined_so(in, &c, head);
	if (*again)
		return NULL;
	TRY(may_join(tx, f, in, &c, head));
	TRY(join_write(tx, f, in, &c, head, now));
	return changed(tx, change, f);
}

err card_block(struct tx *tx, struct change *change, const struct festival *f,
    const struct card *c)
{
	if (c->blocked)
		return NULL;
	TRY(festival_q_card_state_set(tx, f->city, c->id, 1, NULL));
	return changed(tx, change, f);
}

err card_phone_set(struct tx *tx, const struct festival *f, const struct card *c, str phone)
{
	TRY(not_frozen(tx, f));
	TRY(festival_q_card_phone_set(tx, f->city, c->id, phone, NULL));
	return changed(tx, NULL, f);
}

err card_gone(struct db *db, const struct festival *f, const struct card *c, enum card_gone *out)
{
	struct festival_card_join_get j;
	bool found = false;

	*out = c->blocked ? CARD_BLOCKED : CARD_USABLE;
	if (c->blocked && c->main.v && c->main.v != c->id.v)
		TRY(festival_q_card_join_get(db, f->city, c->id, &j, &found));
	if (found)
		*out = CARD_MOVED;
	return NULL;
}

err card_sums(struct db *db, const struct festival *f, const struct card *c, struct card_sums *out)
{
	struct card_standing of = card_standing(c->id, c->main);
	struct festival_card_total_get t;
	struct festival_card_members *m;
	bool found;
	size_t n;

	*out = (struct card_sums){ .members = 1 };
	TRY(festival_q_card_total_get(db, f->city, f->id, of.head, &t, &found));
	if (found) {
		out->coupons = t.coupons;
		out->rupiah = t.rupiah;
	}
	if (!of.several)
		return NULL;
	TRY(festival_q_card_members(db, f->city, of.head, &m, &n));
	out->members = (int64_t)n;
	return NULL;
}
