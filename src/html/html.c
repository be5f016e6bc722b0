#include "html/html.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* What a byte is to a writer of text. */
enum { PLAIN, ESCAPE, DROP, WIDE };
static const unsigned char kind_of[256] = {
	[0x00 ... 0x08] = DROP, [0x0b] = DROP, [0x0e ... 0x1f] = DROP,
	[0x7f] = DROP,
	['&'] = ESCAPE, ['<'] = ESCAPE, ['>'] = ESCAPE, ['"'] = ESCAPE,
	['\''] = ESCAPE,
	[0x80 ... 0xff] = WIDE,
};

void out_raw(struct out *w, const char *p, size_t n)
{
	buf_put(&w->b, p, n);
}

struct markup page_markup(const struct out *w)
{
	return (struct markup){ buf_done(&w->b) };
}

static void escape(struct out *w, char c)
{
	switch (c) {
	case '&': out_raw(w, "&amp;", 5); break;
	case '<': out_raw(w, "&lt;", 4); break;
	case '>': out_raw(w, "&gt;", 4); break;
	case '"': out_raw(w, "&#34;", 5); break;
	default: out_raw(w, "&#39;", 5); break;
	}
}

/* Bytes of the well-formed sequence at p (RFC 3629), or 0. */
static size_t sequence(const unsigned char *p, size_t n)
{
	static const struct { unsigned char from, to, second_from, second_to, n; }
	lead[] = {
		{ 0xc2, 0xdf, 0x80, 0xbf, 2 }, { 0xe0, 0xe0, 0xa0, 0xbf, 3 },
		{ 0xe1, 0xec, 0x80, 0xbf, 3 }, { 0xed, 0xed, 0x80, 0x9f, 3 },
		{ 0xee, 0xef, 0x80, 0xbf, 3 }, { 0xf0, 0xf0, 0x90, 0xbf, 4 },
		{ 0xf1, 0xf3, 0x80, 0xbf, 4 }, { 0xf4, 0xf4, 0x80, 0x8f, 4 },
	};
	size_t i = 0;
	while (i < countof(lead) && p[0] > lead[i].to)
		i++;
	if (i == countof(lead) || p[0] < lead[i].from || n < lead[i].n)
		return 0;
	if (p[1] < lead[i].second_from || p[1] > lead[i].second_to)
		return 0;
	for (size_t k = 2; k < lead[i].n; k++)
		if ((p[k] & 0xc0) != 0x80)
			return 0;
	return lead[i].n;
}

/* Controls U+0080-9F and the noncharacters: HTML forbids them. */
static bool forbidden(const unsigned char *p, size_t n)
{
	if (n == 2)
		return p[0] == 0xc2 && p[1] < 0xa0;
	bool end = p[n - 1] >= 0xbe && p[n - 2] == 0xbf;
	if (n == 4)					/* U+1FFFE, 1FFFF, …	*/
		return end && (p[1] & 0x0f) == 0x0f;
	if (p[0] != 0xef)
		return false;
	return end || (p[1] == 0xb7 && (p[2] & 0xf0) >= 0x90 && p[2] <= 0xaf);
}

/* Write the character at p as far as it is allowed; its length. */
static size_t wide(struct out *w, const char *p, size_t n)
{
	const unsigned char *u = (const unsigned char *)p;
	size_t len = sequence(u, n);
	if (!len)
		out_raw(w, "\xef\xbf\xbd", 3);
	else if (!forbidden(u, len))
		out_raw(w, p, len);
	return len ? len : 1;
}

void out_text(struct out *w, str s)
{
	size_t i = 0;
	while (i < s.n) {
		size_t from = i;
		while (i < s.n && kind_of[(unsigned char)s.p[i]] == PLAIN)
			i++;
		if (i > from)
			out_raw(w, s.p + from, i - from);
		if (i == s.n)
			break;
		switch (kind_of[(unsigned char)s.p[i]]) {
		case ESCAPE: escape(w, s.p[i++]); break;
		case WIDE: i += wide(w, s.p + i, s.n - i); break;
		default: i++; break;
		}
	}
}

void out_cstr(struct out *w, const char *s)
{
	out_text(w, str_of(s));
}

void out_int(struct out *w, int64_t v)
{
	buf_int(&w->b, v);
}

void out_size(struct out *w, size_t v)
{
	buf_printf(&w->b, "%zu", v);
}

void out_bool(struct out *w, bool v)
{
	buf_char(&w->b, v ? '1' : '0');
}

void out_markup(struct out *w, struct markup m)
{
	out_raw(w, m.s.p, m.s.n);
}

/* ---- URLs ---- */

/* Browsers drop tabs and newlines inside of a URL and read \ as /. */
static bool has_trick(str s)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (c <= ' ' || c == 0x7f || c == '\\')
			return true;
	}
	return !str_utf8(s);
}

static bool allowed(str s)
{
	static const str schemes[] = {
		S_INIT("https://"), S_INIT("http://"), S_INIT("mailto:"), S_INIT("tel:"),
	};
	if (!s.n || has_trick(s))
		return false;
	if (s.p[0] == '?' || s.p[0] == '#')
		return true;
	if (s.p[0] == '/')
		return s.n == 1 || s.p[1] != '/';
	for (size_t i = 0; i < countof(schemes); i++)
		if (s.n > schemes[i].n &&
		    str_eq_nocase(str_sub(s, 0, schemes[i].n), schemes[i]))
			return true;
	return false;
}

void out_url(struct out *w, str s)
{
	out_text(w, allowed(s) ? s : S("#"));
}

void out_url_cstr(struct out *w, const char *s)
{
	out_url(w, str_of(s));
}

void out_base(struct out *w, str s)
{
	bool slash = allowed(s) && s.p[s.n - 1] == '/';
	if (!slash || s.n > 1)
		out_url(w, str_sub(s, 0, s.n - slash));
}

void out_base_cstr(struct out *w, const char *s)
{
	out_base(w, str_of(s));
}

void out_query(struct out *w, str s)
{
	static const char hex[] = "0123456789ABCDEF";
	static const bool free_of[256] = {
		['0' ... '9'] = true, ['A' ... 'Z'] = true, ['a' ... 'z'] = true,
		['-'] = true, ['.'] = true, ['_'] = true, ['~'] = true,
	};
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (free_of[c])
			buf_char(&w->b, s.p[i]);
		else
			out_raw(w, (const char[]){ '%', hex[c >> 4], hex[c & 15] }, 3);
	}
}

void out_query_cstr(struct out *w, const char *s)
{
	out_query(w, str_of(s));
}

void out_query_int(struct out *w, int64_t v)
{
	out_int(w, v);
}

void out_query_size(struct out *w, size_t v)
{
	out_size(w, v);
}

void out_segment(struct out *w, str s)
{
	bool dots = s.n <= 2;
	for (size_t i = 0; dots && i < s.n; i++)
		dots = s.p[i] == '.';
	out_query(w, dots ? S("-") : s);
}

void out_segment_cstr(struct out *w, const char *s)
{
	out_segment(w, str_of(s));
}

/* ---- numbers and times, in the form people here know ---- */

/* What base wrote since "from" needs no escape. */
static void plain_since(const struct out *w, size_t from)
{
	for (size_t i = from; i < w->b.n; i++)
		CHECK(kind_of[(unsigned char)w->b.p[i]] != ESCAPE);
}

void out_rp(struct out *w, struct show_rp x)
{
	size_t from = w->b.n;
	rupiah_put(&w->b, x.v);
	plain_since(w, from);
}

void out_short(struct out *w, struct show_short x)
{
	size_t from = w->b.n;
	rupiah_put_short(&w->b, x.v, w->lang);
	plain_since(w, from);
}

void out_num(struct out *w, struct show_num x)
{
	size_t from = w->b.n;
	number_put(&w->b, x.v);
	plain_since(w, from);
}

void out_words(struct out *w, struct show_words x)
{
	size_t from = w->b.n;
	rupiah_put_words(&w->b, x.v, w->lang);
	plain_since(w, from);
}

void out_day(struct out *w, struct show_day x)
{
	size_t from = w->b.n;
	time_put_day(&w->b, x.v, w->lang);
	plain_since(w, from);
}

void out_isoday(struct out *w, struct show_isoday x)
{
	size_t from = w->b.n;
	time_put_iso_day(&w->b, x.v);
	plain_since(w, from);
}

void out_moment(struct out *w, struct show_moment x)
{
	size_t from = w->b.n;
	time_put_moment(&w->b, x.v, w->zone, w->lang);
	plain_since(w, from);
}

void out_clock(struct out *w, struct show_clock x)
{
	size_t from = w->b.n;
	time_put_clock(&w->b, x.v, w->zone);
	plain_since(w, from);
}

void out_id(struct out *w, struct show_id x)
{
	size_t from = w->b.n;
	id_put(&w->b, x.v);
	plain_since(w, from);
}

/* 482100937 is shown as printed on the card: 4821 0093 7. */
void out_card(struct out *w, struct show_card x)
{
	buf_printf(&w->b, "%04" PRId64 " %04" PRId64 " %" PRId64,
	    x.v / 100000, x.v / 10 % 10000, x.v % 10);
}
