/* merchant_web.c - a merchant's own page about itself, and its public page. */
#include "core/audit.h"
#include "festival_read.h"
#include "mod/festival/bar.h"
#include "mod/festival/merchant_admit.h"
#include "mod/festival/merchant_web.h"
#include "mod/festival/shop_pages.h"
#include "mod/festival/web.h"
#include "shop_tmpl.h"

static int64_t year_of(const struct req *r)
{
	return time_civil(r->now, r->city.zone).year;
}

/* "+62 812…" -> "https://wa.me/62812…" (wa.me wants digits only). */
static str wa_link(struct arena *a, str phone)
{
	return phone.n > 1 ? arena_printf(a, "https://wa.me/%.*s",
	    SV(str_sub(phone, 1, phone.n))) : (str){ 0 };
}

static str share_link(struct req *r, str path)
{
	struct out o = { .b = BUF(r->a, 2000) };

	out_put_query(&o, req_path(r, "%s://%.*s%.*s", r->http->tls ? "https" : "http",
	    SV(r->http->host), SV(path)));
	str url = buf_done(&o.b);
	return req_path(r, "https://wa.me/?text=%.*s", SV(url));
}

/* ---- what everybody sees ---------------------------------------------------- */

static err shop_find(struct req *r, const struct festival *f, struct festival_merchant_by_slug *m)
{
	struct festival_participation_get p;
	bool found, in = false;

	TRY(festival_q_merchant_by_slug(r->db, f->city, r->param[2], m, &found));
	if (found)
		TRY(festival_q_participation_get(r->db, f->city, f->id, m->id, &p, &in));
	if (!in || p.state != PARTICIPATION_ADMITTED)
		return ERR(r->a, ERR_MISSING, "no-such-page");
	return NULL;
}

err web_shop(struct req *r)
{
	struct festival_merchant_by_slug m;
	struct festival_venue_by_id venue = { 0 };
	struct fact_line lines[FACTS];
	struct facts facts;
	struct festival f;
	bool found;

	TRY(festival_of(r, 1, &f));
	req_stamp(r, festival_key(f.city, f.id));
	req_stamp(r, festival_key(f.city, (festival_id){ 0 }));
	TRY(shop_find(r, &f, &m));
	TRY(festival_q_venue_by_id(r->db, f.city, m.venue, &venue, &found));
	TRY(facts_get(r->db, f.city, m.id, &facts));
	struct shop_view v = { .at = festival_at(r, &f), .festival = f.name, .name = m.name,
	    .stall = m.stall, .venue = found ? venue.name : (str){ 0 }, .code = m.code,
	    .sector = choice_by_value(sector_choices, m.sector)->label, .facts = lines };
	v.n_facts = facts_say(r->a, &facts, SEEN_PUBLIC, r->lang, year_of(r), lines);
	if (facts.v[FACT_wa].b) {
		v.wa = wa_link(r->a, m.phone);
		v.phone = m.phone;
	}
	v.share = share_link(r, req_path(r, "%.*s/merchant/%.*s", SV(v.at.base), SV(m.slug)));
	r->title = m.name;
	festival_bar(r, &f, BAR_SHOPS);
	page_shop(&r->out, &v);
	return NULL;
}

/* ---- what the merchant sees and changes --------------------------------------- */

void own_bar(struct req *r, enum own_item current)
{
	static const struct layout_nav items[OWN_ITEMS] = {
		[OWN_SELL] = { S_INIT("/m"), "sell", TEXT_stall_bar_sell, false },
		[OWN_DAY] = { S_INIT("/m/day"), "clock", TEXT_day_bar, false },
		[OWN_SHOP] = { S_INIT("/m/shop"), "shop", TEXT_own_bar, false },
		[OWN_QRIS] = { S_INIT("/m/qris"), "qr", TEXT_stall_bar_qris, false },
		[OWN_ME] = { S_INIT("/me"), "lock", TEXT_stall_bar_me, false },
	};
	struct layout_nav *v = NEWN(r->a, struct layout_nav, OWN_ITEMS);

	for (size_t i = 0; i < OWN_ITEMS; i++) {
		v[i] = items[i];
		v[i].current = i == (size_t)current;
	}
	r->bar = v;
	r->n_bar = OWN_ITEMS;
}

void merchant_promo_bar(struct req *r)
{
	own_bar(r, OWN_DAY);
}

err own_merchant(struct req *r, struct merchant *m)
{
	if (!r->who.merchant)
		return ERR(r->a, ERR_MISSING, "no-such-page");
	return merchant_get(r->db, r->city.id, (merchant_id){ r->who.merchant }, m);
}

struct own_in { str name, stall, phone; int64_t sector, venue, size; struct facts facts; };
#define OWN_FACT(c, t, seen, asked, tidy, look, say, prop, ...) \
	FACT_FIELD(struct own_in, c, t, __VA_ARGS__)
static const struct field own_fields[] = {
	FIELD(struct own_in, name, FIELD_TEXT, .needed = true, .min = 2, .max = 80,
	    .label = TEXT_join_name, .hint = TEXT_join_name_hint),
	FIELD(struct own_in, sector, FIELD_CHOICE, .needed = true, .label = TEXT_join_sector,
	    .choices = sector_choices),
	FIELD(struct own_in, size, FIELD_CHOICE, .label = TEXT_join_size,
	    .hint = TEXT_join_size_hint, .choices = size_choices),
	FIELD(struct own_in, venue, FIELD_ID, .label = TEXT_join_venue),
	FIELD(struct own_in, stall, FIELD_TEXT, .max = 30, .label = TEXT_join_stall,
	    .hint = TEXT_join_stall_hint),
	FIELD(struct own_in, phone, FIELD_PHONE, .label = TEXT_join_phone,
	    .hint = TEXT_join_phone_hint),
	FACT_ROWS(OWN_FACT)
};
const struct form own_form = FORM(struct own_in, own_fields);

static err own_links(struct req *r, const struct merchant *m, struct shop_own_view *v)
{
	struct festival_participation_of *p;
	struct shop_link *links;
	size_t n;

	TRY(festival_q_participation_of(r->db, r->city.id, m->id, &p, &n));
	links = NEWN(r->a, struct shop_link, n);
	for (size_t i = 0; i < n; i++)
		if (p[i].state == PARTICIPATION_ADMITTED && p[i].festival_state != FESTIVAL_DRAFT)
			links[v->n_links++] = (struct shop_link){ req_path(r,
			    "/%.*s/%.*s/merchant/%.*s", SV(r->city.slug), SV(p[i].slug),
			    SV(m->slug)), p[i].name };
	v->links = links;
	return NULL;
}

/* Only the facts about which there is something to remark. */
static void own_remarks(struct req *r, const struct facts *facts, enum fact_seen who,
    struct shop_own_view *v)
{
	struct fact_line *lines = NEWN(r->a, struct fact_line, FACTS);
	size_t n = facts_say(r->a, facts, who, r->lang, year_of(r), lines);

	for (size_t i = 0; i < n; i++)
		if (lines[i].remarks.n)
			lines[v->n_facts++] = lines[i];
	v->facts = lines;
}

err own_view(struct req *r, const struct merchant *m, enum fact_seen who, str action,
    struct shop_own_view *v)
{
	struct own_in *fill = NEW(r->a, struct own_in);
	struct form_option *venues;

	TRY(facts_get(r->db, r->city.id, m->id, &fill->facts));
	TRY(venue_options(r, &venues, &v->n_venues));
	own_remarks(r, &fill->facts, who, v);
	facts_fill(r->a, &fill->facts, r->lang);
	fill->name = m->name;
	fill->sector = (int64_t)m->sector;
	fill->size = (int64_t)m->size;
	fill->venue = m->venue.v;
	fill->stall = m->stall;
	fill->phone = m->phone;
	v->name = m->name;
	v->code = m->code;
	v->venues = venues;
	v->form = FORM_PAGE(r, &own_form, fill, action);
	return NULL;
}

err own_page(struct req *r)
{
	struct shop_own_view v = { 0 };
	struct merchant m;

	TRY(own_owner(r, &m));
	TRY(own_links(r, &m, &v));
	TRY(own_view(r, &m, SEEN_OWN, S("/m/shop"), &v));
	r->title = m.name;
	own_bar(r, OWN_SHOP);
	page_shop_own(&r->out, &v);
	return NULL;
}

/* Its public pages in every sale it takes part in are made anew. */
static err own_touch(struct req *r, merchant_id id)
{
	struct festival_participation_of *p;
	size_t n;

	TRY(festival_q_participation_of(r->db, r->city.id, id, &p, &n));
	for (size_t i = 0; i < n; i++)
		festival_touch(r->change, &(struct festival){ .city = r->city.id,
		    .id = p[i].festival });
	return NULL;
}

err own_change(struct req *r, struct merchant m, enum fact_seen who)
{
	struct own_in *in = r->form;
	venue_id from = m.venue;
	str changed;

	TRY(venue_known(r, in->venue));
	m.name = in->name;
	m.sector = (enum sector)in->sector;
	m.size = (enum merchant_size)in->size;
	m.venue = (venue_id){ in->venue };
	m.stall = in->stall;
	m.phone = in->phone;
	TRY(merchant_change(r->tx, r->city.id, &m));
	TRY(merchant_moved(r->tx, r->change, r->city.id, m.id, from, m.venue, r->now));
	TRY(facts_set(r->tx, r->city.id, m.id, &in->facts, who, &changed));
	TRY(own_touch(r, m.id));
	req_flash(r, TEXT_own_saved);
	return audit(r, "merchant.change", m.id.v, (str){ 0 }, audit_json(r->a,
	    (struct audit_pair[]){ AUDIT_TEXT("name", m.name), AUDIT_TEXT("facts", changed) }, 2));
}

err own_save(struct req *r)
{
	struct merchant m;

	TRY(own_owner(r, &m));
	TRY(own_change(r, m, SEEN_OWN));
	r->redirect = S("/m/shop");
	return NULL;
}
