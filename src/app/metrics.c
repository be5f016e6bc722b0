#include "app/server.h"
#include "core/limit.h"

static void figure(struct buf *b, const char *name, const char *kind, const char *say, int64_t v)
{
	buf_printf(b, "# HELP %s %s\n# TYPE %s %s\n%s %lld\n", name, say, name, kind, name,
	    (long long)v);
}

static str page(struct loop *loop, struct arena *a)
{
	struct server *s = loop->server;
	struct buf b = BUF(a, 16000);
	struct writer_stats w;
	struct http_stats h;

	writer_stats(s->writer, &w);
	http_stats(s->http, &h);
	figure(&b, "laris_writer_batches_total", "counter", "Transactions committed.", w.batches);
	figure(&b, "laris_writer_changes_total", "counter", "Changes committed.", w.changes);
	figure(&b, "laris_writer_refused_total", "counter",
	    "Changes turned away: queue full.", w.refused);
	figure(&b, "laris_writer_failed_total", "counter", "Changes rolled back.", w.failed);
	figure(&b, "laris_writer_queue", "gauge", "Changes waiting.", w.queue);
	figure(&b, "laris_writer_commit_us", "gauge",
	    "Last commit, microseconds.", w.commit_us_last);
	figure(&b, "laris_writer_commit_us_max", "gauge", "Longest commit.", w.commit_us_max);
	figure(&b, "laris_writer_wal_pages", "gauge", "Pages in the write-ahead log.", w.wal_pages);
	figure(&b, "laris_http_connections", "gauge", "Open connections.", h.connections);
	figure(&b, "laris_http_requests_total", "counter", "Requests.", h.requests);
	figure(&b, "laris_http_refused_total", "counter", "Refused at the edge.", h.refused);
	figure(&b, "laris_http_late_total", "counter", "Closed for being too slow.", h.late);
	figure(&b, "laris_http_streams", "gauge", "Live event streams.", h.streams);
	buf_printf(&b, "# HELP laris_limit_refused_total Refused: a city over its limit.\n"
	    "# TYPE laris_limit_refused_total counter\n");
	for (int i = 0; i < LIMIT_TOKENS; i++)
		buf_printf(&b, "laris_limit_refused_total{limit=\"%s\"} %lld\n", limit_rows[i].name,
		    (long long)limits_refused(s->site.limits, (enum limit)i));
	buf_printf(&b, "# HELP laris_replies_total Replies by class of status.\n"
	    "# TYPE laris_replies_total counter\n");
	for (int i = 1; i < 6; i++)
		buf_printf(&b, "laris_replies_total{class=\"%dxx\"} %lld\n", i,
		    (long long)s->replies[i]);
	return buf_done(&b);
}

/* Alive: this loop answers and its database can be read. */
static void health(struct loop *loop, struct http_x *x)
{
	struct arena *a = http_request(x)->a;
	struct http_reply r = { .status = 200,
		.type = "text/plain; charset=utf-8",
		.body = S("ok\n") };

	db_arena_set(loop->db, a);
	err e = db_read_begin(loop->db);
	if (e) {
		r.status = 503;
		r.body = arena_printf(a, "database: %s\n", e->rule);
	} else
		db_read_end(loop->db);
	http_reply(x, &r);
}

bool metrics_answer(struct loop *loop, struct http_x *x)
{
	const struct http_request *h = http_request(x);

	if (h->method != HTTP_GET && h->method != HTTP_HEAD)
		return false;
	if (str_eq(h->path, S("/healthz"))) {
		health(loop, x);
		return true;
	}
	if (!str_eq(h->path, S("/metrics")))
		return false;
	struct http_reply r = { .status = 200, .type = "text/plain; version=0.0.4",
	    .body = page(loop, h->a) };
	http_reply(x, &r);
	return true;
}
