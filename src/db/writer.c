#include "db/writer.h"
#include "db/engine.h"
#include "db/keeper.h"
#include "db/lanes.h"
#include "db/stamp.h"
#include "db/sums.h"
#include "db/thread.h"

#include <sched.h>
#include <semaphore.h>

enum { QUEUE_MAX = 4096, BATCH_MAX = 1024, WAL_MAX = 16384 };

struct writer {
	struct arena *own;
	struct arena *scratch;	/* errors of one batch			*/
	struct db *db;
	struct keeper *keeper;
	struct sums *sums;
	struct writer_options opt;
	pthread_t thread;
	bool started;
	pthread_mutex_t lock;
	pthread_cond_t work;
	/* under lock: */
	struct lanes *queue;
	bool closing, asleep;
	struct writer_stats stats;
};

struct batch {
	struct change *list;
	struct change *dead;	/* took the transaction down with them	*/
	size_t n;
	bool careful;		/* each change in a savepoint		*/
	int64_t commit_us;
};

/* ---- a batch ------------------------------------------------------- */

/* The same error for somebody else, in his arena. */
static err err_for(struct arena *a, err e)
{
	return err_at(a, e->where, *e);
}

static void fail_all(struct change *list, err e)
{
	for (struct change *c = list; c; c = c->next) {
		c->result = err_for(c->a, e);
		c->n_touched = 0;
	}
}

/*
 * Run one change in its savepoint.  An error is the whole batch's;
 * *lost: this change's failure made the engine roll everything back.
 */
static err run_saved(struct writer *w, struct change *c, bool *lost)
{
	struct tx tx = { w->db };

	TRY(db_save_begin(w->db));
	c->result = c->run(c, &tx);
	*lost = !db_in_tx(w->db);
	if (*lost)
		return NULL;
	return c->result ? db_save_undo(w->db) : db_save_keep(w->db);
}

/* Nearly all refusals come before the first row is written: those need
 * no savepoint.  *torn: this one wrote and then failed. */
static void run_bold(struct writer *w, struct change *c, bool *lost, bool *torn)
{
	struct tx tx = { w->db };
	int64_t rows = db_rows_written(w->db);

	c->result = c->run(c, &tx);
	*lost = !db_in_tx(w->db);
	*torn = c->result && db_rows_written(w->db) != rows;
}

static err run_one(struct writer *w, struct batch *b, struct change *c, bool *lost, bool *torn)
{
	struct tx tx = { w->db };

	c->n_touched = c->n_sums = 0;
	c->waiting = w->sums;
	db_arena_set(w->db, c->a);
	if (!c->sums || !sums_room(w->sums))
		TRY(sums_write(w->sums, &tx));
	if (b->careful)
		TRY(run_saved(w, c, lost));
	else
		run_bold(w, c, lost, torn);
	if (!c->result)
		sums_merge(w->sums, c->sum, c->n_sums);
	return NULL;
}

/* Full or busy is nobody's fault alone: it is true for all. */
static bool is_common(err e)
{
	return e && (e->kind == ERR_FULL || e->kind == ERR_BUSY);
}

/* Takes *at out of the batch; the others will be run again. */
static void bury(struct batch *b, struct change **at)
{
	struct change *c = *at;

	if (!c->result)
		c->result = ERR(c->a, ERR_INTERNAL, "internal",
		    .log = S("a change ended the writer's transaction"));
	c->n_touched = 0;
	*at = c->next;
	c->next = b->dead;
	b->dead = c;
}

/* One transaction.  *again: it fell, but the rest may be run again. */
static err attempt(struct writer *w, struct batch *b, bool *again)
{
	bool lost = false, torn = false;
	struct tx tx = { w->db };

	*again = false;
	sums_clear(w->sums);
	TRY(db_begin(w->db));
	for (struct change **at = &b->list; *at; at = &(*at)->next) {
		TRY(run_one(w, b, *at, &lost, &torn));
		if (lost && is_common((*at)->result))
			return (*at)->result;
		if (lost) {
			bury(b, at);
			*again = true;
			return NULL;
		}
		if (torn) {
			b->careful = *again = true;
			return NULL;
		}
	}
	TRY(sums_write(w->sums, &tx));
	db_arena_set(w->db, w->scratch);
	int64_t from = time_mono();
	err e = db_commit(w->db);
	b->commit_us = time_mono() - from;
	return e;
}

static void run_batch(struct writer *w, struct batch *b)
{
	bool again = true;

	if (keeper_enter(w->keeper))
		db_cache_drop(w->db);
	while (again && b->list) {
		db_arena_set(w->db, w->scratch);
		err e = attempt(w, b, &again);
		db_undo(w->db);
		if (e)
			fail_all(b->list, e);
	}
	keeper_leave(w->keeper);
}

/* ---- after it ------------------------------------------------------ */

static void touch_all(const struct change *list)
{
	for (const struct change *c = list; c; c = c->next)
		for (unsigned i = 0; !c->result && i < c->n_touched; i++)
			stamp_bump(c->touched[i]);
}

static int64_t failures(const struct change *list)
{
	int64_t n = 0;

	for (const struct change *c = list; c; c = c->next)
		n += c->result != NULL;
	return n;
}

static void count(struct writer *w, const struct batch *b)
{
	struct writer_stats *s = &w->stats;
	int64_t failed = failures(b->list) + failures(b->dead);

	pthread_mutex_lock(&w->lock);
	s->batches++;
	s->changes += (int64_t)b->n;
	s->failed += failed;
	s->commit_us_last = b->commit_us;
	if (b->commit_us > s->commit_us_max)
		s->commit_us_max = b->commit_us;
	s->wal_pages = db_wal_pages(w->db);
	pthread_mutex_unlock(&w->lock);
}

/* Whoever is told may free his change at once. */
static void tell(struct change *list)
{
	for (struct change *c = list, *next; c; c = next) {
		next = c->next;
		if (c->waits)
			sem_post(c->waits);
		else
			c->done(c, c->result);
	}
}

static void finish(struct writer *w, struct batch *b)
{
	stamp_commit();
	touch_all(b->list);
	count(w, b);
	tell(b->list);
	tell(b->dead);
	if (w->opt.after_batch)
		w->opt.after_batch(w->opt.ctx);
	arena_reset(w->scratch);
}

/* ---- the queue ----------------------------------------------------- */

/* What waits; false: closed, and nothing waits. */
static bool take(struct writer *w, struct batch *b)
{
	*b = (struct batch){ 0 };
	pthread_mutex_lock(&w->lock);
	while (!lanes_waiting(w->queue) && !w->closing) {
		w->asleep = true;
		pthread_cond_wait(&w->work, &w->lock);
	}
	w->asleep = false;
	b->list = lanes_cut(w->queue, w->opt.batch_max, &b->n);
	pthread_mutex_unlock(&w->lock);
	return b->list != NULL;
}

static void *serve(void *ctx)
{
	struct writer *w = ctx;
	struct batch b;

	while (take(w, &b)) {
		run_batch(w, &b);
		finish(w, &b);
		sched_yield();	/* on one processor the loops hand on what was said */
	}
	return NULL;
}

static bool enqueue(struct writer *w, struct change *c)
{
	CHECK(c->run && c->a);
	c->result = NULL;
	pthread_mutex_lock(&w->lock);
	bool room = !w->closing && lanes_add(w->queue, c, w->opt.queue_max);
	if (!room)
		w->stats.refused++;
	bool wake = room && w->asleep;
	w->asleep = w->asleep && !wake;
	pthread_mutex_unlock(&w->lock);
	if (wake)
		pthread_cond_signal(&w->work);
	return room;
}

bool writer_submit(struct writer *w, struct change *c)
{
	CHECK(c->done);
	c->waits = NULL;
	return enqueue(w, c);
}

err writer_call(struct writer *w, struct change *c)
{
	sem_t sem;

	sem_init(&sem, 0, 0);
	c->waits = &sem;
	bool room = enqueue(w, c);
	while (room && sem_wait(&sem) != 0)
		;
	c->waits = NULL;
	sem_destroy(&sem);
	return room ? c->result : ERR(c->a, ERR_BUSY, "queue-full");
}

void writer_stats(struct writer *w, struct writer_stats *out)
{
	pthread_mutex_lock(&w->lock);
	*out = w->stats;
	out->queue = (int64_t)lanes_waiting(w->queue);
	pthread_mutex_unlock(&w->lock);
}

err writer_wipe(struct writer *w, struct arena *a)
{
	return keeper_wipe(w->keeper, a);
}

/* ---- beginning and end --------------------------------------------- */

static err start(struct writer *w, struct arena *a, const char *where)
{
	TRY(db_open(&w->db, a, where, DB_WRITE));
	TRY(keeper_open(&w->keeper, a, where, (int64_t)w->opt.wal_max));
	w->started = thread_start(&w->thread, "laris-writer", serve, w);
	if (!w->started)
		return ERR(a, ERR_INTERNAL, "internal",
		    .log = S("no thread for the writer"));
	return NULL;
}

err writer_open(struct writer **out, struct arena *a, const char *where,
    const struct writer_options *opt)
{
	struct arena *own = arena_new();
	struct writer *w = NEW(own, struct writer);

	w->own = own;
	w->scratch = arena_new();
	w->sums = sums_new(own);
	w->opt = *opt;
	if (w->opt.queue_max == 0)
		w->opt.queue_max = QUEUE_MAX;
	if (w->opt.batch_max == 0)
		w->opt.batch_max = BATCH_MAX;
	if (w->opt.wal_max == 0)
		w->opt.wal_max = WAL_MAX;
	w->queue = lanes_new(own);
	pthread_mutex_init(&w->lock, NULL);
	pthread_cond_init(&w->work, NULL);
	err e = start(w, a, where);
	if (e)
		writer_close(&w);
	*out = w;
	return e;
}

void writer_close(struct writer **p)
{
	struct writer *w = *p;

	*p = NULL;
	if (!w)
		return;
	if (w->started) {
		pthread_mutex_lock(&w->lock);
		w->closing = true;
		pthread_mutex_unlock(&w->lock);
		pthread_cond_signal(&w->work);
		pthread_join(w->thread, NULL);
	}
	keeper_close(&w->keeper);
	db_close(&w->db);
	pthread_cond_destroy(&w->work);
	pthread_mutex_destroy(&w->lock);
	arena_free(&w->scratch);
	struct arena *own = w->own;
	arena_free(&own);
}
