/* draw_after.c - winners struck out, and their places drawn anew. */
#include "draw_read.h"
#include "draw_write.h"
#include "mod/draw/beacon.h"
#include "mod/draw/before.h"
#include "mod/draw/relay.h"
#include "mod/draw/rules.h"
#include "mod/draw/winner.h"

#define WORDS_MAX	500

const struct choice strike_choices[] = {
	{ "absent", STRIKE_ABSENT, TEXT_strike_absent },
	{ "unclaimed", STRIKE_UNCLAIMED, TEXT_strike_unclaimed },
	{ "refused", STRIKE_REFUSED, TEXT_strike_refused },
	{ "identity", STRIKE_IDENTITY, TEXT_strike_identity },
	{ "ineligible", STRIKE_BARRED, TEXT_strike_ineligible },
	{ "purchase", STRIKE_PURCHASE, TEXT_strike_purchase },
	{ "same-person", STRIKE_TWICE, TEXT_strike_same_person },
	{ 0 },
};

err draw_after_names(struct db *db, const struct draw *d, str **out, size_t *n)
{
	struct draw_file_names *v;

	TRY(draw_q_file_names(db, d->city, d->id, &v, n));
	*out = NEWN(db_arena(db), str, *n + 1);
	for (size_t i = 0; i < *n; i++)
		(*out)[i] = v[i].name;
	return NULL;
}

err draw_afters(struct db *db, const struct draw *d, struct after_row **out, size_t *n)
{
	struct draw_after_list *v;

	TRY(draw_q_after_list(db, d->city, d->id, &v, n));
	*out = NEWN(db_arena(db), struct after_row, *n + 1);
	for (size_t i = 0; i < *n; i++)
		(*out)[i] = (struct after_row){ .n = v[i].n, .place = v[i].place,
		    .round = v[i].round, .ran = v[i].ran, .at = v[i].at,
		    .kind = (enum after_kind)v[i].kind,
		    .reason = (enum strike_reason)v[i].reason, .prize = v[i].prize,
		    .code = v[i].code, .title = v[i].title, .words = v[i].words,
		    .by = v[i].by, .was = v[i].was, .now = v[i].now };
	return NULL;
}

/* ---- striking out ------------------------------------------------------- */

static err may_strike(struct arena *a, const struct draw *d, const struct winner_row_of *w,
    const struct strike *s)
{
	str words = str_trim(s->words);

	if (!draw_was_run(d))
		return ERR(a, ERR_CONFLICT, "draw-step", .arg = { d->name });
	if (w->state == WINNER_GIVEN)
		return ERR(a, ERR_CONFLICT, "draw-given", .arg = { w->title });
	if (!words.n || words.n > WORDS_MAX || !str_utf8(words))
		return ERR(a, ERR_INVALID, "field-needed", .field = "words");
	if (!choice_by_value(strike_choices, (int64_t)s->reason))
		return ERR(a, ERR_INVALID, "field-choice", .field = "reason");
	return NULL;
}

/* The winner's row goes to those struck out, under the number of the file. */
static err move_out(struct tx *tx, const struct draw *d, const struct strike *s, int64_t n)
{
	struct draw_winner_row r;
	bool found;

	TRY(draw_q_winner_row(tx->db, d->city, d->id, s->prize, s->place, &r, &found));
	CHECK(found);
	TRY(draw_q_struck_add(tx, d->city, d->id, n, s->prize, s->place, r.run, r.k, r.coupon,
	    r.cid, r.card, r.masked, NULL));
	return draw_q_winner_drop(tx, d->city, d->id, s->prize, s->place, NULL);
}

/* Later than every round named before, so that the order cannot be chosen afterwards. */
static err later_round(struct arena *a, const struct draw *d, const struct strike *s,
    const struct after_row *v, size_t n, int64_t *round)
{
	struct draw_when when = { 0, s->notice, s->now };

	*round = 0;
	if (s->returned)
		return NULL;
	TRY(draw_choose_round(a, d, when, round));
	if (*round <= d->round)
		*round = d->round + 1;
	for (size_t i = 0; i < n; i++)
		if (*round <= v[i].round)
			*round = v[i].round + 1;
	return NULL;
}

err draw_strike(struct tx *tx, struct change *c, struct draw *d, const struct strike *s,
    int64_t *n)
{
	struct arena *a = db_arena(tx->db);
	struct winner_row_of w;
	struct after_row *v;
	size_t have;

	TRY(winner_at(tx->db, d, s->prize, s->place, &w));
	TRY(may_strike(a, d, &w, s));
	TRY(draw_afters(tx->db, d, &v, &have));
	if (have == AFTER_MAX)
		return ERR(a, ERR_CONFLICT, "draw-after-full");
	struct after x = { .kind = s->returned ? AFTER_RETURNED : AFTER_REDRAW, .draw = d->code,
	    .prize = w.code, .place = s->place, .chain = d->chain,
	    .reason = str_of(choice_by_value(strike_choices, (int64_t)s->reason)->code) };
	TRY(later_round(a, d, s, v, have, &x.round));
	*n = (int64_t)have + 1;
	TRY(draw_q_after_add(tx, d->city, d->id, *n, (int64_t)x.kind, s->prize, s->place,
	    (int64_t)s->reason, str_trim(s->words), x.round, s->by, s->now, NULL));
	TRY(move_out(tx, d, s, *n));
	TRY(draw_file_enter(tx, c, d, after_name(a, *n, x.kind), after_text(a, &x),
	    LEDGER_AFTER));
	if (!s->returned)
		TRY(relays_wanted(tx, c, d->city, s->now));
	draw_touch(c, d);
	return draw_sums_put(tx, d, NULL);
}

/* ---- the clock went on ----------------------------------------------------- */

static err newest(struct db *db, const struct draw *d, int64_t *round)
{
	struct after_row *v;
	struct sample s;
	size_t n;

	TRY(draw_afters(db, d, &v, &n));
	TRY(sample_get(db, d, &s));
	*round = s.there ? s.round : d->round;
	if (n)
		*round = v[n - 1].round;
	return NULL;
}

err draw_ahead(struct db *db, const struct draw *d, int64_t now)
{
	int64_t round;

	TRY(newest(db, d, &round));
	if (d->rehearsal || !round || now < beacon_due(round))
		return NULL;
	return ERR(db_arena(db), ERR_CONFLICT, "draw-round-came", .field = "minutes",
	    .arg = { arena_printf(db_arena(db), "%lld", (long long)round) });
}

/* ---- what stands ---------------------------------------------------------- */

static err told_load(struct db *db, const struct draw *d, const struct after_row *v, size_t n,
    struct after_told *t)
{
	struct arena *a = db_arena(db);

	for (size_t i = 0; i < n; i++) {
		t[i] = (struct after_told){ .name = after_name(a, v[i].n, v[i].kind) };
		TRY(draw_file_load(db, d, t[i].name, &t[i].text));
		if (!v[i].ran)
			continue;
		TRY(draw_file_load(db, d, after_part(a, v[i].n, "beacon.txt"), &t[i].beacon));
		TRY(beacon_again(a, d->code, d->chain, v[i].round, t[i].beacon));
	}
	return NULL;
}

err draw_stand(struct db *db, const struct draw *d, const struct bundle_input *in,
    const struct pick_list *l, const struct bundle_result *r, struct after_stand *s)
{
	struct after_told *t;
	struct after_row *v;
	size_t n;

	TRY(draw_afters(db, d, &v, &n));
	t = NEWN(db_arena(db), struct after_told, n + 1);
	TRY(told_load(db, d, v, n, t));
	return after_walk(db_arena(db), in, l, r, t, n, s);
}

/* ---- drawing anew ---------------------------------------------------------- */

struct draw_again {
	int64_t n;
	struct after_row row;
	str beacon, holders;
	struct pick_list list;
	const struct after_came *came;
};

static err find(struct db *db, const struct draw *d, int64_t n, struct after_row **v)
{
	struct arena *a = db_arena(db);
	size_t have;

	TRY(draw_afters(db, d, v, &have));
	if (n < 1 || (size_t)n > have || (*v)[n - 1].kind != AFTER_REDRAW)
		return ERR(a, ERR_MISSING, "no-such-page");
	for (int64_t i = 0; i < n; i++)
		if ((*v)[i].kind == AFTER_REDRAW && !(*v)[i].ran != (i == n - 1))
			return ERR(a, ERR_CONFLICT, "draw-again-step",
			    .arg = { arena_printf(a, "%03lld", (long long)i + 1) });
	return NULL;
}

static err pasted_for(struct arena *a, const struct draw *d, const struct after_row *row,
    str pasted, int64_t now, str *beacon)
{
	if (!d->rehearsal && now < beacon_due(row->round))
		return ERR(a, ERR_CONFLICT, "draw-beacon-early", .field = "pasted");
	return beacon_text(a, d->code, d->chain, row->round, pasted, beacon);
}

/* The files up to this one, the beacon that was pasted as its own. */
static err work(struct db *db, const struct draw *d, const struct after_row *v,
    struct draw_again *g)
{
	struct arena *a = db_arena(db);
	struct after_told *t = NEWN(a, struct after_told, (size_t)g->n);
	struct after_stand *s = NEW(a, struct after_stand);
	struct bundle_result main;
	struct bundle_input in;
	struct freeze f;

	TRY(draw_input_load(db, d, &in));
	TRY(draw_file_load(db, d, S(DRAW_HOLDERS), &g->holders));
	TRY(bundle_open(a, &in, &f, &g->list));
	TRY(bundle_draw(a, &in, &g->list, &main));
	TRY(told_load(db, d, v, (size_t)g->n, t));
	t[g->n - 1].beacon = g->beacon;
	TRY(after_walk(a, &in, &g->list, &main, t, (size_t)g->n, s));
	g->came = &s->came[g->n - 1];
	return NULL;
}

err draw_again_work_out(struct db *db, const struct draw *d, int64_t n, str pasted, int64_t now,
    struct draw_again **out)
{
	struct draw_again *g = NEW(db_arena(db), struct draw_again);
	struct after_row *v;

	*out = g;
	TRY(find(db, d, n, &v));
	g->n = n;
	g->row = v[n - 1];
	TRY(pasted_for(db_arena(db), d, &g->row, pasted, now, &g->beacon));
	return work(db, d, v, g);
}

static err put_files(struct tx *tx, const struct draw *d, const struct draw_again *g)
{
	struct arena *a = db_arena(tx->db);

	TRY(draw_file_put(tx, d, after_part(a, g->n, "beacon.txt"), g->beacon));
	TRY(draw_file_put(tx, d, after_part(a, g->n, "winner.tsv"), g->came->r.winners));
	TRY(draw_file_put(tx, d, after_part(a, g->n, "transcript.tsv"), g->came->r.transcript));
	return draw_sums_put(tx, d, NULL);
}

err draw_again(struct tx *tx, struct change *c, struct draw *d, const struct draw_again *g,
    int64_t now)
{
	struct prize *prizes;
	int64_t changed;
	size_t n;

	TRY(draw_q_after_ran(tx, d->city, d->id, g->n, now, &changed));
	if (changed != 1)
		return ERR(db_arena(tx->db), ERR_CONFLICT, "draw-raced", .arg = { d->name });
	if (g->came->won) {
		TRY(prize_list(tx->db, d, &prizes, &n));
		TRY(draw_winner_put(tx, d, prizes, g->holders, &g->list, &g->came->r.won[0]));
		TRY(draw_q_winner_run(tx, d->city, d->id, g->row.prize, g->row.place, g->n, NULL));
	}
	draw_touch(c, d);
	return put_files(tx, d, g);
}
