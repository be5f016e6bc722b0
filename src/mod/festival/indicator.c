/*
 * indicator.c - the table of definitions, and their arithmetic.
 *
 * "breaks" names what another sale must have set alike: how long it ran,
 * and the rules that make people record more or fewer, larger or smaller
 * purchases.
 */
#include "mod/festival/indicator.h"
#include "core/region.h"
#include "festival_read.h"

enum { WEEK = 7, HALF_PLACED = 2 };

#define LENGTH	"days"
static const char *const none[] = { NULL };
static const char *const length[] = { LENGTH, NULL };
static const char *const counted[] = { LENGTH, "minimum", "counting", NULL };
static const char *const sized[] = { "minimum", "counting", NULL };
static const char *const given[] = { LENGTH, "unit", "counting", "minimum", "cap_purchase",
	"cap_merchant", "cap_day", "cap_person", "factors", NULL };
static const char *const paid[] = { "factors", NULL };

const struct indicator festival_indicators[FESTIVAL_INDICATORS] = {
	[FI_RESIDENTS] = { "residents",
	    TEXT_ind_residents, TEXT_ind_unit_people,
	    TEXT_ind_residents_say, INDICATOR_NUMBER, 0, none, false },
	[FI_UMKM] = { "umkm",
	    TEXT_ind_umkm, TEXT_ind_unit_firms,
	    TEXT_ind_umkm_say, INDICATOR_NUMBER, 0, none, false },
	[FI_DAYS] = { "days",
	    TEXT_ind_days, TEXT_ind_unit_days,
	    TEXT_ind_days_say, INDICATOR_NUMBER, 0, none, false },
	[FI_MERCHANTS] = { "merchants",
	    TEXT_ind_merchants, TEXT_ind_unit_firms,
	    TEXT_ind_merchants_say, INDICATOR_NUMBER, 0, none, true },
	[FI_REPORTING] = { "reporting",
	    TEXT_ind_reporting, TEXT_ind_unit_percent,
	    TEXT_ind_reporting_say, INDICATOR_PERCENT, 1, length, false },
	[FI_PER_UMKM] = { "merchants-per-1000-umkm",
	    TEXT_ind_per_umkm, TEXT_ind_unit_per_umkm,
	    TEXT_ind_per_umkm_say, INDICATOR_NUMBER, 1, none, false },
	[FI_VILLAGES] = { "villages",
	    TEXT_ind_villages, TEXT_ind_unit_percent,
	    TEXT_ind_villages_say, INDICATOR_PERCENT, 1, none, false },
	[FI_PURCHASES] = { "purchases",
	    TEXT_ind_purchases, TEXT_ind_unit_purchases,
	    TEXT_ind_purchases_say, INDICATOR_NUMBER, 0, counted, true },
	[FI_PURCHASES_RESIDENTS] = { "purchases-per-1000-residents",
	    TEXT_ind_purchases_residents, TEXT_ind_unit_purchases,
	    TEXT_ind_purchases_residents_say, INDICATOR_NUMBER, 1, counted, false },
	[FI_RUPIAH] = { "rupiah",
	    TEXT_ind_rupiah, TEXT_ind_unit_rupiah,
	    TEXT_ind_rupiah_say, INDICATOR_RUPIAH, 0, length, true },
	[FI_RUPIAH_DAY] = { "rupiah-per-day",
	    TEXT_ind_rupiah_day, TEXT_ind_unit_rupiah,
	    TEXT_ind_rupiah_day_say, INDICATOR_RUPIAH, 0, none, true },
	[FI_RUPIAH_MERCHANT] = { "rupiah-per-merchant",
	    TEXT_ind_rupiah_merchant, TEXT_ind_unit_rupiah,
	    TEXT_ind_rupiah_merchant_say, INDICATOR_RUPIAH, 0, length, false },
	[FI_RUPIAH_RESIDENTS] = { "rupiah-per-1000-residents",
	    TEXT_ind_rupiah_residents, TEXT_ind_unit_rupiah,
	    TEXT_ind_rupiah_residents_say, INDICATOR_RUPIAH, 0, length, false },
	[FI_RUPIAH_PURCHASE] = { "rupiah-per-purchase",
	    TEXT_ind_rupiah_purchase, TEXT_ind_unit_rupiah,
	    TEXT_ind_rupiah_purchase_say, INDICATOR_RUPIAH, 0, sized, false },
	[FI_COUPONS] = { "coupons",
	    TEXT_ind_coupons, TEXT_ind_unit_coupons,
	    TEXT_ind_coupons_say, INDICATOR_NUMBER, 0, given, true },
	[FI_CASHLESS] = { "cashless",
	    TEXT_ind_cashless, TEXT_ind_unit_percent,
	    TEXT_ind_cashless_say, INDICATOR_PERCENT, 1, paid, false },
	[FI_GROWTH] = { "growth-per-day",
	    TEXT_ind_growth, TEXT_ind_unit_percent_day,
	    TEXT_ind_growth_say, INDICATOR_PERCENT, 2, length, false },
};

struct work {
	struct arena *a;
	const struct report *r;
	const struct city_size *size;
	const struct festival_reach *reach;
	struct indicator_value *v;
	str sums;		/* source of what Laris recorded	*/
};

static void known(struct work *w, enum festival_indicator i, int64_t v, str more)
{
	bool both = w->sums.n && more.n;

	w->v[i].known = true;
	w->v[i].v = v;
	w->v[i].source = arena_printf(w->a, "%.*s%s%.*s", SV(w->sums), both ? "; " : "", SV(more));
}

static void unknown(struct work *w, enum festival_indicator i, enum text_id why)
{
	w->v[i].why = why;
}

/* part * 10^zeros / whole */
static void ratio(struct work *w, enum festival_indicator i, int64_t part, int64_t times,
    int64_t whole, enum text_id why, str more)
{
	if (whole > 0)
		known(w, i, mul_div(part, times, whole), more);
	else
		unknown(w, i, why);
}

static void city_rows(struct work *w)
{
	const struct city_size *s = w->size;
	str sums = w->sums;

	w->sums = (str){ 0 };
	ratio(w, FI_RESIDENTS, s->residents, s->residents > 0, s->residents > 0,
	    TEXT_ind_no_residents, s->residents_source);
	ratio(w, FI_UMKM, s->umkm, s->umkm > 0, s->umkm > 0, TEXT_ind_no_umkm, s->umkm_source);
	w->sums = sums;
}

/* Days that are over: of a sale that runs, until today. */
static int64_t days_over(const struct report *r)
{
	int64_t last = r->f.last_day, today = time_day(r->as_of, r->city.zone);

	if (r->f.state < FESTIVAL_CLOSED && today < last)
		last = today;
	return last < r->f.first_day ? 0 : last - r->f.first_day + 1;
}

static void people_rows(struct work *w)
{
	const struct report *r = w->r;
	const struct festival_reach *x = w->reach;

	known(w, FI_DAYS, r->f.last_day - r->f.first_day + 1, (str){ 0 });
	known(w, FI_MERCHANTS, r->admitted, (str){ 0 });
	ratio(w, FI_REPORTING, r->reporting < r->admitted ? r->reporting : r->admitted, 1000,
	    r->admitted, TEXT_ind_no_merchants, (str){ 0 });
	ratio(w, FI_PER_UMKM, r->admitted, 10000, w->size->umkm, TEXT_ind_no_umkm,
	    w->size->umkm_source);
	if (x->placed * HALF_PLACED < r->admitted || !x->placed)
		unknown(w, FI_VILLAGES, TEXT_ind_no_villages);
	else
		ratio(w, FI_VILLAGES, x->villages, 1000, x->of, TEXT_ind_no_villages, (str){ 0 });
}

static void sale_rows(struct work *w)
{
	const struct report *r = w->r;
	const struct city_size *s = w->size;

	known(w, FI_PURCHASES, r->purchases, (str){ 0 });
	known(w, FI_RUPIAH, r->rupiah, (str){ 0 });
	known(w, FI_COUPONS, r->coupons, (str){ 0 });
	ratio(w, FI_PURCHASES_RESIDENTS, r->purchases, 10000, s->residents, TEXT_ind_no_residents,
	    s->residents_source);
	ratio(w, FI_RUPIAH_RESIDENTS, r->rupiah, 1000, s->residents, TEXT_ind_no_residents,
	    s->residents_source);
	ratio(w, FI_RUPIAH_DAY, r->rupiah, 1, days_over(r), TEXT_ind_not_begun, (str){ 0 });
	ratio(w, FI_RUPIAH_MERCHANT, r->rupiah, 1, r->reporting, TEXT_ind_no_reporting, (str){ 0 });
	ratio(w, FI_RUPIAH_PURCHASE, r->rupiah, 1, r->purchases, TEXT_ind_no_reporting, (str){ 0 });
}

static void cashless(struct work *w)
{
	const struct report_part *p = &w->r->part[SLICE_METHOD];
	int64_t all = 0, other = 0;

	for (size_t i = 0; i < p->n; i++) {
		all += p->v[i].purchases;
		other += p->v[i].key == METHOD_CASH ? 0 : p->v[i].purchases;
	}
	ratio(w, FI_CASHLESS, other, 1000, all, TEXT_ind_no_reporting, (str){ 0 });
}

static int64_t between(const struct report_part *days, int64_t from, int64_t to)
{
	int64_t sum = 0;

	for (size_t i = 0; i < days->n; i++)
		if (days->v[i].key >= from && days->v[i].key < to)
			sum += days->v[i].rupiah;
	return sum;
}

/* How much a day the last week was above the first, as a share of the first. */
static void growth(struct work *w)
{
	const struct festival *f = &w->r->f;
	const struct report_part *p = &w->r->part[SLICE_DAY];
	int64_t n = f->last_day - f->first_day + 1, first, last;

	first = between(p, f->first_day, f->first_day + WEEK);
	last = between(p, f->last_day + 1 - WEEK, f->last_day + 1);
	if (n < (int64_t)2 * WEEK || days_over(w->r) < n)
		unknown(w, FI_GROWTH, TEXT_ind_no_weeks);
	else if (!first)
		unknown(w, FI_GROWTH, TEXT_ind_no_first_week);
	else {
		int64_t v = mul_div(last > first ? last - first : first - last, 10000,
		    first) / (n - WEEK);
		known(w, FI_GROWTH, last < first ? -v : v, (str){ 0 });
	}
}

void festival_indicators_of(struct arena *a, const struct report *r, const struct city_size *size,
    const struct festival_reach *reach, struct indicator_value *v)
{
	struct buf when = BUF(a, 100);

	time_put_moment(&when, r->as_of, r->city.zone, r->lang);
	str args[] = { r->city.name, r->f.name, buf_done(&when) };
	struct work w = { a, r, size, reach, v,
	    text_fill(a, r->lang, TEXT_ind_source, args, countof(args)) };
	for (size_t i = 0; i < FESTIVAL_INDICATORS; i++)
		v[i] = (struct indicator_value){ .of = &festival_indicators[i] };
	city_rows(&w);
	people_rows(&w);
	sale_rows(&w);
	cashless(&w);
	growth(&w);
}

static int64_t villages_of(str city)
{
	struct region r, district;
	int64_t n = 0;

	if (!region_by_code(city, &r))
		return 0;
	for (size_t i = 0; i < region_children(&r); i++) {
		region_child(&r, i, &district);
		n += (int64_t)region_children(&district);
	}
	return n;
}

err festival_indicators_load(struct db *db, const struct city *city, const struct festival *f,
    enum lang lang, int64_t now, struct indicator_values *x)
{
	struct festival_villages_reached reached;
	struct city_size size;
	struct report r;

	TRY(festival_report_make(db, city, f, lang, now, &r));
	TRY(festival_q_villages_reached(db, f->city, f->id, &reached));
	TRY(city_size(db, f->city, &size));
	struct festival_reach reach = { reached.villages, villages_of(city->code), reached.placed };
	*x = (struct indicator_values){ NEWN(db_arena(db), struct indicator_value,
	    FESTIVAL_INDICATORS), FESTIVAL_INDICATORS };
	festival_indicators_of(db_arena(db), &r, &size, &reach, x->v);
	return NULL;
}
