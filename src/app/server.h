/* server.h - what the parts of the running server share.  Layer 4. */
#ifndef LARIS_APP_SERVER_H
#define LARIS_APP_SERVER_H

#include "core/fetch.h"
#include "core/page_cache.h"
#include "core/pipeline.h"
#include "core/pool.h"

struct assets;
struct worker;

struct server {
	struct site site;
	struct writer *writer;
	struct pool *pool;
	struct http_server *http;
	struct assets *assets;
	struct worker *worker;
	const char *db_path;
	struct fetch_world world;	/* for what jobs ask of other servers */
	_Atomic int64_t replies[6];	/* by status class, 1xx..5xx	*/
};

/* One event loop's own things. */
struct loop {
	struct server *server;
	struct arena *a;
	struct db *db;
	struct page_cache *pages;
};

/* visit.c: one exchange from the first byte to the reply. */
void	visit(void *loop, struct http_x *);
/* A large body is announced: NULL, or why not. */
const struct http_reply *visit_large(void *loop, struct http_x *, uint64_t bytes);

/* assets.c: the files of web/, ready to send. */
struct assets *assets_new(struct arena *);
void	assets_free(struct assets *);
bool	assets_answer(struct assets *, struct http_x *);

/* metrics.c: "/healthz" and "/metrics" (Prometheus text format 0.0.4). */
bool	metrics_answer(struct loop *, struct http_x *);

/* work.c: a thread for what takes long (core/work.h). */
err	worker_start(struct worker **, struct arena *, struct server *) MUST_USE;
void	worker_wake(struct worker *);	/* after a commit; NULL is fine	*/
void	worker_stop(struct worker *);	/* its memory stays: it may still be woken */

/* jobs.c: a thread that runs what is due, through the writer. */
struct jobs;
err	jobs_start(struct jobs **, struct arena *, struct server *) MUST_USE;
void	jobs_stop(struct jobs **);

#endif
