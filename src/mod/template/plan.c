/* plan.c - what adopting would make: each field, what clashes, what is left to fill in. */
#include "mod/template/inner.h"
#include <string.h>

struct work {
	struct db *db;
	const struct template_ask *q;
	const struct template *t;
	const struct template_wish *wish;
	struct template_plan *plan;
	struct row_list rows;
	struct city_size size;
};

/* ---- the base's own ------------------------------------------------------------- */

static err base_rows(struct work *w)
{
	for (size_t i = 0; i < w->t->n_field; i++) {
		const struct template_field *f = &w->t->field[i];
		struct template_row *r = row_of(&w->rows, f->path);
		TRY(row_fill(w->q, w->t->kind, w->t, r));
		r->has_base = r->has_ours = f->has_value;
		r->base = r->ours = f->value;
	}
	return NULL;
}

/* ---- what was wished ---------------------------------------------------------------- */

static err leave_out(struct work *w, const struct template_set *s)
{
	struct arena *a = w->q->a;
	const struct practice_part *p = practice_part_find(w->q->app, w->t->kind, s->path);
	bool any = false;

	if (p && p->needed)
		return ERR(a, ERR_INVALID, "template-needed", .field = "path",
		    .arg = { text(w->q->lang, p->say) });
	for (size_t i = 0; i < w->rows.all.n; i++) {
		struct template_row *r = &w->rows.all.v[i];
		if (!practice_below(r->path, s->path))
			continue;
		if (r->policy == PRACTICE_LOCKED)
			return ERR(a, ERR_INVALID, "template-locked", .field = r->path.p ?
			    "path" : NULL, .arg = { r->label });
		TRY(reason_judge(a, r->label, s->reason));
		r->has_ours = false;
		r->reason = s->reason;
		any = true;
	}
	return any ? NULL : ERR(a, ERR_INVALID, "template-path", .field = "path",
	    .arg = { s->path });
}

static err set_one(struct work *w, const struct template_set *s)
{
	struct arena *a = w->q->a;
	struct template_row *r = row_of(&w->rows, s->path), was = *r;
	str value;

	TRY(row_fill(w->q, w->t->kind, w->t, r));
	TRY(row_judge(a, w->q, w->t->kind, w->t, r, s->value, &value));
	r->has_ours = r->said = true;
	r->ours = value;
	if (r->policy == PRACTICE_FILL || (was.has_base && str_eq(value, was.base)))
		return NULL;
	if (r->policy == PRACTICE_LOCKED)
		return ERR(a, ERR_INVALID, "template-locked", .field = "path",
		    .arg = { r->label });
	r->reason = s->reason;
	return reason_judge(a, r->label, s->reason);
}

static err wished(struct work *w)
{
	for (size_t i = 0; i < w->wish->n; i++)
		TRY((w->wish->set[i].gone ? leave_out : set_one)(w, &w->wish->set[i]));
	return NULL;
}

/* ---- what is suggested ------------------------------------------------------------------ */

static int64_t span_of(struct work *w, const struct template_field *f)
{
	struct template_row *r = row_find(&w->rows, f->span);
	int64_t days;

	return r && r->has_ours && str_int(r->ours, 1, 400, &days) ? days : 1;
}

/* A day nobody gave; an amount nobody set, where proportion was asked for. */
static bool follows(const struct work *w, const struct template_row *r)
{
	if (r->type == PRACTICE_DAY)
		return !r->has_ours;
	return w->wish->scale && !r->said && !r->reason.n && r->has_ours &&
	    str_eq(r->ours, r->base) && !str_eq(r->next, r->base);
}

static void suggest(struct work *w, struct template_row *r)
{
	const struct template_field *f = template_field(w->t, r->path);
	struct arena *a = w->q->a;

	if (!f)
		return;
	if (f->type == PRACTICE_DAY) {
		struct suggest_day s = { time_day(w->q->now, w->q->city->zone), w->wish->year,
		    span_of(w, f) };
		r->has_next = suggest_day(a, w->q->lang, f, &s, &r->next, &r->why);
	} else {
		r->has_next = suggest_amount(a, w->q->lang, w->t, &w->size, f,
		    &r->next, &r->why);
	}
	if (!r->has_next || !follows(w, r))
		return;
	r->reason = f->type == PRACTICE_DAY ? (str){ 0 } : r->why;
	r->has_ours = true;
	r->ours = r->next;
}

static void suggest_all(struct work *w)
{
	const struct practice_kind *k = practice_kind_find(w->q->app, w->t->kind);

	for (size_t i = 0; i < w->rows.all.n; i++) {
		struct template_row *r = &w->rows.all.v[i];
		if (k->title && str_eq(r->path, str_of(k->title)) && !r->has_ours) {
			r->has_ours = r->has_next = true;
			r->next = template_usual_name(w->q->a, w->t->name, w->q->city->name);
			r->ours = r->next;
		}
		suggest(w, r);
	}
}

/* ---- the outcome ---------------------------------------------------------------------------- */

static void deviations(struct work *w)
{
	struct template_plan *p = w->plan;
	VEC(str) todo = { 0 };

	for (size_t i = 0; i < w->rows.all.n; i++) {
		struct template_row *r = &w->rows.all.v[i];
		if (r->policy == PRACTICE_FILL) {
			if (!r->has_ours || r->has_next)
				*VEC_ADD(w->q->a, &todo) = r->label;
			r->breaks = (str){ 0 };
			continue;
		}
		r->deviates = r->has_base != r->has_ours || !str_eq(r->base, r->ours);
		if (!r->deviates)
			r->breaks = (str){ 0 };
	}
	p->todo = todo.v;
	p->n_todo = todo.n;
}

static err taken(struct work *w, const struct practice_kind *k, str slug, bool *is)
{
	struct practice_subject s;
	err e = k->find(w->db, w->q->city, slug, &s);

	*is = !e && str_eq(s.slug, slug);
	return e && e->kind != ERR_MISSING ? e : NULL;
}

/* Its own name, or the next that is free; one that was asked for is not bent. */
static err slug_choose(struct work *w, const struct practice_kind *k)
{
	struct template_plan *p = w->plan;
	struct arena *a = w->q->a;
	bool is;

	p->slug = w->wish->slug.n ? w->wish->slug : w->t->name;
	TRY(taken(w, k, p->slug, &is));
	for (int n = 2; is && !w->wish->slug.n && n < 1000; n++) {
		p->slug = arena_printf(a, "%.*s-%d", SV(w->t->name), n);
		TRY(taken(w, k, p->slug, &is));
	}
	if (!is)
		return NULL;
	p->clash = NEWN(a, str, 1);
	p->clash[p->n_clash++] = text_fill(a, w->q->lang, TEXT_template_clash_slug,
	    &p->slug, 1);
	return NULL;
}

static void want(struct work *w)
{
	struct template_plan *p = w->plan;

	p->want.a = w->q->a;
	for (size_t i = 0; i < w->rows.all.n; i++)
		if (w->rows.all.v[i].has_ours)
			practice_text(&p->want, w->rows.all.v[i].path, w->rows.all.v[i].ours);
	p->row = w->rows.all.v;
	p->n = w->rows.all.n;
}

err template_plan(struct db *db, const struct template_ask *q, const struct template *t,
    const struct template_wish *wish, struct template_plan *plan)
{
	struct work w = { .db = db, .q = q, .t = t, .wish = wish, .plan = plan,
	    .rows = { .a = q->a } };
	const struct practice_kind *k = practice_kind_find(q->app, t->kind);

	*plan = (struct template_plan){ 0 };
	TRY(template_trusted(db, q->city->id, q->key_file, t));
	TRY(template_known(q->a, q, t));
	TRY(city_size(db, q->city->id, &w.size));
	TRY(base_rows(&w));
	TRY(wished(&w));
	rows_sort(&w.rows);
	suggest_all(&w);
	deviations(&w);
	TRY(slug_choose(&w, k));
	const struct template_row *name = k->title ? row_find(&w.rows, str_of(k->title)) : NULL;
	plan->name = name ? name->ours : plan->slug;
	want(&w);
	return NULL;
}
