/* organiser_lists.c - the organiser's venues, merchants and cards. */
#include "core/audit.h"
#include "core/city.h"
#include "festival_read.h"
#include "festival_write.h"
#include "mod/festival/bar.h"
#include "mod/festival/card_erase.h"
#include "mod/festival/organiser.h"
#include "mod/festival/organiser_pages.h"
#include "mod/festival/web.h"
#include "organiser_tmpl.h"

#define WRITERS		(MAY_ORGANISER | MAY_ADMIN)
#define SHOPS_PAGE	25
#define WAITING_PAGE	20
#define CARDS_PAGE	100
#define CARDS_PRINT	45		/* five sheets of A4, three by three */

static err sale(struct req *r, struct festival *f, str *href)
{
	TRY(festival_find(r->db, r->city.id, r->param[0], f));
	*href = req_path(r, "/admin/festival/%.*s", SV(f->slug));
	return NULL;
}

/* ---- venues -------------------------------------------------------------------- */

struct venue_in { str name, address; int64_t kind; };
static const struct field venue_fields[] = {
	FIELD(struct venue_in, name, FIELD_TEXT, .needed = true, .min = 2, .max = 80,
	    .label = TEXT_org_venue_name, .hint = TEXT_org_venue_name_hint),
	FIELD(struct venue_in, kind, FIELD_CHOICE, .needed = true, .label = TEXT_org_venue_kind,
	    .choices = venue_kind_choices),
	FIELD(struct venue_in, address, FIELD_TEXT, .max = 200, .label = TEXT_org_venue_address),
};
const struct form org_venue_form = FORM(struct venue_in, venue_fields);

static str venue_href(struct req *r, venue_id id)
{
	return req_path(r, "/admin/venues/%.*s", SV(id_text(r->a, id.v)));
}

static str venue_json(struct req *r, str name, int64_t kind, str address)
{
	str code = str_of(choice_by_value(venue_kind_choices, kind)->code);

	return audit_json(r->a, (struct audit_pair[]){ AUDIT_TEXT("name", name),
	    AUDIT_TEXT("kind", code), AUDIT_TEXT("address", address) }, 3);
}

static err venue_load(struct req *r, struct festival_venue_by_id *v)
{
	int64_t id;
	bool found;

	TRY(req_id(r, 0, &id));
	TRY(festival_q_venue_by_id(r->db, r->city.id, (venue_id){ id }, v, &found));
	return found ? NULL : ERR(r->a, ERR_MISSING, "no-such-page");
}

err org_venue(struct req *r)
{
	struct venue_in *fill = NEW(r->a, struct venue_in);
	struct festival_venue_by_id v;

	TRY(venue_load(r, &v));
	*fill = (struct venue_in){ v.name, v.address, v.kind };
	r->title = v.name;
	page_org_venue(&r->out, &(struct org_venue_view){ v.name,
	    FORM_PAGE(r, &org_venue_form, fill, venue_href(r, v.id)) });
	return NULL;
}

/* The address on the web stays: it is in links and on paper. */
err org_venue_change(struct req *r)
{
	const struct venue_in *in = r->form;
	struct festival_venue_by_id old;

	TRY(venue_load(r, &old));
	TRY(festival_q_venue_change(r->tx, r->city.id, old.id, in->name, in->kind, old.village,
	    in->address, NULL));
	festival_touch(r->change, &(struct festival){ .city = r->city.id });
	TRY(audit(r, "venue.change", old.id.v, venue_json(r, old.name, old.kind, old.address),
	    venue_json(r, in->name, in->kind, in->address)));
	req_flash(r, TEXT_org_venue_changed);
	r->redirect = S("/admin/venues");
	return NULL;
}

err org_venues(struct req *r)
{
	struct org_venues_view v = { .may_write = req_is(r, WRITERS),
	    .form = FORM_PAGE(r, &org_venue_form, NULL, S("/admin/venues")) };
	struct festival_venue_list *venue;

	TRY(festival_q_venue_list(r->db, r->city.id, &venue, &v.n));
	struct org_venue_row *rows = NEWN(r->a, struct org_venue_row, v.n);
	for (size_t i = 0; i < v.n; i++) {
		const struct choice *kind = choice_by_value(venue_kind_choices, venue[i].kind);
		rows[i] = (struct org_venue_row){ venue[i].name, venue[i].address,
		    v.may_write ? venue_href(r, venue[i].id) : (str){ 0 },
		    kind ? kind->label : TEXT_none };
	}
	v.v = rows;
	r->title = text(r->lang, TEXT_org_venues);
	page_org_venues(&r->out, &v);
	return NULL;
}

err org_venue_add(struct req *r)
{
	const struct venue_in *in = r->form;
	struct festival_venue_by_slug old;
	venue_id id = { id_new() };
	str slug = slug_make(r->a, in->name);
	bool found;

	if (!slug_ok(slug))
		slug = req_path(r, "lokasi-%.*s", SV(slug));
	TRY(festival_q_venue_by_slug(r->db, r->city.id, slug, &old, &found));
	if (found)
		return ERR(r->a, ERR_CONFLICT, "venue-there", .field = "name", .arg = { in->name });
	TRY(festival_q_venue_add(r->tx, r->city.id, id, slug, in->name, in->kind, (str){ 0 },
	    in->address, NULL));
	festival_touch(r->change, &(struct festival){ .city = r->city.id });
	TRY(audit(r, "venue.add", id.v, (str){ 0 },
	    venue_json(r, in->name, in->kind, in->address)));
	req_flash(r, TEXT_org_venue_added);
	r->redirect = S("/admin/venues");
	return NULL;
}

/* ---- merchants ------------------------------------------------------------------- */

struct shop_in { str name, stall, phone; int64_t sector, venue, size; };
static const struct field shop_fields[] = {
	FIELD(struct shop_in, name, FIELD_TEXT, .needed = true, .min = 2, .max = 80,
	    .label = TEXT_join_name, .hint = TEXT_join_name_hint),
	FIELD(struct shop_in, sector, FIELD_CHOICE, .needed = true, .label = TEXT_join_sector,
	    .choices = sector_choices),
	FIELD(struct shop_in, venue, FIELD_ID, .label = TEXT_join_venue),
	FIELD(struct shop_in, stall, FIELD_TEXT, .max = 30, .label = TEXT_join_stall,
	    .hint = TEXT_join_stall_hint),
	FIELD(struct shop_in, size, FIELD_CHOICE, .label = TEXT_join_size,
	    .choices = size_choices),
	FIELD(struct shop_in, phone, FIELD_PHONE, .label = TEXT_join_phone),
};
const struct form org_merchant_form = FORM(struct shop_in, shop_fields);

static const struct choice answer_choices[] = {
	{ "admitted", PARTICIPATION_ADMITTED, TEXT_org_admit },
	{ "refused", PARTICIPATION_REFUSED, TEXT_org_refuse },
	{ 0 }
};
struct decide_in { int64_t state; str reason; };
static const struct field decide_fields[] = {
	FIELD(struct decide_in, state, FIELD_CHOICE, .needed = true, .label = TEXT_org_answer,
	    .choices = answer_choices),
	FIELD(struct decide_in, reason, FIELD_TEXT, .max = 200, .label = TEXT_org_reason,
	    .hint = TEXT_org_reason_hint),
};
const struct form org_decide_form = FORM(struct decide_in, decide_fields);

/* As decide_fields, for the page: who refuses must say why (merchant_decide). */
static const struct field refuse_fields[] = {
	FIELD(struct decide_in, state, FIELD_CHOICE, .needed = true, .label = TEXT_org_answer,
	    .choices = answer_choices),
	FIELD(struct decide_in, reason, FIELD_TEXT, .needed = true, .min = 3, .max = 200,
	    .label = TEXT_org_reason, .hint = TEXT_org_reason_hint),
};
static const struct form refuse_form = FORM(struct decide_in, refuse_fields);

static void row_forms(struct req *r, str base, enum participation_state state,
    struct org_shop_row *row)
{
	static const struct decide_in no = { .state = PARTICIPATION_REFUSED };
	bool mine = str_eq(r->param[1], row->id);

	row->decide = req_path(r, "%.*s/merchants/%.*s/decide", SV(base), SV(row->id));
	row->may_admit = state != PARTICIPATION_ADMITTED && state != PARTICIPATION_WAITING;
	row->may_refuse = state != PARTICIPATION_REFUSED;
	struct form_state left = mine ? r->state : (struct form_state){ 0 };
	left.form = &refuse_form;	/* the same fields in the same order */
	row->refuse = form_page(r->a, &left, &refuse_form, &no, row->decide, r->csrf);
	row->refuse.prefix = arena_cstr(r->a, row->id);
}

struct queue { enum participation_state state; int64_t after, limit; merchant_id after_id; };

/* "last" is where the next page goes on. */
static err shops(struct req *r, const struct festival *f, str base, struct queue *q,
    struct org_shops *out)
{
	struct festival_merchant_queue *m;
	bool writes = req_is(r, WRITERS);

	TRY(festival_q_merchant_queue(r->db, f->city, f->id, (int64_t)q->state, q->after,
	    q->after_id, q->limit, &m, &out->n));
	struct org_shop_row *v = NEWN(r->a, struct org_shop_row, out->n);
	for (size_t i = 0; i < out->n; i++) {
		str place = !m[i].stall.n || !m[i].venue_name.n ? m[i].venue_name.n ?
		    m[i].venue_name : m[i].stall :
		    req_path(r, "%.*s, %.*s", SV(m[i].venue_name), SV(m[i].stall));
		v[i] = (struct org_shop_row){ .id = id_text(r->a, m[i].id.v),
			.edit = req_path(r, "%.*s/merchants/%.*s", SV(base),
			    SV(id_text(r->a, m[i].id.v))),
			.name = m[i].name,
			.place = place,
			.phone = m[i].phone,
			.reason = m[i].reason,
			.code = m[i].code,
			.asked = m[i].asked,
			.href = req_path(r, "%.*s/merchant/%.*s",
			    SV(festival_base(r, f)), SV(m[i].slug)),
			.sector =
			    choice_by_value(sector_choices, m[i].sector)->label,
			.size =
			    choice_by_value(size_choices, m[i].size)->label };
		if (q->state == PARTICIPATION_ADMITTED)
			v[i].paper = req_path(r, "%.*s/merchants/%.*s/paper", SV(base),
			    SV(v[i].id));
		if (writes)
			row_forms(r, base, q->state, &v[i]);
	}
	out->v = v;
	out->csrf = r->csrf;
	if (out->n) {
		q->after = m[out->n - 1].asked;
		q->after_id = m[out->n - 1].id;
	}
	return NULL;
}

/* "?after=<moment>-<id>": merchants may have asked in the same moment. */
static bool place_of(str s, struct queue *q)
{
	str at;

	return !s.n || (str_take(&s, '-', &at) && str_int(at, 0, INT64_MAX, &q->after) &&
	    id_parse(s, &q->after_id.v));
}

err org_merchants(struct req *r)
{
	struct queue waiting = { PARTICIPATION_ASKED, 0, WAITING_PAGE, { 0 } };
	struct queue q = { PARTICIPATION_ADMITTED, 0, SHOPS_PAGE, { 0 } };
	struct org_merchants_view v = { 0 };
	int64_t n[PARTICIPATION_STATES];
	struct form_option *venues;
	struct festival f;

	TRY(sale(r, &f, &v.href));
	v.base = req_path(r, "%.*s/merchants", SV(v.href));
	v.refused = str_eq(req_query(r, "show"), S("refused"));
	v.in_line = str_eq(req_query(r, "show"), S("waiting"));
	q.state = v.refused ? PARTICIPATION_REFUSED : v.in_line ? PARTICIPATION_WAITING :
	    PARTICIPATION_ADMITTED;
	bool later = req_query(r, "after").n != 0;
	if (!place_of(req_query(r, "after"), &q))
		return ERR(r->a, ERR_MISSING, "no-such-page");
	TRY(festival_counts(r->db, &f, n));
	TRY(shops(r, &f, v.href, &waiting, &v.waiting));
	TRY(shops(r, &f, v.href, &q, &v.list));
	TRY(venue_options(r, &venues, &v.n_venues));
	v.festival = f.name;
	v.n_waiting = n[PARTICIPATION_ASKED];
	v.n_admitted = n[PARTICIPATION_ADMITTED];
	v.n_refused = n[PARTICIPATION_REFUSED];
	v.n_in_line = n[PARTICIPATION_WAITING];
	v.admission = req_path(r, "%.*s/admission", SV(v.href));
	v.may_write = req_is(r, WRITERS);
	v.venues = venues;
	v.add = FORM_PAGE(r, &org_merchant_form, NULL, v.base);
	v.add.prefix = "add";
	const char *show = v.refused ? "show=refused" : v.in_line ? "show=waiting" :
	    "show=admitted";
	if (v.list.n == SHOPS_PAGE)
		v.pager.next = req_path(r, "%.*s?%s&after=%lld-%.*s", SV(v.base), show,
		    (long long)q.after, SV(id_text(r->a, q.after_id.v)));
	if (later)
		v.pager.prev = req_path(r, "%.*s?%s", SV(v.base), show);
	r->title = text(r->lang, TEXT_org_merchants);
	page_org_merchants(&r->out, &v);
	return NULL;
}

err org_merchant_add(struct req *r)
{
	const struct shop_in *in = r->form;
	enum participation_state state;
	struct festival f;
	struct merchant m = { .name = in->name, .sector = (enum sector)in->sector,
	    .size = (enum merchant_size)in->size, .venue = { in->venue }, .stall = in->stall,
	    .phone = in->phone };
	str href;

	TRY(sale(r, &f, &href));
	TRY(venue_known(r, in->venue));
	TRY(merchant_add(r->tx, r->city.id, &m, r->now));
	TRY(merchant_join(r->tx, r->change, &f, m.id, true, r->who.login, r->now, &state));
	TRY(audit(r, "merchant.add", m.id.v, (str){ 0 }, audit_json(r->a, (struct audit_pair[]){
	    AUDIT_TEXT("name", m.name), AUDIT_NUM("code", m.code) }, 2)));
	req_flash(r, state == PARTICIPATION_WAITING ? TEXT_admit_waits : TEXT_org_merchant_added);
	r->redirect = req_path(r, "%.*s/merchants", SV(href));
	return NULL;
}

static str answer_json(struct req *r, int64_t state, str reason)
{
	return audit_json(r->a, (struct audit_pair[]){ AUDIT_TEXT("state",
	    str_of(choice_by_value(participation_choices, state)->code)),
	    AUDIT_TEXT("reason", reason) }, 2);
}

err org_decide(struct req *r)
{
	const struct decide_in *in = r->form;
	struct festival_participation_get old;
	struct festival f;
	int64_t id;
	bool found;
	str href;

	TRY(sale(r, &f, &href));
	TRY(req_id(r, 1, &id));
	TRY(festival_q_participation_get(r->db, f.city, f.id, (merchant_id){ id }, &old, &found));
	if (!found)
		return ERR(r->a, ERR_MISSING, "merchant-unknown");
	enum participation_state to = (enum participation_state)in->state;
	TRY(merchant_decide(r->tx, r->change, &f, (merchant_id){ id }, &to, in->reason,
	    r->who.login, r->now));
	TRY(audit(r, to == PARTICIPATION_REFUSED ? "merchant.refuse" : "merchant.admit", id,
	    answer_json(r, old.state, old.reason), answer_json(r, (int64_t)to, in->reason)));
	req_flash(r, to == PARTICIPATION_ADMITTED ? TEXT_org_admitted :
	    to == PARTICIPATION_WAITING ? TEXT_admit_waits : TEXT_org_refused);
	r->redirect = req_path(r, "%.*s/merchants", SV(href));
	return NULL;
}

/* ---- cards ---------------------------------------------------------------------------- */

struct cards_in { str event; int64_t count; };
static const struct field cards_fields[] = {
	FIELD(struct cards_in, event, FIELD_EVENT, .needed = true),
	FIELD(struct cards_in, count, FIELD_INT, .needed = true, .min = 1, .max = 500,
	    .label = TEXT_org_cards_count, .hint = TEXT_org_cards_count_hint),
};
const struct form org_cards_form = FORM(struct cards_in, cards_fields);

static err after_number(struct req *r, int64_t *after)
{
	str s = req_query(r, "after");

	*after = 0;
	if (s.n && !str_int(s, 0, 999999999, after))
		return ERR(r->a, ERR_MISSING, "no-such-page");
	return NULL;
}

err org_cards(struct req *r)
{
	static const struct cards_in usual = { .count = 50 };
	struct org_cards_view v = { 0 };
	struct festival_counter_get issued;
	struct festival_card_list *c;
	struct festival f;
	int64_t after;
	bool found;

	TRY(sale(r, &f, &v.href));
	TRY(after_number(r, &after));
	TRY(festival_q_card_list(r->db, f.city, f.id, after, CARDS_PAGE, &c, &v.n));
	TRY(festival_q_counter_get(r->db, f.city, S("card"), f.id.v, &issued, &found));
	struct org_card_row *rows = NEWN(r->a, struct org_card_row, v.n);
	for (size_t i = 0; i < v.n; i++)
		rows[i] = (struct org_card_row){ c[i].number, c[i].coupons, c[i].rupiah,
		    c[i].state != 0, c[i].digital != 0, { 0 }, { 0 } };
	str base = req_path(r, "%.*s/cards", SV(v.href));
	v.v = rows;
	v.festival = f.name;
	v.issued = found ? issued.value : 0;
	TRY(card_forget_count(r->db, &f, &v.forget));
	v.may_write = req_is(r, WRITERS);
	v.print = req_path(r, "%.*s/print?after=%lld", SV(base), (long long)after);
	v.pdf = req_path(r, "%.*s/print.pdf?after=%lld", SV(base), (long long)after);
	v.form = FORM_PAGE(r, &org_cards_form, &usual, base);
	v.form.event = new_event(r->a);
	if (v.n == CARDS_PAGE)
		v.pager.next = req_path(r, "%.*s?after=%lld", SV(base),
		    (long long)c[v.n - 1].number);
	if (after)
		v.pager.prev = base;
	r->title = text(r->lang, TEXT_org_cards);
	page_org_cards(&r->out, &v);
	return NULL;
}

err org_cards_add(struct req *r)
{
	const struct cards_in *in = r->form;
	struct festival f;
	int64_t first;
	bool again;
	str href;

	TRY(sale(r, &f, &href));
	TRY(cards_issue(r->tx, &f, in->event, in->count, r->now, &first, &again));
	if (!again)
		TRY(audit(r, "card.issue", f.id.v, (str){ 0 }, audit_json(r->a,
		    (struct audit_pair[]){ AUDIT_NUM("count", in->count),
			AUDIT_NUM("first", first) }, 2)));
	req_flash(r, TEXT_org_cards_added);
	r->redirect = req_path(r, "%.*s/cards?after=%lld", SV(href), (long long)first - 1);
	return NULL;
}

static struct org_card_row printed(struct req *r, const struct festival *f,
    const struct festival_card_list *c)
{
	struct card card = { .number = c->number, .secret = c->secret };
	str url = festival_absolute(r, req_path(r, "%.*s/card/%09lld?s=%.*s",
	    SV(festival_base(r, f)), (long long)c->number, SV(card_secret_text(r->a, &card))));

	return (struct org_card_row){ .number = c->number, .url = url,
	    .alt = req_path(r, "QR %09lld", (long long)c->number) };
}

/* Cards made on phones, and blocked ones, are not printed. */
static size_t printable(struct req *r, const struct festival *f, const struct festival_card_list *c,
    size_t n, struct org_card_row *v)
{
	size_t k = 0;

	for (size_t i = 0; i < n; i++)
		if (!c[i].digital && !c[i].state)
			v[k++] = printed(r, f, &c[i]);
	return k;
}

err org_cards_print(struct req *r)
{
	struct org_print_view v = { .city = r->city.name };
	struct festival_card_list *c;
	struct festival f;
	int64_t after;
	size_t n;
	str href;

	TRY(sale(r, &f, &href));
	TRY(after_number(r, &after));
	TRY(festival_q_card_list(r->db, f.city, f.id, after, CARDS_PRINT, &c, &n));
	struct org_card_row *rows = NEWN(r->a, struct org_card_row, n);
	v.n = printable(r, &f, c, n, rows);
	v.v = rows;
	v.festival = f.name;
	v.unit = f.rules.unit;
	v.back = req_path(r, "%.*s/cards", SV(href));
	if (n == CARDS_PRINT)
		v.next = req_path(r, "%.*s/cards/print?after=%lld", SV(href),
		    (long long)c[n - 1].number);
	r->title = text(r->lang, TEXT_org_cards);
	r->bare = true;
	page_org_cards_print(&r->out, &v);
	return NULL;
}
