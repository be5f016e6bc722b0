/* local.c - one request in process, with no socket: the same steps. */
#include "app/commands.h"
#include "app/local.h"
#include "core/who.h"
#include "mod/ledger/key.h"
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A GET reads here; a POST is one transaction of its own. */
static err local_get(struct req *r, struct http_reply *reply)
{
	err e = pipe_get(r);

	pipe_reply(r, e, reply);
	return e;
}

struct local_post { struct req *r; };

static err local_change(struct cli_args *x, struct tx *tx, void *ctx)
{
	struct local_post *p = ctx;
	struct change c = { .a = x->a };

	return pipe_change(p->r, &c, tx);
}

/* As a browser sees it: the page it came from, with what is wrong. */
static void refused(struct req *r, err e, struct http_reply *reply)
{
	bool page = r->route && r->route->method == HTTP_POST && !(r->route->flags & ROUTE_API);

	pipe_reply(r, page && pipe_again(r, e) ? NULL : e, reply);
}

static err local_post(struct cli_args *x, struct req *r, struct http_reply *reply)
{
	struct local_post p = { r };
	err e = pipe_prepare(r);

	if (!e)
		e = cli_change(x, local_change, &p);
	if (!e)
		e = r->refuse;
	if (e)
		refused(r, e, reply);
	else
		pipe_reply(r, NULL, reply);
	return e;
}

static err answer(struct cli_args *x, const struct site *site, struct req *r, str login,
    struct http_reply *reply)
{
	err e = pipe_begin_as(site, r, login);

	if (e)
		refused(r, e, reply);
	else if (r->route->method == HTTP_GET)
		e = local_get(r, reply);
	else
		e = local_post(x, r, reply);
	return e;
}

err local_request(struct cli_args *x, const struct local_ask *ask, struct http_reply *reply)
{
	CLEANUP(db_close) struct db *db = NULL;
	struct site site = { .app = x->app, .router = router_new(x->a, x->app),
	    .data_dir = arena_printf(x->a, "%s-files", x->db_path).p,
	    .key_file = ledger_key_file(x->a, x->db_path),
	    .seen = seen_open(x->a, getenv("LARIS_SEEN")) };
	str path = str_of(ask->path), query = { 0 };
	struct req *r = NEW(x->a, struct req);

	TRY(cli_read(x, &db));
	if (ask->city.n)
		TRY(city_scope(db, ask->city, &r->city));
	(void)str_take(&path, '?', &query);
	struct http_request h = { .method = ask->method, .path = query, .query = path,
	    .body = ask->body, .content_type = ask->type, .peer = S("local"),
	    .host = S("localhost"), .a = x->a };
	r->a = x->a;
	r->db = db;
	r->http = &h;
	r->now = x->now;
	err e = answer(x, &site, r, ask->login, reply);
	seen_close(&site.seen);
	r->http = NULL;
	return e;
}

static str form_body(struct cli_args *x, int from)
{
	struct buf b = BUF(x->a, 1u << 20);

	for (int i = from; i < x->argc; i++) {
		str v = str_of(x->argv[i]), name;
		(void)str_take(&v, '=', &name);
		if (b.n)
			buf_char(&b, '&');
		percent_encode(&b, name);
		buf_char(&b, '=');
		percent_encode(&b, v);
	}
	return buf_done(&b);
}

static enum http_method method_of(const char *word)
{
	return !strcmp(word, "GET") ? HTTP_GET : !strcmp(word, "POST") ? HTTP_POST : HTTP_OTHER;
}

/* "@file.json", or name=value words. */
static err body_of(struct cli_args *x, struct local_ask *ask)
{
	if (x->argc == 3 && x->argv[2][0] == '@') {
		ask->type = S("application/json");
		return cli_read_file(x, x->argv[2] + 1, 1u << 20, &ask->body);
	}
	ask->body = form_body(x, 2);
	ask->type = S("application/x-www-form-urlencoded");
	return NULL;
}

static void print_file(struct cli_args *x, int fd)
{
	char chunk[16384];

	for (ssize_t n; (n = read(fd, chunk, sizeof chunk)) > 0;)
		fwrite(chunk, 1, (size_t)n, x->out);
	close(fd);
}

static void print_reply(struct cli_args *x, const struct http_reply *reply)
{
	fprintf(stderr, "%d\n", reply->status);
	for (size_t i = 0; i < reply->n_h; i++)
		if (!strcmp(reply->h[i].name, "Location"))
			fprintf(stderr, "Location: %.*s\n", SV(reply->h[i].value));
	fwrite(reply->body.p, 1, reply->body.n, x->out);
	if (reply->file)
		print_file(x, reply->file);
}

int request_command(struct cli_args *x)
{
	const char *city = cli_option(x, "city"), *login = cli_option(x, "as");
	struct local_ask ask = { .city = str_of(city), .login = str_of(login) };
	struct http_reply reply = { 0 };

	if (x->argc < 2)
		return cli_usage(x);
	ask.method = method_of(x->argv[0]);
	ask.path = x->argv[1];
	if (ask.method == HTTP_OTHER || ask.path[0] != '/')
		return cli_usage(x);
	err e = body_of(x, &ask);
	if (!e)
		e = local_request(x, &ask, &reply);
	if (e && !reply.status)
		return cli_result(x, e);
	print_reply(x, &reply);
	return reply.status >= 400 ? CLI_REFUSED : CLI_DONE;
}
