/* desk_web.c - a shopper comes with a card: PIN, lost, joined, phone. */
#include "core/audit.h"
#include "core/crypto.h"
#include "core/throttle.h"
#include "desk_tmpl.h"
#include "mod/festival/bar.h"
#include "mod/festival/card_erase.h"
#include "mod/festival/card_person.h"
#include "mod/post/post_pages.h"
#include "mod/post/web.h"
#include "post_read.h"

struct find_in { int64_t card; };
static const struct field find_fields[] = {
	FIELD(struct find_in, card, FIELD_CARD, .needed = true, .label = TEXT_claim_card,
	    .hint = TEXT_claim_card_hint),
};
const struct form find_form = FORM(struct find_in, find_fields);

struct desk_pin_in { str pin; bool seen; };
static const struct field pin_fields[] = {
	FIELD(struct desk_pin_in, pin, FIELD_SECRET, .needed = true, .max = 12,
	    .label = TEXT_desk_pin, .hint = TEXT_desk_pin_hint),
	FIELD(struct desk_pin_in, seen, FIELD_BOOL, .label = TEXT_desk_seen),
};
const struct form desk_pin_form = FORM(struct desk_pin_in, pin_fields);

struct lost_in { int64_t main; str reason; };
static const struct field lost_fields[] = {
	FIELD(struct lost_in, main, FIELD_CARD, .label = TEXT_desk_new_card,
	    .hint = TEXT_desk_new_card_hint),
	FIELD(struct lost_in, reason, FIELD_TEXT, .needed = true, .min = 3, .max = 200,
	    .label = TEXT_desk_reason, .hint = TEXT_desk_reason_hint),
};
const struct form lost_form = FORM(struct lost_in, lost_fields);

struct together_in { int64_t main; bool seen; };
static const struct field together_fields[] = {
	FIELD(struct together_in, main, FIELD_CARD, .needed = true, .label = TEXT_desk_main,
	    .hint = TEXT_desk_main_hint),
	FIELD(struct together_in, seen, FIELD_BOOL, .label = TEXT_desk_seen_both),
};
const struct form together_form = FORM(struct together_in, together_fields);

struct phone_in { str phone; };
static const struct field phone_fields[] = {
	FIELD(struct phone_in, phone, FIELD_PHONE, .label = TEXT_desk_phone,
	    .hint = TEXT_desk_phone_hint),
};
const struct form phone_form = FORM(struct phone_in, phone_fields);

/* ---- the page --------------------------------------------------------------------- */

/* "08… 678": enough to ask "is it still this one?" */
static str last_digits(struct req *r, str phone)
{
	return phone.n < 4 ? (str){ 0 } :
	    req_path(r, "08… %.*s", SV(str_sub(phone, phone.n - 3, phone.n)));
}

static str desk_url(struct req *r, int64_t number, const char *what)
{
	return req_path(r, "/post/card/%09lld%s", (long long)number, what);
}

static err card_facts(struct req *r, const struct festival *f, const struct card *c,
    struct desk_view *v)
{
	struct card_sums sums;
	struct post_hand_of_card h;
	enum card_gone gone;
	bool found;

	TRY(card_sums(r->db, f, c, &sums));
	TRY(card_gone(r->db, f, c, &gone));
	TRY(card_forgetting(r->db, f, c, &v->forget));
	TRY(post_q_hand_of_card(r->db, f->city, f->id, c->number, &h, &found));
	v->there = true;
	v->number = c->number;
	v->coupons = c->blocked ? 0 : sums.coupons;
	v->rupiah = c->blocked ? 0 : sums.rupiah;
	v->members = sums.members;
	v->joined = c->main.v && c->main.v != c->id.v;
	v->has_pin = c->pin.n > 0;
	v->blocked = c->blocked;
	v->moved = gone == CARD_MOVED;
	v->frozen = f->state >= FESTIVAL_FROZEN;
	v->phone = last_digits(r, c->phone);
	v->page = req_path(r, "%.*s/card/%09lld", SV(festival_base(r, f)), (long long)c->number);
	if (found) {
		v->hand_post = h.post_name;
		v->hand_taker = h.taker;
		v->hand_at = h.at;
	}
	return NULL;
}

static void card_forms(struct req *r, struct desk_view *v)
{
	v->pin = FORM_PAGE(r, &desk_pin_form, NULL, desk_url(r, v->number, "/pin"));
	v->lost = FORM_PAGE(r, &lost_form, NULL, desk_url(r, v->number, "/lost"));
	v->join = FORM_PAGE(r, &together_form, NULL, desk_url(r, v->number, "/join"));
	v->phone_form = FORM_PAGE(r, &phone_form, NULL, desk_url(r, v->number, "/phone"));
	v->pin.prefix = "pin";
	v->lost.prefix = "lost";
	v->join.prefix = "join";
	v->phone_form.prefix = "phone";
}

/* Its number is in the path: a page that is not there. */
static err no_card(struct req *r)
{
	return ERR(r->a, ERR_MISSING, "card-unknown", .arg = { r->param[0] });
}

/* The card asked for, and what was wrong with the asking: *left. */
static err look_up(struct req *r, const struct festival *f, struct find_in *fill,
    struct form_state *left, struct desk_view *v)
{
	bool in_path = r->param[0].n > 0;
	str asked = in_path ? r->param[0] : req_query(r, "card");
	struct card c;

	if (left->form == &find_form && !asked.n)
		*left = (struct form_state){ .form = &find_form };
	if (!asked.n || !card_number_parse(asked, &fill->card))
		return in_path ? no_card(r) : NULL;
	err e = card_find(r->db, f, fill->card, &c);
	if (!e)
		return card_facts(r, f, &c, v);
	if (e->kind != ERR_INVALID)
		return e;
	if (in_path)
		return no_card(r);
	*left = (struct form_state){ .form = &find_form, .whole = e };
	return NULL;
}

/* Also after a refused form of one card: its number stands in the path. */
err desk_page(struct req *r)
{
	struct find_in *fill = NEW(r->a, struct find_in);
	struct form_state left = r->state;
	struct desk_view v = { 0 };
	struct festival f;

	TRY(post_sale(r, &f));
	TRY(look_up(r, &f, fill, &left, &v));
	v.find = form_page(r->a, &left, &find_form, fill, S("/post/card"), r->csrf);
	v.find.get = true;
	v.find.focus = v.there ? NULL : "card";
	v.find.prefix = "find";
	if (v.there)
		card_forms(r, &v);
	r->title = text(r->lang, TEXT_desk_title);
	post_bar(r, POST_CARD);
	page_desk(&r->out, &v);
	return NULL;
}

/* ---- what an officer may do with it ------------------------------------------------ */

static err desk_load(struct req *r, struct festival *f, struct card *c)
{
	int64_t number;
	err e;

	TRY(post_sale(r, f));
	if (!card_number_parse(r->param[0], &number))
		return no_card(r);
	e = card_find(r->db, f, number, c);
	return e && e->kind == ERR_INVALID ? no_card(r) : e;
}

static str phone_json(struct req *r, str phone)
{
	return audit_json(r->a, (struct audit_pair[]){
	    AUDIT_TEXT("phone", last_digits(r, phone)) }, 1);
}

struct reset { str hash; struct throttle throttle; };

/* Some a card, more a shift: more is somebody going through the cards. */
err desk_pin_prepare(struct req *r)
{
	const struct desk_pin_in *in = r->form;
	struct reset *x = NEW(r->a, struct reset);
	int64_t pin;

	if (in->pin.n != 6 || !str_int(in->pin, 0, 999999, &pin))
		return ERR(r->a, ERR_INVALID, "pin-form", .field = "pin");
	if (!in->seen)
		return ERR(r->a, ERR_INVALID, "card-not-seen", .field = "seen");
	x->throttle = (struct throttle){ .city = r->city.id, .n = 2, .k = {
	    { req_path(r, "reset %.*s|", SV(r->param[0])), 6, 0 },
	    { req_path(r, "resets %.*s|", SV(r->who.login)), 60, 0 } } };
	TRY(throttle_check(r, &x->throttle));
	x->hash = password_hash(r->a, in->pin);
	r->prepared = x;
	return NULL;
}

err desk_pin(struct req *r)
{
	const struct reset *x = r->prepared;
	struct festival f;
	struct card c;

	TRY(desk_load(r, &f, &c));
	if (c.blocked)
		return ERR(r->a, ERR_CONFLICT, "card-gone");
	TRY(card_pin_set(r->tx, &f, &c, x->hash));
	TRY(audit(r, "card.pin-reset", c.id.v, (str){ 0 }, (str){ 0 }));
	TRY(throttle_failed(r, &x->throttle));
	req_flash(r, TEXT_desk_pin_done);
	r->redirect = desk_url(r, c.number, "");
	return NULL;
}

err desk_lost(struct req *r)
{
	const struct lost_in *in = r->form;
	struct festival f;
	struct card c, head;
	bool again = false;

	TRY(desk_load(r, &f, &c));
	if (in->main)
		TRY(card_join(r->tx, r->change, &f, &(struct card_join_in){ c.number, in->main,
		    CARD_LOST, in->reason, r->who.person }, r->now, &head, &again));
	else
		TRY(card_block(r->tx, r->change, &f, &c));
	if (!again)
		TRY(audit(r, in->main ? "card.lost" : "card.block", c.id.v, (str){ 0 },
		    audit_json(r->a,
		    (struct audit_pair[]){ AUDIT_TEXT("reason", in->reason) }, 1)));
	req_flash(r, in->main ? TEXT_desk_lost_done : TEXT_desk_block_done);
	r->redirect = desk_url(r, in->main ? in->main : c.number, "");
	return NULL;
}

err desk_join(struct req *r)
{
	const struct together_in *in = r->form;
	struct festival f;
	struct card c, head;
	bool again;

	if (!in->seen)
		return ERR(r->a, ERR_INVALID, "card-not-seen", .field = "seen");
	TRY(desk_load(r, &f, &c));
	TRY(card_join(r->tx, r->change, &f, &(struct card_join_in){ c.number, in->main,
	    CARD_SAME_PERSON, (str){ 0 }, r->who.person }, r->now, &head, &again));
	if (!again)
		TRY(audit(r, "card.join", c.id.v, (str){ 0 }, audit_json(r->a,
		    (struct audit_pair[]){ AUDIT_NUM("main", head.number) }, 1)));
	req_flash(r, TEXT_desk_join_done);
	r->redirect = desk_url(r, head.number, "");
	return NULL;
}

err desk_phone(struct req *r)
{
	const struct phone_in *in = r->form;
	struct festival f;
	struct card c;

	TRY(desk_load(r, &f, &c));
	TRY(card_phone_set(r->tx, &f, &c, in->phone));
	TRY(audit(r, "card.phone", c.id.v, phone_json(r, c.phone),
	    phone_json(r, in->phone)));
	req_flash(r, TEXT_desk_phone_done);
	r->redirect = desk_url(r, c.number, "");
	return NULL;
}
