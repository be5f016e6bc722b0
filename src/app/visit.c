/*
 * visit.c - one exchange.  Straight on for a GET; for a change: the slow
 * pool if it has something to prepare, the writer, and after the commit
 * the reply.  What is refused is drawn on the pool, so that the writer's
 * thread never lays out a page.
 */
#include "app/server.h"
#include "core/limit.h"
#include <string.h>

struct visit {
	unsigned magic;
	struct loop *loop;
	struct http_x *x;
	struct req r;
	struct change change;
	struct task task;
	err e;
	uint64_t stamp;		/* no row read is older than this */
};
#define VISIT_MAGIC	0x1a215u

#define VISIT_OF(p, member) \
	visit_check((struct visit *)(void *)((char *)(p) - offsetof(struct visit, member)))

static struct visit *visit_check(struct visit *v)
{
	CHECK(v->magic == VISIT_MAGIC);
	return v;
}

static void finish(struct visit *v, err e)
{
	struct http_reply reply;

	pipe_reply(&v->r, e, &reply);
	v->loop->server->replies[reply.status / 100 % 6]++;
	http_reply(v->x, &reply);
}

/* From the pool or the writer: the loop must be woken. */
static void finish_away(struct visit *v, err e)
{
	struct http_server *http = v->loop->server->http;

	finish(v, e);
	http_wake(http);
}

static err busy(struct visit *v)
{
	return ERR(v->r.a, ERR_BUSY, "server-busy");
}

/* ---- on the slow pool ------------------------------------------------ */

static void draw_refusal(struct task *t, struct db *db)
{
	struct visit *v = VISIT_OF(t, task);

	v->r.db = db;
	db_arena_set(db, v->r.a);
	if (pipe_again(&v->r, v->e))
		v->e = NULL;
	finish_away(v, v->e);
}

static void refuse(struct visit *v, err e)
{
	v->e = e;
	v->task.run = draw_refusal;
	if (!pool_submit(v->loop->server->pool, &v->task))
		finish_away(v, e);
}

static err change_run(struct change *c, struct tx *tx)
{
	struct visit *v = VISIT_OF(c, change);

	return pipe_change(&v->r, c, tx);
}

static void change_done(struct change *c, err e)
{
	struct visit *v = VISIT_OF(c, change);

	if (!e && v->r.refuse)
		e = v->r.refuse;
	if (e && !(v->r.route->flags & ROUTE_API))
		refuse(v, e);
	else
		finish(v, e);	/* the writer wakes the loops once a batch */
}

static void to_writer(struct visit *v)
{
	v->change = (struct change){ .run = change_run, .done = change_done, .a = v->r.a,
	    .turn = v->r.city.id.v, .sums = v->r.route->flags & ROUTE_SUMS };
	if (!writer_submit(v->loop->server->writer, &v->change))
		refuse(v, busy(v));
}

static void prepare(struct task *t, struct db *db)
{
	struct visit *v = VISIT_OF(t, task);
	struct db *of_loop = v->r.db;

	v->r.db = db;
	db_arena_set(db, v->r.a);
	err e = pipe_prepare(&v->r);
	v->r.db = of_loop;
	if (!e) {
		to_writer(v);
		return;
	}
	v->e = e;
	draw_refusal(t, db);
}

static void slow_get(struct task *t, struct db *db)
{
	struct visit *v = VISIT_OF(t, task);

	v->r.db = db;
	db_arena_set(db, v->r.a);
	finish_away(v, pipe_get(&v->r));
}

/* ---- on the loop ------------------------------------------------------ */

static void to_pool(struct visit *v, void (*run)(struct task *, struct db *))
{
	v->task.run = run;
	if (!pool_submit(v->loop->server->pool, &v->task))
		finish_away(v, busy(v));
}

static void get_here(struct visit *v)
{
	struct http_reply reply;
	bool keep = v->r.route->flags & ROUTE_CACHED && v->r.site->page_cache &&
	    page_cache_fits(v->r.http);
	err e = pipe_get(&v->r);

	if (!e && v->r.stream)
		e = limit_stream(v->r.site->limits, &v->r);
	if (!e && v->r.stream) {
		seen_note(v->r.site->seen, &v->r, &(struct http_reply){ .status = 200 });
		http_reply_stream(v->x, v->r.stream);
		return;
	}
	pipe_reply(&v->r, e, &reply);
	v->loop->server->replies[reply.status / 100 % 6]++;
	if (keep && !e && !v->r.n_cookies)
		page_cache_keep(v->loop->pages, &v->r, &reply, v->stamp);
	http_reply(v->x, &reply);
}

static void refused_at_once(struct visit *v, err e)
{
	if (v->r.route && v->r.route->method == HTTP_POST && pipe_again(&v->r, e))
		e = NULL;
	finish(v, e);
}

static void dispatch(struct visit *v)
{
	const struct route *route = v->r.route;

	if (route->method == HTTP_GET && !(route->flags & ROUTE_SLOW)) {
		get_here(v);
		return;
	}
	http_later(v->x);
	if (route->method == HTTP_GET)
		to_pool(v, slow_get);
	else if (route->prepare)
		to_pool(v, prepare);
	else
		to_writer(v);
}

static struct visit *visit_new(struct loop *loop, struct http_x *x)
{
	const struct http_request *h = http_request(x);
	struct visit *v = NEW(h->a, struct visit);

	v->magic = VISIT_MAGIC;
	v->loop = loop;
	v->x = x;
	v->r.a = h->a;
	v->r.db = loop->db;
	v->r.http = h;
	v->r.now = time_now();
	db_arena_set(loop->db, h->a);
	return v;
}

const struct http_reply *visit_large(void *loop_ctx, struct http_x *x, uint64_t bytes)
{
	struct loop *loop = loop_ctx;
	struct visit *v = visit_new(loop, x);
	err e = db_read_hold(loop->db);

	if (!e)
		e = pipe_large(&loop->server->site, &v->r, bytes);
	if (!e)
		return NULL;
	struct http_reply *reply = NEW(v->r.a, struct http_reply);
	pipe_reply(&v->r, e, reply);
	loop->server->replies[reply->status / 100 % 6]++;
	return reply;
}

/* "/" may be a city's own. */
static err front(struct visit *v, const struct http_request **h)
{
	TRY(db_read_hold(v->loop->db));
	TRY(pipe_host(&v->r));
	*h = v->r.http;
	return NULL;
}

static bool answered(struct loop *loop, const struct http_request *h, struct http_x *x)
{
	if (!loop->server->site.page_cache || !page_cache_fits(h) ||
	    !page_cache_answer(loop->pages, h, x))
		return false;
	loop->server->replies[2]++;
	return true;
}

void visit(void *loop_ctx, struct http_x *x)
{
	struct loop *loop = loop_ctx;
	const struct http_request *h = http_request(x);
	struct visit *v = NULL;

	if (assets_answer(loop->server->assets, x) || metrics_answer(loop, x))
		return;
	err e = str_eq(h->path, S("/")) ? front(v = visit_new(loop, x), &h) : NULL;
	if (!e && answered(loop, h, x))
		return;
	v = v ? v : visit_new(loop, x);
	v->stamp = stamp_now();		/* before the snapshot		*/
	if (!e)
		e = db_read_hold(loop->db);
	if (!e)
		e = pipe_begin(&loop->server->site, &v->r);
	if (e)
		refused_at_once(v, e);
	else
		dispatch(v);
}
