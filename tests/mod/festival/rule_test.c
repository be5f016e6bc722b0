/*
 * rule_test.c - the points engine: thirty cases worked by hand, and what
 * must hold for any purchases whatever.
 */
#include "mod/festival/rule.h"
#include "tap.h"
#include <string.h>

static struct arena *a;

/* ---- cases worked by hand ------------------------------------------- */

#define RB	INT64_C(1000)			/* seribu	*/
#define JT	INT64_C(1000000)		/* sejuta	*/
#define DAY_OPENING	18901			/* 1 October 2021 */

#define MUL(kind, key, permille)	{ RULE_KEY_ ## kind, (key), (permille), { 0 } }
static const struct rule_multiplier market15[] = { MUL(VENUE, VENUE_MARKET, 1500) };
static const struct rule_multiplier all_four[] = {
	MUL(DAY, DAY_OPENING, 2000),
	MUL(HOUR, 10, 1250),
	MUL(METHOD, METHOD_QRIS, 1333),
	MUL(VENUE, VENUE_MARKET, 1500),
};
static const struct rule_multiplier no_mall[] = {
	MUL(VENUE, VENUE_MALL, 0),
	MUL(METHOD, METHOD_QRIS, 2000),
};
static const struct rule_multiplier none_of[] = {
	{ RULE_KEY_MERCHANT, 77, 0, S("Toko Cerutu (100077)") },
	MUL(SECTOR, SECTOR_BANK, 0),
	MUL(VENUE, VENUE_MARKET, 1500),
};
static const struct rule_multiplier tens[] = {
	MUL(VENUE, VENUE_MARKET, 10000), MUL(METHOD, METHOD_QRIS, 10000),
	MUL(HOUR, 10, 10000), MUL(DAY, DAY_OPENING, 10000),
};

#define UNIT		.unit = 50 * RB
#define TIMES(m)	.multiplier = (m), .n_multiplier = countof(m)
#define AT_MARKET	.venue = VENUE_MARKET, .method = METHOD_QRIS, .hour = 10, .day = DAY_OPENING
#define W(s)		RULE_STEP_ ## s

static const struct golden {
	const char *name;
	struct rules r;
	struct rule_facts f;
	int64_t counted, points, coupons, carried;
	unsigned why;
} golden[] = {
	/* Solo's rule: one coupon for each 50,000. */
	{ "one rupiah short", { UNIT }, { .amount = 49999 }, 49999, 0, 0, 49999,
	    0 },
	{ "exactly one unit", { UNIT }, { .amount = 50 * RB }, 50 * RB, 1, 1, 0,
	    0 },
	{ "one rupiah over", { UNIT }, { .amount = 50001 }, 50001, 1, 1, 1, 0 },
	{ "the closing purchase of 2022: Rp 180.000", { UNIT },
	    { .amount = 180 * RB }, 180 * RB, 3, 3, 30 * RB, 0 },
	{ "30.000 after 20.000: the rest was carried", { UNIT },
	    { .amount = 30 * RB, .counted = 20 * RB }, 30 * RB, 1, 1, 0,
	    W(CARRIED) },
	{ "29.999 after 20.000: not yet", { UNIT },
	    { .amount = 29999, .counted = 20 * RB }, 29999, 0, 0, 49999, 0 },
	{ "80.000 after 120.000: two, one of them by what was carried",
	    { UNIT }, { .amount = 80 * RB, .counted = 120 * RB, .coupons = 2 },
	    80 * RB, 2, 4, 0, W(CARRIED) },
	{ "nothing bought", { UNIT }, { .amount = 0, .counted = 120 * RB }, 0,
	    0, 2, 20 * RB, 0 },
	{ "a car", { UNIT }, { .amount = 287500001 }, 287500001, 5750, 5750, 1,
	    0 },

	/* Per purchase, as 2017-2022. */
	{ "per purchase: 30.000 after 20.000 is nothing",
	    { UNIT, .counting = RULE_PER_PURCHASE },
	    { .amount = 30 * RB, .counted = 20 * RB }, 30 * RB, 0, 0, 0,
	    W(LEFT) },
	{ "per purchase: 180.000 after 7 coupons",
	    { UNIT, .counting = RULE_PER_PURCHASE },
	    { .amount = 180 * RB, .counted = 400 * RB, .coupons = 7 }, 180 * RB,
	    3, 10, 0, W(LEFT) },
	{ "per purchase: nothing is left of 100.000",
	    { UNIT, .counting = RULE_PER_PURCHASE }, { .amount = 100 * RB },
	    100 * RB, 2, 2, 0, 0 },

	/* Minimum. */
	{ "one rupiah under the minimum", { UNIT, .minimum = 20 * RB },
	    { .amount = 19999, .counted = 45 * RB }, 0, 0, 0, 45 * RB,
	    W(MINIMUM) },
	{ "the minimum itself counts", { UNIT, .minimum = 20 * RB },
	    { .amount = 20 * RB, .counted = 45 * RB }, 20 * RB, 1, 1, 15 * RB,
	    W(CARRIED) },
	{ "the minimum is of what was paid, not of what is multiplied",
	    { UNIT, .minimum = 20 * RB, TIMES(market15) },
	    { .amount = 15 * RB, AT_MARKET }, 0, 0, 0, 0, W(MINIMUM) },

	/* Multipliers. */
	{ "one and a half at the market", { UNIT, TIMES(market15) },
	    { .amount = 70 * RB, AT_MARKET }, 105 * RB, 2, 2, 5 * RB,
	    W(VENUE) },
	{ "but not in a mall", { UNIT, TIMES(market15) },
	    { .amount = 70 * RB, .venue = VENUE_MALL }, 70 * RB, 1, 1, 20 * RB,
	    0 },
	{ "half a rupiah is dropped: 33.333 * 1,5 = 49.999,5",
	    { UNIT, TIMES(market15) }, { .amount = 33333, AT_MARKET }, 49999, 0,
	    0, 49999, W(VENUE) },
	/* 10.001 -> 15.001(,5) -> 19.996(,333) -> 24.995 -> 49.990 */
	{ "all four, each rounded down", { UNIT, TIMES(all_four) },
	    { .amount = 10001, AT_MARKET }, 49990, 0, 0, 49990,
	    W(VENUE) | W(METHOD) | W(HOUR) | W(DAY) },
	{ "an hour later: three", { UNIT, TIMES(all_four) },
	    { .amount = 10001,
	        .venue = VENUE_MARKET,
	        .method = METHOD_QRIS,
	        .hour = 11,
	        .day = DAY_OPENING },
	    39992, 0, 0, 39992, W(VENUE) | W(METHOD) | W(DAY) },
	{ "times nought: a mall's purchase does not count",
	    { UNIT, TIMES(no_mall) },
	    { .amount = 900 * RB, .venue = VENUE_MALL, .method = METHOD_QRIS },
	    0, 0, 0, 0, W(VENUE) },

	/* Exclusions. */
	{ "a sector left out counts nothing, market or not", { UNIT, TIMES(none_of) },
	    { .amount = 900 * RB, .sector = SECTOR_BANK, AT_MARKET, .counted = 45 * RB },
	    0, 0, 0, 45 * RB, W(SECTOR) },
	{ "a merchant left out likewise", { UNIT, TIMES(none_of) },
	    { .amount = 900 * RB, .merchant = 77, AT_MARKET }, 0, 0, 0, 0, W(MERCHANT) },
	{ "its neighbour counts", { UNIT, TIMES(none_of) },
	    { .amount = 100 * RB, .merchant = 78, AT_MARKET }, 150 * RB, 3, 3, 0, W(VENUE) },
	{ "under the minimum, that is the reason said",
	    { UNIT, .minimum = 20 * RB, TIMES(none_of) },
	    { .amount = 19999, .merchant = 77, .sector = SECTOR_BANK }, 0, 0, 0, 0, W(MINIMUM) },

	/* Caps. */
	{ "a purchase counts 5 million at most",
	    { UNIT, .cap_purchase = 5 * JT }, { .amount = 287500 * RB }, 5 * JT,
	    100, 100, 0, W(CAP_PURCHASE) },
	{ "exactly the cap: it does not speak",
	    { UNIT, .cap_purchase = 5 * JT }, { .amount = 5 * JT }, 5 * JT, 100,
	    100, 0, 0 },
	{ "caps bind after multipliers",
	    { UNIT, .cap_purchase = 100 * RB, TIMES(market15) },
	    { .amount = 70 * RB, AT_MARKET }, 100 * RB, 2, 2, 0,
	    W(VENUE) | W(CAP_PURCHASE) },
	{ "room of 40.000 at this merchant", { UNIT, .cap_merchant = 1 * JT },
	    { .amount = 90 * RB,
	        .counted = 1500 * RB,
	        .counted_merchant = 960 * RB },
	    40 * RB, 0, 30, 40 * RB, W(CAP_MERCHANT) },
	{ "no room today", { UNIT, .cap_day = 2 * JT },
	    { .amount = 90 * RB, .counted = 2 * JT, .counted_day = 2 * JT }, 0,
	    0, 40, 0, W(CAP_DAY) },
	{ "the person's last 10.000", { UNIT, .cap_person = 10 * JT },
	    { .amount = 90 * RB, .counted = 9990 * RB }, 10 * RB, 1, 200, 0,
	    W(CAP_PERSON) | W(CARRIED) },
	{ "four caps one after the other",
	    { UNIT, .cap_purchase = 800 * RB, .cap_merchant = 700 * RB,
	        .cap_day = 600 * RB, .cap_person = 500 * RB },
	    { .amount = 900 * RB }, 500 * RB, 10, 10, 0,
	    W(CAP_PURCHASE) | W(CAP_MERCHANT) | W(CAP_DAY) | W(CAP_PERSON) },
	{ "more than a lowered cap was counted before: nothing, not less",
	    { UNIT, .cap_person = 1 * JT },
	    { .amount = 90 * RB, .counted = 3 * JT }, 0, 0, 60, 0,
	    W(CAP_PERSON) },

	/* Our own limit. */
	{ "ten times ten times ten times ten of the largest amount",
	    { UNIT, TIMES(tens) }, { .amount = RUPIAH_MAX, AT_MARKET },
	    RUPIAH_MAX, 20000 * JT, 20000 * JT, 0,
	    W(VENUE) | W(METHOD) | W(HOUR) | W(DAY) | W(LIMIT) },
	{ "one rupiah more than the limit", { UNIT },
	    { .amount = 2, .counted = RUPIAH_MAX - 1 }, 1, 1, 20000 * JT, 0,
	    W(LIMIT) | W(CARRIED) },
};

static void test_golden(void)
{
	for (size_t i = 0; i < countof(golden); i++) {
		const struct golden *g = &golden[i];
		struct rule_result x;

		rule_apply(&g->r, &g->f, &x);
		bool good = x.counted == g->counted && x.points == g->points
		    && x.coupons == g->coupons && x.carried == g->carried && x.why == g->why;
		ok(good, "%s", g->name);
		if (!good)
			printf("# counted %lld points %lld coupons %lld carried %lld why %x\n",
			    (long long)x.counted, (long long)x.points, (long long)x.coupons,
			    (long long)x.carried, x.why);
		if (rules_check(a, &g->r))
			ok(0, "%s: its rules pass the check", g->name);
	}
}

static void test_said(void)
{
	struct rules r = { UNIT, .cap_purchase = 100 * RB, TIMES(market15) };
	struct rule_facts f = { .amount = 70 * RB, AT_MARKET, .counted = 20 * RB };
	struct rule_result x;

	rule_apply(&r, &f, &x);
	ok(x.n_said == 2, "two rules spoke");
	ok(x.said[0].step == RULE_STEP_VENUE && x.said[0].before == 70 * RB
	    && x.said[0].after == 105 * RB && x.said[0].number == 1500, "the market first");
	ok(x.said[1].step == RULE_STEP_CAP_PURCHASE && x.said[1].before == 105 * RB
	    && x.said[1].after == 100 * RB && x.said[1].number == 100 * RB, "then the cap");
}

static void test_said_carried(void)
{
	struct rules r = { UNIT, TIMES(market15) };
	struct rule_facts f = { .amount = 53334, AT_MARKET, .counted = 20 * RB };
	struct rule_result x;

	rule_apply(&r, &f, &x);		/* 80.001 and 20.000 carried */
	ok(x.n_said == 2 && x.said[1].step == RULE_STEP_CARRIED && x.said[1].before == 1
	    && x.said[1].after == 2 && x.said[1].number == 20 * RB && x.carried == 1,
	    "what was carried helped from one coupon to two");
}

/* ---- any purchases whatever ----------------------------------------- */

enum { SHOPS = 3, DAYS = 3 };

struct person {			/* what the database keeps		*/
	int64_t counted, coupons, merchant[SHOPS], day[DAYS];
};

struct buy {
	int64_t amount;
	int merchant, day, hour;
	enum method method;
	enum venue_kind venue;
	enum sector sector;
};

static struct rule_facts facts_of(const struct person *p, const struct buy *b)
{
	return (struct rule_facts){ .amount = b->amount, .method = b->method, .venue = b->venue,
	    .sector = b->sector, .merchant = b->merchant, .day = DAY_OPENING + b->day,
	    .hour = b->hour, .counted = p->counted,
	    .counted_merchant = p->merchant[b->merchant], .counted_day = p->day[b->day],
	    .coupons = p->coupons };
}

static struct rule_result buy(const struct rules *r, struct person *p, const struct buy *b)
{
	struct rule_facts f = facts_of(p, b);
	struct rule_result x;

	rule_apply(r, &f, &x);
	p->counted += x.counted;
	p->merchant[b->merchant] += x.counted;
	p->day[b->day] += x.counted;
	p->coupons = x.coupons;
	return x;
}

static int64_t below(struct prng *g, int64_t n)
{
	return (int64_t)prng_below(g, (uint64_t)n);
}

static struct buy any_buy(struct prng *g)
{
	int64_t scale[] = { 1, 100 * RB, JT, 100 * JT, RUPIAH_MAX };

	return (struct buy){ .amount = below(g, scale[below(g, 5)] + 1),
		.merchant = (int)below(g, SHOPS),
		.day = (int)below(g, DAYS),
		.hour = (int)below(g, 24),
		.method = (enum method)below(g, METHODS),
		.venue = (enum venue_kind)below(g, VENUE_KINDS),
		.sector = (enum sector)below(g, SECTORS) };
}

static int64_t maybe(struct prng *g, int64_t least, int64_t most)
{
	return below(g, 2) ? least + below(g, most - least) : 0;
}

static struct rules any_rules(struct prng *g, struct rule_multiplier m[6])
{
	int64_t unit = 1 + below(g, 100 * RB);

	m[0] = (struct rule_multiplier)MUL(VENUE, below(g, VENUE_KINDS), below(g, 10001));
	m[1] = (struct rule_multiplier)MUL(METHOD, below(g, METHODS), below(g, 10001));
	m[2] = (struct rule_multiplier)MUL(HOUR, below(g, 24), below(g, 10001));
	m[3] = (struct rule_multiplier)MUL(DAY, DAY_OPENING + below(g, DAYS), below(g, 10001));
	m[4] = (struct rule_multiplier)MUL(SECTOR, below(g, SECTORS), 0);
	m[5] = (struct rule_multiplier){ RULE_KEY_MERCHANT, below(g, SHOPS), 0, S("Toko") };
	return (struct rules){ .unit = unit,
		.counting = (enum rule_counting)below(g, RULE_COUNTINGS),
		.minimum = maybe(g, 1, 200 * RB),
		.cap_purchase = maybe(g, unit, 10 * JT),
		.cap_merchant = maybe(g, unit, 10 * JT),
		.cap_day = maybe(g, unit, 10 * JT),
		.cap_person = maybe(g, unit, 20 * JT),
		.multiplier = m,
		.n_multiplier = (size_t)below(g, 7) };
}

/* Cut a total anyhow: with no caps and no minimum the coupons stay. */
static void test_splitting(void)
{
	struct prng g;
	int bad = 0, worse = 0;

	prng_seed(&g, 1);
	for (int run = 0; run < 20000; run++) {
		struct rules r = { .unit = 1 + below(&g, 100 * RB) };
		struct rules each = { .unit = r.unit, .counting = RULE_PER_PURCHASE };
		int64_t total = below(&g, 10 * JT), left = total, points = 0;
		struct person p = { 0 }, q = { 0 };

		while (left > 0) {
			struct buy b = any_buy(&g);

			b.amount = 1 + below(&g, left);
			left -= b.amount;
			points += buy(&r, &p, &b).points;
			buy(&each, &q, &b);
		}
		bad += p.coupons != total / r.unit || points != p.coupons;
		worse += q.coupons > p.coupons;
	}
	ok(bad == 0, "person's total: splitting 20,000 totals anyhow changes nothing");
	ok(worse == 0, "and per purchase never gives more");
}

static void test_order(void)
{
	struct prng g;
	int bad = 0;

	prng_seed(&g, 2);
	for (int run = 0; run < 5000; run++) {
		struct rule_multiplier m[6];
		struct rules r = any_rules(&g, m);
		struct buy list[8];
		struct person p = { 0 }, q = { 0 };

		/* With multipliers, minimum and a cap a purchase and a person,
		 * still in any order; caps by merchant and by day together
		 * are first come, first served. */
		r.cap_merchant = r.cap_day = 0;
		for (size_t i = 0; i < countof(list); i++)
			list[i] = any_buy(&g);
		if (r.counting == RULE_PER_PURCHASE)
			r.cap_person = 0;	/* what is cut may be a coupon here, none there */
		for (size_t i = 0; i < countof(list); i++)
			buy(&r, &p, &list[i]);
		for (size_t i = countof(list); i > 0; i--) {
			size_t j = (size_t)below(&g, (int64_t)i);
			struct buy b = list[j];

			list[j] = list[i - 1];
			buy(&r, &q, &b);
		}
		bool full = p.counted == RUPIAH_MAX;	/* our limit is a cap too */
		bad += p.counted != q.counted
		    || (p.coupons != q.coupons && !(full && r.counting == RULE_PER_PURCHASE));
	}
	ok(bad == 0, "in whichever order purchases come, the coupons are the same");
}

static bool within(int64_t cap, int64_t n)
{
	return cap == 0 || n <= cap;
}

static void test_caps(void)
{
	struct prng g;
	int bad = 0;
	unsigned seen = 0;

	prng_seed(&g, 3);
	for (int run = 0; run < 20000; run++) {
		struct rule_multiplier m[6];
		struct rules r = any_rules(&g, m);
		struct person p = { 0 };

		for (int i = 0; i < 12; i++) {
			struct buy b = any_buy(&g);
			struct rule_result x = buy(&r, &p, &b);

			seen |= x.why;
			bad += x.counted < 0 || x.points < 0 || !within(r.cap_purchase, x.counted)
			    || !within(r.cap_merchant, p.merchant[b.merchant])
			    || !within(r.cap_day, p.day[b.day]) || !within(r.cap_person, p.counted)
			    || p.counted > RUPIAH_MAX;
			if (r.counting == RULE_PERSON_TOTAL)
				bad += p.coupons != rule_total_coupons(&r, p.counted);
		}
	}
	ok(bad == 0, "no cap is ever exceeded, no sum is ever wrong");
	ok(seen == (1u << RULE_STEPS) - 1, "every rule spoke somewhere");
}

/* The number of a step's bit. */
static int bit_of(enum rule_step step)
{
	return __builtin_ctz((unsigned)step);
}

/* What was said joins up from "amount" to what counts. */
static int gaps(const struct rule_result *x, int64_t amount)
{
	int64_t at = amount;
	unsigned why = 0;
	int bad = 0;

	for (size_t i = 0; i < x->n_said; i++) {
		const struct rule_said *s = &x->said[i];

		why |= (unsigned)s->step;
		bad += s->before == s->after;
		if (s->step == RULE_STEP_CARRIED || s->step == RULE_STEP_LEFT)
			continue;
		bad += s->before != at;
		at = s->after;
	}
	return bad + (at != x->counted) + (why != x->why);
}

static void test_explained(void)
{
	static bool before[RULE_STEPS][RULE_STEPS];
	struct prng g;
	int bad = 0, both = 0;

	prng_seed(&g, 4);
	for (int run = 0; run < 20000; run++) {
		struct rule_multiplier m[6];
		struct rules r = any_rules(&g, m);
		struct person p = { .counted = below(&g, 20 * JT) };
		struct buy b = any_buy(&g);
		struct rule_result x = buy(&r, &p, &b);

		bad += gaps(&x, b.amount);
		for (size_t i = 0; i < x.n_said; i++)
			for (size_t j = 0; j < i; j++)
				before[bit_of(x.said[j].step)][bit_of(x.said[i].step)] = true;
	}
	ok(bad == 0, "every rupiah is explained");
	for (int i = 0; i < RULE_STEPS; i++)
		for (int j = 0; j < i; j++)
			both += before[i][j] && before[j][i] && i != bit_of(RULE_STEP_LIMIT)
			    && j != bit_of(RULE_STEP_LIMIT);
	ok(both == 0, "rules always speak in the same order");
}

static void test_monotone(void)
{
	struct prng g;
	int bad = 0;

	prng_seed(&g, 5);
	for (int run = 0; run < 20000; run++) {
		struct rule_multiplier m[6];
		struct rules r = any_rules(&g, m);
		struct person p = { .counted = below(&g, 20 * JT) }, q;
		struct buy b = any_buy(&g), more = b;
		struct rule_result x, y;

		q = p;
		more.amount += below(&g, RUPIAH_MAX - b.amount + 1);
		x = buy(&r, &p, &b);
		y = buy(&r, &q, &more);
		bad += y.counted < x.counted || y.points < x.points;
	}
	ok(bad == 0, "who pays more never gets less");
}

static void test_boundaries(void)
{
	struct prng g;
	int bad = 0;

	prng_seed(&g, 6);
	for (int run = 0; run < 20000; run++) {
		struct rules r = { .unit = 2 + below(&g, 100 * RB),
		    .counting = (enum rule_counting)below(&g, RULE_COUNTINGS) };
		int64_t k = 1 + below(&g, 1000);

		for (int64_t d = -1; d <= 1; d++) {
			struct person p = { 0 };
			struct buy b = { .amount = k * r.unit + d };

			bad += buy(&r, &p, &b).points != k - (d < 0);
		}
	}
	ok(bad == 0, "at k units less one, exactly, and more one");
}

/* A void takes a purchase out of the sums, and all else stays. */
static void test_void(void)
{
	struct prng g;
	int bad = 0;

	prng_seed(&g, 7);
	for (int run = 0; run < 5000; run++) {
		struct rules r = { .unit = 1 + below(&g, 100 * RB),
		    .counting = (enum rule_counting)below(&g, RULE_COUNTINGS) };
		struct person with = { 0 }, without = { 0 };
		struct rule_result out = { 0 };
		int gone = (int)below(&g, 6);

		for (int i = 0; i < 6; i++) {
			struct buy b = any_buy(&g);

			b.amount %= JT;
			struct rule_result x = buy(&r, &with, &b);
			if (i == gone)
				out = x;
			else
				buy(&r, &without, &b);
		}
		bad += rule_void_coupons(&r, with.counted - out.counted, with.coupons, out.points)
		    != without.coupons;
	}
	ok(bad == 0, "after a void: as if the purchase had never been");
}

/* times() without its trick, in 128 bits. */
static void test_exact(void)
{
	struct prng g;
	int bad = 0;

	prng_seed(&g, 8);
	for (int run = 0; run < 100000; run++) {
		struct rule_multiplier m = MUL(HOUR, 7, below(&g, RULE_PERMILLE_MAX + 1));
		struct rules r = { .unit = 1, .multiplier = &m, .n_multiplier = 1 };
		struct rule_facts f = { .amount = below(&g, RUPIAH_MAX + 1), .hour = 7 };
		struct rule_result x;
		__extension__ __int128 want = (__int128)f.amount * m.permille / 1000;

		rule_apply(&r, &f, &x);
		bad += x.counted != (want > RUPIAH_MAX ? RUPIAH_MAX : (int64_t)want);
	}
	ok(bad == 0, "100,000 products are exact, rounded down");
}

/* ---- nonsense ------------------------------------------------------- */

#define MANY(k, key, p) \
	.multiplier = &(struct rule_multiplier){ (k), (key), (p), { 0 } }, \
	.n_multiplier = 1

static void refused(const struct rules *r, const char *rule, const char *field)
{
	err e = rules_check(a, r);

	ok(e && e->kind == ERR_INVALID && !strcmp(e->rule, rule) && e->field
	    && !strcmp(e->field, field), "%s: %s", rule, field);
}

static void test_check_sums(void)
{
	refused(&(struct rules){ .unit = 0 }, "rule-unit", "unit");
	refused(&(struct rules){ .unit = -1 }, "rule-unit", "unit");
	refused(&(struct rules){ .unit = RUPIAH_MAX + 1 }, "rule-unit", "unit");
	refused(&(struct rules){ UNIT, .counting = (enum rule_counting)2 },
	    "rule-counting", "counting");
	refused(&(struct rules){ UNIT, .minimum = -1 }, "rule-minimum", "minimum");
	refused(&(struct rules){ UNIT, .minimum = RUPIAH_MAX + 1 }, "rule-minimum", "minimum");
	refused(&(struct rules){ UNIT, .cap_purchase = -1 }, "rule-cap", "cap_purchase");
	refused(&(struct rules){ UNIT, .cap_merchant = -1 }, "rule-cap", "cap_merchant");
	refused(&(struct rules){ UNIT, .cap_day = RUPIAH_MAX + 1 }, "rule-cap", "cap_day");
	refused(&(struct rules){ UNIT, .cap_person = -5 }, "rule-cap", "cap_person");
	refused(&(struct rules){ UNIT, .cap_person = 49999 }, "rule-cap-unit", "cap_person");
	refused(&(struct rules){ UNIT, .cap_day = 49999, .counting = RULE_PER_PURCHASE },
	    "rule-cap-unit", "cap_day");
	ok(!rules_check(a, &(struct rules){ UNIT, .cap_day = 49999 }),
	    "a day's cap under the unit is fine where days add up");
	ok(!rules_check(a, &(struct rules){ UNIT, .cap_person = 50 * RB }),
	    "a cap of one unit lets everybody have one coupon");
}

static void test_check_multipliers(void)
{
	static const struct rule_multiplier twice[] = {
		MUL(HOUR, 7, 2000), MUL(DAY, 7, 2000), MUL(HOUR, 7, 3000) };
	static struct rule_multiplier many[RULE_MULTIPLIERS_MAX + 1];

	for (size_t i = 0; i < countof(many); i++)
		many[i] = (struct rule_multiplier)MUL(DAY, DAY_OPENING + (int64_t)i, 1500);
	refused(&(struct rules){ UNIT, TIMES(twice) }, "rule-multiplier-twice", "multiplier");
	refused(&(struct rules){ UNIT, TIMES(many) }, "rule-multiplier-many", "multiplier");
	ok(!rules_check(a, &(struct rules){ UNIT, .multiplier = many,
	    .n_multiplier = RULE_MULTIPLIERS_MAX }), "one less is allowed");
	refused(&(struct rules){ UNIT, MANY(RULE_KEYS, 0, 2000) },
	    "rule-multiplier-kind", "multiplier");
	refused(&(struct rules){ UNIT, MANY(RULE_KEY_VENUE, VENUE_KINDS, 2000) },
	    "rule-multiplier-key", "multiplier");
	refused(&(struct rules){ UNIT, MANY(RULE_KEY_METHOD, -1, 2000) },
	    "rule-multiplier-key", "multiplier");
	refused(&(struct rules){ UNIT, MANY(RULE_KEY_HOUR, 24, 2000) },
	    "rule-multiplier-key", "multiplier");
	refused(&(struct rules){ UNIT, MANY(RULE_KEY_DAY, 84006, 2000) },
	    "rule-multiplier-key", "multiplier");
	refused(&(struct rules){ UNIT, MANY(RULE_KEY_HOUR, 0, -1) },
	    "rule-multiplier-permille", "multiplier");
	refused(&(struct rules){ UNIT, MANY(RULE_KEY_HOUR, 0, 10001) },
	    "rule-multiplier-permille", "multiplier");
}

static void test_check_exclusions(void)
{
	static const struct rule_multiplier bad[] = {
		MUL(SECTOR, SECTOR_BANK, 500), { RULE_KEY_MERCHANT, 7, 1000, S("Toko") },
		MUL(MERCHANT, 7, 0), { RULE_KEY_MERCHANT, 7, 0, S("Toko\nAturan") },
		{ RULE_KEY_SECTOR, SECTOR_BANK, 0, S("Bank") },
	};

	for (size_t i = 0; i < countof(bad); i++)
		refused(&(struct rules){ UNIT, .multiplier = &bad[i], .n_multiplier = 1 },
		    "rule-exclusion", "multiplier");
	refused(&(struct rules){ UNIT, MANY(RULE_KEY_SECTOR, SECTORS, 0) },
	    "rule-multiplier-key", "multiplier");
	ok(!rules_check(a, &(struct rules){ UNIT, TIMES(none_of) }), "exclusions pass");
}

static void test_factors(void)
{
	static const struct { const char *typed; int64_t permille; } good[] = {
		{ "2", 2000 }, { "2x", 2000 }, { " 1,5 ", 1500 }, { "1.5 kali", 1500 },
		{ "0", 0 }, { "0,25", 250 }, { "1,333x", 1333 }, { "10", 10000 }, { "010", 10000 },
	};
	static const char *const bad[] = { "", "x", "-1", "10,001", "11", "1,", ",5", "1,2345",
		"2x2", "dua", "150%", "1 1", "99999999999999999999" };
	int64_t n;
	int wrong = 0;

	for (size_t i = 0; i < countof(good); i++)
		wrong += !rule_permille_parse(str_of(good[i].typed), &n) || n != good[i].permille;
	ok(wrong == 0, "factors as people write them");
	for (size_t i = 0; i < countof(bad); i++)
		wrong += rule_permille_parse(str_of(bad[i]), &n);
	ok(wrong == 0, "and what is none");
	for (int64_t p = 0; p <= RULE_PERMILLE_MAX; p++)
		for (int l = 0; l < LANGS; l++)
			wrong += !rule_permille_parse(rule_permille_text(a, p, (enum lang)l), &n)
			    || n != p;
	ok(wrong == 0, "each factor written is read as itself");
}

static void test_names(void)
{
	int twice = 0;

	for (int i = 0; i < RULE_STEPS; i++)
		for (int j = 0; j < i; j++)
			twice += !strcmp(rule_step_name((enum rule_step)(1 << i)),
			    rule_step_name((enum rule_step)(1 << j)));
	ok(twice == 0, "every step has a name of its own");
}

/* ---- the published text --------------------------------------------- */

static str text_of(const struct rules *r, enum lang l)
{
	struct buf b = BUF(a, 1 << 16);

	rules_text(&b, r, l);
	CHECK(!b.full);
	return buf_done(&b);
}

static void same(str got, const char *want, const char *name)
{
	bool good = str_eq(got, str_of(want));

	ok(good, "%s", name);
	if (!good)
		printf("# got:\n%.*s\n", SV(got));
}

static const struct rules full = { UNIT, .minimum = 10 * RB, .cap_purchase = 5 * JT,
	.cap_merchant = 10 * JT, .cap_day = 20 * JT, .cap_person = 100 * JT, TIMES(all_four) };

static void test_text(void)
{
	struct rules r = { UNIT };

	same(text_of(&r, LANG_ID),
	    "laris-rules/v1\n"
	    "Aturan kupon\n"
	    "- Satu kupon untuk setiap Rp 50.000 belanja yang dihitung.\n"
	    "- Kupon dihitung dari jumlah seluruh belanja sah satu orang; "
	    "sisanya dibawa ke "
	    "belanja berikutnya.\n"
	    "- Memecah atau menggabungkan nota tidak mengubah jumlah kupon.\n"
	    "- Batas hitung program untuk satu orang: Rp "
	    "1.000.000.000.000.000.\n"
	    "- Aturan dipakai menurut urutan di atas.\n"
	    "- Belanja yang dibatalkan dikeluarkan dari jumlah; belanja lain "
	    "tidak dihitung ulang.\n",
	    "the default rules, in Indonesian");
	same(text_of(&full, LANG_EN),
	    "laris-rules/v1\n"
	    "Coupon rules\n"
	    "- One coupon for every Rp 50.000 of purchases that count.\n"
	    "- Coupons come from the total of one person's valid purchases; what is left over is "
	    "carried to the next purchase.\n"
	    "- A purchase under Rp 10.000 does not count.\n"
	    "- Purchases at a market count 1.5 times.\n"
	    "- Purchases by QRIS count 1.333 times.\n"
	    "- Purchases from 10:00 to 10:59 count 1.25 times.\n"
	    "- Purchases on 1 October 2021 count 2 times.\n"
	    "- One purchase counts at most Rp 5.000.000.\n"
	    "- One person's purchases at one merchant count at most Rp 10.000.000.\n"
	    "- One person's purchases on one day count at most Rp 20.000.000.\n"
	    "- One person's purchases count in all at most Rp 100.000.000.\n"
	    "- After each multiplier, fractions of a rupiah are dropped.\n"
	    "- The rules are applied in the order above.\n"
	    "- A void purchase is taken out of the total; other purchases are not counted anew.\n",
	    "all rules, in English");
}

static void test_text_exclusions(void)
{
	struct rules r = { UNIT, TIMES(none_of) };
	str id = text_of(&r, LANG_ID), en = text_of(&r, LANG_EN);

	ok(str_find(id, S("- Belanja di sektor perbankan tidak dihitung.\n"
	    "- Belanja di Toko Cerutu (100077) tidak dihitung.\n"
	    "- Belanja di pasar dihitung 1,5 kali.\n")) != SIZE_MAX, "exclusions, before all else");
	ok(str_find(en, S("- Purchases in the banking sector do not count.\n"
	    "- Purchases at Toko Cerutu (100077) do not count.\n")) != SIZE_MAX, "in English");
	r.n_multiplier = 2;
	ok(str_find(text_of(&r, LANG_EN), S("fractions")) == SIZE_MAX,
	    "where nothing is multiplied, no word of fractions");
}

/* What people read: the sentences of the text, and nothing of its format. */
static void test_words(void)
{
	for (int l = 0; l < LANGS; l++) {
		struct buf b = BUF(a, RULES_TEXT_MAX);
		size_t n;
		str *v, text = text_of(&full, (enum lang)l);

		rules_words(a, &full, (enum lang)l, &v, &n);
		for (size_t i = 0; i < n; i++)
			buf_printf(&b, "- %.*s\n", SV(v[i]));
		ok(n > 10 && str_ends(text, buf_done(&b)) && b.n < text.n,
		    "the words are the text's sentences, language %d", l);
		ok(str_find(buf_done(&b), S("laris-rules")) == SIZE_MAX,
		    "and not its format line, language %d", l);
	}
}

static void test_text_stable(void)
{
	struct rule_multiplier back[countof(all_four)];
	static const struct rule_multiplier hours[] = { MUL(HOUR, 12,
		                                            3000),
		MUL(HOUR, 7, 2000), MUL(HOUR, 9, 1500) };
	struct rules r = full, other = { UNIT, TIMES(hours) };
	str text = text_of(&other, LANG_ID);

	ok(str_find(text, S("pukul 07.00-07.59 dihitung 2 kali.\n- Belanja pukul 09.00-09.59 "
	    "dihitung 1,5 kali.\n- Belanja pukul 12.00")) != SIZE_MAX, "hours in their order");
	for (size_t i = 0; i < countof(back); i++)
		back[i] = all_four[countof(back) - 1 - i];
	r.multiplier = back;
	ok(str_eq(text_of(&r, LANG_ID), text_of(&full, LANG_ID)),
	    "the order of multipliers does not change a byte");
#define DIFFERS(change) do {						\
	other = full;							\
	change;								\
	for (int l = 0; l < LANGS; l++)					\
		ok(!str_eq(text_of(&other, (enum lang)l), text_of(&full, (enum lang)l)), \
		    "%s shows, language %d", #change, l);		\
} while (0)
	DIFFERS(other.unit++);
	DIFFERS(other.counting = RULE_PER_PURCHASE);
	DIFFERS(other.minimum++);
	DIFFERS(other.cap_purchase++);
	DIFFERS(other.cap_merchant++);
	DIFFERS(other.cap_day++);
	DIFFERS(other.cap_person++);
	DIFFERS(other.n_multiplier--);
}

/* Our own limit stands in the archive's text; it says nothing to people. */
static void test_words_limit(void)
{
	struct rules r = { UNIT };
	size_t n, said = 0;
	str *v;

	for (int l = 0; l < LANGS; l++) {
		rules_words(a, &r, (enum lang)l, &v, &n);
		for (size_t i = 0; i < n; i++)
			said += str_find(v[i], S("1.000.000.000.000.000")) != SIZE_MAX;
		ok(n == 5, "five sentences for the simplest rules, language %d", l);
	}
	ok(said == 0, "without our own limit");
}

/* The sentence "splitting changes nothing" stands only where it is true. */
static void test_text_honest(void)
{
	struct rules r[] = {
		{ UNIT, .minimum = 1 }, { UNIT, .cap_purchase = JT },
		{ UNIT, .counting = RULE_PER_PURCHASE }, { UNIT, TIMES(market15) },
	};
	struct rules whole = { UNIT, TIMES(no_mall), .cap_person = JT };
	int bad = 0;

	for (size_t i = 0; i < countof(r); i++)
		bad += str_find(text_of(&r[i], LANG_EN), S("Splitting")) != SIZE_MAX;
	ok(bad == 0, "no promise about splitting where it would be false");
	ok(str_find(text_of(&whole, LANG_EN), S("Splitting")) != SIZE_MAX, "but where it is true");
	ok(str_find(text_of(&whole, LANG_ID), S("Belanja di mal tidak dihitung.")) != SIZE_MAX,
	    "times nought is said plainly");
}

int main(void)
{
	a = arena_new();
	test_golden();
	test_said();
	test_said_carried();
	test_splitting();
	test_order();
	test_caps();
	test_explained();
	test_monotone();
	test_boundaries();
	test_void();
	test_exact();
	test_check_sums();
	test_check_multipliers();
	test_check_exclusions();
	test_factors();
	test_names();
	test_text();
	test_text_exclusions();
	test_words();
	test_text_stable();
	test_text_honest();
	test_words_limit();
	arena_free(&a);
	return done();
}
