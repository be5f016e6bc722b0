/* board.c - the figures of one look at a sale, from one snapshot. */
#include "mod/board/board.h"
#include "board_read.h"
#include "core/region.h"
#include <string.h>

const char *const board_part_names[BOARD_PARTS] = {
	[BOARD_DAY] = "day", [BOARD_HOUR] = "hour", [BOARD_SECTOR] = "sector",
	[BOARD_VENUE] = "venue", [BOARD_VILLAGE] = "village", [BOARD_METHOD] = "method",
};

const struct choice call_choices[] = {
	{ "will", CALL_WILL, TEXT_board_call_will },
	{ "help", CALL_HELP, TEXT_board_call_help },
	{ "no-answer", CALL_NO_ANSWER, TEXT_board_call_no_answer },
	{ "number", CALL_NUMBER, TEXT_board_call_number },
	{ "stopped", CALL_STOPPED, TEXT_board_call_stopped },
	{ 0 }
};

/* ---- the parts ------------------------------------------------------------ */

static const struct { enum board_part part; enum slice slice; } slices[] = {
	{ BOARD_DAY, SLICE_DAY }, { BOARD_HOUR, SLICE_HOUR }, { BOARD_SECTOR, SLICE_SECTOR },
	{ BOARD_VENUE, SLICE_VENUE }, { BOARD_METHOD, SLICE_METHOD },
};

struct walk {
	struct arena *a;
	struct board_takings *t;	/* in the order of ids		*/
	size_t n, at;
	VEC(struct slice_row) rows;	/* in the order of codes	*/
	size_t last;			/* found last			*/
};

/* The row of a kelurahan: neighbours in one list often share it. */
static struct slice_row *row_of(struct walk *w, str village)
{
	size_t low = 0, high = w->rows.n;

	if (w->last < w->rows.n && str_eq(w->rows.v[w->last].code, village))
		return &w->rows.v[w->last];
	while (low < high) {
		size_t mid = (low + high) / 2;
		if (str_cmp(w->rows.v[mid].code, village) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	w->last = low;
	if (low < w->rows.n && str_eq(w->rows.v[low].code, village))
		return &w->rows.v[low];
	(void)VEC_ADD(w->a, &w->rows);
	memmove(&w->rows.v[low + 1], &w->rows.v[low],
	    (w->rows.n - 1 - low) * sizeof *w->rows.v);
	w->rows.v[low] = (struct slice_row){ .code = arena_str(w->a, village) };
	return &w->rows.v[low];
}

static err step(void *ctx, const struct board_villages *m)
{
	struct walk *w = ctx;

	while (w->at < w->n && w->t[w->at].merchant.v < m->merchant.v)
		w->at++;
	if (w->at == w->n || w->t[w->at].merchant.v != m->merchant.v || !w->t[w->at].purchases)
		return NULL;
	struct slice_row *row = row_of(w, m->village);
	row->purchases += w->t[w->at].purchases;
	row->rupiah += w->t[w->at].rupiah;
	return NULL;
}

/* By the kelurahan a merchant stands in now: no sum is kept of it. */
static err village_part(struct db *db, struct board *b, struct walk *w, enum lang lang)
{
	TRY(board_q_villages(db, b->f.city, step, w));
	for (size_t i = 0; i < w->rows.n; i++) {
		struct slice_row *row = &w->rows.v[i];
		struct region r;
		row->key = (int64_t)i;
		row->name = region_any(row->code, &r) ? r.name :
		    text(lang, TEXT_board_no_village);
	}
	b->part[BOARD_VILLAGE] = (struct slice_rows){ w->rows.v, w->rows.n };
	slice_sort(&b->part[BOARD_VILLAGE]);
	return NULL;
}

static enum board_fresh fresh_of(const struct board *b, int64_t received)
{
	return received >= b->now - DAY ? FRESH_TODAY :
	    received >= b->now - 3 * DAY ? FRESH_DAYS : FRESH_LONG;
}

/* Of the admitted: those that never sold are the rest. */
static err fresh(struct db *db, struct board *b, const struct walk *w)
{
	struct board_admitted_count n;
	struct board_gone *gone;
	size_t n_gone;
	bool found;

	TRY(board_q_admitted_count(db, b->f.city, b->f.id, &n, &found));
	TRY(board_q_gone(db, b->f.city, b->f.id, &gone, &n_gone));
	for (size_t i = 0; i < w->n; i++)
		b->fresh[fresh_of(b, w->t[i].received)]++;
	for (size_t i = 0; i < n_gone; i++)
		b->fresh[fresh_of(b, gone[i].received)]--;
	b->fresh[FRESH_NEVER] = (found ? n.n : 0) - ((int64_t)w->n - (int64_t)n_gone);
	return NULL;
}

static err merchants(struct db *db, struct board *b, enum lang lang)
{
	struct walk w = { .a = db_arena(db) };

	TRY(board_q_takings(db, b->f.city, b->f.id, &w.t, &w.n));
	TRY(village_part(db, b, &w, lang));
	return fresh(db, b, &w);
}

/* ---- the whole ------------------------------------------------------------- */

/* A sale that is over is looked at as of its last moment. */
static int64_t moment(const struct city *city, const struct festival *f, int64_t now)
{
	int64_t end = time_of_day(f->last_day + 1, city->zone) - 1;

	return now < end ? now : end;
}

int64_t board_since(const struct city *city, const struct festival *f, int64_t now, int days)
{
	return moment(city, f, now) - days * DAY;
}

static err sums(struct db *db, struct board *b)
{
	struct board_total t;
	struct board_waiting waiting;
	bool found;

	TRY(board_q_total(db, b->f.city, b->f.id, &t, &found));
	if (found) {
		b->purchases = t.purchases;
		b->rupiah = t.rupiah;
		b->coupons = t.coupons;
		b->reporting = t.reporting;
		b->unclaimed = t.unclaimed;
		b->last_at = t.last_at;
	}
	TRY(board_q_waiting(db, b->f.city, b->f.id, &waiting, &found));
	b->waiting = found ? waiting.n : 0;
	return NULL;
}

err board_load(struct db *db, const struct city *city, const struct festival *f, enum lang lang,
    int64_t now, struct board *b)
{
	*b = (struct board){ .f = *f, .now = moment(city, f, now) };
	TRY(sums(db, b));
	for (size_t i = 0; i < countof(slices); i++)
		TRY(slice_load(db, f, slices[i].slice, lang, &b->part[slices[i].part]));
	TRY(merchants(db, b, lang));
	int64_t today = time_day(b->now, city->zone);
	const struct slice_rows *days = &b->part[BOARD_DAY];
	for (size_t i = 0; i < days->n; i++)
		if (days->v[i].key == today) {
			b->today_purchases = days->v[i].purchases;
			b->today_rupiah = days->v[i].rupiah;
		}
	return NULL;
}

void board_json(struct json_out *o, const struct board *b, enum zone zone)
{
	json_begin(o, NULL, '{');
	json_time(o, "as_of", b->now, zone);
	json_int(o, "purchases", b->purchases);
	json_int(o, "rupiah", b->rupiah);
	json_int(o, "today_purchases", b->today_purchases);
	json_int(o, "today_rupiah", b->today_rupiah);
	json_int(o, "target", b->f.target);
	for (int p = 0; p < BOARD_PARTS; p++) {
		json_begin(o, board_part_names[p], '[');
		for (size_t i = 0; i < b->part[p].n; i++) {
			const struct slice_row *r = &b->part[p].v[i];
			json_begin(o, NULL, '{');
			json_int(o, "key", r->key);
			json_str(o, "name", r->name);
			json_int(o, "purchases", r->purchases);
			json_int(o, "rupiah", r->rupiah);
			json_end(o, '}');
		}
		json_end(o, ']');
	}
	json_end(o, '}');
}
