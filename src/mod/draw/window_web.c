/* window_web.c - the provisional list: in public, objections, and the organiser's answers. */
#include "core/audit.h"
#include "before_tmpl.h"
#include "mod/draw/before_web.h"

struct object_in { str words; };
static const struct field object_fields[] = {
	FIELD(struct object_in, words, FIELD_LONG, .needed = true, .max = 1000,
	    .label = TEXT_window_words, .hint = TEXT_window_words_hint),
};
const struct form window_object_form = FORM(struct object_in, object_fields);

static const struct choice decisions[] = {
	{ "upheld", OBJECTION_UPHELD, TEXT_window_upheld },
	{ "refused", OBJECTION_REFUSED, TEXT_window_refused },
	{ 0 },
};
struct answer_in { int64_t decision; str answer; };
static const struct field answer_fields[] = {
	FIELD(struct answer_in, decision, FIELD_CHOICE, .needed = true,
	    .label = TEXT_window_decision, .choices = decisions),
	FIELD(struct answer_in, answer, FIELD_LONG, .needed = true, .max = 1000,
	    .label = TEXT_window_reason, .hint = TEXT_window_reason_hint),
};
const struct form window_answer_form = FORM(struct answer_in, answer_fields);

static enum text_id state_text(enum objection_state s)
{
	return s == OBJECTION_UPHELD ? TEXT_window_upheld :
	    s == OBJECTION_REFUSED ? TEXT_window_refused : TEXT_window_waiting;
}

static struct objection_line line_of(const struct objection *o)
{
	return (struct objection_line){ .words = o->words, .answer = o->answer,
	    .number = o->number, .at = o->at, .state = state_text(o->state) };
}

/* ---- in public --------------------------------------------------------------- */

static err load(struct req *r, struct festival *f, struct draw *d)
{
	TRY(festival_of(r, 1, f));
	TRY(draw_find(r->db, f->city, f->id, r->param[2], d));
	festival_public_bar(r, f, true);
	return NULL;
}

/* The card this phone opened by its QR or PIN: the cookie of its page. */
static bool own_card(struct req *r, const struct festival *f, struct card *c)
{
	str v = req_cookie_get(r, req_path(r, "card-%.*s", SV(id_text(r->a, f->id.v))).p), digits;
	int64_t number;

	return str_take(&v, '.', &digits) && card_number_parse(digits, &number) &&
	    !card_find(r->db, f, number, c) && card_secret_ok(c, v) && !c->blocked;
}

static err own_load(struct req *r, const struct festival *f, const struct draw *d,
    struct window_view *v)
{
	struct objection *o;
	struct card c;

	v->own = own_card(r, f, &c);
	if (!v->own)
		return NULL;
	v->number = c.number;
	TRY(holder_coupons(r->db, f, c.id, &v->coupons));
	TRY(objections(r->db, d, c.id, &o, &v->n));
	struct objection_line *rows = NEWN(r->a, struct objection_line, v->n + 1);
	for (size_t i = 0; i < v->n; i++)
		rows[i] = line_of(&o[i]);
	v->v = rows;
	return NULL;
}

err draw_window_page(struct req *r)
{
	struct window_view v = { 0 };
	struct festival f;
	struct draw d;

	TRY(load(r, &f, &d));
	str sale = req_path(r, "/%.*s/%.*s", SV(r->param[0]), SV(r->param[1]));
	v.base = req_path(r, "%.*s/draw/%.*s", SV(sale), SV(d.slug));
	v.name = d.name;
	v.card_href = req_path(r, "%.*s/card", SV(sale));
	TRY(window_get(r->db, &d, &v.w));
	v.open = v.w.there && r->now < v.w.ends && d.state == DRAW_DRAFT;
	TRY(own_load(r, &f, &d, &v));
	v.form = FORM_PAGE(r, &window_object_form, NULL, req_path(r, "%.*s/list", SV(v.base)));
	r->title = text(r->lang, TEXT_window_title);
	page_window(&r->out, &v);
	return NULL;
}

err draw_window_object(struct req *r)
{
	const struct object_in *in = r->form;
	struct festival f;
	struct draw d;
	struct card c;

	TRY(load(r, &f, &d));
	if (!own_card(r, &f, &c))
		return ERR(r->a, ERR_DENIED, "draw-own-card");
	TRY(objection_add(r->tx, r->change, &d, c.id, in->words, r->now));
	req_flash(r, TEXT_window_sent);
	r->redirect = req_path(r, "/%.*s/%.*s/draw/%.*s/list", SV(r->param[0]), SV(r->param[1]),
	    SV(d.slug));
	return audit(r, "draw.objection", d.id.v, (str){ 0 }, (str){ 0 });
}

/* ---- the organiser ------------------------------------------------------------- */

static err find(struct req *r, struct draw *d, struct festival *f)
{
	TRY(draw_find_code(r->db, r->city.id, r->param[0], d));
	return festival_find(r->db, r->city.id, id_text(r->a, d->festival.v), f);
}

static str here(struct req *r, const struct draw *d, const char *what)
{
	return req_path(r, "/admin/draw/%.*s%s", SV(id_text(r->a, d->id.v)), what);
}

static err lines_load(struct req *r, const struct draw *d, struct window_admin *v)
{
	struct objection *o;

	TRY(objections(r->db, d, (card_id){ 0 }, &o, &v->n));
	struct objection_line *rows = NEWN(r->a, struct objection_line, v->n + 1);
	for (size_t i = 0; i < v->n; i++) {
		rows[i] = line_of(&o[i]);
		rows[i].href = req_path(r, "%.*s/%.*s", SV(here(r, d, "/objection")),
		    SV(id_text(r->a, o[i].id)));
	}
	v->v = rows;
	return NULL;
}

err admin_window(struct req *r)
{
	struct window_admin v = { 0 };
	struct festival f;
	struct draw d;

	TRY(find(r, &d, &f));
	v.back = here(r, &d, "");
	v.open = here(r, &d, "/list");
	v.name = d.name;
	v.csrf = r->csrf;
	v.public_href = req_path(r, "/%.*s/%.*s/draw/%.*s/list", SV(r->city.slug), SV(f.slug),
	    SV(d.slug));
	v.may = req_is(r, MAY_ORGANISER | MAY_ADMIN) && d.state == DRAW_DRAFT;
	v.shut = d.rehearsal || f.state == FESTIVAL_CLOSED || f.state == FESTIVAL_FROZEN;
	TRY(window_get(r->db, &d, &v.w));
	TRY(window_days(r->db, &d, &v.days));
	if (!v.w.there)
		TRY(draw_holders(r->db, &f, &v.holders, &v.coupons));
	TRY(lines_load(r, &d, &v));
	r->title = text(r->lang, TEXT_window_title);
	page_window_admin(&r->out, &v);
	return NULL;
}

err admin_window_open(struct req *r)
{
	struct festival f;
	struct draw d;

	TRY(find(r, &d, &f));
	TRY(window_open(r->tx, r->change, &d, &f, r->who.login, r->now));
	r->redirect = here(r, &d, "/list");
	return audit(r, "draw.window", d.id.v, (str){ 0 }, (str){ 0 });
}

err admin_objection(struct req *r)
{
	struct objection_view v = { 0 };
	struct objection o;
	struct festival f;
	struct draw d;
	int64_t id;

	TRY(find(r, &d, &f));
	TRY(req_id(r, 1, &id));
	TRY(objection_get(r->db, &d, id, &o));
	v.back = here(r, &d, "/list");
	v.o = line_of(&o);
	v.may = o.state == OBJECTION_OPEN && req_is(r, MAY_ORGANISER | MAY_ADMIN);
	v.form = FORM_PAGE(r, &window_answer_form, NULL, req_path(r, "%.*s/%.*s",
	    SV(here(r, &d, "/objection")), SV(id_text(r->a, id))));
	r->title = text(r->lang, TEXT_window_title);
	page_objection(&r->out, &v);
	return NULL;
}

err admin_objection_answer(struct req *r)
{
	const struct answer_in *in = r->form;
	struct festival f;
	struct draw d;
	int64_t id;

	TRY(find(r, &d, &f));
	TRY(req_id(r, 1, &id));
	TRY(objection_answer(r->tx, r->change, &d, id, (enum objection_state)in->decision,
	    in->answer, r->who.login, r->now));
	r->redirect = here(r, &d, "/list");
	return audit(r, "draw.answer", d.id.v, (str){ 0 }, audit_json(r->a,
	    (struct audit_pair[]){ AUDIT_TEXT("state", text(LANG_ID, choice_by_value(
	        decisions, in->decision)->label)) }, 1));
}

err admin_none_barred(struct req *r)
{
	struct festival f;
	struct draw d;

	TRY(find(r, &d, &f));
	TRY(draw_declare_none(r->tx, r->change, &d, r->who.login, r->now));
	r->redirect = here(r, &d, "");
	return audit(r, "draw.none-barred", d.id.v, (str){ 0 }, (str){ 0 });
}
