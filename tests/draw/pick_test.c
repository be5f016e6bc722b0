/* pick_test.c - the arithmetic of a draw. */
#include "mod/draw/pick.h"
#include "golden.h"
#include "tap.h"
#include <string.h>

static struct arena *a;

/*
 * bounded.json holds numbers over INT64_MAX, which our JSON reader does
 * not read on purpose; the file is one member a line.
 */
static void bounded_vectors(void)
{
	FILE *f = fopen(golden_path(a, "bounded.json"), "r");
	unsigned long long n = 0, want;
	unsigned char x[32];
	char line[256], hex[80] = "";
	int seen = 0, bad = 0;

	ok(f != NULL, "bounded.json is there");
	while (f && fgets(line, sizeof line, f)) {
		uint64_t got = 0;
		bool null = strncmp(line, "\"index\": null", 13) == 0, accepted;
		if (sscanf(line, "\"n\": %llu", &n) == 1 ||
		    sscanf(line, "\"x\": \"%64[0-9a-f]\"", hex) == 1)
			continue;
		if (!null && sscanf(line, "\"index\": %llu", &want) != 1)
			continue;
		seen++;
		bad += !hex_get(x, 32, str_of(hex));
		accepted = pick_bounded(x, n, &got);
		bad += null ? accepted : !accepted || got != want;
	}
	if (f)
		fclose(f);
	ok(seen == 105, "bounded.json has its 105 cases (%d)", seen);
	ok(bad == 0, "the map to [0,n) agrees with all of them");
}

static void edges(void)
{
	unsigned char x[32];
	uint64_t i = 7;

	memset(x, 0xff, 32);
	ok(pick_bounded(x, 1, &i) && i == 0, "n = 1: nothing is rejected");
	ok(pick_bounded(x, UINT64_C(1) << 63, &i) && i == INT64_MAX,
	    "a power of two: nothing is rejected");
	ok(!pick_bounded(x, 3, &i), "2^256 - 1 is one too many for n = 3");
	x[31] = 0xfe;
	ok(pick_bounded(x, 3, &i) && i == 2, "2^256 - 2 is the last one accepted");
	x[0] = 0;
	ok(pick_bounded(x, 3, &i), "ones below a zero byte are not an excess");
}

static struct pick_list list_of(const uint64_t *counts, size_t n)
{
	unsigned char *rec = NEWN(a, unsigned char, n * PICK_RECORD);
	struct pick_list l = { 0 };

	for (size_t i = 0; i < n; i++) {
		struct hash cid;
		sha256(&cid, &i, sizeof i);
		pick_record_set(rec + i * PICK_RECORD, &cid, counts[i], 0);
	}
	if (pick_list_seal(a, rec, n, NULL, &l))
		l.n = 0;
	return l;
}

static void lists(void)
{
	enum { N = 20000 };
	static unsigned char rec[N * PICK_RECORD];
	static uint64_t tags[N];
	struct prng r;
	struct pick_list l, again;
	uint64_t sum = 0;
	int bad = 0;

	prng_seed(&r, 1);
	for (size_t i = 0; i < N; i++) {
		struct hash h;
		uint64_t id = prng_next(&r);
		sha256(&h, &id, sizeof id);
		if (i % 2)	/* long common beginnings: deep recursion */
			memset(&h, 0x5a, i % 4 == 1 ? 30 : 24);
		h.b[30] = (unsigned char)i;
		h.b[31] = (unsigned char)(i >> 8);
		pick_record_set(rec + i * PICK_RECORD, &h, 1 + prng_below(&r, 1000), i);
	}
	ok(!pick_list_seal(a, rec, N, tags, &l), "twenty thousand holders are sealed");
	for (size_t i = 0; i < N; i++) {
		bad += i && memcmp(rec + (i - 1) * PICK_RECORD, rec + i * PICK_RECORD, 32) >= 0;
		bad += pick_first(&l, i) != sum;
		bad += rec[i * PICK_RECORD + 30] != (unsigned char)tags[i];
		bad += pick_holder(&l, sum) != i;
		sum += pick_count(&l, i);
		bad += pick_holder(&l, sum - 1) != i;
		bad += pick_find(&l, rec + i * PICK_RECORD) != i;
	}
	ok(bad == 0 && l.coupons == sum,
	    "ascending, contiguous, found by coupon and by cid, tags with them");
	ok(!pick_list_read(a, (str){ (char *)rec, sizeof rec }, &again) &&
	    again.coupons == sum, "its bytes read back");
	rec[47]++;
	ok(pick_list_read(a, (str){ (char *)rec, sizeof rec }, &again) != NULL,
	    "a count altered is a gap");
	rec[47]--;
	ok(pick_list_read(a, (str){ (char *)rec, sizeof rec - 1 }, &again) != NULL,
	    "half a record is refused");
	ok(pick_list_read(a, S(""), &again) != NULL, "so is no record");
}

static bool refuses(const uint64_t *counts, size_t n, bool twice, const char *rule)
{
	unsigned char rec[4 * PICK_RECORD] = { 0 };
	struct pick_list l;
	err e;

	for (size_t i = 0; i < n; i++) {
		struct hash h = { { (unsigned char)(twice ? 1 : i) } };
		pick_record_set(rec + i * PICK_RECORD, &h, counts[i], 0);
	}
	e = pick_list_seal(a, rec, n, NULL, &l);
	return e && !strcmp(e->rule, rule);
}

static void refusals(void)
{
	ok(refuses(NULL, 0, false, "draw-empty"), "an empty list is no draw");
	ok(refuses((uint64_t[]){ 1, 0 }, 2, false, "draw-count"), "a holder holds something");
	ok(refuses((uint64_t[]){ 1, 1 }, 2, true, "draw-cid-twice"), "a cid is there once");
	ok(refuses((uint64_t[]){ INT64_MAX, 1 }, 2, false, "draw-count"),
	    "the sum fits 63 bits");
	ok(!refuses((uint64_t[]){ INT64_MAX - 1, 1 }, 2, false, "draw-count"),
	    "just so");
}

/* ---- walking ------------------------------------------------------- */

static struct pick_step steps[4096];
static size_t n_steps;

static void keep(void *ctx, const struct pick_step *s)
{
	(void)ctx;
	if (n_steps < countof(steps))
		steps[n_steps++] = *s;
}

static struct pick walk_of(const struct pick_list *l, struct pick_prize *p, size_t n)
{
	struct pick k = { .list = l, .prizes = p, .n_prizes = n, .step = keep };

	n_steps = 0;
	memset(k.seed, 'a', sizeof k.seed);
	return k;
}

static void walking(void)
{
	struct pick_list l = list_of((uint64_t[]){ 5, 1, 1, 1, 1 }, 5);
	struct pick_prize p[] = { { S("A"), S("x"), 3, 0 }, { S("B"), S("x"), 9, 0 },
		{ S("C"), S("y"), 9, 0 } };
	struct pick k = walk_of(&l, p, 3);
	struct hash barred[3];
	int bad = 0;

	memcpy(&barred[0], l.rec + 2 * PICK_RECORD, 32);
	barred[1] = barred[0];			/* twice */
	memset(&barred[2], 0xee, 32);		/* a stranger */
	k.ineligible = barred;
	k.n_ineligible = 3;
	ok(!pick_run(a, &k), "three prizes, five holders, one barred");
	ok(p[0].won == 3 && p[1].won == 1, "a class ends when all four have won in it");
	ok(p[2].won == 4, "another class begins anew; the rest is not drawn");
	for (size_t i = 0; i < n_steps; i++) {
		const struct pick_step *s = &steps[i];
		bad += s->holder == 2 && s->result != PICK_INELIGIBLE;
		bad += pick_holder(&l, s->coupon) != s->holder;
		bad += i && s->prize == s[-1].prize && s->k != s[-1].k + 1;
	}
	ok(bad == 0, "the barred one never wins, coupons are their holder's, k goes up by one");
	k.n_ineligible = 0;
	k.steps_max = 2;
	ok(pick_run(a, &k) != NULL, "steps are bounded");
}

static void nobody(void)
{
	struct pick_list l = list_of((uint64_t[]){ 3 }, 1);
	struct pick_prize p[] = { { S("A"), S("x"), 1, 0 } };
	struct pick k = walk_of(&l, p, 1);
	struct hash barred;

	memcpy(&barred, l.rec, 32);
	k.ineligible = &barred;
	k.n_ineligible = 1;
	ok(!pick_run(a, &k) && !n_steps && !p[0].won, "nobody eligible: not drawn, no step");
	k.n_prizes = 0;
	ok(pick_run(a, &k) != NULL, "a draw without prizes is refused");
	k.n_prizes = 1;
	p[0].number = 0;
	ok(pick_run(a, &k) != NULL, "so is a prize without places");
}

/* ---- fairness ------------------------------------------------------ */

static double chi_square(const unsigned *seen, size_t n, double want)
{
	double x = 0;

	for (size_t i = 0; i < n; i++)
		x += (seen[i] - want) * (seen[i] - want) / want;
	return x;
}

/*
 * A million draws of one coupon each out of 1000 with known seeds: every
 * coupon as often as any other.  The 99.9 % quantile of chi-square with
 * 999 degrees of freedom is 1143; the seeds are fixed, so the test is.
 */
static void uniform_coupons(void)
{
	static unsigned seen[1000];
	double x;

	for (unsigned i = 0; i < 1000000; i++) {
		char text[32];
		struct hash h;
		uint64_t c;
		int n = snprintf(text, sizeof text, "chi,P,%u", i);
		sha256(&h, text, (size_t)n);
		if (pick_bounded(h.b, 1000, &c))
			seen[c]++;
	}
	x = chi_square(seen, 1000, 1000.0);
	ok(x > 860 && x < 1143, "coupons come uniformly (chi-square %.1f, 999 df)", x);
}

/*
 * A million whole draws with fixed seeds: a holder's chance is the share of the
 * coupons, 1 of 100 up to 40 of 100.
 */
static void weighted_holders(void)
{
	static const uint64_t counts[] = { 1, 4, 10, 20, 25, 40 };
	struct pick_list l = list_of(counts, 6);
	unsigned won[6] = { 0 };
	double x = 0;

	for (unsigned i = 0; i < 1000000; i++) {
		struct pick_prize p = { S("P"), S("x"), 1, 0 };
		struct pick k = walk_of(&l, &p, 1);
		struct arena *t = a;
		struct hash h;
		sha256(&h, &i, sizeof i);
		hex_put(k.seed, &h, 32);
		if (i % 1000 == 0)
			arena_reset(t = a), l = list_of(counts, 6);
		if (!pick_run(t, &k))
			won[steps[0].holder]++;
	}
	for (size_t i = 0; i < 6; i++) {
		double want = 10000.0 * (double)pick_count(&l, i);
		x += (won[i] - want) * (won[i] - want) / want;
	}
	ok(x < 20.5, "holders win by their share (chi-square %.2f, 5 df, 99.9 %% is 20.5)", x);
}

int main(void)
{
	a = arena_new();
	bounded_vectors();
	edges();
	lists();
	refusals();
	walking();
	nobody();
	uniform_coupons();
	weighted_holders();
	arena_free(&a);
	return done();
}
