#include "mod/template/compare.h"
#include "template_read.h"

/* ---- one -------------------------------------------------------------------- */

void compare_file(const struct template_ask *q, const struct template *t, str key,
    struct compare_one *c)
{
	*c = (struct compare_one){ .key = key, .city = t->city_name, .title = t->title,
	    .file = true, .kind = t->kind, .t = t, .field = { .a = q->a } };
	for (size_t i = 0; i < t->n_field; i++)
		if (t->field[i].policy != PRACTICE_FILL && t->field[i].has_value)
			practice_text(&c->field, t->field[i].path, t->field[i].value);
	c->figure = NEWN(q->a, struct compare_figure, t->n_outcome);
	for (size_t i = 0; i < t->n_outcome; i++) {
		const struct template_outcome *o = &t->outcome[i];
		c->figure[c->n++] = (struct compare_figure){ o->indicator, o->known ?
		    indicator_say(q, t, o->indicator, o->value) : (str){ 0 }, o->known,
		    o->source, o->day, o->note };
	}
}

static err of_file(struct db *db, const struct template_ask *q, str key, struct compare_one *c)
{
	struct template_known *x = NEW(q->a, struct template_known);

	TRY(known_get(db, q->city->id, key, x));
	compare_file(q, &x->t, key, c);
	return NULL;
}

static err figures(struct db *db, const struct template_ask *q, const struct practice_kind *k,
    const struct city *city, int64_t subject, struct compare_one *c)
{
	struct indicator_values v = { 0 };
	str as_of = { 0 };

	if (k->measure)
		TRY(k->measure(db, city, subject, q->now, &v, &as_of));
	c->figure = NEWN(q->a, struct compare_figure, k->n_indicators);
	for (size_t i = 0; i < k->n_indicators; i++) {
		const struct indicator *x = &k->indicators[i];
		struct compare_figure *f = &c->figure[c->n++];
		*f = (struct compare_figure){ .code = str_of(x->code), .day = as_of };
		if (!as_of.n || i >= v.n) {
			f->why = text(q->lang, TEXT_compare_runs);
			continue;
		}
		struct buf b = BUF(q->a, 80);
		indicator_put(&b, &v.v[i], q->lang);
		f->known = v.v[i].known;
		f->value = buf_done(&b);
		f->source = v.v[i].source;
		f->why = f->known ? (str){ 0 } : text(q->lang, v.v[i].why);
	}
	return NULL;
}

static err public_one(struct db *db, const struct template_ask *q, const struct practice_kind *k,
    const struct city *city, str slug, struct compare_one *c, bool *found)
{
	struct practice_list all = { .a = q->a };
	struct practice_subject *s;
	size_t n, at = 0;

	TRY(k->list(db, city, &s, &n));
	while (at < n && !str_eq(s[at].slug, slug))
		at++;
	*found = at < n;
	if (!*found)
		return NULL;
	c->title = s[at].name;
	c->kind = str_of(k->name);
	c->field.a = q->a;
	TRY(practice_read(q->app, db, city, c->kind, s[at].id, &all));
	for (size_t i = 0; i < all.all.n; i++) {
		const struct practice_value *x = &all.all.v[i];
		const struct practice_rule *u = practice_rule_find(q->app, c->kind, x->path);
		if (u && u->policy != PRACTICE_FILL)
			practice_text(&c->field, x->path, x->value);
	}
	return figures(db, q, k, city, s[at].id, c);
}

static err of_city(struct db *db, const struct template_ask *q, str key, struct compare_one *c)
{
	const struct practice_kind *k;
	struct city city;
	bool found = false;
	str slug = key, where;

	CHECK(str_take(&slug, '/', &where));
	TRY(city_find(db, where, &city));
	*c = (struct compare_one){ .key = key, .city = city.name };
	for (size_t i = 0; !found && (k = practice_kind_at(q->app, i)); i++)
		if (k->list)
			TRY(public_one(db, q, k, &city, slug, c, &found));
	return found ? NULL : ERR(q->a, ERR_MISSING, "compare-none", .arg = { key });
}

err compare_get(struct db *db, const struct template_ask *q, str key, struct compare_one *c)
{
	return str_find(key, S("/")) == SIZE_MAX ? of_file(db, q, key, c) :
	    of_city(db, q, key, c);
}

/* ---- rows -------------------------------------------------------------------- */

static const struct compare_figure *figure_of(const struct compare_one *c, str code)
{
	for (size_t i = 0; i < c->n; i++)
		if (str_eq(c->figure[i].code, code))
			return &c->figure[i];
	return NULL;
}

static bool names(str list, str word)
{
	str one;

	while (str_take(&list, ' ', &one))
		if (str_eq(one, word))
			return true;
	return false;
}

static bool breaks(const struct template_ask *q, const struct compare_one *c, str path, str code)
{
	const struct template_field *f = c->t ? template_field(c->t, path) : NULL;
	const struct practice_rule *u = practice_rule_find(q->app, c->kind, path);

	const struct practice_kind *k = practice_kind_find(q->app, c->kind);

	return (f && names(f->breaks, code)) ||
	    (k && u && names(practice_breaks(q->a, k, u), code));
}

struct work {
	const struct template_ask *q;
	const struct compare_one *a, *b;
	str code;
	struct buf why;
};

static str value_of_path(struct work *w, const struct compare_one *c, str path)
{
	const struct practice_rule *u = practice_rule_find(w->q->app, c->kind, path);
	const str *v = practice_get(&c->field, path);

	return value_say(w->q, &(struct value_of){ c->kind, path,
	    u ? u->type : PRACTICE_TEXT, v != NULL, v ? *v : (str){ 0 } });
}

static void differs(struct work *w, str path)
{
	if (!breaks(w->q, w->a, path, w->code) && !breaks(w->q, w->b, path, w->code))
		return;
	if (w->why.n)
		buf_str(&w->why, S("; "));
	str args[] = { practice_label(w->q->a, w->q->app, w->q->lang, w->a->kind, path),
	    value_of_path(w, w->b, path), value_of_path(w, w->a, path) };
	buf_str(&w->why, text_fill(w->q->a, w->q->lang, TEXT_compare_because, args, 3));
}

/* Fields of which the two say another thing, and which break this figure. */
static str broken(const struct template_ask *q, const struct compare_one *a,
    const struct compare_one *b, str code)
{
	struct work w = { q, a, b, code, BUF(q->a, 8000) };

	if (!str_eq(a->kind, b->kind))
		return text(q->lang, TEXT_compare_kind);
	for (size_t i = 0; i < a->field.all.n; i++) {
		const struct practice_value *x = &a->field.all.v[i];
		const str *y = practice_get(&b->field, x->path);
		if (!y || !str_eq(*y, x->value))
			differs(&w, x->path);
	}
	for (size_t i = 0; i < b->field.all.n; i++)
		if (!practice_get(&a->field, b->field.all.v[i].path))
			differs(&w, b->field.all.v[i].path);
	return buf_done(&w.why);
}

static size_t codes(const struct template_ask *q, const struct compare_one *c, size_t n, str **out)
{
	size_t all = 0, k = 0;

	for (size_t i = 0; i < n; i++)
		all += c[i].n;
	*out = NEWN(q->a, str, all);
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < c[i].n; j++) {
			bool there = false;
			for (size_t m = 0; m < k; m++)
				there = there || str_eq((*out)[m], c[i].figure[j].code);
			if (!there)
				(*out)[k++] = c[i].figure[j].code;
		}
	return k;
}

static void name_row(const struct template_ask *q, const struct compare_one *c, size_t n,
    struct compare_row *row)
{
	for (size_t i = n; i-- > 0;) {
		struct template named = { .kind = c[i].kind };
		const struct template *t = c[i].t ? c[i].t : &named;
		if (!figure_of(&c[i], row->code))
			continue;
		row->name = indicator_name(q, t, row->code);
		row->say = indicator_means(q, t, row->code);
	}
}

size_t compare_rows(const struct template_ask *q, const struct compare_one *c, size_t n,
    struct compare_row **out)
{
	str *code;
	size_t rows = codes(q, c, n, &code);

	*out = NEWN(q->a, struct compare_row, rows);
	for (size_t i = 0; i < rows; i++) {
		struct compare_row *row = &(*out)[i];
		row->code = code[i];
		name_row(q, c, n, row);
		for (size_t k = 0; k < n; k++)
			row->cell[k] = (struct compare_cell){ figure_of(&c[k], code[i]),
			    k ? broken(q, &c[0], &c[k], code[i]) : (str){ 0 } };
	}
	return rows;
}

/* ---- choosing -------------------------------------------------------------------- */

static err public_ones(struct db *db, const struct template_ask *q, const struct city *city,
    struct compare_choice **v, size_t *n)
{
	const struct practice_kind *k;
	VEC(struct compare_choice) all = { 0 };
	struct practice_subject *s;
	size_t m;

	for (size_t i = 0; (k = practice_kind_at(q->app, i)); i++) {
		if (!k->list)
			continue;
		TRY(k->list(db, city, &s, &m));
		for (size_t j = 0; j < m; j++)
			*VEC_ADD(q->a, &all) = (struct compare_choice){ arena_printf(q->a,
			    "%.*s/%.*s", SV(city->slug), SV(s[j].slug)), city->name, s[j].name,
			    false };
	}
	*v = all.v;
	*n = all.n;
	return NULL;
}

err compare_choices(struct db *db, const struct template_ask *q, struct compare_choice **out,
    size_t *n)
{
	VEC(struct compare_choice) all = { 0 };
	struct template_all_cities *city;
	struct compare_choice *v;
	struct template_knowns k;
	size_t m, cities;

	TRY(template_q_all_cities(db, &city, &cities));
	for (size_t i = 0; i < cities; i++) {
		struct city c = { .id = city[i].id, .code = city[i].code, .slug = city[i].slug,
		    .name = city[i].name, .zone = (enum zone)city[i].zone };
		TRY(public_ones(db, q, &c, &v, &m));
		for (size_t j = 0; j < m; j++)
			*VEC_ADD(q->a, &all) = v[j];
	}
	TRY(known_load(db, q->city->id, &k));
	for (size_t i = 0; i < k.n; i++)
		if (k.v[i].t.n_outcome)
			*VEC_ADD(q->a, &all) = (struct compare_choice){ known_short(&k.v[i].t),
			    k.v[i].t.city_name, k.v[i].t.ref, true };
	*out = all.v;
	*n = all.n;
	return NULL;
}
