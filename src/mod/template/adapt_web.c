/* adapt_web.c - a practice enters the city: the dry run, the sheet, the draft. */
#include "core/pipeline.h"
#include "mod/template/holiday.h"
#include "mod/template/sheet.h"
#include "mod/template/web.h"

const struct form adapt_form = { NULL, 0, 1 };	/* its inputs are the practice's */

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
			    x[i].ref, x[i].at };
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

static void holidays(struct req *r, const struct template *t, const struct template_plan *p,
    struct adapt_view *v)
{
	str *say = NEWN(r->a, str, 400);
	struct holiday h;
	int64_t first;

	for (size_t i = 0; i < p->n; i++) {
		const struct template_row *x = &p->row[i];
		if (x->type != PRACTICE_DAY || !x->has_ours || !time_parse_day(x->ours, &first))
			continue;
		int64_t days = span_days(t, p, x->path);
		for (int64_t d = first; d < first + days && v->n_holiday < 400; d++)
			if (holiday_on(d, &h))
				say[v->n_holiday++] = holiday_say(r, &h);
	}
	v->holiday = say;
}

/* ---- what both pages show ----------------------------------------------------------------- */

struct adapt {
	struct template_known x;
	struct template_ask q;
	struct template_plan plan;
	struct sheet_of sheet;
	struct adapt_view v;
};

/* What was typed shows which holidays lie in the way, too. */
static void typed_days(struct adapt *w)
{
	for (size_t i = 0; w->sheet.typed && i < w->plan.n; i++) {
		struct template_row *x = &w->plan.row[i];
		str typed = params_value(w->sheet.typed, arena_printf(w->q.a, "v.%.*s",
		    SV(x->path)));
		if (x->type == PRACTICE_DAY && typed.n) {
			x->ours = typed;
			x->has_ours = true;
		}
	}
}

static void suggestions(struct adapt *w)
{
	struct sheet_row *say = NEWN(w->q.a, struct sheet_row, w->plan.n);

	for (size_t i = 0; i < w->plan.n; i++) {
		const struct template_row *x = &w->plan.row[i];
		if (!x->has_next || !x->why.n)
			continue;
		struct value_of next = { w->x.t.kind, x->path, x->type, true, x->next };
		say[w->v.n_say] = sheet_row_of(&w->sheet, x);
		say[w->v.n_say++].value = value_say(&w->q, &next);
		w->v.may_scale = w->v.may_scale || x->type != PRACTICE_DAY;
	}
	w->v.say = say;
}

static err plan_of(struct req *r, struct adapt *w)
{
	struct template_wish wish = { .scale = req_query(r, "scale").n > 0 };
	struct template_plan *p = &w->plan;

	if (!str_int(req_query(r, "year"), 1971, 2190, &wish.year))
		wish.year = 0;
	TRY(known_get(r->db, r->city.id, r->param[0], &w->x));
	w->q = ask_of(r);
	TRY(template_plan(r->db, &w->q, &w->x.t, &wish, p));
	w->sheet = (struct sheet_of){ &w->q, &w->x.t, p, r->state.typed };
	str here = req_path(r, "/admin/practice/%.*s", SV(r->param[0]));
	w->v = (struct adapt_view){ .title = w->x.t.title, .city = r->city.name, .here = here,
	    .action = req_path(r, "%.*s/adapt", SV(here)), .csrf = r->csrf, .slug = p->slug,
	    .name = p->name, .scale = wish.scale, .year = req_query(r, "year"),
	    .clash = p->clash, .n_clash = p->n_clash, .todo = p->todo, .n_todo = p->n_todo,
	    .fields = (int64_t)p->n };
	suggestions(w);
	typed_days(w);
	holidays(r, &w->x.t, p, &w->v);
	struct sheet_group *g;
	w->v.n_group = sheet_groups(&w->sheet, &g);
	w->v.group = g;
	return adopted_from(r, w->x.t.ref, &w->v);
}

err adapt_try(struct req *r)
{
	struct adapt w = { 0 };

	TRY(plan_of(r, &w));
	r->title = text(r->lang, TEXT_adapt_try);
	page_adapt_try(&r->out, &w.v);
	return NULL;
}

err adapt_page(struct req *r)
{
	struct adapt w = { 0 };

	TRY(plan_of(r, &w));
	w.v.n_reason = reasons_say(r->a, r->lang, &w.v.reason);
	if (r->state.whole)
		w.v.refused = err_text(r->a, r->lang, r->state.whole);
	if (r->state.typed)
		w.v.slug = params_value(r->state.typed, S("slug"));
	r->title = text(r->lang, TEXT_adapt_sheet);
	page_adapt(&r->out, &w.v);
	return NULL;
}

err adapt_do(struct req *r)
{
	struct template_wish wish = { .slug = str_trim(params_value(r->state.typed, S("slug"))) };
	struct template_ask q = ask_of(r);
	struct practice_subject made;
	struct template_plan plan;
	struct template_set *set;
	struct template_known x;

	TRY(known_get(r->tx->db, r->city.id, r->param[0], &x));
	TRY(template_plan(r->tx->db, &q, &x.t, &(struct template_wish){ 0 }, &plan));
	wish.n = sheet_sets(&(struct sheet_of){ &q, &x.t, &plan, r->state.typed }, &set);
	wish.set = set;
	TRY(template_adopt(r->tx, r->change, &q, &x.t, &wish, &made));
	req_flash(r, TEXT_adapt_done);
	r->redirect = req_path(r, "/admin/adopted/%.*s", SV(made.slug));
	return NULL;
}
