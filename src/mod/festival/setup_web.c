/* setup_web.c - the organiser's list of steps, and opening a sale. */
#include "core/audit.h"
#include "mod/festival/bar.h"
#include "mod/festival/organiser.h"
#include "mod/festival/practice.h"
#include "mod/festival/setup.h"
#include "mod/festival/setup_pages.h"
#include "core/pipeline.h"
#include "setup_tmpl.h"

#define WRITERS	(MAY_ORGANISER | MAY_ADMIN)

struct setup_ask setup_of(const struct req *r, const struct festival *f)
{
	return (struct setup_ask){ r->db, r->site->app, &r->city, f, r->lang, r->now };
}

static err load(struct req *r, struct festival *f, str *href, struct setup *u)
{
	TRY(festival_find(r->db, r->city.id, r->param[0], f));
	*href = req_path(r, "/admin/festival/%.*s", SV(f->slug));
	struct setup_ask q = setup_of(r, f);
	return setup_load(&q, u);
}

/* ---- the list ------------------------------------------------------------------ */

struct mark_in { str remark; };
static const struct field mark_fields[] = {
	FIELD(struct mark_in, remark, FIELD_TEXT, .max = 200, .label = TEXT_setup_remark,
	    .hint = TEXT_setup_remark_hint),
};
const struct form setup_mark_form = FORM(struct mark_in, mark_fields);

enum { BEFORE, AFTER };
static const struct choice side_choices[] = {
	{ "before", BEFORE, TEXT_setup_side_before }, { "after", AFTER, TEXT_setup_side_after },
	{ 0 }
};
struct date_in { int64_t days, side; };
static const struct field date_fields[] = {
	FIELD(struct date_in, days, FIELD_INT, .needed = true, .min = 0, .max = 366,
	    .label = TEXT_setup_days),
	FIELD(struct date_in, side, FIELD_CHOICE, .needed = true, .choices = side_choices,
	    .label = TEXT_setup_side),
};
const struct form setup_date_form = FORM(struct date_in, date_fields);

struct add_in { str title; int64_t days, side, base; };
static const struct field add_fields[] = {
	FIELD(struct add_in, title, FIELD_TEXT, .needed = true, .min = 3, .max = 60,
	    .label = TEXT_setup_step_title),
	FIELD(struct add_in, days, FIELD_INT, .needed = true, .min = 0, .max = 366,
	    .label = TEXT_setup_days),
	FIELD(struct add_in, side, FIELD_CHOICE, .needed = true, .choices = side_choices,
	    .label = TEXT_setup_side),
	FIELD(struct add_in, base, FIELD_CHOICE, .needed = true, .choices = step_base_choices,
	    .label = TEXT_setup_base),
};
const struct form setup_add_form = FORM(struct add_in, add_fields);

static int64_t signed_days(int64_t days, int64_t side)
{
	return side == BEFORE ? -days : days;
}

static struct form_page date_form(struct req *r, const struct setup_step *s, str action)
{
	struct date_in *in = NEW(r->a, struct date_in);
	bool mine = str_eq(r->param[1], s->code) && r->state.form == &setup_date_form;

	*in = (struct date_in){ s->days < 0 ? -s->days : s->days, s->days < 0 ? BEFORE : AFTER };
	struct form_page p = form_page(r->a, mine ? &r->state : &(struct form_state){ 0 },
	    &setup_date_form, in, req_path(r, "%.*s/date", SV(action)), r->csrf);
	p.prefix = arena_printf(r->a, "d-%.*s", SV(s->code)).p;
	return p;
}

/* What was typed, where it is this form that was refused. */
static const struct form_state *left(struct req *r, const struct form *f, bool mine)
{
	static const struct form_state none;

	return mine && r->state.form == f ? &r->state : &none;
}

static void row(struct req *r, str href, const struct setup *u, const struct setup_step *s,
    struct setup_row *row)
{
	bool mine = str_eq(r->param[1], s->code);
	str action = req_path(r, "%.*s/setup/%.*s", SV(href), SV(s->code));

	*row = (struct setup_row){ .s = s,
	    .class = s->done ? "done" : s == u->next ? "now" : "later",
	    .said = s->done ? TEXT_step_done : s == u->next ? TEXT_step_now : TEXT_step_later,
	    .form = form_page(r->a, left(r, &setup_mark_form, mine),
		&setup_mark_form, NULL, action, r->csrf),
	    .undo = req_path(r, "%.*s/undo", SV(action)),
	    .drop = req_path(r, "%.*s/drop", SV(action)), .date = date_form(r, s, action),
	    .dating = s->dated && (str_eq(req_query(r, "date"), s->code) ||
		(mine && r->state.form == &setup_date_form)) };
	row->form.prefix = arena_cstr(r->a, s->code);
}

err org_setup(struct req *r)
{
	static const enum text_id title[SETUP_PHASES] = { TEXT_setup_before, TEXT_setup_during,
	    TEXT_setup_after };
	struct setup_view v = { .csrf = r->csrf, .may_write = req_is(r, WRITERS) };
	struct festival f;
	struct setup u;

	TRY(load(r, &f, &v.href, &u));
	v.name = f.name;
	v.first_day = f.first_day;
	v.n = (int64_t)u.n;
	v.n_done = (int64_t)u.n_done;
	v.next = u.next;
	if (r->state.whole)
		v.refused = err_text(r->a, r->lang, r->state.whole);
	struct setup_row *rows = NEWN(r->a, struct setup_row, u.n);
	for (size_t i = 0; i < u.n; i++) {
		struct setup_part *p = &v.part[u.v[i].phase];
		row(r, v.href, &u, &u.v[i], &rows[i]);
		if (!p->n++)
			*p = (struct setup_part){ title[u.v[i].phase], &rows[i], 1 };
	}
	bool adding = r->state.form == &setup_add_form;
	v.add = form_page(r->a, adding ? &r->state : &(struct form_state){ 0 }, &setup_add_form,
	    NULL, req_path(r, "%.*s/setup", SV(v.href)), r->csrf);
	v.add.prefix = "add";
	r->title = text(r->lang, TEXT_setup_title);
	page_org_setup(&r->out, &v);
	return NULL;
}

static str mark_json(struct req *r, const struct setup_step *s, str remark)
{
	return audit_json(r->a, (struct audit_pair[]){ AUDIT_TEXT("step", s->code),
	    AUDIT_TEXT("remark", remark) }, 2);
}

static err step_of(struct req *r, struct festival *f, const struct setup_step **s)
{
	struct setup u;
	str href;

	TRY(load(r, f, &href, &u));
	*s = setup_find(&u, r->param[1]);
	if (!*s)
		return ERR(r->a, ERR_MISSING, "no-such-page");
	r->redirect = req_path(r, "%.*s/setup", SV(href));
	return NULL;
}

err org_setup_mark(struct req *r)
{
	const struct mark_in *in = r->form;
	const struct setup_step *s;
	struct festival f;

	TRY(step_of(r, &f, &s));
	TRY(setup_mark(r->tx, &f, s, in->remark, r->who.login, r->now));
	req_flash(r, TEXT_setup_marked);
	return audit(r, "setup.done", f.id.v, s->done ? mark_json(r, s, s->remark) : (str){ 0 },
	    mark_json(r, s, in->remark));
}

err org_setup_undo(struct req *r)
{
	const struct setup_step *s;
	struct festival f;

	TRY(step_of(r, &f, &s));
	TRY(setup_unmark(r->tx, &f, s));
	req_flash(r, TEXT_setup_unmarked);
	return audit(r, "setup.undo", f.id.v, mark_json(r, s, s->remark), (str){ 0 });
}

/* ---- the sale's own plan ------------------------------------------------------------ */

static str plan_json(struct req *r, str title, int64_t days)
{
	return audit_json(r->a, (struct audit_pair[]){ AUDIT_TEXT("step", title),
	    AUDIT_NUM("days", days) }, 2);
}

err org_setup_date(struct req *r)
{
	const struct date_in *in = r->form;
	const struct setup_step *s;
	struct festival f;
	int64_t days = signed_days(in->days, in->side);

	TRY(step_of(r, &f, &s));
	TRY(setup_date(r->tx, &f, s, days));
	req_flash(r, TEXT_setup_dated);
	return audit(r, "setup.date", f.id.v, plan_json(r, s->title, s->days),
	    plan_json(r, s->title, days));
}

err org_setup_add(struct req *r)
{
	const struct add_in *in = r->form;
	struct setup_step s = { .title = in->title, .from_last = in->base != 0,
	    .days = signed_days(in->days, in->side) };
	struct festival f;
	struct setup u;
	str href;

	TRY(load(r, &f, &href, &u));
	TRY(setup_add(r->tx, &f, &u, &s));
	r->redirect = req_path(r, "%.*s/setup", SV(href));
	req_flash(r, TEXT_setup_added);
	return audit(r, "setup.add", f.id.v, (str){ 0 }, plan_json(r, s.title, s.days));
}

err org_setup_drop(struct req *r)
{
	const struct setup_step *s;
	struct festival f;

	TRY(step_of(r, &f, &s));
	TRY(setup_drop(r->tx, &f, s));
	req_flash(r, TEXT_setup_dropped);
	return audit(r, "setup.drop", f.id.v, plan_json(r, s->title, s->days), (str){ 0 });
}

/* ---- opening, and the other states ------------------------------------------------- */

const struct form org_state_form = { NULL, 0, 1 };	/* nothing to fill in, yet shown again */

/* What a sale lacks, each with the page where it is put right. */
err org_state_again(struct req *r)
{
	struct setup_lack *lack = NEWN(r->a, struct setup_lack, SETUP_LACKS);
	struct setup_lack_view v = { .v = lack };
	struct festival f;

	TRY(festival_find(r->db, r->city.id, r->param[0], &f));
	struct setup_ask q = setup_of(r, &f);
	if (str_eq(str_of(r->state.whole->rule), S("festival-not-ready")))
		TRY(setup_lacks(&q, lack, &v.n));
	v.name = f.name;
	v.href = req_path(r, "/admin/festival/%.*s", SV(f.slug));
	v.say = err_text(r->a, r->lang, r->state.whole);
	r->title = f.name;
	page_org_lacks(&r->out, &v);
	return NULL;
}

err org_state(struct req *r)
{
	const struct choice *to = choice_by_code(festival_state_choices, r->param[1]);
	struct festival f;

	TRY(festival_find(r->db, r->city.id, r->param[0], &f));
	if (!to || to->value == FESTIVAL_FROZEN)
		return ERR(r->a, ERR_MISSING, "no-such-page");
	struct setup_ask q = setup_of(r, &f);
	if (to->value == FESTIVAL_OPEN)
		TRY(setup_ready(&q));
	TRY(festival_move(r->tx, r->change, &f, (enum festival_state)to->value, r->now));
	TRY(audit(r, "festival.state", f.id.v, audit_json(r->a, (struct audit_pair[]){
	    AUDIT_TEXT("state", str_of(choice_by_value(festival_state_choices,
		(int64_t)f.state)->code)) }, 1),
	    audit_json(r->a, (struct audit_pair[]){ AUDIT_TEXT("state", str_of(to->code)) }, 1)));
	req_flash(r, TEXT_org_moved);
	r->redirect = req_path(r, "/admin/festival/%.*s", SV(f.slug));
	return NULL;
}
