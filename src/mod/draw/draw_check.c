/* draw_check.c - what must hold of a draw for as long as it is kept. */
#include "draw_read.h"
#include "mod/draw/annul.h"
#include "mod/draw/beacon.h"
#include "mod/draw/before.h"
#include "mod/draw/bundle.h"
#include "mod/draw/rules.h"
#include "mod/draw/sample.h"
#include "mod/draw/winner.h"

static void differ(struct buf *b, const struct draw *d, const char *what)
{
	buf_printf(b, "%.*s: %s\n", SV(d->code), what);
}

static bool row_fits(struct arena *a, const struct draw *d, const struct freeze *f)
{
	return f->entries == d->entries && f->coupons == d->coupons && f->round == d->round &&
	    str_eq(f->draw, d->code) && str_eq(hash_hex(a, &f->root), d->root);
}

/* A stored file is missing, or is not what freeze.txt says: a fault, no error. */
static err opened(struct db *db, const struct draw *d, struct bundle_input *in,
    struct pick_list *l, struct buf *b, bool *good)
{
	struct freeze f;
	err e = draw_frozen_load(db, d, in);

	if (!e)
		e = bundle_open(db_arena(db), in, &f, l);
	*good = !e;
	if (e && e->kind != ERR_MISSING && e->kind != ERR_INVALID)
		return e;
	if (e)
		differ(b, d, "the stored files are not those that were frozen");
	else if (!row_fits(db_arena(db), d, &f))
		differ(b, d, "its row is not what freeze.txt says");
	return NULL;
}

/* Each standing win has its row, and there are no others. */
static err rows_fit(struct db *db, const struct draw *d, const struct after_stand *s, bool *fit)
{
	struct draw_winner_list *w;
	size_t n, n_prizes, standing = 0;
	struct prize *p;

	TRY(draw_q_winner_list(db, d->city, d->id, &w, &n));
	TRY(prize_list(db, d, &p, &n_prizes));
	for (size_t i = 0; i < s->n; i++)
		standing += !s->v[i].gone;
	*fit = standing == n;
	for (size_t i = 0; i < n && *fit; i++) {
		const struct after_place *at = NULL;
		for (size_t j = 0; j < n_prizes; j++)
			if (p[j].id.v == w[i].prize.v)
				at = after_find(s, j, w[i].place);
		*fit = at && (int64_t)at->win.coupon == w[i].coupon;
	}
	return NULL;
}

static err stands(struct db *db, const struct draw *d, struct bundle_input *in,
    const struct pick_list *l, const struct bundle_result *r, struct buf *b)
{
	struct after_stand s;
	bool fit;
	err e = draw_stand(db, d, in, l, r, &s);

	if (e && e->kind != ERR_MISSING && e->kind != ERR_INVALID)
		return e;
	if (e) {
		differ(b, d, "the files in after/ do not follow from the draw");
		return NULL;
	}
	TRY(rows_fit(db, d, &s, &fit));
	if (!fit)
		differ(b, d, "the winners' rows are not those that follow from the files");
	for (size_t i = 0; i < s.n_came; i++) {
		str winner;
		if (!s.came[i].ran)
			continue;
		TRY(draw_file_load(db, d, after_part(db_arena(db), (int64_t)i + 1, "winner.tsv"),
		    &winner));
		if (!str_eq(winner, s.came[i].r.winners))
			differ(b, d, "a redraw's winner does not follow from its beacon");
	}
	return NULL;
}

static err drawn(struct db *db, const struct draw *d, struct bundle_input *in,
    const struct pick_list *l, struct buf *b)
{
	struct bundle_result r;
	str winners, transcript;

	TRY(draw_file_load(db, d, S("beacon.txt"), &in->beacon));
	TRY(draw_file_load(db, d, S("winners.tsv"), &winners));
	TRY(draw_file_load(db, d, S("transcript.tsv"), &transcript));
	TRY(bundle_draw(db_arena(db), in, l, &r));
	if (beacon_again(db_arena(db), d->code, d->chain, d->round, in->beacon))
		differ(b, d, "its beacon is not what the chain signed");
	if (!str_eq(winners, r.winners) || !str_eq(transcript, r.transcript)) {
		differ(b, d, "the winners do not follow from the beacon");
		return NULL;
	}
	return stands(db, d, in, l, &r, b);
}

/* The coupons that were checked are those the earlier round chose. */
static err sampled(struct db *db, const struct draw *d, const struct bundle_input *in,
    const struct pick_list *l, struct buf *b)
{
	str told, beacon, tsv, again;
	struct sampled *v;
	struct sample s;

	TRY(sample_get(db, d, &s));
	if (!s.ran)
		return NULL;
	v = NEWN(db_arena(db), struct sampled, (size_t)s.count);
	TRY(draw_file_load(db, d, S("sample.txt"), &told));
	TRY(draw_file_load(db, d, S("sample-beacon.txt"), &beacon));
	TRY(draw_file_load(db, d, S("sample.tsv"), &tsv));
	TRY(sample_choose(db_arena(db), l, in->freeze, told, beacon, (size_t)s.count, v, &again));
	if (!str_eq(tsv, again) ||
	    beacon_again(db_arena(db), d->code, d->chain, s.round, beacon))
		differ(b, d, "the sample is not what its round chose");
	return NULL;
}

/* What was entered in the log is what its row says; and nothing was drawn. */
static err annulled(struct db *db, const struct draw *d, struct buf *b)
{
	struct annulment x;
	int64_t number, size;
	bool drawn;
	str text;

	TRY(annulment_get(db, d, &x));
	TRY(draw_file_load(db, d, S(ANNUL_FILE), &text));
	TRY(draw_file_entry(db, d, S(ANNUL_FILE), &number));
	TRY(draw_file_size(db, d, S("winners.tsv"), &size, &drawn));
	if (!x.done || drawn || number < 0 ||
	    !str_eq(text, annulment_text(db_arena(db), d, &x)))
		differ(b, d, "it is annulled, but not as its row says");
	return NULL;
}

static err one(struct db *db, city_id city, draw_id id, struct buf *b)
{
	struct draw d = { .city = city, .id = id };
	struct bundle_input in = { .freeze = S("") };
	struct pick_list l;
	bool good;

	TRY(draw_reload(db, &d));
	TRY(opened(db, &d, &in, &l, b, &good));
	if (good)
		TRY(sampled(db, &d, &in, &l, b));
	if (good && draw_was_run(&d))
		TRY(drawn(db, &d, &in, &l, b));
	return d.state == DRAW_ANNULLED ? annulled(db, &d, b) : NULL;
}

static err frozen_as_published(struct db *db, struct buf *b)
{
	CLEANUP(arena_free) struct arena *scratch = arena_new();
	struct arena *mine = db_arena(db);
	struct draw_check_draws *v;
	size_t n;
	err e = NULL;

	TRY(draw_q_check_draws(db, &v, &n));
	db_arena_set(db, scratch);
	for (size_t i = 0; i < n && !e; i++) {
		e = one(db, v[i].city, v[i].id, b);
		if (!e)
			arena_reset(scratch);
	}
	db_arena_set(db, mine);
	/* The error lives in what is freed here. */
	if (e)
		buf_printf(b, "a draw cannot be read: %s\n", e->rule);
	return NULL;
}

const struct check draw_checks[DRAW_CHECKS] = {
	{ "draw-frozen",
	    "A frozen draw's files are those published, and its winners follow from them.",
	    frozen_as_published },
};
