#include "base/base64.h"

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

void base64_put(struct buf *b, const void *bytes, size_t n)
{
	const unsigned char *p = bytes;

	for (size_t i = 0; i < n; i += 3) {
		size_t left = n - i;
		uint32_t v = (uint32_t)p[i] << 16 | (left > 1 ? (uint32_t)p[i + 1] << 8 : 0) |
		    (left > 2 ? p[i + 2] : 0);
		char four[4] = { digits[v >> 18], digits[v >> 12 & 63],
		    left > 1 ? digits[v >> 6 & 63] : '=', left > 2 ? digits[v & 63] : '=' };
		buf_put(b, four, sizeof four);
	}
}

static int value(char c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (c >= '0' && c <= '9')
		return c - '0' + 52;
	return c == '+' ? 62 : c == '/' ? 63 : -1;
}

/* Four digits, the last "pad" of them '=', whose bits are nought. */
static bool take_four(const char *s, int pad, uint32_t *v)
{
	*v = 0;
	for (int i = 0; i < 4; i++) {
		int d = i >= 4 - pad ? (s[i] == '=' ? 0 : -1) : value(s[i]);
		if (d < 0)
			return false;
		*v = *v << 6 | (uint32_t)d;
	}
	return !(*v & ((UINT32_C(1) << 8 * pad) - 1));
}

bool base64_get(void *bytes, size_t max, size_t *n, str s)
{
	unsigned char *p = bytes;

	*n = 0;
	if (s.n % 4)
		return false;
	for (size_t i = 0; i < s.n; i += 4) {
		int pad = 0;
		uint32_t v;
		if (i + 4 == s.n)
			pad = s.p[i + 2] == '=' ? 2 : s.p[i + 3] == '=' ? 1 : 0;
		if (!take_four(s.p + i, pad, &v) || max - *n < (size_t)(3 - pad))
			return false;
		for (int b = 0; b < 3 - pad; b++)
			p[(*n)++] = (unsigned char)(v >> (16 - 8 * b));
	}
	return true;
}
