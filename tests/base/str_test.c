#include "base/base.h"
#include "tap.h"
#include <string.h>

static void comparing(void)
{
	ok(str_eq(S("a"), S("a")) && !str_eq(S("a"), S("b")) && !str_eq(S("a"), S("ab")), "str_eq");
	ok(str_eq((str){ 0 }, S("")), "an empty str equals NULL of no bytes");
	ok(str_of(NULL).n == 0 && str_eq(str_of("x y"), S("x y")), "str_of");
	ok(!str_eq((str){ "a\0b", 3 }, (str){ "a\0c", 3 }), "bytes behind a NUL count");
	ok(str_eq_nocase(S("AbZ"), S("aBz")) && !str_eq_nocase(S("@"), S("`")) &&
	    !str_eq_nocase(S("["), S("{")), "letters only are caseless");
	ok(!str_eq_nocase(S("a"), S("ab")), "caseless, other length");
	ok(str_cmp(S("a"), S("b")) < 0 && str_cmp(S("b"), S("a")) > 0 &&
	    str_cmp(S("a"), S("a")) == 0, "str_cmp");
	ok(str_cmp(S("a"), S("ab")) < 0 && str_cmp(S(""), S("a")) < 0 &&
	    str_cmp((str){ 0 }, S("")) == 0, "shorter first");
	ok(str_cmp(S("\x7f"), S("\x80")) < 0, "bytes are unsigned");
}

static void searching(void)
{
	ok(str_starts(S("abc"), S("ab")) && str_starts(S("abc"), S("")) &&
	    str_starts(S("ab"), S("ab")) && !str_starts(S("ab"), S("abc")), "str_starts");
	ok(str_ends(S("abc"), S("bc")) && str_ends(S("abc"), S("")) && str_ends(S(""), S("")) &&
	    !str_ends(S("bc"), S("abc")) && !str_ends(S("abc"), S("ab")), "str_ends");
	ok(str_find(S("abcabc"), S("ca")) == 2 && str_find(S("abc"), S("x")) == SIZE_MAX,
	    "str_find");
	ok(str_find(S("ab"), S("")) == 0 && str_find(S(""), S("")) == 0 &&
	    str_find(S(""), S("a")) == SIZE_MAX && str_find(S("a"), S("ab")) == SIZE_MAX,
	    "str_find at the edges");
	ok(str_eq(str_sub(S("abcdef"), 2, 3), S("cde")), "str_sub");
	ok(str_eq(str_sub(S("abc"), 1, 2), S("bc")) && str_eq(str_sub(S("abc"), 1, 3), S("bc")) &&
	    str_eq(str_sub(S("abc"), 1, SIZE_MAX), S("bc")) && str_sub(S("abc"), 3, 1).n == 0 &&
	    str_sub(S("abc"), SIZE_MAX, SIZE_MAX).n == 0 && str_sub((str){ 0 }, 0, 9).n == 0,
	    "str_sub is clamped");
	ok(str_eq(str_trim(S(" \t\r\n\v\fa b\n ")), S("a b")) && str_trim(S(" \n ")).n == 0 &&
	    str_trim((str){ 0 }).n == 0, "str_trim");
}

static void taking(void)
{
	str s = S("a,,b,"), piece;

	ok(str_take(&s, ',', &piece) && str_eq(piece, S("a")), "first piece");
	ok(str_take(&s, ',', &piece) && piece.n == 0, "an empty one");
	ok(str_take(&s, ',', &piece) && str_eq(piece, S("b")), "third");
	ok(!str_take(&s, ',', &piece) && piece.n == 0, "nothing behind the last separator");
	s = S("abc");
	ok(str_take(&s, ',', &piece) && str_eq(piece, S("abc")) && s.n == 0, "no separator: all");
	s = (str){ 0 };
	ok(!str_take(&s, ',', &piece), "nothing from nothing");
}

static void integers(void)
{
	static const struct { const char *s; int64_t min, max; bool fine; int64_t v; } t[] = {
		{ "0", 0, 9, true, 0 },
		{ "007", 0, 9, true, 7 },
		{ "9", 0, 9, true, 9 },
		{ "10", 0, 9, false, 0 },
		{ "-1", 0, 9, false, 0 },
		{ "-0", 0, 9, false, 0 },
		{ "-1", -1, 9, true, -1 },
		{ "-2", -1, 9, false, 0 },
		{ "--1", -9, 9, false, 0 },
		{ "+1", 0, 9, false, 0 },
		{ "", 0, 9, false, 0 },
		{ "-", -9, 9, false, 0 },
		{ " 1", 0, 9, false, 0 },
		{ "1 ", 0, 9, false, 0 },
		{ "1.0", 0, 9, false, 0 },
		{ "0x1", 0, 9, false, 0 },
		{ "1:", 0, 99, false, 0 },
		{ "1/", 0, 99, false, 0 },
		{ "9223372036854775807", INT64_MIN, INT64_MAX, true, INT64_MAX },
		{ "9223372036854775808", INT64_MIN, INT64_MAX, false, 0 },
		{ "-9223372036854775808", INT64_MIN, INT64_MAX, true, INT64_MIN },
		{ "-9223372036854775809", INT64_MIN, INT64_MAX, false, 0 },
		{ "99999999999999999999", INT64_MIN, INT64_MAX, false, 0 },
		{ "-99999999999999999999", INT64_MIN, INT64_MAX, false, 0 },
		{ "00000000000000000000000000001", 0, 9, true, 1 },
	};

	for (size_t i = 0; i < countof(t); i++) {
		int64_t v = 77;
		bool fine = str_int(str_of(t[i].s), t[i].min, t[i].max, &v);
		ok(fine == t[i].fine && v == (fine ? t[i].v : 77), "str_int \"%s\"", t[i].s);
	}
	int64_t v;
	ok(!str_int((str){ 0 }, 0, 9, &v) && !str_int((str){ "1\0", 2 }, 0, 9, &v), "NULL, NUL");
}

/* RFC 3629 section 3, 4 and 10, and the edges of each range. */
static void utf8(void)
{
	static const char *const good[] = {
		"", "a", "\x7f", "\xc2\x80", "\xdf\xbf", "\xe0\xa0\x80", "\xe1\x80\x80",
		"\xec\xbf\xbf", "\xed\x9f\xbf", "\xee\x80\x80", "\xef\xbf\xbf", "\xf0\x90\x80\x80",
		"\xf1\x80\x80\x80", "\xf3\xbf\xbf\xbf", "\xf4\x8f\xbf\xbf", "\xef\xbb\xbf",
		"A\xe2\x89\xa2\xce\x91.", "\xed\x95\x9c\xea\xb5\xad\xec\x96\xb4",
		"\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e", "\xef\xbb\xbf\xf0\xa3\x8e\xb4",
		"\xea\xa6\xb1\xea\xa6\xa9\xea\xa6\xab",	/* Javanese */
	};
	static const char *const bad[] = {
		"\x80", "\xbf", "a\x80z", "\xc0\x80", "\xc0\xaf", "\xc1\xbf", "\xc2", "\xc2z",
		"\xc2\xc2", "\xc2\x7f", "\xdf\xc0", "\xe0\x80\x80", "\xe0\x9f\xbf", "\xe0\xa0",
		"\xe0\xa0z", "\xe1\x80", "\xe1\x7f\x80", "\xe1\xc0\x80", "\xe1\x80\xc0",
		"\xed\xa0\x80", "\xed\xaf\xbf", "\xed\xb0\x80", "\xed\xbf\xbf",
		"\xed\xa0\xbd\xed\xb8\x80", "\xf0\x80\x80\x80", "\xf0\x8f\xbf\xbf", "\xf0\x90\x80",
		"\xf0\x90\x80z", "\xf0\x90z\x80", "\xf4\x90\x80\x80", "\xf4\xbf\xbf\xbf",
		"\xf5\x80\x80\x80", "\xf7\xbf\xbf\xbf", "\xf8\x88\x80\x80\x80",
		"\xfc\x84\x80\x80\x80\x80", "\xfe", "\xff", "\xfe\xff", "ok\xe2\x82",
		"\xe2\x80\xe2\x80\x80", "\xc0\xae\x2e/",
	};

	for (size_t i = 0; i < countof(good); i++)
		ok(str_utf8(str_of(good[i])), "UTF-8 %zu is well formed", i);
	/* Without the NUL behind, so that the sanitizer sees a step too far. */
	struct arena *a = arena_new();
	for (size_t i = 0; i < countof(bad); i++) {
		str s = str_of(bad[i]);
		char *exact = memcpy(arena_bytes(a, s.n), s.p, s.n);
		ok(!str_utf8((str){ exact, s.n }), "UTF-8 %zu is not", i);
	}
	arena_free(&a);
	ok(!str_utf8((str){ "a\0", 2 }) && str_utf8((str){ 0 }), "no NUL, but nothing is fine");
}

/* Every scalar value, encoded here by hand, and no other 3 bytes. */
static void utf8_all(void)
{
	unsigned wrong = 0;

	for (unsigned c = 0x800; c < 0x10000; c++) {
		char s[3] = { (char)(0xe0 | c >> 12), (char)(0x80 | (c >> 6 & 63)),
		    (char)(0x80 | (c & 63)) };
		wrong += str_utf8((str){ s, 3 }) != (c < 0xd800 || c > 0xdfff);
	}
	for (unsigned c = 0; c < 0x110000; c++) {
		char s[4] = { (char)(0xf0 | c >> 18), (char)(0x80 | (c >> 12 & 63)),
		    (char)(0x80 | (c >> 6 & 63)), (char)(0x80 | (c & 63)) };
		wrong += str_utf8((str){ s, 4 }) != (c >= 0x10000);
	}
	ok(wrong == 0, "three and four bytes: exactly the scalar values, no overlong ones");
}

static void hex_all(void)
{
	unsigned char in[256];
	char out[512], want[512 + 1];
	unsigned wrong = 0;

	for (unsigned i = 0; i < 256; i++) {
		in[i] = (unsigned char)(i * 37);
		snprintf(want + 2 * i, 3, "%02x", in[i]);
	}
	for (size_t from = 0; from < 8; from++)
		for (size_t n = 0; n <= 256 - from; n++) {
			memset(out, '.', sizeof out);
			hex_put(out, in + from, n);
			wrong += memcmp(out, want + 2 * from, 2 * n) != 0 ||
			    (n < 256 && out[2 * n] != '.');
		}
	ok(wrong == 0, "every byte in hex, any number of them, and nothing behind");
}

static void hex(void)
{
	const unsigned char in[] = { 0x00, 0x09, 0x0a, 0xf0, 0xff };
	unsigned char back[5];
	char out[10];

	hex_put(out, in, 5);
	ok(str_eq((str){ out, 10 }, S("00090af0ff")), "hex_put");
	hex_all();
	ok(hex_get(back, 5, S("00090af0ff")) && !memcmp(in, back, 5), "hex_get");
	ok(!hex_get(back, 5, S("00090AF0FF")), "upper case is another spelling: refused");
	ok(!hex_get(back, 5, S("00090af0f")) && !hex_get(back, 5, S("00090af0ff00")) &&
	    !hex_get(back, 4, S("00090af0ff")), "other lengths");
	ok(!hex_get(back, 1, S("0g")) && !hex_get(back, 1, S("g0")) && !hex_get(back, 1, S(" 0")) &&
	    !hex_get(back, 1, S("0x")), "junk");
	ok(hex_get(back, 0, S("")), "nothing is the hex of nothing");
}

int main(void)
{
	comparing();
	searching();
	taking();
	integers();
	utf8();
	utf8_all();
	hex();
	return done();
}
