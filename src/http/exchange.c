#include "http/inner.h"
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

/* ---- memory: arenas are lent to an exchange, so idle clients have none -- */

struct arena *arena_get(struct loop *l)
{
	return l->n_spare ? l->spare[--l->n_spare] : arena_new();
}

void arena_put(struct loop *l, struct arena *a)
{
	if (l->n_spare == ARENAS_SPARE) {
		arena_free(&a);
		return;
	}
	arena_reset(a);
	l->spare[l->n_spare++] = a;
}

void count(_Atomic int64_t *n)
{
	atomic_store_explicit(n, atomic_load_explicit(n, memory_order_relaxed) + 1,
	    memory_order_relaxed);
}

/* ---- the life of an exchange -------------------------------------------- */

struct http_x *x_new(struct conn *c, str uri)
{
	struct arena *a = arena_get(c->loop);
	struct http_x *x = NEW(a, struct http_x);

	x->c = c;
	x->q.a = a;
	x->q.peer = str_of(c->peer_text);
	x->q.tls = c->loop->server->opt.tls_cert != NULL;
	x->uri = arena_str(a, uri);
	c->x = x;
	return x;
}

void x_end(struct http_x *x)
{
	struct conn *c = x->c;

	if (x->stream)
		stream_close(x);
	if (x->ready)
		ready_unref(x->ready);
	if (x->reply && x->reply->file)
		close(x->reply->file);
	if (x->budget)
		atomic_fetch_add(&c->loop->server->body_room, (int64_t)x->budget);
	if (x->large)
		atomic_fetch_sub(&c->loop->server->larges, 1);
	c->x = NULL;
	arena_put(c->loop, x->q.a);
}

const struct http_request *http_request(struct http_x *x)
{
	return &x->q;
}

void http_later(struct http_x *x)
{
	CHECK(!x->later);
	x->later = true;
}

/* ---- answers ------------------------------------------------------------- */

/*
 * The answer is filled in.  A handler that never said "later" is on the
 * loop's thread, and the engine looks when it returns; else the exchange
 * goes on the list, which is the moment the loop may look at it again.
 */
static void answered(struct http_x *x, enum answer what)
{
	struct loop *l = x->c->loop;

	x->answer = what;
	if (!x->later)
		return;
	struct http_x *top = atomic_load(&l->replies);
	do
		x->next = top;
	while (!atomic_compare_exchange_weak(&l->replies, &top, x));
}

static void once(struct http_x *x)
{
	if (atomic_exchange(&x->answered, true))
		panic("a second reply to %.*s", SV(x->q.path));
}

void http_reply_header(struct http_reply *r, const char *name, str value)
{
	CHECK(r->n_h < countof(r->h));
	r->h[r->n_h++] = (struct http_header){ name, value };
}

void http_reply(struct http_x *x, const struct http_reply *r)
{
	struct arena *a = x->q.a;

	once(x);
	x->reply = NEW(a, struct http_reply);
	*x->reply = *r;
	if (!r->body_static)
		x->reply->body = arena_str(a, r->body);
	for (size_t i = 0; i < r->n_h; i++)
		x->reply->h[i].value = arena_str(a, r->h[i].value);
	answered(x, ANSWER_REPLY);
}

void http_reply_ready(struct http_x *x, struct http_ready *ready)
{
	once(x);
	atomic_fetch_add(&ready->refs, 1);
	x->ready = ready;
	answered(x, ANSWER_READY);
}

void http_reply_stream(struct http_x *x, const struct http_stream *s)
{
	once(x);
	x->stream = NEW(x->q.a, struct stream);
	x->stream->x = x;
	x->stream->s = *s;
	answered(x, ANSWER_STREAM);
}

struct http_x *x_answered(struct loop *l)
{
	struct http_x *x = atomic_load_explicit(&l->replies, memory_order_relaxed);
	struct http_x *in_order = NULL;

	if (!x)
		return NULL;
	x = atomic_exchange(&l->replies, NULL);
	while (x) {
		struct http_x *next = x->next;

		x->next = in_order;
		in_order = x;
		x = next;
	}
	return in_order;
}

void http_wake(struct http_server *s)
{
	for (int i = 0; i < s->n_loops; i++) {
		struct loop *l = s->loop[i];

		if (!atomic_load(&l->replies) && !atomic_load(&l->n_streams))
			continue;
		if (!atomic_exchange(&l->signalled, true))
			eventfd_write(l->wake, 1);
	}
}
