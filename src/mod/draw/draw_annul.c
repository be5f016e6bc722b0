#include "core/city.h"
#include "draw_read.h"
#include "draw_write.h"
#include "mod/draw/annul.h"
#include "mod/draw/relay.h"
#include "mod/draw/rules.h"
#include <string.h>

#define REPLACED_MAX	99

err annulment_get(struct db *db, const struct draw *d, struct annulment *x)
{
	struct draw_annulment_get r;

	*x = (struct annulment){ 0 };
	TRY(draw_q_annulment_get(db, d->city, d->id, &r, &x->there));
	if (x->there)
		*x = (struct annulment){ true, r.at > 0, r.notary, r.deed, r.by, r.second,
		    r.proposed, r.at, r.next };
	return NULL;
}

str annulment_text(struct arena *a, const struct draw *d, const struct annulment *x)
{
	struct civil c = time_civil(x->at, (enum zone)0);

	return arena_printf(a, "laris-annulment/v1\ndraw %.*s\ndrand %.*s\nround %lld\n"
	    "reason beacon-late\nat %04d-%02d-%02dT%02d:%02d:%02dZ\nnotary %.*s\ndeed %.*s\n",
	    SV(d->code), SV(d->chain), (long long)d->round, c.year, c.month, c.day, c.hour,
	    c.minute, c.second, SV(x->notary), SV(x->deed));
}

/* ---- may it? ------------------------------------------------------------------ */

static err early(struct arena *a, enum zone zone, int64_t until)
{
	struct buf b = BUF(a, 80);

	time_put_moment(&b, until, zone, LANG_ID);
	return ERR(a, ERR_CONFLICT, "draw-annul-early", .arg = { buf_done(&b) });
}

/* Since the 72 hours are over somebody must have been asked who could have it. */
static bool asked_since(const struct relays *r, int64_t since)
{
	for (size_t i = 0; i < r->n; i++)
		if (r->v[i].asked && r->v[i].state != RELAY_INSIDE && r->v[i].at >= since)
			return true;
	return false;
}

err annul_may(struct db *db, const struct draw *d, enum zone zone, int64_t now)
{
	struct arena *a = db_arena(db);
	int64_t until = draw_due(d) + ANNUL_AFTER;
	struct relays r;

	if (d->rehearsal)
		return ERR(a, ERR_CONFLICT, "draw-annul-rehearsal");
	if (d->state == DRAW_BEACON || draw_was_run(d))
		return ERR(a, ERR_CONFLICT, "draw-annul-came", .arg = { d->name });
	if (d->state != DRAW_FROZEN)
		return ERR(a, ERR_CONFLICT, "draw-step", .arg = { d->name });
	if (now < until)
		return early(a, zone, until);
	TRY(relays_get(db, d, PART_DRAW, d->round, draw_due(d), now, &r));
	return asked_since(&r, until) ? NULL : ERR(a, ERR_CONFLICT, "draw-annul-unasked");
}

/* ---- proposed, taken back, confirmed ----------------------------------------------- */

static err words_check(struct arena *a, str s, size_t most, const char *field)
{
	bool plain = s.n <= most && str_utf8(s);

	if (!s.n)
		return ERR(a, ERR_INVALID, "field-needed", .field = field);
	for (size_t i = 0; i < s.n; i++)
		plain &= (unsigned char)s.p[i] >= 0x20 && s.p[i] != 0x7f;
	return plain ? NULL : ERR(a, ERR_INVALID, "draw-annul-words", .field = field);
}

err annul_propose(struct tx *tx, struct change *c, struct draw *d, const struct annul_ask *ask)
{
	struct arena *a = db_arena(tx->db);
	str notary = str_trim(ask->notary), deed = str_trim(ask->deed);

	TRY(draw_reload(tx->db, d));
	TRY(annul_may(tx->db, d, ask->zone, ask->now));
	TRY(words_check(a, notary, ANNUL_NOTARY_MAX, "notary"));
	TRY(words_check(a, deed, ANNUL_DEED_MAX, "deed"));
	draw_touch(c, d);
	return draw_q_annulment_set(tx, d->city, d->id, notary, deed, ask->by, ask->now, NULL);
}

err annul_withdraw(struct tx *tx, struct change *c, const struct draw *d)
{
	int64_t changed;

	TRY(draw_q_annulment_drop(tx, d->city, d->id, &changed));
	if (changed != 1)
		return ERR(db_arena(tx->db), ERR_CONFLICT, "draw-annul-none");
	draw_touch(c, d);
	return NULL;
}

err annul_confirm(struct tx *tx, struct change *c, struct draw *d, const struct annul_ask *ask,
    str minutes)
{
	struct arena *a = db_arena(tx->db);
	struct annulment x;

	TRY(draw_reload(tx->db, d));
	TRY(annul_may(tx->db, d, ask->zone, ask->now));
	TRY(annulment_get(tx->db, d, &x));
	if (!x.there)
		return ERR(a, ERR_CONFLICT, "draw-annul-none");
	if (str_eq(x.by, ask->by))
		return ERR(a, ERR_CONFLICT, "draw-annul-alone");
	TRY(draw_step(tx, c, d, DRAW_ANNULLED));
	TRY(draw_q_annulment_done(tx, d->city, d->id, ask->by, ask->now, NULL));
	x.at = ask->now;
	TRY(draw_file_enter(tx, c, d, S(ANNUL_FILE), annulment_text(a, d, &x),
	    LEDGER_ANNULMENT));
	if (minutes.n)
		TRY(draw_file_put(tx, d, S("berita-acara.pdf"), minutes));
	TRY(draw_sums_put(tx, d, NULL));
	return draw_reload(tx->db, d);
}

/* ---- in its place -------------------------------------------------------------------- */

/* "utama-2", or the first after it that nobody has. */
static err create_next(struct tx *tx, struct change *c, const struct festival *f,
    const struct draw *old, struct draw *d, int64_t now)
{
	struct arena *a = db_arena(tx->db);
	err e = NULL;

	for (int n = 2; n <= REPLACED_MAX; n++) {
		*d = (struct draw){ .name = arena_printf(a, "%.*s (%d)", SV(old->name), n),
		    .slug = arena_printf(a, "%.*s-%d", SV(old->slug), n), .rules = old->rules };
		e = draw_create(tx, c, f, d, now);
		if (!e || e->kind != ERR_CONFLICT)
			break;
	}
	return e;
}

/* They were judged as a table when the first one was frozen. */
static err copy_prizes(struct tx *tx, const struct draw *old, const struct draw *d)
{
	struct prize *p;
	size_t n;

	TRY(prize_list(tx->db, old, &p, &n));
	for (size_t i = 0; i < n; i++)
		TRY(draw_q_prize_add(tx, d->city, (prize_id){ id_new() }, d->id, p[i].position,
		    p[i].code, p[i].cls, p[i].number, p[i].title, p[i].value, NULL));
	return NULL;
}

err draw_replace(struct tx *tx, struct change *c, const struct festival *f,
    const struct draw *old, struct draw *d, int64_t now)
{
	struct arena *a = db_arena(tx->db);
	struct annulment x;
	int64_t changed;

	if (old->state != DRAW_ANNULLED)
		return ERR(a, ERR_CONFLICT, "draw-step", .arg = { old->name });
	TRY(annulment_get(tx->db, old, &x));
	if (x.next.v)
		return ERR(a, ERR_CONFLICT, "draw-replaced", .arg = { old->name });
	TRY(create_next(tx, c, f, old, d, now));
	TRY(copy_prizes(tx, old, d));
	TRY(draw_q_exclusion_copy(tx, d->city, old->id, d->id, NULL));
	TRY(draw_q_annulment_next(tx, old->city, old->id, d->id, &changed));
	CHECK(changed == 1);
	draw_touch(c, old);
	return NULL;
}

err draw_replaced(struct db *db, const struct draw *d, struct draw *old, bool *found)
{
	struct draw_annulment_of r;

	TRY(draw_q_annulment_of(db, d->city, d->id, &r, found));
	if (!*found)
		return NULL;
	*old = (struct draw){ .city = d->city, .id = r.draw };
	return draw_reload(db, old);
}
