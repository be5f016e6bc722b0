#include "draw_read.h"
#include "draw_write.h"
#include "mod/draw/beacon.h"
#include "mod/draw/bundle.h"
#include "mod/draw/cid.h"
#include "mod/draw/relay.h"
#include "mod/draw/rules.h"

err draw_step(struct tx *tx, struct change *c, struct draw *d, enum draw_state to)
{
	struct arena *a = db_arena(tx->db);
	int64_t changed;

	if (!draw_may_go(d->state, to))
		return ERR(a, ERR_CONFLICT, "draw-step", .arg = { d->name });
	TRY(draw_q_state_set(tx, d->city, d->id, (int64_t)d->state, (int64_t)to, &changed));
	if (changed != 1)
		return ERR(a, ERR_CONFLICT, "draw-raced", .arg = { d->name });
	draw_touch(c, d);
	return NULL;
}

/* ---- the list --------------------------------------------------------------- */

struct gathering {
	struct cids names;
	unsigned char *rec;
	size_t n, cap;
};

static err add_holder(void *ctx, const struct draw_holder_all *h)
{
	static const struct hash later;
	struct gathering *g = ctx;

	CHECK(g->n < g->cap);
	unsigned char *rec = g->rec + g->n++ * PICK_RECORD;
	pick_record_set(rec, &later, (uint64_t)h->coupons, (uint64_t)h->card.v);
	cids_add(&g->names, &(struct cid_card){ h->number, h->secret, h->phone }, rec);
	return NULL;
}

struct draw_entries {
	struct pick_list list;
	uint64_t *cards;	/* the card behind each record		*/
	struct hash root, sum;	/* Merkle root; SHA-256 of entries.bin	*/
	struct draw_sale_stand stand;	/* of the sale, when it was read */
};

static err list_make(struct db *db, const struct draw *d, const struct festival *f,
    struct draw_entries *x)
{
	struct arena *a = db_arena(db);
	struct gathering g = { 0 };
	int64_t holders, coupons;

	TRY(draw_q_sale_stand(db, f->city, f->id, &x->stand));
	TRY(draw_holders(db, f, &holders, &coupons));
	g.cap = (size_t)holders;
	g.rec = NEWN(a, unsigned char, (g.cap + 1) * PICK_RECORD);
	x->cards = NEWN(a, uint64_t, g.cap + 1);
	cids_open(&g.names, d->code);
	TRY(draw_q_holder_all(db, f->city, f->id, add_holder, &g));
	cids_close(&g.names);
	TRY(pick_list_seal(a, g.rec, g.n, x->cards, &x->list));
	CHECK((int64_t)x->list.coupons == coupons);
	if (x->list.n)
		bundle_root(&x->list, &x->root);
	sha256(&x->sum, x->list.rec, x->list.n * PICK_RECORD);
	return NULL;
}

/* Said here too, before the work instead of after it. */
static err may_gather(struct db *db, const struct draw *d, const struct festival *f)
{
	struct arena *a = db_arena(db);

	if (!draw_may_go(d->state, DRAW_FROZEN))
		return ERR(a, ERR_CONFLICT, "draw-step", .arg = { d->name });
	if (!d->rehearsal && f->state != FESTIVAL_CLOSED && f->state != FESTIVAL_FROZEN)
		return ERR(a, ERR_CONFLICT, "draw-festival-open", .arg = { f->name });
	return NULL;
}

err draw_gather(struct db *db, const struct draw *d, const struct festival *f,
    struct draw_entries **out)
{
	TRY(may_gather(db, d, f));
	*out = NEW(db_arena(db), struct draw_entries);
	return list_make(db, d, f, *out);
}

/* Is the list made a moment ago still the list? */
static err still_stands(struct tx *tx, const struct draw *d, const struct festival *f,
    const struct draw_entries *x)
{
	struct draw_sale_stand now;

	TRY(draw_q_sale_stand(tx->db, f->city, f->id, &now));
	if (d->rehearsal || (now.numbered == x->stand.numbered &&
	    now.purchases == x->stand.purchases && now.unclaimed == x->stand.unclaimed &&
	    now.cards == x->stand.cards))
		return NULL;
	return ERR(db_arena(tx->db), ERR_CONFLICT, "draw-moved", .arg = { f->name });
}

static err ineligible(struct tx *tx, const struct draw *d, str *text)
{
	struct arena *a = db_arena(tx->db);
	struct draw_ineligible_list *v;
	struct cids names;
	struct hash *cid;
	size_t n;

	TRY(draw_q_ineligible_list(tx->db, d->city, d->id, &v, &n));
	cid = NEWN(a, struct hash, n + 1);
	cids_open(&names, d->code);
	for (size_t i = 0; i < n; i++)
		cids_add(&names, &(struct cid_card){ v[i].number, v[i].secret, v[i].phone },
		    cid[i].b);
	cids_close(&names);
	return bundle_ineligible_text(a, cid, n, text);
}

/* ---- freeze ----------------------------------------------------------------- */

static err may_freeze(struct tx *tx, struct change *c, const struct draw *d,
    const struct festival *f, int64_t now)
{
	struct arena *a = db_arena(tx->db);

	if (f->id.v != d->festival.v)
		return ERR(a, ERR_MISSING, "no-such-draw", .arg = { d->slug });
	if (d->rehearsal || f->state == FESTIVAL_FROZEN)
		return NULL;
	if (f->state != FESTIVAL_CLOSED)
		return ERR(a, ERR_CONFLICT, "draw-festival-open", .arg = { f->name });
	return festival_move(tx, c, f, FESTIVAL_FROZEN, now);
}

err draw_choose_round(struct arena *a, const struct draw *d, struct draw_when when,
    int64_t *round)
{
	int64_t soonest = when.now + 1 + when.notice, at = when.at;

	*round = d->round + 1;
	if (d->rehearsal)
		return NULL;
	if (at && at < soonest)
		return ERR(a, ERR_INVALID, "draw-round-past", .field = "at");
	*round = beacon_round_at(at ? at : soonest);
	if (*round > BEACON_ROUND_MAX)
		return ERR(a, ERR_INVALID, "draw-round-past", .field = "at");
	return NULL;
}

static str card_bytes(struct arena *a, const uint64_t *cards, size_t n)
{
	unsigned char *p = NEWN(a, unsigned char, n * 8 + 1);

	for (size_t i = 0; i < n; i++)
		for (size_t b = 0; b < 8; b++)
			p[i * 8 + b] = (unsigned char)(cards[i] >> (56 - 8 * b));
	return (str){ (char *)p, n * 8 };
}

static err freeze_files(struct tx *tx, struct change *c, const struct draw *d,
    struct freeze_input *in, const struct draw_entries *x, struct freeze *f)
{
	struct arena *a = db_arena(tx->db);
	str text;

	in->list = &x->list;
	in->root = &x->root;
	TRY(freeze_make(a, in, f, &text));
	TRY(draw_file_put(tx, d, S("prizes.tsv"), in->prizes));
	TRY(draw_file_put(tx, d, S("ineligible.txt"), in->ineligible));
	if (in->rules.p)
		TRY(draw_file_put(tx, d, S("rules.txt"), in->rules));
	TRY(draw_file_put(tx, d, S("entries.bin"),
	    (str){ (const char *)x->list.rec, x->list.n * PICK_RECORD }));
	TRY(draw_file_put(tx, d, S(DRAW_HOLDERS), card_bytes(a, x->cards, x->list.n)));
	TRY(draw_file_enter(tx, c, d, S("freeze.txt"), text, LEDGER_FREEZE));
	TRY(draw_file_put(tx, d, S("README.txt"), bundle_readme(a, f, d->rehearsal)));
	TRY(draw_file_put(tx, d, S("verify.py"), bundle_checker()));
	return draw_sums_put(tx, d, &x->sum);
}

/*
 * Rules written by the program are written anew: as published, with every
 * amendment up to now.  Rules in somebody's own words stay, amendments follow.
 */
static err rules_input(struct tx *tx, const struct draw *d, const struct festival *f, str *out)
{
	struct arena *a = db_arena(tx->db);
	str text;

	if (!d->rules.n)
		return NULL;
	*out = d->rules;
	bool ours = str_starts(d->rules, S("laris-rules/v1\n"));
	if (!ours && !f->n_amended)
		return NULL;
	TRY(rules_history(tx->db, f, LANG_ID, &text));
	*out = ours ? text : arena_printf(a, "%.*s\n%.*s", SV(d->rules), SV(text));
	return NULL;
}

static err freeze_input(struct tx *tx, const struct draw *d, const struct festival *f,
    struct freeze_input *in)
{
	struct arena *a = db_arena(tx->db);
	struct prize *prizes;
	size_t n;

	TRY(prize_list(tx->db, d, &prizes, &n));
	if (!n)
		return ERR(a, ERR_CONFLICT, "draw-no-prizes", .arg = { d->name });
	TRY(draw_prizes_text(a, prizes, n, &in->prizes));
	TRY(rules_input(tx, d, f, &in->rules));
	return ineligible(tx, d, &in->ineligible);
}

err draw_freeze(struct tx *tx, struct change *c, struct draw *d, const struct festival *f,
    const struct draw_entries *made, struct draw_when when)
{
	struct arena *a = db_arena(tx->db);
	struct freeze_input in = { .draw = d->code, .chain = d->chain };
	struct draw_entries here;
	struct freeze fr;

	TRY(draw_step(tx, c, d, DRAW_FROZEN));
	TRY(may_freeze(tx, c, d, f, when.now));
	TRY(draw_choose_round(a, d, when, &in.round));
	TRY(freeze_input(tx, d, f, &in));
	if (made)
		TRY(still_stands(tx, d, f, made));
	else
		TRY(list_make(tx->db, d, f, &here));
	TRY(freeze_files(tx, c, d, &in, made ? made : &here, &fr));
	TRY(draw_q_frozen_set(tx, d->city, d->id, in.round, fr.entries, fr.coupons,
	    hash_hex(a, &fr.root), when.now, NULL));
	TRY(relays_wanted(tx, c, d->city, when.now));
	return draw_reload(tx->db, d);
}

/* ---- beacon ------------------------------------------------------------------- */

err draw_beacon_set(struct tx *tx, struct change *c, struct draw *d, str pasted, int64_t now)
{
	struct arena *a = db_arena(tx->db);
	str text;

	TRY(draw_step(tx, c, d, DRAW_BEACON));
	if (now < draw_due(d))
		return ERR(a, ERR_CONFLICT, "draw-beacon-early", .field = "pasted");
	TRY(beacon_text(a, d->code, d->chain, d->round, pasted, &text));
	TRY(draw_file_put(tx, d, S("beacon.txt"), text));
	TRY(draw_sums_put(tx, d, NULL));
	return draw_reload(tx->db, d);
}

/* ---- run ------------------------------------------------------------------------ */

err draw_frozen_load(struct db *db, const struct draw *d, struct bundle_input *in)
{
	*in = (struct bundle_input){ 0 };
	TRY(draw_file_load(db, d, S("freeze.txt"), &in->freeze));
	TRY(draw_file_load(db, d, S("prizes.tsv"), &in->prizes));
	TRY(draw_file_load(db, d, S("ineligible.txt"), &in->ineligible));
	return draw_file_load(db, d, S("entries.bin"), &in->entries);
}

err draw_input_load(struct db *db, const struct draw *d, struct bundle_input *in)
{
	TRY(draw_frozen_load(db, d, in));
	return draw_file_load(db, d, S("beacon.txt"), &in->beacon);
}

card_id draw_card_of(str holders, size_t record)
{
	uint64_t v = 0;

	CHECK(record < holders.n / 8);
	for (size_t b = 0; b < 8; b++)
		v = v << 8 | (unsigned char)holders.p[record * 8 + b];
	return (card_id){ (int64_t)v };
}

/* Enough to know one's own, too little to be called by a stranger. */
str draw_mask(struct arena *a, int64_t number)
{
	long long n = (long long)number;

	return arena_printf(a, "%02lld*****%02lld", n / 10000000, n % 100);
}

err draw_winner_put(struct tx *tx, const struct draw *d, const struct prize *p, str holders,
    const struct pick_list *l, const struct bundle_winner *w)
{
	const char *cid = (const char *)l->rec + w->holder * PICK_RECORD;
	card_id card = draw_card_of(holders, w->holder);
	struct draw_card_number number;
	bool found;

	TRY(draw_q_card_number(tx->db, d->city, card, &number, &found));
	return draw_q_winner_add(tx, d->city, d->id, p[w->prize].id, (int64_t)w->place,
	    (int64_t)w->k, (int64_t)w->coupon, (str){ cid, 32 }, card,
	    found ? draw_mask(db_arena(tx->db), number.number) : S(""), NULL);
}

/* The rows must be the lines of prizes.tsv, which alone was published. */
static err same_prizes(struct tx *tx, const struct draw *d, const struct bundle_result *r,
    struct prize **p)
{
	size_t n;

	TRY(prize_list(tx->db, d, p, &n));
	for (size_t i = 0; i < n && n == r->n_prizes; i++)
		if (!str_eq((*p)[i].code, r->prizes[i].id))
			n = 0;
	if (n != r->n_prizes)
		return ERR(db_arena(tx->db), ERR_INVALID, "draw-files", .arg = { S("prizes.tsv") });
	return NULL;
}

struct draw_outcome {
	struct bundle_input in;
	struct pick_list list;
	struct bundle_result r;
	str holders;
};

static err work_out(struct db *db, const struct draw *d, struct draw_outcome *o)
{
	struct arena *a = db_arena(db);
	struct freeze f;

	TRY(draw_input_load(db, d, &o->in));
	TRY(draw_file_load(db, d, S(DRAW_HOLDERS), &o->holders));
	TRY(beacon_again(a, d->code, d->chain, d->round, o->in.beacon));
	TRY(bundle_open(a, &o->in, &f, &o->list));
	return bundle_draw(a, &o->in, &o->list, &o->r);
}

err draw_work_out(struct db *db, const struct draw *d, struct draw_outcome **out)
{
	if (!draw_may_go(d->state, DRAW_DRAWN))
		return ERR(db_arena(db), ERR_CONFLICT, "draw-step", .arg = { d->name });
	*out = NEW(db_arena(db), struct draw_outcome);
	return work_out(db, d, *out);
}

/* Of all it follows from only the beacon can still have been changed. */
static err same_beacon(struct tx *tx, const struct draw *d, const struct draw_outcome *o)
{
	str now;

	TRY(draw_file_load(tx->db, d, S("beacon.txt"), &now));
	if (str_eq(now, o->in.beacon))
		return NULL;
	return ERR(db_arena(tx->db), ERR_CONFLICT, "draw-raced", .arg = { d->name });
}

err draw_run(struct tx *tx, struct change *c, struct draw *d, const struct draw_outcome *made,
    int64_t now)
{
	struct draw_outcome here;
	struct prize *prizes;

	TRY(draw_step(tx, c, d, DRAW_DRAWN));
	if (made)
		TRY(same_beacon(tx, d, made));
	else
		TRY(work_out(tx->db, d, &here));
	const struct draw_outcome *o = made ? made : &here;
	TRY(same_prizes(tx, d, &o->r, &prizes));
	for (size_t i = 0; i < o->r.n_won; i++)
		TRY(draw_winner_put(tx, d, prizes, o->holders, &o->list, &o->r.won[i]));
	TRY(draw_file_put(tx, d, S("winners.tsv"), o->r.winners));
	TRY(draw_file_put(tx, d, S("transcript.tsv"), o->r.transcript));
	TRY(draw_sums_put(tx, d, NULL));
	TRY(draw_q_drawn_set(tx, d->city, d->id, (str){ o->r.seed, sizeof o->r.seed }, now, NULL));
	return draw_reload(tx->db, d);
}

err draw_report(struct tx *tx, struct change *c, struct draw *d, int64_t now)
{
	TRY(draw_step(tx, c, d, DRAW_REPORTED));
	TRY(draw_q_reported_set(tx, d->city, d->id, now, NULL));
	return draw_reload(tx->db, d);
}

/* ---- what came out ---------------------------------------------------------------- */

err draw_winners(struct db *db, const struct draw *d, struct winner **out, size_t *n)
{
	struct draw_winner_list *v;

	TRY(draw_q_winner_list(db, d->city, d->id, &v, n));
	*out = NEWN(db_arena(db), struct winner, *n + 1);
	for (size_t i = 0; i < *n; i++)
		(*out)[i] = (struct winner){ v[i].prize, v[i].title, v[i].place, v[i].k,
		    v[i].coupon, v[i].cid, v[i].masked, v[i].card, 0 };
	return NULL;
}

err draw_drawn(struct db *db, const struct draw *d, struct winner **out, size_t *n)
{
	struct draw_drawn_list *v;

	TRY(draw_q_drawn_list(db, d->city, d->id, &v, n));
	*out = NEWN(db_arena(db), struct winner, *n + 1);
	for (size_t i = 0; i < *n; i++)
		(*out)[i] = (struct winner){ v[i].prize, v[i].title, v[i].place, v[i].k,
		    v[i].coupon, v[i].cid, v[i].masked, v[i].card, v[i].gone };
	return NULL;
}

err draw_coupon(struct db *db, const struct draw *d, int64_t coupon, struct winner **out,
    size_t *n)
{
	struct draw_winner_by_coupon *v;

	TRY(draw_q_winner_by_coupon(db, d->city, d->id, coupon, &v, n));
	*out = NEWN(db_arena(db), struct winner, *n + 1);
	for (size_t i = 0; i < *n; i++)
		(*out)[i] = (struct winner){ .prize = v[i].prize, .title = v[i].title,
		    .place = v[i].place, .coupon = coupon, .masked = v[i].masked };
	return NULL;
}

err draw_card_wins(struct db *db, const struct draw *d, card_id card, struct winner **out,
    size_t *n)
{
	struct draw_winner_by_card *v;

	TRY(draw_q_winner_by_card(db, d->city, d->id, card, &v, n));
	*out = NEWN(db_arena(db), struct winner, *n + 1);
	for (size_t i = 0; i < *n; i++)
		(*out)[i] = (struct winner){ .prize = v[i].prize, .title = v[i].title,
		    .place = v[i].place, .coupon = v[i].coupon, .card = card };
	return NULL;
}
