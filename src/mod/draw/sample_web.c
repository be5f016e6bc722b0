/* sample_web.c - the sample: named, chosen, checked coupon by coupon. */
#include "core/audit.h"
#include "before_tmpl.h"
#include "mod/draw/beacon.h"
#include "mod/draw/before_web.h"
#include "mod/draw/rules.h"

enum { SAMPLE_PAGE = 25, SAMPLE_DEFAULT = 500 };

struct say_in { int64_t count, minutes; };
static const struct field say_fields[] = {
	FIELD(struct say_in, count, FIELD_INT, .needed = true, .min = 1, .max = 5000,
	    .label = TEXT_sample_count, .hint = TEXT_sample_count_hint),
	FIELD(struct say_in, minutes, FIELD_INT, .needed = true, .min = 1, .max = 20160,
	    .label = TEXT_sample_minutes, .hint = TEXT_sample_minutes_hint),
};
const struct form sample_say_form = FORM(struct say_in, say_fields);

struct chosen_in { str pasted; };
static const struct field chosen_fields[] = {
	FIELD(struct chosen_in, pasted, FIELD_LONG, .needed = true, .max = 2000,
	    .label = TEXT_draw_pasted, .hint = TEXT_draw_pasted_hint),
};
const struct form sample_beacon_form = FORM(struct chosen_in, chosen_fields);

static const struct choice verdicts[] = {
	{ "clean", SAMPLE_CLEAN, TEXT_sample_clean },
	{ "doubtful", SAMPLE_DOUBTFUL, TEXT_sample_doubtful },
	{ "false", SAMPLE_FALSE, TEXT_sample_false },
	{ 0 },
};
struct judge_in { int64_t verdict; str note; };
static const struct field judge_fields[] = {
	FIELD(struct judge_in, verdict, FIELD_CHOICE, .needed = true,
	    .label = TEXT_sample_verdict, .choices = verdicts),
	FIELD(struct judge_in, note, FIELD_LONG, .max = 500, .label = TEXT_sample_note,
	    .hint = TEXT_sample_note_hint),
};
const struct form sample_judge_form = FORM(struct judge_in, judge_fields);

static str number(struct arena *a, int64_t n)
{
	return arena_printf(a, "%lld", (long long)n);
}

/* Millionths as a percentage, rounded up to a tenth: 5974 is "0,6". */
static str percent(struct arena *a, enum lang lang, int64_t millionths)
{
	long long tenths = (millionths + 999) / 1000;

	return arena_printf(a, "%lld%s%lld", tenths / 10, lang == LANG_ID ? "," : ".",
	    tenths % 10);
}

str sample_sentence(struct arena *a, enum lang lang, const struct sample *s)
{
	const str v[4] = { number(a, s->count), number(a, s->seen), number(a, s->clean),
		percent(a, lang, s->bound) };

	if (!s->ran)
		return S("");
	return s->seen < s->count ? text_fill(a, lang, TEXT_sample_so_far, v, 2) :
	    text_fill(a, lang, TEXT_sample_result, v, 4);
}

static err load(struct req *r, struct draw *d)
{
	return draw_find_code(r->db, r->city.id, r->param[0], d);
}

static str here(struct req *r, const struct draw *d, const char *what)
{
	return req_path(r, "/admin/draw/%.*s%s", SV(id_text(r->a, d->id.v)), what);
}

static struct sample_line line_of(struct req *r, const struct draw *d, const struct sample_item *x)
{
	const struct choice *c = choice_by_value(verdicts, (int64_t)x->verdict);

	return (struct sample_line){ .href = req_path(r, "%.*s/%lld",
	    SV(here(r, d, "/sample")), (long long)x->pos), .merchant = x->merchant,
	    .stall = x->stall, .receipt = x->receipt, .note = x->note, .by = x->by,
	    .pos = x->pos, .coupon = x->coupon, .number = x->number, .amount = x->amount,
	    .at = x->at, .seen = x->seen, .verdict = c ? c->label : TEXT_sample_unseen,
	    .unseen = !c, .found = x->purchase != 0 };
}

static err items_load(struct req *r, const struct draw *d, struct sample_view *v)
{
	struct sample_item *x;
	int64_t page = 0;

	if (!str_int(req_query(r, "page"), 0, 1000, &page))
		page = 0;
	TRY(sample_items(r->db, d, page * SAMPLE_PAGE, SAMPLE_PAGE, &x, &v->n));
	struct sample_line *rows = NEWN(r->a, struct sample_line, v->n + 1);
	for (size_t i = 0; i < v->n; i++)
		rows[i] = line_of(r, d, &x[i]);
	v->v = rows;
	if (page)
		v->pager.prev = req_path(r, "?page=%lld", (long long)page - 1);
	if ((page + 1) * SAMPLE_PAGE < v->s.count)
		v->pager.next = req_path(r, "?page=%lld", (long long)page + 1);
	return NULL;
}

static struct form_page part(struct req *r, const struct form *form, const void *fill, str action)
{
	const struct form_state none = { 0 };

	return form_page(r->a, r->state.form == form ? &r->state : &none, form, fill, action,
	    r->csrf);
}

err admin_sample(struct req *r)
{
	struct say_in usual = { SAMPLE_DEFAULT, 10 };
	struct chosen_in fill = { { 0 } };
	struct sample_view v = { 0 };
	struct draw d;

	TRY(load(r, &d));
	TRY(draw_setting(r->db, d.city, "draw-sample", SAMPLE_DEFAULT, &usual.count));
	TRY(sample_get(r->db, &d, &v.s));
	v.back = here(r, &d, "");
	v.name = d.name;
	v.may = req_is(r, MAY_ORGANISER | MAY_ADMIN);
	v.frozen = d.state == DRAW_FROZEN;
	v.waits = v.s.there && !v.s.ran;
	if (v.waits)
		v.due = d.rehearsal ? v.s.said : beacon_due(v.s.round);
	if (v.waits)
		TRY(relay_view_load(r, &d, PART_SAMPLE, v.s.round, v.due, &v.relays));
	fill.pasted = v.relays.r.text;
	if (v.waits && d.rehearsal && !fill.pasted.n)
		fill.pasted = beacon_rehearse(r->a, v.s.round);
	v.say = part(r, &sample_say_form, &usual, here(r, &d, "/sample"));
	v.beacon = part(r, &sample_beacon_form, &fill, here(r, &d, "/sample/beacon"));
	v.sentence = sample_sentence(r->a, r->lang, &v.s);
	if (v.s.ran)
		TRY(items_load(r, &d, &v));
	r->title = text(r->lang, TEXT_sample_title);
	page_sample(&r->out, &v);
	return NULL;
}

err admin_sample_say(struct req *r)
{
	const struct say_in *in = r->form;
	struct draw d;

	TRY(load(r, &d));
	TRY(sample_say(r->tx, r->change, &d, in->count, in->minutes * MINUTE, r->who.login,
	    r->now));
	TRY(draw_ahead(r->db, &d, time_now()));
	r->redirect = here(r, &d, "/sample");
	return audit(r, "draw.sample", d.id.v, (str){ 0 }, audit_json(r->a,
	    (struct audit_pair[]){ AUDIT_NUM("coupons", in->count) }, 1));
}

err admin_sample_run(struct req *r)
{
	const struct chosen_in *in = r->form;
	struct draw d;

	TRY(load(r, &d));
	TRY(sample_run(r->tx, r->change, &d, in->pasted, r->now));
	r->redirect = here(r, &d, "/sample");
	return audit(r, "draw.sampled", d.id.v, (str){ 0 }, (str){ 0 });
}

static err item_of(struct req *r, struct draw *d, struct sample_item *x)
{
	int64_t pos;

	TRY(load(r, d));
	if (!str_int(r->param[1], 1, 5000, &pos))
		return ERR(r->a, ERR_MISSING, "no-such-page");
	return sample_item(r->db, d, pos, x);
}

err admin_sample_item(struct req *r)
{
	struct sample_item_view v = { 0 };
	struct sample_item x;
	struct draw d;

	TRY(item_of(r, &d, &x));
	v.back = here(r, &d, "/sample");
	v.x = line_of(r, &d, &x);
	struct judge_in was = { (int64_t)x.verdict, x.note };
	v.form = FORM_PAGE(r, &sample_judge_form, x.verdict ? &was : NULL, v.x.href);
	r->title = text(r->lang, TEXT_sample_title);
	page_sample_item(&r->out, &v);
	return NULL;
}

err admin_sample_judge(struct req *r)
{
	const struct judge_in *in = r->form;
	struct sample_item x;
	struct draw d;

	TRY(item_of(r, &d, &x));
	TRY(sample_judge(r->tx, r->change, &d, x.pos, (enum sample_verdict)in->verdict, in->note,
	    r->who.login, r->now));
	r->redirect = here(r, &d, "/sample");
	return audit(r, "draw.sample-checked", d.id.v, (str){ 0 }, audit_json(r->a,
	    (struct audit_pair[]){ AUDIT_NUM("place", x.pos), AUDIT_TEXT("reason", in->note) },
	    2));
}
