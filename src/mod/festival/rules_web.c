/*
 * rules_web.c - the organiser's rules page.  Until the opening it edits the
 * sale's rules; after it, a proposal that is announced as an amendment.
 */
#include "mod/festival/rules_web.h"
#include "core/audit.h"
#include "mod/festival/bar.h"
#include "rules_tmpl.h"
#include <string.h>

#define WRITERS	(MAY_ORGANISER | MAY_ADMIN)

/* ---- hours ---------------------------------------------------------------- */

const struct form_option *hour_options(struct arena *a)
{
	struct form_option *v = NEWN(a, struct form_option, HOURS);

	for (int i = 0; i < HOURS; i++)
		v[i] = (struct form_option){ arena_printf(a, "%02d", i),
		    arena_printf(a, "%02d.00", i) };
	return v;
}

err hour_read(struct arena *a, str typed, const char *field, int *hour)
{
	size_t dot = str_find(typed, S("."));
	int64_t n;

	*hour = -1;
	if (!typed.n)
		return NULL;
	if (dot != SIZE_MAX && !str_eq(str_sub(typed, dot, typed.n), S(".00")))
		return ERR(a, ERR_INVALID, "rules-hour", .field = field);
	if (!str_int(str_sub(typed, 0, dot == SIZE_MAX ? typed.n : dot), 0, HOURS - 1, &n))
		return ERR(a, ERR_INVALID, "rules-hour", .field = field);
	*hour = (int)n;
	return NULL;
}

/* ---- the forms -------------------------------------------------------------- */

struct rules_in {
	int64_t unit, counting, minimum, cap_purchase, cap_merchant, cap_day, cap_person;
};
#define MONEY(m, l)	FIELD(struct rules_in, m, FIELD_RUPIAH, .max = RUPIAH_MAX, .label = (l))
static const struct field rules_fields[] = {
	FIELD(struct rules_in, unit, FIELD_RUPIAH, .needed = true, .min = 1, .max = RUPIAH_MAX,
	    .label = TEXT_org_unit, .hint = TEXT_org_unit_hint),
	FIELD(struct rules_in, counting, FIELD_CHOICE, .needed = true,
	    .label = TEXT_org_counting, .choices = counting_choices),
	MONEY(minimum, TEXT_org_minimum),
	MONEY(cap_purchase, TEXT_org_cap_purchase),
	MONEY(cap_merchant, TEXT_org_cap_merchant),
	MONEY(cap_day, TEXT_org_cap_day),
	MONEY(cap_person, TEXT_org_cap_person),
};
const struct form org_rules_form = FORM(struct rules_in, rules_fields);

static const struct choice kinds[] = {
	{ "venue", RULE_KEY_VENUE, TEXT_rules_by_venue },
	{ "method", RULE_KEY_METHOD, TEXT_rules_by_method },
	{ "hour", RULE_KEY_HOUR, TEXT_rules_by_hour },
	{ "day", RULE_KEY_DAY, TEXT_rules_by_day },
	{ "sector", RULE_KEY_SECTOR, TEXT_rules_by_sector },
	{ "merchant", RULE_KEY_MERCHANT, TEXT_rules_by_merchant },
	{ 0 }
};

struct factor_in {
	int64_t kind, venue, method, sector, day, day_to;
	str hour, hour_to, merchant, factor;
};
static const struct field factor_fields[] = {
	FIELD(struct factor_in, kind, FIELD_CHOICE, .needed = true, .label = TEXT_rules_kind,
	    .choices = kinds),
	FIELD(struct factor_in, venue, FIELD_CHOICE, .label = TEXT_org_venue_kind,
	    .choices = venue_kind_choices),
	FIELD(struct factor_in, method, FIELD_CHOICE, .label = TEXT_rules_method,
	    .choices = method_choices),
	FIELD(struct factor_in, hour, FIELD_TEXT, .max = 5, .label = TEXT_rules_hour),
	FIELD(struct factor_in, hour_to, FIELD_TEXT, .max = 5, .label = TEXT_rules_hour_to,
	    .hint = TEXT_rules_hour_to_hint),
	FIELD(struct factor_in, day, FIELD_DAY, .label = TEXT_rules_day),
	FIELD(struct factor_in, day_to, FIELD_DAY, .label = TEXT_rules_day_to,
	    .hint = TEXT_rules_day_to_hint),
	FIELD(struct factor_in, sector, FIELD_CHOICE, .label = TEXT_rules_sector,
	    .choices = sector_choices),
	FIELD(struct factor_in, merchant, FIELD_TEXT, .max = 20, .label = TEXT_rules_merchant,
	    .hint = TEXT_rules_merchant_hint),
	FIELD(struct factor_in, factor, FIELD_TEXT, .max = 20, .label = TEXT_rules_factor,
	    .hint = TEXT_rules_factor_hint),
};
const struct form org_factor_form = FORM(struct factor_in, factor_fields);

const struct form org_rules_button = { NULL, 0, 1 };	/* a button, yet shown again */

struct amend_in { int64_t number, edits, day; str reason, hour; };
static const struct field amend_fields[] = {
	FIELD(struct amend_in, number, FIELD_INT, .needed = true, .min = 1, .max = 1000,
	    .label = TEXT_rules_kind),
	FIELD(struct amend_in, edits, FIELD_INT, .needed = true, .min = 1, .max = INT64_MAX,
	    .label = TEXT_rules_kind),
	FIELD(struct amend_in, reason, FIELD_LONG, .needed = true, .min = AMEND_REASON_MIN,
	    .max = AMEND_REASON_MAX, .label = TEXT_rules_reason, .hint = TEXT_rules_reason_hint),
	FIELD(struct amend_in, day, FIELD_DAY, .label = TEXT_rules_since,
	    .hint = TEXT_rules_since_hint),
	FIELD(struct amend_in, hour, FIELD_TEXT, .max = 5, .label = TEXT_rules_since_hour),
};
const struct form org_amend_form = FORM(struct amend_in, amend_fields);

/* ---- the page --------------------------------------------------------------- */

/* The rules being worked on: the proposal, else what was made last. */
static err worked_on(struct req *r, const struct festival *f, struct rule_version *p,
    bool *proposed)
{
	TRY(rules_proposed(r->db, f, p, proposed));
	if (!*proposed)
		*p = (struct rule_version){ .rules = *rules_newest(f) };
	return NULL;
}

static err load(struct req *r, struct festival *f, struct rule_version *p, bool *proposed)
{
	TRY(festival_find(r->db, r->city.id, r->param[0], f));
	return worked_on(r, f, p, proposed);
}

static str rules_href(struct req *r, const struct festival *f)
{
	return req_path(r, "/admin/festival/%.*s/rules", SV(f->slug));
}

static void factor_rows(struct req *r, const struct rules *rules, str href,
    struct org_rules_view *v)
{
	struct factor_row *rows = NEWN(r->a, struct factor_row, rules->n_multiplier);

	for (size_t i = 0; i < rules->n_multiplier; i++) {
		const struct rule_multiplier *m = &rules->multiplier[i];
		struct buf b = BUF(r->a, 400);
		rule_put_multiplier(&b, m, r->lang);
		rows[i] = (struct factor_row){ buf_done(&b), req_path(r, "%.*s/drop/%s/%lld",
		    SV(href), choice_by_value(kinds, (int64_t)m->kind)->code, (long long)m->key) };
	}
	v->factor = rows;
	v->n_factor = rules->n_multiplier;
}

/* The form as one kind draws it: its own fields are needed. */
static const struct form *form_of_kind(struct arena *a, const char *key, bool factor)
{
	struct field *v = NEWN(a, struct field, countof(factor_fields));
	struct form *form = NEW(a, struct form);

	for (size_t i = 0; i < countof(factor_fields); i++) {
		v[i] = factor_fields[i];
		if (!strcmp(v[i].name, key) || (factor && !strcmp(v[i].name, "factor")))
			v[i].needed = true;
	}
	*form = (struct form){ v, countof(factor_fields), sizeof(struct factor_in) };
	return form;
}

/* One form a kind; what was typed belongs to one of them. */
static void factor_forms(struct req *r, str href, struct org_rules_view *v)
{
	static const struct { const char *key, *until; bool factor; } shape[FACTOR_FORMS] = {
		[RULE_KEY_VENUE] = { "venue", NULL, true },
		[RULE_KEY_METHOD] = { "method", NULL, true },
		[RULE_KEY_HOUR] = { "hour", "hour_to", true },
		[RULE_KEY_DAY] = { "day", "day_to", true },
		[RULE_KEY_SECTOR] = { "sector", NULL, false },
		[RULE_KEY_MERCHANT] = { "merchant", NULL, false },
	};
	str typed = r->state.form == &org_factor_form && r->state.typed ?
	    params_value(r->state.typed, S("kind")) : (str){ 0 };

	for (size_t i = 0; i < FACTOR_FORMS; i++) {
		struct factor_in *fill = NEW(r->a, struct factor_in);
		bool mine = str_eq(typed, str_of(kinds[i].code));
		struct form_state left = mine ? r->state : (struct form_state){ 0 };
		left.form = form_of_kind(r->a, shape[i].key, shape[i].factor);
		*fill = (struct factor_in){ .kind = kinds[i].value, .venue = -1, .method = -1,
		    .sector = -1 };	/* none chosen yet */
		v->form[i] = (struct factor_form){ .title = kinds[i].label, .open = mine,
		    .key = shape[i].key, .until = shape[i].until, .factor = shape[i].factor,
		    .hours = i == RULE_KEY_HOUR,
		    .form = form_page(r->a, &left, left.form, fill,
			req_path(r, "%.*s/add", SV(href)), r->csrf) };
		v->form[i].form.prefix = kinds[i].code;
	}
}

static void amend_part(struct req *r, const struct festival *f, const struct rule_version *p,
    str href, struct org_rules_view *v)
{
	struct amend_in *fill = NEW(r->a, struct amend_in);

	*fill = (struct amend_in){ .number = p->number, .edits = p->edits };
	rules_compare(r->a, rules_newest(f), &p->rules, r->lang, &v->change);
	v->proposed = true;
	v->forget = req_path(r, "%.*s/forget", SV(href));
	v->amend = FORM_PAGE(r, &org_amend_form, fill, req_path(r, "%.*s/amend", SV(href)));
	v->amend.prefix = "amend";
}

static void page_links(struct req *r, const struct festival *f, str href,
    struct org_rules_view *v)
{
	v->name = f->name;
	v->csrf = r->csrf;
	v->href = req_path(r, "/admin/festival/%.*s", SV(f->slug));
	v->try_page = req_path(r, "%.*s/try", SV(href));
	v->open_page = req_path(r, "%.*s/rules", SV(festival_base(r, f)));
	v->hours = hour_options(r->a);
	v->n_hours = HOURS;
}

static bool any_open(const struct org_rules_view *v)
{
	for (size_t i = 0; i < FACTOR_FORMS; i++)
		if (v->form[i].open)
			return true;
	return false;
}

static bool is_drawn(const struct form_state *s, const struct org_rules_view *v)
{
	if (!v->may_edit || s->form == &org_rules_button)
		return false;
	return s->form == &org_amend_form ? v->proposed :
	    s->form == &org_factor_form ? any_open(v) : true;
}

static err first_error(const struct form_state *s)
{
	for (size_t i = 0; i < s->form->n; i++)
		if (s->errors[i])
			return s->errors[i];
	return s->whole;
}

/* A refusal whose form is not on the page any more: said above, with what was typed. */
static void refused_part(struct req *r, struct org_rules_view *v)
{
	const struct form_state *s = &r->state;

	if (!s->form || is_drawn(s, v))
		return;
	if (first_error(s))
		v->refused = err_text(r->a, r->lang, first_error(s));
	if (s->typed)
		v->typed = params_value(s->typed, S("reason"));
}

err org_rules(struct req *r)
{
	struct org_rules_view v = { 0 };
	struct rules_in *fill = NEW(r->a, struct rules_in);
	struct rule_version p;
	struct festival f;
	bool proposed;
	str *words;

	TRY(load(r, &f, &p, &proposed));
	const struct rules *w = &p.rules;
	str href = rules_href(r, &f);
	page_links(r, &f, href, &v);
	v.opened = f.state >= FESTIVAL_OPEN;
	v.may_edit = req_is(r, WRITERS) && f.state <= FESTIVAL_OPEN;
	rules_words(r->a, rules_at(&f, r->now, NULL), r->lang, &words, &v.n);
	v.v = words;
	*fill = (struct rules_in){ w->unit, (int64_t)w->counting, w->minimum, w->cap_purchase,
	    w->cap_merchant, w->cap_day, w->cap_person };
	v.sums = FORM_PAGE(r, &org_rules_form, fill, href);
	factor_rows(r, w, href, &v);
	factor_forms(r, href, &v);
	if (proposed && v.opened)
		amend_part(r, &f, &p, href, &v);
	refused_part(r, &v);
	amended_fill(r, &f, true, &v.amended, &v.n_amended);
	r->title = text(r->lang, TEXT_rules_title);
	page_org_rules(&r->out, &v);
	return NULL;
}

/* ---- changing --------------------------------------------------------------- */

static str joined(struct arena *a, const str *v, size_t n)
{
	struct buf b = BUF(a, RULES_TEXT_MAX);

	for (size_t i = 0; i < n; i++)
		buf_printf(&b, "%s%.*s", i ? " " : "", SV(v[i]));
	return buf_done(&b);
}

static err audited(struct req *r, const char *did, const struct festival *f,
    const struct rules *was, const struct rules *is)
{
	struct rules_change c;

	rules_compare(r->a, was, is, LANG_ID, &c);
	return audit(r, did, f->id.v, audit_json(r->a, (struct audit_pair[]){
	    AUDIT_TEXT("rule", joined(r->a, c.gone, c.n_gone)) }, 1),
	    audit_json(r->a, (struct audit_pair[]){
	    AUDIT_TEXT("rule", joined(r->a, c.come, c.n_come)) }, 1));
}

/* Both ways of changing end here: the sale's rules, or the proposal. */
static err put(struct req *r, const struct festival *f, const struct rules *was,
    const struct rules *is)
{
	bool opened = f->state >= FESTIVAL_OPEN;

	TRY(rules_put(r->tx, r->change, f, is));
	req_flash(r, opened ? TEXT_rules_proposed : TEXT_org_changed);
	r->redirect = rules_href(r, f);
	return opened ? audited(r, "rules.propose", f, was, is) :
	    audited(r, "rules.change", f, was, is);
}

static bool was_typed(const struct req *r, const char *name)
{
	return r->state.typed && params_value(r->state.typed, str_of(name)).n;
}

err org_rules_set(struct req *r)
{
	const struct rules_in *in = r->form;
	struct rule_version p;
	struct festival f;
	bool proposed;

	TRY(load(r, &f, &p, &proposed));
	struct rules to = p.rules;
	to.unit = in->unit;
	to.counting = (enum rule_counting)in->counting;
	to.minimum = in->minimum;
	to.cap_purchase = in->cap_purchase;
	to.cap_merchant = in->cap_merchant;
	to.cap_day = in->cap_day;
	to.cap_person = in->cap_person;
	return put(r, &f, &p.rules, &to);
}

struct wanted { struct rule_multiplier m; int64_t until; };

static err needed(struct req *r, const char *field)
{
	return was_typed(r, field) ? NULL :
	    ERR(r->a, ERR_INVALID, "field-needed", .field = field);
}

static err hours_wanted(struct req *r, const struct factor_in *in, struct wanted *w)
{
	int from, to;

	TRY(needed(r, "hour"));
	TRY(hour_read(r->a, in->hour, "hour", &from));
	TRY(hour_read(r->a, in->hour_to, "hour_to", &to));
	w->m.key = from;
	w->until = to < 0 ? from : to;
	return w->until < from ? ERR(r->a, ERR_INVALID, "rules-until", .field = "hour_to") : NULL;
}

static err days_wanted(struct req *r, const struct festival *f, const struct factor_in *in,
    struct wanted *w)
{
	TRY(needed(r, "day"));
	w->m.key = in->day;
	w->until = in->day_to ? in->day_to : in->day;
	if (in->day < f->first_day || in->day > f->last_day)
		return ERR(r->a, ERR_INVALID, "outside-dates", .field = "day");
	if (w->until < in->day)
		return ERR(r->a, ERR_INVALID, "rules-until", .field = "day_to");
	return w->until > f->last_day ? ERR(r->a, ERR_INVALID, "outside-dates", .field = "day_to")
	    : NULL;
}

/* To what a label holds beside the code, and not within a letter. */
static str cut(str name)
{
	size_t n = RULE_LABEL_MAX - 20;

	if (name.n <= n)
		return name;
	while (n > 0 && ((unsigned char)name.p[n] & 0xc0) == 0x80)
		n--;
	return str_sub(name, 0, n);
}

static err merchant_wanted(struct req *r, const struct factor_in *in, struct wanted *w)
{
	struct merchant m;

	TRY(needed(r, "merchant"));
	TRY(merchant_find(r->db, r->city.id, in->merchant, &m));
	w->m.key = w->until = m.id.v;
	w->m.label = req_path(r, "%.*s (%lld)", SV(cut(m.name)), (long long)m.code);
	return NULL;
}

static err key_wanted(struct req *r, const struct festival *f, const struct factor_in *in,
    struct wanted *w)
{
	switch (w->m.kind) {
	case RULE_KEY_VENUE:	w->m.key = w->until = in->venue; return needed(r, "venue");
	case RULE_KEY_METHOD:	w->m.key = w->until = in->method; return needed(r, "method");
	case RULE_KEY_SECTOR:	w->m.key = w->until = in->sector; return needed(r, "sector");
	case RULE_KEY_HOUR:	return hours_wanted(r, in, w);
	case RULE_KEY_DAY:	return days_wanted(r, f, in, w);
	case RULE_KEY_MERCHANT:	return merchant_wanted(r, in, w);
	case RULE_KEYS:		break;
	}
	panic("no factor of kind %d", (int)w->m.kind);
}

static err wanted(struct req *r, const struct festival *f, struct wanted *w)
{
	const struct factor_in *in = r->form;

	*w = (struct wanted){ .m = { .kind = (enum rule_key)in->kind } };
	TRY(key_wanted(r, f, in, w));
	if (w->m.kind == RULE_KEY_SECTOR || w->m.kind == RULE_KEY_MERCHANT)
		return NULL;
	TRY(needed(r, "factor"));
	return rule_permille_parse(in->factor, &w->m.permille) ? NULL :
	    ERR(r->a, ERR_INVALID, "rules-factor", .field = "factor", .arg = { in->factor });
}

/* All but kind and key from .. to, with room for more. */
static size_t without(const struct rules *r, enum rule_key kind, int64_t from, int64_t to,
    struct rule_multiplier *v)
{
	size_t n = 0;

	for (size_t i = 0; i < r->n_multiplier; i++) {
		const struct rule_multiplier *m = &r->multiplier[i];
		if (m->kind != kind || m->key < from || m->key > to)
			v[n++] = *m;
	}
	return n;
}

/* A factor said again replaces the one before. */
err org_factor_add(struct req *r)
{
	struct rule_version p;
	struct festival f;
	struct wanted w;
	bool proposed;

	TRY(load(r, &f, &p, &proposed));
	TRY(wanted(r, &f, &w));
	if (w.until - w.m.key >= RULE_MULTIPLIERS_MAX)
		return ERR(r->a, ERR_INVALID, "rule-multiplier-many");
	struct rules to = p.rules;
	struct rule_multiplier *v = NEWN(r->a, struct rule_multiplier, 2 * RULE_MULTIPLIERS_MAX);
	to.n_multiplier = without(&p.rules, w.m.kind, w.m.key, w.until, v);
	for (int64_t key = w.m.key; key <= w.until; key++) {
		v[to.n_multiplier] = w.m;
		v[to.n_multiplier++].key = key;
	}
	to.multiplier = v;
	return put(r, &f, &p.rules, &to);
}

/* Gone already: nothing happens. */
err org_factor_drop(struct req *r)
{
	const struct choice *kind = choice_by_code(kinds, r->param[1]);
	struct rule_version p;
	struct festival f;
	bool proposed;
	int64_t key;

	TRY(load(r, &f, &p, &proposed));
	if (!kind || !str_int(r->param[2], 0, INT64_MAX, &key))
		return ERR(r->a, ERR_MISSING, "no-such-page");
	struct rules to = p.rules;
	struct rule_multiplier *v = NEWN(r->a, struct rule_multiplier, to.n_multiplier + 1);
	to.n_multiplier = without(&p.rules, (enum rule_key)kind->value, key, key, v);
	to.multiplier = v;
	r->redirect = rules_href(r, &f);
	return to.n_multiplier == p.rules.n_multiplier ? NULL : put(r, &f, &p.rules, &to);
}

err org_rules_forget(struct req *r)
{
	struct rule_version p;
	struct festival f;
	bool proposed;

	TRY(load(r, &f, &p, &proposed));
	r->redirect = rules_href(r, &f);
	if (!proposed)
		return NULL;
	TRY(rules_forget(r->tx, &f));
	req_flash(r, TEXT_rules_forgotten);
	return audited(r, "rules.forget", &f, &p.rules, rules_newest(&f));
}

static err since_read(struct req *r, const struct amend_in *in, int64_t *since)
{
	int hour;

	*since = 0;
	TRY(hour_read(r->a, in->hour, "hour", &hour));
	if (hour >= 0)
		TRY(needed(r, "day"));
	if (in->day)
		*since = time_of_day(in->day, r->city.zone) + (hour > 0 ? hour : 0) * HOUR;
	return NULL;
}

err org_amend(struct req *r)
{
	const struct amend_in *in = r->form;
	struct amend x = { .number = in->number, .edits = in->edits, .reason = in->reason,
	    .by = r->who.login, .person = r->who.person };
	struct rule_version p;
	struct festival f;
	bool proposed, again;

	TRY(load(r, &f, &p, &proposed));
	TRY(since_read(r, in, &x.since));
	TRY(rules_amend(r->tx, r->change, &r->city, &f, &x, r->now, &again));
	req_flash(r, TEXT_rules_amended);
	r->redirect = rules_href(r, &f);
	if (again)
		return NULL;
	struct rules_change c;
	rules_compare(r->a, rules_newest(&f), &p.rules, LANG_ID, &c);
	return audit(r, "rules.amend", f.id.v, audit_json(r->a, (struct audit_pair[]){
	    AUDIT_TEXT("rule", joined(r->a, c.gone, c.n_gone)) }, 1),
	    audit_json(r->a, (struct audit_pair[]){
	    AUDIT_TEXT("rule", joined(r->a, c.come, c.n_come)),
	    AUDIT_NUM("number", x.number - 1), AUDIT_TEXT("reason", x.reason) }, 3));
}
