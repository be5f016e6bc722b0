/* based_web.c - deviations from the base, their reasons; back to the base. */
#include "core/pipeline.h"
#include "mod/template/based_pages.h"
#include "mod/template/sheet.h"
#include "mod/template/web.h"

#define WRITERS	(MAY_ORGANISER | MAY_ADMIN)

enum { SHOWN = 40 };	/* deviations on a page */

struct based_in { str path, seen; };
static const struct field based_fields[] = {
	FIELD(struct based_in, path, FIELD_TEXT, .needed = true, .max = PRACTICE_PATH_MAX,
	    .label = TEXT_gallery_field),
	FIELD(struct based_in, seen, FIELD_TEXT, .max = 64, .label = TEXT_gallery_field),
};
const struct form based_form = FORM(struct based_in, based_fields);

/* "coupons rupiah" -> "Kupon, Nilai belanja" */
static str breaks_say(const struct template_ask *q, const struct template *t, str breaks)
{
	struct buf b = BUF(q->a, 2000);
	str one;

	while (str_take(&breaks, ' ', &one)) {
		if (b.n)
			buf_str(&b, S(", "));
		buf_str(&b, indicator_name(q, t, one));
	}
	return buf_done(&b);
}

static str edit_href(struct req *r, str here, str path, size_t i)
{
	struct buf b = BUF(r->a, 3 * PRACTICE_PATH_MAX + 200);

	buf_printf(&b, "%.*s?edit=", SV(here));
	percent_encode(&b, path);
	buf_printf(&b, "#b%zu", i);
	return buf_done(&b);
}

struct based {
	struct req *r;
	struct sheet_of s;
	const struct template_diff *d;
	str here, edit;		/* edit: the field whose form is shown	*/
};

static struct based_row row_of(const struct based *w, const struct template_row *r)
{
	const struct sheet_of *s = &w->s;
	struct value_of ours = { s->t->kind, r->path, r->type, r->has_ours, r->ours };
	bool open = str_eq(w->edit, r->path);
	struct sheet_of one = *s;
	size_t i = (size_t)(r - w->d->row);

	if (!open)
		one.typed = NULL;
	struct based_row row = { .in = sheet_row_of(&one, r), .path = r->path,
	    .ours = value_say(s->q, &ours),
	    .reason = template_reason_text(s->q->lang, r->reason), .by = r->by, .at = r->at,
	    .breaks = breaks_say(s->q, s->t, r->breaks), .unexplained = r->unexplained,
	    .locked = r->policy == PRACTICE_LOCKED, .open = open,
	    .edit = edit_href(w->r, w->here, r->path, i) };
	row.base = row.in.base;
	row.id = req_path(w->r, "b%zu", i);
	row.in.id = req_path(w->r, "f%zu", i);
	return row;
}

/* From which on: the page that was asked for, or the one with the field that is edited. */
static size_t first_of(const struct based *w)
{
	size_t n = 0;
	int64_t from;

	for (size_t i = 0; i < w->d->n; i++) {
		if (str_eq(w->d->row[i].path, w->edit) && w->d->row[i].deviates)
			return n / SHOWN * SHOWN;
		n += w->d->row[i].deviates;
	}
	return str_int(req_query(w->r, "from"), 0, (int64_t)n, &from) ? (size_t)from : 0;
}

static void deviations(const struct based *w, struct based_view *v)
{
	struct based_row *row = NEWN(w->r->a, struct based_row, SHOWN);
	size_t from = first_of(w);

	for (size_t i = 0; i < w->d->n; i++) {
		if (!w->d->row[i].deviates)
			continue;
		if (v->n_all >= from && v->n < SHOWN)
			row[v->n++] = row_of(w, &w->d->row[i]);
		v->n_all++;
	}
	v->v = row;
	if (from)
		v->before = req_path(w->r, "%.*s?from=%zu", SV(w->here),
		    from < SHOWN ? 0 : from - SHOWN);
	if (from + v->n < v->n_all)
		v->after = req_path(w->r, "%.*s?from=%zu", SV(w->here), from + v->n);
}

static bool step_has(const struct sheet_step *s, str path)
{
	for (size_t i = 0; i < s->n; i++)
		for (size_t k = 0; k < s->v[i].n; k++)
			if (str_eq(s->v[i].v[k].of->path, path))
				return true;
	return false;
}

static void same_of(const struct based *w, struct based_view *v)
{
	struct based_row *row = NEWN(w->r->a, struct based_row, v->open->fields);

	for (size_t i = 0; i < v->open->n; i++)
		for (size_t k = 0; k < v->open->v[i].n; k++)
			if (!v->open->v[i].v[k].of->deviates)
				row[v->n_same++] = row_of(w, v->open->v[i].v[k].of);
	v->same = row;
}

/* All fields as the sheet has them: those of one step are shown. */
static void steps_of(const struct based *w, struct based_view *v)
{
	struct template_plan all = { .row = w->d->row, .n = w->d->n };
	struct sheet_of s = w->s;
	struct sheet_step *step;
	int64_t asked;

	s.plan = &all;
	s.typed = NULL;
	v->n_step = sheet_steps(&s, &step);
	if (str_int(req_query(w->r, "step"), 1, (int64_t)v->n_step, &asked))
		v->open = &step[asked - 1];
	for (size_t i = 0; i < v->n_step; i++) {
		step[i].href = req_path(w->r, "%.*s?step=%zu#same", SV(w->here), i + 1);
		step[i].say = text_fill(w->r->a, w->r->lang, TEXT_gallery_fields,
		    (str[]){ req_path(w->r, "%zu", step[i].fields) }, 1);
		if (w->edit.n && step_has(&step[i], w->edit))
			v->open = &step[i];
	}
	v->step = step;
	if (v->open)
		same_of(w, v);
}

static void rows_of(struct req *r, const struct template_ask *q, const struct template_diff *d,
    str here, struct based_view *v)
{
	const struct based_in *in = r->form;
	struct based w = { r, { q, &d->base, NULL, r->state.typed, NULL }, d, here,
	    in ? in->path : req_query(r, "edit") };

	deviations(&w, v);
	v->n_equal = d->n - v->n_all;
	steps_of(&w, v);
}

static err nexts(struct req *r, const struct template_diff *d, struct based_view *v)
{
	struct template_knowns k;

	TRY(known_load(r->db, r->city.id, &k));
	struct next_row *x = NEWN(r->a, struct next_row, k.n);
	for (size_t i = 0; i < k.n; i++) {
		const struct template *t = &k.v[i].t;
		if (!k.v[i].made && known_follows(&d->base, t))
			x[v->n_next++] = (struct next_row){ req_path(r,
			    "/admin/adopted/%.*s/upgrade/%.*s", SV(d->subject.slug),
			    SV(known_short(t))), t->ref, t->city_name };
	}
	v->next = x;
	return NULL;
}

static void onward(struct req *r, const struct template_ask *q, const struct template_diff *d,
    struct based_view *v)
{
	const struct practice_kind *k = practice_kind_find(q->app, d->base.kind);

	v->onward = d->subject.href;
	if (!k || !k->next)
		return;
	v->onward = req_path(r, "%.*s%s", SV(d->subject.href), k->next);
	v->onward_say = k->next_say;
	v->onward_why = k->next_why;
}

err based_page(struct req *r)
{
	struct template_ask q = ask_of(r);
	struct template_diff d;
	struct based_view v;

	TRY(template_diff(r->db, &q, r->param[0], NULL, &d));
	str here = req_path(r, "/admin/adopted/%.*s", SV(d.subject.slug));
	v = (struct based_view){ .name = d.subject.name, .href = d.subject.href,
	    .ref = d.base.ref,
	    .city = d.base.city_name, .base = req_path(r, "/admin/practice/%.*s",
		SV(known_short(&d.base))), .by = d.adopted_by, .at = d.adopted_at,
	    .csrf = r->csrf, .set = req_path(r, "%.*s/set", SV(here)),
	    .revert = req_path(r, "%.*s/revert", SV(here)), .stamp = d.stamp,
	    .give = req_path(r, "/admin/practice/give/%.*s/%.*s", SV(d.base.kind),
		SV(d.subject.slug)), .may_write = req_is(r, WRITERS) };
	onward(r, &q, &d, &v);
	rows_of(r, &q, &d, here, &v);
	TRY(nexts(r, &d, &v));
	v.n_reason = reasons_say(r->a, r->lang, &v.reason);
	if (r->state.whole)
		v.refused = err_text(r->a, r->lang, r->state.whole);
	r->title = text(r->lang, TEXT_based_title);
	page_based(&r->out, &v);
	return NULL;
}

static str typed(struct req *r, char what, str path)
{
	return str_trim(params_value(r->state.typed, req_path(r, "%c.%.*s", what, SV(path))));
}

err based_set(struct req *r)
{
	const struct based_in *in = r->form;
	struct template_ask q = ask_of(r);
	struct template_set set = { .path = in->path,
	    .reason = reason_typed(r->lang, typed(r, 'r', in->path)) };
	struct template_diff d;

	TRY(template_diff(r->tx->db, &q, r->param[0], NULL, &d));
	for (size_t i = 0; i < d.n; i++)	/* a reason alone: the value stays */
		if (str_eq(d.row[i].path, in->path)) {
			set.value = d.row[i].ours;
			set.gone = !d.row[i].has_ours;
		}
	if (params_get(r->state.typed, req_path(r, "v.%.*s", SV(in->path)))) {
		str value = typed(r, 'v', in->path);
		set.gone = set.gone && !value.n;
		set.value = set.gone ? set.value : value;
	}
	TRY(template_set(r->tx, r->change, &q, r->param[0], &set, 1, in->seen));
	req_flash(r, TEXT_based_saved);
	r->redirect = req_path(r, "/admin/adopted/%.*s", SV(r->param[0]));
	return NULL;
}

err based_revert(struct req *r)
{
	const struct based_in *in = r->form;
	struct template_ask q = ask_of(r);

	TRY(template_revert(r->tx, r->change, &q, r->param[0], in->path, in->seen));
	req_flash(r, TEXT_based_reverted);
	r->redirect = req_path(r, "/admin/adopted/%.*s", SV(r->param[0]));
	return NULL;
}
