/* change.c - an adopted practice is adapted further, or follows its base. */
#include "core/audit.h"
#include "mod/template/inner.h"
#include "template_read.h"
#include "template_write.h"

struct work {
	struct tx *tx;
	struct change *c;
	const struct template_ask *q;
	struct template_diff d;
	struct practice_list now, want;
};

static err begin(struct work *w, str slug, const struct template *next, str seen)
{
	TRY(template_diff(w->tx->db, w->q, slug, next, &w->d));
	if (seen.n && !str_eq(seen, w->d.stamp))
		return ERR(w->q->a, ERR_CONFLICT, "template-raced", .arg = { slug });
	w->now.a = w->want.a = w->q->a;
	return practice_read(w->q->app, w->tx->db, w->q->city, w->d.base.kind,
	    w->d.subject.id, &w->now);
}

/* The row of a path, made where the program knows such a field. */
static err row_get(struct work *w, const struct template *base, str path, struct template_row **out)
{
	for (size_t i = 0; i < w->d.n; i++)
		if (str_eq(w->d.row[i].path, path)) {
			*out = &w->d.row[i];
			return NULL;
		}
	*out = NEW(w->q->a, struct template_row);
	(*out)->path = path;
	return row_fill(w->q, w->d.base.kind, base, *out);
}

static err reason_write(struct work *w, const struct template_row *r, str reason)
{
	return template_q_reason_put(w->tx, w->q->city->id, w->d.base.kind, w->d.subject.id,
	    r->path, !r->has_ours, r->ours, reason, w->q->by, w->q->now, NULL);
}

static err reason_forget(struct work *w, str path)
{
	return template_q_reason_drop(w->tx, w->q->city->id, w->d.base.kind, w->d.subject.id,
	    path, NULL);
}

static err audited(struct work *w, const char *what, str path, str before, str after, str reason)
{
	const struct audit_pair was[] = { AUDIT_TEXT("label", path), AUDIT_TEXT("value", before) };
	const struct audit_pair is[] = { AUDIT_TEXT("label", path), AUDIT_TEXT("value", after),
		AUDIT_TEXT("reason", reason) };

	return audit_by(w->tx, w->q->city->id, arena_cstr(w->q->a, w->q->by), what,
	    w->d.subject.id, audit_json(w->q->a, was, countof(was)),
	    audit_json(w->q->a, is, countof(is)), w->q->now);
}

/* "want" is what is there now, but for these rows. */
static err write(struct work *w, struct template_row *const *changed, size_t n)
{
	for (size_t i = 0; i < w->now.all.n; i++) {
		bool other = false;
		for (size_t k = 0; k < n; k++)
			other = other || str_eq(changed[k]->path, w->now.all.v[i].path);
		if (!other)
			practice_text(&w->want, w->now.all.v[i].path, w->now.all.v[i].value);
	}
	for (size_t k = 0; k < n; k++)
		if (changed[k]->has_ours)
			practice_text(&w->want, changed[k]->path, changed[k]->ours);
	practice_sort(&w->want);
	return parts_write(w->tx, w->c, w->q, &(struct parts_write){ w->d.base.kind,
	    w->d.subject.id, &w->now, &w->want });
}

/* ---- set, revert ------------------------------------------------------------------ */

static bool is_base(const struct template_row *r)
{
	return r->has_base == r->has_ours && (!r->has_base || str_eq(r->base, r->ours));
}

static err put(struct work *w, struct template_row *r, const struct template_set *s)
{
	struct template_row was = *r;

	r->has_ours = !s->gone;
	if (r->has_ours)
		TRY(row_judge(w->q->a, w->q, w->d.base.kind, &w->d.base, r, s->value, &r->ours));
	if (r->policy == PRACTICE_FILL)
		return audited(w, "template.set", r->path, was.ours, r->ours, (str){ 0 });
	if (is_base(r)) {
		TRY(reason_forget(w, r->path));
	} else {
		if (r->policy == PRACTICE_LOCKED &&
		    (was.has_ours != r->has_ours || !str_eq(was.ours, r->ours)))
			return ERR(w->q->a, ERR_INVALID, "template-locked", .field = "path",
			    .arg = { r->label });
		TRY(reason_judge(w->q->a, r->label, s->reason));
		TRY(reason_write(w, r, s->reason));
	}
	return audited(w, "template.set", r->path, was.ours, r->ours, s->reason);
}

err template_set(struct tx *tx, struct change *c, const struct template_ask *q, str slug,
    const struct template_set *set, size_t n, str seen)
{
	struct work w = { .tx = tx, .c = c, .q = q };
	struct template_row **r = NEWN(q->a, struct template_row *, n);

	TRY(begin(&w, slug, NULL, seen));
	for (size_t i = 0; i < n; i++) {
		TRY(row_get(&w, &w.d.base, set[i].path, &r[i]));
		TRY(put(&w, r[i], &set[i]));
	}
	return write(&w, r, n);
}

err template_revert(struct tx *tx, struct change *c, const struct template_ask *q, str slug,
    str path, str seen)
{
	struct work w = { .tx = tx, .c = c, .q = q };
	struct template_row *r;

	TRY(begin(&w, slug, NULL, seen));
	TRY(row_get(&w, &w.d.base, path, &r));
	if (r->policy == PRACTICE_FILL)
		return ERR(q->a, ERR_INVALID, "template-path", .field = "path",
		    .arg = { path });
	str was = r->ours;
	r->has_ours = r->has_base;
	r->ours = r->base;
	TRY(reason_forget(&w, path));
	TRY(audited(&w, "template.revert", path, was, r->ours, (str){ 0 }));
	return write(&w, &r, 1);
}

/* ---- a newer base -------------------------------------------------------------------- */

static const struct template_choice *choice_of(const struct template_choice *v, size_t n, str path)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(v[i].path, path))
			return &v[i];
	return NULL;
}

static err undecided(struct work *w, const struct template_choice *v, size_t n)
{
	struct buf b = BUF(w->q->a, 4000);

	for (size_t i = 0; i < w->d.n; i++) {
		const struct template_row *r = &w->d.row[i];
		if (!r->conflict || choice_of(v, n, r->path))
			continue;
		buf_str(&b, b.n ? S(", ") : S(""));
		buf_str(&b, r->path);
	}
	return !b.n ? NULL : ERR(w->q->a, ERR_CONFLICT, "template-undecided",
	    .arg = { buf_done(&b) });
}

static err choices_known(struct work *w, const struct template_choice *v, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		bool known = false;
		for (size_t k = 0; k < w->d.n; k++)
			known = known || str_eq(w->d.row[k].path, v[i].path);
		if (!known)
			return ERR(w->q->a, ERR_INVALID, "template-path", .field = "path",
			    .arg = { v[i].path });
	}
	return NULL;
}

static bool is_next(const struct template_row *r)
{
	return r->has_next == r->has_ours && (!r->has_next || str_eq(r->next, r->ours));
}

/* What a kept or mended value needs: not locked, and a reason. */
static err stands(struct work *w, const struct template *next, const struct template_row *r,
    str reason)
{
	const struct template_field *f = template_field(next, r->path);

	if ((f ? f->policy : r->policy) == PRACTICE_LOCKED)
		return ERR(w->q->a, ERR_INVALID, "template-locked", .field = "path",
		    .arg = { r->label });
	TRY(reason_judge(w->q->a, r->label, reason));
	return reason_write(w, r, reason);
}

/* Chosen, or never touched here: then it follows. */
static bool takes(const struct template_row *r, const struct template_choice *c)
{
	return c ? c->verdict == TEMPLATE_TAKE : r->changed && !r->deviates && !r->left_out;
}

static err decide(struct work *w, const struct template *next, struct template_row *r,
    const struct template_choice *c)
{
	str reason = c && c->reason.n ? c->reason : r->reason;

	if (takes(r, c)) {
		r->has_ours = r->has_next;
		r->ours = r->next;
	} else if (c && c->verdict == TEMPLATE_MEND) {
		r->has_ours = true;
		reason = c->reason;
		TRY(row_judge(w->q->a, w->q, next->kind, next, r, c->value, &r->ours));
	}
	if (is_next(r))
		return reason_forget(w, r->path);
	return c ? stands(w, next, r, reason) : NULL;
}

err template_upgrade(struct tx *tx, struct change *c, const struct template_ask *q, str slug,
    const struct template *next, const struct template_choice *v, size_t n, str seen)
{
	struct template_coming in = { q->key_file, { 0 }, q->by, q->now };
	struct work w = { .tx = tx, .c = c, .q = q };
	struct template_based was;
	template_file_id file;
	int64_t changed;

	TRY(begin(&w, slug, next, seen));
	TRY(choices_known(&w, v, n));
	TRY(undecided(&w, v, n));
	TRY(template_based(tx->db, q->city->id, next->kind, w.d.subject.id, &was));
	TRY(template_receive(tx, q->city->id, next, &in, &file));
	struct template_row **r = NEWN(q->a, struct template_row *, w.d.n);
	for (size_t i = 0; i < w.d.n; i++) {
		r[i] = &w.d.row[i];
		TRY(decide(&w, next, r[i], choice_of(v, n, r[i]->path)));
	}
	TRY(write(&w, r, w.d.n));
	TRY(template_q_adoption_base(tx, q->city->id, next->kind, w.d.subject.id, was.id, file,
	    &changed));
	if (changed != 1)
		return ERR(q->a, ERR_CONFLICT, "template-raced", .arg = { slug });
	return audited(&w, "template.upgrade", (str){ 0 }, w.d.base.ref, next->ref, (str){ 0 });
}
