#include "http/inner.h"
#include <string.h>
#include <sys/epoll.h>

#define EVENTS_MOST	((size_t)64 * 1024)	/* bytes of one "next"	*/
#define ASK_EVERY	SECOND
#define ASK_WOKEN	(100 * SECOND / 1000)	/* however often we are woken */
#define SILENCE_MOST	(15 * SECOND)

bool stream_open(struct http_x *x)
{
	struct stream *st = x->stream;
	struct loop *l = x->c->loop;
	struct http_server *s = l->server;

	st->watch = WATCH_STREAM;
	if (atomic_fetch_add(&s->streams, 1) >= s->opt.limits.streams) {
		atomic_fetch_sub(&s->streams, 1);
		return false;
	}
	st->next = l->streams;
	if (st->next)
		st->next->stream->prev = x;
	l->streams = x;
	st->last = l->now;
	st->open = true;
	atomic_fetch_add(&l->n_streams, 1);
	/* While suspended nobody else would see the client go. */
	struct epoll_event e = { .events = EPOLLRDHUP | EPOLLET, .data.ptr = st };
	(void)epoll_ctl(l->epoll, EPOLL_CTL_ADD, x->c->fd, &e);
	return true;
}

static void drop(struct http_x *x)
{
	struct stream *st = x->stream;

	st->pending = (str){ 0 };
	if (st->a)
		arena_put(x->c->loop, st->a);
	st->a = NULL;
}

void stream_close(struct http_x *x)
{
	struct stream *st = x->stream;
	struct loop *l = x->c->loop;

	drop(x);
	if (st->open) {
		(void)epoll_ctl(l->epoll, EPOLL_CTL_DEL, x->c->fd, NULL);
		if (st->next)
			st->next->stream->prev = st->prev;
		if (st->prev)
			st->prev->stream->next = st->next;
		else
			l->streams = st->next;
		atomic_fetch_sub(&l->n_streams, 1);
		atomic_fetch_sub(&l->server->streams, 1);
	}
	if (st->s.gone)
		st->s.gone(st->s.ctx);
}

bool stream_fill(struct http_x *x)
{
	struct stream *st = x->stream;
	struct loop *l = x->c->loop;

	if (st->pending.n)
		return true;
	struct arena *a = arena_get(l);
	struct buf b = BUF(a, EVENTS_MOST);
	st->s.next(st->s.ctx, &b);
	if (b.full) {
		/* Part of it would be a lie; the client comes back and asks anew. */
		log_line(LOG_ERROR, "events too long", "most=%zu", EVENTS_MOST);
		st->over = true;
	}
	if (b.n && !b.full) {
		st->pending = buf_done(&b);
		st->a = a;
		return true;
	}
	arena_put(l, a);
	if (l->now - st->last >= SILENCE_MOST)
		st->pending = S(":\n\n");
	return st->pending.n > 0 || st->over;
}

size_t stream_take(struct http_x *x, char *to, size_t most)
{
	struct stream *st = x->stream;
	size_t n = st->pending.n < most ? st->pending.n : most;

	if (n == 0)
		return 0;
	memcpy(to, st->pending.p, n);
	st->pending = str_sub(st->pending, n, SIZE_MAX);
	st->last = x->c->loop->now;
	if (st->pending.n == 0)
		drop(x);
	return n;
}

static void speak(struct http_x *x)
{
	x->stream->quiet = false;
	engine_resume(x);
}

void stream_vanished(struct stream *st)
{
	st->over = true;
	if (st->quiet)
		speak(st->x);
}

int64_t streams_next(const struct loop *l)
{
	if (!l->streams)
		return INT64_MAX;
	return l->streams_at + (l->streams_woken ? ASK_WOKEN : ASK_EVERY);
}

void streams_turn(struct loop *l)
{
	if (l->now < streams_next(l))
		return;
	l->streams_at = l->now;
	l->streams_woken = false;
	for (struct http_x *x = l->streams; x; x = x->stream->next)
		if (x->stream->quiet && stream_fill(x))
			speak(x);
}

void streams_stop(struct loop *l)
{
	for (struct http_x *x = l->streams; x; x = x->stream->next)
		stream_vanished(x->stream);
}
