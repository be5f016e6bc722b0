/* note_web.c - the officer types notes, one after the other. */
#include "core/audit.h"
#include "mod/festival/bar.h"
#include "mod/festival/web.h"
#include "mod/post/post_pages.h"
#include "mod/post/web.h"
#include "post_read.h"
#include "post_tmpl.h"
#include <string.h>

static const struct field note_fields[] = {
	FIELD(struct note_in, event, FIELD_EVENT, .needed = true),
	FIELD(struct note_in, merchant, FIELD_TEXT, .needed = true, .max = 20,
	    .label = TEXT_post_merchant, .hint = TEXT_post_merchant_hint),
	FIELD(struct note_in, note, FIELD_TEXT, .max = 60, .label = TEXT_post_note,
	    .hint = TEXT_note_note_hint),
	FIELD(struct note_in, amount, FIELD_RUPIAH, .needed = true, .min = 100, .max = RUPIAH_MAX,
	    .label = TEXT_stall_amount),
	FIELD(struct note_in, day, FIELD_DAY, .needed = true, .label = TEXT_stall_date),
	FIELD(struct note_in, card, FIELD_CARD, .needed = true, .label = TEXT_claim_card,
	    .hint = TEXT_claim_card_hint),
	FIELD(struct note_in, method, FIELD_CHOICE, .needed = true, .label = TEXT_stall_method,
	    .choices = method_choices),
	FIELD(struct note_in, keep_merchant, FIELD_BOOL, .label = TEXT_note_keep_merchant),
	FIELD(struct note_in, keep_day, FIELD_BOOL, .label = TEXT_note_keep_day),
	FIELD(struct note_in, keep_card, FIELD_BOOL, .label = TEXT_note_keep_card),
	FIELD(struct note_in, reason, FIELD_TEXT, .max = 200, .label = TEXT_note_reason),
	FIELD(struct note_in, twin, FIELD_TEXT, .max = 10, .label = TEXT_note_reason),
};
const struct form note_form = FORM(struct note_in, note_fields);

/* ---- what the post's pages share --------------------------------------------- */

/* Where the officer sits decides; else the only open one.  Nothing is guessed. */
static err sale_which(struct req *r, struct festival *f, bool *found, bool *several)
{
	struct post_stand_sale at;
	struct post_sales_open open;

	*several = false;
	TRY(post_q_stand_sale(r->db, r->city.id, r->who.person, &at, found));
	if (*found)
		return festival_find(r->db, r->city.id, at.slug, f);
	TRY(post_q_sales_open(r->db, r->city.id, &open));
	*several = open.n > 1;
	return festival_now(r->db, r->city.id, f, found);
}

err post_sale(struct req *r, struct festival *f)
{
	bool found, several;

	TRY(sale_which(r, f, &found, &several));
	if (several)
		return ERR(r->a, ERR_CONFLICT, "post-which");
	return found ? NULL : ERR(r->a, ERR_CONFLICT, "festival-not-open", .arg = { r->city.name });
}

err post_now(struct req *r, struct festival *f, bool *found)
{
	bool several;

	TRY(sale_which(r, f, found, &several));
	if (several && !r->state.typed)
		r->redirect = S("/post/at");
	return NULL;
}

err post_mine(struct req *r, const struct festival *f, struct post *p, bool *found)
{
	struct post_stand_get s;

	TRY(post_q_stand_get(r->db, r->city.id, r->who.person, f->id, &s, found));
	if (*found)
		*p = (struct post){ s.id, f->id, s.name, s.venue };
	return NULL;
}

enum twin_answer twin_answer(str s)
{
	return str_eq(s, S("same")) ? TWIN_SAME : str_eq(s, S("other")) ? TWIN_OTHER : TWIN_ASK;
}

/* The refusal by this rule, beside a field or above the form; NULL: another, or none. */
static err refused_by(const struct req *r, const char *rule)
{
	const struct form_state *s = &r->state;

	if (s->whole && !strcmp(s->whole->rule, rule))
		return s->whole;
	for (size_t i = 0; s->errors && i < s->form->n; i++)
		if (s->errors[i] && !strcmp(s->errors[i]->rule, rule))
			return s->errors[i];
	return NULL;
}

err note_purchase(struct req *r, const struct note_in *in, enum channel channel,
    struct purchase_in *p)
{
	struct merchant m;

	TRY(merchant_find(r->db, r->city.id, in->merchant, &m));
	*p = (struct purchase_in){ .event = in->event, .merchant = m.id, .card = in->card,
	    .amount = in->amount, .method = (enum method)in->method, .channel = channel,
	    .at = time_of_day(in->day, r->city.zone) + 12 * HOUR, .note = in->note,
	    .person = r->who.person };
	return NULL;
}

static str note_href(struct req *r, purchase_id id)
{
	return req_path(r, "/post/fix/%.*s", SV(id_text(r->a, id.v)));
}

err twin_show(struct req *r, const struct festival *f, const struct note_in *in,
    struct twin_view *v)
{
	struct purchase_in p;
	struct merchant m;

	if (!refused_by(r, "note-twin") && !refused_by(r, "note-reason"))
		return NULL;
	TRY(note_purchase(r, in, CHANNEL_POST, &p));
	TRY(note_twin_find(r->db, f, &p, &v->t, &v->asked));
	TRY(merchant_get(r->db, r->city.id, p.merchant, &m));
	v->shop = m.name;
	v->href = note_href(r, v->t.id);
	v->reason = in->reason;
	if (refused_by(r, "note-reason"))
		v->said = err_text(r->a, r->lang, refused_by(r, "note-reason"));
	return NULL;
}

struct form_state twin_state(const struct req *r, const struct twin_view *v)
{
	struct form_state s = r->state;

	if (v->asked) {
		s.errors = NULL;
		s.whole = NULL;
	}
	return s;
}

err suggestions(struct req *r, const struct festival *f, const struct form_option **out, size_t *n)
{
	struct post_suggestions *s;
	struct form_option *v;
	struct post p;
	bool found;

	*n = 0;
	TRY(post_mine(r, f, &p, &found));
	if (!found || !p.venue.v)
		return NULL;
	TRY(post_q_suggestions(r->db, r->city.id, f->id, p.venue, &s, n));
	v = NEWN(r->a, struct form_option, *n);
	for (size_t i = 0; i < *n; i++)
		v[i] = (struct form_option){ req_path(r, "%lld", (long long)s[i].code),
		    s[i].stall.n ? req_path(r, "%.*s, %.*s", SV(s[i].name), SV(s[i].stall)) :
		    s[i].name };
	*out = v;
	return NULL;
}

void post_bar(struct req *r, enum post_item current)
{
	static const struct { const char *path, *icon; enum text_id label; } items[] = {
		[POST_NOTE] = { "/post", "plus", TEXT_note_bar },
		[POST_BATCH] = { "/post/batch", "report", TEXT_batch_bar },
		[POST_CARD] = { "/post/card", "card", TEXT_desk_bar },
		[POST_QUEUE] = { "/post/queue", "people", TEXT_queue_bar },
		[POST_TODAY] = { "/post/today", "clock", TEXT_shift_bar },
	};
	struct layout_nav *v = NEWN(r->a, struct layout_nav, countof(items));

	for (size_t i = 0; i < countof(items); i++)
		v[i] = (struct layout_nav){ str_of(items[i].path), items[i].icon, items[i].label,
		    i == (size_t)current };
	r->bar = v;
	r->n_bar = countof(items);
}

/* ---- the page --------------------------------------------------------------------- */

/* What was just saved, and of it what the officer keeps for the next note. */
static err done_fill(struct req *r, struct note_in *fill, struct done_view *d)
{
	str keep = req_query(r, "keep");
	struct post_purchase_get p;
	int64_t id;
	bool found;

	if (!id_parse(req_query(r, "done"), &id))
		return NULL;
	TRY(post_q_purchase_get(r->db, r->city.id, (purchase_id){ id }, &p, &found));
	if (!found)
		return NULL;
	*d = (struct done_view){ true, p.shop, note_href(r, p.id), p.amount, p.points,
	    p.card_number };
	fill->keep_merchant = str_find(keep, S("m")) != SIZE_MAX;
	fill->keep_day = str_find(keep, S("d")) != SIZE_MAX;
	fill->keep_card = str_find(keep, S("c")) != SIZE_MAX;
	fill->method = p.method;
	if (fill->keep_merchant)
		fill->merchant = req_path(r, "%lld", (long long)p.code);
	if (fill->keep_day)
		fill->day = time_day(p.at, r->city.zone);
	if (fill->keep_card && !card_number_parse(req_query(r, "card"), &fill->card))
		fill->card = p.card_number;
	return NULL;
}

static err mine_today(struct req *r, struct post_view *v)
{
	int64_t from = time_of_day(time_day(r->now, r->city.zone), r->city.zone);
	struct post_shift_hours *h;
	size_t n;

	TRY(post_q_shift_hours(r->db, r->city.id, r->who.person, from, from + DAY, &h, &n));
	for (size_t i = 0; i < n; i++) {
		v->today += h[i].notes;
		v->rupiah += h[i].rupiah;
	}
	return NULL;
}

static err stock_left(struct req *r, const struct festival *f, struct post_view *v)
{
	struct post_stock *s;
	struct post mine;
	bool found;
	size_t n;

	TRY(post_mine(r, f, &mine, &found));
	if (!found)
		return NULL;
	v->post = mine.name;
	TRY(post_q_stock(r->db, r->city.id, f->id, &s, &n));
	for (size_t i = 0; i < n; i++)
		if (s[i].post.v == mine.id.v) {
			v->has_stock = true;
			v->fresh = s[i].fresh;
		}
	return NULL;
}

/* The first field that is still to be typed. */
static const char *first_empty(const struct req *r, const struct note_in *fill,
    const struct twin_view *twin)
{
	if (twin->asked)
		return NULL;
	for (size_t i = 0; r->state.errors && i < r->state.form->n; i++)
		if (r->state.errors[i])
			return r->state.form->fields[i].name;
	return fill->keep_merchant ? "note" : "merchant";
}

err post_page(struct req *r)
{
	struct note_in *fill = NEW(r->a, struct note_in);
	struct post_view v = { 0 };
	struct festival f;
	bool found;

	TRY(post_now(r, &f, &found));
	if (r->redirect.n)
		return NULL;
	v.festival = found ? f.name : r->city.name;
	v.open = found && f.state == FESTIVAL_OPEN;
	*fill = (struct note_in){ .method = METHOD_CASH, .keep_day = true,
	    .day = found && day_outside(r, &f) ? f.last_day : time_day(r->now, r->city.zone) };
	TRY(done_fill(r, fill, &v.done));
	if (found) {
		if (r->state.typed)
			TRY(twin_show(r, &f, r->form, &v.twin));
		TRY(suggestions(r, &f, &v.shops, &v.n_shops));
		TRY(stock_left(r, &f, &v));
	}
	TRY(mine_today(r, &v));
	struct form_state left = twin_state(r, &v.twin);
	v.form = form_page(r->a, &left, &note_form, fill, S("/post"), r->csrf);
	v.form.event = new_event(r->a);
	v.form.suggest = "merchant";
	v.form.focus = first_empty(r, fill, &v.twin);
	r->title = text(r->lang, TEXT_post_title);
	post_bar(r, POST_NOTE);
	page_post(&r->out, &v);
	return NULL;
}

/* Never dropped without a trace: who said that it is the same, and of which. */
static err said_same(struct req *r, const struct note_in *in, const struct twin *t)
{
	TRY(audit(r, "note.same", t->id.v, (str){ 0 }, audit_json(r->a, (struct audit_pair[]){
	    AUDIT_TEXT("note", in->note), AUDIT_NUM("amount", in->amount) }, 2)));
	req_flash(r, TEXT_note_not_recorded);
	return NULL;
}

err post_note(struct req *r)
{
	const struct note_in *in = r->form;
	struct purchase_in p;
	struct note_out out;
	struct festival f;

	TRY(post_sale(r, &f));
	TRY(note_purchase(r, in, CHANNEL_POST, &p));
	TRY(note_record(r->tx, r->change, &r->city, &f, &p, twin_answer(in->twin), in->reason,
	    r->now, &out));
	if (out.same)
		TRY(said_same(r, in, &out.twin));
	purchase_id id = out.same ? out.twin.id : out.p.id;
	r->redirect = req_path(r, "/post?%s=%.*s&keep=%s%s%s&card=%09lld",
	    out.same ? "same" : "done", SV(id_text(r->a, id.v)), in->keep_merchant ? "m" : "",
	    in->keep_day ? "d" : "", in->keep_card ? "c" : "",
	    (long long)(in->keep_card ? in->card : 0));
	return NULL;
}
