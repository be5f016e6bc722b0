#include "mod/draw/before.h"
#include "draw_read.h"
#include "draw_write.h"
#include "mod/draw/rules.h"

#define OBJECTION_DAYS	3
#define WORDS_MAX	1000

enum saying { SAID_NONE_BARRED, SAID_OVERRIDE };

/* ---- the window ---------------------------------------------------------- */

err window_get(struct db *db, const struct draw *d, struct window *w)
{
	struct draw_objection_count c;
	struct draw_window_get r;

	*w = (struct window){ 0 };
	TRY(draw_q_window_get(db, d->city, d->id, &r, &w->there));
	if (!w->there)
		return NULL;
	TRY(draw_q_objection_count(db, d->city, d->id, &c));
	*w = (struct window){ true, r.opened, r.ends, r.holders, r.coupons, c.n, c.answered };
	return NULL;
}

static err need_draft(struct tx *tx, const struct draw *d)
{
	struct draw now = *d;

	TRY(draw_reload(tx->db, &now));
	if (now.state != DRAW_DRAFT)
		return ERR(db_arena(tx->db), ERR_CONFLICT, "draw-fixed", .arg = { d->name });
	return NULL;
}

err window_days(struct db *db, const struct draw *d, int64_t *days)
{
	return draw_setting(db, d->city, "objection-days", OBJECTION_DAYS, days);
}

err window_open(struct tx *tx, struct change *c, const struct draw *d, const struct festival *f,
    str by, int64_t now)
{
	struct arena *a = db_arena(tx->db);
	int64_t days, holders, coupons;
	struct window w;

	TRY(need_draft(tx, d));
	if (!d->rehearsal && f->state != FESTIVAL_CLOSED && f->state != FESTIVAL_FROZEN)
		return ERR(a, ERR_CONFLICT, "draw-festival-open", .arg = { f->name });
	TRY(window_get(tx->db, d, &w));
	if (w.there)
		return ERR(a, ERR_CONFLICT, "draw-window-twice", .arg = { d->name });
	TRY(window_days(tx->db, d, &days));
	TRY(draw_holders(tx->db, f, &holders, &coupons));
	draw_touch(c, d);
	return draw_q_window_add(tx, d->city, d->id, now, now + days * DAY, holders, coupons, by,
	    NULL);
}

/* ---- objections ------------------------------------------------------------ */

static bool words_ok(str words)
{
	return words.n && words.n <= WORDS_MAX && str_utf8(words);
}

err objections(struct db *db, const struct draw *d, card_id card, struct objection **out,
    size_t *n)
{
	struct draw_objection_list *v;

	TRY(draw_q_objection_list(db, d->city, d->id, card, &v, n));
	*out = NEWN(db_arena(db), struct objection, *n + 1);
	for (size_t i = 0; i < *n; i++)
		(*out)[i] = (struct objection){ v[i].id, v[i].number, v[i].at, v[i].answered,
		    v[i].card, v[i].words, v[i].answer, v[i].by,
		    (enum objection_state)v[i].state };
	return NULL;
}

err objection_get(struct db *db, const struct draw *d, int64_t id, struct objection *o)
{
	struct draw_objection_get r;
	bool found;

	TRY(draw_q_objection_get(db, d->city, d->id, id, &r, &found));
	if (!found)
		return ERR(db_arena(db), ERR_MISSING, "no-such-page");
	*o = (struct objection){ id, r.number, r.at, r.answered, r.card, r.words, r.answer, r.by,
	    (enum objection_state)r.state };
	return NULL;
}

err objection_add(struct tx *tx, struct change *c, const struct draw *d, card_id card, str words,
    int64_t now)
{
	struct arena *a = db_arena(tx->db);
	struct objection *own;
	struct window w;
	size_t n;

	words = str_trim(words);
	if (!words_ok(words))
		return ERR(a, ERR_INVALID, "field-needed", .field = "words");
	TRY(window_get(tx->db, d, &w));
	if (!w.there || now < w.opened || now >= w.ends || d->state != DRAW_DRAFT)
		return ERR(a, ERR_CONFLICT, "draw-window-shut", .arg = { d->name });
	TRY(objections(tx->db, d, card, &own, &n));
	if (n >= OBJECTIONS_A_CARD)
		return ERR(a, ERR_CONFLICT, "draw-objections-many");
	draw_touch(c, d);
	return draw_q_objection_add(tx, d->city, id_new(), d->id, card, words, now, NULL);
}

err objection_answer(struct tx *tx, struct change *c, const struct draw *d, int64_t id,
    enum objection_state to, str answer, str by, int64_t now)
{
	struct arena *a = db_arena(tx->db);
	int64_t changed;

	answer = str_trim(answer);
	if (!words_ok(answer))
		return ERR(a, ERR_INVALID, "field-needed", .field = "answer");
	if (to != OBJECTION_UPHELD && to != OBJECTION_REFUSED)
		return ERR(a, ERR_INVALID, "field-choice", .field = "decision");
	TRY(draw_q_objection_answer(tx, d->city, d->id, id, (int64_t)to, answer, by, now,
	    &changed));
	if (changed != 1)
		return ERR(a, ERR_CONFLICT, "draw-answered");
	draw_touch(c, d);
	return NULL;
}

err holder_coupons(struct db *db, const struct festival *f, card_id card, int64_t *coupons)
{
	struct draw_holder_coupons r;

	TRY(draw_q_holder_coupons(db, f->city, f->id, card, &r));
	*coupons = r.coupons;
	return NULL;
}

/* ---- who may not win --------------------------------------------------------- */

err draw_declare_none(struct tx *tx, struct change *c, const struct draw *d, str by, int64_t now)
{
	TRY(need_draft(tx, d));
	draw_touch(c, d);
	return draw_q_saying_set(tx, d->city, d->id, SAID_NONE_BARRED, S(""), by, now, NULL);
}

err draw_declared_none(struct db *db, const struct draw *d, bool *said)
{
	struct draw_saying_get r;

	return draw_q_saying_get(db, d->city, d->id, SAID_NONE_BARRED, &r, said);
}

err draw_exclude_phone(struct tx *tx, struct change *c, const struct draw *d,
    const struct festival *f, str phone, const struct barring *b)
{
	struct draw_cards_of_phone *v;
	size_t n;

	TRY(draw_q_cards_of_phone(tx->db, f->city, f->id, phone, &v, &n));
	if (!n)
		return ERR(db_arena(tx->db), ERR_INVALID, "draw-phone-unknown", .field = "phone",
		    .arg = { phone });
	for (size_t i = 0; i < n; i++)
		TRY(draw_exclude(tx, c, d, f, v[i].number, b));
	return NULL;
}

/* ---- may it be frozen? ---------------------------------------------------------- */

static err window_over(struct db *db, const struct draw *d, enum zone zone, int64_t now)
{
	struct arena *a = db_arena(db);
	struct buf until = BUF(a, 80);
	struct window w;

	TRY(window_get(db, d, &w));
	if (!w.there)
		return ERR(a, ERR_CONFLICT, "draw-window-none", .arg = { d->name });
	time_put_moment(&until, w.ends, zone, LANG_ID);
	if (now < w.ends)
		return ERR(a, ERR_CONFLICT, "draw-window-open", .arg = { buf_done(&until) });
	if (w.answered < w.objections)
		return ERR(a, ERR_CONFLICT, "draw-objections",
		    .arg = { arena_printf(a, "%lld", (long long)(w.objections - w.answered)) });
	return NULL;
}

err draw_may_freeze(struct db *db, const struct draw *d, str override, enum zone zone,
    int64_t now)
{
	struct exclusion *x;
	size_t n;
	bool none;

	if (d->rehearsal)
		return NULL;
	TRY(draw_exclusions(db, d, &x, &n));
	TRY(draw_declared_none(db, d, &none));
	if (!n && !none)
		return ERR(db_arena(db), ERR_CONFLICT, "draw-nobody-barred", .arg = { d->name });
	return str_trim(override).n ? NULL : window_over(db, d, zone, now);
}

err draw_overridden(struct tx *tx, const struct draw *d, str override, str by, int64_t now)
{
	override = str_trim(override);
	if (d->rehearsal || !override.n)
		return NULL;
	return draw_q_saying_set(tx, d->city, d->id, SAID_OVERRIDE, override, by, now, NULL);
}

err draw_books_agree(struct db *db, const struct app *app)
{
	struct arena *a = db_arena(db);

	for (size_t m = 0; m < app->n_modules; m++)
		for (size_t i = 0; i < app->modules[m]->n_checks; i++) {
			const struct check *c = &app->modules[m]->checks[i];
			struct buf broken = BUF(a, 1 << 20);
			TRY(c->run(db, &broken));
			if (broken.n)
				return ERR(a, ERR_CONFLICT, "draw-check-failed",
				    .arg = { str_of(c->name) }, .log = buf_done(&broken));
		}
	return NULL;
}
