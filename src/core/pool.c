#include "core/pool.h"
#include <pthread.h>

#define THREADS_MAX	16

struct pool {
	pthread_mutex_t lock;
	pthread_cond_t some;
	struct task *head, *tail;
	size_t queued, max;
	bool stop;
	int threads;
	struct worker { struct pool *pool; struct db *db; pthread_t thread; } w[THREADS_MAX];
};

static struct task *take(struct pool *p)
{
	struct task *t;

	pthread_mutex_lock(&p->lock);
	while (!p->head && !p->stop)
		pthread_cond_wait(&p->some, &p->lock);
	t = p->head;
	if (t) {
		p->head = t->next;
		if (!p->head)
			p->tail = NULL;
		p->queued--;
	}
	pthread_mutex_unlock(&p->lock);
	return t;
}

static void *work(void *arg)
{
	struct worker *w = arg;

	for (struct task *t; (t = take(w->pool));)
		t->run(t, w->db);
	return NULL;
}

err pool_open(struct pool **out, struct arena *a, const char *where, int threads, size_t queue_max)
{
	struct pool *p = NEW(a, struct pool);

	CHECK(threads > 0 && threads <= THREADS_MAX);
	p->max = queue_max;
	pthread_mutex_init(&p->lock, NULL);
	pthread_cond_init(&p->some, NULL);
	for (int i = 0; i < threads; i++) {
		p->w[i].pool = p;
		TRY(db_open(&p->w[i].db, a, where, DB_READ));
	}
	for (; p->threads < threads; p->threads++)
		if (pthread_create(&p->w[p->threads].thread, NULL, work, &p->w[p->threads]))
			panic("no thread for the slow pool");
	*out = p;
	return NULL;
}

bool pool_submit(struct pool *p, struct task *t)
{
	bool room;

	t->next = NULL;
	pthread_mutex_lock(&p->lock);
	room = p->queued < p->max && !p->stop;
	if (room) {
		if (p->tail)
			p->tail->next = t;
		else
			p->head = t;
		p->tail = t;
		p->queued++;
		pthread_cond_signal(&p->some);
	}
	pthread_mutex_unlock(&p->lock);
	return room;
}

void pool_close(struct pool **pp)
{
	struct pool *p = *pp;

	if (!p)
		return;
	pthread_mutex_lock(&p->lock);
	p->stop = true;
	pthread_cond_broadcast(&p->some);
	pthread_mutex_unlock(&p->lock);
	for (int i = 0; i < p->threads; i++) {
		pthread_join(p->w[i].thread, NULL);
		db_close(&p->w[i].db);
	}
	*pp = NULL;
}
