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

err merchant_look(struct arena *a, const struct merchant *m)
{
	if (!str_trim(m->name).n)
		return ERR(a, ERR_INVALID, "field-needed", .field = "name");
	TRY(nik_refuse(a, "name", m->name));
	return nik_refuse(a, "stall", m->stall);
}

err merchant_add(struct tx *tx, city_id city, struct merchant *m, int64_t now)
{
	struct arena *a = db_arena(tx->db);
	struct festival_counter_next next;

	m->name = str_trim(m->name);
	TRY(merchant_look(a, m));
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
	TRY(merchant_look(db_arena(tx->db), m));
	return festival_q_merchant_change(tx, city, m->id, str_trim(m->name), (int64_t)m->sector,
	    (int64_t)m->size, m->venue, m->stall, m->village, m->phone, NULL);
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
