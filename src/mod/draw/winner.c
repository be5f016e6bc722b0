#include "mod/draw/winner.h"
#include "core/setting.h"
#include "draw_read.h"
#include "draw_write.h"
#include "mod/draw/rules.h"

#define CLAIM_DAYS	30
#define RECEIVER_MAX	100

err draw_setting(struct db *db, city_id city, const char *name, int64_t fallback, int64_t *v)
{
	str set;

	TRY(setting_text(db, city, name, &set));
	if (!str_int(set, 0, 100000000, v))
		*v = fallback;
	return NULL;
}

err winner_deadline(struct db *db, const struct draw *d, int64_t *at)
{
	int64_t days;

	*at = 0;
	if (!draw_was_run(d))
		return NULL;
	TRY(draw_setting(db, d->city, "draw-claim-days", CLAIM_DAYS, &days));
	*at = d->drawn + days * DAY;
	return NULL;
}

err winner_at(struct db *db, const struct draw *d, prize_id prize, int64_t place,
    struct winner_row_of *w)
{
	struct draw_winner_row r;
	bool found;

	TRY(draw_q_winner_row(db, d->city, d->id, prize, place, &r, &found));
	if (!found)
		return ERR(db_arena(db), ERR_MISSING, "draw-no-winner");
	*w = (struct winner_row_of){ .prize = prize, .code = r.code, .title = r.title,
	    .masked = r.masked, .words = r.words, .place = place, .coupon = r.coupon,
	    .run = r.run, .moved = r.moved, .value = r.value,
	    .state = (enum winner_state)r.state, .card = r.card, .number = r.number };
	return NULL;
}

err winner_all(struct db *db, const struct draw *d, struct winner_row_of **out, size_t *n)
{
	struct draw_winner_rows *v;

	TRY(draw_q_winner_rows(db, d->city, d->id, &v, n));
	*out = NEWN(db_arena(db), struct winner_row_of, *n + 1);
	for (size_t i = 0; i < *n; i++)
		TRY(winner_at(db, d, v[i].prize, v[i].place, &(*out)[i]));
	return NULL;
}

err winner_move(struct tx *tx, struct change *c, const struct draw *d, prize_id prize,
    int64_t place, enum winner_state to, int64_t now)
{
	struct arena *a = db_arena(tx->db);
	struct winner_row_of w;
	int64_t changed = 0;

	TRY(winner_at(tx->db, d, prize, place, &w));
	if (to == w.state + 1 && to < WINNER_STATES)
		TRY(draw_q_winner_move(tx, d->city, d->id, prize, place, (int64_t)w.state,
		    (int64_t)to, now, &changed));
	if (changed != 1)
		return ERR(a, ERR_CONFLICT, "draw-winner-step", .arg = { w.title });
	draw_touch(c, d);
	return NULL;
}

/* ---- the hand-over ----------------------------------------------------- */

/* By its first bytes: what a browser claims is not asked. */
static const char *picture_type(str bytes)
{
	if (str_starts(bytes, S("\xff\xd8\xff")))
		return "image/jpeg";
	return str_starts(bytes, S("\x89PNG\r\n\x1a\n")) ? "image/png" : NULL;
}

static err keep(struct tx *tx, const struct draw *d, const struct winner_row_of *w,
    enum paper_kind kind, str bytes)
{
	const char *type = picture_type(bytes);

	if (!bytes.n)
		return NULL;
	if (!type)
		return ERR(db_arena(tx->db), ERR_INVALID, "draw-picture",
		    .field = kind == PAPER_PHOTO ? "photo" : "paper");
	return draw_q_paper_set(tx, d->city, d->id, w->prize, w->place, (int64_t)kind,
	    str_of(type), bytes, NULL);
}

err winner_paper(struct db *db, const struct draw *d, prize_id prize, int64_t place,
    enum paper_kind kind, str *type, str *bytes, bool *there)
{
	struct draw_paper_get r;

	TRY(draw_q_paper_get(db, d->city, d->id, prize, place, (int64_t)kind, &r, there));
	if (*there) {
		*type = r.type;
		*bytes = r.bytes;
	}
	return NULL;
}

static err told(struct tx *tx, struct change *c, const struct draw *d,
    const struct winner_row_of *w, const struct handing *h)
{
	struct arena *a = db_arena(tx->db);
	struct buf day = BUF(a, 40);
	struct after_row *v;
	size_t n;

	time_put_iso_day(&day, time_day(h->now, h->zone));
	TRY(draw_afters(tx->db, d, &v, &n));
	if (n == AFTER_MAX)
		return ERR(a, ERR_CONFLICT, "draw-after-full");
	struct after x = { .kind = AFTER_HANDOVER, .draw = d->code, .prize = w->code,
	    .place = w->place, .day = buf_done(&day) };
	TRY(draw_q_after_add(tx, d->city, d->id, (int64_t)n + 1, AFTER_HANDOVER, w->prize,
	    w->place, 0, S(""), 0, h->by, h->now, NULL));
	TRY(draw_file_enter(tx, c, d, after_name(a, (int64_t)n + 1, x.kind), after_text(a, &x),
	    LEDGER_AFTER));
	return draw_sums_put(tx, d, NULL);
}

err winner_give(struct tx *tx, struct change *c, struct draw *d, prize_id prize, int64_t place,
    const struct handing *h)
{
	struct arena *a = db_arena(tx->db);
	str receiver = str_trim(h->receiver);
	struct winner_row_of w;

	if (!receiver.n || receiver.n > RECEIVER_MAX || !str_utf8(receiver))
		return ERR(a, ERR_INVALID, "field-needed", .field = "receiver");
	TRY(winner_at(tx->db, d, prize, place, &w));
	TRY(winner_move(tx, c, d, prize, place, WINNER_GIVEN, h->now));
	TRY(draw_q_winner_words(tx, d->city, d->id, prize, place, receiver, NULL));
	TRY(keep(tx, d, &w, PAPER_PHOTO, h->photo));
	TRY(keep(tx, d, &w, PAPER_SIGNED, h->paper));
	return told(tx, c, d, &w, h);
}
