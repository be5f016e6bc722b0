/* board.c - the figures of one look at a sale, from one snapshot. */
#include "mod/board/board.h"
#include "board_read.h"
#include "core/region.h"
#include <stdlib.h>

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

/* What one part is: from which slice, and how a key is named. */
struct part {
	enum slice slice;
	const struct choice *choices;
	bool ordered;		/* by key: days and hours; else by rupiah */
};
static const struct part parts[BOARD_PARTS] = {
	[BOARD_DAY] = { SLICE_DAY, NULL, true },
	[BOARD_HOUR] = { SLICE_HOUR, NULL, true },
	[BOARD_SECTOR] = { SLICE_SECTOR, sector_choices, false },
	[BOARD_VENUE] = { SLICE_VENUE, NULL, false },
	[BOARD_METHOD] = { SLICE_METHOD, method_choices, false },
};

static int by_rupiah(const void *va, const void *vb)
{
	const struct board_row *a = va, *b = vb;

	if (a->rupiah != b->rupiah)
		return a->rupiah < b->rupiah ? 1 : -1;
	return str_cmp(a->name, b->name);
}

static void finish(struct board_rows *rows, bool ordered)
{
	if (!ordered && rows->n)
		qsort(rows->v, rows->n, sizeof *rows->v, by_rupiah);
	rows->most = 1;
	for (size_t i = 0; i < rows->n; i++)
		if (rows->v[i].rupiah > rows->most)
			rows->most = rows->v[i].rupiah;
}

static str venue_name(const struct board_venue_names *v, size_t n, int64_t id, enum lang lang)
{
	for (size_t i = 0; i < n; i++)
		if (v[i].id.v == id)
			return v[i].name;
	return text(lang, TEXT_totals_no_venue);
}

static str time_name(struct arena *a, enum board_part part, int64_t key, enum lang lang)
{
	struct buf b = BUF(a, 60);

	if (part == BOARD_DAY)
		time_put_day(&b, key, lang);
	else
		buf_printf(&b, "%02d.00", (int)key);
	return buf_done(&b);
}

static str choice_name(const struct choice *choices, int64_t key, enum lang lang)
{
	const struct choice *c = choice_by_value(choices, key);

	return c ? text(lang, c->label) : S("?");
}

static err slice_part(struct db *db, struct board *b, enum board_part part, enum lang lang)
{
	struct arena *a = db_arena(db);
	struct board_venue_names *venues = NULL;
	struct board_slices *s;
	size_t n, n_venues = 0;

	if (part == BOARD_VENUE)
		TRY(board_q_venue_names(db, b->f.city, &venues, &n_venues));
	TRY(board_q_slices(db, b->f.city, b->f.id, (int64_t)parts[part].slice, &s, &n));
	struct board_row *v = NEWN(a, struct board_row, n);
	for (size_t i = 0; i < n; i++) {
		v[i] = (struct board_row){ .key = s[i].key, .purchases = s[i].purchases,
		    .rupiah = s[i].rupiah };
		if (part == BOARD_VENUE)
			v[i].name = venue_name(venues, n_venues, s[i].key, lang);
		else if (parts[part].choices)
			v[i].name = choice_name(parts[part].choices, s[i].key, lang);
		else
			v[i].name = time_name(a, part, s[i].key, lang);
	}
	b->part[part] = (struct board_rows){ v, n, 1 };
	finish(&b->part[part], parts[part].ordered);
	return NULL;
}

static err village_part(struct db *db, struct board *b, enum lang lang)
{
	struct board_villages *s;
	size_t n;

	TRY(board_q_villages(db, b->f.city, b->f.id, &s, &n));
	struct board_row *v = NEWN(db_arena(db), struct board_row, n);
	for (size_t i = 0; i < n; i++) {
		struct region r;
		bool known = region_any(s[i].village, &r);
		v[i] = (struct board_row){ .key = (int64_t)i, .purchases = s[i].purchases,
		    .rupiah = s[i].rupiah,
		    .name = known ? r.name : text(lang, TEXT_board_no_village) };
	}
	b->part[BOARD_VILLAGE] = (struct board_rows){ v, n, 1 };
	finish(&b->part[BOARD_VILLAGE], false);
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
	for (int i = 0; i < BOARD_PARTS; i++)
		if (i != BOARD_VILLAGE)
			TRY(slice_part(db, b, (enum board_part)i, lang));
	TRY(village_part(db, b, lang));
	int64_t today = time_day(b->now, city->zone);
	const struct board_rows *days = &b->part[BOARD_DAY];
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
			const struct board_row *r = &b->part[p].v[i];
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
