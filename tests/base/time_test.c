#include "base/base.h"
#include "tap.h"
#include <time.h>

static str iso(struct arena *a, int64_t day)
{
	struct buf b = BUF(a, 64);

	time_put_iso_day(&b, day);
	return buf_done(&b);
}

/* Every day of the range, and the C library's opinion of it. */
static void calendar(struct arena *a)
{
	unsigned wrong = 0;
	int64_t days = 0;

	for (int64_t day = 0; ; day++, days++) {
		time_t t = day * 86400 + 86399;
		struct tm tm;
		gmtime_r(&t, &tm);
		if (tm.tm_year + 1900 > 2199)
			break;
		int64_t at = (day + 1) * DAY - 1, back;
		struct civil c = time_civil(at, (enum zone)0), first = c;
		wrong += c.year != tm.tm_year + 1900 || c.month != tm.tm_mon + 1 ||
		    c.day != tm.tm_mday || c.hour != 23 || c.minute != 59 || c.second != 59;
		wrong += !time_parse_day(iso(a, day), &back) || back != day;
		first.hour = first.minute = first.second = 0;
		wrong += !time_from_civil(&first, ZONE_WIT, &back) ||
		    back != time_of_day(day, ZONE_WIT);
		if (day % 365 == 0)
			arena_reset(a);
	}
	ok(wrong == 0 && days == 84006, "each of the %d days of 1970 to 2199", (int)days);
}

static void zones(void)
{
	int64_t midnight;
	struct civil c = { 2021, 10, 31, 0, 0, 0 };

	ok(time_from_civil(&c, ZONE_WIB, &midnight) && midnight == INT64_C(1635613200) * SECOND,
	    "midnight in Solo");
	int64_t day = time_day(midnight, ZONE_WIB);
	ok(time_of_day(day, ZONE_WIB) == midnight && time_day(midnight - 1, ZONE_WIB) == day - 1 &&
	    time_day(midnight + DAY - 1, ZONE_WIB) == day, "a day is from midnight to midnight");
	ok(time_day(midnight - 1, ZONE_WITA) == day &&
	    time_day(midnight - HOUR - 1, ZONE_WITA) == day - 1 &&
	    time_day(midnight - 2 * HOUR, ZONE_WIT) == day, "further east it begins earlier");
	c = time_civil(midnight, ZONE_WIT);
	ok(c.day == 31 && c.hour == 2 && c.minute == 0, "02.00 in Jayapura");
	c = time_civil(-1, (enum zone)0);
	ok(c.year == 1969 && c.month == 12 && c.day == 31 && c.second == 59,
	    "a microsecond before 1970");
	ok(time_day(-1, (enum zone)0) == -1 && time_day(0, (enum zone)0) == 0, "is the day before");
	c = time_civil(INT64_MIN, ZONE_WIT);
	struct civil d = time_civil(INT64_MAX, ZONE_WIT);
	ok(c.year == -290308 && d.year == 294247, "no overflow at the ends of time");
	ok(time_now() > INT64_C(1600000000) * SECOND && time_mono() <= time_mono(), "clocks");
}

static void civil_bad(void)
{
	static const struct civil bad[] = {
		{ 1969, 12, 31, 0, 0, 0 }, { 2200, 1, 1, 0, 0, 0 }, { 2021, 0, 1, 0, 0, 0 },
		{ 2021, 13, 1, 0, 0, 0 }, { 2021, 1, 0, 0, 0, 0 }, { 2021, 1, 32, 0, 0, 0 },
		{ 2021, 4, 31, 0, 0, 0 }, { 2021, 2, 29, 0, 0, 0 }, { 2100, 2, 29, 0, 0, 0 },
		{ 2021, 1, 1, 24, 0, 0 }, { 2021, 1, 1, -1, 0, 0 }, { 2021, 1, 1, 0, 60, 0 },
		{ 2021, 1, 1, 0, -1, 0 }, { 2021, 1, 1, 0, 0, 60 }, { 2021, 1, 1, 0, 0, -1 },
		{ 2021, -5, 1, 0, 0, 0 },
	};
	int64_t at = 77;

	for (size_t i = 0; i < countof(bad); i++)
		ok(!time_from_civil(&bad[i], ZONE_WIB, &at) && at == 77,
		    "no such moment: %d-%d-%d %d:%d:%d", bad[i].year, bad[i].month,
		    bad[i].day, bad[i].hour, bad[i].minute, bad[i].second);
	ok(time_from_civil(&(struct civil){ 2000, 2, 29, 23, 59, 59 }, ZONE_WIB, &at) &&
	    time_from_civil(&(struct civil){ 2024, 2, 29, 0, 0, 0 }, ZONE_WIB, &at), "leap days");
}

static void rfc3339(void)
{
	static const struct { const char *s; int64_t seconds, us; } good[] = {
		{ "1970-01-01T00:00:00Z", 0, 0 },
		{ "1970-01-01T07:00:00+07:00", 0, 0 },
		{ "1970-01-01T00:00:00+07:00", -25200, 0 },
		{ "2021-10-18T14:05:00+07:00", 1634540700, 0 },
		{ "2021-10-18t07:05:00z", 1634540700, 0 },
		{ "2021-10-18T02:05:00-05:00", 1634540700, 0 },
		{ "2021-10-18T12:35:00+05:30", 1634540700, 0 },
		{ "2021-10-18T07:05:00-00:00", 1634540700, 0 },
		{ "2021-10-18T07:05:00.5Z", 1634540700, 500000 },
		{ "2021-10-18T07:05:00.123456Z", 1634540700, 123456 },
		{ "2021-10-18T07:05:00.1234569999999999999999Z", 1634540700, 123456 },
		{ "2021-10-18T07:05:00.000001+00:00", 1634540700, 1 },
		{ "2020-02-29T12:00:00Z", 1582977600, 0 },
		{ "2016-12-31T23:59:60Z", 1483228800, 0 },
		{ "1990-12-31T15:59:60-08:00", 662688000, 0 },
		{ "2017-01-01T06:59:60+07:00", 1483228800, 0 },
		{ "2199-12-31T23:59:59Z", INT64_C(7258118399), 0 },
		{ "2021-10-18T07:05:00+23:59", 1634540700 - 86340, 0 },
		{ "2021-10-18T07:05:00-23:59", 1634540700 + 86340, 0 },
	};
	static const char *const bad[] = {
		"", "2021-10-18", "2021-10-18T07:05:00", "2021-10-18 07:05:00Z",
		"2021-10-18T07:05Z", "2021-10-18T07:05:00.Z", "2021-10-18T07:05:00,5Z",
		"2021-10-18T24:00:00Z", "2021-10-18T07:60:00Z", "2021-10-18T07:05:61Z",
		"2021-10-18T07:05:60Z", "2021-10-18T23:59:60Z", "2016-12-31T23:59:60+07:00",
		"2021-02-29T00:00:00Z", "2100-02-29T00:00:00Z", "2021-13-01T00:00:00Z",
		"2021-00-01T00:00:00Z", "2021-01-00T00:00:00Z", "2021-04-31T00:00:00Z",
		"1969-12-31T00:00:00Z", "2200-01-01T00:00:00Z", "21-10-18T07:05:00Z",
		"2021-10-18T7:05:00Z", "2021-1-18T07:05:00Z", "2021-10-18T07:05:00+7:00",
		"2021-10-18T07:05:00+0700", "2021-10-18T07:05:00+24:00",
		"2021-10-18T07:05:00+07:60", "2021-10-18T07:05:00+07", "2021-10-18T07:05:00Zx",
		" 2021-10-18T07:05:00Z", "2021-10-18T07:05:00Z ", "+2021-10-18T07:05:00Z",
		"-021-10-18T07:05:00Z", "2021-10-18T-7:05:00Z", "20211018T070500Z",
		"2021-10-18T07:05:00*07:00", "2021/10/18T07:05:00Z",
	};
	int64_t at;

	for (size_t i = 0; i < countof(good); i++)
		ok(time_parse_rfc3339(str_of(good[i].s), &at) && at == good[i].seconds * SECOND +
		    good[i].us, "%s", good[i].s);
	for (size_t i = 0; i < countof(bad); i++) {
		at = 77;
		ok(!time_parse_rfc3339(str_of(bad[i]), &at) && at == 77,
		    "no moment: \"%s\"", bad[i]);
	}
}

static void round_trip(struct arena *a)
{
	static const enum zone zone[] = { ZONE_WIB, ZONE_WITA, ZONE_WIT };
	struct prng r;
	unsigned wrong = 0;

	prng_seed(&r, 1);
	for (int i = 0; i < 3000; i++) {
		int64_t at = (int64_t)prng_below(&r, UINT64_C(7258000000) * SECOND), back = -1;
		if (i % 2)
			at -= at % SECOND;
		struct buf b = BUF(a, 64);
		time_put_rfc3339(&b, at, zone[i % 3]);
		wrong += !time_parse_rfc3339(buf_done(&b), &back) || back != at;
	}
	ok(wrong == 0, "three thousand moments written and read are the same");
}

static void days(void)
{
	static const struct { const char *s; int64_t day; } t[] = {
		{ "2021-10-31", 18931 }, { "31/10/2021", 18931 }, { "31-10-2021", 18931 },
		{ " 31/10/2021 ", 18931 }, { "1/10/2021", 18901 }, { "01-1-1970", 0 },
		{ "1970-01-01", 0 }, { "29/02/2020", 18321 }, { "5/6/2021", 18783 },
		{ "31-12-2199", 84005 },
	};
	static const char *const bad[] = { "", "2021-10-32", "31/10/21", "10/31/2021", "31/10-2021",
	    "31-10/2021", "29/02/2021", "0/1/2021", "1/0/2021", "31.10.2021", "2021/10/31",
	    "2021-1-1", "31 Oktober 2021", "31/10/2021x", "31//2021", "/10/2021", "31/10/",
	    "001/1/2021",
	    "31/10/02021", "-1/10/2021", "1969-12-31", "2200-01-01", "20211031" };
	int64_t day;

	for (size_t i = 0; i < countof(t); i++)
		ok(time_parse_day(str_of(t[i].s), &day) && day == t[i].day, "day \"%s\"", t[i].s);
	for (size_t i = 0; i < countof(bad); i++) {
		day = 77;
		ok(!time_parse_day(str_of(bad[i]), &day) && day == 77, "no day: \"%s\"", bad[i]);
	}
}

#define WRITES(call, want, what) do {					\
	struct buf b = BUF(a, 100);					\
	call;								\
	str got_ = buf_done(&b);					\
	ok(str_eq(got_, S(want)), "%s: %.*s", what, SV(got_));		\
} while (0)

static void writing(struct arena *a)
{
	int64_t at = INT64_C(1634540700) * SECOND, day = 18931;

	WRITES(time_put_rfc3339(&b, at, ZONE_WIB), "2021-10-18T14:05:00+07:00", "whole second");
	WRITES(time_put_rfc3339(&b, at, ZONE_WIT), "2021-10-18T16:05:00+09:00", "WIT");
	WRITES(time_put_rfc3339(&b, at + 1500, ZONE_WIB), "2021-10-18T14:05:00.001500+07:00",
	    "with what is behind the second");
	WRITES(time_put_rfc3339(&b, -1, ZONE_WIB), "1970-01-01T06:59:59.999999+07:00",
	    "before 1970");
	WRITES(time_put_iso_day(&b, day), "2021-10-31", "ISO");
	WRITES(time_put_iso_day(&b, 0), "1970-01-01", "ISO, with zeros");
	WRITES(time_put_day(&b, day, LANG_ID), "31 Oktober 2021", "Indonesian");
	WRITES(time_put_day(&b, day, LANG_EN), "31 October 2021", "English");
	WRITES(time_put_day(&b, day + 1, LANG_ID), "1 November 2021", "one digit");
	WRITES(time_put_clock(&b, at, ZONE_WIB), "14.05 WIB", "clock");
	WRITES(time_put_clock(&b, at + 12 * HOUR, ZONE_WITA), "03.05 WITA", "clock at night");
	WRITES(time_put_moment(&b, at, ZONE_WIB, LANG_ID), "18 Okt 2021 14.05 WIB", "moment");
	WRITES(time_put_moment(&b, at, ZONE_WIT, LANG_EN), "18 Oct 2021 16.05 WIT", "in English");
	ok(str_eq(str_of(zone_name(ZONE_WITA)), S("WITA")), "zone_name");
}

static void months(struct arena *a)
{
	struct buf id = BUF(a, 500), en = BUF(a, 500), brief = BUF(a, 1000);

	for (int m = 1; m <= 12; m++) {
		int64_t at;
		CHECK(time_from_civil(&(struct civil){ 2021, m, 1, 12, 0, 0 }, ZONE_WIB, &at));
		time_put_day(&id, time_day(at, ZONE_WIB), LANG_ID);
		time_put_day(&en, time_day(at, ZONE_WIB), LANG_EN);
		time_put_moment(&brief, at, ZONE_WIB, LANG_ID);
	}
	ok(str_eq(buf_done(&id), S("1 Januari 20211 Februari 20211 Maret 20211 April 20211 Mei 2021"
	    "1 Juni 20211 Juli 20211 Agustus 20211 September 20211 Oktober 20211 November 2021"
	    "1 Desember 2021")), "the months in Indonesian");
	ok(str_eq(buf_done(&en), S("1 January 20211 February 20211 March 20211 April 20211 May 2021"
	    "1 June 20211 July 20211 August 20211 September 20211 October 20211 November 2021"
	    "1 December 2021")), "and in English");
	ok(str_find(buf_done(&brief), S("1 Agu 2021")) != SIZE_MAX &&
	    str_find(buf_done(&brief), S("1 Des 2021")) != SIZE_MAX, "and short");
}

int main(void)
{
	struct arena *a = arena_new();

	calendar(a);
	zones();
	civil_bad();
	rfc3339();
	round_trip(a);
	days();
	writing(a);
	months(a);
	arena_free(&a);
	return done();
}
