/*
 * html_check.h - a very strict reader of the HTML our pages write.
 *
 * Not a browser: it knows one spelling of everything (lower-case names,
 * double quotes, five character names) and calls all else wrong.  So an
 * escape that is forgotten shows, whatever a lenient parser would do.
 */
#ifndef LARIS_TEST_HTML_CHECK_H
#define LARIS_TEST_HTML_CHECK_H

#include "base/base.h"
#include <string.h>

struct html_shape {		/* what a page is, without what it says	*/
	uint64_t hash;		/* of the tags and the names of attributes */
	size_t tags;
};

static inline void shape_add(struct html_shape *h, str s)
{
	for (size_t i = 0; i < s.n; i++)
		h->hash = (h->hash ^ (unsigned char)s.p[i]) * UINT64_C(1099511628211);
	h->hash = (h->hash ^ 0xff) * UINT64_C(1099511628211);
}

static inline str take_name(str *s)
{
	size_t n = 0;

	while (n < s->n && (s->p[n] == '-' || (s->p[n] >= 'a' && s->p[n] <= 'z') ||
	    (s->p[n] >= '0' && s->p[n] <= '9') || s->p[n] == 'B'))	/* viewBox */
		n++;
	str name = { s->p, n };
	*s = str_sub(*s, n, SIZE_MAX);
	return name;
}

/* The one byte a character name at the front of s stands for, or 0. */
static inline char char_name(str s, size_t *n)
{
	static const struct { str name; char c; } names[] = {
		{ S_INIT("&amp;"), '&' }, { S_INIT("&lt;"), '<' }, { S_INIT("&gt;"), '>' },
		{ S_INIT("&#34;"), '"' }, { S_INIT("&#39;"), '\'' },
	};
	for (size_t i = 0; i < countof(names); i++)
		if (str_starts(s, names[i].name)) {
			*n = names[i].name.n;
			return names[i].c;
		}
	return 0;
}

/* What a reader sees of escaped text. */
static inline str html_decode(struct arena *a, str s)
{
	struct buf b = BUF(a, s.n + 1);

	while (s.n) {
		size_t n = 1;
		char c = char_name(s, &n);
		buf_char(&b, c ? c : s.p[0]);
		s = str_sub(s, n, SIZE_MAX);
	}
	return buf_done(&b);
}

static inline bool is_control(unsigned char c)
{
	return c == 0x7f || (c < ' ' && (!c || !strchr("\t\n\f\r", c)));
}

static inline const char *check_words(str s)
{
	while (s.n) {
		size_t n = 1;
		unsigned char c = (unsigned char)s.p[0];
		if (c && strchr("<>\"'", c))
			return "a bare < > \" or '";
		if (c == '&' && !char_name(s, &n))
			return "a bare &";
		if (is_control(c))
			return "a control character";
		s = str_sub(s, n, SIZE_MAX);
	}
	return NULL;
}

static inline const char *check_url(str url)
{
	static const str start[] = {
		S_INIT("https://"), S_INIT("http://"), S_INIT("mailto:"), S_INIT("tel:"),
	};
	for (size_t i = 0; i < url.n; i++)
		if ((unsigned char)url.p[i] <= ' ' || url.p[i] == '\\')
			return "a space, control character or backslash in a URL";
	if (str_starts(url, S("//")))
		return "a URL of another host";
	if (url.n && strchr("/?#", url.p[0]))
		return NULL;
	for (size_t i = 0; i < countof(start); i++)
		if (str_eq_nocase(str_sub(url, 0, start[i].n), start[i]))
			return NULL;
	return "a URL of an unknown scheme";
}

static inline const char *check_attribute(str *s, struct html_shape *h)
{
	str name = take_name(s), value;

	if (!name.n)
		return "no attribute name";
	shape_add(h, name);
	if (!str_starts(*s, S("=")))
		return NULL;
	if (!str_starts(*s, S("=\"")))
		return "an attribute without double quotes";
	*s = str_sub(*s, 2, SIZE_MAX);
	size_t end = str_find(*s, S("\""));
	if (end == SIZE_MAX)
		return "an attribute does not end";
	value = str_sub(*s, 0, end);
	*s = str_sub(*s, end + 1, SIZE_MAX);
	if (str_eq(name, S("href")) || str_eq(name, S("src")) ||
	    str_eq(name, S("action")) || str_eq(name, S("cite"))) {
		const char *bad = check_url(value);
		if (bad)
			return bad;
	}
	return check_words(value);
}

/* "s" begins at a <. */
static inline const char *check_tag(str *s, struct html_shape *h)
{
	if (str_starts(*s, S("<!doctype html>"))) {
		*s = str_sub(*s, 15, SIZE_MAX);
		return NULL;
	}
	*s = str_sub(*s, 1, SIZE_MAX);
	h->tags++;
	if (str_starts(*s, S("/"))) {
		shape_add(h, S("/"));
		*s = str_sub(*s, 1, SIZE_MAX);
	}
	str name = take_name(s);
	if (!name.n)
		return "a < that begins no tag";
	shape_add(h, name);
	while (str_starts(*s, S(" "))) {
		*s = str_sub(*s, 1, SIZE_MAX);
		const char *bad = check_attribute(s, h);
		if (bad)
			return bad;
	}
	if (str_starts(*s, S("/")))
		*s = str_sub(*s, 1, SIZE_MAX);
	if (!str_starts(*s, S(">")))
		return "a tag does not end";
	*s = str_sub(*s, 1, SIZE_MAX);
	return NULL;
}

/* What is wrong with the page, or NULL; and its shape. */
static inline const char *html_check(str page, struct html_shape *h)
{
	*h = (struct html_shape){ .hash = UINT64_C(14695981039346656037) };
	if (page.n && !str_utf8(page))
		return "not UTF-8";
	while (page.n) {
		size_t lt = str_find(page, S("<"));
		const char *bad = check_words(str_sub(page, 0, lt));
		if (bad)
			return bad;
		if (lt == SIZE_MAX)
			break;
		page = str_sub(page, lt, SIZE_MAX);
		bad = check_tag(&page, h);
		if (bad)
			return bad;
	}
	return NULL;
}

/* What stands in "page" between two literals, the first time. */
static inline str html_between(str page, str from, str to)
{
	size_t at = str_find(page, from);

	CHECK(at != SIZE_MAX);
	page = str_sub(page, at + from.n, SIZE_MAX);
	return str_sub(page, 0, str_find(page, to));
}

#endif
