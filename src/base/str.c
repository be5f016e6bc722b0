#include "base/str.h"
#include <endian.h>
#include <string.h>

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

static bool space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

str str_of(const char *cstr)
{
	return cstr ? (str){ cstr, strlen(cstr) } : (str){ 0 };
}

bool str_eq(str a, str b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

bool str_eq_nocase(str a, str b)
{
	if (a.n != b.n)
		return false;
	for (size_t i = 0; i < a.n; i++)
		if (lower(a.p[i]) != lower(b.p[i]))
			return false;
	return true;
}

int str_cmp(str a, str b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int c = n ? memcmp(a.p, b.p, n) : 0;

	return c ? c : (a.n > b.n) - (a.n < b.n);
}

bool str_starts(str s, str with)
{
	return s.n >= with.n && str_eq((str){ s.p, with.n }, with);
}

bool str_ends(str s, str with)
{
	return s.n >= with.n && str_eq(str_sub(s, s.n - with.n, with.n), with);
}

size_t str_find(str s, str what)
{
	if (what.n == 0)
		return 0;
	if (what.n > s.n)
		return SIZE_MAX;
	const char *hit = memmem(s.p, s.n, what.p, what.n);
	return hit ? (size_t)(hit - s.p) : SIZE_MAX;
}

str str_sub(str s, size_t from, size_t n)
{
	if (from >= s.n)
		return (str){ s.p ? s.p + s.n : NULL, 0 };
	if (n > s.n - from)
		n = s.n - from;
	return (str){ s.p + from, n };
}

str str_trim(str s)
{
	while (s.n && space(s.p[0])) {
		s.p++;
		s.n--;
	}
	while (s.n && space(s.p[s.n - 1]))
		s.n--;
	return s;
}

bool str_take(str *s, char end, str *piece)
{
	*piece = (str){ s->p, 0 };
	if (s->n == 0)
		return false;
	const char *hit = memchr(s->p, end, s->n);
	if (!hit) {
		*piece = *s;
		*s = (str){ s->p + s->n, 0 };
		return true;
	}
	piece->n = (size_t)(hit - s->p);
	s->p = hit + 1;
	s->n -= piece->n + 1;
	return true;
}

/* Negative numbers are built downwards: INT64_MIN has no positive twin. */
static bool push(int64_t *x, char c, bool neg)
{
	int d = c - '0';

	return d >= 0 && d <= 9 && !__builtin_mul_overflow(*x, 10, x) &&
	    !__builtin_sub_overflow(*x, neg ? d : -d, x);
}

bool str_int(str s, int64_t min, int64_t max, int64_t *v)
{
	bool neg = min < 0 && s.n && s.p[0] == '-';
	int64_t x = 0;

	if (s.n == neg)
		return false;
	for (size_t i = neg; i < s.n; i++)
		if (!push(&x, s.p[i], neg))
			return false;
	if (x < min || x > max)
		return false;
	*v = x;
	return true;
}

/* RFC 3629, table 3-7 of Unicode: the range of the second byte. */
static bool second_ok(unsigned char first, unsigned char second)
{
	switch (first) {
	case 0xe0: return second >= 0xa0 && second <= 0xbf;
	case 0xed: return second >= 0x80 && second <= 0x9f;
	case 0xf0: return second >= 0x90 && second <= 0xbf;
	case 0xf4: return second >= 0x80 && second <= 0x8f;
	default:   return second >= 0x80 && second <= 0xbf;
	}
}

static size_t sequence(unsigned char first)
{
	if (first < 0x80)
		return first != 0;
	if (first >= 0xc2 && first <= 0xdf)
		return 2;
	if ((first & 0xf0) == 0xe0)
		return 3;
	return first >= 0xf0 && first <= 0xf4 ? 4 : 0;
}

bool str_utf8(str s)
{
	const unsigned char *p = (const unsigned char *)s.p;

	for (size_t i = 0, n; i < s.n; i += n) {
		n = sequence(p[i]);
		if (n == 0 || n > s.n - i)
			return false;
		if (n > 1 && !second_ok(p[i], p[i + 1]))
			return false;
		for (size_t k = 2; k < n; k++)
			if ((p[i + k] & 0xc0) != 0x80)
				return false;
	}
	return true;
}

/* Four bytes at once, a byte of "x" for each digit; 'a' stands 39 beyond what follows '9'. */
static void eight_digits(char *out, const unsigned char *p)
{
	const uint64_t each = UINT64_C(0x0101010101010101);
	uint32_t four;
	uint64_t x;

	memcpy(&four, p, sizeof four);
	x = be32toh(four);
	x = (x << 16 | x) & UINT64_C(0x0000ffff0000ffff);
	x = (x << 8 | x) & UINT64_C(0x00ff00ff00ff00ff);
	x = (x << 4 | x) & UINT64_C(0x0f0f0f0f0f0f0f0f);
	x += '0' * each + ((x + 6 * each) >> 4 & each) * ('a' - '9' - 1);
	x = htobe64(x);
	memcpy(out, &x, sizeof x);
}

void hex_put(char *out, const void *bytes, size_t n)
{
	static const char digit[] = "0123456789abcdef";
	const unsigned char *p = bytes;
	size_t i = 0;

	for (; i + 4 <= n; i += 4)
		eight_digits(out + 2 * i, p + i);
	for (; i < n; i++) {
		out[2 * i] = digit[p[i] >> 4];
		out[2 * i + 1] = digit[p[i] & 15];
	}
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool hex_get(void *bytes, size_t n, str hex)
{
	unsigned char *p = bytes;

	if (hex.n % 2 || hex.n / 2 != n)
		return false;
	for (size_t i = 0; i < n; i++) {
		int hi = hex_digit(hex.p[2 * i]);
		int lo = hex_digit(hex.p[2 * i + 1]);
		if (hi < 0 || lo < 0)
			return false;
		p[i] = (unsigned char)(hi << 4 | lo);
	}
	return true;
}
