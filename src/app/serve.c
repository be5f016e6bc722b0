#include "app/commands.h"
#include "app/server.h"
#include "core/limit.h"
#include "core_read.h"
#include "festival_read.h"
#include "mod/ledger/key.h"
#include <malloc.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void *loop_new(void *ctx, int n)
{
	struct server *s = ctx;
	struct arena *a = arena_new();
	struct loop *l = NEW(a, struct loop);

	(void)n;
	l->server = s;
	l->a = a;
	l->pages = page_cache_new();
	err e = db_open(&l->db, a, s->db_path, DB_READ);
	if (e)
		panic("a loop cannot read the database: %s", e->rule);
	return l;
}

static void loop_free(void *ctx)
{
	struct loop *l = ctx;
	struct arena *a = l->a;

	db_close(&l->db);
	page_cache_free(&l->pages);
	arena_free(&a);
}

static void rest(void *ctx)
{
	struct loop *l = ctx;

	db_read_release(l->db);
}

static void wake(void *ctx)
{
	struct server *s = ctx;

	if (s->http)
		http_wake(s->http);
	worker_wake(s->worker);
}

/*
 * The clock may be behind what is stored (set back, a dead battery): keys
 * arrive in order all the same, and the log's newest line stays its newest.
 */
static err ids_above_stored(struct db *db)
{
	struct festival_purchase_newest p;
	struct core_audit_newest l;
	struct core_city_list *v;
	bool found;
	size_t n;

	TRY(core_q_city_list(db, (str){ 0 }, 1000, &v, &n));
	for (size_t i = 0; i < n; i++) {
		TRY(festival_q_purchase_newest(db, v[i].id, &p, &found));
		if (found)
			id_above(p.id.v);
		TRY(core_q_audit_newest(db, v[i].id, &l, &found));
		if (found)
			id_above(l.id);
	}
	return NULL;
}

/* Passwords for mail servers are for the operator's eyes. */
static err world_look(struct arena *a, const struct fetch_world *w)
{
	struct stat st;

	if (w->ca && access(w->ca, R_OK))
		return ERR(a, ERR_INVALID, "file-read", .arg = { str_of(w->ca) });
	if (!w->logins)
		return NULL;
	if (access(w->logins, R_OK) || stat(w->logins, &st))
		return ERR(a, ERR_INVALID, "file-read", .arg = { str_of(w->logins) });
	if (st.st_mode & (S_IRWXG | S_IRWXO))
		return ERR(a, ERR_INVALID, "logins-open", .arg = { str_of(w->logins) });
	return NULL;
}

/* The first start makes the key that signs the public log. */
static err key_there(struct db *db, const char *file)
{
	bool made;

	TRY(ledger_key_first(db, file, &made));
	if (made)
		log_line(LOG_WARN, "made the key of the public log: keep a copy", "file=%s", file);
	else if (access(file, R_OK))
		log_line(LOG_ERROR, "the key of the public log is not there: restore its copy",
		    "file=%s", file);
	return NULL;
}

static err start(struct cli_args *x, struct server *s, struct http_options *o)
{
	struct writer_options w = { .after_batch = wake, .ctx = s };
	CLEANUP(db_close) struct db *db = NULL;

	TRY(world_look(x->a, &s->world));
	TRY(cli_read(x, &db));
	TRY(db_cache(db, 1));
	TRY(ids_above_stored(db));
	s->db_path = x->db_path;
	s->site.app = x->app;
	s->site.data_dir = arena_printf(x->a, "%s-files", x->db_path).p;
	s->site.key_file = ledger_key_file(x->a, x->db_path);
	TRY(key_there(db, s->site.key_file));
	s->site.seen = seen_open(x->a, getenv("LARIS_SEEN"));
	s->site.router = router_new(x->a, x->app);
	s->site.limits = limits_new(x->a);
	TRY(writer_open(&s->writer, x->a, x->db_path, &w));
	s->site.writer = s->writer;
	TRY(pool_open(&s->pool, x->a, x->db_path, 2, 512));
	s->assets = assets_new(x->a);
	o->loop_new = loop_new;
	o->loop_free = loop_free;
	o->handle = visit;
	o->large = visit_large;
	o->rest = rest;
	o->ctx = s;
	return http_start(&s->http, x->a, o);
}

static void stop(struct server *s, struct jobs *jobs)
{
	jobs_stop(&jobs);
	worker_stop(s->worker);
	if (s->http)
		http_drain(s->http);
	pool_close(&s->pool);
	writer_close(&s->writer);
	/* Only now: the writer's last batch still wakes the loops. */
	http_stop(&s->http);
	if (s->assets)
		assets_free(s->assets);
	seen_close(&s->site.seen);
	if (s->site.limits)
		limits_free(s->site.limits);
}

/* SIGTERM and SIGINT stop it in order; they are blocked in every thread. */
static void signals_block(sigset_t *set)
{
	sigemptyset(set);
	sigaddset(set, SIGTERM);
	sigaddset(set, SIGINT);
	pthread_sigmask(SIG_BLOCK, set, NULL);
	sigaction(SIGPIPE, &(struct sigaction){ .sa_handler = SIG_IGN }, NULL);
}

int serve_command(struct cli_args *x)
{
	struct http_options o = { .listen = cli_option(x, "listen"),
	    .tls_cert = cli_option(x, "tls-cert"), .tls_key = cli_option(x, "tls-key") };
	const char *loops = cli_option(x, "loops");
	struct server s = { .site = { .page_cache = !cli_flag(x, "no-page-cache") },
	    .world = { .ca = cli_option(x, "ca"), .logins = cli_option(x, "mail-logins"),
		.inside = cli_option(x, "inside"), .outward = true } };
	struct jobs *jobs = NULL;
	int64_t n_loops = 0;
	sigset_t set;
	int sig;

	if (!cli_words(x, 0, 0) || !o.tls_cert != !o.tls_key ||
	    (loops && !str_int(str_of(loops), 0, 64, &n_loops)))
		return cli_usage(x);
	o.listen = o.listen ? o.listen : "127.0.0.1:8080";
	o.loops = (int)n_loops;
	mallopt(M_ARENA_MAX, 2);
	signals_block(&set);
	err e = start(x, &s, &o);
	if (!e)
		e = jobs_start(&jobs, x->a, &s);
	if (!e)
		e = worker_start(&s.worker, x->a, &s);
	if (!e) {
		log_line(LOG_INFO, "listening", "address=%s port=%d", o.listen, http_port(s.http));
		sigwait(&set, &sig);
		log_line(LOG_INFO, "stopping", "signal=%d", sig);
	}
	stop(&s, jobs);
	return cli_result(x, e);
}
