/*
 * import_shop.c - a file of merchants.
 *
 * A merchant of the same name at the same place and stall is the same one:
 * it is let into the sale if it is not, and nothing of it is changed.
 */
#include "core/region.h"
#include "festival_read.h"
#include "mod/festival/import_rows.h"
#include "mod/festival/merchant_fact.h"
#include <assert.h>
#include <string.h>

static const struct csv_column columns[] = {
	{ "name", "nama usaha|name", true },
	{ "sector", "sektor|sector", false },
	{ "venue", "lokasi|venue", false },
	{ "stall", "no kios|stall|nomor kios", false },
	{ "village", "kelurahan|village", false },
	{ "phone", "no hp|phone|nomor hp", false },
	{ "nib", "nib", false },
	{ "size", "skala|size", false },
};
enum { SECTOR = 1, PHONE = 5 };		/* of them */

struct shop_in { str name, venue, stall, village, phone, nib; int64_t sector, size; };
static const struct field fields[] = {
	FIELD(struct shop_in, name, FIELD_TEXT, .needed = true, .min = 2, .max = 80),
	FIELD(struct shop_in, sector, FIELD_CHOICE, .choices = sector_choices),
	FIELD(struct shop_in, venue, FIELD_TEXT, .max = 120),
	FIELD(struct shop_in, stall, FIELD_TEXT, .max = 30),
	FIELD(struct shop_in, village, FIELD_TEXT, .max = 80),
	FIELD(struct shop_in, phone, FIELD_PHONE),
	FIELD(struct shop_in, nib, FIELD_TEXT, .max = 30),
	FIELD(struct shop_in, size, FIELD_CHOICE, .choices = size_choices),
};
static const struct form form = FORM(struct shop_in, fields);

static const struct import_hint hints[] = {
	{ TEXT_imports_c_name, "Batik Contoh" },
	{ TEXT_imports_c_sector, "Batik" },
	{ TEXT_imports_c_venue, "" },
	{ TEXT_imports_c_stall, "B-14" },
	{ TEXT_imports_c_village, "" },
	{ TEXT_imports_c_phone, "0812 3456 7890" },
	{ TEXT_imports_c_nib, "" },
	{ TEXT_imports_c_size, "mikro" },
};
static_assert(countof(hints) == countof(columns), "a hint for each column");

static const struct import_word words[] = {
	{ "food", "makanan|minuman|makanan dan minuman|makanan minuman|mamin|fnb|f&b" },
	{ "fashion", "busana|batik|fesyen|pakaian|garmen|konveksi" },
	{ "craft", "kriya|kerajinan tangan|handicraft" },
	{ "grocery", "sembako|kelontong|toko kelontong" },
	{ "electronics", "hp|gadget" },
	{ "hotel", "penginapan|losmen" },
	{ "transport", "perjalanan|travel|wisata" },
	{ "automotive", "bengkel|otomotif" },
	{ "bank", "keuangan|koperasi" },
	{ "service", "salon|laundry" },
	{ "other", "lain-lain|lain" },
	{ "unknown", "tidak tahu|belum tahu" },
	{ "micro", "mikro|usaha mikro|umi" },
	{ "small", "kecil|usaha kecil" },
	{ "medium", "menengah|usaha menengah" },
	{ "large", "besar|usaha besar" },
	{ 0 }
};

struct place { str name, slug, full; venue_id id; };	/* full: as it is written */
struct village { str name, code; bool twice; };
struct shop { struct merchant m; str nib; };	/* m.id 0: a new one */
struct there { merchant_id id; int64_t state; };	/* state -1: not in the sale */

/* What was loaded before the first line. */
struct known {
	struct import *m;
	const struct place *places;
	size_t n_places;
	VEC(struct village) villages;
	VEC(struct there) there;	/* what a value seen points to, from 1 */
};

/* ---- loading ------------------------------------------------------------------------- */

static uint64_t shop_key(struct arena *a, str name, venue_id venue, str stall)
{
	str text = arena_printf(a, "%.*s|%lld|%.*s", SV(csv_fold(a, name)), (long long)venue.v,
	    SV(csv_fold(a, stall)));

	return import_key(text.p, text.n);
}

/* The table grows with the city, not with the file alone. */
static err count_shop(void *ctx, const struct festival_import_merchants *r)
{
	(void)r;
	++*(size_t *)ctx;
	return NULL;
}

static err load_shop(void *ctx, const struct festival_import_merchants *r)
{
	CLEANUP(arena_free) struct arena *a = arena_new();
	struct import *m = ctx;
	struct known *k = m->known;
	uint64_t key = shop_key(a, r->name, r->venue, r->stall);

	*VEC_ADD(m->a, &k->there) = (struct there){ r->id, r->state };
	*import_seen(m, key) = (struct import_seen){ key, k->there.n };
	return NULL;
}

static err load_shops(struct import *m, struct db *db)
{
	size_t n = 0;

	TRY(festival_q_import_merchants(db, m->ask.city->id, m->ask.f->id, count_shop, &n));
	while (m->seen_n < (m->room + n) * 2)
		m->seen_n *= 2;
	m->seen = NEWN(m->a, struct import_seen, m->seen_n);
	return festival_q_import_merchants(db, m->ask.city->id, m->ask.f->id, load_shop, m);
}

static err load_places(struct known *k, struct db *db)
{
	struct arena *a = k->m->a;
	struct festival_venue_list *v;

	TRY(festival_q_venue_list(db, k->m->ask.city->id, &v, &k->n_places));
	struct place *p = NEWN(a, struct place, k->n_places);
	for (size_t i = 0; i < k->n_places; i++)
		p[i] = (struct place){ csv_fold(a, v[i].name), csv_fold(a, v[i].slug),
		    arena_str(a, v[i].name), v[i].id };
	k->places = p;
	return NULL;
}

/* "Kelurahan Laweyan", "Kel. Laweyan", "Laweyan". */
static str village_word(struct arena *a, str name)
{
	static const char *const kinds[] = { "kelurahan", "desa", "kel", "ds" };
	str s = csv_fold(a, name);

	for (size_t i = 0; i < countof(kinds); i++) {
		str kind = str_of(kinds[i]);
		char behind = name.n > kind.n ? name.p[kind.n] : 'x';
		if (str_starts(s, kind) && (behind == ' ' || behind == '.'))
			return str_sub(s, kind.n, SIZE_MAX);
	}
	return s;
}

static struct village *village_find(struct known *k, str word)
{
	for (size_t i = 0; i < k->villages.n; i++)
		if (str_eq(k->villages.v[i].name, word))
			return &k->villages.v[i];
	return NULL;
}

static void load_villages(struct known *k)
{
	struct arena *a = k->m->a;
	struct region city, district, v;

	if (!region_by_code(k->m->ask.city->code, &city))
		return;
	for (size_t i = 0; i < region_children(&city); i++) {
		region_child(&city, i, &district);
		for (size_t j = 0; j < region_children(&district); j++) {
			region_child(&district, j, &v);
			str word = csv_fold(a, v.name);
			struct village *old = village_find(k, word);
			if (old)
				old->twice = true;
			*VEC_ADD(a, &k->villages) = (struct village){ word, v.code, old != NULL };
		}
	}
}

static err counter(struct db *db, const struct import *m, int64_t *value)
{
	struct festival_counter_get c;
	bool found;

	TRY(festival_q_counter_get(db, m->ask.city->id, S("merchant"), 0, &c, &found));
	*value = found ? c.value : 0;
	return NULL;
}

static err start(struct import *m, struct db *db)
{
	struct known *k = NEW(m->a, struct known);

	TRY(merchant_may_join(m->a, m->ask.f, true));
	k->m = m;
	m->known = k;
	m->rows = NEWN(m->a, struct shop, m->room);
	TRY(counter(db, m, &m->counter));
	TRY(load_places(k, db));
	load_villages(k);
	return load_shops(m, db);
}

/* ---- a line ----------------------------------------------------------------------------- */

/* A spreadsheet takes "0812…" for a number and drops its nought. */
static void tidy(struct import_line *l)
{
	str s = l->cell[PHONE];

	if (s.n >= 9 && s.p[0] == '8')
		l->cell[PHONE] = arena_printf(l->a, "0%.*s", SV(s));
}

static err place_of(struct import_line *l, str typed, venue_id *id)
{
	const struct known *k = l->m->known;
	str word = csv_fold(l->a, typed);

	*id = (venue_id){ 0 };
	if (!typed.n)
		return NULL;
	for (size_t i = 0; i < k->n_places; i++)
		if (str_eq(k->places[i].name, word) || str_eq(k->places[i].slug, word)) {
			*id = k->places[i].id;
			return NULL;
		}
	return ERR(l->a, ERR_INVALID, "import-venue", .field = "venue");
}

static err village_of(struct import_line *l, str typed, str *code)
{
	struct known *k = l->m->known;
	struct region r;

	*code = (str){ 0 };
	if (!typed.n)
		return NULL;
	if (region_any(typed, &r) && r.level == REGION_VILLAGE &&
	    str_starts(r.code, l->m->ask.city->code)) {
		*code = r.code;
		return NULL;
	}
	const struct village *v = village_find(k, village_word(l->a, typed));
	if (!v)
		return ERR(l->a, ERR_INVALID, "import-village", .field = "village",
		    .arg = { l->m->ask.city->name });
	if (v->twice)
		return ERR(l->a, ERR_INVALID, "import-village-twice", .field = "village",
		    .arg = { v->code });
	*code = v->code;
	return NULL;
}

static void keep(struct import_line *l, const struct shop *s)
{
	struct arena *a = l->m->a;
	struct shop *mine = &((struct shop *)l->m->rows)[l->m->sums.good];

	*mine = *s;
	mine->m.name = arena_str(a, s->m.name);
	mine->m.stall = arena_str(a, s->m.stall);
	mine->m.phone = arena_str(a, s->m.phone);
	mine->nib = arena_str(a, s->nib);
}

/* Is it in the city, in the sale, in this file already? */
static err known_shop(struct import_line *l, struct shop *s)
{
	struct known *k = l->m->known;
	uint64_t key = shop_key(l->a, s->m.name, s->m.venue, s->m.stall);
	struct import_seen *seen = import_seen(l->m, key);

	if (!seen->key) {
		*VEC_ADD(l->m->a, &k->there) = (struct there){ { 0 }, PARTICIPATION_ADMITTED };
		*seen = (struct import_seen){ key, k->there.n };
		return NULL;
	}
	struct there *old = &k->there.v[seen->value - 1];
	if (old->state == PARTICIPATION_REFUSED)
		return ERR(l->a, ERR_CONFLICT, "import-refused", .field = "name");
	l->again = old->state == PARTICIPATION_ADMITTED || old->state == PARTICIPATION_WAITING;
	s->m.id = old->id;
	old->state = PARTICIPATION_ADMITTED;
	return NULL;
}

static err judge(struct import_line *l, const void *form_in)
{
	const struct shop_in *in = form_in;
	struct shop s = { .nib = in->nib, .m = { .name = in->name, .stall = in->stall,
	    .phone = in->phone, .size = (enum merchant_size)in->size,
	    .sector = l->cell[SECTOR].n ? (enum sector)in->sector : SECTOR_OTHER } };

	const err looks[] = { place_of(l, in->venue, &s.m.venue),
	    village_of(l, in->village, &s.m.village),
	    in->name.n ? merchant_look(l->a, &s.m) : NULL, nik_refuse(l->a, "nib", in->nib) };
	for (size_t i = 0; i < countof(looks); i++)
		if (looks[i])
			import_wrong(l, looks[i]);
	if (l->wrong)
		return NULL;
	TRY(known_shop(l, &s));
	if (!l->again)
		keep(l, &s);
	return NULL;
}

/* ---- recording ---------------------------------------------------------------------------- */

/* A merchant that came meanwhile may be one of these. */
static err apply_start(struct tx *tx, const struct import *m)
{
	int64_t now;

	TRY(counter(tx->db, m, &now));
	if (now != m->counter)
		return ERR(db_arena(tx->db), ERR_CONFLICT, "import-raced");
	return NULL;
}

/* These are ours. */
static err apply_end(struct tx *tx, const struct import *m, struct import_done *done)
{
	return counter(tx->db, m, &done->counter);
}

static err nib_set(struct tx *tx, const struct import *m, const struct shop *s, merchant_id id)
{
	struct facts facts = { 0 };
	str changed;

	if (!s->nib.n)
		return NULL;
	facts.v[FACT_nib].s = s->nib;
	return facts_set(tx, m->ask.city->id, id, &facts, SEEN_ORGANISER, &changed);
}

static err apply(struct tx *tx, struct change *c, const struct import *m,
    const struct festival *f, size_t i, struct import_done *done, int64_t *subject)
{
	const struct shop *s = &((const struct shop *)m->rows)[i];
	struct merchant mine = s->m;
	enum participation_state state;

	if (!mine.id.v) {
		TRY(merchant_add(tx, m->ask.city->id, &mine, m->ask.now));
		TRY(nib_set(tx, m, s, mine.id));
	}
	TRY(merchant_join(tx, c, f, mine.id, true, m->ask.by, m->ask.now, &state));
	done->recorded++;
	*subject = mine.id.v;
	return NULL;
}

static str place_name(const struct import *m, venue_id id)
{
	const struct known *k = m->known;

	for (size_t i = 0; i < k->n_places; i++)
		if (k->places[i].id.v == id.v)
			return k->places[i].full;
	return (str){ 0 };
}

static err shown(struct arena *a, struct db *db, const struct import *m, size_t i, enum lang lang,
    str cell[IMPORT_CELLS], size_t *n)
{
	const struct shop *s = &((const struct shop *)m->rows)[i];
	struct region village;

	(void)a;
	(void)db;
	cell[0] = s->m.name;
	cell[1] = text(lang, choice_by_value(sector_choices, (int64_t)s->m.sector)->label);
	cell[2] = place_name(m, s->m.venue);
	cell[3] = s->m.stall;
	cell[4] = s->m.village.n && region_any(s->m.village, &village) ? village.name : (str){ 0 };
	cell[5] = s->m.phone;
	cell[6] = text(lang, choice_by_value(size_choices, (int64_t)s->m.size)->label);
	*n = 7;
	return NULL;
}

const struct import_rules import_shops = {
	.columns = { columns, &form, words, hints },
	.start = start, .tidy = tidy, .judge = judge, .apply = apply, .apply_start = apply_start,
	.apply_end = apply_end, .shown = shown,
};
