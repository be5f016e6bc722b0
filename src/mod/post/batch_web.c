/* batch_web.c - a shopper with many notes: the card once, each line judged alone. */
#include "core/audit.h"
#include "mod/festival/web.h"
#include "mod/post/post_pages.h"
#include "mod/post/web.h"
#include "post_read.h"
#include "post_tmpl.h"
#include <stdio.h>
#include <string.h>

enum { ROWS = 10 };

struct batch_in {
	str event;
	int64_t card, day, method;
	str merchant[ROWS], note[ROWS], amount[ROWS], reason[ROWS];
	bool same[ROWS];
};

/* Lines are texts here: one that cannot be read must not stop the others. */
#define CELL(n, m, i, t, ...)						\
	{ .name = #n #i, .type = (t), .at = offsetof(struct batch_in, m[i - 1]), __VA_ARGS__ }
#define LINE(i)								\
	CELL(merchant, merchant, i, FIELD_TEXT, .max = 20, .label = TEXT_post_merchant),	\
	CELL(note, note, i, FIELD_TEXT, .max = 60, .label = TEXT_post_note),			\
	CELL(amount, amount, i, FIELD_TEXT, .max = 40, .label = TEXT_stall_amount),		\
	CELL(reason, reason, i, FIELD_TEXT, .max = 200, .label = TEXT_note_reason),		\
	CELL(same, same, i, FIELD_BOOL, .label = TEXT_batch_same)
static const struct field batch_fields[] = {
	FIELD(struct batch_in, event, FIELD_EVENT, .needed = true),
	FIELD(struct batch_in, card, FIELD_CARD, .needed = true, .label = TEXT_claim_card),
	FIELD(struct batch_in, day, FIELD_DAY, .needed = true, .label = TEXT_stall_date),
	FIELD(struct batch_in, method, FIELD_CHOICE, .needed = true, .label = TEXT_stall_method,
	    .choices = method_choices),
	LINE(1), LINE(2), LINE(3), LINE(4), LINE(5),
	LINE(6), LINE(7), LINE(8), LINE(9), LINE(10),
};
const struct form batch_form = FORM(struct batch_in, batch_fields);

/* What became of each line; left in r->prepared for the page shown again. */
struct judged {
	enum row_state state[ROWS];
	err why[ROWS];
};

/* ---- the change ---------------------------------------------------------------- */

static str row_event(struct req *r, str event, size_t i)
{
	return req_path(r, "%.*s-%zu", SV(event), i + 1);
}

/* An empty merchant is the one of the line above. */
static str row_merchant(const struct batch_in *in, size_t i)
{
	while (i && !in->merchant[i].n)
		i--;
	return in->merchant[i];
}

static bool row_empty(const struct batch_in *in, size_t i)
{
	return !in->note[i].n && !in->amount[i].n;
}

static err row_note(struct req *r, const struct batch_in *in, size_t i, struct note_in *n)
{
	*n = (struct note_in){ .event = row_event(r, in->event, i), .merchant = row_merchant(in, i),
	    .note = in->note[i], .reason = in->reason[i], .day = in->day, .card = in->card,
	    .method = in->method };
	if (!n->merchant.n)
		return ERR(r->a, ERR_INVALID, "field-needed");
	if (!rupiah_parse(in->amount[i], &n->amount) || n->amount < 100)
		return ERR(r->a, ERR_INVALID, "field-rupiah");
	return NULL;
}

static err row_write(struct req *r, const struct festival *f, const struct batch_in *in, size_t i,
    bool *same)
{
	enum twin_answer answer = in->same[i] ? TWIN_SAME : in->reason[i].n ? TWIN_OTHER : TWIN_ASK;
	struct purchase_in p;
	struct note_out out;
	struct note_in n;

	TRY(row_note(r, in, i, &n));
	TRY(note_purchase(r, &n, CHANNEL_POST, &p));
	TRY(note_record(r->tx, r->change, &r->city, f, &p, answer, n.reason, r->now, &out));
	*same = out.same;
	if (!out.same)
		return NULL;
	return audit(r, "note.same", out.twin.id.v, (str){ 0 }, audit_json(r->a,
	    (struct audit_pair[]){ AUDIT_TEXT("note", n.note), AUDIT_NUM("amount", n.amount) }, 2));
}

static enum row_state row_state(err e, bool same)
{
	if (!e)
		return same ? ROW_SAME : ROW_SAVED;
	return !strcmp(e->rule, "note-twin") || !strcmp(e->rule, "note-reason") ? ROW_TWIN :
	    ROW_WRONG;
}

/* What is refused has written nothing: note_record judges before it writes. */
static err row_judge(struct req *r, const struct festival *f, const struct batch_in *in, size_t i,
    struct judged *j)
{
	bool same = false;
	err e = row_write(r, f, in, i, &same);

	if (e && e->kind != ERR_INVALID && e->kind != ERR_CONFLICT && e->kind != ERR_MISSING)
		return e;
	j->why[i] = e;
	j->state[i] = row_state(e, same);
	if (e && !strcmp(e->rule, "event-reused"))
		j->why[i] = ERR(r->a, ERR_CONFLICT, "batch-saved");
	return NULL;
}

/* What would stop every line is said once, before any is written. */
static err head_check(struct req *r, const struct festival *f, const struct batch_in *in)
{
	struct card c;

	if (f->state != FESTIVAL_OPEN)
		return ERR(r->a, ERR_CONFLICT, "festival-not-open", .arg = { f->name });
	if (in->day < f->first_day || in->day > f->last_day)
		return ERR(r->a, ERR_INVALID, "outside-dates", .field = "day");
	TRY(card_find(r->db, f, in->card, &c));
	if (c.blocked)
		return ERR(r->a, ERR_INVALID, "card-blocked", .field = "card");
	return NULL;
}

err batch_do(struct req *r)
{
	const struct batch_in *in = r->form;
	struct judged *j = NEW(r->a, struct judged);
	struct festival f;
	int64_t open = 0, lines = 0;

	TRY(post_sale(r, &f));
	TRY(head_check(r, &f, in));
	for (size_t i = 0; i < ROWS; i++) {
		if (row_empty(in, i))
			continue;
		TRY(row_judge(r, &f, in, i, j));
		lines++;
		open += j->state[i] == ROW_TWIN || j->state[i] == ROW_WRONG;
	}
	r->prepared = j;
	if (!lines)
		return ERR(r->a, ERR_INVALID, "batch-empty");
	if (open)
		r->refuse = ERR(r->a, ERR_INVALID, "batch-some",
		    .arg = { req_path(r, "%lld", (long long)(lines - open)),
			req_path(r, "%lld", (long long)open) });
	r->redirect = req_path(r, "/post/batch?done=%.*s", SV(in->event));
	return NULL;
}

/* ---- the page --------------------------------------------------------------------- */

static str typed(const struct req *r, const char *name, size_t i)
{
	char key[24];

	snprintf(key, sizeof key, "%s%zu", name, i + 1);
	return r->state.typed ? params_value(r->state.typed, str_of(key)) : (str){ 0 };
}

/* A line that is in the database is shown as it is there, whoever asks. */
static err row_stored(struct req *r, const struct festival *f, str event, size_t i,
    struct batch_row *row, struct batch_view *v)
{
	struct post_purchase_get p;
	struct post_event_there at;
	bool found;

	TRY(post_q_event_there(r->db, f->city, f->id, row_event(r, event, i), &at, &found));
	if (!found)
		return NULL;
	TRY(post_q_purchase_get(r->db, f->city, at.id, &p, &found));
	CHECK(found);
	row->state = row->state == ROW_WRONG ? ROW_WRONG : ROW_SAVED;
	row->shop = p.shop;
	row->rupiah = p.amount;
	row->points = p.points;
	row->href = req_path(r, "/post/fix/%.*s", SV(id_text(r->a, p.id.v)));
	v->saved++;
	v->rupiah += p.amount;
	v->points += p.points;
	v->card = p.card_number;
	return NULL;
}

static err rows(struct req *r, const struct festival *f, str event, struct batch_view *v)
{
	struct batch_row *row = NEWN(r->a, struct batch_row, ROWS);
	const struct judged *j = r->state.typed ? r->prepared : NULL;
	bool focus = false;

	v->v = row;
	v->n = ROWS;
	for (size_t i = 0; i < ROWS; i++) {
		row[i] = (struct batch_row){ .i = (int64_t)i + 1,
		    .merchant = typed(r, "merchant", i), .note = typed(r, "note", i),
		    .amount = typed(r, "amount", i),
		    .reason = typed(r, "reason", i), .same = typed(r, "same", i).n > 0,
		    .state = j ? j->state[i] : ROW_EMPTY };
		if (j && j->why[i])
			row[i].said = err_text(r->a, r->lang, j->why[i]);
		if (event.n)
			TRY(row_stored(r, f, event, i, &row[i], v));
		bool open = row[i].state == ROW_TWIN || row[i].state == ROW_WRONG;
		v->left += open;
		row[i].focus = open && !focus;
		focus = focus || open;
	}
	return NULL;
}

/* The lines of the form; when all are saved, those too, and new ones below. */
static err lines(struct req *r, const struct festival *f, struct batch_view *v)
{
	str event = r->state.typed ? params_value(r->state.typed, S("event")) :
	    req_query(r, "done");

	TRY(rows(r, f, event.n <= 60 ? event : (str){ 0 }, v));
	TRY(suggestions(r, f, &v->shops, &v->n_shops));
	v->done = !r->state.typed && v->saved;
	if (!v->done)
		return NULL;
	v->stored = v->v;
	return rows(r, f, (str){ 0 }, v);
}

err batch_page(struct req *r)
{
	struct batch_in *fill = NEW(r->a, struct batch_in);
	struct batch_view v = { 0 };
	struct festival f;
	bool found;

	TRY(post_now(r, &f, &found));
	if (r->redirect.n)
		return NULL;
	v.festival = found ? f.name : r->city.name;
	v.open = found && f.state == FESTIVAL_OPEN;
	*fill = (struct batch_in){ .method = METHOD_CASH, .day = found && day_outside(r, &f) ?
	    f.last_day : time_day(r->now, r->city.zone) };
	if (found)
		TRY(lines(r, &f, &v));
	v.form = FORM_PAGE(r, &batch_form, fill, S("/post/batch"));
	v.form.event = new_event(r->a);
	v.form.focus = r->state.typed ? NULL : "card";
	r->title = text(r->lang, TEXT_batch_title);
	r->wide = true;
	post_bar(r, POST_BATCH);
	page_batch(&r->out, &v);
	return NULL;
}
