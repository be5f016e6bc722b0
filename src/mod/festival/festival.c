#include "mod/festival/festival.h"
#include "core/audit.h"
#include "core/city.h"
#include "core/crypto.h"
#include "festival_read.h"
#include "festival_write.h"
#include "mod/festival/import_task.h"
#include "mod/festival/sale_log.h"
#include <assert.h>
#include <string.h>

#define TO(s)	(1u << FESTIVAL_##s)
static const unsigned next[FESTIVAL_STATES] = {
	[FESTIVAL_DRAFT]    = TO(INVITING) | TO(OPEN),
	[FESTIVAL_INVITING] = TO(OPEN) | TO(DRAFT),
	[FESTIVAL_OPEN]     = TO(CLOSED),
	[FESTIVAL_CLOSED]   = TO(OPEN) | TO(FROZEN),
	[FESTIVAL_FROZEN]   = TO(DONE),
	[FESTIVAL_DONE]     = 0,
};
#undef TO

bool festival_may_go(enum festival_state from, enum festival_state to)
{
	CHECK(from < FESTIVAL_STATES && to < FESTIVAL_STATES);
	return next[from] >> to & 1;
}

uint64_t festival_key(city_id city, festival_id id)
{
	return stamp_key("festival", city.v, id.v);
}

uint64_t festival_totals_key(city_id city, festival_id id)
{
	return stamp_key("totals", city.v, id.v);
}

void festival_touch(struct change *c, const struct festival *f)
{
	if (!c)
		return;
	tx_touch(c, festival_key(f->city, f->id));
	tx_touch(c, festival_key(f->city, (festival_id){ 0 }));
}

static err load(struct db *db, city_id city, const struct festival_by_id *r, struct festival *f)
{
	*f = (struct festival){ .city = city, .id = r->id, .slug = r->slug, .name = r->name,
	    .state = (enum festival_state)r->state, .first_day = r->first_day,
	    .last_day = r->last_day, .target = r->target,
	    .admission = (enum admission)r->admission, .created = r->created,
	    .opened = r->opened, .closed = r->closed, .version = r->version,
	    .rules = { .unit = r->unit, .counting = (enum rule_counting)r->counting,
		.minimum = r->minimum, .cap_purchase = r->cap_purchase,
		.cap_merchant = r->cap_merchant, .cap_day = r->cap_day,
		.cap_person = r->cap_person } };
	return rules_load(db, f);
}

err festival_find(struct db *db, city_id city, str which, struct festival *f)
{
	struct festival_by_slug s;
	struct festival_by_id r;
	bool found;
	int64_t id;

	TRY(festival_q_by_slug(db, city, which, &s, &found));
	if (found) {
		/* Both statements give the same columns in the same order. */
		static_assert(sizeof s == sizeof r, "the same row");
		memcpy(&r, &s, sizeof r);
		return load(db, city, &r, f);
	}
	if (which.n == ID_TEXT && id_parse(which, &id)) {
		TRY(festival_q_by_id(db, city, (festival_id){ id }, &r, &found));
		if (found)
			return load(db, city, &r, f);
	}
	return ERR(db_arena(db), ERR_MISSING, "no-such-festival", .arg = { which });
}

err festival_now(struct db *db, city_id city, struct festival *f, bool *found)
{
	struct festival_list *v;
	size_t n, best = 0;

	TRY(festival_q_list(db, city, &v, &n));
	*found = n > 0;
	if (!n)
		return NULL;
	for (size_t i = n; i-- > 0;)
		if (v[i].state == FESTIVAL_OPEN)
			best = i;
	return festival_find(db, city, v[best].slug, f);
}

err festival_of(struct req *r, size_t i, struct festival *f)
{
	TRY(festival_find(r->db, r->city.id, r->param[i], f));
	if (f->state == FESTIVAL_DRAFT && !req_is(r, MAY_STAFF))
		return ERR(r->a, ERR_MISSING, "no-such-festival", .arg = { r->param[i] });
	return NULL;
}

/* What the public log says of it: its rules when it opens, its sum when it closes. */
static err moved_log(struct tx *tx, struct change *c, const struct festival *f,
    enum festival_state to, int64_t now)
{
	if (to == FESTIVAL_OPEN)
		return sale_log_rules(tx, c, f, now);
	return to == FESTIVAL_CLOSED ? sale_log_totals(tx, c, f, now) : NULL;
}

err festival_move(struct tx *tx, struct change *c, const struct festival *f,
    enum festival_state to, int64_t now)
{
	struct arena *a = db_arena(tx->db);
	int64_t changed;

	TRY(import_idle(tx->db, f));
	if (!festival_may_go(f->state, to))
		return ERR(a, ERR_CONFLICT, "festival-step", .arg = { f->name });
	TRY(festival_q_state_set(tx, f->city, f->id, (int64_t)f->state, (int64_t)to,
	    to == FESTIVAL_OPEN && !f->opened ? now : f->opened,
	    to == FESTIVAL_CLOSED ? now : f->closed, &changed));
	if (changed != 1)
		return ERR(a, ERR_CONFLICT, "festival-raced");
	TRY(moved_log(tx, c, f, to, now));
	festival_touch(c, f);
	return NULL;
}

static err festival_check(struct arena *a, const struct festival *f)
{
	if (!f->name.n)
		return ERR(a, ERR_INVALID, "field-needed", .field = "name");
	if (!slug_ok(f->slug))
		return ERR(a, ERR_INVALID, "slug-form", .field = "slug", .arg = { f->slug });
	if (f->last_day < f->first_day || f->last_day - f->first_day > 366)
		return ERR(a, ERR_INVALID, "festival-dates", .field = "last_day");
	return rules_check(a, &f->rules);
}

err festival_add(struct tx *tx, struct festival *f, int64_t now)
{
	struct arena *a = db_arena(tx->db);
	struct festival_by_slug old;
	bool found;

	TRY(festival_check(a, f));
	TRY(festival_q_by_slug(tx->db, f->city, f->slug, &old, &found));
	if (found)
		return ERR(a, ERR_CONFLICT, "slug-taken", .field = "slug", .arg = { f->slug });
	f->id = (festival_id){ id_new() };
	f->state = FESTIVAL_DRAFT;
	f->created = now;
	f->version = 1;
	TRY(festival_q_add(tx, f->city, f->id, f->slug, f->name, f->first_day, f->last_day,
	    f->target, f->rules.unit, (int64_t)f->rules.counting, f->rules.minimum,
	    f->rules.cap_purchase, f->rules.cap_merchant, f->rules.cap_day, f->rules.cap_person,
	    (int64_t)f->admission, now, NULL));
	TRY(rules_factors_put(tx, f, 1, &f->rules));
	return festival_q_total_start(tx, f->city, f->id, NULL);
}

err festival_change(struct tx *tx, struct change *c, const struct festival *f)
{
	struct arena *a = db_arena(tx->db);

	if (f->state != FESTIVAL_DRAFT && f->state != FESTIVAL_INVITING)
		return ERR(a, ERR_CONFLICT, "festival-fixed", .arg = { f->name });
	TRY(festival_check(a, f));
	TRY(festival_q_change(tx, f->city, f->id, f->name, f->first_day,
	    f->last_day, f->target, f->rules.unit, (int64_t)f->rules.counting,
	    f->rules.minimum, f->rules.cap_purchase, f->rules.cap_merchant,
	    f->rules.cap_day, f->rules.cap_person, (int64_t)f->admission,
	    NULL));
	festival_touch(c, f);
	return NULL;
}
