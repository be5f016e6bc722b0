#include "mod/festival/slice.h"
#include "festival_read.h"
#include <stdlib.h>

static err venue_name(struct db *db, const struct festival *f, enum lang lang,
    struct slice_row *row)
{
	struct festival_venue_by_id v;
	bool found;

	TRY(festival_q_venue_by_id(db, f->city, (venue_id){ row->key }, &v, &found));
	row->name = found ? v.name : text(lang, TEXT_totals_no_venue);
	row->code = found ? v.slug : (str){ 0 };
	return NULL;
}

static void day_name(struct arena *a, enum lang lang, struct slice_row *row)
{
	struct buf b = BUF(a, 60), iso = BUF(a, 20);

	time_put_day(&b, row->key, lang);
	time_put_iso_day(&iso, row->key);
	row->name = buf_done(&b);
	row->code = buf_done(&iso);
}

static void choice_name(const struct choice *choices, enum lang lang, struct slice_row *row)
{
	const struct choice *c = choice_by_value(choices, row->key);

	row->name = c ? text(lang, c->label) : S("?");
	row->code = c ? str_of(c->code) : S("?");
}

err slice_name(struct db *db, const struct festival *f, enum slice kind, int64_t key,
    enum lang lang, struct slice_row *row)
{
	row->key = key;
	switch (kind) {
	case SLICE_VENUE:
		return venue_name(db, f, lang, row);
	case SLICE_DAY:
		day_name(db_arena(db), lang, row);
		break;
	case SLICE_HOUR:
		row->name = arena_printf(db_arena(db), "%02d.00", (int)key);
		row->code = arena_printf(db_arena(db), "%02d", (int)key);
		break;
	case SLICE_METHOD:
		choice_name(method_choices, lang, row);
		break;
	case SLICE_SECTOR:
		choice_name(sector_choices, lang, row);
		break;
	}
	return NULL;
}

static int by_rupiah(const void *va, const void *vb)
{
	const struct slice_row *a = va, *b = vb;

	if (a->rupiah != b->rupiah)
		return a->rupiah < b->rupiah ? 1 : -1;
	return str_cmp(a->code, b->code);
}

void slice_sort(struct slice_rows *rows)
{
	if (rows->n)
		qsort(rows->v, rows->n, sizeof *rows->v, by_rupiah);
}

err slice_load(struct db *db, const struct festival *f, enum slice kind, enum lang lang,
    struct slice_rows *rows)
{
	struct festival_slice_list *s;
	size_t n;

	TRY(festival_q_slice_list(db, f->city, f->id, (int64_t)kind, &s, &n));
	*rows = (struct slice_rows){ NEWN(db_arena(db), struct slice_row, n), 0 };
	for (size_t i = 0; i < n; i++) {
		struct slice_row *row = &rows->v[rows->n];
		if (!s[i].purchases)		/* all of it was struck out */
			continue;
		row->purchases = s[i].purchases;
		row->rupiah = s[i].rupiah;
		TRY(slice_name(db, f, kind, s[i].key, lang, row));
		rows->n++;
	}
	if (kind != SLICE_DAY && kind != SLICE_HOUR)
		slice_sort(rows);
	return NULL;
}

int64_t festival_percent(int64_t rupiah, int64_t target)
{
	if (target <= 0)
		return 0;
	return rupiah > INT64_MAX / 100 ? rupiah / (target / 100 + 1) : rupiah * 100 / target;
}

str festival_target_say(struct arena *a, enum lang lang, int64_t rupiah, int64_t target)
{
	struct buf b = BUF(a, 100);

	if (target <= 0)
		return (str){ 0 };
	rupiah_put_short(&b, target, lang);
	str args[] = { arena_printf(a, "%lld", (long long)festival_percent(rupiah, target)),
	    buf_done(&b) };
	return text_fill(a, lang, TEXT_front_target, args, countof(args));
}
