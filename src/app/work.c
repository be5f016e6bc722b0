/* work.c - the thread on which modules do what takes long (core/work.h). */
#include "core/work.h"
#include "app/server.h"
#include "core/city.h"
#include "core_read.h"
#include <pthread.h>
#include <time.h>

#define EVERY	60	/* seconds */

struct worker {
	struct server *server;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t wake;
	bool wanted;
	atomic_bool stop;
	_Atomic uint64_t seen;	/* of WORK_KEY */
};

static void city_work(struct worker *x, struct work *w)
{
	const struct app *app = x->server->site.app;

	for (size_t m = 0; m < app->n_modules && !work_over(w); m++) {
		err e = app->modules[m]->work ? app->modules[m]->work(w) : NULL;
		if (e)
			log_line(LOG_WARN, "work failed", "module=%s rule=%s at=%s log=\"%.*s\"",
			    app->modules[m]->name, e->rule, e->where, SV(e->log));
	}
}

static void all_cities(struct worker *x)
{
	CLEANUP(arena_free) struct arena *own = arena_new(), *a = arena_new();
	CLEANUP(db_close) struct db *db = NULL;
	struct work w = { .a = a, .writer = x->server->writer, .stop = &x->stop,
	    .data_dir = x->server->site.data_dir };
	struct core_city_list *v;
	size_t n;

	if (db_open(&db, own, x->server->db_path, DB_READ) || db_cache(db, 1))
		return;
	w.db = db;
	if (core_q_city_list(db, (str){ 0 }, 1000, &v, &n))
		return;
	for (size_t i = 0; i < n; i++) {
		arena_reset(a);
		db_arena_set(db, a);
		if (!city_get(db, v[i].id, &w.city))
			city_work(x, &w);
	}
}

/* Until something is wanted, or a minute has passed; false: it is over. */
static bool rest(struct worker *x)
{
	struct timespec t;

	pthread_mutex_lock(&x->lock);
	clock_gettime(CLOCK_REALTIME, &t);
	t.tv_sec += EVERY;
	while (!x->wanted && !atomic_load(&x->stop))
		if (pthread_cond_timedwait(&x->wake, &x->lock, &t))
			break;
	x->wanted = false;
	pthread_mutex_unlock(&x->lock);
	return !atomic_load(&x->stop);
}

static void *work(void *arg)
{
	struct worker *x = arg;

	do
		all_cities(x);
	while (rest(x));
	return NULL;
}

void worker_wake(struct worker *x)
{
	uint64_t now = stamp_get(WORK_KEY);

	if (!x || atomic_exchange(&x->seen, now) == now)
		return;
	pthread_mutex_lock(&x->lock);
	x->wanted = true;
	pthread_cond_signal(&x->wake);
	pthread_mutex_unlock(&x->lock);
}

err worker_start(struct worker **out, struct arena *a, struct server *s)
{
	struct worker *x = NEW(a, struct worker);

	x->server = s;
	pthread_mutex_init(&x->lock, NULL);
	pthread_cond_init(&x->wake, NULL);
	*out = x;
	if (pthread_create(&x->thread, NULL, work, x))
		panic("no thread for the long work");
	return NULL;
}

void worker_stop(struct worker *x)
{
	if (!x)
		return;
	pthread_mutex_lock(&x->lock);
	atomic_store(&x->stop, true);
	pthread_cond_signal(&x->wake);
	pthread_mutex_unlock(&x->lock);
	pthread_join(x->thread, NULL);
}
