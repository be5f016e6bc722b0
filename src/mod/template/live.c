/* live.c - what was adopted, against its base as both are now. */
#include "mod/template/inner.h"
#include "template_read.h"

err template_based(struct db *db, city_id city, str kind, int64_t subject,
    struct template_based *b)
{
	struct template_adoption_get r;
	struct template t;
	bool found;

	*b = (struct template_based){ 0 };
	TRY(template_q_adoption_get(db, city, kind, subject, &r, &found));
	if (!found)
		return NULL;
	TRY(template_get(db, city, id_text(db_arena(db), r.file.v), &t));
	*b = (struct template_based){ true, t.ref, t.city_name, t.sha256, r.file };
	return NULL;
}

err template_adoptions(struct db *db, const struct template_ask *q, struct template_adoption **out,
    size_t *n)
{
	struct template_adoption_list *l;

	TRY(template_q_adoption_list(db, q->city->id, &l, n));
	struct template_adoption *v = NEWN(q->a, struct template_adoption, *n);
	for (size_t i = 0; i < *n; i++) {
		const struct practice_kind *k = practice_kind_find(q->app, l[i].kind);
		CHECK(k);
		v[i] = (struct template_adoption){ .kind = l[i].kind, .ref = l[i].ref,
		    .by = l[i].has_name ? l[i].name : l[i].by,
		    .at = l[i].at };
		TRY(k->get(db, q->city, l[i].subject, &v[i].subject));
	}
	*out = v;
	return NULL;
}

/* ---- the comparison ------------------------------------------------------------- */

struct work {
	struct db *db;
	const struct template_ask *q;
	const struct template *next;
	struct template_diff *d;
	struct row_list rows;
};

/* The rows of base, of ours and of the newer base, side by side. */
static err gather(struct work *w)
{
	const struct template *base = &w->d->base;
	struct practice_list ours = { .a = w->q->a };
	struct template_row *r;

	TRY(practice_read(w->q->app, w->db, w->q->city, base->kind, w->d->subject.id, &ours));
	for (size_t i = 0; i < ours.all.n; i++) {
		r = row_of(&w->rows, ours.all.v[i].path);
		r->has_ours = true;
		r->ours = ours.all.v[i].value;
	}
	for (size_t i = 0; i < base->n_field; i++) {
		r = row_of(&w->rows, base->field[i].path);
		r->has_base = base->field[i].has_value;
		r->base = base->field[i].value;
	}
	for (size_t i = 0; w->next && i < w->next->n_field; i++) {
		r = row_of(&w->rows, w->next->field[i].path);
		r->has_next = w->next->field[i].has_value;
		r->next = w->next->field[i].value;
	}
	rows_sort(&w->rows);
	return NULL;
}

static bool same(bool has_x, str x, bool has_y, str y)
{
	return has_x == has_y && (!has_x || str_eq(x, y));
}

static void judge(struct work *w, struct template_row *r)
{
	struct template_diff *d = w->d;

	r->deviates = !same(r->has_base, r->base, r->has_ours, r->ours);
	if (!r->deviates)
		r->breaks = (str){ 0 };
	if (w->next) {
		r->changed = !same(r->has_base, r->base, r->has_next, r->next);
		r->conflict = r->changed && r->deviates &&
		    !same(r->has_ours, r->ours, r->has_next, r->next);
	}
	d->n_deviations += r->deviates;
	d->n_changed += r->changed;
}

static bool covers(const struct template_reason_list *e, const struct template_row *r)
{
	if (e->gone)
		return !r->has_ours && practice_below(r->path, e->path);
	return r->has_ours && str_eq(e->path, r->path) && str_eq(e->value, r->ours);
}

static void explain(struct work *w, const struct template_reason_list *e, size_t n)
{
	for (size_t i = 0; i < w->rows.all.n; i++) {
		struct template_row *r = &w->rows.all.v[i];
		for (size_t k = 0; k < n; k++) {
			if (!covers(&e[k], r))
				continue;
			/* What was left out as a whole stays out of a newer base too. */
			r->conflict = r->conflict && !e[k].gone;
			r->left_out = e[k].gone;
			if (!r->deviates)
				continue;
			r->reason = e[k].reason;
			r->by = e[k].by;
			r->at = e[k].at;
		}
		r->unexplained = r->deviates && !r->reason.n;
		w->d->n_unexplained += r->unexplained;
		w->d->n_conflicts += r->conflict;
	}
}

static str stamp_of(struct arena *a, const struct template_diff *d)
{
	struct buf b = BUF(a, 4u << 20);
	struct hash h;

	buf_str(&b, d->base.sha256);
	for (size_t i = 0; i < d->n; i++)
		buf_printf(&b, "\n%.*s\n%d%.*s\n%.*s", SV(d->row[i].path), d->row[i].has_ours,
		    SV(d->row[i].ours), SV(d->row[i].reason));
	CHECK(!b.full);
	sha256(&h, b.p, b.n);
	return str_sub(hash_hex(a, &h), 0, 16);
}

/* Fill-ins have nothing to be compared with. */
static err name_rows(struct work *w)
{
	size_t kept = 0;

	for (size_t i = 0; i < w->rows.all.n; i++) {
		struct template_row *r = &w->rows.all.v[i];
		const struct template *of = w->next && !template_field(&w->d->base, r->path) ?
		    w->next : &w->d->base;
		TRY(row_fill(w->q, w->d->base.kind, of, r));
		if (r->policy == PRACTICE_FILL)
			continue;
		w->rows.all.v[kept] = *r;
		judge(w, &w->rows.all.v[kept++]);
	}
	w->rows.all.n = kept;
	return NULL;
}

static err find(struct db *db, const struct template_ask *q, str slug, struct template_diff *d)
{
	struct template_adoption_list *l;
	size_t n;

	TRY(template_q_adoption_list(db, q->city->id, &l, &n));
	for (size_t i = 0; i < n; i++) {
		const struct practice_kind *k = practice_kind_find(q->app, l[i].kind);
		CHECK(k);
		TRY(k->get(db, q->city, l[i].subject, &d->subject));
		if (str_eq(d->subject.slug, slug))
			return template_get(db, q->city->id, id_text(q->a, l[i].file.v),
			    &d->base);
	}
	return ERR(q->a, ERR_MISSING, "template-not-adopted", .arg = { slug });
}

/* Another version of the base, or one that descends from it, or from which it descends. */
static err family(struct arena *a, const struct template *base, const struct template *next)
{
	bool fine = str_eq(base->kind, next->kind) && str_eq(base->name, next->name) &&
	    str_eq(base->city, next->city);

	for (size_t i = 0; i < next->n_ancestor; i++)
		fine = fine || str_eq(next->ancestor[i].sha256, base->sha256);
	for (size_t i = 0; i < base->n_ancestor; i++)
		fine = fine || str_eq(base->ancestor[i].sha256, next->sha256);
	return fine && str_eq(base->kind, next->kind) ? NULL :
	    ERR(a, ERR_CONFLICT, "template-other", .arg = { base->ref, next->ref });
}

err template_diff(struct db *db, const struct template_ask *q, str slug,
    const struct template *next, struct template_diff *d)
{
	struct work w = { db, q, next, d, { .a = q->a } };
	struct template_adoption_get when;
	struct template_reason_list *e;
	bool found;
	size_t n;

	*d = (struct template_diff){ 0 };
	TRY(find(db, q, slug, d));
	if (next) {
		TRY(template_trusted(db, q->city->id, q->key_file, next));
		TRY(template_known(q->a, q, next));
		TRY(family(q->a, &d->base, next));
	}
	TRY(template_q_adoption_get(db, q->city->id, d->base.kind, d->subject.id, &when, &found));
	d->adopted_by = when.by;
	d->adopted_at = when.at;
	TRY(gather(&w));
	TRY(name_rows(&w));
	TRY(template_q_reason_list(db, q->city->id, d->base.kind, d->subject.id, &e, &n));
	explain(&w, e, n);
	d->row = w.rows.all.v;
	d->n = w.rows.all.n;
	d->stamp = stamp_of(q->a, d);
	return NULL;
}
