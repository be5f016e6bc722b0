/* rules_try.c - "try this purchase": what the rules would make of it.  Reads only. */
#include "mod/festival/bar.h"
#include "festival_read.h"
#include "mod/festival/rules_web.h"
#include "rules_tmpl.h"

struct try_in {
	int64_t amount, venue, sector, method, day, counted, counted_day, counted_merchant,
	    coupons;
	str merchant, hour;
};
#define BEFORE(m, l)	FIELD(struct try_in, m, FIELD_RUPIAH, .max = RUPIAH_MAX, .label = (l))
static const struct field fields[] = {
	FIELD(struct try_in, amount, FIELD_RUPIAH, .needed = true, .min = 1, .max = RUPIAH_MAX,
	    .label = TEXT_try_amount),
	FIELD(struct try_in, merchant, FIELD_TEXT, .max = 20, .label = TEXT_rules_merchant,
	    .hint = TEXT_try_merchant_hint),
	FIELD(struct try_in, venue, FIELD_CHOICE, .label = TEXT_org_venue_kind,
	    .choices = venue_kind_choices),
	FIELD(struct try_in, sector, FIELD_CHOICE, .label = TEXT_rules_sector,
	    .choices = sector_choices),
	FIELD(struct try_in, method, FIELD_CHOICE, .label = TEXT_rules_method,
	    .choices = method_choices),
	FIELD(struct try_in, day, FIELD_DAY, .needed = true, .label = TEXT_rules_day),
	FIELD(struct try_in, hour, FIELD_TEXT, .max = 5, .label = TEXT_rules_hour),
	BEFORE(counted, TEXT_try_counted),
	BEFORE(counted_day, TEXT_try_counted_day),
	BEFORE(counted_merchant, TEXT_try_counted_merchant),
	FIELD(struct try_in, coupons, FIELD_INT, .max = RUPIAH_MAX, .label = TEXT_try_coupons,
	    .hint = TEXT_try_coupons_hint),
};
static const struct form try_form = FORM(struct try_in, fields);

/* A purchase as it would be, and when. */
struct trial { struct rule_facts facts; int64_t at; str shop; };

static err place(struct req *r, const struct try_in *in, struct trial *t)
{
	struct festival_venue_by_id v;
	struct merchant m;
	bool found;

	t->facts.venue = (enum venue_kind)in->venue;
	t->facts.sector = params_value(&r->query, S("sector")).n ? (enum sector)in->sector :
	    SECTOR_OTHER;
	if (!in->merchant.n)
		return NULL;
	TRY(merchant_find(r->db, r->city.id, in->merchant, &m));
	TRY(festival_q_venue_by_id(r->db, r->city.id, m.venue, &v, &found));
	t->facts.merchant = m.id.v;
	t->facts.sector = m.sector;
	t->facts.venue = found ? (enum venue_kind)v.kind : VENUE_NONE;
	t->shop = m.name;
	return NULL;
}

static err trial_of(struct req *r, const struct festival *f, const struct try_in *in,
    struct trial *t)
{
	int hour;

	*t = (struct trial){ .facts = { .amount = in->amount, .method = (enum method)in->method,
	    .day = in->day, .counted = in->counted, .counted_day = in->counted_day,
	    .counted_merchant = in->counted_merchant, .coupons = in->coupons } };
	TRY(place(r, in, t));
	TRY(hour_read(r->a, in->hour, "hour", &hour));
	if (in->day < f->first_day || in->day > f->last_day)
		return ERR(r->a, ERR_INVALID, "outside-dates", .field = "day");
	if (in->counted_day > in->counted || in->counted_merchant > in->counted)
		return ERR(r->a, ERR_INVALID, "try-before", .field = "counted");
	t->facts.hour = hour < 0 ? 12 : hour;
	t->at = time_of_day(in->day, r->city.zone) + t->facts.hour * HOUR;
	return NULL;
}

static str carried_say(struct req *r, const struct rule_said *s)
{
	struct buf b = BUF(r->a, 60);

	rupiah_put(&b, s->number);
	str args[] = { buf_done(&b) };
	return text_fill(r->a, r->lang, s->step == RULE_STEP_CARRIED ? TEXT_try_carried :
	    TEXT_try_left, args, 1);
}

static void result(struct req *r, const struct rules *rules, const struct trial *t,
    enum text_id title, struct try_result *to)
{
	struct rule_result x;

	rule_apply(rules, &t->facts, &x);
	struct try_line *v = NEWN(r->a, struct try_line, x.n_said);
	for (size_t i = 0; i < x.n_said; i++) {
		const struct rule_said *s = &x.said[i];
		bool coupons = s->step == RULE_STEP_CARRIED || s->step == RULE_STEP_LEFT;
		v[i] = (struct try_line){ rule_why(r->a, (unsigned)s->step, r->lang),
		    coupons ? carried_say(r, s) :
			rule_step_words(r->a, rules, &t->facts, s->step, r->lang),
		    !coupons, s->before, s->after };
	}
	*to = (struct try_result){ .title = title, .amount = t->facts.amount,
	    .counted = x.counted, .points = x.points, .coupons = x.coupons, .v = v,
	    .n = x.n_said, .nothing = !x.n_said };
}

static err results(struct req *r, const struct festival *f, const struct try_in *in,
    struct try_view *v)
{
	struct rule_version p;
	struct trial t;
	bool proposed;

	TRY(trial_of(r, f, in, &t));
	TRY(rules_proposed(r->db, f, &p, &proposed));
	struct try_result *to = NEWN(r->a, struct try_result, 2);
	result(r, rules_at(f, t.at, NULL), &t,
	    f->state < FESTIVAL_OPEN ? TEXT_try_draft : TEXT_try_then, &to[v->n++]);
	if (proposed)
		result(r, &p.rules, &t, TEXT_try_proposed, &to[v->n++]);
	v->v = to;
	v->shop = t.shop;
	return NULL;
}

/* What the empty form begins with: a cash purchase on a day of the sale. */
static void usual(const struct req *r, const struct festival *f, struct try_in *fill)
{
	int64_t today = time_day(r->now, r->city.zone);

	*fill = (struct try_in){ .amount = 100000, .method = METHOD_CASH, .venue = VENUE_MARKET,
	    .sector = -1, .hour = S("10"), .day = today };
	if (today < f->first_day || today > f->last_day)
		fill->day = f->first_day;
}

static void refused(struct form_state *s, err e)
{
	const struct field *f = e->field ? form_find(&try_form, e->field) : NULL;

	if (f)
		s->errors[f - fields] = e;
	else
		s->whole = e;
}

static void page(struct req *r, const struct festival *f, struct form_state *state,
    struct try_view *v)
{
	struct try_in *fill = NEW(r->a, struct try_in);
	str base = req_path(r, "/admin/festival/%.*s/rules", SV(f->slug));

	usual(r, f, fill);
	v->name = f->name;
	v->href = base;
	v->hours = hour_options(r->a);
	v->n_hours = HOURS;
	v->form = form_page(r->a, state, &try_form, fill, req_path(r, "%.*s/try", SV(base)),
	    (str){ 0 });
	v->form.get = true;
	v->more = params_value(&r->query, S("counted")).n ||
	    params_value(&r->query, S("counted_day")).n ||
	    params_value(&r->query, S("counted_merchant")).n ||
	    params_value(&r->query, S("coupons")).n;
	r->title = text(r->lang, TEXT_try_title);
	page_org_try(&r->out, v);
}

/* Nothing is written: the address of the page holds the purchase, to be shared. */
err org_rules_try(struct req *r)
{
	struct form_state state = { 0 };
	struct try_view v = { 0 };
	struct try_in in = { 0 };
	struct festival f;
	err e = NULL;

	TRY(festival_find(r->db, r->city.id, r->param[0], &f));
	if (params_get(&r->query, S("amount"))) {
		e = form_read(r->a, &try_form, &r->query, &state, &in);
		if (!e && (e = results(r, &f, &in, &v)))
			refused(&state, e);
		if (e && e->kind != ERR_INVALID)
			return e;
		if (e)
			r->status = 422;
	}
	page(r, &f, &state, &v);
	return NULL;
}
