/*
 * jobs.c - what is done later or again and again: one thread, every 20
 * seconds or when a change asked for one, city by city, each job one
 * change through the writer.  What waits for other servers is done before
 * it, beside the writer.  A job that fails is tried again after 1, 2, 4 …
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

static err periodic(struct change *c, struct tx *tx)
{
	struct again *x = (struct again *)(void *)((char *)c - offsetof(struct again, change));

	for (size_t m = 0; m < x->app->n_modules; m++)
		for (size_t i = 0; i < x->app->modules[m]->n_jobs; i++) {
			const struct job_kind *k = &x->app->modules[m]->jobs[i];
			struct core_job_waiting *v;
			size_t n;
			if (!k->every)
				continue;
			TRY(core_q_job_waiting(tx->db, x->city, str_of(k->name), &v, &n));
			if (!n)
				TRY(core_q_job_add(tx, x->city, id_new(),
				    str_of(k->name), (str){ 0 },
				    x->now + k->every, NULL));
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

static void city_run(struct jobs *j, struct arena *a, struct db *db, city_id city)
{
	struct writer *w = j->server->writer;
	struct again x = { .change = { .run = periodic, .a = a }, .app = j->server->site.app,
	    .city = city, .now = time_now() };
	struct core_job_due *due;
	size_t n;

	err e = writer_call(w, &x.change);
	if (e || core_q_job_due(db, city, x.now, &due, &n))
		return;
	for (size_t i = 0; i < n; i++) {
		struct run r = { .change = { .run = job_run, .a = a }, .app = x.app, .city = city,
		    .job = due[i], .now = time_now() };
		e = job_outside(j, a, db, city, &due[i]);
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

static void all_cities(struct jobs *j)
{
	struct arena *a = arena_new();
	CLEANUP(db_close) struct db *db = NULL;
	struct core_city_list *v;
	size_t n;

	if (!db_open(&db, a, j->server->db_path, DB_READ) &&
	    !core_q_city_list(db, (str){ 0 }, 1000, &v, &n))
		for (size_t i = 0; i < n; i++)
			city_run(j, a, db, v[i].id);
	db_close(&db);
	arena_free(&a);
}

static void *work(void *arg)
{
	struct jobs *j = arg;
	uint64_t asked = 0, seen = 0;
	struct timespec t;
	int ticks = (EVERY - 1) * TICKS;	/* what a stop left behind does not wait */

	pthread_mutex_lock(&j->lock);
	while (!j->stop) {
		clock_gettime(CLOCK_REALTIME, &t);
		t.tv_nsec += SECOND / TICKS * 1000;
		t.tv_sec += t.tv_nsec / 1000000000;
		t.tv_nsec %= 1000000000;
		pthread_cond_timedwait(&j->wake, &j->lock, &t);
		asked = stamp_get(later_key());
		if (j->stop)
			break;
		if (++ticks < EVERY * TICKS && asked == seen)
			continue;
		pthread_mutex_unlock(&j->lock);
		all_cities(j);
		pthread_mutex_lock(&j->lock);
		seen = asked;
		ticks = 0;
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
