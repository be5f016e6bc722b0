/* Requests two readers might read differently are refused. */
#include "client.h"
#include "tap.h"
#include <string.h>
#include <unistd.h>

static void handle(void *loop, struct http_x *x)
{
	const struct http_request *q = http_request(x);
	struct http_reply r = { .status = 200, .type = "text/plain",
		.body = arena_printf(q->a, "%.*s?%.*s", SV(q->path), SV(q->query)) };

	(void)loop;
	http_reply(x, &r);
}

struct trial { const char *why; str request; int status; };

#define LINE	"POST / HTTP/1.1\r\n"
#define HOST	"Host: x\r\n"
#define BODY	"\r\nhello"

/* 0: the connection may end without a word. */
static const struct trial trials[] = {
	{ "as it should be", S_INIT(LINE HOST "Content-Length: 5\r\n" BODY), 200 },
	{ "no Host", S_INIT(LINE "Content-Length: 5\r\n" BODY), 400 },
	{ "two Hosts", S_INIT(LINE HOST HOST "Content-Length: 5\r\n" BODY), 400 },
	{ "two equal Content-Lengths",
	    S_INIT(LINE HOST "Content-Length: 5\r\nContent-Length: 5\r\n" BODY), 400 },
	{ "two unlike Content-Lengths",
	    S_INIT(LINE HOST "Content-Length: 5\r\ncontent-length: 6\r\n" BODY), 400 },
	{ "a list of lengths", S_INIT(LINE HOST "Content-Length: 5, 5\r\n" BODY), 400 },
	{ "a signed length", S_INIT(LINE HOST "Content-Length: +5\r\n" BODY), 400 },
	{ "a negative length", S_INIT(LINE HOST "Content-Length: -5\r\n" BODY), 400 },
	{ "a hexadecimal length", S_INIT(LINE HOST "Content-Length: 0x5\r\n" BODY), 400 },
	{ "no length at all", S_INIT(LINE HOST "Content-Length:\r\n" BODY), 400 },
	{ "a length over 64 bits",
	    S_INIT(LINE HOST "Content-Length: 99999999999999999999\r\n" BODY), 413 },
	{ "length and chunks",
	    S_INIT(LINE HOST "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n"
	                     "\r\n0\r\n\r\n"),
	    400 },
	{ "chunks and length",
	    S_INIT(LINE HOST "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n"
	                     "\r\n0\r\n\r\n"),
	    400 },
	{ "two codings",
	    S_INIT(LINE HOST "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n"
	                     "\r\n0\r\n\r\n"),
	    400 },
	{ "an unknown coding", S_INIT(LINE HOST "Transfer-Encoding: gzip\r\n" BODY), 501 },
	{ "a list of codings",
	    S_INIT(LINE HOST "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"), 501 },
	{ "a disguised coding",
	    S_INIT(LINE HOST "Transfer-Encoding: \x0b"
	                     "chunked\r\n\r\n0\r\n\r\n"),
	    501 },
	{ "chunks in HTTP/1.0",
	    S_INIT("POST / HTTP/1.0\r\n" HOST "Transfer-Encoding: chunked\r\n"
	           "\r\n0\r\n\r\n"),
	    400 },
	{ "a chunk without a size",
	    S_INIT(LINE HOST "Transfer-Encoding: chunked\r\n\r\n\r\nhello"), 400 },
	{ "a chunk size that is no number",
	    S_INIT(LINE HOST "Transfer-Encoding: chunked\r\n\r\nzz\r\nhi"), 400 },
	{ "space before the colon", S_INIT(LINE "Host : x\r\nContent-Length: 5\r\n" BODY), 400 },
	{ "tab before the colon", S_INIT(LINE HOST "Content-Length\t: 5\r\n" BODY), 400 },
	{ "a field without a name", S_INIT(LINE HOST ": x\r\n\r\n"), 400 },
	{ "a name that is no token", S_INIT(LINE HOST "a(b): x\r\n\r\n"), 400 },
	{ "a field without a colon", S_INIT(LINE HOST "nonsense\r\n\r\n"), 400 },
	{ "a folded field", S_INIT(LINE HOST "X-A: b\r\n c\r\n\r\n"), 400 },
	{ "a folded first field", S_INIT(LINE " X-A: b\r\n" HOST "\r\n"), 400 },
	{ "a folded last field", S_INIT(LINE "X-A: b\r\n" HOST "\tmore\r\n\r\n"), 400 },
	{ "bare LF after the request line", S_INIT("POST / HTTP/1.1\nHost: x\r\n\r\n"), 400 },
	{ "bare LF after a field", S_INIT(LINE "X-A: b\nHost: x\r\n\r\n"), 400 },
	{ "bare LF after the last field", S_INIT(LINE "X-A: b\r\nHost: x\n\r\n"), 400 },
	{ "bare LF as the empty line", S_INIT(LINE "X-A: b\r\nHost: x\r\n\n"), 400 },
	{ "only bare LF", S_INIT("POST / HTTP/1.1\nHost: x\n\n"), 400 },
	{ "bare CR in a value", S_INIT(LINE HOST "X-A: b\rX-B: c\r\n\r\n"), 400 },
	{ "NUL in a value", S_INIT(LINE HOST "X-A: b\0c\r\n\r\n"), 400 },
	{ "NUL in a name", S_INIT(LINE HOST "X\0A: b\r\n\r\n"), 400 },
	{ "NUL in the path", S_INIT("GET /a\0b HTTP/1.1\r\n" HOST "\r\n"), 400 },
	{ "NUL in the path, and a query", S_INIT("GET /a\0?b HTTP/1.1\r\n" HOST "\r\n"), 400 },
	{ "NUL in the query", S_INIT("GET /a?b\0c HTTP/1.1\r\n" HOST "\r\n"), 400 },
	{ "NUL in the method", S_INIT("G\0T / HTTP/1.1\r\n" HOST "\r\n"), 400 },
	{ "a control character in the path", S_INIT("GET /a\x01 HTTP/1.1\r\n" HOST "\r\n"), 400 },
	{ "a tab in the path", S_INIT("GET /a\tb HTTP/1.1\r\n" HOST "\r\n"), 400 },
	{ "two spaces in the request line", S_INIT("GET  / HTTP/1.1\r\n" HOST "\r\n"), 400 },
	{ "a space in the path", S_INIT("GET /a b HTTP/1.1\r\n" HOST "\r\n"), 400 },
	{ "a space behind the version", S_INIT("GET / HTTP/1.1 \r\n" HOST "\r\n"), 400 },
	{ "a method that is no token", S_INIT("G(T / HTTP/1.1\r\n" HOST "\r\n"), 400 },
	{ "no version", S_INIT("GET /\r\n" HOST "\r\n"), 400 },
	{ "a version in small letters", S_INIT("GET / http/1.1\r\n" HOST "\r\n"), 400 },
	{ "HTTP/2.0", S_INIT("GET / HTTP/2.0\r\n" HOST "\r\n"), 505 },
	{ "HTTP/0.9", S_INIT("GET / HTTP/0.9\r\n" HOST "\r\n"), 505 },
	{ "a TLS hello", S_INIT("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n"), 0 },
	{ "only a word", S_INIT("hello\r\n\r\n"), 0 },
	{ "no path", S_INIT("GET x HTTP/1.1\r\n" HOST "\r\n"), 400 },
	{ "a star", S_INIT("OPTIONS * HTTP/1.1\r\n" HOST "\r\n"), 400 },
	{ "CONNECT", S_INIT("CONNECT other:443 HTTP/1.1\r\n" HOST "\r\n"), 400 },
	{ "another scheme", S_INIT("GET ftp://x/ HTTP/1.1\r\n" HOST "\r\n"), 400 },
	{ "a user in the address", S_INIT("GET http://a@x/ HTTP/1.1\r\n" HOST "\r\n"), 400 },
	{ "a Host that is none", S_INIT("GET / HTTP/1.1\r\nHost: a/b\r\n\r\n"), 400 },
	{ "markup as Host", S_INIT("GET / HTTP/1.1\r\nHost: <b>\r\n\r\n"), 400 },
};

static void refusals(struct arena *a, int port)
{
	for (size_t i = 0; i < countof(trials); i++) {
		const struct trial *t = &trials[i];
		int fd = dial(port);

		say(fd, t->request);
		struct heard h = hear(a, fd);
		ok(h.status == t->status, "%s: %d, not %d", t->why, t->status, h.status);
		if (t->status != 200)
			ok(ends(fd, PATIENCE), "... and the connection ends");
		close(fd);
		arena_reset(a);
	}
}

/* What these mean is for the router; here they arrive as they were sent. */
static void paths(struct arena *a, int port)
{
	static const char *raw[] = { "/../etc/passwd", "/a/../../b", "/%2e%2e/x", "/a%00b",
		"//a//b", "/%", "/%zz", "/%c0%af", "/\xff\xfe", "/a;b", "/a\\b", "/?" };

	for (size_t i = 0; i < countof(raw); i++) {
		struct heard h =
		    ask(a, port, arena_printf(a, "GET %s HTTP/1.1\r\nHost: x\r\n\r\n", raw[i]));
		str sent = str_of(raw[i]);

		if (str_find(sent, S("?")) == SIZE_MAX)
			sent = arena_printf(a, "%s?", raw[i]);
		ok(h.status == 200 && str_eq(h.body, sent), "path as sent: %.*s", SV(h.body));
	}
}

/* A refused request's bytes are never taken for another request. */
static void smuggled(struct arena *a, int port, struct http_server *s)
{
	struct http_stats before, after;
	int fd = dial(port);

	http_stats(s, &before);
	SAY(fd, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 36\r\nTransfer-Encoding: "
	        "chunked\r\n\r\n"
	        "0\r\n\r\nGET /admin HTTP/1.1\r\nHost: x\r\n\r\n");
	struct heard h = hear(a, fd);
	ok(h.status == 400 && ends(fd, PATIENCE), "length and chunks with a request inside: 400");
	http_stats(s, &after);
	ok(after.requests == before.requests && after.refused == before.refused + 1,
	    "no request reached the handler");
	close(fd);
}

/* Requests cut off anywhere, and a few mutilated: nothing may break. */
static void halves(struct arena *a, int port)
{
	static const char whole[] = "POST /a?b=c HTTP/1.1\r\nHost: x\r\nCookie: k=v; l=\"w\"\r\n"
	    "Content-Length: 5\r\nExpect: 100-continue\r\n\r\nhello";
	struct prng r;

	for (size_t n = 0; n < sizeof whole - 1; n++) {
		int fd = dial(port);

		say(fd, (str){ whole, n });
		close(fd);
	}
	prng_seed(&r, 1);
	for (int i = 0; i < 300; i++) {
		char bad[sizeof whole];
		int fd = dial(port);

		memcpy(bad, whole, sizeof whole);
		for (int k = 0; k < 3; k++)
			bad[prng_below(&r, sizeof whole - 1)] = (char)prng_below(&r, 256);
		say(fd, (str){ bad, sizeof whole - 1 });
		close(fd);
	}
	struct heard h = ask(a, port, S("GET /fine HTTP/1.1\r\nHost: x\r\n\r\n"));
	ok(h.status == 200, "half and mutilated requests do no harm");
}

int main(void)
{
	struct arena *a = arena_new(), *each = arena_new();
	struct http_options o = { .listen = "127.0.0.1:0", .loops = 1, .handle = handle };
	struct http_server *s;
	err e = http_start(&s, a, &o);

	CHECK(!e);
	refusals(each, http_port(s));
	paths(each, http_port(s));
	smuggled(each, http_port(s), s);
	halves(each, http_port(s));
	http_stop(&s);
	arena_free(&each);
	arena_free(&a);
	return done();
}
