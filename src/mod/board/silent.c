/* silent.c - merchants nothing has come in from, and who asked them. */
#include "board_read.h"
#include "board_tmpl.h"
#include "board_write.h"
#include "core/audit.h"
#include "mod/board/board_pages.h"
#include "mod/board/board_web.h"

#define WRITERS	(MAY_ORGANISER | MAY_ADMIN | MAY_OFFICER)
#define PAGE	30

enum { DAYS_EVER = 0 };
static const struct choice since_choices[] = {
	{ "1", 1, TEXT_board_since_1 }, { "3", 3, TEXT_board_since_3 },
	{ "never", DAYS_EVER, TEXT_board_since_never }, { 0 }
};

struct filter_in { int64_t since, venue; str after; };
static const struct field filter_fields[] = {
	FIELD(struct filter_in, since, FIELD_CHOICE, .label = TEXT_board_since,
	    .choices = since_choices),
	FIELD(struct filter_in, venue, FIELD_ID, .label = TEXT_join_venue),
	FIELD(struct filter_in, after, FIELD_TEXT, .max = 60),
};
const struct form silent_filter = FORM(struct filter_in, filter_fields);

struct call_in { int64_t outcome; str note; };
static const struct field call_fields[] = {
	FIELD(struct call_in, outcome, FIELD_CHOICE, .needed = true,
	    .label = TEXT_board_call_outcome, .choices = call_choices),
	FIELD(struct call_in, note, FIELD_TEXT, .max = 200, .label = TEXT_board_call_note),
};
const struct form call_form = FORM(struct call_in, call_fields);

/* Which of them, from where on. */
struct ask { int64_t since, before, venue, after; merchant_id after_id; };

/* "after" is "<received>-<id>": where the page before ended. */
static err ask_of(struct req *r, const struct festival *f, struct ask *q)
{
	const struct filter_in *in = r->form;
	str s = in->after, at;

	*q = (struct ask){ .since = str_eq(req_query(r, "since"), S("never")) ? DAYS_EVER :
	    in->since ? in->since : 1, .venue = in->venue, .after = -1 };
	q->before = q->since == DAYS_EVER ? 1 :
	    board_since(&r->city, f, r->now, (int)q->since);
	if (s.n && !(str_take(&s, '-', &at) && str_int(at, 0, INT64_MAX, &q->after) &&
	    id_parse(s, &q->after_id.v)))
		return ERR(r->a, ERR_MISSING, "no-such-page");
	return NULL;
}

static str place_of(struct req *r, str venue, str stall)
{
	if (!venue.n || !stall.n)
		return venue.n ? venue : stall;
	return req_path(r, "%.*s, %.*s", SV(venue), SV(stall));
}

static void row_of(struct req *r, const struct silent_view *v, const struct board_silent *m,
    struct silent_row *row)
{
	const struct choice *c = choice_by_value(call_choices, m->outcome);

	*row = (struct silent_row){ .name = m->name, .place = place_of(r, m->venue_name, m->stall),
	    .phone = m->phone, .code = m->code, .purchases = m->purchases,
	    .received = m->received, .called = m->called != 0, .called_at = m->called,
	    .outcome = c ? c->label : TEXT_none, .by = m->call_by, .note = m->call_note };
	row->wa = m->phone.n > 1 ? str_sub(m->phone, 1, m->phone.n) : (str){ 0 };
	row->href = req_path(r, "/%.*s/%.*s/merchant/%.*s", SV(r->city.slug), SV(v->b->f.slug),
	    SV(m->slug));
	row->ask = req_path(r, "%.*s/%.*s", SV(v->base), SV(id_text(r->a, m->id.v)));
}

static const char *since_code(int64_t since)
{
	return since == 3 ? "3" : since == DAYS_EVER ? "never" : "1";
}

static void pages(struct req *r, struct silent_view *v, const struct ask *q,
    const struct board_silent *last)
{
	str venue = q->venue ? req_path(r, "&venue=%.*s", SV(id_text(r->a, q->venue))) : (str){ 0 };

	if (last)
		v->pager.next = req_path(r, "%.*s?since=%s%.*s&after=%lld-%.*s", SV(v->base),
		    since_code(q->since), SV(venue), (long long)last->received,
		    SV(id_text(r->a, last->id.v)));
	if (q->after >= 0)
		v->pager.prev = req_path(r, "%.*s?since=%s%.*s", SV(v->base),
		    since_code(q->since), SV(venue));
}

static err venues(struct req *r, struct silent_view *v)
{
	struct board_venue_names *names;

	TRY(board_q_venue_names(r->db, r->city.id, &names, &v->n_venues));
	struct form_option *o = NEWN(r->a, struct form_option, v->n_venues);
	for (size_t i = 0; i < v->n_venues; i++)
		o[i] = (struct form_option){ id_text(r->a, names[i].id.v), names[i].name };
	v->venues = o;
	return NULL;
}

err silent_page(struct req *r)
{
	struct board *b = NEW(r->a, struct board);
	struct silent_view v = { .b = b, .may_write = req_is(r, WRITERS) };
	struct board_silent *m;
	struct festival f;
	struct ask q;

	TRY(board_sale(r, &f, &v.href));
	v.base = req_path(r, "%.*s/silent", SV(v.href));
	TRY(ask_of(r, &f, &q));
	TRY(board_load(r->db, &r->city, &f, r->lang, r->now, b));
	TRY(venues(r, &v));
	TRY(board_q_silent(r->db, f.city, f.id, q.before, (venue_id){ q.venue }, q.after,
	    q.after_id, PAGE, &m, &v.n));
	struct silent_row *rows = NEWN(r->a, struct silent_row, v.n);
	for (size_t i = 0; i < v.n; i++)
		row_of(r, &v, &m[i], &rows[i]);
	v.v = rows;
	v.message = text(r->lang, TEXT_board_message);
	pages(r, &v, &q, v.n == PAGE ? &m[v.n - 1] : NULL);
	v.filter = form_page(r->a, &(struct form_state){ 0 }, &silent_filter,
	    &(struct filter_in){ .since = q.since, .venue = q.venue }, v.base, (str){ 0 });
	v.filter.get = true;
	r->title = text(r->lang, TEXT_board_silent);
	r->wide = true;
	page_silent(&r->out, &v);
	return NULL;
}

/* The admitted merchant of the path. */
static err asked_merchant(struct req *r, struct festival *f, str *href, merchant_id *id,
    struct board_admitted *m)
{
	bool found;

	TRY(board_sale(r, f, href));
	TRY(req_id(r, 1, &id->v));
	TRY(board_q_admitted(r->db, f->city, f->id, *id, m, &found));
	return found ? NULL : ERR(r->a, ERR_MISSING, "merchant-unknown");
}

err asked_page(struct req *r)
{
	struct asked_view v = { 0 };
	struct board_admitted m;
	struct festival f;
	merchant_id id;
	str href;

	TRY(asked_merchant(r, &f, &href, &id, &m));
	v.name = m.name;
	v.back = req_path(r, "%.*s/silent", SV(href));
	v.form = FORM_PAGE(r, &call_form, NULL, req_path(r, "%.*s/%.*s", SV(v.back),
	    SV(id_text(r->a, id.v))));
	r->title = m.name;
	page_asked(&r->out, &v);
	return NULL;
}

static str call_json(struct req *r, int64_t outcome, str note)
{
	const struct choice *c = choice_by_value(call_choices, outcome);

	return audit_json(r->a, (struct audit_pair[]){ AUDIT_TEXT("outcome",
	    c ? str_of(c->code) : (str){ 0 }), AUDIT_TEXT("note", note) }, 2);
}

err silent_called(struct req *r)
{
	const struct call_in *in = r->form;
	struct board_admitted m;
	struct board_call_get old;
	struct festival f;
	merchant_id id;
	bool found;
	str href;

	TRY(asked_merchant(r, &f, &href, &id, &m));
	TRY(board_q_call_get(r->db, f.city, f.id, id, &old, &found));
	TRY(board_q_call_set(r->tx, f.city, f.id, id, r->now, r->who.login,
	    in->outcome, in->note, NULL));
	TRY(audit(r, "merchant.called", id.v,
	    found ? call_json(r, old.outcome, old.note) : (str){ 0 },
	    call_json(r, in->outcome, in->note)));
	req_flash(r, TEXT_board_called);
	r->redirect = req_path(r, "%.*s/silent", SV(href));
	return NULL;
}
