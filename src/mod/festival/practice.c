/* practice.c - of what a sale consists: fields, their policy, and how they are now. */
#include "mod/festival/practice.h"
#include "festival_read.h"
#include "mod/festival/indicator.h"
#include "mod/festival/poster_text.h"
#include "mod/festival/setup.h"

const struct choice step_base_choices[] = {
	{ "first", 0, TEXT_practice_from_first },
	{ "last", 1, TEXT_practice_from_last },
	{ 0 }
};

static err get(struct db *db, const struct city *city, int64_t id, struct festival *f)
{
	return festival_find(db, city->id, id_text(db_arena(db), id), f);
}

/* ---- sale ------------------------------------------------------------------------ */

static const struct practice_rule sale_rules[] = {
	{ .path = "sale/name", .type = PRACTICE_TEXT, .policy = PRACTICE_FILL,
	    .say = TEXT_practice_name },
	{ .path = "sale/first-day", .type = PRACTICE_DAY, .policy = PRACTICE_FILL,
	    .say = TEXT_practice_first_day, .span = "sale/days" },
	{ .path = "sale/days", .type = PRACTICE_NUMBER, .policy = PRACTICE_ADJUSTABLE,
	    .say = TEXT_practice_days, .min = 7, .max = 62, .as = "days" },
	{ .path = "sale/target", .type = PRACTICE_RUPIAH, .policy = PRACTICE_FREE,
	    .say = TEXT_practice_target, .min = 0, .max = RUPIAH_MAX, .grows = true },
	{ .path = "sale/admission", .type = PRACTICE_CHOICE, .policy = PRACTICE_FREE,
	    .say = TEXT_practice_admission, .choices = admission_choices },
	{ .path = "sale/admission-rule", .type = PRACTICE_LINES, .policy = PRACTICE_FREE,
	    .say = TEXT_practice_admission_rule },
};

static err sale_read(struct db *db, const struct city *city, int64_t id, struct practice_list *l)
{
	struct festival_admission_get rule;
	struct festival f;
	struct buf day = BUF(l->a, 20);
	bool found;

	TRY(get(db, city, id, &f));
	TRY(festival_q_admission_get(db, f.city, f.id, &rule, &found));
	time_put_iso_day(&day, f.first_day);
	practice_text(l, S("sale/name"), f.name);
	practice_text(l, S("sale/first-day"), buf_done(&day));
	practice_number(l, S("sale/days"), f.last_day - f.first_day + 1);
	practice_number(l, S("sale/target"), f.target);
	practice_text(l, S("sale/admission"), str_of(choice_by_value(admission_choices,
	    (int64_t)f.admission)->code));
	practice_text(l, S("sale/admission-rule"), found ? rule.rule : (str){ 0 });
	return NULL;
}

/* ---- rules ------------------------------------------------------------------------- */

#define CAP(p, t, n)	{ .path = "rules/" p, .type = PRACTICE_RUPIAH, .policy = PRACTICE_FREE, \
	.say = (t), .min = 0, .max = RUPIAH_MAX, .as = (n) }
#define FACTOR(p, t)	{ .path = "rules/factor/" p "/*", .type = PRACTICE_PERMILLE, \
	.policy = PRACTICE_FREE, .say = (t), .min = 0, .max = RULE_PERMILLE_MAX, \
	.as = "factors" }
static const struct practice_rule rules_rules[] = {
	/* A total that splitting does not change: without it this is another draw. */
	{ .path = "rules/counting", .type = PRACTICE_CHOICE, .policy = PRACTICE_LOCKED,
	    .say = TEXT_practice_counting, .choices = counting_choices, .as = "counting" },
	{ .path = "rules/unit", .type = PRACTICE_RUPIAH, .policy = PRACTICE_ADJUSTABLE,
	    .say = TEXT_practice_unit, .min = 10000, .max = 250000, .as = "unit" },
	{ .path = "rules/minimum", .type = PRACTICE_RUPIAH, .policy = PRACTICE_ADJUSTABLE,
	    .say = TEXT_practice_minimum, .min = 0, .max = 1000000, .as = "minimum" },
	CAP("cap-purchase", TEXT_practice_cap_purchase, "cap_purchase"),
	CAP("cap-merchant", TEXT_practice_cap_merchant, "cap_merchant"),
	CAP("cap-day", TEXT_practice_cap_day, "cap_day"),
	CAP("cap-person", TEXT_practice_cap_person, "cap_person"),
	FACTOR("venue", TEXT_practice_factor_venue),
	FACTOR("method", TEXT_practice_factor_method),
	FACTOR("sector", TEXT_practice_factor_sector),
	FACTOR("hour", TEXT_practice_factor_hour),
	FACTOR("day", TEXT_practice_factor_day),
};

const char *practice_key_name(enum rule_key k)
{
	static const char *const name[RULE_KEYS] = {
		[RULE_KEY_VENUE] = "venue", [RULE_KEY_METHOD] = "method",
		[RULE_KEY_SECTOR] = "sector", [RULE_KEY_HOUR] = "hour", [RULE_KEY_DAY] = "day",
	};

	return name[k];
}

const struct choice *practice_key_choices(enum rule_key k)
{
	return k == RULE_KEY_VENUE ? venue_kind_choices : k == RULE_KEY_METHOD ? method_choices :
	    k == RULE_KEY_SECTOR ? sector_choices : NULL;
}

/* "rules/factor/venue/market"; a day counted from the first one, which is 0. */
static void factor(struct practice_list *l, const struct festival *f,
    const struct rule_multiplier *m)
{
	const char *name = practice_key_name(m->kind);
	const struct choice *c = practice_key_choices(m->kind);
	int64_t key = m->kind == RULE_KEY_DAY ? m->key - f->first_day : m->key;

	if (!name)
		return;
	c = c ? choice_by_value(c, m->key) : NULL;
	practice_number(l, c ? arena_printf(l->a, "rules/factor/%s/%s", name, c->code) :
	    arena_printf(l->a, "rules/factor/%s/%lld", name, (long long)key), m->permille);
}

static err rules_read(struct db *db, const struct city *city, int64_t id, struct practice_list *l)
{
	struct festival f;

	TRY(get(db, city, id, &f));
	const struct rules *u = rules_newest(&f);
	practice_text(l, S("rules/counting"), str_of(choice_by_value(counting_choices,
	    (int64_t)u->counting)->code));
	practice_number(l, S("rules/unit"), u->unit);
	practice_number(l, S("rules/minimum"), u->minimum);
	practice_number(l, S("rules/cap-purchase"), u->cap_purchase);
	practice_number(l, S("rules/cap-merchant"), u->cap_merchant);
	practice_number(l, S("rules/cap-day"), u->cap_day);
	practice_number(l, S("rules/cap-person"), u->cap_person);
	for (size_t i = 0; i < u->n_multiplier; i++)
		factor(l, &f, &u->multiplier[i]);
	return NULL;
}

/* ---- steps ---------------------------------------------------------------------------- */

static const struct practice_rule steps_rules[] = {
	{ .path = "steps/*/days", .type = PRACTICE_NUMBER, .policy = PRACTICE_ADJUSTABLE,
	    .say = TEXT_practice_step_days, .min = -366, .max = 366, .stars = "setup." },
	{ .path = "steps/*/title", .type = PRACTICE_TEXT, .policy = PRACTICE_FREE,
	    .say = TEXT_practice_step_title },
	{ .path = "steps/*/from", .type = PRACTICE_CHOICE, .policy = PRACTICE_FREE,
	    .say = TEXT_practice_step_from, .choices = step_base_choices },
};

static void step_days(struct practice_list *l, str code, int64_t days)
{
	practice_number(l, arena_printf(l->a, "steps/%.*s/days", SV(code)), days);
}

static err steps_read(struct db *db, const struct city *city, int64_t id, struct practice_list *l)
{
	struct festival_step_list *own;
	struct setup_planned p;
	size_t n;

	TRY(festival_q_step_list(db, city->id, (festival_id){ id }, &own, &n));
	for (size_t i = 0; setup_planned(i, &p); i++) {
		for (size_t k = 0; k < n; k++)
			if (str_eq(own[k].code, p.code))
				p.days = own[k].days;
		step_days(l, p.code, p.days);
	}
	for (size_t k = 0; k < n; k++) {
		if (!own[k].title.n)
			continue;
		step_days(l, own[k].code, own[k].days);
		practice_text(l, arena_printf(l->a, "steps/%.*s/title", SV(own[k].code)),
		    own[k].title);
		practice_text(l, arena_printf(l->a, "steps/%.*s/from", SV(own[k].code)),
		    str_of(step_base_choices[own[k].base != 0].code));
	}
	return NULL;
}

/* ---- venues ----------------------------------------------------------------------------- */

#define VENUE(k, t)	{ .path = "venues/" k, .type = PRACTICE_LINES, .policy = PRACTICE_FILL, \
	.say = (t) }
static const struct practice_rule venues_rules[] = {
	VENUE("market", TEXT_practice_venue_market),
	VENUE("mall", TEXT_practice_venue_mall),
	VENUE("street", TEXT_practice_venue_street),
	VENUE("centre", TEXT_practice_venue_centre),
};

static err venues_read(struct db *db, const struct city *city, int64_t id, struct practice_list *l)
{
	struct festival_venue_list *v;
	size_t n;

	(void)id;
	TRY(festival_q_venue_list(db, city->id, &v, &n));
	for (const struct choice *c = venue_kind_choices; c->code; c++) {
		struct buf b = BUF(l->a, 1 << 20);
		for (size_t i = 0; i < n; i++)
			if (v[i].kind == c->value) {
				buf_str(&b, b.n ? S("\n") : S(""));
				buf_str(&b, v[i].name);
			}
		practice_text(l, arena_printf(l->a, "venues/%s", c->code), buf_done(&b));
	}
	return NULL;
}

const struct practice_part festival_parts[FESTIVAL_PARTS] = {
	{ "festival", "sale", TEXT_practice_part_sale, true, sale_rules, countof(sale_rules),
	    sale_read, practice_sale_write },
	{ "festival", "rules", TEXT_practice_part_rules, true, rules_rules, countof(rules_rules),
	    rules_read, practice_rules_write },
	{ "festival", "steps", TEXT_practice_part_steps, true, steps_rules, countof(steps_rules),
	    steps_read, practice_steps_write },
	{ "festival", "venues", TEXT_practice_part_venues, false, venues_rules,
	    countof(venues_rules), venues_read, practice_venues_write },
	{ "festival", "posters", TEXT_practice_part_posters, false, poster_rules, POSTER_TEXTS,
	    poster_read, poster_write },
};

/* ---- the kind ------------------------------------------------------------------------------ */

static void subject_of(struct arena *a, const struct festival *f, struct practice_subject *s)
{
	struct civil c = time_civil(time_of_day(f->first_day, ZONE_WIB), ZONE_WIB);

	*s = (struct practice_subject){ f->id.v, f->slug, f->name,
	    arena_printf(a, "/admin/festival/%.*s", SV(f->slug)),
	    arena_printf(a, "%d", c.year), { 0 } };
}

static err find(struct db *db, const struct city *city, str which, struct practice_subject *s)
{
	struct festival f;

	TRY(festival_find(db, city->id, which, &f));
	subject_of(db_arena(db), &f, s);
	return NULL;
}

static err subject(struct db *db, const struct city *city, int64_t id, struct practice_subject *s)
{
	return find(db, city, id_text(db_arena(db), id), s);
}

/* Nothing is said of a sale that still runs: its figures would be others each hour. */
static err measure(struct db *db, const struct city *city, int64_t id, int64_t now,
    struct indicator_values *v, str *as_of)
{
	struct buf day = BUF(db_arena(db), 20);
	struct festival f;

	TRY(get(db, city, id, &f));
	if (f.state < FESTIVAL_CLOSED)
		return NULL;
	/* Closed before its last day, it is known as of today. */
	int64_t today = time_day(now, city->zone);
	time_put_iso_day(&day, today < f.last_day ? today : f.last_day);
	*as_of = buf_done(&day);
	return festival_indicators_load(db, city, &f, LANG_ID, now, v);
}

static err list(struct db *db, const struct city *city, struct practice_subject **out, size_t *n)
{
	struct festival_list *l;
	struct festival f;
	size_t all;

	TRY(festival_q_list(db, city->id, &l, &all));
	*out = NEWN(db_arena(db), struct practice_subject, all);
	*n = 0;
	for (size_t i = 0; i < all; i++) {
		TRY(festival_find(db, city->id, l[i].slug, &f));
		if (f.state != FESTIVAL_DRAFT)
			subject_of(db_arena(db), &f, &(*out)[(*n)++]);
	}
	return NULL;
}

struct each { void (*each)(void *, str); void *ctx; };

static err name_row(void *ctx, const struct festival_practice_names *r)
{
	struct each *e = ctx;

	e->each(e->ctx, r->name);
	return NULL;
}

static err names(struct db *db, city_id city, void (*each)(void *, str), void *ctx)
{
	struct each e = { each, ctx };

	return festival_q_practice_names(db, city, name_row, &e);
}

const struct practice_kind festival_practice = {
	.name = "festival", .say = TEXT_practice_festival, .guide = TEXT_practice_festival_guide,
	.title = "sale/name", .next = "/setup", .next_say = TEXT_setup_title,
	.next_why = TEXT_practice_festival_next,
	.find = find, .get = subject, .make = practice_sale_make,
	.indicators = festival_indicators, .n_indicators = FESTIVAL_INDICATORS,
	.measure = measure, .list = list,
	.names = names,
};
