/* step_web.c - one step of the adaptation sheet: shown, judged, kept. */
#include "core/pipeline.h"
#include "mod/template/adapt.h"
#include "mod/template/web.h"

const struct form adapt_form = { NULL, 0, 1 };	/* its inputs are the practice's */

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

static err step_find(struct req *r, const struct adapt *w, struct step_view *v)
{
	struct sheet_step *s;
	int64_t number;

	v->of = sheet_steps(&w->sheet, &s);
	if (!str_int(r->param[1], 1, (int64_t)v->of, &number))
		return ERR(r->a, ERR_MISSING, "no-such-page", .arg = { r->http->path });
	v->number = (size_t)number;
	v->step = &s[number - 1];
	return NULL;
}

static void step_kinds(struct step_view *v)
{
	for (size_t i = 0; i < v->step->n; i++)
		for (size_t k = 0; k < v->step->v[i].n; k++) {
			const struct sheet_row *x = &v->step->v[i].v[k];
			v->venues = v->venues || (x->fill && x->input == SHEET_LONG);
			v->days = v->days || x->input == SHEET_DAY;
		}
}

err adapt_step(struct req *r)
{
	struct step_view v = { .csrf = r->csrf, .city = r->city.name };
	struct adapt w = { 0 };

	TRY(adapt_load(r, r->db, &w));
	TRY(adapt_plan(r->db, &w, false));
	w.sheet.typed = r->state.typed;
	TRY(step_find(r, &w, &v));
	step_kinds(&v);
	typed_days(&w);
	v.sheet = req_path(r, "%.*s/adapt", SV(w.here));
	v.action = req_path(r, "%.*s/%zu", SV(v.sheet), v.number);
	v.prev = req_path(r, "%.*s/%zu", SV(v.sheet), v.number - 1);
	v.n_holiday = adapt_holidays_say(r, &w, &v.holiday);
	v.n_reason = reasons_say(r->a, r->lang, &v.reason);
	if (r->state.whole)
		v.refused = err_text(r->a, r->lang, r->state.whole);
	r->title = v.step->title;
	page_adapt_step(&r->out, &v);
	return NULL;
}

/* A step of which nothing is left to fill in is passed over. */
static bool passed(const struct adapt *w, const struct kept *k, const struct sheet_step *s)
{
	for (size_t i = 0; i < s->n; i++)
		if (!s->v[i].more || !kept_left(k, &w->x.t, s->v[i].path))
			return false;
	return true;
}

static str next_of(struct req *r, const struct adapt *w, const struct kept *k,
    const struct step_view *v)
{
	const struct sheet_step *first = v->step - (v->number - 1);
	size_t next = v->number;

	while (next < v->of && passed(w, k, &first[next]))
		next++;
	if (next == v->of || str_eq(params_value(r->state.typed, S("go")), S("all")))
		return req_path(r, "%.*s/adapt", SV(w->here));
	return req_path(r, "%.*s/adapt/%zu", SV(w->here), next + 1);
}

err adapt_save(struct req *r)
{
	struct step_view v = { 0 };
	struct template_plan plan;
	struct template_wish wish;
	struct kept_step step;
	struct adapt w = { 0 };
	struct kept after;

	TRY(adapt_load(r, r->tx->db, &w));
	TRY(adapt_begun(r, &w));
	TRY(adapt_plan(r->tx->db, &w, false));
	TRY(step_find(r, &w, &v));
	w.sheet.typed = r->state.typed;
	sheet_typed(&w.sheet, v.step, &step);
	kept_with(r->a, &w.kept, &step, &after);
	kept_wish(r->a, &after, &w.x.t, true, &wish);
	TRY(template_plan(r->tx->db, &w.q, &w.x.t, &wish, &plan));
	TRY(kept_save(r->tx, &w.of, &w.kept, &step));
	r->redirect = next_of(r, &w, &after, &v);
	return NULL;
}
