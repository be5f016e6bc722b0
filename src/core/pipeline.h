/*
 * pipeline.h - the life of a request, in steps.
 *
 * Layer 2.  Knows neither sockets nor threads: app/serve.c drives it over
 * the network, app/local.c in process (`laris request`, tests).
 *
 *	pipe_begin    route, city, who, rights, CSRF, form: ERR or ready
 *	pipe_get      GET: the handler, in a read transaction
 *	pipe_prepare  POST: slow work; may read, not write
 *	pipe_change   POST: the handler inside the writer's transaction
 *	pipe_again    a refused POST: its page, with what was typed
 *	pipe_reply    page, JSON, redirect or refusal -> bytes
 */
#ifndef LARIS_CORE_PIPELINE_H
#define LARIS_CORE_PIPELINE_H

#include "core/router.h"
#include "core/seen.h"

/* What the loops, the pool and the writer share; read-only after start. */
struct site {
	const struct app *app;
	const struct router *router;
	struct writer *writer;
	bool page_cache;	/* setting "page-cache"			*/
	const char *data_dir;	/* of files beside the database; made when needed */
	const char *key_file;	/* of the public log, beside the database */
	struct seen *seen;	/* or NULL				*/
	struct limits *limits;	/* limit.h; NULL: none (command line)	*/
};

/*
 * "/" asked by a city's own host name is that city's page: r->http says so
 * from then on, also to the page cache.  Other paths without the city are
 * sent on by pipe_begin.
 */
err	pipe_host(struct req *) MUST_USE;
/* r->a, r->db, r->http, r->now are set by the caller. */
err	pipe_begin(const struct site *, struct req *) MUST_USE;
/* The command line's: "login" is signed in without cookie or CSRF token. */
err	pipe_begin_as(const struct site *, struct req *, str login) MUST_USE;
/* More than ROUTE_BODY is announced, and nothing of it has come: may they
 * send it?  A refusal is ready for pipe_reply(). */
err	pipe_large(const struct site *, struct req *, uint64_t bytes) MUST_USE;
/* ERR_BUSY "city-closed" with since when and why, or NULL. */
err	pipe_closed(struct req *, const struct city *) MUST_USE;
err	pipe_get(struct req *) MUST_USE;
err	pipe_prepare(struct req *) MUST_USE;
err	pipe_change(struct req *, struct change *, struct tx *) MUST_USE;
/* With its status.  False when the route has no page to show again: reply with the error. */
bool	pipe_again(struct req *, err);
void	pipe_reply(struct req *, err, struct http_reply *);
int	err_status(enum err_kind);	/* 422, 403 …		*/
/* The reader's language: ?lang=, cookie, Accept-Language, Indonesian. */
enum lang pipe_lang(const struct http_request *, const struct params *query);

#endif
