/* indicator_test.c - figures of a sale, worked by hand. */
#include "mod/festival/indicator.h"
#include "tap.h"

static struct indicator_value v[FESTIVAL_INDICATORS];

static bool is(struct arena *a, enum festival_indicator i, const char *want)
{
	struct buf b = BUF(a, 100);

	indicator_put(&b, &v[i], LANG_ID);
	str got = buf_done(&b);
	if (str_eq(got, str_of(want)))
		return true;
	fprintf(stderr, "# %s: %.*s, not %s\n", v[i].of->code, SV(got), want);
	return false;
}

static struct report sale(struct arena *a)
{
	struct report_row *day = NEWN(a, struct report_row, 31), *method;
	struct report r = { .city = { .name = S("Kota Kediri"), .zone = ZONE_WIB },
	    .f = { .name = S("KGS"), .state = FESTIVAL_CLOSED, .first_day = 18901,
		.last_day = 18931 }, .lang = LANG_ID, .as_of = time_of_day(18932, ZONE_WIB),
	    .rupiah = 3100000000, .purchases = 40000, .coupons = 61000, .admitted = 300,
	    .reporting = 248 };

	for (int i = 0; i < 31; i++)	/* the last week sells a quarter more than the first */
		day[i] = (struct report_row){ .key = 18901 + i, .purchases = 1,
		    .rupiah = i < 7 ? 80000000 : i > 23 ? 100000000 : 90000000 };
	method = NEWN(a, struct report_row, 2);
	method[0] = (struct report_row){ .key = METHOD_CASH, .purchases = 26000 };
	method[1] = (struct report_row){ .key = METHOD_QRIS, .purchases = 14000 };
	r.part[SLICE_DAY] = (struct report_part){ day, 31 };
	r.part[SLICE_METHOD] = (struct report_part){ method, 2 };
	return r;
}

static void whole(struct arena *a)
{
	struct report r = sale(a);
	struct city_size size = { 286796, 38806, S("BPS"), S("Dinas") };
	struct festival_reach reach = { 23, 46, 200 };

	festival_indicators_of(a, &r, &size, &reach, v);
	ok(is(a, FI_RESIDENTS, "286.796") && str_eq(v[FI_RESIDENTS].source, S("BPS")),
	    "residents, with their own source");
	ok(is(a, FI_DAYS, "31") && is(a, FI_MERCHANTS, "300"), "days, merchants");
	ok(is(a, FI_REPORTING, "82,7 %"), "248 of 300 recorded");
	ok(is(a, FI_PER_UMKM, "7,7"), "300 of 38,806");
	ok(is(a, FI_VILLAGES, "50,0 %"), "23 of 46 kelurahan");
	ok(is(a, FI_PURCHASES_RESIDENTS, "139,5"), "40,000 purchases of 286,796");
	ok(is(a, FI_RUPIAH_DAY, "Rp 100.000.000"), "a day");
	ok(is(a, FI_RUPIAH_MERCHANT, "Rp 12.500.000"), "by those that recorded, not by all");
	ok(is(a, FI_RUPIAH_RESIDENTS, "Rp 10.809.077"), "per 1,000 residents");
	ok(is(a, FI_RUPIAH_PURCHASE, "Rp 77.500"), "a purchase");
	ok(is(a, FI_CASHLESS, "35,0 %"), "14,000 of 40,000");
	ok(is(a, FI_GROWTH, "1,04 %"), "a quarter in 24 days");
	ok(str_eq(v[FI_RUPIAH_RESIDENTS].source, S("Catatan Laris Kota Kediri, KGS, keadaan "
	    "1 Nov 2021 00.00 WIB; BPS")), "says where it is from");
}

static void unknown(struct arena *a)
{
	struct report r = sale(a);
	struct city_size size = { 0 };
	struct festival_reach reach = { 23, 46, 149 };
	int n = 0;

	festival_indicators_of(a, &r, &size, &reach, v);
	ok(!v[FI_PER_UMKM].known && v[FI_PER_UMKM].why == TEXT_ind_no_umkm &&
	    !v[FI_RUPIAH_RESIDENTS].known && is(a, FI_RESIDENTS, "–"),
	    "a city that does not say its size has none, not 0");
	ok(!v[FI_VILLAGES].known, "149 of 300 kelurahan known: too few");
	r.f.last_day = r.f.first_day + 12;
	festival_indicators_of(a, &r, &size, &reach, v);
	ok(!v[FI_GROWTH].known && v[FI_GROWTH].why == TEXT_ind_no_weeks, "13 days have no growth");
	r = (struct report){ .city = r.city, .f = r.f, .lang = LANG_ID, .as_of = r.as_of };
	festival_indicators_of(a, &r, &size, &(struct festival_reach){ 0, 0, 0 }, v);
	for (int i = 0; i < FESTIVAL_INDICATORS; i++)
		n += v[i].known || v[i].why != TEXT_none;
	ok(n == FESTIVAL_INDICATORS, "each is known or says why not");
	ok(!v[FI_RUPIAH_MERCHANT].known, "nobody recorded: no average");
}

int main(void)
{
	struct arena *a = arena_new();

	whole(a);
	unknown(a);
	ok(mul_div(INT64_MAX, 1000, 1000) == INT64_MAX && mul_div(7, 1, 2) == 4 &&
	    mul_div(INT64_MAX, 2, 1) == INT64_MAX, "ratios do not overflow, halves go up");
	arena_free(&a);
	return done();
}
