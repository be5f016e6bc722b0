#include "mod/template/sheet.h"
#include <stdlib.h>

/* Bytes on a page, about: of a row without its values, and of all rows of a step. */
enum { ROW_WEIGHT = 600, STEP_WEIGHT = 14000 };

/* ---- reasons ------------------------------------------------------------------ */

str reason_typed(enum lang lang, str typed)
{
	for (const struct choice *c = template_reasons; c->code; c++)
		if (str_eq(typed, text(lang, c->label)))
			return str_of(c->code);
	return typed;
}

size_t reasons_say(struct arena *a, enum lang lang, const str **out)
{
	size_t n = 0;

	while (template_reasons[n].code)
		n++;
	str *v = NEWN(a, str, n);
	for (size_t i = 0; i < n; i++)
		v[i] = text(lang, template_reasons[i].label);
	*out = v;
	return n;
}

bool reason_fine(str reason)
{
	return choice_by_code(template_reasons, reason) ||
	    (reason.n >= REASON_MIN && reason.n <= REASON_MAX);
}

/* ---- rows ----------------------------------------------------------------------- */

static str named(const struct sheet_of *s, char what, str path)
{
	return arena_printf(s->q->a, "%c.%.*s", what, SV(path));
}

static str typed(const struct sheet_of *s, char what, str path)
{
	return s->typed ? str_trim(params_value(s->typed, named(s, what, path))) : (str){ 0 };
}

static struct value_of of_base(const struct sheet_of *s, const struct template_row *r)
{
	return (struct value_of){ s->t->kind, r->path, r->type, r->has_base, r->base };
}

static struct value_of of_ours(const struct sheet_of *s, const struct template_row *r)
{
	return (struct value_of){ s->t->kind, r->path, r->type, r->has_ours, r->ours };
}

static enum sheet_input input_of(const struct template_row *r)
{
	if (r->policy == PRACTICE_LOCKED)
		return SHEET_FIXED;
	switch (r->type) {
	case PRACTICE_LINES:	return SHEET_LONG;
	case PRACTICE_DAY:	return SHEET_DAY;
	case PRACTICE_CHOICE:	return SHEET_CHOICE;
	case PRACTICE_TEXT: case PRACTICE_NUMBER: case PRACTICE_RUPIAH:
	case PRACTICE_PERMILLE: case PRACTICE_TYPES:
		break;
	}
	return SHEET_LINE;
}

static str limits(const struct sheet_of *s, const struct template_row *r)
{
	const struct template_field *f = template_field(s->t, r->path);
	struct value_of v = { s->t->kind, r->path, r->type, true, { 0 } };
	str args[2];

	if (!f || !f->limited || r->policy != PRACTICE_ADJUSTABLE)
		return (str){ 0 };
	v.value = arena_printf(s->q->a, "%lld", (long long)f->min);
	args[0] = value_say(s->q, &v);
	v.value = arena_printf(s->q->a, "%lld", (long long)f->max);
	args[1] = value_say(s->q, &v);
	return text_fill(s->q->a, s->q->lang, TEXT_adapt_limits, args, 2);
}

static void options(const struct sheet_of *s, const struct template_row *r, struct sheet_row *row)
{
	const struct practice_rule *u = practice_rule_find(s->q->app, s->t->kind, r->path);
	size_t n = 0;

	while (u && u->choices && u->choices[n].code)
		n++;
	struct sheet_option *o = NEWN(s->q->a, struct sheet_option, n);
	for (size_t i = 0; i < n; i++) {
		str code = str_of(u->choices[i].code);
		o[i] = (struct sheet_option){ code, text(s->q->lang, u->choices[i].label),
		    str_eq(code, row->value) };
	}
	row->option = o;
	row->n_option = n;
}

static bool is_base(const struct sheet_of *s, const struct template_row *r, str value)
{
	struct value_of base = of_base(s, r);

	return str_eq(value, value_typed(s->q, &base)) || (r->has_base && str_eq(value, r->base));
}

static void fill_typed(const struct sheet_of *s, const struct template_row *r,
    struct sheet_row *row)
{
	if (params_get(s->typed, row->reason_name))
		row->reason = typed(s, 'r', r->path);
	if (!params_get(s->typed, row->name))
		return;
	row->value = typed(s, 'v', r->path);
	if (!row->fill && !is_base(s, r, row->value) &&
	    !reason_fine(reason_typed(s->q->lang, row->reason)))
		row->wrong = text(s->q->lang, TEXT_adapt_reason_missing);
}

struct sheet_row sheet_row_of(const struct sheet_of *s, const struct template_row *r)
{
	struct value_of base = of_base(s, r), ours = of_ours(s, r);
	struct sheet_row row = { .name = named(s, 'v', r->path),
	    .reason_name = named(s, 'r', r->path), .label = r->label,
	    .base = value_say(s->q, &base), .why = r->why, .limits = limits(s, r),
	    .value = value_typed(s->q, &ours),
	    .reason = template_reason_text(s->q->lang, r->reason), .input = input_of(r),
	    .policy = policy_say(r->policy), .fill = r->policy == PRACTICE_FILL,
	    .empty = !r->has_ours, .deviates = r->deviates,
	    .of = r,
	    .weight = ROW_WEIGHT + (r->has_base ? 2 * r->base.n : 0) };

	if (s->typed)
		fill_typed(s, r, &row);
	if (row.input == SHEET_CHOICE)
		options(s, r, &row);
	return row;
}

/* ---- groups ------------------------------------------------------------------------ */

/* A part, or one of many things in it ("prizes/3"). */
static str group_of(const struct sheet_of *s, str path)
{
	const struct practice_rule *u = practice_rule_find(s->q->app, s->t->kind, path);
	const struct practice_part *p = practice_part_find(s->q->app, s->t->kind,
	    practice_piece(path, 0));
	str part = practice_piece(path, 0), one = practice_piece(path, 1);

	if (!u || !p || p->needed || !str_eq(practice_piece(str_of(u->path), 1), S("*")) ||
	    !practice_piece(path, 2).n)
		return part;
	return arena_printf(s->q->a, "%.*s/%.*s", SV(part), SV(one));
}

/* Left out: as it was typed, where it was on that page; else as it is kept. */
static void group_left(const struct sheet_of *s, str path, struct sheet_group *g)
{
	const struct template_set *kept = s->kept ? kept_left(s->kept, s->t, path) : NULL;

	if (s->typed && params_get(s->typed, g->reason_name)) {
		g->left = typed(s, 'o', path).n > 0;
		g->reason = typed(s, 'q', path);
	} else if (kept) {
		g->left = true;
		g->reason = template_reason_text(s->q->lang, kept->reason);
	}
}

static void group_begin(const struct sheet_of *s, str path, struct sheet_group *g, size_t i)
{
	const struct practice_part *p = practice_part_find(s->q->app, s->t->kind,
	    practice_piece(path, 0));
	str one = practice_piece(path, 1), say = p ? text(s->q->lang, p->say) : path;

	*g = (struct sheet_group){ .id = arena_printf(s->q->a, "g%zu", i), .path = path,
	    .name = named(s, 'o', path), .reason_name = named(s, 'q', path),
	    .part = say, .one = one, .may_leave = p && !p->needed };
	group_left(s, path, g);
}

/* As the kind counts its parts: the sale before its rules. */
static size_t part_order(const struct sheet_of *s, const struct sheet_group *g)
{
	str part = practice_piece(g->path, 0);
	const struct practice_part *p;
	size_t i = 0;

	while ((p = practice_part_at(s->q->app, s->t->kind, i)) && !str_eq(part, str_of(p->name)))
		i++;
	return i;
}

static void sort(const struct sheet_of *s, struct sheet_group *v, size_t n)
{
	for (size_t i = 1; i < n; i++)
		for (size_t k = i; k && part_order(s, &v[k]) < part_order(s, &v[k - 1]); k--) {
			struct sheet_group t = v[k];
			v[k] = v[k - 1];
			v[k - 1] = t;
		}
}

/* As the module counts its fields, where they lie side by side. */
struct placed { const struct template_row *r; str beside; const struct practice_rule *u; };

static int by_place(const void *va, const void *vb)
{
	const struct placed *a = va, *b = vb;
	int c = str_cmp(a->beside, b->beside);

	if (c)
		return c;
	return a->u != b->u ? (a->u > b->u) - (a->u < b->u) : str_cmp(a->r->path, b->r->path);
}

static struct placed *placed(const struct sheet_of *s)
{
	struct placed *v = NEWN(s->q->a, struct placed, s->plan->n);

	for (size_t i = 0; i < s->plan->n; i++) {
		const struct template_row *r = &s->plan->row[i];
		size_t end = r->path.n;
		while (end && r->path.p[end - 1] != '/')
			end--;
		v[i] = (struct placed){ r, str_sub(r->path, 0, end),
		    practice_rule_find(s->q->app, s->t->kind, r->path) };
	}
	if (s->plan->n)
		qsort(v, s->plan->n, sizeof *v, by_place);
	return v;
}

size_t sheet_groups(const struct sheet_of *s, struct sheet_group **out)
{
	const struct placed *at = placed(s);
	size_t n = s->plan->n, groups = 0;
	struct sheet_row *rows = NEWN(s->q->a, struct sheet_row, n);
	struct sheet_group *v = NEWN(s->q->a, struct sheet_group, n);
	str before = { 0 };

	for (size_t i = 0; i < n; i++) {
		const struct template_row *r = at[i].r;
		str group = group_of(s, r->path);
		if (!i || !str_eq(group, before)) {
			group_begin(s, group, &v[groups], groups);
			groups++;
			v[groups - 1].v = &rows[i];
			before = group;
		}
		struct sheet_group *g = &v[groups - 1];
		rows[i] = sheet_row_of(s, r);
		rows[i].id = arena_printf(s->q->a, "f%zu", i);
		g->may_leave = g->may_leave && r->policy != PRACTICE_LOCKED;
		g->n++;
	}
	sort(s, v, groups);
	*out = v;
	return groups;
}

/* ---- steps ------------------------------------------------------------------------- */

/* A piece of a group, as many rows as a page may hold. */
static size_t piece_of(const struct sheet_group *g, size_t from, struct sheet_group *out,
    size_t *weight)
{
	size_t n = 0;

	for (*weight = 0; from + n < g->n; n++) {
		if (n && *weight + g->v[from + n].weight > STEP_WEIGHT)
			break;
		*weight += g->v[from + n].weight;
	}
	*out = *g;
	out->v = g->v + from;
	out->n = n;
	out->more = from > 0;
	return n;
}

struct steps { struct sheet_step *v; size_t n, weight; };

static void piece_add(struct steps *s, const struct sheet_group *g, size_t weight)
{
	struct sheet_step *last = s->n ? &s->v[s->n - 1] : NULL;

	if (!last || !str_eq(last->part, g->part) || s->weight + weight > STEP_WEIGHT) {
		bool same = last && str_eq(last->part, g->part);
		s->v[s->n] = (struct sheet_step){ .part = g->part, .v = g,
		    .nth = same ? last->nth + 1 : 1 };
		last = &s->v[s->n++];
		s->weight = 0;
	}
	s->weight += weight;
	last->n++;
	last->fields += g->n;
}

size_t sheet_steps(const struct sheet_of *s, struct sheet_step **out)
{
	struct sheet_group *g, *piece = NEWN(s->q->a, struct sheet_group, s->plan->n);
	struct steps steps = { NEWN(s->q->a, struct sheet_step, s->plan->n), 0, 0 };
	size_t n = sheet_groups(s, &g), pieces = 0, weight;

	for (size_t i = 0; i < n; i++)
		for (size_t at = 0; at < g[i].n; pieces++) {
			at += piece_of(&g[i], at, &piece[pieces], &weight);
			piece_add(&steps, &piece[pieces], weight);
		}
	for (size_t i = 0; i < steps.n; i++)
		steps.v[i].title = steps.v[i].nth > 1 || (i + 1 < steps.n &&
		    steps.v[i + 1].nth > 1) ? arena_printf(s->q->a, "%.*s (%zu)",
		    SV(steps.v[i].part), steps.v[i].nth) : steps.v[i].part;
	*out = steps.v;
	return steps.n;
}

/* ---- what was typed -------------------------------------------------------------------- */

static bool left_out(const struct sheet_of *s, str path)
{
	return typed(s, 'o', group_of(s, path)).n > 0;
}

static void group_typed(const struct sheet_of *s, str group, struct kept_step *k, str *drop,
    struct template_set *set)
{
	if (!params_get(s->typed, named(s, 'q', group)))
		return;
	drop[k->n_drop++] = group;
	if (typed(s, 'o', group).n)
		set[k->n++] = (struct template_set){ .path = group, .gone = true,
		    .reason = reason_typed(s->q->lang, typed(s, 'q', group)) };
}

/* The base's own value is said aloud only where another is suggested in its place. */
static bool as_base(const struct sheet_of *s, const struct template_row *r, str value)
{
	return is_base(s, r, value) && !(s->kept && s->kept->scale && r->has_next);
}

static void row_typed(const struct sheet_of *s, const struct template_row *r,
    struct kept_step *k, str *drop, struct template_set *set)
{
	str value = typed(s, 'v', r->path);
	bool fill = r->policy == PRACTICE_FILL;

	if (!params_get(s->typed, named(s, 'v', r->path)))
		return;
	drop[k->n_drop++] = r->path;
	if (left_out(s, r->path) || (fill ? !value.n : as_base(s, r, value)))
		return;
	set[k->n++] = (struct template_set){ .path = r->path, .value = value,
	    .gone = !value.n && !fill && !is_base(s, r, value),
	    .reason = reason_typed(s->q->lang, typed(s, 'r', r->path)) };
}

void sheet_typed(const struct sheet_of *s, const struct sheet_step *step, struct kept_step *k)
{
	struct template_set *set = NEWN(s->q->a, struct template_set, step->fields + step->n);
	str *drop = NEWN(s->q->a, str, step->fields + step->n);

	*k = (struct kept_step){ .drop = drop, .set = set };
	for (size_t i = 0; i < step->n; i++) {
		const struct sheet_group *g = &step->v[i];
		group_typed(s, g->path, k, drop, set);
		for (size_t j = 0; j < g->n; j++)
			row_typed(s, g->v[j].of, k, drop, set);
	}
}
