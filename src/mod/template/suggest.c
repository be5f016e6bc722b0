/* suggest.c - amounts in proportion, days past holidays; with the arithmetic. */
#include "core/indicator.h"
#include "mod/template/holiday.h"
#include "mod/template/inner.h"

/* ---- amounts --------------------------------------------------------------------- */

/* To two figures that count, as a budget is written: 441.032 -> 440.000. */
static int64_t round_two(int64_t n)
{
	int64_t step = 1;

	while (n / step >= 100)
		step *= 10;
	return (n + step / 2) / step * step;
}

static void put_amount(struct buf *b, enum practice_type type, int64_t n)
{
	if (type == PRACTICE_RUPIAH)
		rupiah_put(b, n);
	else
		number_put(b, n);
}

static int64_t within(const struct template_field *f, int64_t n)
{
	if (!f->limited)
		return n;
	return n < f->min ? f->min : n > f->max ? f->max : n;
}

bool suggest_amount(struct arena *a, enum lang lang, const struct template *t,
    const struct city_size *c, const struct template_field *f, str *value, str *why)
{
	bool by_umkm = c->umkm > 0 && t->umkm > 0;
	int64_t ours = by_umkm ? c->umkm : c->residents, n;
	int64_t theirs = by_umkm ? t->umkm : t->residents;
	struct buf base = BUF(a, 60), mine = BUF(a, 60), their = BUF(a, 60), all = BUF(a, 600);

	if (!f->grows || ours <= 0 || theirs <= 0 || !str_int(f->value, 1, RUPIAH_MAX, &n))
		return false;
	int64_t exact = mul_div(n, ours, theirs), fine = within(f, round_two(exact));
	put_amount(&base, f->type, n);
	number_put(&mine, ours);
	number_put(&their, theirs);
	str what = text(lang, by_umkm ? TEXT_template_umkm : TEXT_template_residents);
	buf_str(&all, text_fill(a, lang, TEXT_template_scaled, (str[]){ buf_done(&base),
	    buf_done(&mine), buf_done(&their), what }, 4));
	buf_str(&all, S(" = "));
	put_amount(&all, f->type, exact);
	buf_str(&all, S(" \xe2\x89\x88 "));
	put_amount(&all, f->type, fine);
	*value = arena_printf(a, "%lld", (long long)fine);
	*why = buf_done(&all);
	return true;
}

/* ---- days -------------------------------------------------------------------------- */

/* ISO week 1 is the one with 4 January; day 0 was a Thursday. */
static int64_t week_day(int64_t year, int64_t week, int64_t weekday)
{
	struct civil c = { .year = (int)year, .month = 1, .day = 4 };
	int64_t at, fourth;

	CHECK(time_from_civil(&c, ZONE_WIB, &at));
	fourth = time_day(at, ZONE_WIB);
	return fourth - (fourth + 3) % 7 + (week - 1) * 7 + weekday - 1;
}

static str day_text(struct arena *a, int64_t day, enum lang lang)
{
	struct buf b = BUF(a, 60);

	time_put_day(&b, day, lang);
	return buf_done(&b);
}

/* Is the first or the last of a span of days a holiday?  Then offices are closed. */
static bool in_way(int64_t first, int64_t days, struct holiday *h)
{
	return holiday_on(first, h) || holiday_on(first + (days > 0 ? days - 1 : 0), h);
}

static int64_t past_holidays(struct arena *a, enum lang lang, int64_t day, int64_t days,
    struct buf *why)
{
	struct holiday h;

	for (int tries = 0; tries < 8 && in_way(day, days, &h); tries++) {
		buf_str(why, text_fill(a, lang, TEXT_template_day_holiday,
		    (str[]){ day_text(a, h.day, lang), h.name, h.source,
		    day_text(a, day + 7, lang) }, 4));
		day += 7;
	}
	return day;
}

static int64_t year_of(int64_t day)
{
	return time_civil(time_of_day(day, ZONE_WIB), ZONE_WIB).year;
}

bool suggest_day(struct arena *a, enum lang lang, const struct template_field *f,
    const struct suggest_day *q, str *value, str *why)
{
	int64_t year = q->year ? q->year : year_of(q->today), day;
	struct buf b = BUF(a, 2000), iso = BUF(a, 20);

	if (!f->week || !f->weekday || year < 1971 || year > 2190)
		return false;
	day = week_day(year, f->week, f->weekday);
	if (!q->year && day < q->today)
		day = week_day(++year, f->week, f->weekday);
	buf_str(&b, text_fill(a, lang, TEXT_template_day_week, (str[]){
	    arena_printf(a, "%lld", (long long)f->week), day_text(a, day, lang) }, 2));
	day = past_holidays(a, lang, day, q->days, &b);
	if (!holiday_year_known(year))
		buf_str(&b, text_fill(a, lang, TEXT_template_day_unknown,
		    (str[]){ arena_printf(a, "%lld", (long long)year) }, 1));
	time_put_iso_day(&iso, day);
	*value = buf_done(&iso);
	*why = buf_done(&b);
	return true;
}
