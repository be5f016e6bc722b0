#include "festival_read.h"
#include "festival_write.h"
#include "mod/festival/merchant_admit.h"
#include "mod/festival/merchant_permit.h"

err merchant_may_join(struct arena *a, const struct festival *f, bool by_organiser)
{
	if (f->state >= FESTIVAL_CLOSED || (f->state == FESTIVAL_DRAFT && !by_organiser))
		return ERR(a, ERR_CONFLICT, "registration-over", .arg = { f->name });
	if (!by_organiser && f->admission == ADMISSION_CLOSED)
		return ERR(a, ERR_CONFLICT, "registration-closed", .arg = { f->name });
	return NULL;
}

/* Where a merchant stands in a sale, and the sum beside it; old NULL: a first time. */
static err stand(struct tx *tx, const struct festival *f, merchant_id id,
    const struct festival_participation_get *old, const struct festival_participation_get *now)
{
	if (!old || old->state != now->state) {
		TRY(festival_q_participation_count_add(tx, f->city, f->id, now->state, 1, NULL));
		if (old)
			TRY(festival_q_participation_count_add(tx, f->city, f->id, old->state, -1,
			    NULL));
	}
	return festival_q_participation_set(tx, f->city, f->id, id, now->state, now->reason,
	    now->asked, now->decided, now->by, NULL);
}

/* ---- places at a venue ---------------------------------------------------- */

static err full(struct db *db, const struct festival *f, venue_id venue, bool *yes)
{
	struct festival_venue_limit_get limit;
	struct festival_venue_taken taken;
	bool found = false;

	*yes = false;
	if (venue.v)
		TRY(festival_q_venue_limit_get(db, f->city, f->id, venue, &limit, &found));
	if (!found)
		return NULL;
	TRY(festival_q_venue_taken(db, f->city, f->id, venue, PARTICIPATION_ADMITTED, &taken));
	*yes = taken.n >= limit.most;
	return NULL;
}

/* Who is let in waits when there is no place; who is in keeps it. */
static err place(struct db *db, const struct festival *f, merchant_id id, bool in_already,
    enum participation_state *state)
{
	struct merchant m;
	bool none = false;

	if (*state != PARTICIPATION_ADMITTED || in_already)
		return NULL;
	TRY(merchant_get(db, f->city, id, &m));
	TRY(full(db, f, m.venue, &none));
	if (none)
		*state = PARTICIPATION_WAITING;
	return NULL;
}

err venue_fill(struct tx *tx, struct change *c, const struct festival *f, venue_id venue,
    int64_t now)
{
	struct festival_waiting_first next;
	struct festival_participation_get p;
	bool none, found;

	for (;;) {
		TRY(full(tx->db, f, venue, &none));
		if (none || f->state >= FESTIVAL_CLOSED)
			return NULL;
		TRY(festival_q_waiting_first(tx->db, f->city, f->id, venue, &next, &found));
		if (!found)
			return NULL;
		TRY(festival_q_participation_get(tx->db, f->city, f->id, next.merchant, &p,
		    &found));
		festival_touch(c, f);
		TRY(stand(tx, f, next.merchant, &p, &(struct festival_participation_get){
		    .state = PARTICIPATION_ADMITTED, .asked = p.asked, .decided = now,
		    .by = BY_TURN }));
	}
}

err admission_rule_set(struct tx *tx, struct change *c, const struct festival *f, str rule,
    int64_t now)
{
	TRY(nik_refuse(db_arena(tx->db), "rule", rule));
	festival_touch(c, f);
	return festival_q_admission_set(tx, f->city, f->id, rule, now, NULL);
}

err venue_limit(struct tx *tx, struct change *c, const struct festival *f, venue_id venue,
    int64_t most, int64_t now)
{
	festival_touch(c, f);
	if (most)
		TRY(festival_q_venue_limit_set(tx, f->city, f->id, venue, most, NULL));
	else
		TRY(festival_q_venue_limit_drop(tx, f->city, f->id, venue, NULL));
	return venue_fill(tx, c, f, venue, now);
}

static err moved_in(struct tx *tx, struct change *c, const struct festival *f,
    enum participation_state state, venue_id from, venue_id to, int64_t now)
{
	struct festival_venue_limit_get limit;
	struct festival_venue_taken taken;
	bool found = false;

	if (state == PARTICIPATION_ADMITTED && to.v) {
		TRY(festival_q_venue_limit_get(tx->db, f->city, f->id, to, &limit, &found));
		TRY(festival_q_venue_taken(tx->db, f->city, f->id, to, PARTICIPATION_ADMITTED,
		    &taken));
		if (found && taken.n > limit.most)	/* it counts itself */
			return ERR(db_arena(tx->db), ERR_CONFLICT, "venue-full", .field = "venue",
			    .arg = { f->name });
	}
	TRY(venue_fill(tx, c, f, from, now));
	return venue_fill(tx, c, f, to, now);
}

err merchant_moved(struct tx *tx, struct change *c, city_id city, merchant_id id, venue_id from,
    venue_id to, int64_t now)
{
	struct festival_participation_of *p;
	struct festival f;
	size_t n;

	if (from.v == to.v)
		return NULL;
	TRY(festival_q_participation_of(tx->db, city, id, &p, &n));
	for (size_t i = 0; i < n; i++) {
		if (p[i].festival_state >= FESTIVAL_CLOSED)
			continue;
		TRY(festival_find(tx->db, city, p[i].slug, &f));
		TRY(moved_in(tx, c, &f, (enum participation_state)p[i].state, from, to, now));
	}
	return NULL;
}

err waiting_place(struct db *db, const struct festival *f, merchant_id id, int64_t *n)
{
	struct festival_participation_get p;
	struct festival_waiting_before before;
	struct merchant m;
	bool found;

	*n = 0;
	TRY(festival_q_participation_get(db, f->city, f->id, id, &p, &found));
	if (!found || p.state != PARTICIPATION_WAITING)
		return NULL;
	TRY(merchant_get(db, f->city, id, &m));
	TRY(festival_q_waiting_before(db, f->city, f->id, m.venue, p.asked, id, &before));
	*n = before.n + 1;
	return NULL;
}

/* ---- getting in --------------------------------------------------------------- */

err merchant_join(struct tx *tx, struct change *c, const struct festival *f, merchant_id id,
    bool by_organiser, str by, int64_t now, enum participation_state *state)
{
	struct festival_participation_get old;
	bool found, at_once = by_organiser || f->admission == ADMISSION_OPEN;

	TRY(merchant_may_join(db_arena(tx->db), f, by_organiser));
	TRY(festival_q_participation_get(tx->db, f->city, f->id, id, &old, &found));
	if (found && !by_organiser) {
		*state = (enum participation_state)old.state;
		return NULL;
	}
	*state = at_once ? PARTICIPATION_ADMITTED : PARTICIPATION_ASKED;
	TRY(place(tx->db, f, id, found && old.state == PARTICIPATION_ADMITTED, state));
	festival_touch(c, f);
	return stand(tx, f, id, found ? &old : NULL, &(struct festival_participation_get){
	    .state = (int64_t)*state, .asked = found ? old.asked : now,
	    .decided = at_once ? now : 0, .by = at_once ? by : (str){ 0 } });
}

err merchant_decide(struct tx *tx, struct change *c, const struct festival *f, merchant_id id,
    enum participation_state *to, str reason, str by, int64_t now)
{
	struct arena *a = db_arena(tx->db);
	struct festival_participation_get old;
	struct merchant m;
	bool found;

	TRY(merchant_get(tx->db, f->city, id, &m));
	TRY(festival_q_participation_get(tx->db, f->city, f->id, id, &old, &found));
	if (!found)
		return ERR(a, ERR_MISSING, "merchant-unknown");
	if (*to == PARTICIPATION_REFUSED && !str_trim(reason).n)
		return ERR(a, ERR_INVALID, "reason-needed", .field = "reason");
	TRY(nik_refuse(a, "reason", reason));
	TRY(place(tx->db, f, id, old.state == PARTICIPATION_ADMITTED, to));
	festival_touch(c, f);
	TRY(stand(tx, f, id, &old, &(struct festival_participation_get){ .state = (int64_t)*to,
	    .reason = reason, .asked = old.asked, .decided = now, .by = by }));
	return venue_fill(tx, c, f, m.venue, now);
}

err merchant_leave(struct tx *tx, struct change *c, const struct festival *f, merchant_id id,
    int64_t now, bool *gone)
{
	struct festival_participation_get old;
	struct festival_merchant_total_get sold;
	struct merchant m;
	bool found, any;

	TRY(festival_q_participation_get(tx->db, f->city, f->id, id, &old, &found));
	TRY(festival_q_merchant_total_get(tx->db, f->city, f->id, id, &sold, &any));
	*gone = !any;
	if (!found || any || old.state == PARTICIPATION_REFUSED)
		return NULL;
	TRY(merchant_get(tx->db, f->city, id, &m));
	TRY(festival_q_participation_count_add(tx, f->city, f->id, old.state, -1, NULL));
	TRY(festival_q_participation_drop(tx, f->city, f->id, id, NULL));
	festival_touch(c, f);
	return venue_fill(tx, c, f, m.venue, now);
}
