/*
 * inner.h - what the files of this folder share.
 *
 * Layer 1, for src/http only.
 *
 *	server ---- loop (one a thread, one listening socket each)
 *	              \---- conn (one a client's socket)
 *	                      \---- http_x (one request, while under way)
 *
 * Only a loop's own thread touches its connections and exchanges, except
 * for an exchange handed out with http_later(): then http_reply() of some
 * other thread fills in the answer and pushes it on loop->replies, and
 * the loop does not look at the exchange until it has taken it off there.
 * So a client that vanishes meanwhile ends nothing early: its connection
 * is suspended and lives until the answer came.
 *
 * engine_... is http_mhd.c, the only file that knows the library.
 */
#ifndef LARIS_HTTP_INNER_H
#define LARIS_HTTP_INNER_H

#include "http/deadline.h"
#include "http/guard.h"
#include "http/http.h"
#include "http/linger.h"
#include "http/peers.h"
#include <netinet/in.h>
#include <pthread.h>
#include <stdatomic.h>

struct MHD_Connection;
struct MHD_Daemon;
struct MHD_Response;

#define LOOPS_MOST	64
#define ARENAS_SPARE	64
#define LATE_PROGRESS	512	/* bytes a second a reader must take	*/

enum answer { ANSWER_NONE, ANSWER_REPLY, ANSWER_READY, ANSWER_STREAM };
enum x_state { X_HEAD, X_BODY, X_LATER, X_SENDING };

struct conn {
	struct deadline due;	/* first: a deadline is its connection	*/
	struct MHD_Connection *lib;
	struct loop *loop;
	struct http_x *x;	/* under way, or NULL			*/
	struct peer *peer;
	uint64_t acked;		/* bytes the client has, at PHASE_SEND	*/
	int fd;
	bool over;		/* over a limit: gets a 503		*/
	bool linger;		/* we refused: it may still be sending	*/
	bool late;		/* we gave up on it			*/
	char peer_text[INET6_ADDRSTRLEN];
	struct conn *next, *prev;	/* loop->conns, or the unused ones */
};

struct stream {
	enum watch watch;	/* first: told by epoll when the client goes */
	struct http_x *x;
	struct http_stream s;
	struct arena *a;	/* what "pending" lies in, or NULL	*/
	str pending;
	int64_t last;		/* when anything was last sent		*/
	bool open, begun, over;
	bool quiet;		/* suspended: nothing to say		*/
	struct http_x *next, *prev;
};

struct http_x {
	struct http_request q;
	struct conn *c;
	struct guard guard;
	str uri;
	enum x_state state;
	struct guard_body framing;
	struct buf body;
	size_t budget;		/* taken from server->body_room		*/
	bool large;		/* one of server->larges		*/
	size_t room;		/* for the reply's header fields	*/
	bool later;
	atomic_bool answered;
	enum answer answer;
	struct http_reply *reply;
	struct http_ready *ready;
	struct stream *stream;
	struct http_x *next;	/* in loop->replies			*/
};

struct http_ready {
	atomic_int refs;
	int status;
	size_t head;		/* bytes of its header fields		*/
	struct MHD_Response *lib;
	str etag;		/* empty if it has none			*/
};

struct loop {
	struct http_server *server;
	struct MHD_Daemon *lib;
	void *ctx;		/* what options.loop_new made		*/
	pthread_t thread;
	bool running, quiesced;
	int epoll, wake, listen;
	size_t pool;		/* the library's memory a connection	*/
	enum watch watch_engine, watch_wake;
	int64_t now;		/* of this turn				*/
	struct deadlines due;
	struct lingers lingers;
	struct conn *conns, *unused;
	struct arena *a;	/* connections live here		*/
	struct arena *spare[ARENAS_SPARE];
	int n_spare;
	struct http_x *streams;
	int64_t streams_at;	/* when "next" was last asked		*/
	bool streams_woken;
	_Atomic(struct http_x *) replies;
	atomic_bool signalled;
	atomic_int n_streams;
	_Atomic int64_t requests, refused, late;
};

struct http_server {
	struct arena *a;
	struct http_options opt;	/* limits filled in		*/
	struct peers *peers;
	str key, cert;
	int port, n_loops;
	atomic_bool stopping;
	atomic_int streams;
	_Atomic int64_t body_room;	/* bytes of bodies still allowed */
	atomic_int larges;	/* bodies over limits.body, under way	*/
	struct loop *loop[LOOPS_MOST];
};

/* ---- http_mhd.c ---- */
bool	engine_start(struct loop *);
void	engine_quiesce(struct loop *);	/* listens no more		*/
void	engine_stop(struct loop *);
int	engine_fd(struct loop *);
bool	engine_pending(struct loop *);	/* has work without any event	*/
void	engine_run(struct loop *);
void	engine_resume(struct http_x *);

/* ---- exchange.c ---- */
struct arena *arena_get(struct loop *);
void	arena_put(struct loop *, struct arena *);
struct http_x *x_new(struct conn *, str uri);
void	x_end(struct http_x *);		/* everything of it goes	*/
struct http_x *x_answered(struct loop *);	/* a list by ->next, in order */
void	ready_unref(struct http_ready *);
/* Something to count: only the loop's own thread adds. */
void	count(_Atomic int64_t *);

/* ---- body.c ---- */
void	body_expect(struct http_x *);
/* False: refused with this reply; without a type only its status counts. */
bool	body_large(struct http_x *, struct http_reply *no);
/* NULL, or the status line of a refusal. */
const char *body_take(struct http_x *, const char *, size_t);

/* ---- sse.c ---- */
bool	stream_open(struct http_x *);	/* false: there are too many	*/
void	stream_close(struct http_x *);
/* What to send now: true, with bytes in stream->pending, or nothing yet. */
bool	stream_fill(struct http_x *);
size_t	stream_take(struct http_x *, char *to, size_t most);
void	stream_vanished(struct stream *);
void	streams_turn(struct loop *);	/* after each wait		*/
int64_t	streams_next(const struct loop *);
void	streams_stop(struct loop *);

/* ---- server.c ---- */
void	conn_close(struct conn *);	/* shuts the socket; the engine sees it */

#endif
