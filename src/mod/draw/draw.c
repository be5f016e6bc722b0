#include "mod/draw/draw.h"
#include "core/city.h"
#include "draw_read.h"
#include "draw_write.h"
#include "mod/draw/beacon.h"
#include "mod/draw/bundle.h"
#include "mod/draw/rules.h"

#define RULES_MAX	(64 << 10)

#define TO(s)	(1u << DRAW_##s)
static const struct {
	const char *name;
	unsigned next;
} states[DRAW_STATES] = {
	[DRAW_DRAFT]    = { "draft",    TO(FROZEN) },
	[DRAW_FROZEN]   = { "frozen",   TO(BEACON) | TO(ANNULLED) },
	/* A beacon typed wrong may be typed again, until it is used. */
	[DRAW_BEACON]   = { "beacon",   TO(BEACON) | TO(DRAWN) },
	[DRAW_DRAWN]    = { "drawn",    TO(REPORTED) },
	[DRAW_REPORTED] = { "reported", 0 },
	[DRAW_ANNULLED] = { "annulled", 0 },
};
#undef TO

bool draw_may_go(enum draw_state from, enum draw_state to)
{
	CHECK(from < DRAW_STATES && to < DRAW_STATES);
	return states[from].next >> to & 1;
}

bool draw_was_run(const struct draw *d)
{
	return d->state == DRAW_DRAWN || d->state == DRAW_REPORTED;
}

const char *draw_state_name(enum draw_state s)
{
	CHECK(s < DRAW_STATES);
	return states[s].name;
}

uint64_t draw_key(city_id city, draw_id id)
{
	return stamp_key("draw", city.v, id.v);
}

int64_t draw_due(const struct draw *d)
{
	if (!d->round)
		return 0;
	return d->rehearsal ? d->frozen : beacon_due(d->round);
}

void draw_touch(struct change *c, const struct draw *d)
{
	if (!c)
		return;
	tx_touch(c, draw_key(d->city, d->id));
	tx_touch(c, festival_key(d->city, d->festival));
}

/* ---- finding ---------------------------------------------------------- */

static err load(struct db *db, city_id city, draw_id id, struct draw *d, bool *found)
{
	struct draw_by_id r;

	TRY(draw_q_by_id(db, city, id, &r, found));
	if (*found)
		*d = (struct draw){ .city = city, .id = r.id, .festival = r.festival,
		    .slug = r.slug, .name = r.name, .code = r.code,
		    .state = (enum draw_state)r.state, .rehearsal = r.rehearsal,
		    .chain = r.chain, .round = r.round, .rules = r.rules,
		    .entries = r.entries, .coupons = r.coupons, .root = r.root,
		    .seed = r.seed, .created = r.created, .frozen = r.frozen,
		    .drawn = r.drawn, .reported = r.reported };
	return NULL;
}

static err missing(struct db *db, str which)
{
	return ERR(db_arena(db), ERR_MISSING, "no-such-draw", .arg = { which });
}

err draw_find(struct db *db, city_id city, festival_id festival, str which, struct draw *d)
{
	struct draw_by_slug s;
	bool found;
	int64_t id;

	TRY(draw_q_by_slug(db, city, festival, which, &s, &found));
	if (found)
		return load(db, city, s.id, d, &found);
	if (which.n == ID_TEXT && id_parse(which, &id)) {
		TRY(load(db, city, (draw_id){ id }, d, &found));
		if (found && d->festival.v == festival.v)
			return NULL;
	}
	return missing(db, which);
}

err draw_find_code(struct db *db, city_id city, str which, struct draw *d)
{
	struct draw_by_code r;
	bool found;
	int64_t id;

	TRY(draw_q_by_code(db, city, which, &r, &found));
	if (found)
		return load(db, city, r.id, d, &found);
	if (which.n == ID_TEXT && id_parse(which, &id)) {
		TRY(load(db, city, (draw_id){ id }, d, &found));
		if (found)
			return NULL;
	}
	return missing(db, which);
}

err draw_reload(struct db *db, struct draw *d)
{
	bool found;

	TRY(load(db, d->city, d->id, d, &found));
	return found ? NULL : missing(db, d->slug);
}

err draw_list(struct db *db, city_id city, festival_id festival, struct draw **out, size_t *n)
{
	struct draw_list *v;
	bool found;

	TRY(draw_q_list(db, city, festival, &v, n));
	*out = NEWN(db_arena(db), struct draw, *n + 1);
	for (size_t i = 0; i < *n; i++)
		TRY(load(db, city, v[i].id, &(*out)[i], &found));
	return NULL;
}

err draw_list_of_city(struct db *db, city_id city, struct draw **out, size_t *n)
{
	struct draw_list_city *v;
	bool found;

	TRY(draw_q_list_city(db, city, &v, n));
	*out = NEWN(db_arena(db), struct draw, *n + 1);
	for (size_t i = 0; i < *n; i++)
		TRY(load(db, city, v[i].id, &(*out)[i], &found));
	return NULL;
}

/* ---- draft -------------------------------------------------------------- */

static err need_draft(struct tx *tx, const struct draw *d)
{
	struct draw now = *d;

	TRY(draw_reload(tx->db, &now));
	if (now.state != DRAW_DRAFT)
		return ERR(db_arena(tx->db), ERR_CONFLICT, "draw-fixed", .arg = { d->name });
	return NULL;
}

static err check_words(struct arena *a, const struct draw *d)
{
	if (!d->name.n)
		return ERR(a, ERR_INVALID, "field-needed", .field = "name");
	if (d->rules.n > RULES_MAX || !str_utf8(d->rules))
		return ERR(a, ERR_INVALID, "draw-rules", .field = "rules");
	return NULL;
}

static err check_new(struct tx *tx, const struct festival *f, const struct draw *d)
{
	struct arena *a = db_arena(tx->db);
	struct draw_by_slug same;
	struct draw_by_code used;
	bool found;

	TRY(check_words(a, d));
	if (!slug_ok(d->slug))
		return ERR(a, ERR_INVALID, "slug-form", .field = "slug", .arg = { d->slug });
	if (d->code.n > BUNDLE_ID_MAX)
		return ERR(a, ERR_INVALID, "draw-id", .field = "slug", .arg = { d->code });
	TRY(draw_q_by_slug(tx->db, f->city, f->id, d->slug, &same, &found));
	if (found)
		return ERR(a, ERR_CONFLICT, "slug-taken", .field = "slug", .arg = { d->slug });
	TRY(draw_q_by_code(tx->db, f->city, d->code, &used, &found));
	if (found)
		return ERR(a, ERR_CONFLICT, "draw-code-taken", .field = "slug", .arg = { d->code });
	return NULL;
}

err draw_create(struct tx *tx, struct change *c, const struct festival *f, struct draw *d,
    int64_t now)
{
	struct arena *a = db_arena(tx->db);

	d->city = f->city;
	d->festival = f->id;
	d->code = arena_printf(a, "%s%.*s-%.*s", d->rehearsal ? "gladi-" : "", SV(f->slug),
	    SV(d->slug));
	d->chain = d->rehearsal ? S(BEACON_REHEARSAL) : S(BEACON_QUICKNET);
	TRY(check_new(tx, f, d));
	d->id = (draw_id){ id_new() };
	TRY(draw_q_add(tx, d->city, d->id, d->festival, d->slug, d->name, d->code, d->rehearsal,
	    d->chain, d->rules, now, NULL));
	draw_touch(c, d);
	return draw_reload(tx->db, d);
}

/* ---- prizes --------------------------------------------------------------- */

err prize_list(struct db *db, const struct draw *d, struct prize **out, size_t *n)
{
	struct draw_prize_list *v;

	TRY(draw_q_prize_list(db, d->city, d->id, &v, n));
	*out = NEWN(db_arena(db), struct prize, *n + 1);
	for (size_t i = 0; i < *n; i++)
		(*out)[i] = (struct prize){ v[i].id, v[i].position, v[i].code, v[i].class,
		    v[i].number, v[i].title, v[i].value };
	return NULL;
}

err draw_prizes_text(struct arena *a, const struct prize *p, size_t n, str *text)
{
	struct bundle_prize *b = NEWN(a, struct bundle_prize, n + 1);

	for (size_t i = 0; i < n; i++)
		b[i] = (struct bundle_prize){ p[i].code, p[i].cls, p[i].number, p[i].title };
	return bundle_prizes_text(a, b, n, text);
}

err prize_add(struct tx *tx, struct change *c, const struct draw *d, struct prize *p)
{
	struct arena *a = db_arena(tx->db);
	struct prize *all;
	size_t n;
	str text;

	TRY(need_draft(tx, d));
	TRY(prize_list(tx->db, d, &all, &n));
	if (!p->position)
		p->position = n ? all[n - 1].position + 1 : 1;
	if (p->value < 0 || p->value > RUPIAH_MAX || p->position < 0)
		return ERR(a, ERR_INVALID, "draw-prize", .field = "value", .arg = { p->code });
	all[n] = *p;
	TRY(draw_prizes_text(a, all, n + 1, &text));
	p->id = (prize_id){ id_new() };
	TRY(draw_q_prize_add(tx, d->city, p->id, d->id, p->position, p->code, p->cls, p->number,
	    p->title, p->value, NULL));
	draw_touch(c, d);
	return NULL;
}

err prize_drop(struct tx *tx, struct change *c, const struct draw *d, prize_id id)
{
	TRY(need_draft(tx, d));
	TRY(draw_q_prize_drop(tx, d->city, d->id, id, NULL));
	draw_touch(c, d);
	return NULL;
}

const struct choice barred_choices[] = {
	{ "committee", BARRED_COMMITTEE, TEXT_barred_committee },
	{ "staff", BARRED_STAFF, TEXT_barred_staff },
	{ "household", BARRED_HOUSEHOLD, TEXT_barred_household },
	{ 0 },
};

/* ---- who may not win -------------------------------------------------------- */

err draw_exclude(struct tx *tx, struct change *c, const struct draw *d, const struct festival *f,
    int64_t card_number, const struct barring *b)
{
	struct arena *a = db_arena(tx->db);
	str whom = str_trim(b->whom);
	struct card card;

	TRY(need_draft(tx, d));
	if (!choice_by_value(barred_choices, (int64_t)b->as))
		return ERR(a, ERR_INVALID, "draw-barred", .field = "relation");
	if ((b->as == BARRED_HOUSEHOLD && !whom.n) || whom.n > 200 || !str_utf8(whom))
		return ERR(a, ERR_INVALID, "draw-reason", .field = "reason");
	TRY(card_find(tx->db, f, card_number, &card));
	TRY(draw_q_exclusion_add(tx, d->city, d->id, card.id, (int64_t)b->as, whom, b->by, b->now,
	    NULL));
	draw_touch(c, d);
	return NULL;
}

err draw_include(struct tx *tx, struct change *c, const struct draw *d, card_id card)
{
	TRY(need_draft(tx, d));
	TRY(draw_q_exclusion_drop(tx, d->city, d->id, card, NULL));
	draw_touch(c, d);
	return NULL;
}

err draw_exclusions(struct db *db, const struct draw *d, struct exclusion **out, size_t *n)
{
	struct draw_exclusion_list *v;

	TRY(draw_q_exclusion_list(db, d->city, d->id, &v, n));
	*out = NEWN(db_arena(db), struct exclusion, *n + 1);
	for (size_t i = 0; i < *n; i++)
		(*out)[i] = (struct exclusion){ v[i].card, v[i].number,
		    (enum barred_as)v[i].relation, v[i].reason, v[i].by, v[i].at };
	return NULL;
}

err draw_holders(struct db *db, const struct festival *f, int64_t *holders, int64_t *coupons)
{
	struct draw_holder_count r;

	TRY(draw_q_holder_count(db, f->city, f->id, &r));
	*holders = r.holders;
	*coupons = r.coupons;
	return NULL;
}
