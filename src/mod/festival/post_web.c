/* post_web.c - the officer at the post. */
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
