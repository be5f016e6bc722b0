/*
 * Any bytes as every value of a page: the page has the same tags and
 * attributes as with nothing, no URL leaves its place, and what was
 * allowed text is read back as it was.
 *
 * html_page.inc is made of html_page.tmpl; tests/tools/htmlc_test.py sees
 * that it is fresh.
 */
#include "fuzz/html_page.inc"
#include "html/html_check.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static str write_page(struct arena *a, const struct fuzz_page *v)
{
	struct out w = { .b = BUF(a, 64 << 20), .lang = v->b ? LANG_ID : LANG_EN,
		.zone = ZONE_WIB };

	fuzz_page(&w, v);
	CHECK(!w.b.full);
	return buf_done(&w.b);
}

/* The values of the long link stay pieces: no slash, no dots, no host. */
static void check_path(str page)
{
	str url = html_between(page, S("<a id=\"path\" href=\"/"), S("\"")), piece;
	str path = str_sub(url, 0, str_find(url, S("?")));
	size_t n = 0;

	for (; str_take(&path, '/', &piece); n++)
		CHECK(piece.n && !str_eq(piece, S(".")) && !str_eq(piece, S("..")));
	CHECK(n == 4);
	str query = html_between(url, S("?q="), S("&"));
	CHECK(str_find(query, S("#")) == SIZE_MAX);
}

/* Text without controls is not changed. */
static void check_text(struct arena *a, str page, str s)
{
	if (!str_utf8(s))
		return;
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] < ' ' || (unsigned char)s.p[i] == 0x7f ||
		    (unsigned char)s.p[i] >= 0x80)
			return;
	CHECK(str_eq(html_decode(a, html_between(page, S("<p id=\"text\">"), S("</p>"))), s));
	CHECK(str_eq(html_decode(a, html_between(page, S("data-key=\""), S("\""))), s));
	CHECK(str_eq(html_decode(a, html_between(page, S("<pre>\n"), S("</pre>"))), s));
	CHECK(str_eq(html_decode(a,
	    html_between(page, S("<textarea name=\"c\">\n"), S("</textarea>"))), s));
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	CLEANUP(arena_free) struct arena *a = arena_new();
	str s = { (const char *)p, n }, rest = s, part[8] = { 0 }, none[8] = { 0 };
	uint64_t any = n;
	struct html_shape with, without;

	for (size_t i = 0; i < n; i++)
		any = any * 257 + p[i];
	struct fuzz_page v = { .s = s, .c = arena_cstr(a, s), .part = part,
		.n = (int64_t)(any % ((uint64_t)RUPIAH_MAX + 1)), .b = any & 1 };
	while (v.n_part < countof(part) && str_take(&rest, ' ', &part[v.n_part]))
		v.n_part++;
	str page = write_page(a, &v);
	const char *bad = html_check(page, &with);
	if (bad)
		panic("%s: %.*s", bad, SV(page));
	check_path(page);
	check_text(a, page, s);
	v.s = S("");
	v.c = "";
	v.part = none;
	bad = html_check(write_page(a, &v), &without);
	CHECK(!bad && with.hash == without.hash && with.tags == without.tags);
	return 0;
}
