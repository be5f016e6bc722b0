#include "http/inner.h"
#include "http/listen.h"
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/stat.h>
#include <unistd.h>

#define STOP_TIME	(5 * SECOND)
#define WAIT_LEAST	(10 * SECOND / 1000)	/* deadlines are that coarse */
#define PEM_MOST	((size_t)1 << 20)
#define BODIES_MOST	((size_t)256 << 20)	/* in memory, all together */
#define POOL_EXTRA	5120	/* of a connection, beyond its longest line */

/* ---- a loop --------------------------------------------------------------- */

void conn_close(struct conn *c)
{
	shutdown(c->fd, SHUT_RDWR);
}

static int wait_ms(struct loop *l)
{
	int64_t next = deadline_next(&l->due), at = streams_next(l);

	if (atomic_load(&l->replies) || engine_pending(l))
		return 0;
	if (at < next)
		next = at;
	if (l->lingers.n && next > l->now + SECOND / 4)
		next = l->now + SECOND / 4;
	if (l->quiesced && next > l->now + SECOND / 20)
		next = l->now + SECOND / 20;
	if (next == INT64_MAX)
		return -1;
	if (next < l->now + WAIT_LEAST)
		next = l->now + WAIT_LEAST;
	return (int)((next - l->now) / 1000) + 1;
}

static void event(struct loop *l, void *who)
{
	eventfd_t n;

	switch (*(enum watch *)who) {
	case WATCH_ENGINE:
		break;
	case WATCH_WAKE:
		(void)eventfd_read(l->wake, &n);
		atomic_store(&l->signalled, false);
		l->streams_woken = true;
		break;
	case WATCH_LINGER:
		linger_read(&l->lingers, who);
		break;
	case WATCH_STREAM:
		stream_vanished(who);
		break;
	}
}

static void events(struct loop *l)
{
	struct epoll_event e[64];
	int n = epoll_wait(l->epoll, e, countof(e), wait_ms(l));

	l->now = time_mono();
	for (int i = 0; i < n; i++)
		event(l, e[i].data.ptr);
}

/* A reader that takes some of the reply may go on taking it. */
static bool still_reads(struct conn *c)
{
	struct loop *l = c->loop;
	uint64_t acked = socket_acked(c->fd);
	uint64_t least = LATE_PROGRESS * (uint64_t)l->server->opt.limits.body_s;

	if (acked < c->acked + least)
		return false;
	c->acked = acked;
	deadline_set(&l->due, &c->due, PHASE_SEND, l->now);
	return true;
}

static void sweep(struct loop *l)
{
	struct deadline *d;

	while ((d = deadline_passed(&l->due, l->now))) {
		struct conn *c = (struct conn *)d;

		if (d->phase == PHASE_SEND && still_reads(c))
			continue;
		if (d->phase != PHASE_IDLE)
			count(&l->late);
		if (d->phase == PHASE_SEND)
			socket_abandon(c->fd);
		c->late = true;
		conn_close(c);
	}
	linger_sweep(&l->lingers, l->now);
}

/* No new clients; those at rest go, those with a request under way may end. */
static void stopping(struct loop *l)
{
	if (!l->quiesced) {
		l->quiesced = true;
		engine_quiesce(l);
		close(l->listen);
		l->listen = -1;
		streams_stop(l);
	}
	for (struct conn *c = l->conns; c; c = c->next)
		if (!c->x && !c->late) {
			c->late = true;
			conn_close(c);
		}
}

static void turn(struct loop *l)
{
	events(l);
	for (struct http_x *x = x_answered(l), *next; x; x = next) {
		next = x->next;
		engine_resume(x);
	}
	streams_turn(l);
	if (atomic_load_explicit(&l->server->stopping, memory_order_relaxed))
		stopping(l);
	engine_run(l);
	if (l->server->opt.rest)
		l->server->opt.rest(l->ctx);
	sweep(l);
}

static void *loop_main(void *arg)
{
	struct loop *l = arg;
	int64_t until = INT64_MAX;

	while (!l->quiesced || (l->conns && l->now < until)) {
		turn(l);
		if (l->quiesced && until == INT64_MAX)
			until = l->now + STOP_TIME;
	}
	return NULL;
}

/* Some reply has not come; a connection waits for it in the library. */
static bool outstanding(const struct loop *l)
{
	for (const struct conn *c = l->conns; c; c = c->next)
		if (c->x && c->x->state == X_LATER)
			return true;
	return false;
}

static bool watch(struct loop *l, int fd, enum watch *what, enum watch kind)
{
	struct epoll_event e = { .events = EPOLLIN, .data.ptr = what };

	*what = kind;
	return epoll_ctl(l->epoll, EPOLL_CTL_ADD, fd, &e) == 0;
}

static struct loop *loop_new(struct http_server *s, int listen)
{
	struct loop *l = NEW(s->a, struct loop);
	const struct http_limits *most = &s->opt.limits;

	l->server = s;
	l->listen = listen;
	l->pool = POOL_EXTRA + (most->line > most->headers ? most->line : most->headers);
	l->now = time_mono();
	l->a = arena_new();
	l->epoll = epoll_create1(EPOLL_CLOEXEC);
	l->wake = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
	lingers_init(&l->lingers);
	deadlines_init(&l->due);
	l->due.limit[PHASE_HEADER] = most->header_s * SECOND;
	l->due.limit[PHASE_BODY] = l->due.limit[PHASE_SEND] = most->body_s * SECOND;
	l->due.limit[PHASE_LARGE] = most->body_s * SECOND * 10;
	l->due.limit[PHASE_IDLE] = most->idle_s * SECOND;
	return l;
}

static bool loop_start(struct loop *l, int number)
{
	const struct http_options *o = &l->server->opt;
	sigset_t all, before;

	if (l->epoll < 0 || l->wake < 0 || !engine_start(l))
		return false;
	if (!watch(l, engine_fd(l), &l->watch_engine, WATCH_ENGINE) ||
	    !watch(l, l->wake, &l->watch_wake, WATCH_WAKE))
		return false;
	l->ctx = o->loop_new ? o->loop_new(o->ctx, number) : o->ctx;
	/* Signals are the main thread's. */
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	l->running = pthread_create(&l->thread, NULL, loop_main, l) == 0;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return l->running;
}

/* Its thread has ended.  False: somebody may still call http_reply(). */
static bool loop_stop(struct loop *l)
{
	if (l->quiesced && outstanding(l))
		turn(l);
	if (l->quiesced && outstanding(l))
		return false;
	if (l->lib)
		engine_stop(l);		/* closes the socket if it still listens */
	else if (l->listen >= 0)
		close(l->listen);
	return true;
}

static void loop_free(struct loop *l)
{
	const struct http_options *o = &l->server->opt;

	if (l->ctx && o->loop_free)
		o->loop_free(l->ctx);
	lingers_close(&l->lingers);
	if (l->epoll >= 0)
		close(l->epoll);
	if (l->wake >= 0)
		close(l->wake);
	while (l->n_spare)
		arena_free(&l->spare[--l->n_spare]);
	arena_free(&l->a);
}

/* ---- the server ----------------------------------------------------------- */

static void fill_limits(struct http_limits *m)
{
#define DEFAULT(field, value)	if (!m->field) m->field = (value)
	DEFAULT(line, 4096);
	DEFAULT(headers, 4096);
	DEFAULT(body, (size_t)1 << 20);
	DEFAULT(large, 4);
	DEFAULT(header_s, 10);
	DEFAULT(body_s, 30);
	DEFAULT(idle_s, 60);
	DEFAULT(connections, 12000);
	DEFAULT(streams, 2000);
#undef DEFAULT
}

/* NUL-terminated, as the library wants it. */
static err read_pem(struct arena *a, struct arena *to, const char *path, str *out)
{
	char *p = arena_bytes(to, PEM_MOST);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n = fd < 0 ? -1 : read(fd, p, PEM_MOST - 1);

	if (fd >= 0)
		close(fd);
	if (n <= 0)
		return ERR(a, ERR_INVALID, "tls-file", .arg = { arena_str(a, str_of(path)) },
		    .log = arena_printf(a, "%s", strerrordesc_np(errno)));
	p[n] = '\0';
	*out = (str){ p, (size_t)n };
	return NULL;
}

/* Those this process may run on: a container is often given fewer than there are. */
static int processors(void)
{
	cpu_set_t may;

	return sched_getaffinity(0, sizeof may, &may) == 0 ? CPU_COUNT(&may) : 1;
}

static int loops_wanted(const struct http_options *o)
{
	int n = o->loops ? o->loops : processors();

	return n < 1 ? 1 : n > LOOPS_MOST ? LOOPS_MOST : n;
}

static err start(struct http_server *s, struct arena *a)
{
	struct address at;
	int fd[LOOPS_MOST], n = loops_wanted(&s->opt);
	CLEANUP(arena_free) struct arena *secret = arena_new();

	if (s->opt.tls_cert) {
		CHECK(s->opt.tls_key);
		TRY(read_pem(a, secret, s->opt.tls_cert, &s->cert));
		TRY(read_pem(a, secret, s->opt.tls_key, &s->key));
	}
	TRY(address_parse(a, s->opt.listen, &at));
	TRY(listen_open(a, &at, fd, n));
	s->port = address_port(&at);
	for (int i = 0; i < n; i++)
		s->loop[s->n_loops++] = loop_new(s, fd[i]);
	bool fine = true;
	for (int i = 0; fine && i < n; i++)
		fine = loop_start(s->loop[i], i);
	if (s->key.n)
		explicit_bzero((char *)(uintptr_t)s->key.p, s->key.n);
	if (!fine)
		return ERR(a, ERR_INTERNAL, "server-start",
		    .log = arena_printf(a, "the HTTP library did not start"));
	return NULL;
}

err http_start(struct http_server **out, struct arena *a, const struct http_options *opt)
{
	struct arena *own = arena_new();
	struct http_server *s = NEW(own, struct http_server);

	s->a = own;
	s->opt = *opt;
	fill_limits(&s->opt.limits);
	s->peers = peers_new(own, s->opt.limits.connections, s->opt.limits.per_address);
	size_t room = s->opt.limits.body * 16;
	s->body_room = (int64_t)(room > BODIES_MOST ? room : BODIES_MOST);
	descriptors_allow((size_t)peers_most(s->opt.limits.connections) + 1024);
	/* Known before the first request: its reply may need http_wake(). */
	*out = s;
	err e = start(s, a);
	if (e)
		http_stop(out);
	return e;
}

int http_port(const struct http_server *s)
{
	return s->port;
}

void http_stats(const struct http_server *s, struct http_stats *out)
{
	*out = (struct http_stats){ .connections = peers_count(s->peers),
		.streams = atomic_load(&s->streams) };
	for (int i = 0; i < s->n_loops; i++) {
		const struct loop *l = s->loop[i];

		out->requests += atomic_load_explicit(&l->requests, memory_order_relaxed);
		out->refused += atomic_load_explicit(&l->refused, memory_order_relaxed);
		out->late += atomic_load_explicit(&l->late, memory_order_relaxed);
	}
}

void http_drain(struct http_server *s)
{
	atomic_store(&s->stopping, true);
	for (int i = 0; i < s->n_loops; i++)
		eventfd_write(s->loop[i]->wake, 1);
	for (int i = 0; i < s->n_loops; i++) {
		if (s->loop[i]->running)
			pthread_join(s->loop[i]->thread, NULL);
		s->loop[i]->running = false;
	}
}

void http_stop(struct http_server **ps)
{
	struct http_server *s = *ps;
	bool stopped = true;

	if (!s)
		return;
	*ps = NULL;
	http_drain(s);
	for (int i = 0; i < s->n_loops; i++)
		stopped &= loop_stop(s->loop[i]);
	if (!stopped) {
		log_line(LOG_ERROR, "stopped with replies outstanding", "port=%d", s->port);
		return;
	}
	for (int i = 0; i < s->n_loops; i++)
		loop_free(s->loop[i]);
	peers_free(s->peers);
	struct arena *own = s->a;	/* the server itself lies in it */
	arena_free(&own);
}
