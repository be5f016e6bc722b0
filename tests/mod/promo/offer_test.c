/* offer_test.c - when an offer runs, what it gives, who may take which step. */
#include "mod/promo/promo.h"
#include "tap.h"
#include <stdlib.h>

static struct arena *a;
static const struct festival fest = { .state = FESTIVAL_OPEN, .first_day = 18901,
    .last_day = 18931 };

static struct promotion days(int64_t first, int64_t last, int64_t from, int64_t to)
{
	return (struct promotion){ .first_day = first, .last_day = last, .from = from, .to = to,
	    .state = PROMO_PUBLISHED };
}

static bool runs(const struct promotion *p, int64_t day, int64_t hour, int64_t minute)
{
	return promo_running(p, (struct promo_clock){ day, hour * 60 + minute });
}

static bool over(const struct promotion *p, int64_t day, int64_t hour, int64_t minute)
{
	return promo_over(p, (struct promo_clock){ day, hour * 60 + minute });
}

static void hours(void)
{
	struct promotion all = days(10, 12, 0, 0), noon = days(10, 12, 660, 840),
	    night = days(10, 12, 1200, 120);

	ok(!runs(&all, 9, 23, 59) && runs(&all, 10, 0, 0) && runs(&all, 12, 23, 59) &&
	    !runs(&all, 13, 0, 0), "all day: from the first minute to the last");
	ok(!runs(&noon, 11, 10, 59) && runs(&noon, 11, 11, 0) && runs(&noon, 11, 13, 59) &&
	    !runs(&noon, 11, 14, 0) && !runs(&noon, 13, 12, 0),
	    "noon: 11.00 up to 14.00, not at it");
	ok(!runs(&night, 10, 1, 0) && runs(&night, 10, 20, 0) && runs(&night, 11, 1, 59) &&
	    !runs(&night, 11, 2, 0) && runs(&night, 13, 1, 59) && !runs(&night, 13, 20, 0),
	    "past midnight: the small hours belong to the day before");
	ok(!over(&all, 12, 23, 59) && over(&all, 13, 0, 0), "over with its last day");
	ok(!over(&noon, 12, 13, 59) && over(&noon, 12, 14, 0), "over with its last hour");
	ok(!over(&night, 13, 1, 59) && over(&night, 13, 2, 0), "over after its last night");
}

static void clocks(void)
{
	int64_t inside = time_of_day(18910, ZONE_WIB) + 9 * HOUR + 5 * MINUTE;
	int64_t later = time_of_day(20500, ZONE_WIB) + 23 * HOUR;
	struct festival closed = fest;
	struct promo_clock c = promo_clock(&fest, ZONE_WIB, inside);

	closed.state = FESTIVAL_CLOSED;
	ok(c.day == 18910 && c.minute == 545, "in the sale's days: the city's clock");
	ok(promo_clock(&fest, ZONE_WIT, time_of_day(18910, ZONE_WIB)).minute == 120,
	    "in the city's zone");
	c = promo_clock(&fest, ZONE_WIB, later);
	ok(c.day == 18931 && c.minute == 23 * 60, "an open sale outside its days: its last day");
	ok(promo_clock(&closed, ZONE_WIB, later).day == 20500, "a closed one: the calendar");
}

static void gives(void)
{
	struct promotion percent = { .kind = PROMO_PERCENT, .percent = 20, .worth = 50000 };
	struct promotion free = { .kind = PROMO_PERCENT, .percent = 33 };
	struct promotion amount = { .kind = PROMO_AMOUNT, .worth = 20000 };
	struct promotion gift = { .kind = PROMO_GIFT, .worth = 35000 };

	ok(promo_given(&percent, 100000) == 20000 && promo_given(&percent, 1000000) == 50000,
	    "percent: of the amount, up to what was promised");
	ok(promo_given(&percent, 0) == 50000, "percent of an amount nobody said: the most");
	ok(promo_given(&free, 99) == 32 && promo_given(&free, 0) == 0 &&
	    promo_given(&free, RUPIAH_MAX) > 0, "percent without a most: whole rupiah, cut down");
	ok(promo_given(&amount, 0) == 20000 && promo_given(&amount, 15000) == 15000 &&
	    promo_given(&amount, 90000) == 20000, "rupiah off: never more than the sale");
	ok(promo_given(&gift, 1000) == 35000, "a gift is worth what it is worth");
	gift.budget = 70000;
	gift.first_day = gift.last_day = 5;
	gift.given = 35000;
	ok(promo_open(&gift, (struct promo_clock){ 5, 1 }), "open while one more fits the budget");
	gift.given = 35001;
	ok(!promo_open(&gift, (struct promo_clock){ 5, 1 }), "and not when it does not");
	gift.given = 0;
	gift.quota = gift.used = 3;
	ok(!promo_open(&gift, (struct promo_clock){ 5, 1 }), "nor with the quota used");
}

static const char *rule_of(struct promotion p)
{
	err e = promo_sane(a, &fest, &p);

	return e ? e->rule : "";
}

static void sane(void)
{
	struct promotion p = { .kind = PROMO_PERCENT, .percent = 10, .first_day = 18901,
	    .last_day = 18931 };
	struct promotion q;

#define SAYS(rule_, change_, ...) do {					\
	q = p;								\
	change_;							\
	str said = str_of(rule_of(q));					\
	ok(str_eq(said, S(rule_)), __VA_ARGS__);			\
} while (0)
	SAYS("", (void)0, "a plain one is fine");
	SAYS("promo-percent", q.percent = 0, "no percent of percent");
	SAYS("promo-percent", q.percent = 101, "101 percent");
	SAYS("promo-worth", q.kind = PROMO_AMOUNT, "rupiah off, none said");
	SAYS("promo-gives", q.kind = PROMO_GIFT, "a gift of nothing");
	SAYS("promo-gives", q.kind = PROMO_BUNDLE, "a bundle of nothing");
	SAYS("promo-dates", (q.first_day = 18910, q.last_day = 18909), "it ends before it begins");
	SAYS("promo-outside", q.first_day = 18900, "before the sale");
	SAYS("promo-outside", q.last_day = 18932, "after the sale");
	SAYS("promo-budget-worth", q.budget = 100000, "a budget of uses without a price");
	SAYS("promo-budget-small", (q.budget = 100, q.worth = 200), "a budget below one use");
}

/* The steps people and the clock may take: all of them, as README.md draws them. */
static void life(void)
{
	static const char *const may[PROMO_STATES][PROMO_STATES] = {
		[PROMO_DRAFT] = { [PROMO_ASKED] = "m", [PROMO_PUBLISHED] = "o" },
		[PROMO_ASKED] = { [PROMO_DRAFT] = "m", [PROMO_PUBLISHED] = "o",
		    [PROMO_REFUSED] = "o", [PROMO_ENDED] = "c" },
		[PROMO_REFUSED] = { [PROMO_ASKED] = "m" },
		[PROMO_PUBLISHED] = { [PROMO_STOPPED] = "mo", [PROMO_ENDED] = "c" },
		[PROMO_STOPPED] = { [PROMO_ASKED] = "m", [PROMO_PUBLISHED] = "o",
		    [PROMO_ENDED] = "c" },
	};
	int bad = 0;

	for (int from = 0; from < PROMO_STATES; from++)
		for (int to = 0; to < PROMO_STATES; to++)
			for (int w = 0; w < 3; w++) {
				str who = str_of(may[from][to]);
				bool want = str_find(who, str_sub(S("moc"), (size_t)w,
				    1)) != SIZE_MAX;
				bad += want != promo_may_go((enum promo_state)from,
				    (enum promo_state)to, 1u << w);
			}
	ok(!bad, "every step of six states by three kinds of people, and no other");
	ok(promo_needs_reason(PROMO_REFUSED) && promo_needs_reason(PROMO_STOPPED) &&
	    !promo_needs_reason(PROMO_PUBLISHED), "no and stop need a reason");
}

static bool hour(const char *s, int64_t want)
{
	int64_t m = -1;

	return promo_parse_hour(str_of(s), &m) ? m == want : want < 0;
}

static bool at(const char *s, int64_t lat, int64_t lon)
{
	int64_t y, x;

	return place_parse(str_of(s), &y, &x) && y == lat && x == lon;
}

static void typed(void)
{
	int64_t y, x;

	ok(hour("17.00", 1020) && hour("17:30", 1050) && hour("7", 420) && hour("0.05", 5) &&
	    hour("24.00", 1440), "hours as people write them");
	ok(hour("", -1) && hour("24.01", -1) && hour("25", -1) && hour("7.5", -1) && hour("7.60",
	    -1) &&
	    hour("7.", -1) && hour("pagi", -1) && hour("7.000", -1) && hour("-1", -1),
	    "and what is no hour");
	ok(at("-7.5693, 110.8316", -7569300, 110831600) && at("5.55,95.3", 5550000, 95300000) &&
	    at("-7,110", -7000000, 110000000) && at("-7.56931299, 110.8", -7569312, 110800000),
	    "places as maps write them");
	ok(!place_parse(S("-7.5693"), &y, &x) && !place_parse(S("91, 10"), &y, &x) &&
	    !place_parse(S("1, 181"), &y, &x) && !place_parse(S("a, b"), &y, &x) &&
	    !place_parse(S("0, 0"), &y, &x) && !place_parse(S("1.2.3, 4"), &y, &x) &&
	    !place_parse(S("--1, 4"), &y, &x), "and what is no place");
	/* Pasar Gede to Pasar Klewer: 806 m by the haversine formula. */
	int64_t m = place_metres(-7569300, 110831600, -7574900, 110827000);
	ok(llabs(m - 804) <= 3, "metres between two markets (%lld)", (long long)m);
}

int main(void)
{
	a = arena_new();
	hours();
	clocks();
	gives();
	sane();
	life();
	typed();
	arena_free(&a);
	return done();
}
