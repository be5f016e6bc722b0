#include "base/id.h"
#include "base/rand.h"
#include "base/time.h"
#include <endian.h>
#include <stdatomic.h>
#include <string.h>

#define EPOCH		(INT64_C(1577836800) * SECOND)	/* 2020-01-01 */
#define MS		(SECOND / 1000)
#define COUNT_BITS	22
#define COUNT_MASK	((INT64_C(1) << COUNT_BITS) - 1)
#define MS_MOST		(INT64_MAX >> COUNT_BITS)

static const char digit[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

int64_t id_floor(int64_t at)
{
	if (at <= EPOCH)
		return 0;
	int64_t ms = (at - EPOCH) / MS;
	return (ms < MS_MOST ? ms : MS_MOST) << COUNT_BITS;
}

int64_t id_time(int64_t id)
{
	return EPOCH + (id >> COUNT_BITS) * MS;
}

int64_t id_after(int64_t last, int64_t now)
{
	int64_t id = id_floor(now) | ((last + 1) & COUNT_MASK);

	return id > last ? id : last + 1;
}

/* The one thing that remembers: the newest id, and whether the clock rules. */
struct ids { _Atomic int64_t newest; _Atomic bool count; };
static struct ids *ids(void)
{
	static struct ids all;

	return &all;
}

void id_count_from(int64_t first)
{
	atomic_store(&ids()->newest, first);
	atomic_store(&ids()->count, true);
}

void id_above(int64_t stored)
{
	_Atomic int64_t *newest = &ids()->newest;
	int64_t last = atomic_load(newest);

	stored += COUNT_MASK;
	while (stored > last && !atomic_compare_exchange_weak(newest, &last, stored))
		;
}

int64_t id_new(void)
{
	_Atomic int64_t *newest = &ids()->newest;
	int64_t last = atomic_load(newest), id;

	if (atomic_load_explicit(&ids()->count, memory_order_relaxed))
		return atomic_fetch_add(newest, 1) + 1;
	do {
		int64_t from = last;
		if (from == 0) {
			rand_bytes(&from, sizeof from);
			from &= COUNT_MASK;
		}
		id = id_after(from, time_now());
	} while (!atomic_compare_exchange_weak(newest, &last, id));
	return id;
}

void id_put(struct buf *b, int64_t id)
{
	char out[ID_TEXT];
	uint64_t u = (uint64_t)id;

	for (size_t i = ID_TEXT; i-- > 0; u >>= 5)
		out[i] = digit[u & 31];
	buf_put(b, out, sizeof out);
}

str id_text(struct arena *a, int64_t id)
{
	struct buf b = BUF(a, ID_TEXT);

	id_put(&b, id);
	return buf_done(&b);
}

/* The value of a digit as people type it, or -1. */
static int value(char c)
{
	if (c >= 'a' && c <= 'z')
		c = (char)(c - ('a' - 'A'));
	if (c == 'O')
		return 0;
	if (c == 'I' || c == 'L')
		return 1;
	for (int i = 0; i < 32; i++)
		if (digit[i] == c)
			return i;
	return -1;
}

bool id_parse(str s, int64_t *id)
{
	uint64_t u = 0;

	if (s.n != ID_TEXT || value(s.p[0]) > 7)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		int v = value(s.p[i]);
		if (v < 0)
			return false;
		u = u << 5 | (uint64_t)v;
	}
	*id = (int64_t)u;
	return true;
}

/* The five bytes from the top of "v" are eight digits exactly. */
static void eight_digits(char *out, uint64_t v)
{
	out[0] = digit[v >> 59];
	out[1] = digit[v >> 54 & 31];
	out[2] = digit[v >> 49 & 31];
	out[3] = digit[v >> 44 & 31];
	out[4] = digit[v >> 39 & 31];
	out[5] = digit[v >> 34 & 31];
	out[6] = digit[v >> 29 & 31];
	out[7] = digit[v >> 24 & 31];
}

size_t base32_put(char *out, const void *bytes, size_t n)
{
	const unsigned char *p = bytes;
	size_t at = 0;
	uint32_t four;
	uint64_t v = 0;

	for (; n >= 5; n -= 5, p += 5, at += 8) {
		memcpy(&four, p, sizeof four);
		eight_digits(out + at, (uint64_t)be32toh(four) << 32 | (uint64_t)p[4] << 24);
	}
	for (size_t i = 0; i < n; i++)
		v |= (uint64_t)p[i] << (56 - 8 * i);
	eight_digits(out + at, v);
	return at + (8 * n + 4) / 5;
}

str base32_text(struct arena *a, const void *bytes, size_t n)
{
	char *p = arena_bytes(a, BASE32_MAX(n));

	return (str){ p, base32_put(p, bytes, n) };
}

/* One spelling for each value: the spare bits at the end must be 0. */
bool base32_parse(void *bytes, size_t n, str s)
{
	unsigned char *p = bytes;
	unsigned have = 0, bits = 0;
	size_t out = 0;

	if (n > SIZE_MAX / 16 || s.n != (n * 8 + 4) / 5)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		int v = value(s.p[i]);
		if (v < 0)
			return false;
		have = (have << 5 | (unsigned)v) & 0xfff;
		bits += 5;
		if (bits >= 8) {
			bits -= 8;
			p[out++] = (unsigned char)(have >> bits);
		}
	}
	return (have & ((1u << bits) - 1)) == 0;
}
