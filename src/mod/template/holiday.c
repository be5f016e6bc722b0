#include "mod/template/holiday.h"

extern const char holidays_tsv[], holidays_tsv_end[];	/* by tools/incbin.py */

static str whole(void)
{
	return (str){ holidays_tsv, (size_t)(holidays_tsv_end - holidays_tsv) };
}

/* "2022-10-08" or "*-08-17" */
static bool is_day(str when, str iso)
{
	return str_eq(when, iso) ||
	    (str_starts(when, S("*")) && str_ends(iso, str_sub(when, 1, when.n)));
}

bool holiday_on(int64_t day, struct holiday *h)
{
	CLEANUP(arena_free) struct arena *a = arena_new();
	struct buf b = BUF(a, 20);
	str all = whole(), line, when;

	time_put_iso_day(&b, day);
	while (str_take(&all, '\n', &line)) {
		if (str_starts(line, S("#")) || !str_take(&line, '\t', &when) ||
		    !is_day(when, buf_done(&b)))
			continue;
		h->day = day;
		return str_take(&line, '\t', &h->name) && str_take(&line, '\t', &h->source);
	}
	return false;
}

bool holiday_year_known(int64_t year)
{
	CLEANUP(arena_free) struct arena *a = arena_new();
	str all = whole(), line, head = arena_printf(a, "%lld-", (long long)year);

	while (str_take(&all, '\n', &line))
		if (str_starts(line, head))
			return true;
	return false;
}
