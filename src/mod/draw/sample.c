#include "mod/draw/sample.h"
#include <math.h>
#include <stdio.h>

str sample_text(struct arena *a, str draw, int64_t count, str chain, int64_t round)
{
	return arena_printf(a, "laris-sample/v1\ndraw %.*s\ncount %lld\ndrand %.*s\nround %lld\n",
	    SV(draw), (long long)count, SV(chain), (long long)round);
}

static bool chosen(const struct sampled *v, size_t n, uint64_t coupon)
{
	for (size_t i = 0; i < n; i++)
		if (v[i].coupon == coupon)
			return true;
	return false;
}

static bool coupon_at(const char seed[PICK_SEED], uint64_t k, uint64_t coupons, uint64_t *coupon)
{
	char text[PICK_SEED + 40];
	int n = snprintf(text, sizeof text, "%.64s," SAMPLE_LABEL ",%llu", seed,
	    (unsigned long long)k);
	struct hash h;

	sha256(&h, text, (size_t)n);
	return pick_bounded(h.b, coupons, coupon);
}

err sample_choose(struct arena *a, const struct pick_list *l, str freeze, str sample, str beacon,
    size_t count, struct sampled *out, str *tsv)
{
	struct buf b = BUF(a, (size_t)SAMPLE_MAX * 160);
	char seed[PICK_SEED], cid[64];
	size_t n = 0;

	if (!count || count > SAMPLE_MAX || count > l->coupons)
		return ERR(a, ERR_INVALID, "draw-sample-count");
	pick_seed(seed, freeze, sample, beacon);
	for (uint64_t k = 0; n < count; k++) {
		struct sampled *s = &out[n];
		if (k == PICK_STEPS_MAX)
			return ERR(a, ERR_INVALID, "draw-long", .arg = { S(SAMPLE_LABEL) });
		if (!coupon_at(seed, k, l->coupons, &s->coupon) || chosen(out, n, s->coupon))
			continue;
		s->k = k;
		s->holder = pick_holder(l, s->coupon);
		hex_put(cid, l->rec + s->holder * PICK_RECORD, 32);
		buf_printf(&b, "%zu\t%llu\t%llu\t%.64s\n", ++n, (unsigned long long)k,
		    (unsigned long long)s->coupon, cid);
	}
	CHECK(!b.full);
	*tsv = buf_done(&b);
	return NULL;
}

/* P(at most "bad" of n) when each is bad with chance p. */
static double at_most(int64_t n, int64_t bad, double p)
{
	double sum = 0, dn = (double)n;

	for (int64_t i = 0; i <= bad; i++) {
		double di = (double)i;
		sum += exp(lgamma(dn + 1) - lgamma(di + 1) - lgamma(dn - di + 1) +
		    di * log(p) + (dn - di) * log1p(-p));
	}
	return sum;
}

int64_t sample_bound(int64_t n, int64_t bad)
{
	double lo = 0, hi = 1;

	CHECK(bad >= 0 && bad <= n);
	if (n == 0 || bad == n)
		return 1000000;
	for (int i = 0; i < 60; i++) {
		double mid = (lo + hi) / 2;
		if (at_most(n, bad, mid) > 0.05)
			lo = mid;
		else
			hi = mid;
	}
	return (int64_t)ceil(hi * 1000000 - 1e-6);
}
