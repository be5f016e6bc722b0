/* forget_web.c - a holder asks to be forgotten; who may does it. */
#include "core/audit.h"
#include "festival_read.h"
#include "forget_tmpl.h"
#include "mod/festival/bar.h"
#include "mod/festival/card_erase.h"
#include "mod/festival/card_person.h"
#include "mod/festival/forget_pages.h"
#include "mod/festival/forget_web.h"
#include "mod/festival/web.h"

#define WRITERS	(MAY_ORGANISER | MAY_ADMIN)

/* ---- the holder ---------------------------------------------------------------- */

static err own_card(struct req *r, struct festival *f, struct card *c)
{
	int64_t number;

	TRY(festival_of(r, 1, f));
	/* A wrong number and a wrong secret look the same, as on the card's page. */
	if (!card_number_parse(r->param[2], &number) || card_find(r->db, f, number, c) ||
	    !card_may_open(r, f, c))
		return ERR(r->a, ERR_DENIED, "card-secret");
	return c->blocked ? ERR(r->a, ERR_CONFLICT, "card-gone") : NULL;
}

/* What opened the card goes along. */
static str own_url(struct req *r, const struct festival *f, const struct card *c, const char *what)
{
	str by = req_query(r, "s"), base = festival_base(r, f);

	return req_path(r, "%.*s/card/%09lld%s%s%.*s", SV(base), (long long)c->number, what,
	    by.n ? "?s=" : "", SV(by));
}

err web_forget(struct req *r)
{
	struct forget_view v = { .csrf = r->csrf };
	struct festival f;
	struct card c;

	TRY(own_card(r, &f, &c));
	TRY(card_forgetting(r->db, &f, &c, &v.is));
	v.at = festival_at(r, &f);
	v.number = c.number;
	v.frozen = f.state >= FESTIVAL_FROZEN;
	v.card = own_url(r, &f, &c, "");
	v.ask = own_url(r, &f, &c, "/forget");
	v.back = own_url(r, &f, &c, "/forget/undo");
	r->title = text(r->lang, TEXT_forget_title);
	festival_bar(r, &f, BAR_CARD);
	page_forget(&r->out, &v);
	return NULL;
}

err web_forget_ask(struct req *r)
{
	struct festival f;
	struct card c;

	TRY(own_card(r, &f, &c));
	TRY(card_forget_ask(r->tx, r->change, &f, &c, r->now));
	TRY(audit(r, "card.forget-ask", c.id.v, (str){ 0 }, (str){ 0 }));
	r->redirect = own_url(r, &f, &c, "/forget");
	return NULL;
}

err web_forget_back(struct req *r)
{
	struct festival f;
	struct card c;

	TRY(own_card(r, &f, &c));
	TRY(card_forget_back(r->tx, r->change, &f, &c));
	TRY(audit(r, "card.forget-back", c.id.v, (str){ 0 }, (str){ 0 }));
	req_flash(r, TEXT_forget_kept);
	r->redirect = own_url(r, &f, &c, "");
	return NULL;
}

/* ---- the organiser's list -------------------------------------------------------- */

struct find_in { int64_t card; };
static const struct field find_fields[] = {
	FIELD(struct find_in, card, FIELD_CARD, .needed = true, .label = TEXT_claim_card,
	    .hint = TEXT_claim_card_hint),
};
static const struct form find_form = FORM(struct find_in, find_fields);

struct forget_in { str reason; bool sure, despite; };
static const struct field forget_fields[] = {
	FIELD(struct forget_in, reason, FIELD_TEXT, .needed = true, .min = 3, .max = 200,
	    .label = TEXT_forget_reason, .hint = TEXT_forget_reason_hint),
	FIELD(struct forget_in, sure, FIELD_BOOL, .label = TEXT_forget_sure),
	FIELD(struct forget_in, despite, FIELD_BOOL, .label = TEXT_forget_despite),
};
const struct form org_forget_form = FORM(struct forget_in, forget_fields);

struct refuse_in { str answer; };
static const struct field refuse_fields[] = {
	FIELD(struct refuse_in, answer, FIELD_LONG, .needed = true, .min = CARD_ANSWER_MIN,
	    .max = CARD_ANSWER_MAX, .label = TEXT_forget_answer,
	    .hint = TEXT_forget_answer_hint),
};
const struct form org_refuse_form = FORM(struct refuse_in, refuse_fields);

static str list_url(struct req *r, const struct festival *f)
{
	return req_path(r, "/admin/festival/%.*s/forget", SV(f->slug));
}

static str card_url(struct req *r, const struct festival *f, int64_t number)
{
	return req_path(r, "%.*s/%09lld", SV(list_url(r, f)), (long long)number);
}

/* Does the number typed lead somewhere? */
static err asked_for(struct req *r, const struct festival *f, struct form_state *left)
{
	str typed = req_query(r, "card");
	struct card c;
	int64_t number;

	*left = (struct form_state){ .form = &find_form };
	if (!typed.n)
		return NULL;
	err e = ERR(r->a, ERR_INVALID, "field-card", .field = "card");
	if (card_number_parse(typed, &number))
		e = card_find(r->db, f, number, &c);
	if (!e) {
		r->redirect = card_url(r, f, number);
		return NULL;
	}
	left->typed = &r->query;
	left->errors = NEWN(r->a, err, 1);
	left->errors[0] = e;
	r->status = 422;
	return NULL;
}

static err refused(struct req *r, const struct festival *f, struct org_forget_view *v)
{
	struct festival_forget_turned_down *d;

	TRY(festival_q_forget_turned_down(r->db, f->city, f->id, &d, &v->n_refused));
	struct forget_refused *rows = NEWN(r->a, struct forget_refused, v->n_refused + 1);
	for (size_t i = 0; i < v->n_refused; i++)
		rows[i] = (struct forget_refused){ d[i].number, d[i].answered, d[i].answer,
		    d[i].answer_by, v->may_write ? card_url(r, f, d[i].number) : (str){ 0 } };
	v->refused = rows;
	return NULL;
}

static err lists(struct req *r, const struct festival *f, struct org_forget_view *v)
{
	struct festival_forget_waiting *w;
	struct festival_forget_done *d;

	TRY(festival_q_forget_waiting(r->db, f->city, f->id, &w, &v->n));
	struct forget_waiting *rows = NEWN(r->a, struct forget_waiting, v->n + 1);
	for (size_t i = 0; i < v->n; i++)
		rows[i] = (struct forget_waiting){ w[i].number, w[i].asked,
		    w[i].answered != 0, v->may_write ? card_url(r, f, w[i].number) : (str){ 0 } };
	v->v = rows;
	TRY(refused(r, f, v));
	TRY(festival_q_forget_done(r->db, f->city, f->id, &d, &v->n_done));
	struct forget_done *done = NEWN(r->a, struct forget_done, v->n_done + 1);
	for (size_t i = 0; i < v->n_done; i++)
		done[i] = (struct forget_done){ d[i].asked, d[i].done, d[i].wiped, d[i].cards,
		    d[i].by, d[i].reason };
	v->done = done;
	return NULL;
}

err org_forget(struct req *r)
{
	struct org_forget_view v = { .may_write = req_is(r, WRITERS) };
	struct form_state left;
	struct festival f;

	TRY(festival_find(r->db, r->city.id, r->param[0], &f));
	TRY(asked_for(r, &f, &left));
	if (r->redirect.n)
		return NULL;
	TRY(lists(r, &f, &v));
	v.find = form_page(r->a, &left, &find_form, NULL, list_url(r, &f), r->csrf);
	v.find.get = true;
	v.festival = f.name;
	v.cards = req_path(r, "/admin/festival/%.*s/cards", SV(f.slug));
	r->title = text(r->lang, TEXT_forget_list);
	page_org_forget(&r->out, &v);
	return NULL;
}

/* ---- one of them ------------------------------------------------------------------ */

static err load(struct req *r, struct festival *f, struct card *c)
{
	int64_t number;

	TRY(festival_find(r->db, r->city.id, r->param[0], f));
	if (!card_number_parse(r->param[1], &number) || card_find(r->db, f, number, c))
		return ERR(r->a, ERR_MISSING, "card-unknown", .arg = { r->param[1] });
	return NULL;
}

err org_forget_card(struct req *r)
{
	struct org_forget_card_view v = { 0 };
	struct card_sums sums;
	struct festival f;
	struct card c;

	TRY(load(r, &f, &c));
	TRY(card_sums(r->db, &f, &c, &sums));
	TRY(card_forgetting(r->db, &f, &c, &v.is));
	v.list = list_url(r, &f);
	v.number = c.number;
	v.coupons = sums.coupons;
	v.rupiah = sums.rupiah;
	v.members = sums.members;
	v.gone = !c.secret.n;
	v.frozen = f.state >= FESTIVAL_FROZEN;
	v.form = FORM_PAGE(r, &org_forget_form, NULL, card_url(r, &f, c.number));
	v.refusing = v.is.waits || r->state.form == &org_refuse_form;
	v.refuse = FORM_PAGE(r, &org_refuse_form, NULL, req_path(r, "%.*s/refuse",
	    SV(card_url(r, &f, c.number))));
	v.refuse.prefix = "refuse";
	r->title = text(r->lang, TEXT_forget_do_title);
	page_org_forget_card(&r->out, &v);
	return NULL;
}

/* The record says that it was done and why; not of whom. */
err org_forget_do(struct req *r)
{
	const struct forget_in *in = r->form;
	struct festival f;
	struct card c;
	int64_t cards;

	TRY(load(r, &f, &c));
	if (!in->sure)
		return ERR(r->a, ERR_INVALID, "forget-sure", .field = "sure");
	TRY(card_erase(r->tx, r->change, &f, &(struct card_erasing){ .number = c.number,
	    .reason = in->reason, .by = r->who.login, .now = r->now,
	    .despite = in->despite }, &cards));
	TRY(audit(r, "card.erase", f.id.v, (str){ 0 }, audit_json(r->a, (struct audit_pair[]){
	    AUDIT_TEXT("reason", in->reason), AUDIT_NUM("cards", cards) }, 2)));
	req_flash(r, TEXT_forget_done_flash);
	r->redirect = list_url(r, &f);
	return NULL;
}

/* The record says that it was answered; the words are for the holder. */
err org_forget_refuse(struct req *r)
{
	const struct refuse_in *in = r->form;
	struct card_forgetting was;
	struct festival f;
	struct card c;

	TRY(load(r, &f, &c));
	TRY(card_forgetting(r->tx->db, &f, &c, &was));
	TRY(card_forget_turn_down(r->tx, r->change, &f, &c, in->answer, r->who.login, r->now));
	if (was.waits)
		TRY(audit(r, "card.forget-no", c.id.v, (str){ 0 }, (str){ 0 }));
	req_flash(r, TEXT_forget_refused_flash);
	r->redirect = list_url(r, &f);
	return NULL;
}
