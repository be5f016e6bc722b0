/* post_web.c - the officer at the post, and the merchant who joins. */
#include "core/audit.h"
#include "core/crypto.h"
#include "core/who.h"
#include "festival_read.h"
#include "mod/festival/bar.h"
#include "mod/festival/purchase.h"
#include "mod/festival/stall_pages.h"
#include "mod/festival/web.h"
#include "stall_tmpl.h"
#include <string.h>

struct note_in { str event, merchant, note; int64_t amount, day, card, method; };
static const struct field note_fields[] = {
	FIELD(struct note_in, event, FIELD_EVENT, .needed = true),
	FIELD(struct note_in, merchant, FIELD_TEXT, .needed = true, .max = 20,
	    .label = TEXT_post_merchant, .hint = TEXT_post_merchant_hint),
	FIELD(struct note_in, note, FIELD_TEXT, .max = 60, .label = TEXT_post_note),
	FIELD(struct note_in, amount, FIELD_RUPIAH, .needed = true, .min = 100, .max = RUPIAH_MAX,
	    .label = TEXT_stall_amount),
	FIELD(struct note_in, day, FIELD_DAY, .needed = true, .label = TEXT_stall_date),
	FIELD(struct note_in, card, FIELD_CARD, .needed = true, .label = TEXT_claim_card,
	    .hint = TEXT_claim_card_hint),
	FIELD(struct note_in, method, FIELD_CHOICE, .needed = true, .label = TEXT_stall_method,
	    .choices = method_choices),
};
const struct form note_form = FORM(struct note_in, note_fields);

static err post_done(struct req *r, struct post_view *v)
{
	struct festival_purchase_by_id p;
	struct merchant m;
	int64_t id;
	bool found;

	if (!id_parse(req_query(r, "done"), &id))
		return NULL;
	TRY(festival_q_purchase_by_id(r->db, r->city.id, (purchase_id){ id }, &p, &found));
	if (!found)
		return NULL;
	TRY(merchant_get(r->db, r->city.id, p.merchant, &m));
	v->done = true;
	v->done_shop = m.name;
	v->done_amount = p.amount;
	v->done_points = p.points;
	v->done_number = p.number;
	v->done_href = req_path(r, "/m/sale/%.*s", SV(id_text(r->a, id)));
	return card_number_of(r->db, r->city.id, p.card, &v->done_card);
}

err post_page(struct req *r)
{
	struct post_view v = { 0 };
	struct festival f;
	bool found;

	TRY(festival_now(r->db, r->city.id, &f, &found));
	v.festival = found ? f.name : r->city.name;
	v.open = found && f.state == FESTIVAL_OPEN;
	struct note_in fill = { .method = METHOD_CASH, .day = found && day_outside(r, &f) ?
	    f.last_day : time_day(r->now, r->city.zone) };
	v.form = FORM_PAGE(r, &note_form, &fill, S("/post"));
	v.form.event = new_event(r->a);
	TRY(post_done(r, &v));
	r->title = text(r->lang, TEXT_post_title);
	page_post(&r->out, &v);
	return NULL;
}

err post_note(struct req *r)
{
	const struct note_in *in = r->form;
	struct purchase_out out;
	struct festival f;
	struct merchant m;
	bool found;

	TRY(festival_now(r->db, r->city.id, &f, &found));
	if (!found)
		return ERR(r->a, ERR_CONFLICT, "festival-not-open", .arg = { r->city.name });
	TRY(merchant_find(r->db, r->city.id, in->merchant, &m));
	struct purchase_in p = { .event = in->event, .merchant = m.id, .card = in->card,
	    .amount = in->amount, .method = (enum method)in->method, .channel = CHANNEL_POST,
	    .at = time_of_day(in->day, r->city.zone) + 12 * HOUR, .note = in->note,
	    .person = r->who.person };
	TRY(purchase_record(r->tx, r->change, &r->city, &f, &p, r->now, &out));
	r->redirect = req_path(r, "/post?done=%.*s", SV(id_text(r->a, out.id.v)));
	return NULL;
}

/* ---- joining ---------------------------------------------------------------------- */

struct join_in { str name, stall, phone, login, password; int64_t sector, venue, size; };
static const struct field join_fields[] = {
	FIELD(struct join_in, name, FIELD_TEXT, .needed = true, .min = 2,
	    .max = 80, .label = TEXT_join_name, .hint = TEXT_join_name_hint),
	FIELD(struct join_in, sector, FIELD_CHOICE, .needed = true,
	    .label = TEXT_join_sector, .choices = sector_choices),
	FIELD(struct join_in, venue, FIELD_ID, .label = TEXT_join_venue),
	FIELD(struct join_in, stall, FIELD_TEXT, .max = 30,
	    .label = TEXT_join_stall, .hint = TEXT_join_stall_hint),
	FIELD(struct join_in, size, FIELD_CHOICE, .label = TEXT_join_size,
	    .choices = size_choices),
	FIELD(struct join_in, phone, FIELD_PHONE, .label = TEXT_join_phone,
	    .hint = TEXT_join_phone_hint),
	FIELD(struct join_in, login, FIELD_TEXT, .needed = true, .max = 40,
	    .label = TEXT_people_login, .hint = TEXT_people_login_hint),
	FIELD(struct join_in, password, FIELD_SECRET, .needed = true, .min = 8,
	    .max = 200, .label = TEXT_signin_password,
	    .hint = TEXT_people_password_hint),
};
const struct form join_form = FORM(struct join_in, join_fields);

err venue_options(struct req *r, struct form_option **out, size_t *n)
{
	struct festival_venue_list *v;

	TRY(festival_q_venue_list(r->db, r->city.id, &v, n));
	*out = NEWN(r->a, struct form_option, *n);
	for (size_t i = 0; i < *n; i++)
		(*out)[i] = (struct form_option){ id_text(r->a, v[i].id.v), v[i].name };
	return NULL;
}

err venue_known(struct req *r, int64_t venue)
{
	struct festival_venue_by_id v;
	bool found = true;

	if (venue)
		TRY(festival_q_venue_by_id(r->db, r->city.id, (venue_id){ venue }, &v, &found));
	return found ? NULL : ERR(r->a, ERR_INVALID, "venue-unknown", .field = "venue");
}

err join_page(struct req *r)
{
	struct join_view v = { 0 };
	struct form_option *venues;
	struct festival f;

	TRY(festival_of(r, 1, &f));
	TRY(venue_options(r, &venues, &v.n_venues));
	v.venues = venues;
	v.base = festival_base(r, &f);
	v.festival = f.name;
	v.rule = text(r->lang, choice_by_value(admission_choices, (int64_t)f.admission)->label);
	v.closed = f.admission == ADMISSION_CLOSED ||
	    (f.state != FESTIVAL_INVITING && f.state != FESTIVAL_OPEN);
	v.form = FORM_PAGE(r, &join_form, NULL, req_path(r, "%.*s/join", SV(v.base)));
	r->title = text(r->lang, TEXT_front_join);
	festival_bar(r, &f, BAR_NONE);
	page_join(&r->out, &v);
	return NULL;
}

err join_prepare(struct req *r)
{
	const struct join_in *in = r->form;
	str *hash = NEW(r->a, str);

	*hash = password_hash(r->a, in->password);
	r->prepared = hash;
	return NULL;
}

err join_do(struct req *r)
{
	const struct join_in *in = r->form;
	enum participation_state state;
	struct festival f;
	person_id person;
	struct merchant m = { .name = in->name, .sector = (enum sector)in->sector,
	    .size = (enum merchant_size)in->size, .venue = { in->venue }, .stall = in->stall,
	    .phone = in->phone };

	TRY(festival_of(r, 1, &f));
	TRY(venue_known(r, in->venue));
	TRY(merchant_add(r->tx, r->city.id, &m, r->now));
	TRY(merchant_join(r->tx, r->change, &f, m.id, false, in->login, r->now, &state));
	TRY(person_add(r->tx, r->city.id, in->login, in->name, *(str *)r->prepared, MAY_MERCHANT,
	    m.id.v, r->now, &person));
	TRY(audit(r, "merchant.register", m.id.v, (str){ 0 },
	    audit_json(r->a,
	        (struct audit_pair[]){ AUDIT_TEXT("name", m.name),
	            AUDIT_NUM("state", (int64_t)state) },
	        2)));
	TRY(who_sign_in(r, person));
	req_flash(r, TEXT_join_done);
	r->redirect = S("/m");
	return NULL;
}
