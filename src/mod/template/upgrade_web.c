/* upgrade_web.c - a newer base beside ours and the old one: taken, kept or mended. */
#include "core/pipeline.h"
#include "mod/template/based_pages.h"
#include "mod/template/sheet.h"
#include "mod/template/web.h"

#define WRITERS	(MAY_ORGANISER | MAY_ADMIN)

struct upgrade_in { str seen; };
static const struct field upgrade_fields[] = {
	FIELD(struct upgrade_in, seen, FIELD_TEXT, .max = 64, .label = TEXT_gallery_field),
};
const struct form upgrade_form = FORM(struct upgrade_in, upgrade_fields);

static str typed(struct req *r, char what, str path)
{
	return r->state.typed ? str_trim(params_value(r->state.typed,
	    req_path(r, "%c.%.*s", what, SV(path)))) : (str){ 0 };
}

static str say(const struct sheet_of *s, const struct template_row *x, bool has, str value)
{
	struct value_of v = { s->t->kind, x->path, x->type, has, value };

	return value_say(s->q, &v);
}

static void chosen(struct req *r, const struct template_row *x, struct upgrade_row *row)
{
	str c = typed(r, 'c', x->path);

	row->take = str_eq(c, S("take"));
	row->keep = str_eq(c, S("keep"));
	row->mend = str_eq(c, S("mend"));
	row->in.wrong = (str){ 0 };
	if (!r->state.typed)
		return;
	if (!c.n)
		row->wrong = text(r->lang, TEXT_upgrade_choose);
	else if (!row->take && !reason_fine(reason_typed(r->lang, row->in.reason)))
		row->wrong = text(r->lang, TEXT_adapt_reason_missing);
}

static struct upgrade_row row_of(struct req *r, const struct sheet_of *s,
    const struct template_row *x, size_t i)
{
	struct upgrade_row row = { .in = sheet_row_of(s, x), .path = x->path,
	    .base = say(s, x, x->has_base, x->base), .ours = say(s, x, x->has_ours, x->ours),
	    .next = say(s, x, x->has_next, x->next),
	    .reason = template_reason_text(s->q->lang, x->reason) };

	row.in.id = arena_printf(r->a, "u%zu", i);
	row.verdict = req_path(r, "c.%.*s", SV(x->path));
	if (x->conflict)
		chosen(r, x, &row);
	return row;
}

static void rows_of(struct req *r, const struct sheet_of *s, const struct template_diff *d,
    struct upgrade_view *v)
{
	struct upgrade_row *clash = NEWN(r->a, struct upgrade_row, d->n);
	struct upgrade_row *comes = NEWN(r->a, struct upgrade_row, d->n);
	struct upgrade_row *stays = NEWN(r->a, struct upgrade_row, d->n);

	for (size_t i = 0; i < d->n; i++) {
		const struct template_row *x = &d->row[i];
		if (!x->changed && !x->deviates)
			continue;
		struct upgrade_row row = row_of(r, s, x, i);
		if (x->conflict)
			clash[v->n_clash++] = row;
		else if (x->changed && !x->left_out)
			comes[v->n_comes++] = row;
		else
			stays[v->n_stays++] = row;
	}
	v->clash = clash;
	v->comes = comes;
	v->stays = stays;
}

err upgrade_page(struct req *r)
{
	struct template_ask q = ask_of(r);
	struct template_known next;
	struct template_diff d;
	struct upgrade_view v;

	TRY(known_get(r->db, r->city.id, r->param[1], &next));
	TRY(template_diff(r->db, &q, r->param[0], &next.t, &d));
	str here = req_path(r, "/admin/adopted/%.*s", SV(d.subject.slug));
	v = (struct upgrade_view){ .name = d.subject.name, .here = here, .ref = next.t.ref,
	    .base = d.base.ref, .csrf = r->csrf, .stamp = d.stamp,
	    .action = req_path(r, "%.*s/upgrade/%.*s", SV(here), SV(r->param[1])),
	    .may_write = req_is(r, WRITERS) };
	rows_of(r, &(struct sheet_of){ &q, &d.base, NULL, r->state.typed, NULL }, &d, &v);
	v.n_reason = reasons_say(r->a, r->lang, &v.reason);
	if (r->state.whole)
		v.refused = err_text(r->a, r->lang, r->state.whole);
	r->title = text(r->lang, TEXT_upgrade_title);
	page_upgrade(&r->out, &v);
	return NULL;
}

static bool choice_of(struct req *r, const struct template_row *x, struct template_choice *c)
{
	str verdict = typed(r, 'c', x->path);

	*c = (struct template_choice){ .path = x->path, .value = typed(r, 'v', x->path),
	    .reason = reason_typed(r->lang, typed(r, 'r', x->path)) };
	c->verdict = str_eq(verdict, S("take")) ? TEMPLATE_TAKE :
	    str_eq(verdict, S("mend")) ? TEMPLATE_MEND : TEMPLATE_KEEP;
	return x->conflict && verdict.n;
}

err upgrade_do(struct req *r)
{
	const struct upgrade_in *in = r->form;
	struct template_ask q = ask_of(r);
	struct template_known next;
	struct template_diff d;
	size_t n = 0;

	TRY(known_get(r->tx->db, r->city.id, r->param[1], &next));
	TRY(template_diff(r->tx->db, &q, r->param[0], &next.t, &d));
	struct template_choice *c = NEWN(r->a, struct template_choice, d.n);
	for (size_t i = 0; i < d.n; i++)
		n += choice_of(r, &d.row[i], &c[n]);
	TRY(template_upgrade(r->tx, r->change, &q, r->param[0], &next.t, c, n, in->seen));
	req_flash(r, TEXT_upgrade_done);
	r->redirect = req_path(r, "/admin/adopted/%.*s", SV(r->param[0]));
	return NULL;
}
