/*
 * The one file that knows libmicrohttpd (0.9.75, as in Debian 12).
 *
 * What was learned about it, by measuring and by reading it:
 *  - its own epoll thread stalls with 128 ready connections: we wait on
 *    its epoll descriptor ourselves and call MHD_run();
 *  - so run, it has no wake-up of its own: see loop->wake;
 *  - MHD_resume_connection() walks all suspended connections, so it is
 *    called for those that have something to send, never to ask;
 *  - a reply queued in the first call of the handler closes the
 *    connection, which is what a refusal wants; a usual reply waits for
 *    the last call;
 *  - it would split and decode the query into its small pool: on_uri()
 *    keeps the query from it;
 *  - its timeouts count silence, so a drip a second lives for ever: it
 *    gets none, we have deadlines;
 *  - it zeroes its pool after each request, so a pool costs its full size
 *    of real memory for each idle client.
 */
#include "http/inner.h"
#include <arpa/inet.h>
#include <microhttpd.h>
#include <string.h>
#include <sys/ioctl.h>

#define RECORD		64	/* what it keeps for each field		*/
#define ROOM_LEAST	1536	/* for a reply's header fields		*/
#define ROOM_OTHER	256	/* status line, Date, Content-Length …	*/

/* ---- replies -------------------------------------------------------------- */

static bool add(struct MHD_Response *r, size_t *head, const char *name, str value)
{
	if (value.n == 0)
		return true;
	*head += strlen(name) + value.n + 4;
	return memchr(value.p, '\0', value.n) == NULL &&
	    MHD_add_response_header(r, name, value.p) == MHD_YES;
}

/* The library is done with the reply: so is the memory it came from. */
static void on_done(void *arena)
{
	struct arena *a = arena;

	arena_free(&a);
}

/*
 * Every reply but a stream is made here.  Values are NUL-terminated behind
 * their bytes; one with a line break in it is refused as a whole.  "own",
 * unless NULL, is what the reply lies in, and dies with it.
 */
static struct MHD_Response *make(const struct http_reply *r, struct arena *own, size_t *head)
{
	char *body = (char *)(uintptr_t)(r->body.n ? r->body.p : "");
	struct MHD_Response *lib = r->file ?
	    MHD_create_response_from_fd64((uint64_t)r->file_n, r->file) : own ?
	    MHD_create_response_from_buffer_with_free_callback_cls(r->body.n, body, on_done, own) :
	    MHD_create_response_from_buffer(r->body.n, body, MHD_RESPMEM_PERSISTENT);

	if (!lib)
		panic("out of memory for a reply");
	*head = ROOM_OTHER;
	bool fine = add(lib, head, "Content-Type", str_of(r->type)) &&
	    add(lib, head, "Content-Encoding", str_of(r->encoding));
	for (size_t i = 0; fine && i < r->n_h; i++)
		fine = add(lib, head, r->h[i].name, r->h[i].value);
	if (!fine) {
		MHD_destroy_response(lib);
		return NULL;
	}
	return lib;
}

struct http_ready *http_ready_new(const struct http_reply *r)
{
	size_t most = sizeof(struct http_ready) + r->body.n;
	for (size_t i = 0; i < r->n_h; i++)
		most += r->h[i].value.n + 1;
	struct arena *a = arena_for(most);
	struct http_ready *ready = NEW(a, struct http_ready);
	struct http_reply own = *r;

	ready->status = r->status;
	ready->refs = 1;
	if (!own.body_static)
		own.body = arena_str(a, r->body);
	for (size_t i = 0; i < own.n_h; i++) {
		own.h[i].value = arena_str(a, r->h[i].value);
		if (str_eq_nocase(str_of(own.h[i].name), S("ETag")))
			ready->etag = own.h[i].value;
	}
	struct MHD_Response *lib = make(&own, a, &ready->head);
	if (!lib)
		panic("a line break in a header field of a made reply");
	ready->lib = lib;
	return ready;
}

/* Those still being sent keep the library's reply, and so the memory. */
void ready_unref(struct http_ready *ready)
{
	if (atomic_fetch_sub(&ready->refs, 1) == 1)
		MHD_destroy_response(ready->lib);
}

void http_ready_free(struct http_ready **ready)
{
	if (*ready)
		ready_unref(*ready);
	*ready = NULL;
}

static enum MHD_Result queue(struct http_x *x, struct MHD_Connection *lib,
    int status, struct MHD_Response *r)
{
	struct loop *l = x->c->loop;

	x->state = X_SENDING;
	deadline_set(&l->due, &x->c->due, PHASE_SEND, l->now);
	return MHD_queue_response(lib, (unsigned)status, r);
}

static enum MHD_Result reply(struct http_x *x, struct MHD_Connection *lib,
    const struct http_reply *r)
{
	static const struct http_reply broken = {
		.status = 500, .type = "text/plain; charset=utf-8",
		.body = S_INIT("Internal Server Error\n"), .body_static = true,
	};
	size_t head;
	struct MHD_Response *made = make(r, NULL, &head);
	int status = r->status;

	if (!made || head > x->room) {
		log_line(LOG_ERROR, "reply with impossible header fields",
		    "path=%.*s bytes=%zu", SV(x->q.path), head);
		if (made)
			MHD_destroy_response(made);
		made = make(&broken, NULL, &head);
		status = broken.status;
	}
	enum MHD_Result ok = queue(x, lib, status, made);
	MHD_destroy_response(made);
	return ok;
}

/* We do not take this request: say so, and close. */
static enum MHD_Result refuse_saying(struct http_x *x, struct MHD_Connection *lib,
    struct http_reply *r)
{
	http_reply_header(r, "Connection", S("close"));
	if (r->status == 503)
		http_reply_header(r, "Retry-After", S("5"));
	count(&x->c->loop->refused);
	x->c->linger = true;
	x->room = ROOM_LEAST;
	return reply(x, lib, r);
}

static enum MHD_Result refuse(struct http_x *x, struct MHD_Connection *lib, int status)
{
	struct http_reply r = {
		.status = status, .type = "text/plain; charset=utf-8",
		.body = str_of(MHD_get_reason_phrase_for((unsigned)status)),
		.body_static = true,
	};

	return refuse_saying(x, lib, &r);
}

/* ---- a stream ------------------------------------------------------------- */

static ssize_t on_read(void *cls, uint64_t at, char *to, size_t most)
{
	struct http_x *x = cls;
	struct stream *st = x->stream;
	struct loop *l = x->c->loop;

	(void)at;
	if (st->over)
		return MHD_CONTENT_READER_END_OF_STREAM;
	if (!st->begun) {
		st->begun = true;
		(void)stream_fill(x);
	}
	size_t n = stream_take(x, to, most);
	if (n) {
		deadline_set(&l->due, &x->c->due, PHASE_SEND, l->now);
		return (ssize_t)n;
	}
	deadline_set(&l->due, &x->c->due, PHASE_NONE, l->now);
	st->quiet = true;
	MHD_suspend_connection(x->c->lib);
	return 0;
}

/* The head alone: the library ends a body of unknown size even for HEAD. */
static enum MHD_Result stream_head(struct http_x *x, struct MHD_Connection *lib)
{
	struct http_reply r = { .status = 200, .type = "text/event-stream" };

	http_reply_header(&r, "Cache-Control", S("no-store"));
	return reply(x, lib, &r);
}

static enum MHD_Result open_stream(struct http_x *x, struct MHD_Connection *lib)
{
	if (x->q.method == HTTP_HEAD)
		return stream_head(x, lib);
	if (!stream_open(x))
		return refuse(x, lib, 503);
	struct MHD_Response *r = MHD_create_response_from_callback(MHD_SIZE_UNKNOWN,
	    1024, on_read, x, NULL);
	if (!r)
		panic("out of memory for a stream");
	MHD_add_response_header(r, "Content-Type", "text/event-stream");
	MHD_add_response_header(r, "Cache-Control", "no-store");
	MHD_add_response_header(r, "X-Accel-Buffering", "no");
	enum MHD_Result ok = queue(x, lib, 200, r);
	MHD_destroy_response(r);
	return ok;
}

/* ---- a request ------------------------------------------------------------ */

/* A list of entity tags holds ours, or "*" (RFC 9110 section 13.1.2). */
static bool has_etag(str list, str ours)
{
	str one;

	while (str_take(&list, ',', &one)) {
		one = str_trim(one);
		if (str_starts(one, S("W/")))
			one = str_sub(one, 2, SIZE_MAX);
		if (str_eq(one, ours) || str_eq(one, S("*")))
			return true;
	}
	return false;
}

static enum MHD_Result reply_ready(struct http_x *x, struct MHD_Connection *lib)
{
	struct http_ready *ready = x->ready;
	int status = ready->status;

	if (status == 200 && x->q.if_none_match.n && ready->etag.n &&
	    x->q.method <= HTTP_HEAD && has_etag(x->q.if_none_match, ready->etag))
		status = 304;
	if (ready->head > x->room)
		return refuse(x, lib, 431);
	return queue(x, lib, status, ready->lib);
}

static enum MHD_Result answer(struct http_x *x, struct MHD_Connection *lib)
{
	switch (x->answer) {
	case ANSWER_REPLY: {
		enum MHD_Result ok = reply(x, lib, x->reply);
		x->reply->file = 0;	/* the library closes it	*/
		return ok;
	}
	case ANSWER_READY:
		return reply_ready(x, lib);
	case ANSWER_STREAM:
		return open_stream(x, lib);
	case ANSWER_NONE:
		break;
	}
	panic("no reply to %.*s", SV(x->q.path));
}

static enum MHD_Result handle(struct http_x *x, struct MHD_Connection *lib)
{
	struct loop *l = x->c->loop;

	x->q.body = buf_done(&x->body);
	deadline_set(&l->due, &x->c->due, PHASE_NONE, l->now);
	count(&l->requests);
	l->server->opt.handle(l->ctx, x);
	if (!x->later)
		return answer(x, lib);
	x->state = X_LATER;
	MHD_suspend_connection(lib);
	return MHD_YES;
}

static enum MHD_Result on_field(void *cls, enum MHD_ValueKind kind, const char *name,
    size_t name_n, const char *value, size_t value_n)
{
	struct http_x *x = cls;

	if (kind == MHD_COOKIE_KIND)
		x->guard.records++;
	else
		guard_field(&x->guard, &x->q, (str){ name, name_n },
		    (str){ value ? value : "", value_n });
	return MHD_YES;
}

/* What is left of its pool when head and read buffer are in it. */
static size_t room(const struct http_x *x, size_t head)
{
	size_t pool = x->c->loop->pool, used = pool / 2;

	if (head + 128 > used)
		used = head + 128;
	used += RECORD * x->guard.records + x->q.cookie.n + 1;
	return used < pool ? pool - used : 0;
}

/* More than usual is announced. */
static enum MHD_Result begin_large(struct http_x *x, struct MHD_Connection *lib)
{
	struct http_reply no;

	if (!body_large(x, &no))
		return no.type ? refuse_saying(x, lib, &no) : refuse(x, lib, no.status);
	body_expect(x);
	return MHD_YES;
}

static enum MHD_Result begin(struct http_x *x, struct MHD_Connection *lib,
    const char *url, const char *method, const char *version)
{
	struct loop *l = x->c->loop;
	size_t head = MHD_get_connection_info(lib,
	    MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE)->header_size;

	x->state = X_BODY;
	guard_line(&x->guard, &x->q, method, url, x->uri.n, version, head);
	MHD_get_connection_values_n(lib, MHD_HEADER_KIND | MHD_COOKIE_KIND, on_field, x);
	int status = guard_verdict(&x->guard, &x->q, x->uri, &l->server->opt.limits,
	    &x->framing);
	x->room = room(x, head);
	if (!status && x->room < ROOM_LEAST)
		status = 431;
	if (!status && x->c->over)
		status = 503;
	if (status == 413)
		return begin_large(x, lib);
	if (status)
		return refuse(x, lib, status);
	if (x->framing.any)
		body_expect(x);
	return MHD_YES;
}

/* The library takes no reply in the middle of a body; the socket does. */
static enum MHD_Result break_off(struct http_x *x, const char *status)
{
	str text = arena_printf(x->q.a, "HTTP/1.1 %s\r\nConnection: close\r\n"
	    "Content-Length: 0\r\n\r\n", status);

	count(&x->c->loop->refused);
	x->c->linger = true;
	if (!x->q.tls)
		(void)send(x->c->fd, text.p, text.n, MSG_NOSIGNAL | MSG_DONTWAIT);
	return MHD_NO;
}

static enum MHD_Result on_request(void *cls, struct MHD_Connection *lib, const char *url,
    const char *method, const char *version, const char *data, size_t *n, void **px)
{
	struct http_x *x = *px;
	const char *refused;
	size_t got;

	(void)cls;
	switch (x->state) {
	case X_HEAD:
		return begin(x, lib, url, method, version);
	case X_BODY:
		if (*n == 0)
			return handle(x, lib);
		got = *n;
		*n = 0;
		refused = body_take(x, data, got);
		return refused ? break_off(x, refused) : MHD_YES;
	case X_LATER:
		return answer(x, lib);
	case X_SENDING:
		break;
	}
	return MHD_NO;
}

/* ---- what it tells us of connections -------------------------------------- */

static struct conn *conn_of(struct MHD_Connection *lib)
{
	return MHD_get_connection_info(lib,
	    MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;
}

/*
 * The request line has come.  We keep the whole of it and end the
 * library's view behind the '?': it parses what it sees into its pool.
 */
static void *on_uri(void *cls, const char *uri, struct MHD_Connection *lib)
{
	struct conn *c = conn_of(lib);
	struct loop *l = c->loop;
	struct http_x *x = x_new(c, str_of(uri));

	(void)cls;
	if (c->due.phase == PHASE_IDLE)
		deadline_set(&l->due, &c->due, PHASE_HEADER, l->now);
	size_t mark = str_find(x->uri, S("?"));
	if (mark < x->uri.n)
		((char *)(uintptr_t)uri)[mark + 1] = '\0';
	return x;
}

static size_t on_unescape(void *cls, struct MHD_Connection *lib, char *s)
{
	(void)cls;
	(void)lib;
	return strlen(s);
}

static void on_end(void *cls, struct MHD_Connection *lib, void **px,
    enum MHD_RequestTerminationCode code)
{
	struct http_x *x = *px;

	(void)cls;
	(void)lib;
	(void)code;
	if (!x)
		return;
	struct conn *c = x->c;
	*px = NULL;
	x_end(x);
	deadline_set(&c->loop->due, &c->due, PHASE_IDLE, c->loop->now);
}

static enum MHD_Result on_accept(void *cls, const struct sockaddr *sa, socklen_t n)
{
	struct loop *l = cls;

	(void)n;
	if (peers_room(l->server->peers, sa))
		return MHD_YES;
	count(&l->refused);
	return MHD_NO;
}

static void address_text(char out[INET6_ADDRSTRLEN], const struct sockaddr *sa)
{
	const struct sockaddr_in *v4 = (const void *)sa;
	const struct sockaddr_in6 *v6 = (const void *)sa;

	if (sa->sa_family == AF_INET)
		inet_ntop(AF_INET, &v4->sin_addr, out, INET6_ADDRSTRLEN);
	else if (IN6_IS_ADDR_V4MAPPED(&v6->sin6_addr))
		inet_ntop(AF_INET, &v6->sin6_addr.s6_addr[12], out, INET6_ADDRSTRLEN);
	else
		inet_ntop(AF_INET6, &v6->sin6_addr, out, INET6_ADDRSTRLEN);
}

static struct conn *conn_open(struct loop *l, struct MHD_Connection *lib)
{
	const struct sockaddr *sa = MHD_get_connection_info(lib,
	    MHD_CONNECTION_INFO_CLIENT_ADDRESS)->client_addr;
	struct conn *c = l->unused;

	if (c)
		l->unused = c->next;
	else
		c = NEW(l->a, struct conn);
	*c = (struct conn){ .lib = lib, .loop = l, .next = l->conns,
		.fd = MHD_get_connection_info(lib,
		    MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd };
	address_text(c->peer_text, sa);
	if (c->next)
		c->next->prev = c;
	l->conns = c;
	c->over = !peers_enter(l->server->peers, sa, &c->peer);
	deadline_set(&l->due, &c->due, PHASE_HEADER, l->now);
	return c;
}

static void conn_closed(struct loop *l, struct conn *c)
{
	int unread = 0;

	CHECK(!c->x);
	if (!c->late && !c->linger && ioctl(c->fd, FIONREAD, &unread) == 0)
		c->linger = unread > 0;
	if (c->linger && !c->late)
		linger_start(&l->lingers, l->epoll, c->fd, l->now);
	deadline_set(&l->due, &c->due, PHASE_NONE, l->now);
	peers_leave(l->server->peers, c->peer);
	if (c->next)
		c->next->prev = c->prev;
	if (c->prev)
		c->prev->next = c->next;
	else
		l->conns = c->next;
	c->next = l->unused;
	l->unused = c;
}

static void on_connection(void *cls, struct MHD_Connection *lib, void **pc,
    enum MHD_ConnectionNotificationCode what)
{
	struct loop *l = cls;

	if (what == MHD_CONNECTION_NOTIFY_STARTED) {
		*pc = conn_open(l, lib);
	} else {
		conn_closed(l, *pc);
		*pc = NULL;
	}
}

static void on_panic(void *cls, const char *file, unsigned line, const char *why)
{
	(void)cls;
	panic("libmicrohttpd %s:%u: %s", file ? file : "", line, why ? why : "");
}

/* ---- the engine ----------------------------------------------------------- */

bool engine_start(struct loop *l)
{
	struct http_server *s = l->server;
	struct MHD_OptionItem tls[] = {
		{ MHD_OPTION_HTTPS_MEM_KEY, 0, (void *)(uintptr_t)s->key.p },
		{ MHD_OPTION_HTTPS_MEM_CERT, 0, (void *)(uintptr_t)s->cert.p },
		{ MHD_OPTION_HTTPS_PRIORITIES, 0, (void *)(uintptr_t)
		    "SECURE128:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2:%SERVER_PRECEDENCE" },
		{ MHD_OPTION_END, 0, NULL },
	};
	unsigned flags = MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME | (s->cert.n ? MHD_USE_TLS : 0);

	MHD_set_panic_func(on_panic, NULL);
	l->lib = MHD_start_daemon(flags, 0, on_accept, l, on_request, l,
	    MHD_OPTION_LISTEN_SOCKET, l->listen,
	    MHD_OPTION_CONNECTION_LIMIT, (unsigned)peers_most(s->opt.limits.connections) + 1,
	    MHD_OPTION_CONNECTION_TIMEOUT, 0U,
	    MHD_OPTION_CONNECTION_MEMORY_LIMIT, l->pool,
	    MHD_OPTION_NOTIFY_CONNECTION, on_connection, l,
	    MHD_OPTION_NOTIFY_COMPLETED, on_end, l,
	    MHD_OPTION_URI_LOG_CALLBACK, on_uri, l,
	    MHD_OPTION_UNESCAPE_CALLBACK, on_unescape, l,
	    MHD_OPTION_ARRAY, s->cert.n ? tls : &tls[countof(tls) - 1],
	    MHD_OPTION_END);
	return l->lib != NULL;
}

void engine_quiesce(struct loop *l)
{
	MHD_quiesce_daemon(l->lib);
}

void engine_stop(struct loop *l)
{
	MHD_stop_daemon(l->lib);
	l->lib = NULL;
}

int engine_fd(struct loop *l)
{
	return MHD_get_daemon_info(l->lib, MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd;
}

bool engine_pending(struct loop *l)
{
	MHD_UNSIGNED_LONG_LONG ms;

	return MHD_get_timeout(l->lib, &ms) == MHD_YES && ms == 0;
}

void engine_run(struct loop *l)
{
	MHD_run(l->lib);
}

void engine_resume(struct http_x *x)
{
	MHD_resume_connection(x->c->lib);
}
