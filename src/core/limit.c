#include "core/limit.h"
#include "core/city.h"
#include "core/route.h"
#include "core_read.h"
#include <pthread.h>

#define SLOTS	2048		/* cities of one server: 514 at most	*/

const struct limit_row limit_rows[LIMITS] = {
	[LIMIT_CHANGES] = { "limit-changes", 1000, 1000000, TEXT_limit_changes },
	[LIMIT_STREAMS] = { "limit-streams", 1000, 10000, TEXT_limit_streams },
	[LIMIT_TOKENS] = { "limit-tokens", 500, 100000, TEXT_limit_tokens },
};

struct slot {
	int64_t city;		/* 0: free				*/
	int64_t most[LIMITS], read_at;	/* monotonic; 0: not read yet	*/
	int64_t spent, at;	/* microseconds of changes not yet paid back, as of when */
	int64_t streams;
};
struct limits {
	pthread_mutex_t lock;
	struct slot slot[SLOTS];
	int64_t refused[LIMITS];
};

struct limits *limits_new(struct arena *a)
{
	struct limits *l = NEW(a, struct limits);

	pthread_mutex_init(&l->lock, NULL);
	return l;
}

void limits_free(struct limits *l)
{
	pthread_mutex_destroy(&l->lock);
}

int64_t limits_refused(struct limits *l, enum limit which)
{
	pthread_mutex_lock(&l->lock);
	int64_t n = l->refused[which];
	pthread_mutex_unlock(&l->lock);
	return n;
}

err limit_get(struct db *db, city_id city, enum limit which, int64_t *v)
{
	const struct limit_row *row = &limit_rows[which];
	struct core_setting_get s;
	bool found;

	*v = row->fallback;
	TRY(core_q_setting_get(db, city, str_of(row->name), &s, &found));
	if (!found)
		TRY(core_q_setting_get(db, (city_id){ CITY_SERVER }, str_of(row->name), &s,
		    &found));
	if (found && !str_int(s.value, 1, row->max, v))
		*v = row->fallback;
	return NULL;
}

/* Locked.  NULL: more cities than there may be; those are not limited. */
static struct slot *slot_of(struct limits *l, city_id city)
{
	for (size_t i = 0; i < SLOTS; i++) {
		struct slot *s = &l->slot[((uint64_t)city.v * 0x9E3779B97F4A7C15u + i) % SLOTS];
		if (s->city == city.v)
			return s;
		if (!s->city) {
			s->city = city.v;
			return s;
		}
	}
	return NULL;
}

/* Its limits as they were at most LIMIT_KEPT ago; read outside the lock. */
static err refresh(struct limits *l, struct req *r)
{
	int64_t most[LIMITS], now = time_mono();

	pthread_mutex_lock(&l->lock);
	struct slot *s = slot_of(l, r->city.id);
	bool old = s && (!s->read_at || now - s->read_at > LIMIT_KEPT);
	pthread_mutex_unlock(&l->lock);
	if (!old)
		return NULL;
	for (int i = 0; i < LIMITS; i++)
		TRY(limit_get(r->db, r->city.id, (enum limit)i, &most[i]));
	pthread_mutex_lock(&l->lock);
	for (int i = 0; i < LIMITS; i++)
		s->most[i] = most[i];
	s->read_at = now;
	pthread_mutex_unlock(&l->lock);
	return NULL;
}

static err refuse(struct req *r, enum limit which, int64_t most, int64_t wait)
{
	r->status = 429;
	r->retry_s = (int)((wait + SECOND - 1) / SECOND);
	r->retry_s = r->retry_s < 1 ? 1 : r->retry_s;
	str args[] = { arena_printf(r->a, "%lld", (long long)most),
		arena_printf(r->a, "%d", r->retry_s) };
	if (which == LIMIT_CHANGES)
		return ERR(r->a, ERR_BUSY, "limit-changes", .arg = { args[0], args[1] });
	return ERR(r->a, ERR_BUSY, "limit-streams", .arg = { args[0], args[1] });
}

/* A change costs a second's part; what is spent is paid back by time. */
static int64_t pay(struct slot *s, int64_t now)
{
	int64_t cost = SECOND / s->most[LIMIT_CHANGES], most = LIMIT_BURST * SECOND;

	s->spent = s->spent > now - s->at ? s->spent - (now - s->at) : 0;
	s->at = now;
	if (s->spent + cost > most)
		return s->spent + cost - most;
	s->spent += cost;
	return 0;
}

err limit_change(struct limits *l, struct req *r)
{
	int64_t wait = 0, most = 0;

	if (!l || r->route->method != HTTP_POST || !r->city.id.v)
		return NULL;
	TRY(refresh(l, r));
	pthread_mutex_lock(&l->lock);
	struct slot *s = slot_of(l, r->city.id);
	if (s) {
		most = s->most[LIMIT_CHANGES];
		wait = pay(s, time_mono());
		l->refused[LIMIT_CHANGES] += wait > 0;
	}
	pthread_mutex_unlock(&l->lock);
	return wait > 0 ? refuse(r, LIMIT_CHANGES, most, wait) : NULL;
}

/* ---- streams ------------------------------------------------------------------- */

struct counted {
	unsigned magic;
	struct arena *own;	/* holds this				*/
	struct limits *limits;
	city_id city;
	struct http_stream inner;
};
#define COUNTED_MAGIC	0xc0e7u

static struct counted *counted_of(void *ctx)
{
	struct counted *c = ctx;

	CHECK(c->magic == COUNTED_MAGIC);
	return c;
}

static void next(void *ctx, struct buf *out)
{
	struct counted *c = counted_of(ctx);

	c->inner.next(c->inner.ctx, out);
}

static void gone(void *ctx)
{
	struct counted *c = counted_of(ctx);
	struct arena *own = c->own;

	c->inner.gone(c->inner.ctx);
	pthread_mutex_lock(&c->limits->lock);
	struct slot *s = slot_of(c->limits, c->city);
	if (s)
		s->streams--;
	pthread_mutex_unlock(&c->limits->lock);
	c->magic = 0;
	arena_free(&own);
}

static bool enter(struct limits *l, struct req *r, int64_t *most)
{
	pthread_mutex_lock(&l->lock);
	struct slot *s = slot_of(l, r->city.id);
	*most = s ? s->most[LIMIT_STREAMS] : 0;
	bool in = !s || s->streams < *most;
	if (s && in)
		s->streams++;
	l->refused[LIMIT_STREAMS] += !in;
	pthread_mutex_unlock(&l->lock);
	return in;
}

#define STREAM_WAIT	(30 * SECOND)	/* somebody closes a page meanwhile */

err limit_stream(struct limits *l, struct req *r)
{
	int64_t most = 0;

	if (!l || !r->city.id.v)
		return NULL;
	err e = refresh(l, r);
	if (e || !enter(l, r, &most)) {
		r->stream->gone(r->stream->ctx);
		r->stream = NULL;
		return e ? e : refuse(r, LIMIT_STREAMS, most, STREAM_WAIT);
	}
	struct arena *own = arena_new();
	struct counted *c = NEW(own, struct counted);
	*c = (struct counted){ COUNTED_MAGIC, own, l, r->city.id, *r->stream };
	*r->stream = (struct http_stream){ .next = next, .gone = gone, .ctx = c };
	return NULL;
}

/* ---- tokens --------------------------------------------------------------------- */

err limit_tokens(struct db *db, city_id city)
{
	struct arena *a = db_arena(db);
	struct core_token_count n;
	int64_t most;

	TRY(core_q_token_count(db, city, &n));
	TRY(limit_get(db, city, LIMIT_TOKENS, &most));
	if (n.n < most)
		return NULL;
	return ERR(a, ERR_CONFLICT, "limit-tokens",
	    .arg = { arena_printf(a, "%lld", (long long)most) });
}
