#include "base/time.h"
#include <time.h>

#define YEAR_FIRST	1970
#define YEAR_LAST	2199
#define DAY_SECONDS	86400

static const char *const months[LANGS][12] = {
	{ "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli",
	  "Agustus", "September", "Oktober", "November", "Desember" },
	{ "January", "February", "March", "April", "May", "June", "July",
	  "August", "September", "October", "November", "December" },
};
static const char *const months_short[LANGS][12] = {
	{ "Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt",
	  "Nov", "Des" },
	{ "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct",
	  "Nov", "Dec" },
};

static int64_t clock_us(clockid_t clock)
{
	struct timespec t;

	clock_gettime(clock, &t);
	return (int64_t)t.tv_sec * SECOND + t.tv_nsec / 1000;
}

int64_t time_now(void)
{
	return clock_us(CLOCK_REALTIME);
}

int64_t time_mono(void)
{
	return clock_us(CLOCK_MONOTONIC);
}

static int64_t floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

/* Seconds since 1970 as the clocks of that zone show them. */
static int64_t local_seconds(int64_t at, enum zone z)
{
	return floor_div(at, SECOND) + (int64_t)z * 3600;
}

/*
 * Days are counted from 1 March of year 0, so that the leap day is the
 * last of its year, and in eras of 400 years = 146097 days.
 */
static int64_t day_of(int year, int month, int day)
{
	int64_t y = month > 2 ? year : (int64_t)year - 1;
	int64_t era = floor_div(y, 400), of_era = y - era * 400;
	int64_t of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;

	return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static struct civil civil_of(int64_t day)
{
	int64_t since = day + 719468;
	int64_t era = floor_div(since, 146097), d = since - era * 146097;
	int64_t y = (d - d / 1460 + d / 36524 - d / 146096) / 365;
	int64_t of_year = d - (365 * y + y / 4 - y / 100);
	int64_t m = (5 * of_year + 2) / 153;

	return (struct civil){
		.year = (int)(era * 400 + y + (m >= 10)),
		.month = (int)(m < 10 ? m + 3 : m - 9),
		.day = (int)(of_year - (153 * m + 2) / 5 + 1),
	};
}

static int month_days(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

	return days[month - 1] + (month == 2 && leap);
}

int64_t time_day(int64_t at, enum zone z)
{
	return floor_div(local_seconds(at, z), DAY_SECONDS);
}

int64_t time_of_day(int64_t day, enum zone z)
{
	return day * DAY - (int64_t)z * HOUR;
}

struct civil time_civil(int64_t at, enum zone z)
{
	int64_t s = local_seconds(at, z), day = floor_div(s, DAY_SECONDS);
	struct civil c = civil_of(day);
	int of_day = (int)(s - day * DAY_SECONDS);

	c.hour = of_day / 3600;
	c.minute = of_day / 60 % 60;
	c.second = of_day % 60;
	return c;
}

static bool date_ok(const struct civil *c)
{
	return c->year >= YEAR_FIRST && c->year <= YEAR_LAST && c->month >= 1 &&
	    c->month <= 12 && c->day >= 1 && c->day <= month_days(c->year, c->month);
}

static bool clock_ok(const struct civil *c)
{
	return c->hour >= 0 && c->hour <= 23 && c->minute >= 0 && c->minute <= 59 &&
	    c->second >= 0 && c->second <= 59;
}

static int64_t utc(const struct civil *c)
{
	return day_of(c->year, c->month, c->day) * DAY + c->hour * HOUR +
	    c->minute * MINUTE + c->second * SECOND;
}

bool time_from_civil(const struct civil *c, enum zone z, int64_t *at)
{
	if (!date_ok(c) || !clock_ok(c))
		return false;
	*at = utc(c) - (int64_t)z * HOUR;
	return true;
}

/* ---- reading ------------------------------------------------------- */

/* Exactly n digits off the front. */
static bool take_digits(str *s, size_t n, int *v)
{
	int64_t x;

	if (s->n < n || !str_int(str_sub(*s, 0, n), 0, INT32_MAX, &x))
		return false;
	*v = (int)x;
	*s = str_sub(*s, n, s->n);
	return true;
}

static bool take_char(str *s, char c)
{
	if (!s->n || s->p[0] != c)
		return false;
	*s = str_sub(*s, 1, s->n);
	return true;
}

static bool take_either(str *s, char one, char other)
{
	return take_char(s, one) || take_char(s, other);
}

static bool take_date(str *s, struct civil *c)
{
	return take_digits(s, 4, &c->year) && take_char(s, '-') &&
	    take_digits(s, 2, &c->month) && take_char(s, '-') &&
	    take_digits(s, 2, &c->day) && date_ok(c);
}

static bool take_clock(str *s, struct civil *c)
{
	return take_digits(s, 2, &c->hour) && take_char(s, ':') &&
	    take_digits(s, 2, &c->minute) && take_char(s, ':') &&
	    take_digits(s, 2, &c->second);
}

/* Digits behind the microsecond are dropped. */
static bool take_fraction(str *s, int64_t *us)
{
	int64_t unit = SECOND;
	int d;

	*us = 0;
	if (!take_char(s, '.'))
		return true;
	if (!s->n || !take_digits(s, 1, &d))
		return false;
	do {
		unit /= 10;
		*us += d * unit;
	} while (take_digits(s, 1, &d));
	return true;
}

static bool take_offset(str *s, int64_t *east)
{
	struct civil c = { 0 };

	*east = 0;
	if (take_either(s, 'Z', 'z'))
		return true;
	bool west = take_char(s, '-');
	if (!west && !take_char(s, '+'))
		return false;
	if (!take_digits(s, 2, &c.hour) || !take_char(s, ':') ||
	    !take_digits(s, 2, &c.minute) || !clock_ok(&c))
		return false;
	*east = (c.hour * HOUR + c.minute * MINUTE) * (west ? -1 : 1);
	return true;
}

/*
 * A leap second can only be the last of a month in UTC (RFC 3339 5.7);
 * like POSIX we give it the number of the second after it.
 */
static bool leap_ok(int64_t after)
{
	struct civil c = time_civil(after, (enum zone)0);

	return c.day == 1 && c.hour == 0 && c.minute == 0 && c.second == 0;
}

bool time_parse_rfc3339(str s, int64_t *at)
{
	struct civil c;
	int64_t us, east;

	if (!take_date(&s, &c) || !take_either(&s, 'T', 't') || !take_clock(&s, &c))
		return false;
	bool leap = c.second == 60;
	c.second -= leap;
	if (!clock_ok(&c) || !take_fraction(&s, &us) || !take_offset(&s, &east))
		return false;
	int64_t whole = utc(&c) - east + leap * SECOND;
	if (s.n || (leap && !leap_ok(whole)))
		return false;
	*at = whole + us;
	return true;
}

/* One or two digits: offices write 1/10/2021 as well. */
static bool take_short(str *s, int *v)
{
	return take_digits(s, 2, v) || take_digits(s, 1, v);
}

static bool take_office_date(str *s, struct civil *c)
{
	char between = str_find(*s, S("/")) == SIZE_MAX ? '-' : '/';

	return take_short(s, &c->day) && take_char(s, between) &&
	    take_short(s, &c->month) && take_char(s, between) &&
	    take_digits(s, 4, &c->year) && date_ok(c);
}

bool time_parse_day(str s, int64_t *day)
{
	struct civil c = { 0 };

	s = str_trim(s);
	str iso = s;
	if (!take_date(&iso, &c) || iso.n) {
		if (!take_office_date(&s, &c) || s.n)
			return false;
	}
	*day = day_of(c.year, c.month, c.day);
	return true;
}

/* ---- writing ------------------------------------------------------- */

static void put2(struct buf *b, int v)
{
	buf_char(b, (char)('0' + v / 10 % 10));
	buf_char(b, (char)('0' + v % 10));
}

static void put_iso(struct buf *b, const struct civil *c)
{
	if (c->year >= 0 && c->year <= 9999) {
		put2(b, c->year / 100);
		put2(b, c->year % 100);
	} else {
		buf_int(b, c->year);
	}
	buf_char(b, '-');
	put2(b, c->month);
	buf_char(b, '-');
	put2(b, c->day);
}

void time_put_iso_day(struct buf *b, int64_t day)
{
	struct civil c = civil_of(day);

	put_iso(b, &c);
}

static void put_clock(struct buf *b, const struct civil *c, char between)
{
	put2(b, c->hour);
	buf_char(b, between);
	put2(b, c->minute);
}

static void put_fraction(struct buf *b, int64_t us)
{
	char digits[6];

	if (us == 0)
		return;
	for (size_t i = sizeof digits; i-- > 0; us /= 10)
		digits[i] = (char)('0' + us % 10);
	buf_char(b, '.');
	buf_put(b, digits, sizeof digits);
}

void time_put_rfc3339(struct buf *b, int64_t at, enum zone z)
{
	struct civil c = time_civil(at, z);

	put_iso(b, &c);
	buf_char(b, 'T');
	put_clock(b, &c, ':');
	buf_char(b, ':');
	put2(b, c.second);
	put_fraction(b, at - floor_div(at, SECOND) * SECOND);
	buf_char(b, '+');
	put2(b, (int)z);
	buf_str(b, S(":00"));
}

static void put_day(struct buf *b, const struct civil *c, const char *const month[12])
{
	buf_int(b, c->day);
	buf_char(b, ' ');
	buf_str(b, str_of(month[c->month - 1]));
	buf_char(b, ' ');
	buf_int(b, c->year);
}

void time_put_day(struct buf *b, int64_t day, enum lang lang)
{
	struct civil c = civil_of(day);

	put_day(b, &c, months[lang]);
}

static void put_clock_zone(struct buf *b, const struct civil *c, enum zone z)
{
	put_clock(b, c, '.');
	buf_char(b, ' ');
	buf_str(b, str_of(zone_name(z)));
}

void time_put_clock(struct buf *b, int64_t at, enum zone z)
{
	struct civil c = time_civil(at, z);

	put_clock_zone(b, &c, z);
}

void time_put_moment(struct buf *b, int64_t at, enum zone z, enum lang lang)
{
	struct civil c = time_civil(at, z);

	put_day(b, &c, months_short[lang]);
	buf_char(b, ' ');
	put_clock_zone(b, &c, z);
}

const char *zone_name(enum zone z)
{
	switch (z) {
	case ZONE_WIB:	return "WIB";
	case ZONE_WITA:	return "WITA";
	case ZONE_WIT:	return "WIT";
	}
	return "UTC";
}
