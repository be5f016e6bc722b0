#include "db/keeper.h"
#include "db/engine.h"
#include "db/thread.h"

#include <time.h>

enum {
	NAP_MS		= 250,	/* between two rounds			*/
	NAP_MAX_MS	= 1000,	/* when rounds bring nothing		*/
	STILL_MS	= 50,	/* the writer stands still meanwhile	*/
	WIPE_NAP_MS	= 250,	/* so that it stands for a fifth of the time at most */
	WIPE_S		= 5,	/* until one who wants it wiped is told "not now" */
};

struct keeper {
	struct arena *own;
	struct arena *scratch;	/* errors of one round			*/
	struct db *db;
	pthread_t thread;
	bool started;
	pthread_mutex_t lock;
	pthread_cond_t wake;	/* for the keeper			*/
	pthread_cond_t go;	/* for the writer			*/
	pthread_cond_t wiped;	/* for who asked			*/
	/* under lock: */
	bool closing;
	bool dirty;		/* the WAL holds what the file does not */
	bool still;		/* the writer is asked to stand still	*/
	bool inside;		/* the writer is in a batch		*/
	bool wipe;		/* somebody waits for an empty WAL	*/
	bool stale;		/* the writer's pages are of before a wipe */
	uint64_t batches;
	/* the keeper thread's own: */
	int64_t wal_max;
	int64_t full;		/* begin anew at so many pages		*/
	int64_t done;		/* by the last round			*/
	int nap;
	bool failing;
};

bool keeper_enter(struct keeper *k)
{
	pthread_mutex_lock(&k->lock);
	while (k->still)
		pthread_cond_wait(&k->go, &k->lock);
	k->inside = true;
	bool stale = k->stale;
	k->stale = false;
	pthread_mutex_unlock(&k->lock);
	return stale;
}

void keeper_leave(struct keeper *k)
{
	pthread_mutex_lock(&k->lock);
	k->inside = false;
	bool asleep = !k->dirty;
	k->dirty = true;
	k->batches++;
	if (asleep || k->still)
		pthread_cond_signal(&k->wake);
	pthread_mutex_unlock(&k->lock);
}

static void stop_writer(struct keeper *k)
{
	pthread_mutex_lock(&k->lock);
	k->still = true;
	while (k->inside)
		pthread_cond_wait(&k->wake, &k->lock);
	pthread_mutex_unlock(&k->lock);
}

static void let_writer_go(struct keeper *k)
{
	pthread_mutex_lock(&k->lock);
	k->still = false;
	pthread_cond_signal(&k->go);
	pthread_mutex_unlock(&k->lock);
}

/* A reader may hold the WAL: then try again when it has grown by half. */
static err begin_anew(struct keeper *k, int64_t *pages)
{
	stop_writer(k);
	err e = db_checkpoint_restart(k->db, pages);
	let_writer_go(k);
	if (e && e->kind == ERR_BUSY) {
		k->full = *pages + k->wal_max / 2;
		log_line(LOG_WARN, "a reader holds the WAL", "pages=%lld",
		    (long long)*pages);
		return NULL;
	}
	k->full = k->wal_max;
	return e;
}

/* What the round before has moved is out of the way: little is left. */
static void wipe_round(struct keeper *k)
{
	stop_writer(k);
	err e = db_scrub(k->db, STILL_MS);
	pthread_mutex_lock(&k->lock);
	k->wipe = e != NULL;
	k->stale = k->stale || !e;
	if (!e)
		pthread_cond_broadcast(&k->wiped);
	pthread_mutex_unlock(&k->lock);
	let_writer_go(k);
	arena_reset(k->scratch);
	k->nap = e ? WIPE_NAP_MS : NAP_MS;
}

err keeper_wipe(struct keeper *k, struct arena *a)
{
	struct timespec t;
	int rc = 0;

	clock_gettime(CLOCK_MONOTONIC, &t);
	t.tv_sec += WIPE_S;
	pthread_mutex_lock(&k->lock);
	k->wipe = true;
	pthread_cond_signal(&k->wake);
	while (k->wipe && !k->closing && rc == 0)
		rc = pthread_cond_timedwait(&k->wiped, &k->lock, &t);
	bool done = !k->wipe;
	k->wipe = false;
	pthread_mutex_unlock(&k->lock);
	return done ? NULL : ERR(a, ERR_BUSY, "db-scrub");
}

/* True when there is nothing left to do. */
static bool keep_round(struct keeper *k)
{
	int64_t pages, done;
	err e = db_checkpoint_some(k->db, &pages, &done);

	if (!e && pages >= k->full) {
		e = begin_anew(k, &pages);
		done = -1;
	}
	if (e && !k->failing)
		log_line(LOG_ERROR, "checkpoint failed", "error=\"%.*s\"",
		    SV(e->log));
	k->failing = e != NULL;
	bool same = e || done == k->done;
	k->done = done;
	k->nap = !same ? NAP_MS : k->nap * 2 < NAP_MAX_MS ? k->nap * 2 : NAP_MAX_MS;
	arena_reset(k->scratch);
	return !e && done == pages;
}

/* With the lock held. */
static void nap(struct keeper *k)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	t.tv_nsec += (long)k->nap * 1000000;
	t.tv_sec += t.tv_nsec / 1000000000;
	t.tv_nsec %= 1000000000;
	while (!k->closing &&
	    pthread_cond_timedwait(&k->wake, &k->lock, &t) == 0)
		;
}

static void *keep(void *ctx)
{
	struct keeper *k = ctx;

	pthread_mutex_lock(&k->lock);
	while (!k->closing) {
		if (!k->dirty && !k->wipe) {
			pthread_cond_wait(&k->wake, &k->lock);
			continue;
		}
		uint64_t seen = k->batches;
		bool wanted = k->wipe;
		pthread_mutex_unlock(&k->lock);
		bool clean = keep_round(k);
		if (wanted)
			wipe_round(k);
		pthread_mutex_lock(&k->lock);
		if (clean && seen == k->batches)
			k->dirty = false;
		nap(k);
	}
	pthread_mutex_unlock(&k->lock);
	return NULL;
}

static void init(struct keeper *k)
{
	pthread_condattr_t mono;

	k->full = k->wal_max;
	k->nap = NAP_MS;
	k->dirty = true;	/* what a crash may have left */
	pthread_mutex_init(&k->lock, NULL);
	pthread_condattr_init(&mono);
	pthread_condattr_setclock(&mono, CLOCK_MONOTONIC);
	pthread_cond_init(&k->wake, &mono);
	pthread_cond_init(&k->go, &mono);
	pthread_cond_init(&k->wiped, &mono);
	pthread_condattr_destroy(&mono);
}

err keeper_open(struct keeper **out, struct arena *a, const char *where,
    int64_t wal_max)
{
	struct arena *own = arena_new();
	struct keeper *k = NEW(own, struct keeper);

	k->own = own;
	k->scratch = arena_new();
	k->wal_max = wal_max;
	init(k);
	err e = db_open(&k->db, a, where, DB_WRITE);
	if (!e) {
		db_arena_set(k->db, k->scratch);
		k->started = thread_start(&k->thread, "laris-keeper", keep, k);
		if (!k->started)
			e = ERR(a, ERR_INTERNAL, "internal",
			    .log = S("no thread for the checkpoints"));
	}
	if (e)
		keeper_close(&k);
	*out = k;
	return e;
}

void keeper_close(struct keeper **p)
{
	struct keeper *k = *p;

	*p = NULL;
	if (!k)
		return;
	if (k->started) {
		pthread_mutex_lock(&k->lock);
		k->closing = true;
		pthread_cond_signal(&k->wake);
		pthread_cond_broadcast(&k->wiped);
		pthread_mutex_unlock(&k->lock);
		pthread_join(k->thread, NULL);
	}
	db_close(&k->db);
	pthread_cond_destroy(&k->wake);
	pthread_cond_destroy(&k->go);
	pthread_cond_destroy(&k->wiped);
	pthread_mutex_destroy(&k->lock);
	arena_free(&k->scratch);
	struct arena *own = k->own;
	arena_free(&own);
}
