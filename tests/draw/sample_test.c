/* sample_test.c - which coupons are checked, and what that proves. */
#include "mod/draw/sample.h"
#include "tap.h"
#include <string.h>

#define HOLDERS 40

static struct arena *a;
static unsigned char rec[HOLDERS * PICK_RECORD];
static struct pick_list list;

static uint64_t mod(const struct hash *h, uint64_t n)
{
	uint64_t r = 0;

	for (int i = 0; i < 32; i++)
		r = (r * 256 + h->b[i]) % n;
	return r;
}

/* By nothing but SHA-256 and division, as a stranger would. */
static void by_hand(void)
{
	static struct sampled v[100];
	str freeze = S("laris-undian/v1\n"), beacon = S("laris-beacon/v1\n"), tsv, seed;
	str told = sample_text(a, S("x"), 100, S("00"), 7);
	str all = arena_printf(a, "%.*s%.*s%.*s", SV(freeze), SV(told), SV(beacon));
	bool used[1000] = { false };
	struct hash h;
	size_t n = 0;
	int bad = 0;

	ok(str_eq(told, S("laris-sample/v1\ndraw x\ncount 100\ndrand 00\nround 7\n")),
	    "sample.txt");
	ok(!sample_choose(a, &list, freeze, told, beacon, 100, v, &tsv), "chosen");
	sha256(&h, all.p, all.n);
	seed = hash_hex(a, &h);
	for (int k = 0; n < 100; k++) {
		str line = arena_printf(a, "%.*s,SAMPLE,%d", SV(seed), k);
		sha256(&h, line.p, line.n);
		uint64_t c = mod(&h, list.coupons);
		if (used[c])
			continue;
		used[c] = true;
		bad += v[n].coupon != c || v[n].k != (uint64_t)k ||
		    v[n].holder != pick_holder(&list, c);
		n++;
	}
	ok(!bad, "the same hundred coupons by hand, none twice");
	ok(str_starts(tsv, arena_printf(a, "1\t%llu\t%llu\t", (unsigned long long)v[0].k,
	    (unsigned long long)v[0].coupon)), "sample.tsv");
	ok(sample_choose(a, &list, freeze, told, beacon, list.coupons + 1, v, &tsv) != NULL,
	    "no more than there are");
}

int main(void)
{
	struct hash cid;

	a = arena_new();
	for (int i = 0; i < HOLDERS; i++) {
		sha256(&cid, &i, sizeof i);
		pick_record_set(rec + i * PICK_RECORD, &cid, (uint64_t)i % 7 + 1, 0);
	}
	if (pick_list_seal(a, rec, HOLDERS, NULL, &list))
		panic("no list");
	by_hand();
	/* 1 - 0.05^(1/n) where none is bad; the others by the beta quantile. */
	ok(sample_bound(500, 0) == 5974, "500 clean ones: at most 0.6 %%");
	ok(sample_bound(1, 0) == 950000, "one clean one proves little");
	ok(sample_bound(10, 10) == 1000000 && sample_bound(0, 0) == 1000000,
	    "nothing proves nothing");
	ok(sample_bound(10, 1) == 394164, "one bad of ten: 39.4 %%");
	ok(sample_bound(5000, 5) == 2102, "five of 5,000: 0.21 %%");
	arena_free(&a);
	return done();
}
