#include "base/rand.h"
#include "base/panic.h"
#include <errno.h>
#include <string.h>
#include <sys/random.h>

/* The one thing that remembers: what is repeated instead, in a demonstration. */
struct repeated { struct prng *prng; };
static struct repeated *repeated(void)
{
	static _Thread_local struct repeated r;

	return &r;
}

void rand_repeat(struct prng *prng)
{
	repeated()->prng = prng;
}

void rand_bytes(void *to, size_t n)
{
	unsigned char *p = to;
	struct prng *again = repeated()->prng;

	for (size_t i = 0; again && i < n; i++)
		p[i] = (unsigned char)(prng_next(again) >> 56);
	while (!again && n) {
		ssize_t got = getrandom(p, n, 0);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			panic("getrandom: %s", strerror(errno));
		p += got;
		n -= (size_t)got;
	}
}

static uint64_t rotl(uint64_t x, int k)
{
	return x << k | x >> (64 - k);
}

/* splitmix64, as its authors advise for filling the state. */
void prng_seed(struct prng *r, uint64_t seed)
{
	for (size_t i = 0; i < countof(r->s); i++) {
		uint64_t z = seed += UINT64_C(0x9e3779b97f4a7c15);
		z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
		z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
		r->s[i] = z ^ z >> 31;
	}
}

/* xoshiro256** 1.0 */
uint64_t prng_next(struct prng *r)
{
	uint64_t *s = r->s;
	uint64_t out = rotl(s[1] * 5, 7) * 9;
	uint64_t t = s[1] << 17;

	s[2] ^= s[0];
	s[3] ^= s[1];
	s[1] ^= s[2];
	s[0] ^= s[3];
	s[2] ^= t;
	s[3] = rotl(s[3], 45);
	return out;
}

uint64_t prng_below(struct prng *r, uint64_t n)
{
	CHECK(n > 0);
	uint64_t uneven = -n % n;	/* 2^64 mod n values would be favoured */
	uint64_t x;

	do
		x = prng_next(r);
	while (x < uneven);
	return x % n;
}
