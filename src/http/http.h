/*
 * http.h - a request in, a reply out, over HTTP/1.1.
 *
 * Layer 1.  The library behind it is visible in http_mhd.c only.  One
 * event loop a core, each its own daemon on the same port.  Limits are
 * kept here, at the edge: request line, headers, body, time for each,
 * connections in all and per address; requests with doubled
 * Content-Length, Transfer-Encoding or Host, or Content-Length with
 * Transfer-Encoding, are refused with 400 (RFC 9112 section 6.3).
 *
 * The handler runs on a loop's thread and must not block.  It calls
 * http_reply() at once, or http_later() and some other thread calls
 * http_reply() when it is done.
 */
#ifndef LARIS_HTTP_HTTP_H
#define LARIS_HTTP_HTTP_H

#include "base/base.h"

enum http_method { HTTP_GET, HTTP_HEAD, HTTP_POST, HTTP_OTHER };

struct http_x;			/* one exchange: request and reply	*/
struct http_server;

struct http_request {		/* borrowed until the reply is queued	*/
	enum http_method method;
	str method_name;
	str path;		/* as sent, still %-encoded, begins with '/' */
	str query;		/* behind the '?', raw			*/
	str body;
	str peer;		/* address of the client, text		*/
	str host;
	str cookie, accept_language, accept_encoding, accept;
	str if_none_match, content_type, authorization, origin, sec_fetch_site;
	str last_event_id;
	bool tls;
	struct arena *a;	/* lives until the exchange is over	*/
};

struct http_header { const char *name; str value; };

struct http_reply {
	int status;
	const char *type;	/* Content-Type				*/
	str body;		/* copied unless body_static		*/
	bool body_static;	/* lives as long as the program		*/
	int file;		/* or an open file, sent and closed by us; 0: none */
	int64_t file_n;
	const char *encoding;	/* Content-Encoding: "gzip", "br" or NULL */
	struct http_header h[16];
	size_t n_h;
};
void	http_reply_header(struct http_reply *, const char *name, str value);

const struct http_request *http_request(struct http_x *);
void	http_later(struct http_x *);
/* Any thread, once.  From another thread: takes effect at http_wake(). */
void	http_reply(struct http_x *, const struct http_reply *);
void	http_wake(struct http_server *);	/* once a batch		*/

/*
 * A reply made once and sent often (a cached page, an asset).  Counted
 * references: http_ready_free() drops ours; those in flight live on.
 */
struct http_ready;
struct http_ready *http_ready_new(const struct http_reply *);
void	http_ready_free(struct http_ready **);
void	http_reply_ready(struct http_x *, struct http_ready *);

/*
 * Server-sent events (WHATWG HTML 9.2).  "next" is called on the loop's
 * thread about once a second and at http_wake(); it appends whole events
 * to the buf, or nothing.  A comment line keeps quiet streams alive.
 * "gone" is called once, on the loop's thread.
 */
struct http_stream {
	void (*next)(void *ctx, struct buf *);
	void (*gone)(void *ctx);
	void *ctx;
};
void	http_reply_stream(struct http_x *, const struct http_stream *);

struct http_limits {		/* 0 means the default in brackets	*/
	size_t line;		/* request line, bytes [4096]: 414	*/
	size_t headers;		/* all fields [4096], the two and 64 bytes a field
				   together about 7 KiB: 431		*/
	size_t body;		/* [1 MiB]: 413, or what options.large says */
	int large;		/* larger ones at once, in all [4]: 503	*/
	int header_s, body_s;	/* time for each [10, 30]: closed; a large one ten times */
	int idle_s;		/* keep-alive without a request [60]	*/
	int connections, per_address;	/* [12000, 10500 on loopback/200 else] */
	int streams;		/* server-sent events in all [2000]	*/
};
struct http_options {
	const char *listen;	/* "127.0.0.1:8080" or "[::1]:8080"; port 0 picks one */
	const char *tls_cert, *tls_key;	/* PEM files, or NULL		*/
	int loops;		/* 0: one for each core the process may use */
	struct http_limits limits;
	/* Per loop: makes what the handler gets (its own read connection). */
	void *(*loop_new)(void *ctx, int loop);
	void (*loop_free)(void *loop_ctx);
	void (*handle)(void *loop_ctx, struct http_x *);
	/*
	 * A body of so many bytes, more than limits.body, is announced, and none
	 * of it has come: NULL takes it, a reply (it lives in the request's
	 * arena) refuses it.  NULL here: 413.
	 */
	const struct http_reply *(*large)(void *loop_ctx, struct http_x *, uint64_t bytes);
	/* What came in at once is handled; the loop goes back to waiting.  Or NULL. */
	void (*rest)(void *loop_ctx);
	void *ctx;
};
struct http_stats { int64_t connections, requests, refused, late, streams; };

err	http_start(struct http_server **, struct arena *, const struct http_options *) MUST_USE;
int	http_port(const struct http_server *);
void	http_stats(const struct http_server *, struct http_stats *);
/*
 * Stops listening, finishes what is under way (up to a few seconds), ends
 * the loops' threads.  http_reply() and http_wake() may still be called.
 */
void	http_drain(struct http_server *);
/*
 * The same, if it was not done, and the memory goes: whoever calls
 * http_wake() must have stopped before (drain, close the writer, stop).
 * NULL inside is fine.
 */
void	http_stop(struct http_server **);

#endif
