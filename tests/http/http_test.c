/* Requests and replies as they should be, and the limits on them. */
#include "client.h"
#include "tap.h"
#include <sched.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static struct http_ready *page;

static void echo(struct http_x *x)
{
	const struct http_request *q = http_request(x);
	struct http_reply r = { .status = 200, .type = "text/plain; charset=utf-8" };

	r.body = arena_printf(q->a, "%.*s|%.*s|%.*s|%.*s|%zu|%.*s|%.*s", SV(q->method_name),
	    SV(q->path), SV(q->query), SV(q->host), q->body.n, SV(q->peer), SV(q->cookie));
	http_reply_header(&r, "X-Kind", q->method == HTTP_GET ? S("get") :
	    q->method == HTTP_HEAD ? S("head") : q->method == HTTP_POST ? S("post") : S("other"));
	http_reply(x, &r);
}

static void handle(void *loop, struct http_x *x)
{
	const struct http_request *q = http_request(x);
	struct http_reply r = { .status = 200, .type = "text/plain" };

	(void)loop;
	if (str_eq(q->path, S("/ready"))) {
		http_reply_ready(x, page);
	} else if (str_eq(q->path, S("/body"))) {
		r.body = q->body;
		http_reply(x, &r);
	} else if (str_eq(q->path, S("/split"))) {
		http_reply_header(&r, "Location", S("/a\r\nSet-Cookie: stolen=1"));
		http_reply(x, &r);
	} else if (str_eq(q->path, S("/nothing"))) {
		r.status = 204;
		http_reply(x, &r);
	} else {
		echo(x);
	}
}

static int start(struct http_server **s, struct arena *a, struct http_limits limits)
{
	struct http_options o = { .listen = "127.0.0.1:0", .loops = 2, .limits = limits,
		.handle = handle };
	err e = http_start(s, a, &o);

	CHECK(!e);
	return http_port(*s);
}

static void plain(struct arena *a, int port)
{
	struct heard h = ask(a, port, S("GET /a%2fb?x=1&y=%20+z HTTP/1.1\r\nHost: laris.test:80\r\n"
	    "Cookie: k=v\r\n\r\n"));

	ok(h.status == 200, "GET");
	ok(str_eq(h.body, S("GET|/a%2fb|x=1&y=%20+z|laris.test:80|0|127.0.0.1|k=v")),
	    "path and query come as they were sent: %.*s", SV(h.body));
	ok(str_eq(head_field(&h, S("X-Kind")), S("get")), "a header field of the reply");
	ok(head_field(&h, S("Date")).n == 29, "Date");
	ok(head_field(&h, S("Server")).n == 0, "no Server");
	h = ask(a, port, S("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"));
	ok(str_eq(head_field(&h, S("Connection")), S("close")), "Connection: close is answered");
	h = ask(a, port, S("DELETE /x HTTP/1.1\r\nHost: x\r\n\r\n"));
	ok(h.status == 200 && str_starts(h.body, S("DELETE|/x|")) &&
	    str_eq(head_field(&h, S("X-Kind")), S("other")), "other methods reach the handler");
	h = ask(a, port, S("GET http://proxy.test/p?q HTTP/1.1\r\nHost: other\r\n\r\n"));
	ok(str_starts(h.body, S("GET|/p|q|proxy.test|")), "absolute form: %.*s", SV(h.body));
	h = ask(a, port, S("GET /old HTTP/1.0\r\n\r\n"));
	ok(h.status == 200, "HTTP/1.0 without Host");
	h = ask(a, port, S("GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n"));
	ok(h.status == 204 && !head_field(&h, S("Content-Length")).n, "204 has no length");
	h = ask(a, port, S("GET /split HTTP/1.1\r\nHost: x\r\n\r\n"));
	ok(h.status == 500 && str_find(h.head, S("stolen")) == SIZE_MAX,
	    "a line break never gets into a header field");
}

static void head(struct arena *a, int port)
{
	int fd = dial(port);

	SAY(fd, "HEAD /h HTTP/1.1\r\nHost: x\r\n\r\n");
	struct heard h = hear_head(a, fd);
	ok(h.status == 200 && !str_eq(head_field(&h, S("Content-Length")), S("0")) &&
	    str_eq(head_field(&h, S("X-Kind")), S("head")), "HEAD has the length");
	SAY(fd, "GET /next HTTP/1.1\r\nHost: x\r\n\r\n");
	h = hear(a, fd);
	ok(h.status == 200 && str_starts(h.body, S("GET|/next")), "... and no body follows it");
	SAY(fd, "HEAD /ready HTTP/1.1\r\nHost: x\r\n\r\nGET /last HTTP/1.1\r\nHost: x\r\n\r\n");
	h = hear_head(a, fd);
	ok(h.status == 200 && str_eq(head_field(&h, S("Content-Length")), S("5")),
	    "HEAD, made reply");
	h = hear(a, fd);
	ok(str_starts(h.body, S("GET|/last")), "... and no body either");
	close(fd);
}

static void made(struct arena *a, int port)
{
	struct heard h = ask(a, port, S("GET /ready HTTP/1.1\r\nHost: x\r\n\r\n"));

	ok(h.status == 200 && str_eq(h.body, S("ready")), "a made reply");
	h = ask(a, port,
	    S("GET /ready HTTP/1.1\r\nHost: x\r\nIf-None-Match: \"o\", W/\"e1\"\r\n\r\n"));
	ok(h.status == 304 && str_eq(head_field(&h, S("ETag")), S("\"e1\"")), "304 for its ETag");
	h = ask(a, port, S("GET /ready HTTP/1.1\r\nHost: x\r\nIf-None-Match: \"e2\"\r\n\r\n"));
	ok(h.status == 200, "200 for another");
	struct http_reply r = { .status = 200, .type = "text/plain", .body = S("second") };
	http_reply_header(&r, "ETag", S("\"e2\""));
	struct http_ready *old = page;
	page = http_ready_new(&r);
	http_ready_free(&old);
	ok(old == NULL, "a made reply is let go");
	h = ask(a, port, S("GET /ready HTTP/1.1\r\nHost: x\r\n\r\n"));
	ok(str_eq(h.body, S("second")), "the new one is sent");
}

static void bodies(struct arena *a, int port)
{
	struct heard h =
	    ask(a, port, S("POST /body HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello"));

	ok(h.status == 200 && str_eq(h.body, S("hello")), "a body");
	h = ask(a, port, S("POST /body HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
	    "3\r\nhel\r\n2;x=y\r\nlo\r\n0\r\nTrailer: t\r\n\r\n"));
	ok(h.status == 200 && str_eq(h.body, S("hello")), "a chunked body");
	int fd = dial(port);
	SAY(fd, "POST /body HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nExpect: "
	        "100-continue\r\n\r\n");
	h = hear(a, fd);
	ok(h.status == 100, "100 Continue");
	SAY(fd, "hello");
	h = hear(a, fd);
	ok(h.status == 200 && str_eq(h.body, S("hello")), "... and then the reply");
	SAY(fd, "POST /body HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999\r\nExpect: "
	        "100-continue\r\n\r\n");
	h = hear(a, fd);
	ok(h.status == 413, "a body too long is not asked for");
	ok(ends(fd, PATIENCE), "... and the connection ends");
	close(fd);
	fd = dial(port);
	for (int i = 0; i < 3; i++)
		SAY(fd, "POST /body HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabcGET /p "
		        "HTTP/1.1\r\nHost: x\r\n\r\n");
	int right = 0;
	for (int i = 0; i < 3; i++) {
		right += str_eq(hear(a, fd).body, S("abc"));
		right += str_starts(hear(a, fd).body, S("GET|/p|"));
	}
	ok(right == 6, "six pipelined requests, six replies in order");
	close(fd);
}

/* 10 MB at a server that takes 1 MiB: refused, and memory stays. */
static void flood(struct arena *a, int port)
{
	struct arena *own = arena_new();
	char *junk = arena_bytes(own, 1 << 16);
	long before = resident();
	int fd = dial(port), sent = 0;

	memset(junk, 'x', 1 << 16);
	SAY(fd, "POST /body HTTP/1.1\r\nHost: x\r\nContent-Length: 10485760\r\n\r\n");
	while (sent < 160 && say(fd, (str){ junk, 1 << 16 }))
		sent++;
	struct heard h = hear(a, fd);
	ok(h.status == 413, "10 MB: 413 is heard though all of it was sent (%d of 160)", sent);
	close(fd);
	fd = dial(port);
	SAY(fd, "POST /body HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
	for (sent = 0; sent < 160; sent++)
		if (!SAY(fd, "10000\r\n") || !say(fd, (str){ junk, 1 << 16 }) || !SAY(fd, "\r\n"))
			break;
	h = hear(a, fd);
	ok(h.status == 413, "10 MB in chunks: 413 (%d of 160)", sent);
	close(fd);
	ok(resident() - before < 8192, "memory: %ld KiB more", resident() - before);
	arena_free(&own);
}

static str filled(struct arena *a, const char *before, size_t n, const char *after)
{
	struct buf b = BUF(a, 1 << 20);

	buf_str(&b, str_of(before));
	for (size_t i = 0; i < n; i++)
		buf_char(&b, 'a');
	buf_str(&b, str_of(after));
	return buf_done(&b);
}

static void lines(struct arena *a, int port)
{
	const char *rest = " HTTP/1.1\r\nHost: x\r\n\r\n";
	struct heard h = ask(a, port, filled(a, "GET /", 4000, rest));

	ok(h.status == 200, "a request line of 4 KiB");
	h = ask(a, port, filled(a, "GET /", 4090, rest));
	ok(h.status == 414, "a longer one: 414");
	h = ask(a, port, filled(a, "GET /", 100000, rest));
	ok(h.status == 414, "100 KB: 414");
	h = ask(a, port, filled(a, "GET /?", 100000, rest));
	ok(h.status == 414, "100 KB of query: 414");
	h = ask(a, port, filled(a, "GET / HTTP/1.1\r\nHost: x\r\nX-A: ", 3900, "\r\n\r\n"));
	ok(h.status == 200, "fields of 4 KiB");
	h = ask(a, port, filled(a, "GET / HTTP/1.1\r\nHost: x\r\nX-A: ", 4090, "\r\n\r\n"));
	ok(h.status == 431, "more: 431");
	h = ask(a, port, filled(a, "GET / HTTP/1.1\r\nHost: x\r\nX-A: ", 100000, "\r\n\r\n"));
	ok(h.status == 431, "100 KB: 431");
	struct buf b = BUF(a, 1 << 20);
	buf_str(&b, S("GET / HTTP/1.1\r\nHost: x\r\n"));
	for (int i = 0; i < 1000; i++)
		buf_str(&b, S("a:\r\n"));
	buf_str(&b, S("\r\n"));
	h = ask(a, port, buf_done(&b));
	ok(h.status == 431, "a thousand fields: 431");
	b = BUF(a, 1 << 20);
	buf_str(&b, S("GET /?"));
	for (int i = 0; i < 1000; i++)
		buf_str(&b, S("a&"));
	buf_str(&b, str_of(rest));
	h = ask(a, port, buf_done(&b));
	ok(h.status == 200 && str_find(h.body, S("a&a&a&")) != SIZE_MAX,
	    "a thousand names in the query do not matter here");
}

static void kept(struct arena *a, int port, struct http_server *s)
{
	struct http_stats st;
	int fd = dial(port), right = 0;

	for (int i = 0; i < 100; i++) {
		SAY(fd, "GET /k HTTP/1.1\r\nHost: x\r\n\r\n");
		right += hear(a, fd).status == 200;
		arena_reset(a);
	}
	ok(right == 100, "a hundred requests on one connection");
	http_stats(s, &st);
	ok(st.connections == 1 && st.requests >= 100 && st.refused > 0,
	    "counted: %ld connections, %ld requests, %ld refused", (long)st.connections,
	    (long)st.requests, (long)st.refused);
	close(fd);
}

static void crowded(struct arena *a)
{
	struct http_server *s;
	int port = start(&s, a, (struct http_limits){ .connections = 20, .per_address = 10 });
	int fd[64], closed = 0, busy = 0, fine = 0;

	for (int i = 0; i < 64; i++) {
		fd[i] = dial(port);
		SAY(fd[i], "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
	}
	for (int i = 0; i < 64; i++) {
		struct heard h = hear_head(a, fd[i]);

		fine += h.status == 200;
		busy += h.status == 503;
		closed += h.status == 0;
	}
	ok(fine == 10, "ten of an address are served: %d", fine);
	ok(busy + closed == 54 && busy > 0, "%d are told 503, %d are closed", busy, closed);
	for (int i = 0; i < 64; i++)
		close(fd[i]);
	struct heard h = { 0 };
	for (int i = 0; i < 1000 && h.status != 200; i++)
		h = ask(a, port, S("GET / HTTP/1.1\r\nHost: x\r\n\r\n"));
	ok(h.status == 200, "when they have gone another is served");
	http_stop(&s);
}

static void starting(struct arena *a, int port)
{
	struct http_server *s;
	struct http_options o = { .listen = arena_printf(a, "127.0.0.1:%d", port).p, .loops = 2,
		.handle = handle };
	err e = http_start(&s, a, &o);

	ok(e && !s && !strcmp(e->rule, "listen-refused"), "a port in use is refused");
	const char *bad[] = { "127.0.0.1", ":80", "localhost:80", "127.0.0.1:99999", "::1:80", "" };
	for (size_t i = 0; i < countof(bad); i++) {
		o.listen = bad[i];
		e = http_start(&s, a, &o);
		ok(e && !strcmp(e->rule, "listen-address"), "no address: \"%s\"", bad[i]);
	}
	o.listen = "[::1]:0";
	e = http_start(&s, a, &o);
	if (e)
		ok(1, "IPv6 # SKIP not here: %.*s", SV(e->log));
	else
		ok(http_port(s) > 0, "IPv6");
	http_stop(&s);
	http_stop(&s);
	ok(s == NULL, "stopping nothing is fine");
}

/* "/up" takes up to 5,000 bytes where others take 1,000. */
static const struct http_reply *larger(void *loop, struct http_x *x, uint64_t bytes)
{
	const struct http_request *q = http_request(x);
	struct http_reply *no = NEW(q->a, struct http_reply);

	(void)loop;
	if (str_eq(q->path, S("/up")) && bytes <= 5000)
		return NULL;
	*no = (struct http_reply){ .status = 413, .type = "text/html", .body = S("split it") };
	http_reply_header(no, "X-Why", S("large"));
	return no;
}

static str upload(struct arena *a, const char *path, size_t n)
{
	str head = arena_printf(a, "POST %s HTTP/1.1\r\nHost: x\r\nContent-Length: %zu\r\n\r\n",
	    path, n);

	return filled(a, head.p, n, "");
}

static void large(struct arena *a)
{
	struct http_options o = { .listen = "127.0.0.1:0", .loops = 2, .handle = handle,
		.large = larger, .limits = { .body = 1000, .large = 2 } };
	struct http_server *s;
	int fd[2];

	CHECK(!http_start(&s, a, &o));
	int port = http_port(s);
	struct heard h = ask(a, port, upload(a, "/up", 5000));
	ok(h.status == 200 && str_find(h.body, S("|5000|")) != SIZE_MAX,
	    "a larger body where it may be");
	h = ask(a, port, upload(a, "/up", 5001));
	ok(h.status == 413 && str_eq(h.body, S("split it")) &&
	    str_eq(head_field(&h, S("X-Why")), S("large")) &&
	    str_eq(head_field(&h, S("Connection")), S("close")),
	    "larger still: the application says why");
	ok(ask(a, port, upload(a, "/body", 1001)).status == 413, "elsewhere the usual limit");
	for (int i = 0; i < 2; i++) {
		fd[i] = dial(port);
		SAY(fd[i], "POST /up HTTP/1.1\r\nHost: x\r\nContent-Length: 3000\r\n\r\nbegun");
	}
	do {
		h = ask(a, port, upload(a, "/up", 3000));
	} while (h.status == 200);	/* until both heads were read */
	ok(h.status == 503, "a third one at once: 503");
	h = ask(a, port, upload(a, "/up", 900));
	ok(h.status == 200, "a usual one is not held up");
	close(fd[0]);
	do {
		h = ask(a, port, upload(a, "/up", 3000));
	} while (h.status == 503);	/* until the end of the first was seen */
	ok(h.status == 200, "one of them gone: there is room");
	close(fd[1]);
	http_stop(&s);
}

static void *one_more(void *ctx, int loop)
{
	(void)loop;
	++*(int *)ctx;
	return ctx;
}

static int loops_made(struct arena *a)
{
	struct http_server *s;
	int n = 0;
	struct http_options o = { .listen = "127.0.0.1:0", .handle = handle,
		.loop_new = one_more, .ctx = &n };

	CHECK(!http_start(&s, a, &o));
	http_stop(&s);
	return n;
}

/* As in a container that was given one of the machine's processors. */
static void processors(struct arena *a)
{
	cpu_set_t may, one;
	size_t first = 0;

	CHECK(sched_getaffinity(0, sizeof may, &may) == 0);
	ok(loops_made(a) == CPU_COUNT(&may), "a loop for each processor");
	while (!CPU_ISSET(first, &may))
		first++;
	CPU_ZERO(&one);
	CPU_SET(first, &one);
	CHECK(sched_setaffinity(0, sizeof one, &one) == 0);
	ok(loops_made(a) == 1, "one where the process may use one");
	CHECK(sched_setaffinity(0, sizeof may, &may) == 0);
}

int main(void)
{
	struct arena *a = arena_new(), *each = arena_new();
	struct http_reply r = { .status = 200, .type = "text/plain", .body = S("ready") };
	struct http_server *s;

	http_reply_header(&r, "ETag", S("\"e1\""));
	page = http_ready_new(&r);
	int port = start(&s, a, (struct http_limits){ 0 });
	plain(each, port);
	head(each, port);
	made(each, port);
	bodies(each, port);
	lines(each, port);
	arena_reset(each);
	flood(each, port);
	kept(each, port, s);
	starting(each, port);
	http_stop(&s);
	http_ready_free(&page);
	crowded(each);
	large(each);
	processors(each);
	arena_free(&each);
	arena_free(&a);
	return done();
}
