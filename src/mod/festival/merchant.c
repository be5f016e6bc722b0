#include "core/city.h"
#include "core/region.h"
#include "festival_read.h"
#include "festival_write.h"
#include "mod/festival/festival.h"
#include "mod/festival/merchant_permit.h"
#include <string.h>

static void fill(struct merchant *m, const struct festival_merchant_by_id *r)
{
	*m = (struct merchant){ .id = r->id, .code = r->code, .slug = r->slug, .name = r->name,
	    .sector = (enum sector)r->sector, .size = (enum merchant_size)r->size,
	    .venue = r->venue, .stall = r->stall, .village = r->village, .phone = r->phone,
	    .created = r->created };
}

err merchant_get(struct db *db, city_id city, merchant_id id, struct merchant *m)
{
	struct festival_merchant_by_id r;
	bool found;

	TRY(festival_q_merchant_by_id(db, city, id, &r, &found));
	if (!found)
		return ERR(db_arena(db), ERR_MISSING, "merchant-unknown", .field = "merchant");
	fill(m, &r);
	return NULL;
}

err merchant_find(struct db *db, city_id city, str which, struct merchant *m)
{
	struct festival_merchant_id_by_code c;
	int64_t id, code;
	bool found = false;

	if (which.n == ID_TEXT && id_parse(which, &id))
		return merchant_get(db, city, (merchant_id){ id }, m);
	if (merchant_code_parse(which, &code))
		TRY(festival_q_merchant_id_by_code(db, city, code, &c, &found));
	if (!found)
		return ERR(db_arena(db), ERR_INVALID, "merchant-unknown", .field = "merchant",
		    .arg = { which });
	return merchant_get(db, city, c.id, m);
}

/* "warung-soto", or with the code behind it when somebody has that already. */
static err slug_free(struct tx *tx, city_id city, struct merchant *m)
{
	struct arena *a = db_arena(tx->db);
	struct festival_merchant_by_slug old;
	bool found;

	m->slug = slug_make(a, m->name);
	if (!slug_ok(m->slug))
		m->slug = arena_printf(a, "usaha-%.*s", SV(m->slug));
	TRY(festival_q_merchant_by_slug(tx->db, city, m->slug, &old, &found));
	if (found)
		m->slug = arena_printf(a, "%.*s-%lld", SV(str_sub(m->slug, 0, 50)),
		    (long long)m->code);
	return NULL;
}

err merchant_add(struct tx *tx, city_id city, struct merchant *m, int64_t now)
{
	struct arena *a = db_arena(tx->db);
	struct festival_counter_next next;

	m->name = str_trim(m->name);
	if (!m->name.n)
		return ERR(a, ERR_INVALID, "field-needed", .field = "name");
	TRY(nik_refuse(a, "name", m->name));
	TRY(nik_refuse(a, "stall", m->stall));
	TRY(festival_q_counter_next(tx, city, S("merchant"), 0, &next));
	m->code = merchant_code_make(next.value);
	m->id = (merchant_id){ id_new() };
	m->created = now;
	TRY(slug_free(tx, city, m));
	return festival_q_merchant_add(tx, city, m->id, m->code, m->slug, m->name,
	    (int64_t)m->sector, (int64_t)m->size, m->venue, m->stall, m->village, m->phone,
	    now, NULL);
}

err merchant_change(struct tx *tx, city_id city, const struct merchant *m)
{
	str name = str_trim(m->name);

	if (!name.n)
		return ERR(db_arena(tx->db), ERR_INVALID, "field-needed", .field = "name");
	TRY(nik_refuse(db_arena(tx->db), "name", name));
	TRY(nik_refuse(db_arena(tx->db), "stall", m->stall));
	return festival_q_merchant_change(tx, city, m->id, name, (int64_t)m->sector,
	    (int64_t)m->size, m->venue, m->stall, m->village, m->phone, NULL);
}

static err registration_check(struct arena *a, const struct festival *f, bool by_organiser)
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

err merchant_join(struct tx *tx, struct change *c, const struct festival *f, merchant_id id,
    bool by_organiser, str by, int64_t now, enum participation_state *state)
{
	struct festival_participation_get old;
	bool found, at_once = by_organiser || f->admission == ADMISSION_OPEN;

	TRY(registration_check(db_arena(tx->db), f, by_organiser));
	TRY(festival_q_participation_get(tx->db, f->city, f->id, id, &old, &found));
	if (found && !by_organiser) {
		*state = (enum participation_state)old.state;
		return NULL;
	}
	*state = at_once ? PARTICIPATION_ADMITTED : PARTICIPATION_ASKED;
	festival_touch(c, f);
	return stand(tx, f, id, found ? &old : NULL, &(struct festival_participation_get){
	    .state = (int64_t)*state, .asked = found ? old.asked : now,
	    .decided = at_once ? now : 0, .by = at_once ? by : (str){ 0 } });
}

err merchant_decide(struct tx *tx, struct change *c, const struct festival *f, merchant_id id,
    enum participation_state to, str reason, str by, int64_t now)
{
	struct arena *a = db_arena(tx->db);
	struct festival_participation_get old;
	bool found;

	TRY(festival_q_participation_get(tx->db, f->city, f->id, id, &old, &found));
	if (!found)
		return ERR(a, ERR_MISSING, "merchant-unknown");
	if (to == PARTICIPATION_REFUSED && !str_trim(reason).n)
		return ERR(a, ERR_INVALID, "reason-needed", .field = "reason");
	festival_touch(c, f);
	return stand(tx, f, id, &old, &(struct festival_participation_get){ .state = (int64_t)to,
	    .reason = reason, .asked = old.asked, .decided = now, .by = by });
}

int64_t merchant_code_make(int64_t serial)
{
	int64_t base = 10000 + serial;

	return base * 10 + check_digit(base);
}

bool merchant_code_parse(str s, int64_t *code)
{
	char digits[16];
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] != '-' && s.p[i] != ' ') {
			if (n == sizeof digits)
				return false;
			digits[n++] = s.p[i];
		}
	return n >= 6 && str_int((str){ digits, n }, 100000, 9999999999, code) &&
	    check_digit(*code / 10) == *code % 10;
}
