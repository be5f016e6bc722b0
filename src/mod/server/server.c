#include "mod/server/server.h"
#include "core/setting.h"
#include "mod/festival/festival.h"
#include "mod/ledger/cosign.h"
#include "server_read.h"
#include <stdlib.h>

#define LATELY	(2 * DAY)

static bool running(const struct town *t, int64_t now)
{
	int64_t day = time_day(now, t->city.zone);

	return t->state == FESTIVAL_OPEN && t->first_day <= day && day <= t->last_day;
}

static bool quiet(const struct town *t, int64_t now)
{
	int64_t since = time_of_day(t->first_day, t->city.zone);

	return running(t, now) && now - (t->last_at > since ? t->last_at : since) > LATELY;
}

static bool unsigned_for_a_day(const struct town *t, int64_t now)
{
	return t->witness >= 0 && t->log > t->signed_size && now - t->signed_at > DAY;
}

static enum need of_the_log(const struct town *t, int64_t now)
{
	if (t->witness == COSIGN_FORK || t->witness == COSIGN_AHEAD)
		return NEED_FORK;
	return unsigned_for_a_day(t, now) ? NEED_WITNESS : NEED_NOTHING;
}

static enum need of_the_sale(const struct town *t, int64_t now)
{
	if (t->state < 0)
		return NEED_SALE;
	if (t->state == FESTIVAL_OPEN && time_day(now, t->city.zone) > t->last_day)
		return NEED_OVER;
	return quiet(t, now) ? NEED_QUIET : NEED_NOTHING;
}

enum need town_need(const struct town *t, int64_t now)
{
	enum need log = of_the_log(t, now);

	if (log)
		return log;
	if (t->city.closed)
		return NEED_CLOSED;
	if (t->jobs)
		return NEED_JOBS;
	return t->organiser ? of_the_sale(t, now) : NEED_ORGANISER;
}

static bool holds(str text, str typed)
{
	for (size_t i = 0; i + typed.n <= text.n; i++)
		if (str_eq_nocase(str_sub(text, i, i + typed.n), typed))
			return true;
	return false;
}

bool town_fits(const struct town *t, str typed)
{
	return holds(t->city.name, typed) || str_starts(t->city.code, typed) ||
	    holds(t->city.slug, typed) || holds(t->host, typed);
}

/* The rows come by name. */
static int by_need(const void *va, const void *vb)
{
	const struct town *a = va, *b = vb;

	if (a->need != b->need)
		return a->need < b->need ? 1 : -1;
	return str_cmp(a->city.name, b->city.name);
}

static void fill(struct town *t, const struct server_towns *v)
{
	*t = (struct town){ .city = { .id = v->id, .code = v->code, .slug = v->slug,
	        .name = v->name, .zone = (enum zone)v->zone, .closed = v->closed,
	        .closed_why = v->closed_why },
	    .host = v->host, .sale = v->sale, .state = v->state, .first_day = v->first_day,
	    .last_day = v->last_day, .purchases = v->purchases, .last_at = v->last_at,
	    .today = v->today, .merchants = v->merchants, .log = v->log,
	    .signed_size = v->witnessed, .signed_at = v->signed_at, .witness = v->witness,
	    .jobs = v->jobs, .organiser = v->organiser != 0 };
}

err towns_load(struct db *db, int64_t now, struct towns *out)
{
	struct server_towns *v;

	*out = (struct towns){ 0 };
	TRY(server_q_towns(db, now, now - LATELY, &v, &out->n));
	out->v = NEWN(db_arena(db), struct town, out->n);
	for (size_t i = 0; i < out->n; i++) {
		struct town *t = &out->v[i];
		fill(t, &v[i]);
		t->need = town_need(t, now);
		out->needing += t->need > NEED_CLOSED;
		out->running += running(t, now);
		out->closed += t->city.closed != 0;
		out->today += t->today;
	}
	if (out->n)
		qsort(out->v, out->n, sizeof *out->v, by_need);
	return NULL;
}

err server_backup(struct db *db, int64_t *at)
{
	str value;

	TRY(setting_text(db, (city_id){ CITY_SERVER }, "backup-at", &value));
	if (!str_int(value, 0, INT64_MAX, at))
		*at = 0;
	return NULL;
}
