/* public_web.c - what anybody sees: the city, the sale, its figures, who takes part. */
#include "core/city.h"
#include "festival_read.h"
#include "mod/festival/bar.h"
#include "mod/festival/slice.h"
#include "mod/festival/pages.h"
#include "mod/festival/web.h"
#include "public_tmpl.h"
#include <string.h>

#define SHOPS_PAGE	50

str festival_base(struct req *r, const struct festival *f)
{
	return req_path(r, "/%.*s/%.*s", SV(r->city.slug), SV(f->slug));
}

static str day_say(struct req *r, const struct festival *f)
{
	int64_t today = time_day(r->now, r->city.zone);

	if (today < f->first_day || today > f->last_day)
		return (str){ 0 };
	str args[] = { req_path(r, "%lld", (long long)(today - f->first_day + 1)),
	    req_path(r, "%lld", (long long)(f->last_day - f->first_day + 1)) };
	return text_fill(r->a, r->lang, TEXT_front_day, args, countof(args));
}

err festival_admitted(struct db *db, const struct festival *f, int64_t *n)
{
	struct festival_participation_counts *c;
	size_t k;

	*n = 0;
	TRY(festival_q_participation_counts(db, f->city, f->id, &c, &k));
	for (size_t i = 0; i < k; i++)
		if (c[i].state == PARTICIPATION_ADMITTED)
			*n = c[i].n;
	return NULL;
}

err web_city(struct req *r)
{
	struct festival_list *f;
	size_t n, k = 0;

	req_stamp(r, festival_key(r->city.id, (festival_id){ 0 }));
	TRY(festival_q_list(r->db, r->city.id, &f, &n));
	struct city_row *v = NEWN(r->a, struct city_row, n);
	for (size_t i = 0; i < n; i++) {
		if (f[i].state == FESTIVAL_DRAFT)
			continue;
		v[k++] =
		    (struct city_row){ req_path(r, "/%.*s/%.*s",
			                   SV(r->city.slug), SV(f[i].slug)),
			    f[i].name,
			    choice_by_value(festival_state_choices, f[i].state)
			        ->label,
			    f[i].first_day, f[i].last_day };
	}
	r->title = r->city.name;
	page_city(&r->out, &(struct city_view){ r->city.name, r->city.slug, v, k });
	return NULL;
}

err web_front(struct req *r)
{
	struct festival_total_get t;
	struct festival f;
	struct front_view v;
	int64_t admitted;

	TRY(festival_of(r, 1, &f));
	req_stamp(r, festival_key(f.city, f.id));
	req_stamp_soft(r, festival_totals_key(f.city, f.id));
	TRY(festival_q_total_get(r->db, f.city, f.id, &t));
	TRY(festival_admitted(r->db, &f, &admitted));
	v = (struct front_view){ .at = festival_at(r, &f), .name = f.name,
	    .state = choice_by_value(festival_state_choices, (int64_t)f.state)->label,
	    .first_day = f.first_day, .last_day = f.last_day, .updated = r->now,
	    .rupiah = t.rupiah, .purchases = t.purchases, .coupons = t.coupons,
	    .reporting = t.reporting, .admitted = admitted, .target = f.target,
	    .unit = f.rules.unit, .open = f.state == FESTIVAL_OPEN,
	    .inviting = f.state == FESTIVAL_INVITING || f.state == FESTIVAL_OPEN,
	    .day_say = day_say(r, &f) };
	v.target_say = festival_target_say(r->a, r->lang, t.rupiah, f.target);
	r->title = f.name;
	festival_bar(r, &f, BAR_FRONT);
	page_front(&r->out, &v);
	return NULL;
}

/* ---- the figures ------------------------------------------------------------ */

err web_totals(struct req *r)
{
	struct festival_total_get t;
	struct totals_view v = { 0 };
	struct festival f;

	TRY(festival_of(r, 1, &f));
	req_stamp(r, festival_key(f.city, f.id));
	req_stamp(r, festival_key(f.city, (festival_id){ 0 }));	/* names of venues */
	req_stamp_soft(r, festival_totals_key(f.city, f.id));
	TRY(festival_q_total_get(r->db, f.city, f.id, &t));
	TRY(festival_admitted(r->db, &f, &v.admitted));
	TRY(slice_load(r->db, &f, SLICE_VENUE, r->lang, &v.venue));
	TRY(slice_load(r->db, &f, SLICE_SECTOR, r->lang, &v.sector));
	TRY(slice_load(r->db, &f, SLICE_METHOD, r->lang, &v.method));
	TRY(slice_load(r->db, &f, SLICE_DAY, r->lang, &v.day));
	v.at = festival_at(r, &f);
	v.name = f.name;
	v.rupiah = t.rupiah;
	v.purchases = t.purchases;
	v.coupons = t.coupons;
	v.reporting = t.reporting;
	v.unclaimed = t.unclaimed;
	v.target = f.target;
	v.updated = r->now;
	v.target_say = festival_target_say(r->a, r->lang, t.rupiah, f.target);
	v.top = t.rupiah > 0 ? t.rupiah : 1;
	r->title = text(r->lang, TEXT_totals_title);
	festival_bar(r, &f, BAR_FRONT);
	page_totals(&r->out, &v);
	return NULL;
}

/* ---- who takes part ----------------------------------------------------------- */

static str place(struct arena *a, str venue, str stall)
{
	return stall.n && venue.n ? arena_printf(a, "%.*s, %.*s", SV(venue), SV(stall)) :
	    venue.n ? venue : stall;
}

err web_shops(struct req *r)
{
	struct festival_merchant_public *m;
	struct shops_view v = { 0 };
	struct festival f;
	int64_t after = 0;

	TRY(festival_of(r, 1, &f));
	req_stamp(r, festival_key(f.city, f.id));
	req_stamp(r, festival_key(f.city, (festival_id){ 0 }));
	if (req_query(r, "after").n && !id_parse(req_query(r, "after"), &after))
		return ERR(r->a, ERR_MISSING, "no-such-page");
	TRY(festival_q_merchant_public(
	    r->db, f.city, f.id, (merchant_id){ after }, SHOPS_PAGE, &m, &v.n));
	struct shop_row *rows = NEWN(r->a, struct shop_row, v.n);
	v.at = festival_at(r, &f);
	v.name = f.name;
	v.v = rows;
	for (size_t i = 0; i < v.n; i++)
		rows[i] = (struct shop_row){ req_path(r, "%.*s/merchant/%.*s",
			                         SV(v.at.base), SV(m[i].slug)),
			m[i].name, place(r->a, m[i].venue_name, m[i].stall),
			choice_by_value(sector_choices, m[i].sector)->label };
	if (v.n == SHOPS_PAGE)
		v.pager.next = req_path(r, "%.*s/merchants?after=%.*s", SV(v.at.base),
		    SV(id_text(r->a, m[v.n - 1].id.v)));
	if (after)
		v.pager.prev = req_path(r, "%.*s/merchants", SV(v.at.base));
	r->title = text(r->lang, TEXT_shops_title);
	festival_bar(r, &f, BAR_SHOPS);
	page_shops(&r->out, &v);
	return NULL;
}
