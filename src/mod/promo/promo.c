#include "mod/promo/promo.h"
#include "mod/promo/words.h"
#include "promo_read.h"
#include "promo_write.h"

enum { WORDS = 60 };

err promo_get(struct db *db, city_id city, promotion_id id, struct promotion *p)
{
	struct promo_by_id r;
	bool found;

	TRY(promo_q_by_id(db, city, id, &r, &found));
	if (!found)
		return ERR(db_arena(db), ERR_MISSING, "promo-unknown");
	*p = (struct promotion){ .city = city, .id = r.id, .festival = r.festival,
	    .merchant = r.merchant, .venue = r.venue, .kind = (enum promo_kind)r.kind,
	    .state = (enum promo_state)r.state, .title = r.title, .gives = r.gives,
	    .terms = r.terms, .percent = r.percent, .worth = r.worth, .first_day = r.first_day,
	    .last_day = r.last_day, .from = r.from_minute, .to = r.to_minute, .quota = r.quota,
	    .per_card = r.per_card, .budget = r.budget, .reason = r.reason,
	    .created_by = r.created_by, .decided_by = r.decided_by, .slug = r.slug,
	    .created = r.created, .decided = r.decided, .used = r.used, .given = r.given };
	return NULL;
}

/* Members that its kind has no use for are empty, whatever was typed. */
static void tidy(struct promotion *p)
{
	if (p->kind != PROMO_PERCENT)
		p->percent = 0;
	if (p->kind == PROMO_PERCENT || p->kind == PROMO_AMOUNT)
		p->gives = (str){ 0 };
	if (p->from == 0 && p->to == 1440)
		p->to = 0;
}

static err judge(struct arena *a, const struct festival *f, struct promotion *p)
{
	tidy(p);
	if (f->state >= FESTIVAL_CLOSED)
		return ERR(a, ERR_CONFLICT, "promo-sale-over", .arg = { f->name });
	return promo_sane(a, f, p);
}

err promo_add(struct tx *tx, const struct festival *f, struct promotion *p, str by, int64_t now)
{
	TRY(judge(db_arena(tx->db), f, p));
	p->city = f->city;
	p->festival = f->id;
	p->id = (promotion_id){ id_new() };
	p->state = PROMO_DRAFT;
	p->created = now;
	p->created_by = by;
	TRY(promo_q_add(tx, p->city, p->id, f->id, p->merchant, p->venue, (int64_t)p->kind,
	    (int64_t)p->state, p->title, p->gives, p->terms, p->percent, p->worth, p->first_day,
	    p->last_day, p->from, p->to, p->quota, p->per_card, p->budget, now, by, p->slug,
	    NULL));
	return promo_q_total_start(tx, p->city, p->id, NULL);
}

err promo_change(struct tx *tx, const struct festival *f, const struct promotion *to)
{
	struct arena *a = db_arena(tx->db);
	struct promotion was, p = *to;

	TRY(promo_get(tx->db, p.city, p.id, &was));
	if (was.state != PROMO_DRAFT && was.state != PROMO_REFUSED)
		return ERR(a, ERR_CONFLICT, "promo-fixed");
	TRY(judge(a, f, &p));
	return promo_q_change(tx, p.city, p.id, p.venue, (int64_t)p.kind, p.title, p.gives, p.terms,
	    p.percent, p.worth, p.first_day, p.last_day, p.from, p.to, p.quota, p.per_card,
	    p.budget, NULL);
}

err promo_more(struct tx *tx, const struct promotion *p, int64_t quota)
{
	struct arena *a = db_arena(tx->db);
	int64_t changed;

	if (p->state != PROMO_PUBLISHED)
		return ERR(a, ERR_CONFLICT, "promo-not-out");
	TRY(promo_q_more(tx, p->city, p->id, quota, &changed));
	return changed ? NULL : ERR(a, ERR_CONFLICT, "promo-quota-less", .field = "quota",
	    .arg = { arena_printf(a, "%lld", (long long)p->quota),
		arena_printf(a, "%lld", (long long)p->used) });
}

/* ---- found by its words ------------------------------------------------ */

static err words_put(struct tx *tx, const struct promotion *p)
{
	struct arena *a = db_arena(tx->db);
	struct promo_place at;
	str v[WORDS];
	bool found;

	TRY(promo_q_place(tx->db, p->city, p->id, &at, &found));
	CHECK(found);
	str all = arena_printf(a, "%.*s %.*s %.*s %.*s %.*s %.*s", SV(p->title),
	    SV(at.merchant_name),
	    SV(at.venue_name), SV(p->gives),
	    SV(text(LANG_ID, promo_kind_choices[p->kind].label)), SV(p->terms));
	size_t n = words_of(a, all, v, WORDS);
	TRY(promo_q_word_add(tx, p->city, p->festival, (str){ 0 }, p->id, NULL));
	for (size_t i = 0; i < n; i++)
		TRY(promo_q_word_add(tx, p->city, p->festival, v[i], p->id, NULL));
	return promo_q_village_add(tx, p->city, p->festival, at.village.n ? at.village :
	    at.venue_village, NULL);
}

/* ---- its life ------------------------------------------------------------ */

static err step_judge(struct arena *a, const struct festival *f, const struct promotion *p,
    enum promo_state to, unsigned who, struct promo_clock c)
{
	if (!promo_may_go(p->state, to, who))
		return ERR(a, ERR_CONFLICT, "promo-step",
		    .arg = { text(LANG_ID, promo_state_choices[p->state].label),
			text(LANG_ID, promo_state_choices[to].label) });
	if (to != PROMO_ASKED && to != PROMO_PUBLISHED)
		return NULL;
	if (f->state >= FESTIVAL_CLOSED)
		return ERR(a, ERR_CONFLICT, "promo-sale-over", .arg = { f->name });
	if (promo_over(p, c))
		return ERR(a, ERR_CONFLICT, "promo-past");
	return NULL;
}

err promo_move(struct tx *tx, const struct festival *f, struct promotion *p, enum promo_state to,
    unsigned who, struct promo_clock c, str reason, str by, int64_t now)
{
	struct arena *a = db_arena(tx->db);
	int64_t changed;

	TRY(step_judge(a, f, p, to, who, c));
	reason = str_trim(reason);
	if (promo_needs_reason(to) && !reason.n)
		return ERR(a, ERR_INVALID, "promo-reason", .field = "reason");
	TRY(promo_q_state_set(tx, p->city, p->id, (int64_t)p->state, (int64_t)to, reason, now, by,
	    &changed));
	if (changed != 1)
		return ERR(a, ERR_CONFLICT, "promo-step",
		    .arg = { text(LANG_ID, promo_state_choices[p->state].label),
			text(LANG_ID, promo_state_choices[to].label) });
	if (p->state == PROMO_PUBLISHED)
		TRY(promo_q_word_drop(tx, p->city, p->id, NULL));
	p->state = to;
	return to == PROMO_PUBLISHED ? words_put(tx, p) : NULL;
}

err promo_end_old(struct tx *tx, const struct city *city, int64_t now)
{
	struct arena *a = db_arena(tx->db);
	struct festival f = { 0 };
	struct promo_ending *v;
	size_t n;

	TRY(promo_q_ending(tx->db, city->id, time_day(now, city->zone), &v, &n));
	for (size_t i = 0; i < n; i++) {
		struct promotion p;
		if (v[i].festival.v != f.id.v)
			TRY(festival_find(tx->db, city->id, id_text(a, v[i].festival.v), &f));
		struct promo_clock c = promo_clock(&f, city->zone, now);
		TRY(promo_get(tx->db, city->id, v[i].id, &p));
		if (promo_over(&p, c))
			TRY(promo_move(tx, &f, &p, PROMO_ENDED, PROMO_CLOCK, c, p.reason,
			    (str){ 0 }, now));
	}
	TRY(promo_q_villages_clear(tx, city->id, NULL));
	return promo_q_villages_find(tx, city->id, NULL);
}

err place_set(struct tx *tx, city_id city, venue_id venue, int64_t latitude, int64_t longitude)
{
	int64_t changed;

	TRY(promo_q_venue_put(tx, city, venue, latitude, longitude, &changed));
	return changed ? NULL : ERR(db_arena(tx->db), ERR_MISSING, "no-such-page");
}
