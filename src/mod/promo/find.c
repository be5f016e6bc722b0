#include "mod/promo/find.h"
#include "core/city.h"
#include "core/region.h"
#include "mod/promo/words.h"
#include "promo_read.h"

enum { ASKED_WORDS = 12, DEGREE_M = 111195, KM_MAX = 50 };

/* ---- what is asked ----------------------------------------------------- */

static err venue_read(struct req *r, struct promo_query *q)
{
	struct promo_venue_by_slug v;
	bool found;

	if (!q->venue.n)
		return NULL;
	TRY(promo_q_venue_by_slug(r->db, r->city.id, slug_make(r->a, q->venue), &v, &found));
	if (!found)
		return ERR(r->a, ERR_INVALID, "promo-no-venue", .field = "venue",
		    .arg = { q->venue });
	q->venue_id = v.id;
	q->venue_name = v.name;
	return NULL;
}

static err near_read(struct req *r, struct promo_query *q)
{
	str near = req_query(r, "near");
	int64_t km = NEAR_M / 1000;

	q->km = req_query(r, "km");
	if (!near.n)
		return NULL;
	if (!place_parse(near, &q->latitude, &q->longitude) ||
	    (q->km.n && !str_int(q->km, 1, KM_MAX, &km)))
		return ERR(r->a, ERR_INVALID, "promo-place", .field = "near");
	q->near = true;
	q->reach_m = km * 1000;
	return NULL;
}

static err sector_read(struct req *r, struct promo_query *q)
{
	str sector = req_query(r, "sector");
	const struct choice *c = sector.n ? choice_by_code(sector_choices, sector) : NULL;

	if (sector.n && !c)
		return ERR(r->a, ERR_INVALID, "field-choice", .field = "sector");
	q->sector = c ? c->value : -1;
	return NULL;
}

err promo_query_read(struct req *r, struct promo_query *q)
{
	str after = req_query(r, "after");

	*q = (struct promo_query){ .q = str_trim(req_query(r, "q")), .venue = req_query(r, "venue"),
	    .village = req_query(r, "village"), .open = str_eq(req_query(r, "open"), S("1")),
	    .soon = str_eq(req_query(r, "soon"), S("1")), .before = { INT64_MAX } };
	if (after.n && !id_parse(after, &q->before.v))
		return ERR(r->a, ERR_INVALID, "field-id", .field = "after");
	TRY(sector_read(r, q));
	TRY(venue_read(r, q));
	TRY(near_read(r, q));
	q->any = q->q.n || q->venue.n || q->village.n || q->open || q->soon || q->near ||
	    q->sector >= 0;
	return NULL;
}

/* The three longest stems: the rarest, most likely. */
static bool stems(struct arena *a, str typed, str out[3])
{
	str v[ASKED_WORDS];
	size_t n = words_of(a, typed, v, ASKED_WORDS);

	for (size_t i = 0; i < 3; i++) {
		size_t best = i;
		out[i] = (str){ 0 };
		if (i >= n)
			continue;
		for (size_t k = i + 1; k < n; k++)
			if (v[k].n > v[best].n)
				best = k;
		str w = v[best];
		v[best] = v[i];
		out[i] = v[i] = w;
	}
	return n > 0 || !typed.n;
}

/* ---- what is found ------------------------------------------------------- */

static bool is_open(struct req *r, const struct festival *f, const struct promotion *p)
{
	return f->state == FESTIVAL_OPEN && p->state == PROMO_PUBLISHED &&
	    promo_open(p, promo_clock(f, r->city.zone, r->now));
}

err promo_found_load(struct req *r, const struct festival *f, promotion_id id,
    struct promo_found *x)
{
	struct promo_place at;
	bool found;

	TRY(promo_get(r->db, f->city, id, &x->p));
	TRY(promo_q_place(r->db, f->city, id, &at, &found));
	CHECK(found);
	x->merchant = at.merchant_name;
	x->merchant_slug = at.merchant_slug;
	x->merchant_code = at.merchant_code;
	x->stall = at.stall;
	x->sector = at.sector;
	x->venue = at.venue_name;
	x->venue_slug = at.venue_slug;
	x->village = at.village;
	x->metres = -1;
	x->open = is_open(r, f, &x->p);
	return NULL;
}

static struct promo_found found_row(struct req *r, const struct festival *f,
    const struct promo_query *q, const struct promo_catalogue *c)
{
	struct promo_found x = { .p = { .city = f->city, .id = c->id, .festival = f->id,
	    .merchant = c->merchant, .venue = c->venue, .kind = (enum promo_kind)c->kind,
	    .state = (enum promo_state)c->state, .title = c->title, .gives = c->gives,
	    .terms = c->terms, .percent = c->percent, .worth = c->worth, .first_day = c->first_day,
	    .last_day = c->last_day, .from = c->from_minute, .to = c->to_minute, .quota = c->quota,
	    .per_card = c->per_card, .budget = c->budget, .used = c->used, .given = c->given },
	    .merchant = c->merchant_name, .merchant_slug = c->merchant_slug,
	    .merchant_code = c->merchant_code, .stall = c->stall, .sector = c->sector,
	    .venue = c->venue_name, .venue_slug = c->venue_slug, .village = c->village,
	    .metres = -1 };

	x.open = is_open(r, f, &x.p);
	if (q->near)
		x.metres = place_metres(q->latitude, q->longitude, c->latitude, c->longitude);
	return x;
}

static err rows(struct req *r, const struct festival *f, const struct promo_query *q,
    size_t limit, struct promo_catalogue **v, size_t *n)
{
	struct promo_clock c = promo_clock(f, r->city.zone, r->now);
	int64_t reach = q->reach_m * 1000000 / DEGREE_M;
	str w[3];

	*n = 0;
	if (!stems(r->a, q->q, w) || (q->open && f->state != FESTIVAL_OPEN))
		return NULL;
	return promo_q_catalogue(r->db, f->city, f->id, q->before, w[0], w[1], w[2], c.day,
	    c.minute, q->open, q->soon ? c.day + SOON_DAYS - 1 : 0, q->venue_id, q->sector,
	    q->village, q->near, q->latitude, q->longitude, place_shrink(q->latitude),
	    reach * reach, (int64_t)limit, v, n);
}

err promo_find(struct req *r, const struct festival *f, const struct promo_query *q, size_t limit,
    struct promo_found **out, size_t *n, promotion_id *next)
{
	struct promo_catalogue *v;

	TRY(rows(r, f, q, limit + 1, &v, n));
	bool more = *n > limit;
	if (more)
		*n = limit;
	*out = NEWN(r->a, struct promo_found, *n);
	for (size_t i = 0; i < *n; i++)
		(*out)[i] = found_row(r, f, q, &v[i]);
	*next = more ? v[*n - 1].id : (promotion_id){ 0 };
	return NULL;
}

/* ---- in words ---------------------------------------------------------------- */

str promo_gives_text(struct arena *a, enum lang lang, const struct promotion *p)
{
	struct buf rp = BUF(a, 60);
	str args[2];

	rupiah_put(&rp, p->worth);
	if (p->kind == PROMO_AMOUNT) {
		args[0] = buf_done(&rp);
		return text_fill(a, lang, TEXT_promo_gives_amount, args, 1);
	}
	if (p->kind != PROMO_PERCENT)
		return p->gives;
	args[0] = arena_printf(a, "%lld", (long long)p->percent);
	args[1] = buf_done(&rp);
	return text_fill(a, lang, p->worth ? TEXT_promo_gives_most : TEXT_promo_gives_percent, args,
	    p->worth ? 2 : 1);
}

str promo_hours_text(struct arena *a, const struct promotion *p)
{
	if (p->from == p->to)
		return (str){ 0 };
	return arena_printf(a, "%02d.%02d–%02d.%02d", (int)(p->from / 60), (int)(p->from % 60),
	    (int)(p->to / 60), (int)(p->to % 60));
}

str village_name(str code)
{
	struct region v;

	return region_any(code, &v) ? v.name : code;
}
