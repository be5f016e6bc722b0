/* practice_write.c - a sale becomes as an adopted practice says. */
#include "festival_read.h"
#include "festival_write.h"
#include "mod/festival/merchant_admit.h"
#include "mod/festival/practice.h"
#include "mod/festival/setup.h"

static err get(const struct practice_write *w, struct festival *f)
{
	return festival_find(w->tx->db, w->city->id, id_text(db_arena(w->tx->db), w->subject), f);
}

/* ---- sale ------------------------------------------------------------------------- */

static void take_sale(const struct practice_write *w, struct festival *f)
{
	const struct practice_list *l = w->want;
	str name = practice_get_text(l, "sale/name");
	const struct choice *c = choice_by_code(admission_choices,
	    practice_get_text(l, "sale/admission"));
	int64_t days = practice_get_number(l, "sale/days", 30);

	f->name = name.n ? name : f->name;
	if (!time_parse_day(practice_get_text(l, "sale/first-day"), &f->first_day) &&
	    !f->first_day)
		f->first_day = time_day(w->at, w->city->zone) + 90;
	f->last_day = f->first_day + days - 1;
	f->target = practice_get_number(l, "sale/target", 0);
	f->admission = c ? (enum admission)c->value : ADMISSION_APPROVAL;
}

/* Special days lie where they lay, counted from the first one. */
static err days_move(const struct practice_write *w, const struct festival *f, int64_t by)
{
	struct rules u = f->rules;
	struct rule_multiplier *m = NEWN(db_arena(w->tx->db), struct rule_multiplier,
	    u.n_multiplier);

	for (size_t i = 0; i < u.n_multiplier; i++) {
		m[i] = u.multiplier[i];
		m[i].key += m[i].kind == RULE_KEY_DAY ? by : 0;
	}
	u.multiplier = m;
	return rules_put(w->tx, w->change, f, &u);
}

err practice_sale_write(const struct practice_write *w)
{
	str rule = practice_get_text(w->want, "sale/admission-rule");
	struct festival f, was;

	TRY(get(w, &f));
	was = f;
	take_sale(w, &f);
	TRY(festival_change(w->tx, w->change, &f));
	if (f.first_day != was.first_day)
		TRY(days_move(w, &f, f.first_day - was.first_day));
	if (!str_eq(rule, practice_get_text(w->now, "sale/admission-rule")))
		TRY(admission_rule_set(w->tx, w->change, &f, rule, w->at));
	return NULL;
}

/* ---- rules ------------------------------------------------------------------------- */

static bool factor_of(const struct festival *f, str path, struct rule_multiplier *m)
{
	str name = practice_piece(path, 2), key = practice_piece(path, 3);

	for (int k = 0; k < RULE_KEYS; k++) {
		enum rule_key kind = (enum rule_key)k;
		const char *n = practice_key_name(kind);
		const struct choice *c = practice_key_choices(kind);
		if (!n || !str_eq(name, str_of(n)))
			continue;
		m->kind = kind;
		if (!c)
			return str_int(key, -400, 400, &m->key) &&
			    (m->key += kind == RULE_KEY_DAY ? f->first_day : 0, true);
		c = choice_by_code(c, key);
		m->key = c ? c->value : 0;
		return c != NULL;
	}
	return false;
}

static err factors_take(const struct practice_write *w, const struct festival *f, struct rules *u)
{
	struct arena *a = db_arena(w->tx->db);
	const struct rules *was = rules_newest(f);
	VEC(struct rule_multiplier) v = { 0 };

	for (size_t i = 0; i < w->want->all.n; i++) {
		const struct practice_value *x = &w->want->all.v[i];
		struct rule_multiplier m = { .label = S("") };
		if (!str_starts(x->path, S("rules/factor/")))
			continue;
		if (!factor_of(f, x->path, &m) || !str_int(x->value, 0, RULE_PERMILLE_MAX,
		    &m.permille))
			return ERR(a, ERR_INVALID, "practice-value", .field = "value",
			    .arg = { x->path, x->value });
		*VEC_ADD(a, &v) = m;
	}
	/* Excluded merchants are this city's own affair. */
	for (size_t i = 0; i < was->n_multiplier; i++)
		if (was->multiplier[i].kind == RULE_KEY_MERCHANT)
			*VEC_ADD(a, &v) = was->multiplier[i];
	u->multiplier = v.v;
	u->n_multiplier = v.n;
	return NULL;
}

static err take_rules(const struct practice_write *w, const struct festival *f, struct rules *u)
{
	const struct practice_list *l = w->want;
	const struct choice *c = choice_by_code(counting_choices,
	    practice_get_text(l, "rules/counting"));

	*u = (struct rules){ .unit = practice_get_number(l, "rules/unit", 50000),
	    .counting = c ? (enum rule_counting)c->value : RULE_PERSON_TOTAL,
	    .minimum = practice_get_number(l, "rules/minimum", 0),
	    .cap_purchase = practice_get_number(l, "rules/cap-purchase", 0),
	    .cap_merchant = practice_get_number(l, "rules/cap-merchant", 0),
	    .cap_day = practice_get_number(l, "rules/cap-day", 0),
	    .cap_person = practice_get_number(l, "rules/cap-person", 0) };
	return factors_take(w, f, u);
}

err practice_rules_write(const struct practice_write *w)
{
	struct festival f;
	struct rules u;

	TRY(get(w, &f));
	TRY(take_rules(w, &f, &u));
	return rules_put(w->tx, w->change, &f, &u);
}

/* ---- steps --------------------------------------------------------------------------- */

static err step_put(const struct practice_write *w, str code, int64_t days, int64_t usual,
    bool planned)
{
	struct arena *a = db_arena(w->tx->db);
	const char *at = arena_printf(a, "steps/%.*s/", SV(code)).p;
	str title = practice_get_text(w->want, arena_printf(a, "%stitle", at).p);
	str from = practice_get_text(w->want, arena_printf(a, "%sfrom", at).p);

	if (planned && days == usual)
		return NULL;
	if (!planned && !title.n)
		return ERR(a, ERR_INVALID, "practice-step", .arg = { code });
	return festival_q_step_put(w->tx, w->city->id, (festival_id){ w->subject }, code,
	    str_eq(from, S("last")), days, planned ? (str){ 0 } : title, NULL);
}

static bool planned(str code, int64_t *days)
{
	struct setup_planned p;

	for (size_t i = 0; setup_planned(i, &p); i++)
		if (str_eq(p.code, code)) {
			*days = p.days;
			return true;
		}
	return false;
}

err practice_steps_write(const struct practice_write *w)
{
	TRY(festival_q_step_clear(w->tx, w->city->id, (festival_id){ w->subject }, NULL));
	for (size_t i = 0; i < w->want->all.n; i++) {
		const struct practice_value *v = &w->want->all.v[i];
		str code = practice_piece(v->path, 1);
		int64_t usual = 0, days;
		if (!str_starts(v->path, S("steps/")) || !str_ends(v->path, S("/days")))
			continue;
		bool is = planned(code, &usual);
		if (str_int(v->value, -366, 366, &days))
			TRY(step_put(w, code, days, usual, is));
	}
	return NULL;
}

/* ---- venues ---------------------------------------------------------------------------- */

static err venue_make(const struct practice_write *w, const struct choice *kind, str name,
    const struct festival_venue_list *there, size_t n)
{
	struct arena *a = db_arena(w->tx->db);

	for (size_t i = 0; i < n; i++)
		if (str_eq_nocase(there[i].name, name))
			return NULL;	/* it is there already: that one is meant */
	if (name.n < 3 || name.n > 80)
		return ERR(a, ERR_INVALID, "practice-venue", .arg = { name });
	return festival_q_venue_add(w->tx, w->city->id, (venue_id){ id_new() },
	    slug_make(a, name), name, kind->value, (str){ 0 }, (str){ 0 }, NULL);
}

static err venues_of(const struct practice_write *w, const struct choice *kind,
    const struct festival_venue_list *there, size_t n)
{
	str all = practice_get_text(w->want,
	    arena_printf(db_arena(w->tx->db), "venues/%s", kind->code).p), line, name;

	while (str_take(&all, '\n', &line))
		while (str_take(&line, ';', &name)) {
			name = str_trim(name);
			if (name.n)
				TRY(venue_make(w, kind, name, there, n));
		}
	return NULL;
}

err practice_venues_write(const struct practice_write *w)
{
	struct festival_venue_list *there;
	size_t n;

	TRY(festival_q_venue_list(w->tx->db, w->city->id, &there, &n));
	for (const struct choice *c = venue_kind_choices; c->code; c++)
		TRY(venues_of(w, c, there, n));
	return NULL;
}

/* ---- a new one ---------------------------------------------------------------------------- */

err practice_sale_make(const struct practice_write *w, str slug, struct practice_subject *s)
{
	struct festival f = { .city = w->city->id, .slug = slug, .name = slug };
	struct arena *a = db_arena(w->tx->db);

	take_sale(w, &f);
	TRY(take_rules(w, &f, &f.rules));
	TRY(festival_add(w->tx, &f, w->at));
	festival_touch(w->change, &f);
	*s = (struct practice_subject){ f.id.v, f.slug, f.name,
	    arena_printf(a, "/admin/festival/%.*s", SV(f.slug)), { 0 }, { 0 } };
	return NULL;
}
