#include "http/params.h"
#include "http/fields.h"
#include <string.h>

static int digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* The byte that "%XX" at the front of s stands for, or -1. */
static int escaped(str s)
{
	if (s.n < 3 || s.p[0] != '%')
		return -1;
	int high = digit(s.p[1]), low = digit(s.p[2]);
	return high < 0 || low < 0 ? -1 : high * 16 + low;
}

/* As WHATWG URL 5.1: '+' is a space, and a '%' that begins nothing stays. */
static str form_decode(struct arena *a, str s)
{
	char *p = arena_bytes(a, s.n + 1);
	size_t n = 0;

	while (s.n) {
		int c = escaped(s);

		p[n++] = c >= 0 ? (char)c : s.p[0] == '+' ? ' ' : s.p[0];
		s = str_sub(s, c >= 0 ? 3 : 1, SIZE_MAX);
	}
	p[n] = '\0';
	return (str){ p, n };
}

/* Most values need no decoding and stay where they are. */
static str decoded(struct arena *a, str s)
{
	if (s.n && (memchr(s.p, '%', s.n) || memchr(s.p, '+', s.n)))
		return form_decode(a, s);
	return s;
}

err params_add(struct arena *a, struct params *all, struct param p)
{
	if (all->n == PARAMS_MAX)
		return ERR(a, ERR_INVALID, "too-many-fields");
	if (!str_utf8(p.name) || (!p.type.n && !str_utf8(p.value)))
		return ERR(a, ERR_INVALID, "bad-encoding");
	size_t cap = all->n ? all->n : 1;
	if ((all->n & (all->n - 1)) == 0) {
		/* Full at each power of two: the next array is twice as long. */
		struct param *v = NEWN(a, struct param, cap * 2);

		if (all->n)
			memcpy(v, all->v, all->n * sizeof *v);
		all->v = v;
	}
	all->v[all->n++] = p;
	return NULL;
}

err params_urlencoded(struct arena *a, str s, struct params *out)
{
	*out = (struct params){ 0 };
	for (str pair, name; str_take(&s, '&', &pair); ) {
		if (pair.n == 0)
			continue;
		if (!str_take(&pair, '=', &name))
			name = S("");
		TRY(params_add(a, out, (struct param){ .name = decoded(a, name),
		    .value = decoded(a, pair) }));
	}
	return NULL;
}

err params_body(struct arena *a, str content_type, str body, struct params *out)
{
	str type = content_type, kind;

	*out = (struct params){ 0 };
	if (body.n == 0)
		return NULL;
	(void)str_take(&type, ';', &kind);
	kind = str_trim(kind);
	if (str_eq_nocase(kind, S("application/x-www-form-urlencoded")))
		return params_urlencoded(a, body, out);
	if (str_eq_nocase(kind, S("multipart/form-data")))
		return params_multipart(a, content_type, body, out);
	return ERR(a, ERR_INVALID, "bad-content-type");
}

const struct param *params_get(const struct params *all, str name)
{
	for (size_t i = 0; i < all->n; i++)
		if (str_eq(all->v[i].name, name))
			return &all->v[i];
	return NULL;
}

str params_value(const struct params *all, str name)
{
	const struct param *p = params_get(all, name);

	return p ? p->value : S("");
}

bool percent_decode(struct arena *a, str s, str *out)
{
	char *p = arena_bytes(a, s.n + 1);
	size_t n = 0;

	while (s.n) {
		int c = escaped(s);

		if (s.p[0] == '%' && (c <= 0 || c == '/'))
			return false;
		if (s.p[0] == '/')
			return false;
		p[n++] = c >= 0 ? (char)c : s.p[0];
		s = str_sub(s, c >= 0 ? 3 : 1, SIZE_MAX);
	}
	p[n] = '\0';
	*out = (str){ p, n };
	return str_utf8(*out);
}

static bool unreserved(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~';
}

void percent_encode(struct buf *b, str s)
{
	static const char hex[] = "0123456789ABCDEF";

	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (unreserved(s.p[i]))
			buf_char(b, s.p[i]);
		else
			buf_put(b, (char[]){ '%', hex[c >> 4], hex[c & 15] }, 3);
	}
}
