#include "base/buf.h"
#include <stdio.h>
#include <string.h>

#define CAP_FIRST	256

/* Room for n more bytes; false, and full for good, when over the limit. */
static bool room(struct buf *b, size_t n)
{
	if (b->full || n > b->max - b->n) {
		b->full = true;
		return false;
	}
	if (n <= b->cap - b->n)
		return true;
	size_t cap = b->cap ? b->cap : CAP_FIRST / 2;
	cap = cap > b->max / 2 ? b->max : cap * 2;
	if (cap < b->n + n)
		cap = b->n + n;
	char *p = arena_bytes(b->a, cap);
	if (b->n)
		memcpy(p, b->p, b->n);
	b->p = p;
	b->cap = cap;
	return true;
}

void buf_put(struct buf *b, const char *p, size_t n)
{
	if (n == 0 || !room(b, n))
		return;
	memcpy(b->p + b->n, p, n);
	b->n += n;
}

void buf_char(struct buf *b, char c)
{
	if (room(b, 1))
		b->p[b->n++] = c;
}

void buf_str(struct buf *b, str s)
{
	buf_put(b, s.p, s.n);
}

void buf_int(struct buf *b, int64_t v)
{
	buf_digits(b, v, 1);
}

void buf_digits(struct buf *b, int64_t v, size_t least)
{
	char digits[24];
	size_t i = sizeof digits;
	uint64_t u = v < 0 ? -(uint64_t)v : (uint64_t)v;

	for (; u || (i > 1 && sizeof digits - i < least); u /= 10)
		digits[--i] = (char)('0' + u % 10);
	if (v < 0)
		digits[--i] = '-';
	buf_put(b, digits + i, sizeof digits - i);
}

void buf_printf(struct buf *b, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	str s = arena_vprintf(b->a, fmt, ap);
	va_end(ap);
	buf_str(b, s);
}

str buf_done(const struct buf *b)
{
	return (str){ b->p ? b->p : "", b->n };
}
