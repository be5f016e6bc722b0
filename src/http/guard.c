#include "http/guard.h"
#include "http/fields.h"
#include <string.h>

#define VERSION		8	/* "HTTP/1.1"				*/

static bool letter_or_digit(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= '0' && c <= '9');
}

static bool one_of(const char *some, char c)
{
	return c && strchr(some, c);
}

static enum http_method method_of(str m)
{
	if (str_eq(m, S("GET")))
		return HTTP_GET;
	if (str_eq(m, S("HEAD")))
		return HTTP_HEAD;
	if (str_eq(m, S("POST")))
		return HTTP_POST;
	return HTTP_OTHER;
}

void guard_line(struct guard *g, struct http_request *q, const char *method,
    const char *uri, size_t uri_n, const char *version, size_t head)
{
	*g = (struct guard){ .end = method + head, .old = version[VERSION - 1] == '0' };
	q->method_name = str_of(method);
	q->method = method_of(q->method_name);
	g->line = q->method_name.n + uri_n + VERSION + 2;
	g->at = g->fields = version + VERSION + 2;
	g->bad = !field_token(q->method_name) ||
	    uri != method + q->method_name.n + 1 ||
	    version != uri + uri_n + 1 ||
	    g->at + 2 > g->end || version[VERSION] || version[VERSION + 1];
}

#define Q(m)	offsetof(struct http_request, m)
#define G(m)	(sizeof(struct http_request) + offsetof(struct guard, m))

/* Where the value of each field that anybody reads goes. */
static const struct { str name; size_t at; } known[] = {
	{ S_INIT("host"), Q(host) },
	{ S_INIT("cookie"), Q(cookie) },
	{ S_INIT("accept"), Q(accept) },
	{ S_INIT("origin"), Q(origin) },
	{ S_INIT("content-type"), Q(content_type) },
	{ S_INIT("if-none-match"), Q(if_none_match) },
	{ S_INIT("authorization"), Q(authorization) },
	{ S_INIT("last-event-id"), Q(last_event_id) },
	{ S_INIT("content-length"), G(length) },
	{ S_INIT("sec-fetch-site"), Q(sec_fetch_site) },
	{ S_INIT("accept-language"), Q(accept_language) },
	{ S_INIT("accept-encoding"), Q(accept_encoding) },
	{ S_INIT("transfer-encoding"), G(coding) },
};

static str *place(struct guard *g, struct http_request *q, size_t at)
{
	const size_t own = sizeof *q;

	g->hosts += at == Q(host);
	g->lengths += at == G(length);
	g->codings += at == G(coding);
	return at < own ? (str *)((char *)q + at) : (str *)((char *)g + (at - own));
}

/* Optional white space is blanks and tabs, no others (RFC 9110 section 5.6.3). */
static str trim(str s)
{
	while (s.n && (s.p[s.n - 1] == ' ' || s.p[s.n - 1] == '\t'))
		s.n--;
	return s;
}

static void keep(struct guard *g, struct http_request *q, str name, str value)
{
	for (size_t i = 0; i < countof(known); i++) {
		if (known[i].name.n != name.n || !str_eq_nocase(known[i].name, name))
			continue;
		str *to = place(g, q, known[i].at);
		if (!to->p)
			*to = trim(value);	/* in front nothing is left */
		return;
	}
}

void guard_field(struct guard *g, struct http_request *q, str name, str value)
{
	g->records++;
	if (g->bad)
		return;
	if (name.p != g->at || value.p < name.p + name.n + 1 ||
	    value.p + value.n + 2 > g->end || !field_token(name) ||
	    value.p[value.n] || value.p[value.n + 1]) {
		g->bad = true;
		return;
	}
	g->at = value.p + value.n + 2;
	keep(g, q, name, value);
}

/* reg-name, address or [address], and a port (RFC 3986 section 3.2.2). */
static bool host_fine(str host)
{
	for (size_t i = 0; i < host.n; i++)
		if (!letter_or_digit(host.p[i]) && !one_of("-._~:[]%", host.p[i]))
			return false;
	return host.n <= 255;
}

/* The absolute form, as sent to a proxy: its authority is the host. */
static bool cut_authority(struct http_request *q, str *uri)
{
	const str slashes = S("://");
	size_t at = str_find(*uri, slashes);
	str scheme = str_sub(*uri, 0, at);

	if (at == SIZE_MAX || (!str_eq_nocase(scheme, S("http")) &&
	    !str_eq_nocase(scheme, S("https"))))
		return false;
	*uri = str_sub(*uri, at + slashes.n, SIZE_MAX);
	for (at = 0; at < uri->n && uri->p[at] != '/'; )
		at++;
	q->host = str_sub(*uri, 0, at);
	*uri = at < uri->n ? str_sub(*uri, at, SIZE_MAX) : S("/");
	return true;
}

/* "/path?query" */
static bool split(struct http_request *q, str uri)
{
	if (!str_starts(uri, S("/")) && !cut_authority(q, &uri))
		return false;
	for (size_t i = 0; i < uri.n; i++)
		if ((unsigned char)uri.p[i] <= ' ' || uri.p[i] == 0x7f)
			return false;
	size_t mark = str_find(uri, S("?"));
	q->path = str_sub(uri, 0, mark);
	q->query = mark == SIZE_MAX ? S("") : str_sub(uri, mark + 1, SIZE_MAX);
	return true;
}

/* How the body is framed (RFC 9112 section 6). */
static int framing(const struct guard *g, const struct http_limits *limits,
    struct guard_body *body)
{
	int64_t n = 0;

	if (g->codings + g->lengths > 1 || (g->codings && g->old))
		return 400;
	if (g->codings) {
		body->any = body->chunked = true;
		return str_eq_nocase(g->coding, S("chunked")) ? 0 : 501;
	}
	if (g->lengths && !str_int(g->length, 0, INT64_MAX, &n))
		return 400;
	body->any = n > 0;
	body->length = (uint64_t)n;
	return body->length > limits->body ? 413 : 0;
}

/* The last field ended at the empty line, and no lone CR is among them. */
static bool whole(const struct guard *g)
{
	return !g->bad && g->at + 2 == g->end && !g->at[0] && !g->at[1] &&
	    !memchr(g->fields, '\r', (size_t)(g->end - g->fields));
}

int guard_verdict(struct guard *g, struct http_request *q, str uri,
    const struct http_limits *limits, struct guard_body *body)
{
	*body = (struct guard_body){ 0 };
	if (g->line > limits->line)
		return 414;
	if ((size_t)(g->end - g->fields) > limits->headers)
		return 431;
	if (!whole(g) || !split(q, uri) || !host_fine(q->host))
		return 400;
	if (g->hosts > 1 || (g->hosts == 0 && !g->old))
		return 400;
	return framing(g, limits, body);
}
