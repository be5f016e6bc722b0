/* shift_web.c - what an officer entered today, and putting it right. */
#include "core/audit.h"
#include "mod/festival/web.h"
#include "mod/post/post_pages.h"
#include "mod/post/web.h"
#include "post_read.h"
#include "post_tmpl.h"

#define SHOWN	100

static const struct field fix_fields[] = {
	FIELD(struct note_in, event, FIELD_EVENT, .needed = true),
	FIELD(struct note_in, merchant, FIELD_TEXT, .needed = true, .max = 20,
	    .label = TEXT_post_merchant, .hint = TEXT_post_merchant_hint),
	FIELD(struct note_in, note, FIELD_TEXT, .max = 60, .label = TEXT_post_note),
	FIELD(struct note_in, amount, FIELD_RUPIAH, .needed = true, .min = 100, .max = RUPIAH_MAX,
	    .label = TEXT_stall_amount),
	FIELD(struct note_in, day, FIELD_DAY, .needed = true, .label = TEXT_stall_date),
	FIELD(struct note_in, card, FIELD_CARD, .needed = true, .label = TEXT_claim_card),
	FIELD(struct note_in, method, FIELD_CHOICE, .needed = true, .label = TEXT_stall_method,
	    .choices = method_choices),
	FIELD(struct note_in, why, FIELD_TEXT, .needed = true, .min = 3, .max = 200,
	    .label = TEXT_fix_why, .hint = TEXT_fix_why_hint),
	FIELD(struct note_in, reason, FIELD_TEXT, .max = 200, .label = TEXT_note_reason),
	FIELD(struct note_in, twin, FIELD_TEXT, .max = 10, .label = TEXT_note_reason),
};
const struct form fix_form = FORM(struct note_in, fix_fields);

/* ---- today ------------------------------------------------------------------- */

static str day_href(struct req *r, int64_t day)
{
	struct buf b = BUF(r->a, 16);

	time_put_iso_day(&b, day);
	return req_path(r, "/post/today?day=%.*s", SV(buf_done(&b)));
}

static err hours(struct req *r, int64_t from, struct shift_view *v)
{
	struct post_shift_hours *h;

	TRY(post_q_shift_hours(r->db, r->city.id, r->who.person, from, from + DAY, &h,
	    &v->n_hours));
	struct hour_row *rows = NEWN(r->a, struct hour_row, v->n_hours);
	for (size_t i = 0; i < v->n_hours; i++) {
		rows[i] = (struct hour_row){ h[i].hour, h[i].notes, h[i].rupiah };
		v->notes += h[i].notes;
		v->rupiah += h[i].rupiah;
		v->gone += h[i].gone;
		v->best = h[i].notes > v->best ? h[i].notes : v->best;
	}
	v->hour = rows;
	return NULL;
}

static err entries(struct req *r, int64_t from, struct shift_view *v)
{
	struct post_shift_list *p;

	TRY(post_q_shift_list(r->db, r->city.id, r->who.person, from, from + DAY, SHOWN, &p,
	    &v->n));
	struct shift_row *rows = NEWN(r->a, struct shift_row, v->n);
	for (size_t i = 0; i < v->n; i++) {
		str id = id_text(r->a, p[i].id.v);
		rows[i] = (struct shift_row){ .shop = p[i].shop, .note = p[i].note,
		    .href = req_path(r, "/m/sale/%.*s", SV(id)),
		    .fix = req_path(r, "/post/fix/%.*s", SV(id)), .amount = p[i].amount,
		    .points = p[i].points, .card = p[i].card_number, .at = p[i].received,
		    .gone = p[i].state != 0 };
	}
	v->v = rows;
	v->more = v->n == SHOWN;
	return NULL;
}

err shift_page(struct req *r)
{
	int64_t today = time_day(r->now, r->city.zone);
	struct shift_view v = { .day = today };

	if (req_query(r, "day").n && !time_parse_day(req_query(r, "day"), &v.day))
		return ERR(r->a, ERR_MISSING, "no-such-page");
	int64_t from = time_of_day(v.day, r->city.zone);
	TRY(hours(r, from, &v));
	TRY(entries(r, from, &v));
	v.prev = day_href(r, v.day - 1);
	if (v.day < today)
		v.next = day_href(r, v.day + 1);
	r->title = text(r->lang, TEXT_shift_title);
	post_bar(r, POST_TODAY);
	page_shift(&r->out, &v);
	return NULL;
}

/* ---- a correction ----------------------------------------------------------------- */

static err fix_load(struct req *r, struct festival *f, struct post_purchase_get *p)
{
	int64_t id;
	bool found;

	TRY(req_id(r, 0, &id));
	TRY(post_sale(r, f));
	TRY(post_q_purchase_get(r->db, r->city.id, (purchase_id){ id }, p, &found));
	if (!found || p->festival.v != f->id.v)
		return ERR(r->a, ERR_MISSING, "purchase-unknown");
	return NULL;
}

err fix_page(struct req *r)
{
	struct note_in *fill = NEW(r->a, struct note_in);
	struct post_purchase_get p;
	struct post_fix_get done;
	struct fix_view v = { 0 };
	struct festival f;
	bool found;

	TRY(fix_load(r, &f, &p));
	str id = id_text(r->a, p.id.v);
	v.was = (struct done_view){ true, p.shop, req_path(r, "/m/sale/%.*s", SV(id)), p.amount,
	    p.points, p.card_number };
	v.gone = p.state != 0;
	v.may = !v.gone && f.state == FESTIVAL_OPEN;
	TRY(post_q_fix_get(r->db, r->city.id, p.id, &done, &found));
	if (found)
		v.new_href = req_path(r, "/post/fix/%.*s", SV(id_text(r->a, done.new.v)));
	*fill = (struct note_in){ .merchant = req_path(r, "%lld", (long long)p.code),
	    .note = p.note, .amount = p.amount, .day = time_day(p.at, r->city.zone),
	    .card = p.card_number, .method = p.method };
	if (r->state.typed)
		TRY(twin_show(r, &f, r->form, &v.twin));
	TRY(suggestions(r, &f, &v.shops, &v.n_shops));
	struct form_state left = twin_state(r, &v.twin);
	v.form = form_page(r->a, &left, &fix_form, fill,
	    req_path(r, "/post/fix/%.*s", SV(id)), r->csrf);
	v.form.event = new_event(r->a);
	v.form.suggest = "merchant";
	v.form.focus = v.twin.asked ? NULL : "amount";
	r->title = text(r->lang, TEXT_fix_title);
	post_bar(r, POST_TODAY);
	page_fix(&r->out, &v);
	return NULL;
}

err fix_do(struct req *r)
{
	const struct note_in *in = r->form;
	struct post_purchase_get old;
	struct purchase_in p;
	struct note_out out;
	struct festival f;

	TRY(fix_load(r, &f, &old));
	TRY(note_purchase(r, in, CHANNEL_POST, &p));
	if (time_day(old.at, r->city.zone) == in->day)
		p.at = old.at;
	TRY(note_fix(r->tx, r->change, &r->city, &f, old.id, &p, twin_answer(in->twin), in->reason,
	    in->why, r->now, &out));
	TRY(audit(r, "note.fix", old.id.v, audit_json(r->a, (struct audit_pair[]){
	    AUDIT_NUM("amount", old.amount), AUDIT_TEXT("note", old.note) }, 2),
	    audit_json(r->a, (struct audit_pair[]){ AUDIT_NUM("amount", in->amount),
		AUDIT_TEXT("note", in->note), AUDIT_TEXT("why", in->why) }, 3)));
	req_flash(r, out.same ? TEXT_fix_done_same : TEXT_fix_done);
	r->redirect = S("/post/today");
	return NULL;
}
