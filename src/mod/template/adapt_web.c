/* adapt_web.c - a practice enters the city: the dry run, the sheet, the draft. */
#include "core/pipeline.h"
#include "mod/template/adapt.h"
#include "mod/template/holiday.h"
#include "mod/template/web.h"

enum { CHANGES_SHOWN = 60 };

struct begin_in { int64_t year; bool scale; };
static const struct field begin_fields[] = {
	FIELD(struct begin_in, year, FIELD_INT, .min = 1971, .max = 2190,
	    .label = TEXT_adapt_year),
	FIELD(struct begin_in, scale, FIELD_BOOL, .label = TEXT_adapt_scale),
};
const struct form adapt_begin_form = FORM(struct begin_in, begin_fields);

struct make_in { str slug; };
static const struct field make_fields[] = {
	FIELD(struct make_in, slug, FIELD_TEXT, .max = 80, .label = TEXT_adapt_slug,
	    .hint = TEXT_adapt_slug_hint),
};
const struct form adapt_make_form = FORM(struct make_in, make_fields);

err adapt_load(struct req *r, struct db *db, struct adapt *w)
{
	TRY(known_get(db, r->city.id, r->param[0], &w->x));
	w->q = ask_of(r);
	w->of = (struct kept_of){ r->city.id, r->who.person, &w->x.t, r->now };
	w->here = req_path(r, "/admin/practice/%.*s", SV(r->param[0]));
	return kept_get(db, &w->of, &w->kept);
}

err adapt_plan(struct db *db, struct adapt *w, bool whole)
{
	struct template_wish wish;

	kept_wish(w->q.a, &w->kept, &w->x.t, whole, &wish);
	TRY(template_plan(db, &w->q, &w->x.t, &wish, &w->plan));
	w->sheet = (struct sheet_of){ &w->q, &w->x.t, &w->plan, NULL, &w->kept };
	return NULL;
}

static err adopted_from(struct req *r, str ref, struct adapt_view *v)
{
	struct template_ask q = ask_of(r);
	struct template_adoption *x;
	size_t n;

	TRY(template_adoptions(r->db, &q, &x, &n));
	struct adopted_row *row = NEWN(r->a, struct adopted_row, n);
	for (size_t i = 0; i < n; i++)
		if (str_eq(ref, x[i].ref))
			row[v->n_adopted++] = (struct adopted_row){ req_path(r,
			    "/admin/adopted/%.*s", SV(x[i].subject.slug)), x[i].subject.name,
			    x[i].ref, x[i].by, x[i].at };
	v->adopted = row;
	return NULL;
}

/* ---- holidays in the days that are planned --------------------------------------------- */

static str holiday_say(struct req *r, const struct holiday *h)
{
	struct buf b = BUF(r->a, 300);

	time_put_day(&b, h->day, r->lang);
	buf_printf(&b, ": %.*s (%.*s)", SV(h->name), SV(h->source));
	return buf_done(&b);
}

static int64_t span_days(const struct template *t, const struct template_plan *p, str path)
{
	const struct template_field *f = template_field(t, path);
	int64_t days = 1;

	for (size_t i = 0; f && i < p->n; i++)
		if (str_eq(p->row[i].path, f->span) && p->row[i].has_ours &&
		    !str_int(p->row[i].ours, 1, 400, &days))
			days = 1;
	return days;
}

size_t adapt_holidays_say(struct req *r, const struct adapt *w, const str **out)
{
	str *say = NEWN(r->a, str, 400);
	struct holiday h;
	int64_t first;
	size_t n = 0;

	for (size_t i = 0; i < w->plan.n; i++) {
		const struct template_row *x = &w->plan.row[i];
		if (x->type != PRACTICE_DAY || !x->has_ours || !time_parse_day(x->ours, &first))
			continue;
		int64_t days = span_days(&w->x.t, &w->plan, x->path);
		for (int64_t d = first; d < first + days && n < 400; d++)
			if (holiday_on(d, &h))
				say[n++] = holiday_say(r, &h);
	}
	*out = say;
	return n;
}

/* ---- what both pages show ----------------------------------------------------------------- */

static void suggestions(struct adapt *w, struct adapt_view *v)
{
	struct sheet_row *say = NEWN(w->q.a, struct sheet_row, w->plan.n);

	for (size_t i = 0; i < w->plan.n; i++) {
		const struct template_row *x = &w->plan.row[i];
		if (!x->has_next || !x->why.n)
			continue;
		struct value_of next = { w->x.t.kind, x->path, x->type, true, x->next };
		say[v->n_say] = sheet_row_of(&w->sheet, x);
		say[v->n_say++].value = value_say(&w->q, &next);
		v->may_scale = v->may_scale || x->type != PRACTICE_DAY;
	}
	v->say = say;
}

static err others(struct db *db, struct adapt *w, struct adapt_view *v)
{
	struct kept_other *o;

	TRY(kept_others(db, &w->of, &o, &v->n_other));
	struct adapt_other *x = NEWN(w->q.a, struct adapt_other, v->n_other);
	for (size_t i = 0; i < v->n_other; i++)
		x[i] = (struct adapt_other){ o[i].name, o[i].at };
	v->other = x;
	return NULL;
}

static err view_of(struct req *r, struct adapt *w, struct adapt_view *v)
{
	struct template_plan *p = &w->plan;

	*v = (struct adapt_view){ .title = w->x.t.title, .city = r->city.name, .here = w->here,
	    .begin = req_path(r, "%.*s/try", SV(w->here)),
	    .sheet = req_path(r, "%.*s/adapt", SV(w->here)),
	    .drop = req_path(r, "%.*s/adapt/drop", SV(w->here)), .csrf = r->csrf,
	    .slug = p->slug, .name = p->name, .scale = w->kept.scale,
	    .begun = w->kept.is, .saved = w->kept.at,
	    .clash = p->clash, .n_clash = p->n_clash, .todo = p->todo, .n_todo = p->n_todo };
	if (w->kept.year)
		v->year = req_path(r, "%lld", (long long)w->kept.year);
	if (r->state.whole)
		v->refused = err_text(r->a, r->lang, r->state.whole);
	suggestions(w, v);
	v->n_holiday = adapt_holidays_say(r, w, &v->holiday);
	TRY(others(r->db, w, v));
	return adopted_from(r, w->x.t.ref, v);
}

/* ---- the dry run ---------------------------------------------------------------------------- */

/* What is asked for on this page stands before what is kept. */
static void asked(struct req *r, struct kept *k)
{
	bool again = r->state.typed != NULL;
	str year = again ? params_value(r->state.typed, S("year")) : req_query(r, "year");
	str scale = again ? params_value(r->state.typed, S("scale")) : req_query(r, "scale");

	if (year.n && !str_int(year, 1971, 2190, &k->year))
		k->year = 0;
	k->scale = scale.n > 0 || (k->scale && !again);
}

err adapt_try(struct req *r)
{
	struct adapt w = { 0 };
	struct sheet_group *g;
	struct adapt_view v;

	TRY(adapt_load(r, r->db, &w));
	asked(r, &w.kept);
	TRY(adapt_plan(r->db, &w, true));
	TRY(view_of(r, &w, &v));
	if (r->state.typed)
		v.year = params_value(r->state.typed, S("year"));
	if (r->state.errors && r->state.errors[0])
		v.refused = err_text(r->a, r->lang, r->state.errors[0]);
	v.n_group = sheet_groups(&w.sheet, &g);
	v.group = g;
	r->title = text(r->lang, TEXT_adapt_try);
	page_adapt_try(&r->out, &v);
	return NULL;
}

err adapt_begin(struct req *r)
{
	const struct begin_in *in = r->form;
	struct adapt w = { 0 };

	TRY(adapt_load(r, r->tx->db, &w));
	TRY(kept_begin(r->tx, &w.of, in->year, in->scale));
	r->redirect = req_path(r, "%.*s/adapt/1", SV(w.here));
	return NULL;
}

/* ---- the sheet ------------------------------------------------------------------------- */

static str step_say(struct req *r, const struct sheet_step *s)
{
	struct buf b = BUF(r->a, 300);
	size_t changed = 0, empty = 0;
	bool left = false;

	for (size_t i = 0; i < s->n; i++) {
		left = left || s->v[i].left;
		for (size_t k = 0; k < s->v[i].n; k++) {
			changed += s->v[i].v[k].deviates;
			empty += s->v[i].v[k].fill && s->v[i].v[k].empty;
		}
	}
	buf_str(&b, text_fill(r->a, r->lang, TEXT_gallery_fields,
	    (str[]){ req_path(r, "%zu", s->fields) }, 1));
	if (changed)
		buf_str(&b, text_fill(r->a, r->lang, left ? TEXT_adapt_step_left :
		    TEXT_adapt_step_changed, (str[]){ req_path(r, "%zu", changed) }, 1));
	if (empty)
		buf_str(&b, text_fill(r->a, r->lang, TEXT_adapt_step_empty,
		    (str[]){ req_path(r, "%zu", empty) }, 1));
	return buf_done(&b);
}

static void steps(struct req *r, struct adapt *w, struct adapt_view *v)
{
	struct sheet_step *s;

	v->n_step = sheet_steps(&w->sheet, &s);
	for (size_t i = 0; i < v->n_step; i++) {
		s[i].href = req_path(r, "%.*s/%zu", SV(v->sheet), i + 1);
		s[i].say = step_say(r, &s[i]);
	}
	v->step = s;
}

static void changes(struct adapt *w, struct adapt_view *v)
{
	struct adapt_change *c = NEWN(w->q.a, struct adapt_change, CHANGES_SHOWN);

	for (size_t i = 0; i < w->plan.n; i++) {
		const struct template_row *x = &w->plan.row[i];
		if (!x->deviates)
			continue;
		if (v->n_change == CHANGES_SHOWN) {
			v->n_more++;
			continue;
		}
		struct value_of base = { w->x.t.kind, x->path, x->type, x->has_base, x->base };
		struct value_of ours = { w->x.t.kind, x->path, x->type, x->has_ours, x->ours };
		c[v->n_change++] = (struct adapt_change){ x->label, value_say(&w->q, &base),
		    value_say(&w->q, &ours), template_reason_text(w->q.lang, x->reason) };
	}
	v->change = c;
}

err adapt_page(struct req *r)
{
	struct adapt w = { 0 };
	struct adapt_view v;

	TRY(adapt_load(r, r->db, &w));
	TRY(adapt_plan(r->db, &w, true));
	TRY(view_of(r, &w, &v));
	steps(r, &w, &v);
	changes(&w, &v);
	if (r->state.typed)
		v.slug = params_value(r->state.typed, S("slug"));
	r->title = text(r->lang, TEXT_adapt_sheet);
	page_adapt(&r->out, &v);
	return NULL;
}

/* Without a sheet: somebody pressed twice, and the draft is there already. */
err adapt_begun(struct req *r, const struct adapt *w)
{
	return w->kept.is ? NULL : ERR(r->a, ERR_CONFLICT, "template-sheet-none");
}

err adapt_do(struct req *r)
{
	const struct make_in *in = r->form;
	struct practice_subject made;
	struct template_wish wish;
	struct adapt w = { 0 };

	TRY(adapt_load(r, r->tx->db, &w));
	TRY(adapt_begun(r, &w));
	kept_wish(r->a, &w.kept, &w.x.t, true, &wish);
	wish.slug = in->slug;
	TRY(template_adopt(r->tx, r->change, &w.q, &w.x.t, &wish, &made));
	TRY(kept_drop(r->tx, r->city.id, w.kept.id));
	req_flash(r, TEXT_adapt_done);
	r->redirect = req_path(r, "/admin/adopted/%.*s", SV(made.slug));
	return NULL;
}

err adapt_drop(struct req *r)
{
	struct adapt w = { 0 };

	TRY(adapt_load(r, r->tx->db, &w));
	if (w.kept.is)
		TRY(kept_drop(r->tx, r->city.id, w.kept.id));
	req_flash(r, TEXT_adapt_dropped);
	r->redirect = req_path(r, "%.*s/try", SV(w.here));
	return NULL;
}
