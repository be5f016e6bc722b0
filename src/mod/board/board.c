/* board.c - the figures of one look at a sale, from one snapshot. */
#include "mod/board/board.h"
#include "board_read.h"
#include "core/region.h"

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

/* By the kelurahan a merchant stands in now: no sum is kept of it. */
static err village_part(struct db *db, struct board *b, enum lang lang)
{
	struct slice_rows *rows = &b->part[BOARD_VILLAGE];
	struct board_villages *s;

	TRY(board_q_villages(db, b->f.city, b->f.id, &s, &rows->n));
	rows->v = NEWN(db_arena(db), struct slice_row, rows->n);
	for (size_t i = 0; i < rows->n; i++) {
		struct region r;
		bool known = region_any(s[i].village, &r);
		rows->v[i] = (struct slice_row){ .key = (int64_t)i, .code = s[i].village,
		    .purchases = s[i].purchases, .rupiah = s[i].rupiah,
		    .name = known ? r.name : text(lang, TEXT_board_no_village) };
	}
	slice_sort(rows);
	return NULL;
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
	struct board_fresh_counts n;
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
	TRY(board_q_fresh_counts(db, b->f.city, b->f.id, b->now - DAY, b->now - 3 * DAY, &n));
	b->fresh[FRESH_TODAY] = n.today;
	b->fresh[FRESH_DAYS] = n.one_day;
	b->fresh[FRESH_LONG] = n.three_days;
	b->fresh[FRESH_NEVER] = n.never;
	return NULL;
}

err board_load(struct db *db, const struct city *city, const struct festival *f, enum lang lang,
    int64_t now, struct board *b)
{
	*b = (struct board){ .f = *f, .now = moment(city, f, now) };
	TRY(sums(db, b));
	for (size_t i = 0; i < countof(slices); i++)
		TRY(slice_load(db, f, slices[i].slice, lang, &b->part[slices[i].part]));
	TRY(village_part(db, b, lang));
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
