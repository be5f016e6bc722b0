/* qr.c: the path draws what libqrencode made, and what cannot be drawn is
 * refused.  That a reader reads it is tested in the browser (tests/e2e). */
#include "core/qr.h"
#include "tap.h"
#include <stdlib.h>
#include <string.h>

/* The path back into modules; false on anything that is not M, m or h. */
static bool raster(struct arena *a, str d, int side, unsigned char *dark)
{
	const char *p = arena_cstr(a, d);
	int x = 0, y = 0;
	while (*p) {
		char op = *p++, *end;
		long n = strtol(p, &end, 10);
		p = end;
		if (op == 'M') {
			x = (int)n - QR_QUIET;
			y = (int)strtol(p, &end, 10) - QR_QUIET;
			if (strncmp(end, ".5", 2) != 0)
				return false;
			p = end + 2;
		} else if (op == 'm') {
			x += (int)n;
			if (strncmp(p, " 0", 2) != 0)
				return false;
			p += 2;
		} else if (op == 'h') {
			for (long i = 0; i < n; i++, x++)
				if (x < 0 || x >= side || y < 0 || y >= side)
					return false;
				else
					dark[y * side + x] = 1;
		} else {
			return false;
		}
	}
	return true;
}

/* ISO/IEC 18004 6.3.3: a dark ring of 7, a light one of 5, a dark 3 by 3. */
static bool finder(const struct qr_code *c, int left, int top)
{
	for (int y = 0; y < 7; y++)
		for (int x = 0; x < 7; x++) {
			int far = abs(x - 3) > abs(y - 3) ? abs(x - 3) : abs(y - 3);
			if (c->dark[(top + y) * c->side + left + x] != (far != 2))
				return false;
		}
	return true;
}

/* 7.9: the two bits that say the level, under their fixed mask; M is 00. */
static int level(const struct qr_code *c)
{
	return (c->dark[8 * c->side] << 1 | c->dark[8 * c->side + 1]) ^ 2;
}

static void test_drawn(struct arena *a, str text)
{
	struct qr_code c;
	bool made = qr_make(a, text, &c);
	ok(made, "a code of %zu bytes", text.n);
	if (!made)
		return;
	size_t n = (size_t)c.side * (size_t)c.side;
	unsigned char *dark = arena_alloc(a, n, 1);
	ok(raster(a, qr_path(a, &c), c.side, dark) && memcmp(dark, c.dark, n) == 0,
	    "the path draws its %d modules a side", c.side);
	ok(finder(&c, 0, 0) && finder(&c, c.side - 7, 0) && finder(&c, 0, c.side - 7),
	    "its three corners are there");
	ok(level(&c) == 0, "error correction M");
}

int main(void)
{
	struct arena *a = arena_new();
	struct qr_code c;
	char *much = arena_bytes(a, QR_TEXT_MAX + 1);
	memset(much, 0xff, QR_TEXT_MAX + 1);
	test_drawn(a, S("https://laris.example/surakarta/sgs-2021/claim/7KQ4XM"));
	test_drawn(a, S("1"));
	test_drawn(a, (str){ much, QR_TEXT_MAX });
	ok(!qr_make(a, (str){ much, QR_TEXT_MAX + 1 }, &c), "too long: nothing");
	ok(!qr_make(a, S(""), &c), "empty: nothing");
	ok(!qr_make(a, S("a\0b"), &c) && c.dark == NULL, "a NUL inside: nothing");
	arena_free(&a);
	return done();
}
