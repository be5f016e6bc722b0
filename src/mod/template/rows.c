/* rows.c - fields side by side, and their being written. */
#include "mod/template/inner.h"
#include <stdlib.h>

struct template_row *row_find(struct row_list *l, str path)
{
	for (size_t i = 0; i < l->all.n; i++)
		if (str_eq(l->all.v[i].path, path))
			return &l->all.v[i];
	return NULL;
}

struct template_row *row_of(struct row_list *l, str path)
{
	struct template_row *r = row_find(l, path);

	if (r)
		return r;
	r = VEC_ADD(l->a, &l->all);
	r->path = path;
	return r;
}

static int by_path(const void *a, const void *b)
{
	return str_cmp(((const struct template_row *)a)->path,
	    ((const struct template_row *)b)->path);
}

void rows_sort(struct row_list *l)
{
	if (l->all.n)
		qsort(l->all.v, l->all.n, sizeof *l->all.v, by_path);
}

err row_fill(const struct template_ask *q, str kind, const struct template *base,
    struct template_row *r)
{
	const struct template_field *f = base ? template_field(base, r->path) : NULL;
	const struct practice_rule *u = practice_rule_find(q->app, kind, r->path);

	if (!f && !u)
		return ERR(q->a, ERR_INVALID, "template-path", .field = "path",
		    .arg = { r->path });
	r->label = practice_label(q->a, q->app, q->lang, kind, r->path);
	r->type = f ? f->type : u->type;
	r->policy = f ? f->policy : u->policy;
	r->breaks = f ? f->breaks : practice_breaks(q->a, practice_kind_find(q->app, kind), u);
	return NULL;
}

err row_judge(struct arena *a, const struct template_ask *q, str kind, const struct template *base,
    const struct template_row *row, str given, str *value)
{
	const struct template_field *f = base ? template_field(base, row->path) : NULL;
	const struct practice_rule *u = practice_rule_find(q->app, kind, row->path);

	if (!u)
		return ERR(a, ERR_INVALID, "template-path", .field = "path",
		    .arg = { row->path });
	struct practice_rule rule = *u;
	if (f && f->limited) {
		rule.min = f->min;
		rule.max = f->max;
	}
	return practice_value_judge(a, &rule, row->label, given, value);
}

err reason_judge(struct arena *a, str label, str reason)
{
	if (choice_by_code(template_reasons, reason) ||
	    (reason.n >= REASON_MIN && reason.n <= REASON_MAX && str_utf8(reason)))
		return NULL;
	return ERR(a, ERR_INVALID, "template-reason", .field = "reason", .arg = { label });
}

err template_known(struct arena *a, const struct template_ask *q, const struct template *t)
{
	if (!practice_kind_find(q->app, t->kind))
		return ERR(a, ERR_INVALID, "template-kind", .arg = { t->kind });
	for (size_t i = 0; i < t->n_field; i++) {
		const struct practice_rule *u = practice_rule_find(q->app, t->kind,
		    t->field[i].path);
		if (!u || u->type != t->field[i].type)
			return ERR(a, ERR_INVALID, "template-field-unknown",
			    .arg = { t->field[i].path });
	}
	return NULL;
}

/* ---- writing ----------------------------------------------------------------- */

static bool same_part(const struct practice_list *x, const struct practice_list *y, str part)
{
	for (size_t i = 0; i < x->all.n; i++) {
		const struct practice_value *v = &x->all.v[i];
		if (!practice_below(v->path, part))
			continue;
		const str *other = practice_get(y, v->path);
		if (!other || !str_eq(*other, v->value))
			return false;
	}
	return true;
}

err parts_write(struct tx *tx, struct change *c, const struct template_ask *q,
    const struct parts_write *w)
{
	const struct practice_part *p;

	for (size_t i = 0; (p = practice_part_at(q->app, w->kind, i)); i++) {
		str name = str_of(p->name);
		if (same_part(w->now, w->want, name) && same_part(w->want, w->now, name))
			continue;
		TRY(p->write(&(struct practice_write){ .tx = tx, .change = c, .city = q->city,
		    .subject = w->subject, .now = w->now, .want = w->want, .by = q->by,
		    .at = q->now }));
	}
	return NULL;
}

/* "great-sale" in Kota Kediri: "Great Sale Kediri". */
str template_usual_name(struct arena *a, str name, str city)
{
	struct buf b = BUF(a, 200);
	bool first = true;
	str word;

	while (str_take(&name, '-', &word)) {
		if (!word.n)
			continue;
		if (!first)
			buf_char(&b, ' ');
		first = false;
		char c = word.p[0];
		buf_char(&b, (char)(c >= 'a' && c <= 'z' ? c - 32 : c));
		buf_str(&b, str_sub(word, 1, word.n));
	}
	buf_char(&b, ' ');
	buf_str(&b, str_starts(city, S("Kota ")) ? str_sub(city, 5, city.n) :
	    str_starts(city, S("Kabupaten ")) ? str_sub(city, 10, city.n) : city);
	return buf_done(&b);
}

/* ---- reasons ------------------------------------------------------------------ */

const struct choice template_reasons[] = {
	{ "size", 1, TEXT_template_reason_size },
	{ "budget", 2, TEXT_template_reason_budget },
	{ "law", 3, TEXT_template_reason_law },
	{ "calendar", 4, TEXT_template_reason_calendar },
	{ "custom", 5, TEXT_template_reason_custom },
	{ "supply", 6, TEXT_template_reason_supply },
	{ "devices", 7, TEXT_template_reason_devices },
	{ "lesson", 8, TEXT_template_reason_lesson },
	{ NULL, 0, TEXT_none },
};

str template_reason_text(enum lang lang, str reason)
{
	const struct choice *c = choice_by_code(template_reasons, reason);

	return c ? text(lang, c->label) : reason;
}
