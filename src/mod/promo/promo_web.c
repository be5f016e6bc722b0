/* promo_web.c - what shoppers see: the catalogue, an offer, its use on their phone. */
#include "core/asset.h"
#include "core/throttle.h"
#include "mod/promo/contest.h"
#include "mod/promo/pages.h"
#include "mod/promo/web.h"
#include "promo_read.h"
#include "promo_tmpl.h"
#include <string.h>

#define PAGE	20
#define VILLAGES_MIN	2	/* a choice of one is none		*/

str promo_base(struct req *r, const struct festival *f)
{
	return req_path(r, "/%.*s/%.*s", SV(r->city.slug), SV(f->slug));
}

static str asset_name(const char *name)
{
	const struct asset *x = asset_find(name);

	return x ? str_of(x->hashed) : (str){ 0 };
}

/* ---- an offer in a few words --------------------------------------------------- */

static str place_text(struct req *r, const struct promo_found *x)
{
	str venue = x->venue.n ? x->venue : text(r->lang, TEXT_promo_anywhere);
	str where = x->stall.n ? req_path(r, "%.*s, %.*s", SV(venue), SV(x->stall)) : venue;

	if (!x->p.merchant.v)
		where = req_path(r, "%.*s · %.*s", SV(text(r->lang, TEXT_promo_organiser)),
		    SV(where));
	else
		where = !x->venue.n && !x->stall.n ? x->merchant :
		    req_path(r, "%.*s · %.*s", SV(x->merchant), SV(x->venue.n ? where : x->stall));
	if (x->metres < 0)
		return where;
	return req_path(r, "%.*s · %lld,%lld km", SV(where), (long long)(x->metres / 1000),
	    (long long)(x->metres % 1000 / 100));
}

static str when_text(struct req *r, const struct promotion *p)
{
	struct buf b = BUF(r->a, 60);
	str hours = promo_hours_text(r->a, p);

	time_put_day(&b, p->last_day, r->lang);
	str args[] = { buf_done(&b) };
	str until = text_fill(r->a, r->lang, TEXT_promo_until, args, 1);
	return hours.n ? req_path(r, "%.*s · %.*s", SV(until), SV(hours)) : until;
}

static str left_text(struct req *r, const struct promotion *p)
{
	if (!p->quota)
		return (str){ 0 };
	str args[] = { req_path(r, "%lld", (long long)(p->quota - p->used)),
	    req_path(r, "%lld", (long long)p->quota) };
	return text_fill(r->a, r->lang, TEXT_promo_left_of, args, 2);
}

/* Open, later today or another day, used up, over: with the colour of it. */
static void tag_of(const struct festival *f, const struct promo_found *x, struct promo_clock c,
    struct offer_row *o)
{
	bool published = x->p.state == PROMO_PUBLISHED && f->state <= FESTIVAL_OPEN;

	o->state = TEXT_promo_over;
	o->tag = "no";
	if (x->open) {
		o->state = TEXT_promo_open;
		o->tag = "on";
	} else if (published && promo_running(&x->p, c) && f->state == FESTIVAL_OPEN) {
		o->state = TEXT_promo_used_up;
	} else if (published && !promo_over(&x->p, c)) {
		o->state = TEXT_promo_later;
		o->tag = "soon";
	}
}

struct offer_row promo_row(struct req *r, const struct festival *f, const struct promo_found *x)
{
	struct offer_row o = { .href = req_path(r, "%.*s/promo/%.*s", SV(promo_base(r, f)),
	    SV(id_text(r->a, x->p.id.v))), .title = x->p.title,
	    .gives = promo_gives_text(r->a, r->lang, &x->p), .place = place_text(r, x),
	    .when = when_text(r, &x->p), .left = left_text(r, &x->p) };

	tag_of(f, x, promo_clock(f, r->city.zone, r->now), &o);
	return o;
}

/* ---- the catalogue ---------------------------------------------------------------- */

struct ask_in { str q, venue, village, near, km; int64_t sector; bool open, soon; };
static const struct field ask_fields[] = {
	FIELD(struct ask_in, q, FIELD_TEXT, .max = 100, .label = TEXT_promos_q,
	    .hint = TEXT_promos_q_hint),
	FIELD(struct ask_in, venue, FIELD_TEXT, .max = 80, .label = TEXT_promos_venue),
	FIELD(struct ask_in, village, FIELD_TEXT, .max = 20, .label = TEXT_promos_village),
	FIELD(struct ask_in, sector, FIELD_CHOICE, .label = TEXT_promos_sector,
	    .choices = sector_choices),
	FIELD(struct ask_in, open, FIELD_BOOL, .label = TEXT_promos_open),
	FIELD(struct ask_in, soon, FIELD_BOOL, .label = TEXT_promos_soon),
	FIELD(struct ask_in, near, FIELD_TEXT, .max = 40, .label = TEXT_promos_near),
	FIELD(struct ask_in, km, FIELD_TEXT, .max = 4, .label = TEXT_promos_near),
};
static const struct form ask_form = FORM(struct ask_in, ask_fields);

static err choices_load(struct req *r, const struct festival *f, struct promos_view *v)
{
	struct promo_venues *venue;
	struct promo_villages *code;
	size_t n;

	TRY(promo_q_venues(r->db, f->city, &venue, &v->n_venues));
	TRY(promo_q_villages(r->db, f->city, f->id, &code, &n));
	struct form_option *o = NEWN(r->a, struct form_option, v->n_venues + n);
	for (size_t i = 0; i < v->n_venues; i++)
		o[i] = (struct form_option){ venue[i].slug, venue[i].name };
	v->venues = o;
	o += v->n_venues;
	v->villages = o;
	for (size_t i = 0; i < n; i++)
		if (code[i].village.n)
			o[v->n_villages++] = (struct form_option){ code[i].village,
			    village_name(code[i].village) };
	if (v->n_villages < VILLAGES_MIN)
		v->n_villages = 0;
	return NULL;
}

/* The same question, from another place on. */
static str asked_again(struct req *r, str base, promotion_id after)
{
	static const char *const names[] = { "q", "venue", "village", "sector", "open", "soon",
	    "near",
	    "km" };
	struct buf b = BUF(r->a, 4000);

	buf_printf(&b, "%.*s/promo?", SV(base));
	for (size_t i = 0; i < countof(names); i++)
		if (req_query(r, names[i]).n) {
			buf_printf(&b, "%s=", names[i]);
			percent_encode(&b, req_query(r, names[i]));
			buf_char(&b, '&');
		}
	if (after.v)
		buf_printf(&b, "after=%.*s", SV(id_text(r->a, after.v)));
	return buf_done(&b);
}

static str near_say(struct req *r, const struct promo_query *q)
{
	if (!q->near)
		return (str){ 0 };
	str args[] = { req_path(r, "%lld", (long long)(q->reach_m / 1000)) };
	return text_fill(r->a, r->lang, TEXT_promos_near_say, args, 1);
}

/* A question that cannot be answered is shown with what is wrong with it. */
static void asked_wrongly(struct req *r, err e, struct form_state *state)
{
	const struct field *f = e->field ? form_find(&ask_form, e->field) : NULL;

	state->errors = NEWN(r->a, err, ask_form.n);
	if (f)
		state->errors[f - ask_form.fields] = e;
	else
		state->whole = e;
	r->status = 422;
}

static err found_load(struct req *r, const struct festival *f, const struct promo_query *q,
    struct promos_view *v)
{
	struct promo_found *x;
	promotion_id next;

	TRY(promo_find(r, f, q, PAGE, &x, &v->n, &next));
	struct offer_row *rows = NEWN(r->a, struct offer_row, v->n);
	for (size_t i = 0; i < v->n; i++)
		rows[i] = promo_row(r, f, &x[i]);
	v->v = rows;
	if (next.v)
		v->pager.next = asked_again(r, v->base, next);
	if (req_query(r, "after").n)
		v->pager.prev = asked_again(r, v->base, (promotion_id){ 0 });
	return NULL;
}

static bool narrowed(const struct promo_query *q)
{
	return q->venue.n || q->village.n || q->sector >= 0 || q->open || q->soon;
}

err web_promos(struct req *r)
{
	struct form_state state = { .form = &ask_form, .typed = &r->query };
	struct promos_view v = { 0 };
	struct promo_query q;
	struct festival f;

	TRY(festival_of(r, 1, &f));
	err wrong = promo_query_read(r, &q);
	if (wrong && wrong->kind != ERR_INVALID)
		return wrong;
	if (wrong)
		asked_wrongly(r, wrong, &state);
	v.base = promo_base(r, &f);
	v.festival = f.name;
	v.map = req_path(r, "%.*s/promo/map", SV(v.base));
	v.script = asset_name("promo.js");
	v.any = wrong || q.any;
	v.more = wrong || narrowed(&q);
	v.near_say = near_say(r, &q);
	TRY(choices_load(r, &f, &v));
	TRY(contests_any(r->db, &f, &v.contests));
	if (!wrong)
		TRY(found_load(r, &f, &q, &v));
	v.form = form_page(r->a, &state, &ask_form, NULL, req_path(r, "%.*s/promo", SV(v.base)),
	    (str){ 0 });
	v.form.get = true;
	r->title = text(r->lang, TEXT_promos_title);
	festival_promo_bar(r, &f);
	page_promos(&r->out, &v);
	return NULL;
}

/* ---- one offer --------------------------------------------------------------------- */

struct use_in { str event, merchant; int64_t card; };
static const struct field use_fields[] = {
	FIELD(struct use_in, event, FIELD_EVENT, .needed = true),
	FIELD(struct use_in, merchant, FIELD_TEXT, .needed = true, .max = 20,
	    .label = TEXT_promo_merchant, .hint = TEXT_promo_merchant_hint),
	FIELD(struct use_in, card, FIELD_CARD, .label = TEXT_promo_card,
	    .hint = TEXT_promo_card_hint),
};
const struct form promo_use_form = FORM(struct use_in, use_fields);

/* The card this phone took its coupons on (festival/card_web.c sets the cookie). */
static int64_t card_of_phone(struct req *r, const struct festival *f)
{
	str v = req_cookie_get(r, req_path(r, "card-%.*s", SV(id_text(r->a, f->id.v))).p), number;
	struct card c;
	int64_t n;

	return str_take(&v, '.', &number) && card_number_parse(number, &n) &&
	    !card_find(r->db, f, n, &c) && card_secret_ok(&c, v) ? n : 0;
}

/* Published, or it was once: what people hold a link to stays readable. */
static err offer_load(struct req *r, struct festival *f, struct promo_found *x)
{
	promotion_id id;

	TRY(festival_of(r, 1, f));
	TRY(req_id(r, 2, &id.v));
	TRY(promo_found_load(r, f, id, x));
	if (x->p.festival.v != f->id.v || x->p.state == PROMO_DRAFT || x->p.state == PROMO_ASKED ||
	    x->p.state == PROMO_REFUSED)
		return ERR(r->a, ERR_MISSING, "promo-unknown");
	return NULL;
}

err web_promo(struct req *r)
{
	struct promo_found x;
	struct festival f;

	TRY(offer_load(r, &f, &x));
	struct use_in fill = { .card = card_of_phone(r, &f) };
	struct promo_view v = { .base = promo_base(r, &f), .festival = f.name, .x = &x,
	    .row = promo_row(r, &f, &x), .hours = promo_hours_text(r->a, &x.p),
	    .usable = x.open };
	if (x.merchant_slug.n)
		v.shop_href = req_path(r, "%.*s/merchant/%.*s", SV(v.base), SV(x.merchant_slug));
	v.form = FORM_PAGE(r, &promo_use_form, &fill, req_path(r, "%.*s/use", SV(v.row.href)));
	v.form.event = id_text(r->a, id_new());
	v.usable = v.usable || r->state.typed;
	r->title = x.p.title;
	festival_promo_bar(r, &f);
	page_promo(&r->out, &v);
	return NULL;
}

/* ---- used on the shopper's phone ------------------------------------------------------ */

/*
 * The code of a merchant is no secret: it stands on its sign.  So one
 * address may use promotions often, but not without end: a mall's visitors
 * share one, a joker at home does not need sixty.
 */
#define USES_FREE	60
#define WRONG_FREE	10

struct burning { struct throttle uses, wrong; };

err web_use_prepare(struct req *r)
{
	struct burning *b = NEW(r->a, struct burning);
	struct festival f;

	TRY(festival_of(r, 1, &f));
	b->uses = (struct throttle){ .city = f.city, .n = 1,
	    .k = { { req_path(r, "promo|%.*s", SV(r->http->peer)), USES_FREE, 0 } } };
	b->wrong = (struct throttle){ .city = f.city, .n = 1,
	    .k = { { req_path(r, "promo-code|%.*s", SV(r->http->peer)), WRONG_FREE, 0 } } };
	TRY(throttle_check(r, &b->uses));
	TRY(throttle_check(r, &b->wrong));
	r->prepared = b;
	return NULL;
}

err web_use(struct req *r)
{
	const struct use_in *form = r->form;
	const struct burning *b = r->prepared;
	struct redeem_in in = { .event = form->event, .card = form->card,
	    .channel = REDEEM_PHONE, .person = r->who.person };
	struct redeem_out out;
	struct festival f;
	struct merchant m;

	TRY(festival_of(r, 1, &f));
	TRY(req_id(r, 2, &in.promotion.v));
	err e = merchant_find(r->db, f.city, form->merchant, &m);
	if (e && e->kind == ERR_INVALID) {
		r->refuse = e;
		return throttle_failed(r, &b->wrong);
	}
	TRY(e);
	in.merchant = m.id;
	TRY(promo_redeem(r->tx, &r->city, &f, &in, r->now, &out));
	if (!out.again)
		TRY(throttle_failed(r, &b->uses));
	r->redirect = req_path(r, "%.*s/promo/%.*s/used/%.*s", SV(promo_base(r, &f)),
	    SV(id_text(r->a, out.promotion.v)), SV(id_text(r->a, out.id.v)));
	return NULL;
}

err web_used(struct req *r)
{
	struct promo_redemption_by_id u;
	struct promo_void_get gone;
	struct promo_found x;
	struct festival f;
	struct merchant m;
	int64_t id;
	bool found;

	TRY(offer_load(r, &f, &x));
	TRY(req_id(r, 3, &id));
	TRY(promo_q_redemption_by_id(r->db, f.city, (redemption_id){ id }, &u, &found));
	if (!found || u.promotion.v != x.p.id.v)
		return ERR(r->a, ERR_MISSING, "redemption-unknown");
	TRY(promo_q_void_get(r->db, f.city, u.id, &gone, &found));
	TRY(merchant_get(r->db, f.city, u.merchant, &m));
	struct used_view v = { .base = promo_base(r, &f), .festival = f.name, .title = x.p.title,
	    .gives = promo_gives_text(r->a, r->lang, &x.p), .shop = m.name, .at = u.at,
	    .given = x.p.kind == PROMO_AMOUNT ? 0 : u.given, .gone = found,
	    .reason = found ? gone.reason : (str){ 0 }, .code = str_sub(id_text(r->a, id), 5, 8) };
	v.promo_href = req_path(r, "%.*s/promo/%.*s", SV(v.base), SV(id_text(r->a, x.p.id.v)));
	if (u.card.v)
		TRY(card_number_of(r->db, f.city, u.card, &v.card));
	r->title = x.p.title;
	festival_promo_bar(r, &f);
	page_used(&r->out, &v);
	return NULL;
}

/* ---- the map of venues ------------------------------------------------------------------ */

/* "https://tile.example.org" of "https://tile.example.org/{z}/…": for the page's policy. */
static str host_of(str url)
{
	size_t start = str_starts(url, S("https://")) ? 8 : str_starts(url, S("http://")) ? 7 : 0;
	str host = str_sub(url, start, url.n);
	size_t slash = str_find(host, S("/"));

	if (!start || slash == SIZE_MAX || !slash)
		return (str){ 0 };
	for (size_t i = 0; i < slash; i++)
		if (!strchr("abcdefghijklmnopqrstuvwxyz0123456789.-:", host.p[i]))
			return (str){ 0 };
	return str_sub(url, 0, start + slash);
}

static err setting(struct req *r, const char *name, str fallback, str *value)
{
	struct promo_setting_get s;
	bool found;

	TRY(promo_q_setting_get(r->db, r->city.id, str_of(name), &s, &found));
	*value = found ? s.value : fallback;
	return NULL;
}

static str degrees(struct req *r, int64_t v)
{
	int64_t d = v < 0 ? -v : v;

	return req_path(r, "%s%lld.%06lld", v < 0 ? "-" : "", (long long)(d / 1000000),
	    (long long)(d % 1000000));
}

str place_degrees(struct req *r, int64_t latitude, int64_t longitude)
{
	if (!latitude && !longitude)
		return (str){ 0 };
	return req_path(r, "%.*s, %.*s", SV(degrees(r, latitude)), SV(degrees(r, longitude)));
}

static int64_t count_of(const struct promo_venue_counts *c, size_t n, venue_id venue)
{
	for (size_t i = 0; i < n; i++)
		if (c[i].venue.v == venue.v)
			return c[i].n;
	return 0;
}

static err places_load(struct req *r, const struct festival *f, struct map_view *v)
{
	struct promo_venue_counts *c;
	struct promo_venues *venue;
	size_t n, n_counts;

	TRY(promo_q_venues(r->db, f->city, &venue, &n));
	TRY(promo_q_venue_counts(r->db, f->city, f->id,
	    promo_clock(f, r->city.zone, r->now).day, &c, &n_counts));
	struct place_row *rows = NEWN(r->a, struct place_row, n);
	for (size_t i = 0; i < n; i++) {
		if (!venue[i].latitude && !venue[i].longitude) {
			v->n_unknown++;
			continue;
		}
		str args[] = { req_path(r, "%lld",
		    (long long)count_of(c, n_counts, venue[i].id)) };
		rows[v->n++] = (struct place_row){ .name = venue[i].name,
		    .href = req_path(r, "%.*s/promo?venue=%.*s", SV(v->base), SV(venue[i].slug)),
		    .lat = degrees(r, venue[i].latitude), .lon = degrees(r, venue[i].longitude),
		    .say = text_fill(r->a, r->lang, TEXT_map_count, args, 1) };
	}
	v->v = rows;
	return NULL;
}

err web_promo_map(struct req *r)
{
	struct map_view v = { 0 };
	struct festival f;
	str tiles;

	TRY(festival_of(r, 1, &f));
	v.base = promo_base(r, &f);
	v.festival = f.name;
	TRY(setting(r, "map-tiles", (str){ 0 }, &tiles));
	TRY(setting(r, "map-tiles-by", S("© OpenStreetMap"), &v.attribution));
	r->pictures_from = host_of(tiles);
	v.tiles = r->pictures_from.n ? tiles : (str){ 0 };
	TRY(places_load(r, &f, &v));
	v.leaflet = req_path(r, "/asset/%.*s", SV(asset_name("leaflet.js")));
	v.css = req_path(r, "/asset/%.*s /asset/%.*s", SV(asset_name("leaflet.css")),
	    SV(asset_name("map.css")));
	v.script = asset_name("promo.js");
	r->title = text(r->lang, TEXT_map_title);
	festival_promo_bar(r, &f);
	page_promo_map(&r->out, &v);
	return NULL;
}
