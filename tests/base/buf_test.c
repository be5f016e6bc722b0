#include "base/base.h"
#include "tap.h"
#include <string.h>

static void writing(struct arena *a)
{
	struct buf b = BUF(a, 1000);

	ok(buf_done(&b).n == 0 && buf_done(&b).p != NULL, "nothing yet");
	buf_put(&b, NULL, 0);
	buf_str(&b, S("ab"));
	buf_char(&b, 'c');
	buf_int(&b, -42);
	buf_printf(&b, "<%s>", "x");
	ok(str_eq(buf_done(&b), S("abc-42<x>")) && !b.full, "put, char, int, printf");
}

static void integers(struct arena *a)
{
	static const int64_t v[] = { 0, 1, -1, 9, 10, -10, 99, INT64_MAX, INT64_MIN,
	    INT64_MIN + 1 };

	for (size_t i = 0; i < countof(v); i++) {
		struct buf b = BUF(a, 24);
		buf_int(&b, v[i]);
		ok(str_eq(buf_done(&b), arena_printf(a, "%lld", (long long)v[i])), "buf_int %lld",
		    (long long)v[i]);
	}
}

static void growing(struct arena *a)
{
	struct buf b = BUF(a, 1 << 20);
	unsigned wrong = 0;

	for (int i = 0; i < 100000; i++)
		buf_char(&b, (char)('a' + i % 26));
	str s = buf_done(&b);
	for (size_t i = 0; i < s.n; i++)
		wrong += s.p[i] != (char)('a' + i % 26);
	ok(s.n == 100000 && wrong == 0, "a hundred thousand bytes, each where it belongs");
	ok(arena_used(a) < 1000000, "growing doubles");
}

static void full(struct arena *a)
{
	struct buf b = BUF(a, 5);

	buf_str(&b, S("12345"));
	ok(!b.full && buf_done(&b).n == 5, "exactly the limit fits");
	buf_put(&b, "", 0);
	ok(!b.full, "nothing more fits too");
	buf_char(&b, '6');
	ok(b.full && str_eq(buf_done(&b), S("12345")), "one more: full, nothing written");

	b = BUF(a, 5);
	buf_str(&b, S("123"));
	buf_str(&b, S("456"));
	ok(b.full && str_eq(buf_done(&b), S("123")), "what would go over is not written in part");
	buf_char(&b, 'x');
	buf_int(&b, 1);
	buf_printf(&b, "y");
	buf_str(&b, S("z"));
	ok(b.full && str_eq(buf_done(&b), S("123")), "and nothing ever after, though it would fit");

	b = BUF(a, 0);
	buf_char(&b, 'x');
	ok(b.full && buf_done(&b).n == 0, "a limit of nothing");
	b = BUF(a, 100);
	buf_put(&b, "x", SIZE_MAX);
	ok(b.full && b.n == 0, "a size that would wrap round");
	b = BUF(a, SIZE_MAX);
	buf_str(&b, S("x"));
	ok(!b.full && str_eq(buf_done(&b), S("x")), "no limit to speak of");
}

/* At every length the limit is exact. */
static void exact(struct arena *a)
{
	unsigned wrong = 0;

	for (size_t max = 0; max < 700; max++) {
		struct buf b = BUF(a, max);
		for (size_t i = 0; i < max; i++)
			buf_char(&b, 'x');
		wrong += b.full || b.n != max || b.cap > max;
		buf_char(&b, 'x');
		wrong += !b.full || b.n != max;
	}
	ok(wrong == 0, "limits of 0 to 699 bytes hold to the byte");
}

int main(void)
{
	struct arena *a = arena_new();

	writing(a);
	integers(a);
	growing(a);
	full(a);
	exact(a);
	arena_free(&a);
	return done();
}
