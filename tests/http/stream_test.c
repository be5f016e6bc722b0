/* Server-sent events: some listen, one vanishes, one too many, all end. */
#include "client.h"
#include "tap.h"
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

static struct http_server *server;
static atomic_int now_at, gone_n, asked_n;
static atomic_bool shout;

struct listener { int seen; str tail; };

static void next(void *ctx, struct buf *b)
{
	struct listener *l = ctx;
	int at = atomic_load(&now_at);

	atomic_fetch_add(&asked_n, 1);
	while (l->seen < at) {
		l->seen++;
		buf_printf(b, "id: %d\ndata: n%d\n\n", l->seen, l->seen);
	}
	/* Longer than the library's memory; and then longer than allowed. */
	if (at == 50 && l->tail.n) {
		for (int i = 0; i < 60000; i++)
			buf_char(b, 'z');
		buf_str(b, S("\n\n"));
		l->tail = S("");
	}
	if (atomic_load(&shout))
		for (int i = 0; i < 70000; i++)
			buf_char(b, 'z');
}

static void gone(void *ctx)
{
	(void)ctx;
	atomic_fetch_add(&gone_n, 1);
}

static void handle(void *loop, struct http_x *x)
{
	const struct http_request *q = http_request(x);
	struct http_stream s = { next, gone, NEW(q->a, struct listener) };
	struct listener *l = s.ctx;
	int64_t from;

	(void)loop;
	l->tail = S("x");
	if (str_int(q->last_event_id, 0, 1000, &from))
		l->seen = (int)from;
	http_reply_stream(x, &s);
}

static int listen_to(struct arena *a, const char *more)
{
	int fd = dial(http_port(server));

	say(fd, arena_printf(a, "GET /live HTTP/1.1\r\nHost: x\r\n%s\r\n", more));
	return fd;
}

/* What has come up to the end of this text. */
static bool hears(struct arena *a, int fd, str until)
{
	struct buf all = BUF(a, 1 << 20);

	while (str_find(buf_done(&all), until) == SIZE_MAX) {
		str some = listen_for(a, fd, 1, PATIENCE);

		if (some.n == 0)
			return false;
		buf_str(&all, some);
	}
	return true;
}

static void publish(int n)
{
	atomic_store(&now_at, n);
	http_wake(server);
}

static bool comes_true(atomic_int *n, int least)
{
	for (int i = 0; i < PATIENCE / 10 && atomic_load(n) < least; i++)
		poll(NULL, 0, 10);
	return atomic_load(n) >= least;
}

static void some_listen(struct arena *a)
{
	int fd[4];
	struct http_stats st;

	publish(1);
	for (int i = 0; i < 4; i++)
		fd[i] = listen_to(a, "");
	struct heard h = hear_head(a, fd[0]);
	ok(h.status == 200 && str_eq(head_field(&h, S("Content-Type")), S("text/event-stream")) &&
	    str_eq(head_field(&h, S("Cache-Control")), S("no-store")), "a stream of events");
	for (int i = 0; i < 4; i++)
		ok(hears(a, fd[i], S("data: n1\n\n")), "%d hears what was before", i);
	publish(2);
	for (int i = 0; i < 4; i++)
		ok(hears(a, fd[i], S("data: n2\n\n")), "%d hears what is new", i);
	http_stats(server, &st);
	ok(st.streams == 4, "four streams");
	close(fd[1]);
	ok(comes_true(&gone_n, 1), "one vanishes and is told gone, though nothing was sent");
	publish(5);
	ok(hears(a, fd[0], S("id: 5\n")) && hears(a, fd[3], S("id: 5\n")), "the others hear on");
	int late = listen_to(a, "Last-Event-ID: 4\r\n");
	ok(hears(a, late, S("\r\n\r\n")) &&
	        str_find(listen_for(a, late, 1, PATIENCE), S("n4")) == SIZE_MAX,
	    "who comes back gets what it has not seen");
	publish(50);
	ok(hears(a, fd[0], S("zzz\n\n")), "a long event comes whole");
	close(fd[0]);
	close(fd[2]);
	close(fd[3]);
	close(late);
	ok(comes_true(&gone_n, 5), "all are told gone, once each (%d)", atomic_load(&gone_n));
}

static void too_many(struct arena *a)
{
	int fd[5], fine = 0, busy = 0, before = atomic_load(&gone_n);

	for (int i = 0; i < 5; i++)
		fd[i] = listen_to(a, "");
	for (int i = 0; i < 5; i++) {
		struct heard h = hear_head(a, fd[i]);

		fine += h.status == 200;
		busy += h.status == 503 && head_field(&h, S("Retry-After")).n > 0;
	}
	ok(fine == 4 && busy == 1, "the fifth is told 503");
	for (int i = 0; i < 5; i++)
		close(fd[i]);
	ok(comes_true(&gone_n, before + 5), "who was refused is told gone too");
	int again = listen_to(a, "");
	ok(hear_head(a, again).status == 200, "there is room again");
	close(again);
	ok(comes_true(&gone_n, before + 6), "... and again");
	int fd2 = dial(http_port(server));
	SAY(fd2, "HEAD /live HTTP/1.1\r\nHost: x\r\n\r\n");
	ok(hear_head(a, fd2).status == 200, "HEAD of a stream");
	ok(comes_true(&gone_n, before + 7), "... ends at once");
	close(fd2);
	fd2 = dial(http_port(server));
	SAY(fd2, "GET /live HTTP/1.0\r\n\r\n");
	ok(hears(a, fd2, S("data: n1\n\n")), "a stream in HTTP/1.0");
	close(fd2);
	ok(comes_true(&gone_n, before + 8), "... and gone");
}

static void ending(struct arena *a)
{
	int before = atomic_load(&gone_n), fd = listen_to(a, "");

	ok(hears(a, fd, S("n1\n\n")), "one listens");
	atomic_store(&shout, true);
	ok(str_eq(listen_for(a, fd, 5, PATIENCE), S("0\r\n\r\n")) &&
	        comes_true(&gone_n, before + 1),
	    "events longer than allowed end the stream, none comes torn");
	atomic_store(&shout, false);
	close(fd);
	int one = listen_to(a, ""), two = listen_to(a, "");
	ok(hears(a, one, S("n1\n\n")) && hears(a, two, S("n1\n\n")), "two listen");
	http_drain(server);
	ok(hears(a, one, S("0\r\n\r\n")) && ends(one, PATIENCE) && ends(two, PATIENCE),
	    "draining ends streams properly");
	ok(atomic_load(&gone_n) == before + 3, "... and tells them gone");
	close(one);
	close(two);
}

int main(void)
{
	struct arena *a = arena_new();
	struct http_options o = { .listen = "127.0.0.1:0", .loops = 2, .handle = handle,
		.limits = { .streams = 5 } };
	err e = http_start(&server, a, &o);

	CHECK(!e);
	some_listen(a);
	http_stop(&server);
	atomic_store(&now_at, 1);
	o.limits.streams = 4;
	e = http_start(&server, a, &o);
	CHECK(!e);
	too_many(a);
	ending(a);
	http_stop(&server);
	arena_free(&a);
	return done();
}
