/* qr.c: the path draws what libqrencode made, and what cannot be drawn is
 * refused. */
#include "core/qr.h"
#include "tap.h"
#include <stdlib.h>
#include <string.h>

struct pen { int x, y, side; unsigned char *dark; };

static bool line(struct pen *pen, int n)
{
	if (pen->x < 0 || pen->x + n > pen->side || pen->y < 0 || pen->y >= pen->side)
		return false;
	memset(pen->dark + pen->y * pen->side + pen->x, 1, (size_t)n);
	pen->x += n;
	return true;
}

/* One command of the path: how many bytes it takes, or 0 when it is none
 * of "M4 4.5", "m2 0" and "h7". */
static int step(struct pen *pen, const char *p)
{
	int x, y, n = 0;
	if (sscanf(p, "M%d %d.5%n", &x, &y, &n) == 2 && n) {
		pen->x = x - QR_QUIET;
		pen->y = y - QR_QUIET;
	} else if (sscanf(p, "m%d 0%n", &x, &n) == 1 && n) {
		pen->x += x;
	} else if (sscanf(p, "h%d%n", &x, &n) != 1 || !line(pen, x)) {
		n = 0;
	}
	return n;
}

/* The path back into modules. */
static bool raster(struct arena *a, str d, int side, unsigned char *dark)
{
	struct pen pen = { .side = side, .dark = dark };
	const char *p = arena_cstr(a, d);
	int n;
	while (*p && (n = step(&pen, p)))
		p += n;
	return *p == '\0';
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
