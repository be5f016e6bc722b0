/* after_web.c - the winners: called, verified, given; struck out and drawn anew. */
#include "core/audit.h"
#include "core/pipeline.h"
#include "after_tmpl.h"
#include "mod/draw/after_web.h"
#include "mod/draw/beacon.h"
#include "mod/draw/screen.h"
#include "mod/draw/web.h"

struct give_in { str receiver; struct param photo, paper; };
static const struct field give_fields[] = {
	FIELD(struct give_in, receiver, FIELD_TEXT, .needed = true, .max = 100,
	    .label = TEXT_winner_receiver, .hint = TEXT_winner_receiver_hint),
	FIELD(struct give_in, photo, FIELD_FILE, .max = 4000000, .label = TEXT_winner_photo,
	    .hint = TEXT_winner_picture_hint),
	FIELD(struct give_in, paper, FIELD_FILE, .max = 4000000, .label = TEXT_winner_paper,
	    .hint = TEXT_winner_picture_hint),
};
const struct form winner_give_form = FORM(struct give_in, give_fields);

enum { THEN_REDRAW, THEN_RETURN };
static const struct choice then_choices[] = {
	{ "redraw", THEN_REDRAW, TEXT_strike_then_redraw },
	{ "return", THEN_RETURN, TEXT_strike_then_return },
	{ 0 },
};
struct strike_in { int64_t reason, then, minutes; str words; };
static const struct field strike_fields[] = {
	FIELD(struct strike_in, reason, FIELD_CHOICE, .needed = true,
	    .label = TEXT_strike_reason, .choices = strike_choices),
	FIELD(struct strike_in, words, FIELD_LONG, .needed = true, .max = 500,
	    .label = TEXT_strike_words, .hint = TEXT_strike_words_hint),
	FIELD(struct strike_in, then, FIELD_CHOICE, .needed = true, .label = TEXT_strike_then,
	    .choices = then_choices),
	FIELD(struct strike_in, minutes, FIELD_INT, .needed = true, .min = 5, .max = 20160,
	    .label = TEXT_draw_minutes),
};
const struct form winner_strike_form = FORM(struct strike_in, strike_fields);

struct again_in { str pasted; };
static const struct field again_fields[] = {
	FIELD(struct again_in, pasted, FIELD_LONG, .needed = true, .max = 2000,
	    .label = TEXT_draw_pasted, .hint = TEXT_draw_pasted_hint),
};
const struct form redraw_form = FORM(struct again_in, again_fields);

static const struct { enum text_id name, say; } states[WINNER_STATES] = {
	[WINNER_DRAWN]    = { TEXT_winner_drawn, TEXT_winner_say_drawn },
	[WINNER_CALLED]   = { TEXT_winner_called, TEXT_winner_say_called },
	[WINNER_VERIFIED] = { TEXT_winner_verified, TEXT_winner_say_verified },
	[WINNER_GIVEN]    = { TEXT_winner_given, TEXT_winner_say_given },
};

static const enum text_id kind_words[AFTER_KINDS] = {
	[AFTER_REDRAW] = TEXT_after_redraw, [AFTER_RETURNED] = TEXT_after_returned,
	[AFTER_HANDOVER] = TEXT_after_handover,
};

/* ---- the list of what happened ------------------------------------------- */

static struct after_line line_of(const struct draw *d, const struct after_row *x)
{
	bool redraw = x->kind == AFTER_REDRAW;

	return (struct after_line){ .n = x->n, .place = x->place, .round = x->round,
	    .due = !redraw ? 0 : d->rehearsal ? x->at : beacon_due(x->round), .ran = x->ran,
	    .at = x->at, .title = x->title, .was = x->was, .now = x->now,
	    .kind = kind_words[x->kind], .redraw = redraw, .reason = !x->reason ? TEXT_none :
	    choice_by_value(strike_choices, (int64_t)x->reason)->label };
}

/* In a rehearsal the answer is there already, as in the draw itself. */
static err again_part(struct req *r, const struct draw *d, struct after_line *x)
{
	struct again_in *fill = NEW(r->a, struct again_in);

	TRY(relay_view_load(r, d, x->n, x->round, x->due, &x->relays));
	fill->pasted = x->relays.r.text;
	if (d->rehearsal && !fill->pasted.n)
		fill->pasted = beacon_rehearse(r->a, x->round);
	x->waits = true;
	x->form = FORM_PAGE(r, &redraw_form, fill, req_path(r, "/admin/draw/%.*s/again/%lld",
	    SV(id_text(r->a, d->id.v)), (long long)x->n));
	return NULL;
}

err after_view_load(struct req *r, const struct draw *d, bool staff, struct after_view *v)
{
	struct after_row *x;
	bool asked = !staff;

	TRY(draw_afters(r->db, d, &x, &v->n));
	struct after_line *rows = NEWN(r->a, struct after_line, v->n + 1);
	for (size_t i = 0; i < v->n; i++) {
		rows[i] = line_of(d, &x[i]);
		if (!staff)
			continue;
		rows[i].words = x[i].words;
		rows[i].by = x[i].by;
		if (!asked && rows[i].redraw && !rows[i].ran) {
			TRY(again_part(r, d, &rows[i]));
			asked = true;
		}
	}
	v->v = rows;
	return NULL;
}

/* ---- all winners ------------------------------------------------------------ */

static err load(struct req *r, struct draw *d)
{
	TRY(draw_find_code(r->db, r->city.id, r->param[0], d));
	if (!draw_was_run(d))
		return ERR(r->a, ERR_MISSING, "draw-step", .arg = { d->name });
	return NULL;
}

static str at(struct req *r, const struct draw *d, prize_id prize, int64_t place,
    const char *what)
{
	return req_path(r, "/admin/draw/%.*s/winner/%.*s/%lld%s", SV(id_text(r->a, d->id.v)),
	    SV(id_text(r->a, prize.v)), (long long)place, what);
}

static str back(struct req *r, const struct draw *d)
{
	return req_path(r, "/admin/draw/%.*s/winners", SV(id_text(r->a, d->id.v)));
}

/* Promised places where nobody stands: not drawn, or struck out. */
static err left_load(struct req *r, const struct draw *d, const struct winner_row_of *w,
    size_t n, struct winners_view *v)
{
	VEC(struct left_line) left = { 0 };
	struct prize *p;
	size_t n_prizes;

	TRY(prize_list(r->db, d, &p, &n_prizes));
	for (size_t i = 0; i < n_prizes; i++) {
		int64_t taken = 0;
		for (size_t j = 0; j < n; j++)
			taken += w[j].prize.v == p[i].id.v;
		if (taken < p[i].number)
			*VEC_ADD(r->a, &left) = (struct left_line){ p[i].title,
			    p[i].number - taken };
	}
	v->left = left.v;
	v->n_left = left.n;
	return NULL;
}

err admin_winners(struct req *r)
{
	struct winners_view v = { 0 };
	struct winner_row_of *w;
	struct draw d;

	TRY(load(r, &d));
	TRY(winner_all(r->db, &d, &w, &v.n));
	struct winner_line *rows = NEWN(r->a, struct winner_line, v.n + 1);
	for (size_t i = 0; i < v.n; i++)
		rows[i] = (struct winner_line){ at(r, &d, w[i].prize, w[i].place, ""),
		    w[i].title, w[i].masked, w[i].place, w[i].coupon, w[i].run, w[i].moved,
		    states[w[i].state].name, w[i].state == WINNER_GIVEN };
	v.v = rows;
	TRY(left_load(r, &d, w, v.n, &v));
	TRY(winner_deadline(r->db, &d, &v.deadline));
	TRY(after_view_load(r, &d, true, &v.after));
	v.back = req_path(r, "/admin/draw/%.*s", SV(id_text(r->a, d.id.v)));
	v.odd = req_path(r, "/admin/draw/%.*s/odd", SV(id_text(r->a, d.id.v)));
	v.name = d.name;
	v.rehearsal = d.rehearsal;
	r->title = text(r->lang, TEXT_draw_winners);
	page_winners(&r->out, &v);
	return NULL;
}

/* ---- one winner --------------------------------------------------------------- */

static err place_of(struct req *r, prize_id *prize, int64_t *place)
{
	TRY(req_id(r, 1, &prize->v));
	if (!str_int(r->param[2], 1, PICK_PLACES_MAX, place))
		return ERR(r->a, ERR_MISSING, "no-such-page");
	return NULL;
}

static struct form_page part(struct req *r, const struct form *form, const void *fill, str action)
{
	const struct form_state none = { 0 };
	bool mine = r->state.form == form;

	struct form_page p = form_page(r->a, mine ? &r->state : &none, form, fill, action, r->csrf);
	p.prefix = form->fields[0].name;
	return p;
}

static err papers_load(struct req *r, const struct draw *d, const struct winner_row_of *w,
    struct winner_view *v)
{
	str type, bytes;
	bool there;

	TRY(winner_paper(r->db, d, w->prize, w->place, PAPER_PHOTO, &type, &bytes, &there));
	if (there)
		v->photo = at(r, d, w->prize, w->place, "/paper/photo");
	TRY(winner_paper(r->db, d, w->prize, w->place, PAPER_SIGNED, &type, &bytes, &there));
	if (there)
		v->paper = at(r, d, w->prize, w->place, "/paper/signed");
	return NULL;
}

err admin_winner(struct req *r)
{
	static const struct strike_in fresh = { .minutes = 60 };
	struct winner_row_of w;
	prize_id prize;
	int64_t place;
	struct draw d;

	TRY(load(r, &d));
	TRY(place_of(r, &prize, &place));
	TRY(winner_at(r->db, &d, prize, place, &w));
	struct winner_view v = { .back = back(r, &d), .title = w.title, .masked = w.masked,
	    .words = w.words, .csrf = r->csrf, .place = place, .coupon = w.coupon, .run = w.run,
	    .number = w.number, .value = w.value, .moved = w.moved, .at = w.state,
	    .state = states[w.state].name, .say = states[w.state].say,
	    .call = at(r, &d, prize, place, "/called"),
	    .verify = at(r, &d, prize, place, "/verified"),
	    .may = req_is(r, MAY_ORGANISER | MAY_ADMIN) };
	TRY(winner_deadline(r->db, &d, &v.deadline));
	TRY(papers_load(r, &d, &w, &v));
	v.give = part(r, &winner_give_form, NULL, at(r, &d, prize, place, "/give"));
	v.give.upload = true;
	v.sign = screen_asset("sign.js");
	v.strike = part(r, &winner_strike_form, &fresh, at(r, &d, prize, place, "/strike"));
	r->title = w.title;
	page_winner(&r->out, &v);
	return NULL;
}

err admin_winner_paper(struct req *r)
{
	bool photo = str_eq(r->param[3], S("photo")), there;
	prize_id prize;
	int64_t place;
	struct draw d;
	str type;

	TRY(load(r, &d));
	TRY(place_of(r, &prize, &place));
	TRY(winner_paper(r->db, &d, prize, place, photo ? PAPER_PHOTO : PAPER_SIGNED, &type,
	    &r->bytes, &there));
	if (!there || (!photo && !str_eq(r->param[3], S("signed"))))
		return ERR(r->a, ERR_MISSING, "no-such-page");
	r->bytes_type = str_ends(type, S("png")) ? "image/png" : "image/jpeg";
	return NULL;
}

/* ---- changes ---------------------------------------------------------------------- */

static err noted(struct req *r, const struct draw *d, const char *action,
    const struct winner_row_of *w, str more)
{
	return audit(r, action, d->id.v, (str){ 0 }, audit_json(r->a, (struct audit_pair[]){
	    AUDIT_TEXT("title", w->title), AUDIT_NUM("place", w->place),
	    AUDIT_TEXT("reason", more) }, more.n ? 3 : 2));
}

static err move(struct req *r, enum winner_state to, const char *action)
{
	struct winner_row_of w;
	prize_id prize;
	int64_t place;
	struct draw d;

	TRY(load(r, &d));
	TRY(place_of(r, &prize, &place));
	TRY(winner_at(r->db, &d, prize, place, &w));
	TRY(winner_move(r->tx, r->change, &d, prize, place, to, r->now));
	r->redirect = at(r, &d, prize, place, "");
	return noted(r, &d, action, &w, (str){ 0 });
}

err admin_winner_called(struct req *r)
{
	return move(r, WINNER_CALLED, "winner.called");
}

err admin_winner_verified(struct req *r)
{
	return move(r, WINNER_VERIFIED, "winner.verified");
}

err admin_winner_give(struct req *r)
{
	const struct give_in *in = r->form;
	struct winner_row_of w;
	prize_id prize;
	int64_t place;
	struct draw d;

	TRY(load(r, &d));
	TRY(place_of(r, &prize, &place));
	TRY(winner_at(r->db, &d, prize, place, &w));
	TRY(winner_give(r->tx, r->change, &d, prize, place, &(struct handing){
	    .receiver = in->receiver, .photo = in->photo.value, .paper = in->paper.value,
	    .by = r->who.login, .now = r->now, .zone = r->city.zone }));
	r->redirect = at(r, &d, prize, place, "");
	return noted(r, &d, "winner.given", &w, (str){ 0 });
}

err admin_winner_strike(struct req *r)
{
	const struct strike_in *in = r->form;
	struct winner_row_of w;
	struct strike s = { .reason = (enum strike_reason)in->reason, .words = in->words,
	    .returned = in->then == THEN_RETURN, .notice = in->minutes * MINUTE,
	    .by = r->who.login, .now = r->now };
	struct draw d;
	int64_t n;

	TRY(load(r, &d));
	TRY(place_of(r, &s.prize, &s.place));
	TRY(winner_at(r->db, &d, s.prize, s.place, &w));
	TRY(draw_strike(r->tx, r->change, &d, &s, &n));
	TRY(draw_ahead(r->db, &d, time_now()));
	r->redirect = back(r, &d);
	return noted(r, &d, s.returned ? "winner.returned" : "winner.strike", &w,
	    text(LANG_ID, choice_by_value(strike_choices, in->reason)->label));
}

/* ---- a redraw --------------------------------------------------------------------- */

static err number_of(struct req *r, int64_t *n)
{
	if (!str_int(r->param[1], 1, AFTER_MAX, n))
		return ERR(r->a, ERR_MISSING, "no-such-page");
	return NULL;
}

err admin_again_prepare(struct req *r)
{
	const struct again_in *in = r->form;
	struct draw_again *g;
	struct draw d;
	int64_t n;

	TRY(load(r, &d));
	TRY(number_of(r, &n));
	TRY(draw_again_work_out(r->db, &d, n, in->pasted, r->now, &g));
	r->prepared = g;
	return NULL;
}

err admin_again(struct req *r)
{
	struct draw d;
	int64_t n;

	TRY(load(r, &d));
	TRY(number_of(r, &n));
	TRY(draw_again(r->tx, r->change, &d, r->prepared, r->now));
	r->redirect = back(r, &d);
	return audit(r, "draw.redraw", d.id.v, (str){ 0 }, audit_json(r->a,
	    (struct audit_pair[]){ AUDIT_NUM("redraw", n) }, 1));
}

err draw_after_file(struct req *r)
{
	struct festival f;
	struct draw d;

	TRY(festival_of(r, 1, &f));
	TRY(draw_find(r->db, f.city, f.id, r->param[2], &d));
	TRY(draw_file_get(r->db, &d, req_path(r, "after/%.*s", SV(r->param[3])),
	    r->site->key_file, &r->bytes));
	r->bytes_type = "text/plain; charset=utf-8";
	r->bytes_name = r->param[3];
	return NULL;
}
