/* Replies that come from another thread, in batches, to very many at once. */
#include "client.h"
#include "tap.h"
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/resource.h>
#include <unistd.h>

#define MOST	1024

static struct http_server *server;

/* Stands for the writer: answers what waits when there is enough of it. */
static struct {
	pthread_mutex_t lock;
	pthread_cond_t more;
	struct http_x *x[MOST];
	int n, least;
	bool stop;
} writer = { .lock = PTHREAD_MUTEX_INITIALIZER, .more = PTHREAD_COND_INITIALIZER, .least = 1 };

static void wait_for(int least)
{
	pthread_mutex_lock(&writer.lock);
	writer.least = least;
	pthread_cond_signal(&writer.more);
	pthread_mutex_unlock(&writer.lock);
}

static void *write_all(void *arg)
{
	static struct http_x *x[MOST];
	struct arena *a = arena_new();

	(void)arg;
	for (;;) {
		pthread_mutex_lock(&writer.lock);
		while (writer.n < writer.least && !writer.stop)
			pthread_cond_wait(&writer.more, &writer.lock);
		int n = writer.n;
		for (int i = 0; i < n; i++)
			x[i] = writer.x[i];
		writer.n = 0;
		bool stop = writer.stop && n == 0;
		pthread_mutex_unlock(&writer.lock);
		if (stop)
			break;
		for (int i = 0; i < n; i++) {
			const struct http_request *q = http_request(x[i]);
			struct http_reply r = { .status = 201, .type = "text/plain" };

			r.body = arena_printf(a, "%.*s:%.*s", SV(q->query), SV(q->body));
			http_reply(x[i], &r);
		}
		http_wake(server);
		arena_reset(a);
	}
	arena_free(&a);
	return NULL;
}

static void handle(void *loop, struct http_x *x)
{
	const struct http_request *q = http_request(x);
	struct http_reply r = { .status = 503, .type = "text/plain", .body = S("full") };

	(void)loop;
	if (str_eq(q->path, S("/now"))) {
		http_reply(x, &r);
		return;
	}
	http_later(x);
	if (str_eq(q->path, S("/full"))) {
		http_reply(x, &r);
		return;
	}
	pthread_mutex_lock(&writer.lock);
	CHECK(writer.n < MOST);
	writer.x[writer.n++] = x;
	pthread_cond_signal(&writer.more);
	pthread_mutex_unlock(&writer.lock);
}

static int64_t connections(void)
{
	struct http_stats st;

	http_stats(server, &st);
	return st.connections;
}

static bool all_gone(void)
{
	for (int i = 0; i < PATIENCE / 10 && connections(); i++)
		poll(NULL, 0, 10);
	return connections() == 0;
}

/* So many clients ask, none is answered before all have; several times. */
static void crowd(struct arena *a, int n, int rounds)
{
	static int fd[MOST];
	int right = 0, port = http_port(server);

	for (int i = 0; i < n; i++)
		fd[i] = dial(port);
	for (int round = 0; round < rounds; round++) {
		wait_for(n);
		for (int i = 0; i < n; i++)
			say(fd[i], arena_printf(a, "POST /?%d.%d HTTP/1.1\r\nHost: x\r\n"
			    "Content-Length: 4\r\n\r\nbody", round, i));
		for (int i = 0; i < n; i++) {
			struct heard h = hear(a, fd[i]);

			right += h.status == 201 &&
			    str_eq(h.body, arena_printf(a, "%d.%d:body", round, i));
		}
		arena_reset(a);
	}
	for (int i = 0; i < n; i++)
		close(fd[i]);
	ok(right == n * rounds, "%d clients answered together, %d times: %d", n, rounds, right);
	ok(all_gone(), "... and gone");
}

static void vanished(struct arena *a)
{
	int port = http_port(server), fd[40];

	wait_for(40);
	for (int i = 0; i < 40; i++) {
		fd[i] = dial(port);
		SAY(fd[i], "POST /?v HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nhi");
		if (i % 2)
			close(fd[i]);
	}
	int right = 0;
	for (int i = 0; i < 40; i += 2) {
		right += str_eq(hear(a, fd[i]).body, S("v:hi"));
		close(fd[i]);
	}
	ok(right == 20, "half of the clients vanish while their change is written, half do not");
	ok(all_gone(), "... and nothing of them is left");
	wait_for(1);
}

static void in_order(struct arena *a)
{
	int fd = dial(http_port(server));

	wait_for(1);
	for (int i = 0; i < 20; i++)
		say(fd, arena_printf(a,
		            "POST /?%d HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\nx"
		            "GET /now HTTP/1.1\r\nHost: x\r\n\r\n",
		            i));
	int right = 0;
	for (int i = 0; i < 20; i++) {
		right += str_eq(hear(a, fd).body, arena_printf(a, "%d:x", i));
		right += hear(a, fd).status == 503;
	}
	ok(right == 40, "pipelined, some at once, some later: in order (%d)", right);
	SAY(fd, "POST /full HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n");
	ok(hear(a, fd).status == 503, "a handler may answer after all, though it said later");
	close(fd);
}

static atomic_bool hammering = true;

static void *hammer(void *arg)
{
	int *port = arg;
	struct arena *a = arena_new();

	while (atomic_load(&hammering)) {
		int fd = dial_ms(*port, 1000);

		if (fd < 0)
			break;
		for (int i = 0;
		     i < 50 &&
		     say(fd,
		         i % 2 ? S("GET /now HTTP/1.1\r\nHost: x\r\n\r\n")
		               : S("POST /?h HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\nx"));
		     i++)
			if (hear(a, fd).status == 0)
				break;
		arena_reset(a);
		close(fd);
	}
	arena_free(&a);
	return NULL;
}

static void stop_busy(struct arena *a)
{
	pthread_t t[4];
	int port = http_port(server), fd = dial(port);

	wait_for(1);
	atomic_store(&hammering, true);
	for (int i = 0; i < 4; i++)
		pthread_create(&t[i], NULL, hammer, &port);
	for (int i = 0; i < 50; i++) {
		SAY(fd, "POST /?s HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\nx");
		if (hear(a, fd).status != 201)
			break;
	}
	http_drain(server);
	ok(connections() == 0, "drained while four clients ask without pause");
	atomic_store(&hammering, false);
	for (int i = 0; i < 4; i++)
		pthread_join(t[i], NULL);
	ok(dial_ms(port, 1000) < 0, "nobody listens there now");
	close(fd);
}

static void start(struct arena *a, int loops)
{
	struct http_options o = { .listen = "127.0.0.1:0", .loops = loops, .handle = handle };
	err e = http_start(&server, a, &o);

	CHECK(!e);
}

int main(void)
{
	struct arena *a = arena_new(), *each = arena_new();
	struct rlimit files;
	pthread_t t;

	getrlimit(RLIMIT_NOFILE, &files);
	files.rlim_cur = files.rlim_max;
	setrlimit(RLIMIT_NOFILE, &files);
	for (int loops = 1; loops <= 2; loops++) {
		start(a, loops);
		writer.stop = false;
		pthread_create(&t, NULL, write_all, NULL);
		crowd(each, 127, 2);
		crowd(each, 128, 2);
		crowd(each, 300, 3);
		crowd(each, MOST, 2);
		vanished(each);
		in_order(each);
		stop_busy(each);
		pthread_mutex_lock(&writer.lock);
		writer.stop = true;
		pthread_cond_signal(&writer.more);
		pthread_mutex_unlock(&writer.lock);
		pthread_join(t, NULL);
		http_stop(&server);
		ok(!server, "stopped");
		arena_reset(each);
	}
	arena_free(&each);
	arena_free(&a);
	return done();
}
