/* body.c - bodies as they come: bounded each, and all together. */
#include "http/inner.h"

#define BODY_FIRST	((size_t)64 * 1024)	/* of a buffer		*/

/* What is announced costs nothing yet; the buffer grows with what comes. */
void body_expect(struct http_x *x)
{
	struct loop *l = x->c->loop;
	size_t most = x->framing.chunked ? l->server->opt.limits.body :
	    (size_t)x->framing.length;

	x->body = BUF(x->q.a, most);
	if (!x->framing.chunked) {
		/* A large one at once: what grows by doubling would lie there twice,
		 * and pages nobody wrote to are no memory yet. */
		x->body.cap = most < BODY_FIRST || x->large ? most : BODY_FIRST;
		x->body.p = arena_bytes(x->q.a, x->body.cap);
	}
	deadline_set(&l->due, &x->c->due, x->large ? PHASE_LARGE : PHASE_BODY, l->now);
}

/* The application says who may, we say how many. */
bool body_large(struct http_x *x, struct http_reply *no)
{
	struct loop *l = x->c->loop;
	struct http_server *s = l->server;

	*no = (struct http_reply){ .status = x->c->over ? 503 : 413 };
	if (x->c->over || !s->opt.large)
		return false;
	const struct http_reply *why = s->opt.large(l->ctx, x, x->framing.length);
	if (why) {
		*no = *why;
		return false;
	}
	x->large = true;
	no->status = 503;
	return atomic_fetch_add(&s->larges, 1) < s->opt.limits.large;
}

const char *body_take(struct http_x *x, const char *data, size_t n)
{
	struct http_server *s = x->c->loop->server;

	buf_put(&x->body, data, n);
	if (x->body.full)
		return "413 Content Too Large";
	x->budget += n;
	if (atomic_fetch_sub(&s->body_room, (int64_t)n) < (int64_t)n)
		return "503 Service Unavailable";
	return NULL;
}
