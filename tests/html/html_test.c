/* html.c and text.c: what each writer makes of each byte. */
#include "html/html_check.h"
#include "html/text.h"
#include "tap.h"

static struct out fresh(struct arena *a)
{
	return (struct out){ .b = BUF(a, 1 << 20), .lang = LANG_ID, .zone = ZONE_WIB };
}

static str written(struct arena *a, void (*put)(struct out *, str), str s)
{
	struct out w = fresh(a);

	put(&w, s);
	return buf_done(&w.b);
}

static void is(str got, str expected, const char *name)
{
	ok(str_eq(got, expected), "%s", name);
	if (!str_eq(got, expected))
		printf("# got \"%.*s\", expected \"%.*s\"\n", SV(got), SV(expected));
}

/* ---- text ---- */

static str byte_expected(struct arena *a, unsigned c)
{
	static const str escaped[] = {
		['&'] = S_INIT("[&amp;]"), ['<'] = S_INIT("[&lt;]"), ['>'] = S_INIT("[&gt;]"),
		['"'] = S_INIT("[&#34;]"), ['\''] = S_INIT("[&#39;]"),
	};

	if (c >= 0x80)
		return S("[\xef\xbf\xbd]");
	if (c < countof(escaped) && escaped[c].n)
		return escaped[c];
	return is_control((unsigned char)c) ? S("[]") : arena_printf(a, "[%c]", (int)c);
}

static void test_bytes(struct arena *a)
{
	size_t bad = 0;

	for (unsigned c = 0; c < 256; c++) {
		const char s[3] = { '[', (char)c, ']' };
		if (!str_eq(written(a, out_text, (str){ s, 3 }), byte_expected(a, c))) {
			printf("# byte %02x\n", c);
			bad++;
		}
	}
	ok(bad == 0, "each byte between brackets: kept, escaped, dropped or replaced");
}

static const struct { str in, out; } utf8[] = {
	{ S_INIT("\xc2\xa0"), S_INIT("\xc2\xa0") },
	{ S_INIT("\xc3\xa9\xea\xa6\xb1\xf0\x9f\x9b\x8d"),
	  S_INIT("\xc3\xa9\xea\xa6\xb1\xf0\x9f\x9b\x8d") },
	{ S_INIT("\xed\x9f\xbf\xee\x80\x80"), S_INIT("\xed\x9f\xbf\xee\x80\x80") },
	{ S_INIT("\xf4\x8f\xbf\xbd"), S_INIT("\xf4\x8f\xbf\xbd") },
	{ S_INIT("\xef\xbf\xbd"), S_INIT("\xef\xbf\xbd") },
	{ S_INIT("\xef\xb7\x8f\xef\xb7\xb0"), S_INIT("\xef\xb7\x8f\xef\xb7\xb0") },
	/* overlong, surrogates, too high */
	{ S_INIT("\xc0\xbc"), S_INIT("\xef\xbf\xbd\xef\xbf\xbd") },
	{ S_INIT("\xc1\x81"), S_INIT("\xef\xbf\xbd\xef\xbf\xbd") },
	{ S_INIT("\xe0\x80\xbc"), S_INIT("\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd") },
	{ S_INIT("\xed\xa0\x80"), S_INIT("\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd") },
	{ S_INIT("\xf5\x80"), S_INIT("\xef\xbf\xbd\xef\xbf\xbd") },
	{ S_INIT("\xf0\x80\x80\xbc"), S_INIT("\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd") },
	{ S_INIT("\xf4\x90\x80\x80"), S_INIT("\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd") },
	/* cut short: what follows is not swallowed */
	{ S_INIT("\xe2\x82<"), S_INIT("\xef\xbf\xbd\xef\xbf\xbd&lt;") },
	{ S_INIT("\xf0\x9f\x9b\""), S_INIT("\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd&#34;") },
	{ S_INIT("\xc3"), S_INIT("\xef\xbf\xbd") },
	/* forbidden by HTML: C1 controls and noncharacters */
	{ S_INIT("a\xc2\x80\xc2\x9f" "b"), S_INIT("ab") },
	{ S_INIT("a\xef\xb7\x90\xef\xb7\xaf" "b"), S_INIT("ab") },
	{ S_INIT("a\xef\xbf\xbe\xef\xbf\xbf\xf0\x9f\xbf\xbe\xf4\x8f\xbf\xbf" "b"), S_INIT("ab") },
};

static void test_utf8(struct arena *a)
{
	for (size_t i = 0; i < countof(utf8); i++)
		is(written(a, out_text, utf8[i].in), utf8[i].out,
		    arena_cstr(a, arena_printf(a, "UTF-8, case %zu", i)));
}

/* ---- URLs ---- */

static const char *const good_urls[] = {
	"/", "/a", "/a//b", "/a/../b", "?", "?a=1", "#", "#top", "https://a.example",
	"http://a.example/", "HTTPS://A.EXAMPLE/", "mailto:a@b.example", "MailTo:a@b.example",
	"tel:+62271", "/caf\xc3\xa9",
};
static const char *const bad_urls[] = {
	"", "a", "page.html", "//a.example", "///a", "/\\a.example", "\\\\a.example", "/a\\b",
	"javascript:alert(1)", "JAVASCRIPT:alert(1)", " javascript:alert(1)",
	"java\tscript:alert(1)", "java\nscript:alert(1)", "\x01javascript:alert(1)",
	"data:text/html,x", "vbscript:x", "file:///etc/passwd", "ftp://a.example/",
	"blob:https://a.example/x", "https:", "https:/a", "https://", "http://", "https:a.example",
	"mailto:", "tel:", "mail", "/\t/a.example", "/\n/a.example", "/ /a.example", " /a", "/a ",
	"/a b", "/a\x7f", "https://a.example/\xff", "/\xc0\xaf", "javascript&colon;alert(1)",
	"&#106;avascript:alert(1)", "%6aavascript:alert(1)", ":", ":/",
	"https\xef\xbc\x9a//a.example",
};

static void test_urls(struct arena *a)
{
	for (size_t i = 0; i < countof(good_urls); i++)
		is(written(a, out_url, str_of(good_urls[i])), str_of(good_urls[i]), "URL kept");
	for (size_t i = 0; i < countof(bad_urls); i++)
		is(written(a, out_url, str_of(bad_urls[i])), S("#"), "URL refused");
	is(written(a, out_url, S("/a\0b")), S("#"), "URL with a NUL refused");
	is(written(a, out_url, S("https://a.example/?a=1&b='\"<>")),
	    S("https://a.example/?a=1&amp;b=&#39;&#34;&lt;&gt;"), "URL escaped as text");
}

static void test_query(struct arena *a)
{
	static const char free_of[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
	size_t bad = 0;

	for (unsigned c = 0; c < 256; c++) {
		const char s = (char)c;
		str expected = c && strchr(free_of, (int)c) ? arena_printf(a, "%c", (int)c) :
		    arena_printf(a, "%%%02X", c);
		bad += !str_eq(written(a, out_query, (str){ &s, 1 }), expected);
	}
	ok(bad == 0, "each byte as a piece of a query (RFC 3986, unreserved)");
	is(written(a, out_base, S("/")), S(""), "base /");
	is(written(a, out_base, S("/a/b")), S("/a/b"), "base /a/b");
	is(written(a, out_base, S("/a/b/")), S("/a/b"), "base /a/b/");
	is(written(a, out_base, S("https://a.example/")), S("https://a.example"), "base of a host");
	is(written(a, out_base, S("")), S("#"), "base, empty");
	is(written(a, out_base, S("//")), S("#"), "base //");
	is(written(a, out_base, S("javascript:/")), S("#"), "base javascript:");
	is(written(a, out_segment, S("")), S("-"), "segment, empty");
	is(written(a, out_segment, S(".")), S("-"), "segment .");
	is(written(a, out_segment, S("..")), S("-"), "segment ..");
	is(written(a, out_segment, S("...")), S("..."), "segment ...");
	is(written(a, out_segment, S(".a")), S(".a"), "segment .a");
	is(written(a, out_segment, S("/")), S("%2F"), "segment /");
	is(written(a, out_segment, S("a b\\c")), S("a%20b%5Cc"), "segment a b\\c");
}

/* ---- numbers and times ---- */

#define SHOWN(x, expected) do {						\
	struct out w_ = fresh(a);					\
	out_put(&w_, x);						\
	out_put_attr(&w_, x);						\
	is(buf_done(&w_.b), S(expected expected), #x);			\
} while (0)

static void test_shown(struct arena *a)
{
	ID_TYPE(thing);
	const char *none = NULL;

	SHOWN(S("a<"), "a&lt;");
	SHOWN("a<", "a&lt;");
	SHOWN(none, "");
	SHOWN(-7, "-7");
	SHOWN(INT64_MIN, "-9223372036854775808");
	SHOWN(SIZE_MAX, "18446744073709551615");
	SHOWN((bool)true, "1");
	SHOWN((bool)false, "0");
	SHOWN(RP(1161765651336), "Rp 1.161.765.651.336");
	SHOWN(NUM(1161765), "1.161.765");
	SHOWN(RPSHORT(1161765651336), "Rp 1,16 triliun");
	SHOWN(WORDS(21000), "dua puluh satu ribu rupiah");
	SHOWN(DAYS(18931), "31 Oktober 2021");
	SHOWN(ISODAY(18931), "2021-10-31");
	SHOWN(MOMENT(1635663900000000), "31 Okt 2021 14.05 WIB");
	SHOWN(CLOCK(1635663900000000), "14.05 WIB");
	SHOWN(ID(((thing_id){ 33 })), "0000000000011");
	SHOWN(CARD(482100937), "4821 0093 7");
	SHOWN(CARD(482112345), "4821 1234 5");
	SHOWN(CARD(7), "0000 0000 7");
}

static void test_zone_and_language(struct arena *a)
{
	struct out w = fresh(a);

	w.lang = LANG_EN;
	w.zone = ZONE_WIT;
	out_put(&w, DAYS(18931));
	out_put(&w, CLOCK(1635663900000000));
	is(buf_done(&w.b), S("31 October 2021" "16.05 WIT"), "the page's language and zone");
}

/* ---- limits, markup ---- */

static void test_full(struct arena *a)
{
	struct out w = { .b = BUF(a, 8) };

	out_put(&w, S("12345"));
	out_put(&w, S("<<"));
	ok(w.b.full && w.b.n <= 8, "a page over its limit is full and not longer");
	size_t n = w.b.n;
	out_put(&w, S("x"));
	out_put(&w, 1);
	ok(w.b.full && w.b.n == n, "and stays so");
}

static void test_markup(struct arena *a)
{
	struct out inner = fresh(a), w = fresh(a);

	out_put(&inner, S("<i>"));
	out_put(&w, page_markup(&inner));
	is(buf_done(&w.b), S("&lt;i&gt;"), "markup of a page is put as it is, once escaped");
}

/* ---- the table of texts, as it was built ---- */

static str joined(struct arena *a, enum lang lang, enum text_id id)
{
	struct buf b = BUF(a, 1 << 16);
	size_t n;
	const struct text_piece *p = text_pieces(lang, id, &n);

	for (size_t i = 0; i < n; i++) {
		buf_str(&b, p[i].lit);
		if (p[i].arg)
			buf_printf(&b, "{%d}", p[i].arg);
	}
	return buf_done(&b);
}

static void test_table(struct arena *a)
{
	static const str args[] = { S_INIT("{1}"), S_INIT("{2}"), S_INIT("{3}"), S_INIT("{4}") };
	size_t bad = 0, unsorted = 0;
	str found;

	ok(text_table_n == TEXTS, "a row for each identifier");
	for (size_t i = 1; i < text_table_n; i++) {
		unsorted += str_cmp(str_of(text_table[i - 1].key), str_of(text_table[i].key)) >= 0;
		for (enum lang lang = LANG_ID; lang < LANGS; lang++) {
			str t = text(lang, (enum text_id)i);
			bad += !t.n || !str_eq(t, joined(a, lang, (enum text_id)i)) ||
			    !text_by_key(lang, text_table[i].key, &found) || !str_eq(found, t) ||
			    !str_eq(text_fill(a, lang, (enum text_id)i, args, 4), t);
		}
	}
	ok(unsorted == 0, "keys are in order");
	ok(bad == 0, "each text is found by key, and its pieces make it");
	ok(!text_by_key(LANG_ID, "no.such.key", &found), "no text of an unknown key");
	ok(!text_by_key(LANG_ID, "", &found), "no text of the empty key");
	ok(!text(LANG_EN, TEXT_none).n, "TEXT_none says nothing");
	is(err_text(a, LANG_ID, ERR(a, ERR_INTERNAL, "no-such-rule")), S("no-such-rule"),
	    "a rule without a text shows its code");
	ok(!err_text(a, LANG_ID, NULL).n, "no error, no words");
}

int main(void)
{
	CLEANUP(arena_free) struct arena *a = arena_new();

	test_bytes(a);
	test_utf8(a);
	test_urls(a);
	test_query(a);
	test_shown(a);
	test_zone_and_language(a);
	test_full(a);
	test_markup(a);
	test_table(a);
	return done();
}
