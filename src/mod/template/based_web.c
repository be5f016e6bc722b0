/* based_web.c - deviations from the base, their reasons; back to the base. */
#include "core/pipeline.h"
#include "mod/template/based_pages.h"
#include "mod/template/sheet.h"
#include "mod/template/web.h"

#define WRITERS	(MAY_ORGANISER | MAY_ADMIN)

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

static struct based_row row_of(const struct sheet_of *s, const struct template_row *r, size_t i,
    const struct based_in *in)
{
	struct value_of ours = { s->t->kind, r->path, r->type, r->has_ours, r->ours };
	struct sheet_of one = *s;

	if (!in || !str_eq(in->path, r->path))
		one.typed = NULL;
	struct based_row row = { .in = sheet_row_of(&one, r), .path = r->path,
	    .ours = value_say(s->q, &ours),
	    .reason = template_reason_text(s->q->lang, r->reason), .by = r->by, .at = r->at,
	    .breaks = breaks_say(s->q, s->t, r->breaks), .unexplained = r->unexplained,
	    .locked = r->policy == PRACTICE_LOCKED };
	row.base = row.in.base;
	row.in.id = arena_printf(s->q->a, "b%zu", i);
	return row;
}

static void rows_of(struct req *r, const struct template_ask *q, const struct template_diff *d,
    struct based_view *v)
{
	struct sheet_of s = { q, &d->base, NULL, r->state.typed, NULL };
	struct based_row *dev = NEWN(r->a, struct based_row, d->n);
	struct based_row *same = NEWN(r->a, struct based_row, d->n);

	for (size_t i = 0; i < d->n; i++) {
		const struct template_row *x = &d->row[i];
		struct based_row row = row_of(&s, x, i, r->form);
		if (x->deviates)
			dev[v->n++] = row;
		else
			same[v->n_same++] = row;
	}
	v->v = dev;
	v->same = same;
	v->n_unexplained = d->n_unexplained;
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

err based_page(struct req *r)
{
	struct template_ask q = ask_of(r);
	struct template_diff d;
	struct based_view v;

	TRY(template_diff(r->db, &q, r->param[0], NULL, &d));
	str here = req_path(r, "/admin/adopted/%.*s", SV(d.subject.slug));
	v = (struct based_view){ .name = d.subject.name, .href = d.subject.href,
	    .setup = req_path(r, "%.*s/setup", SV(d.subject.href)), .ref = d.base.ref,
	    .city = d.base.city_name, .base = req_path(r, "/admin/practice/%.*s",
		SV(known_short(&d.base))), .by = d.adopted_by, .at = d.adopted_at,
	    .csrf = r->csrf, .set = req_path(r, "%.*s/set", SV(here)),
	    .revert = req_path(r, "%.*s/revert", SV(here)), .stamp = d.stamp,
	    .give = req_path(r, "/admin/practice/give/%.*s/%.*s", SV(d.base.kind),
		SV(d.subject.slug)), .may_write = req_is(r, WRITERS) };
	rows_of(r, &q, &d, &v);
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
