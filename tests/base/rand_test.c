#include "base/base.h"
#include "tap.h"
#include <string.h>

static void kernel(void)
{
	unsigned char a[64] = { 0 }, b[64] = { 0 };

	rand_bytes(a, sizeof a);
	rand_bytes(b, sizeof b);
	ok(memcmp(a, b, sizeof a) != 0, "64 bytes twice are not the same");
	rand_bytes(a, 0);
	unsigned char many[5000] = { 0 };
	rand_bytes(many, sizeof many);
	unsigned seen[256] = { 0 }, kinds = 0;
	for (size_t i = 0; i < sizeof many; i++)
		kinds += seen[many[i]]++ == 0;
	ok(kinds > 240, "5000 bytes fill the whole of what was asked for");
}

/* The reference generators' own numbers. */
static void known(void)
{
	static const uint64_t split[] = { UINT64_C(0xe220a8397b1dcdaf),
	    UINT64_C(0x6e789e6aa1b965f4), UINT64_C(0x06c45d188009454f),
	    UINT64_C(0xf88bb8a8724c81ec) };
	static const uint64_t xo[] = { 11520, 0, 1509978240, UINT64_C(1215971899390074240),
	    UINT64_C(1216172134540287360), UINT64_C(607988272756665600),
	    UINT64_C(16172922978634559625), UINT64_C(8476171486693032832),
	    UINT64_C(10595114339597558777), UINT64_C(2904607092377533576) };
	struct prng r;
	unsigned wrong = 0;

	prng_seed(&r, 0);
	ok(!memcmp(r.s, split, sizeof split), "splitmix64 of 0");
	r = (struct prng){ { 1, 2, 3, 4 } };
	for (size_t i = 0; i < countof(xo); i++)
		wrong += prng_next(&r) != xo[i];
	ok(wrong == 0, "xoshiro256** of 1, 2, 3, 4");
}

static void below(void)
{
	struct prng r, same;
	unsigned seen[6] = { 0 }, wrong = 0;

	prng_seed(&r, 42);
	same = r;
	for (int i = 0; i < 60000; i++)
		seen[prng_below(&r, 6)]++;
	for (int i = 0; i < 6; i++)
		wrong += seen[i] < 9500 || seen[i] > 10500;
	ok(wrong == 0, "a die: each face about as often");
	for (int i = 0; i < 60000; i++)
		seen[prng_below(&same, 6)]--;
	for (int i = 0; i < 6; i++)
		wrong += seen[i] != 0;
	ok(wrong == 0, "the same for the same seed");
	for (int i = 0; i < 100; i++)
		wrong += prng_below(&r, 1) != 0;
	/* Where taking the rest would favour the lower half two to one. */
	uint64_t n = (UINT64_C(1) << 63) + (UINT64_C(1) << 62);
	unsigned low = 0;
	for (int i = 0; i < 10000; i++) {
		uint64_t x = prng_below(&r, n);
		wrong += x >= n;
		low += x < n / 3;
	}
	ok(wrong == 0 && low > 3000 && low < 3700, "unbiased for a large bound");
}

static void repeated(void)
{
	unsigned char a[33], b[33], c[33];
	struct prng x, y;

	prng_seed(&x, 5);
	prng_seed(&y, 5);
	rand_repeat(&x);
	rand_bytes(a, sizeof a);
	rand_repeat(&y);
	rand_bytes(b, sizeof b);
	rand_repeat(NULL);
	rand_bytes(c, sizeof c);
	ok(!memcmp(a, b, sizeof a), "a demonstration's secrets are repeated");
	ok(memcmp(a, c, sizeof a) != 0, "and nobody else's");
}

int main(void)
{
	kernel();
	known();
	below();
	repeated();
	return done();
}
