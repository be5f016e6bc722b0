/* holiday_test.c - national holidays: each row is whole, each year that is known complete. */
#include "mod/template/holiday.h"
#include "base/time.h"
#include "tap.h"

extern const char holidays_tsv[], holidays_tsv_end[];

/* Every year has these; one that is missing would let a sale open on it. */
static const char *const yearly[] = { "Imlek", "Nyepi", "Wafat", "Isra Mikraj", "Kenaikan",
	"Waisak", "Idulfitri", "Iduladha", "Tahun Baru Islam", "Maulid" };

static bool on(const char *iso, const char *name, const char *source)
{
	struct holiday h;
	int64_t day;

	if (!time_parse_day(str_of(iso), &day) || !holiday_on(day, &h))
		return false;
	return str_find(h.name, str_of(name)) != SIZE_MAX &&
	    str_find(h.source, str_of(source)) != SIZE_MAX;
}

static int count(str year, str name)
{
	str all = { holidays_tsv, (size_t)(holidays_tsv_end - holidays_tsv) }, line;
	int n = 0;

	while (str_take(&all, '\n', &line))
		n += str_starts(line, year) && str_find(line, name) != SIZE_MAX;
	return n;
}

static void complete(int64_t year)
{
	char name[12];
	int missing = 0;

	snprintf(name, sizeof name, "%lld-", (long long)year);
	for (size_t i = 0; i < countof(yearly); i++)
		missing += !count(str_of(name), str_of(yearly[i]));
	ok(!missing && count(str_of(name), S("Idulfitri")) == 2, "%s has each of them", name);
}

int main(void)
{
	str all = { holidays_tsv, (size_t)(holidays_tsv_end - holidays_tsv) }, line, day, name;
	int64_t at;
	int rows = 0, odd = 0;

	while (str_take(&all, '\n', &line)) {
		if (!line.n || str_starts(line, S("#")))
			continue;
		rows++;
		odd += !str_take(&line, '\t', &day) || !str_take(&line, '\t', &name) || !name.n ||
		    !line.n || (!str_starts(day, S("*-")) && !time_parse_day(day, &at));
	}
	ok(rows > 80 && !odd, "each row has a day, a name and a source");
	for (int64_t y = 2015; y <= 2035; y++)
		if (holiday_year_known(y))
			complete(y);
	ok(on("2022-07-10", "Iduladha", "678"), "Iduladha of 2022: where it was moved to");
	ok(!on("2022-07-09", "", ""), "and not where the first one had it");
	ok(on("2021-10-20", "Maulid", "712") && !on("2021-10-19", "", ""), "moved in 2021");
	ok(on("2026-03-19", "Nyepi", "1497") && on("2030-08-17", "Kemerdekaan", "Keppres"),
	    "of this year's decree; a day the law fixes");
	ok(on("2024-11-27", "Pemilihan", "Keppres 33/2024"), "by decree of the president");
	ok(!holiday_year_known(2019) && !holiday_year_known(2027), "a year without rows");
	return done();
}
