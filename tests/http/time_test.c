/* Time: who is slow on purpose goes, who is merely slow stays. */
#include "client.h"
#include "tap.h"
#include <poll.h>
#include <pthread.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define BIG	((size_t)32 << 20)	/* more than sockets hold */

static struct http_server *server;
static struct http_x *held;	/* under "lock" */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char big[BIG];

static void handle(void *loop, struct http_x *x)
{
	const struct http_request *q = http_request(x);
	struct http_reply r = { .status = 200, .type = "text/plain", .body = S("fine") };

	(void)loop;
	if (str_eq(q->path, S("/hold"))) {
		http_later(x);
		pthread_mutex_lock(&lock);
		held = x;
		pthread_mutex_unlock(&lock);
		return;
	}
	if (str_eq(q->path, S("/big"))) {
		r.body = (str){ big, BIG };
		r.body_static = true;
	}
	http_reply(x, &r);
}

/* One byte after the other, each after a short silence, until it is over. */
static bool drip_ends(int fd, str text, bool round)
{
	for (size_t i = 0; i < 400; i++) {
		struct pollfd p = { fd, POLLIN, 0 };
		char c;

		if (poll(&p, 1, 50) == 1 && recv(fd, &c, 1, 0) <= 0)
			return true;
		if (i >= text.n && !round)
			continue;
		if (!say(fd, str_sub(text, i % text.n, 1)))
			return true;
	}
	return false;
}

static int64_t late(void)
{
	struct http_stats st;

	http_stats(server, &st);
	return st.late;
}

/* Whatever has to happen first, for at most PATIENCE. */
static bool later_than(int64_t before)
{
	for (int i = 0; i < PATIENCE / 10; i++) {
		if (late() > before)
			return true;
		poll(NULL, 0, 10);
	}
	return false;
}

static void slow_heads(struct arena *a, int port)
{
	int64_t before = late();
	int fd = dial(port);

	ok(ends(fd, PATIENCE), "who says nothing is let go");
	close(fd);
	fd = dial(port);
	ok(drip_ends(fd, S("GET /a HTTP/1.1\r\nX-A: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"),
	       true),
	    "a head that never ends");
	close(fd);
	fd = dial(port);
	SAY(fd, "GET / HTTP/1.1\r\nHost: x\r\n");
	ok(drip_ends(fd, S("X: y\r\n"), true), "fields without end");
	close(fd);
	ok(late() >= before + 3, "counted as late");
	fd = dial(port);
	SAY(fd, "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
	ok(hear(a, fd).status == 200, "one request");
	ok(drip_ends(
	       fd, S("GET / HTTP/1.1\r\nX-A: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"), true),
	    "... and then a slow one on the same connection");
	close(fd);
	before = late();
	fd = dial(port);
	SAY(fd, "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
	ok(hear(a, fd).status == 200, "one request");
	ok(ends(fd, PATIENCE), "... and then silence: let go");
	ok(late() == before, "... which is not late");
	close(fd);
}

static void slow_bodies(int port)
{
	int fd = dial(port);

	SAY(fd, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n");
	ok(drip_ends(fd, S("body"), true), "a slow body");
	close(fd);
	fd = dial(port);
	SAY(fd, "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
	ok(drip_ends(fd, S("1\r\na\r\n"), true), "a slow body in chunks");
	close(fd);
	fd = dial(port);
	SAY(fd, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\nhalf");
	ok(ends(fd, PATIENCE), "a body that stops");
	close(fd);
}

static size_t read_some(int fd, size_t most)
{
	static char some[65536];
	ssize_t n = recv(fd, some, most < sizeof some ? most : sizeof some, 0);

	return n > 0 ? (size_t)n : 0;
}

static void slow_readers(int port)
{
	int64_t before = late();
	int fd = dial(port);
	size_t got = 0, n;

	SAY(fd, "GET /big HTTP/1.1\r\nHost: x\r\n\r\n");
	ok(later_than(before), "who does not read its reply is let go");
	while ((n = read_some(fd, SIZE_MAX)) > 0)
		got += n;
	ok(got < BIG, "... with part of it");
	close(fd);
	fd = dial(port);
	SAY(fd, "GET /big HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
	got = 0;
	/* More than two deadlines' time for the first bytes. */
	for (int i = 0; i < 120; i++) {
		got += read_some(fd, 20000);
		poll(NULL, 0, 20);
	}
	while ((n = read_some(fd, SIZE_MAX)) > 0)
		got += n;
	ok(got > BIG, "who reads slowly gets all of it (%zu bytes)", got);
	close(fd);
}

static void our_time(struct arena *a, int port)
{
	int fd = dial(port), other = dial(port);
	struct http_reply r = { .status = 200, .type = "text/plain", .body = S("at last") };

	SAY(fd, "POST /hold HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n");
	ok(ends(other, PATIENCE), "longer than any deadline");
	pthread_mutex_lock(&lock);
	struct http_x *x = held;
	pthread_mutex_unlock(&lock);
	CHECK(x);
	http_reply(x, &r);
	http_wake(server);
	struct heard h = hear(a, fd);
	ok(h.status == 200 && str_eq(h.body, S("at last")), "... a reply may take, if we are slow");
	close(fd);
	close(other);
}

int main(void)
{
	struct arena *a = arena_new(), *each = arena_new();
	struct http_options o = { .listen = "127.0.0.1:0", .loops = 1, .handle = handle,
		.limits = { .header_s = 1, .body_s = 1, .idle_s = 1 } };
	err e = http_start(&server, a, &o);

	CHECK(!e);
	slow_heads(each, http_port(server));
	slow_bodies(http_port(server));
	slow_readers(http_port(server));
	our_time(each, http_port(server));
	http_stop(&server);
	arena_free(&each);
	arena_free(&a);
	return done();
}
