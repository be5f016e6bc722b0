#include "crypto/sha_ni.h"

#if defined(__x86_64__)
#include <cpuid.h>
#include <immintrin.h>

/* The constants of FIPS 180-4, 4.2.2. */
static const uint32_t round_constant[64] = {
	0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4,
	0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe,
	0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f,
	0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7,
	0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc,
	0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b,
	0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116,
	0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
	0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7,
	0xc67178f2,
};

#define NI	__attribute__((target("sha,sse4.1")))
#define INTO	static inline __attribute__((always_inline, target("sha,sse4.1")))

bool sha_ni_there(void)
{
	unsigned a, b, c, d;

	if (!__get_cpuid(1, &a, &b, &c, &d) || !(c & bit_SSE4_1) || !(c & bit_SSSE3))
		return false;
	return __get_cpuid_count(7, 0, &a, &b, &c, &d) && (b & bit_SHA);
}

/* As the instructions want them: a b e f and c d g h, from the top; 16 words of the message. */
struct lane { __m128i abef, cdgh, m[4]; };

INTO __m128i words(const void *p)
{
	return _mm_loadu_si128(p);
}

INTO void enter(struct lane *l, const struct sha_state *s)
{
	__m128i dcba = words(s->w), hgfe = words(s->w + 4);
	__m128i cdab = _mm_shuffle_epi32(dcba, 0xb1), efgh = _mm_shuffle_epi32(hgfe, 0x1b);

	l->abef = _mm_alignr_epi8(cdab, efgh, 8);
	l->cdgh = _mm_blend_epi16(efgh, cdab, 0xf0);
}

INTO void leave(const struct lane *l, struct sha_state *s)
{
	__m128i feba = _mm_shuffle_epi32(l->abef, 0x1b), dchg = _mm_shuffle_epi32(l->cdgh, 0xb1);

	_mm_storeu_si128((void *)s->w, _mm_blend_epi16(feba, dchg, 0xf0));
	_mm_storeu_si128((void *)(s->w + 4), _mm_alignr_epi8(dchg, feba, 8));
}

INTO void take(struct lane *l, const unsigned char *p)
{
	const __m128i swap = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);

	l->m[0] = _mm_shuffle_epi8(words(p), swap);
	l->m[1] = _mm_shuffle_epi8(words(p + 16), swap);
	l->m[2] = _mm_shuffle_epi8(words(p + 32), swap);
	l->m[3] = _mm_shuffle_epi8(words(p + 48), swap);
}

/* The next four words of the schedule, over the oldest four. */
INTO void expand(struct lane *l, int i)
{
	__m128i *m = l->m, w;

	w = _mm_sha256msg1_epu32(m[i & 3], m[(i + 1) & 3]);
	w = _mm_add_epi32(w, _mm_alignr_epi8(m[(i + 3) & 3], m[(i + 2) & 3], 4));
	m[i & 3] = _mm_sha256msg2_epu32(w, m[(i + 3) & 3]);
}

INTO void four_rounds(struct lane *l, int i, const uint32_t *k)
{
	__m128i w = _mm_add_epi32(l->m[i], words(k + 4 * i));

	l->cdgh = _mm_sha256rnds2_epu32(l->cdgh, l->abef, w);
	l->abef = _mm_sha256rnds2_epu32(l->abef, l->cdgh, _mm_shuffle_epi32(w, 0x0e));
}

/* Each index is a constant, or the words live in memory instead of registers. */
INTO void first_rounds(struct lane *l)
{
	four_rounds(l, 0, round_constant);
	four_rounds(l, 1, round_constant);
	four_rounds(l, 2, round_constant);
	four_rounds(l, 3, round_constant);
}

INTO void next_four(struct lane *l, int i, const uint32_t *k)
{
	expand(l, i);
	four_rounds(l, i, k);
}

INTO void two_fours(struct lane *x, struct lane *y, int i, const uint32_t *k)
{
	expand(x, i);
	expand(y, i);
	four_rounds(x, i, k);
	four_rounds(y, i, k);
}

INTO void add(struct lane *l, const struct lane *was)
{
	l->abef = _mm_add_epi32(l->abef, was->abef);
	l->cdgh = _mm_add_epi32(l->cdgh, was->cdgh);
}

NI void sha_ni_blocks(struct sha_state *s, const unsigned char *p, size_t blocks)
{
	struct lane l;

	enter(&l, s);
	for (; blocks; blocks--, p += SHA_BLOCK) {
		struct lane was = l;
		take(&l, p);
		first_rounds(&l);
		for (const uint32_t *k = round_constant + 16; k < round_constant + 64; k += 16) {
			next_four(&l, 0, k);
			next_four(&l, 1, k);
			next_four(&l, 2, k);
			next_four(&l, 3, k);
		}
		add(&l, &was);
	}
	leave(&l, s);
}

NI void sha_ni_two(struct sha_state s[2], const unsigned char *const p[2], size_t blocks)
{
	struct lane x, y;

	enter(&x, &s[0]);
	enter(&y, &s[1]);
	for (size_t b = 0; b < blocks; b++) {
		struct lane was_x = x, was_y = y;
		take(&x, p[0] + b * SHA_BLOCK);
		take(&y, p[1] + b * SHA_BLOCK);
		first_rounds(&x);
		first_rounds(&y);
		for (const uint32_t *k = round_constant + 16; k < round_constant + 64; k += 16) {
			two_fours(&x, &y, 0, k);
			two_fours(&x, &y, 1, k);
			two_fours(&x, &y, 2, k);
			two_fours(&x, &y, 3, k);
		}
		add(&x, &was_x);
		add(&y, &was_y);
	}
	leave(&x, &s[0]);
	leave(&y, &s[1]);
}

#else

bool sha_ni_there(void)
{
	return false;
}

void sha_ni_blocks(struct sha_state *s, const unsigned char *p, size_t blocks)
{
	(void)s, (void)p, (void)blocks;
	panic("no SHA instructions here");
}

void sha_ni_two(struct sha_state s[2], const unsigned char *const p[2], size_t blocks)
{
	(void)s, (void)p, (void)blocks;
	panic("no SHA instructions here");
}

#endif
