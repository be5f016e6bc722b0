/*
 * jobs.c - what is done later or again and again: one thread; every 20
 * seconds it looks at each city (one read of an index: there may be 514),
 * and at once at one whose change asked for a job.  Each job is one change
 * through the writer.  What waits for other servers is done before it,
 * beside the writer.  A job that fails is tried again after 1, 2, 4 …
 * minutes, ten times.
 */
#include "app/server.h"
#include "core/later.h"
#include "core_read.h"
#include "core_write.h"
#include <errno.h>
#include <pthread.h>
#include <string.h>
#include <time.h>

#define TRIES	10
#define EVERY	20	/* seconds */
#define TICKS	4	/* a second: looks whether a change asked for a job */

struct jobs {
	struct server *server;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t wake;
	bool stop;
	uint64_t looked;	/* stamp_now() when the cities were last looked at */
	struct fetch_world world;
};

struct run {			/* one job as a change			*/
	struct change change;
	const struct app *app;
	city_id city;
	struct core_job_due job;
	int64_t now;
	const char *rule;	/* why it failed			*/
};
struct again {			/* the periodic ones of a city, asked for */
	struct change change;
	const struct app *app;
	city_id city;
	int64_t now;
	const struct core_job_waiting *waiting;
	size_t n;
};

static const struct job_kind *kind_find(const struct app *app, str name)
{
	for (size_t m = 0; m < app->n_modules; m++)
		for (size_t i = 0; i < app->modules[m]->n_jobs; i++)
			if (str_eq(name, str_of(app->modules[m]->jobs[i].name)))
				return &app->modules[m]->jobs[i];
	return NULL;
}

static err job_run(struct change *c, struct tx *tx)
{
	struct run *r = (struct run *)(void *)((char *)c - offsetof(struct run, change));
	const struct job_kind *k = kind_find(r->app, r->job.kind);

	if (k)
		TRY(k->run(c, tx, r->city, r->job.payload, r->now));
	if (k && k->every)
		TRY(core_q_job_add(tx, r->city, id_new(), r->job.kind, (str){ 0 },
		    r->now + k->every, NULL));
	return core_q_job_end(tx, r->city, r->job.id, k ? 1 : 2, r->job.tries + 1, r->now,
	    k ? (str){ 0 } : S("no such kind"), r->now, NULL);
}

static err job_failed(struct change *c, struct tx *tx)
{
	struct run *r = (struct run *)(void *)((char *)c - offsetof(struct run, change));
	int64_t tries = r->job.tries + 1, wait = MINUTE << (tries < 8 ? tries - 1 : 7);

	return core_q_job_end(tx, r->city, r->job.id, tries >= TRIES ? 2 : 0, tries,
	    r->now + wait, str_of(r->rule), r->now, NULL);
}

static bool waits(const struct again *x, const struct job_kind *k)
{
	for (size_t i = 0; i < x->n; i++)
		if (str_eq(x->waiting[i].kind, str_of(k->name)))
			return true;
	return false;
}

/* Not every city's in the same second: the first time is anywhere in the last half. */
static int64_t first_time(const struct again *x, const struct job_kind *k)
{
	uint64_t spread = stamp_key(k->name, x->city.v, 0) % (uint64_t)(k->every / 2);

	return x->now + k->every - (int64_t)spread;
}

/* The next periodic one that does not wait in that city: module and row; false: all wait. */
static bool missing(const struct again *x, size_t *m, size_t *i)
{
	for (; *m < x->app->n_modules; ++*m, *i = 0)
		for (; *i < x->app->modules[*m]->n_jobs; ++*i) {
			const struct job_kind *k = &x->app->modules[*m]->jobs[*i];
			if (k->every && !waits(x, k))
				return true;
		}
	return false;
}

static err periodic(struct change *c, struct tx *tx)
{
	struct again *x = (struct again *)(void *)((char *)c - offsetof(struct again, change));

	for (size_t m = 0, i = 0; missing(x, &m, &i); i++) {
		const struct job_kind *k = &x->app->modules[m]->jobs[i];
		TRY(core_q_job_add(tx, x->city, id_new(), str_of(k->name), (str){ 0 },
		    first_time(x, k), NULL));
	}
	return NULL;
}

static err job_outside(struct jobs *j, struct arena *a, struct db *db, city_id city,
    const struct core_job_due *job)
{
	const struct job_kind *k = kind_find(j->server->site.app, job->kind);
	struct outside o = { .a = a, .db = db, .writer = j->server->writer, .city = city,
	    .payload = job->payload, .world = &j->world,
	    .key_file = j->server->site.key_file };

	return k && k->outside ? k->outside(&o) : NULL;
}

/* A closed city's work waits until it opens: its copy on another server may be the open one. */
static bool may_run(const struct jobs *j, const struct core_city_list *city, str kind)
{
	const struct job_kind *k = kind_find(j->server->site.app, kind);

	return !city->closed || (k && k->ever);
}

static void due_run(struct jobs *j, struct arena *a, struct db *db, const struct core_city_list *in)
{
	struct writer *w = j->server->writer;
	city_id city = in->id;
	struct core_job_due *due;
	size_t n;

	if (core_q_job_due(db, city, time_now(), &due, &n))
		return;
	for (size_t i = 0; i < n; i++) {
		struct run r = { .change = { .run = job_run, .a = a },
		    .app = j->server->site.app, .city = city, .job = due[i],
		    .now = time_now() };
		if (!may_run(j, in, due[i].kind))
			continue;
		err e = job_outside(j, a, db, city, &due[i]);
		if (!e)
			e = writer_call(w, &r.change);
		if (!e)
			continue;
		log_line(LOG_WARN, "job failed", "kind=%.*s rule=%s", SV(due[i].kind), e->rule);
		r.rule = e->rule;
		r.change = (struct change){ .run = job_failed, .a = a };
		e = writer_call(w, &r.change);
	}
}

static void city_run(struct jobs *j, struct arena *a, struct db *db,
    const struct core_city_list *in)
{
	city_id city = in->id;
	struct again x = { .change = { .run = periodic, .a = a }, .app = j->server->site.app,
	    .city = city, .now = time_now() };
	struct core_job_waiting *v;
	size_t m = 0, k = 0;
	bool due = false;

	if (core_q_job_waiting(db, city, &v, &x.n))
		return;
	x.waiting = v;
	for (size_t i = 0; i < x.n; i++)
		due = due || v[i].due <= x.now;
	if (missing(&x, &m, &k) && writer_call(j->server->writer, &x.change))
		return;
	if (due)
		due_run(j, a, db, in);
}

/* Every city's; or those of the cities that asked since the last look. */
static void cities_run(struct jobs *j, bool all)
{
	CLEANUP(arena_free) struct arena *own = arena_new(), *a = arena_new();
	CLEANUP(db_close) struct db *db = NULL;
	struct core_city_list *v;
	uint64_t before = j->looked;
	size_t n;

	j->looked = stamp_now();
	if (db_open(&db, own, j->server->db_path, DB_READ) || db_cache(db, 1) ||
	    core_q_city_list(db, (str){ 0 }, 1000, &v, &n))
		return;
	for (size_t i = 0; i < n; i++) {
		if (!all && stamp_get(later_key(v[i].id)) <= before)
			continue;
		arena_reset(a);
		db_arena_set(db, a);
		city_run(j, a, db, &v[i]);
	}
}

static void *work(void *arg)
{
	struct jobs *j = arg;
	uint64_t asked = 0, seen = 0;
	bool all;
	struct timespec t;
	int ticks = (EVERY - 1) * TICKS;	/* what a stop left behind does not wait */

	pthread_mutex_lock(&j->lock);
	while (!j->stop) {
		clock_gettime(CLOCK_REALTIME, &t);
		t.tv_nsec += SECOND / TICKS * 1000;
		t.tv_sec += t.tv_nsec / 1000000000;
		t.tv_nsec %= 1000000000;
		pthread_cond_timedwait(&j->wake, &j->lock, &t);
		asked = stamp_get(later_key((city_id){ 0 }));
		if (j->stop)
			break;
		all = ++ticks >= EVERY * TICKS;
		if (!all && asked == seen)
			continue;
		pthread_mutex_unlock(&j->lock);
		cities_run(j, all);
		pthread_mutex_lock(&j->lock);
		seen = asked;
		ticks = all ? 0 : ticks;
	}
	pthread_mutex_unlock(&j->lock);
	return NULL;
}

static bool stopping(void *ctx)
{
	struct jobs *j = ctx;

	pthread_mutex_lock(&j->lock);
	bool stop = j->stop;
	pthread_mutex_unlock(&j->lock);
	return stop;
}

err jobs_start(struct jobs **out, struct arena *a, struct server *s)
{
	struct jobs *j = NEW(a, struct jobs);

	j->server = s;
	j->world = s->world;
	j->world.stop = stopping;
	j->world.ctx = j;
	pthread_mutex_init(&j->lock, NULL);
	pthread_cond_init(&j->wake, NULL);
	if (pthread_create(&j->thread, NULL, work, j))
		panic("no thread for the jobs");
	*out = j;
	return NULL;
}

void jobs_stop(struct jobs **pj)
{
	struct jobs *j = *pj;

	if (!j)
		return;
	pthread_mutex_lock(&j->lock);
	j->stop = true;
	pthread_cond_signal(&j->wake);
	pthread_mutex_unlock(&j->lock);
	pthread_join(j->thread, NULL);
	*pj = NULL;
}
