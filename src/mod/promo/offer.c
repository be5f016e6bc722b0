/* offer.c - the arithmetic of an offer: when it runs, what it gives. */
#include "mod/promo/promo.h"
#include <math.h>

#define DAY_MINUTES	1440

const struct choice promo_kind_choices[] = {
	{ "percent", PROMO_PERCENT, TEXT_promo_kind_percent },
	{ "amount", PROMO_AMOUNT, TEXT_promo_kind_amount },
	{ "bundle", PROMO_BUNDLE, TEXT_promo_kind_bundle },
	{ "gift", PROMO_GIFT, TEXT_promo_kind_gift },
	{ 0 }
};

const struct choice promo_state_choices[] = {
	{ "draft", PROMO_DRAFT, TEXT_promo_state_draft },
	{ "asked", PROMO_ASKED, TEXT_promo_state_asked },
	{ "published", PROMO_PUBLISHED, TEXT_promo_state_published },
	{ "refused", PROMO_REFUSED, TEXT_promo_state_refused },
	{ "stopped", PROMO_STOPPED, TEXT_promo_state_stopped },
	{ "ended", PROMO_ENDED, TEXT_promo_state_ended },
	{ 0 }
};

const struct choice redeem_channel_choices[] = {
	{ "phone", REDEEM_PHONE, TEXT_promo_by_phone },
	{ "stall", REDEEM_STALL, TEXT_promo_by_stall },
	{ "api", REDEEM_API, TEXT_promo_by_api },
	{ 0 }
};

/* Who may take a promotion from where to where: this is all there is. */
static const struct { enum promo_state from, to; unsigned who; } steps[] = {
	{ PROMO_DRAFT, PROMO_ASKED, PROMO_MAKER },
	{ PROMO_DRAFT, PROMO_PUBLISHED, PROMO_ORGANISER },
	{ PROMO_ASKED, PROMO_DRAFT, PROMO_MAKER },
	{ PROMO_ASKED, PROMO_PUBLISHED, PROMO_ORGANISER },
	{ PROMO_ASKED, PROMO_REFUSED, PROMO_ORGANISER },
	{ PROMO_ASKED, PROMO_ENDED, PROMO_CLOCK },
	{ PROMO_REFUSED, PROMO_ASKED, PROMO_MAKER },
	{ PROMO_PUBLISHED, PROMO_STOPPED, PROMO_MAKER | PROMO_ORGANISER },
	{ PROMO_PUBLISHED, PROMO_ENDED, PROMO_CLOCK },
	{ PROMO_STOPPED, PROMO_ASKED, PROMO_MAKER },
	{ PROMO_STOPPED, PROMO_PUBLISHED, PROMO_ORGANISER },
	{ PROMO_STOPPED, PROMO_ENDED, PROMO_CLOCK },
};

bool promo_may_go(enum promo_state from, enum promo_state to, unsigned who)
{
	for (size_t i = 0; i < countof(steps); i++)
		if (steps[i].from == from && steps[i].to == to)
			return steps[i].who & who;
	return false;
}

bool promo_needs_reason(enum promo_state to)
{
	return to == PROMO_REFUSED || to == PROMO_STOPPED;
}

struct promo_clock promo_clock(const struct festival *f, enum zone zone, int64_t now)
{
	struct civil c = time_civil(now, zone);
	int64_t day = time_day(now, zone);

	if (f->state == FESTIVAL_OPEN && (day < f->first_day || day > f->last_day))
		day = f->last_day;
	return (struct promo_clock){ day, c.hour * 60 + c.minute };
}

static bool on_day(const struct promotion *p, int64_t day)
{
	return p->first_day <= day && day <= p->last_day;
}

bool promo_running(const struct promotion *p, struct promo_clock c)
{
	if (p->from == p->to)
		return on_day(p, c.day);
	if (p->from < p->to)
		return on_day(p, c.day) && p->from <= c.minute && c.minute < p->to;
	return (on_day(p, c.day) && c.minute >= p->from) ||
	    (on_day(p, c.day - 1) && c.minute < p->to);
}

bool promo_open(const struct promotion *p, struct promo_clock c)
{
	return promo_running(p, c) && (!p->quota || p->used < p->quota) &&
	    (!p->budget || p->given + p->worth <= p->budget);
}

bool promo_over(const struct promotion *p, struct promo_clock c)
{
	int64_t end = p->to > p->from ? p->to : p->to < p->from ? p->to + DAY_MINUTES : DAY_MINUTES;

	return (c.day - p->last_day) * DAY_MINUTES + c.minute >= end;
}

int64_t promo_given(const struct promotion *p, int64_t amount)
{
	if (p->kind == PROMO_PERCENT) {
		if (!amount)
			return p->worth;
		int64_t off = amount / 100 * p->percent + amount % 100 * p->percent / 100;
		return p->worth && off > p->worth ? p->worth : off;
	}
	return p->kind == PROMO_AMOUNT && amount && amount < p->worth ? amount : p->worth;
}

static err sane_gives(struct arena *a, const struct promotion *p)
{
	if (p->kind == PROMO_PERCENT && (p->percent < 1 || p->percent > 100))
		return ERR(a, ERR_INVALID, "promo-percent", .field = "percent");
	if (p->kind == PROMO_AMOUNT && p->worth < 1)
		return ERR(a, ERR_INVALID, "promo-worth", .field = "worth");
	if ((p->kind == PROMO_BUNDLE || p->kind == PROMO_GIFT) && !p->gives.n)
		return ERR(a, ERR_INVALID, "promo-gives", .field = "gives");
	return NULL;
}

err promo_sane(struct arena *a, const struct festival *f, const struct promotion *p)
{
	TRY(sane_gives(a, p));
	if (p->first_day > p->last_day)
		return ERR(a, ERR_INVALID, "promo-dates", .field = "last_day");
	if (p->first_day < f->first_day || p->last_day > f->last_day)
		return ERR(a, ERR_INVALID, "promo-outside", .arg = { f->name },
		    .field = p->first_day < f->first_day ? "first_day" : "last_day");
	if (p->budget && !p->worth)
		return ERR(a, ERR_INVALID, "promo-budget-worth", .field = "worth");
	if (p->budget && p->budget < p->worth)
		return ERR(a, ERR_INVALID, "promo-budget-small", .field = "budget");
	return NULL;
}

bool promo_parse_hour(str s, int64_t *minute)
{
	size_t dot = str_find(s, S("."));
	size_t at = dot != SIZE_MAX ? dot : str_find(s, S(":"));
	str hour = at == SIZE_MAX ? s : str_sub(s, 0, at);
	str behind = at == SIZE_MAX ? S("00") : str_sub(s, at + 1, s.n);
	int64_t h, m;

	if (!str_int(hour, 0, 24, &h) || behind.n != 2 || !str_int(behind, 0, 59, &m))
		return false;
	*minute = h * 60 + m;
	return *minute <= DAY_MINUTES;
}

/* ---- places ---------------------------------------------------------- */

#define DEGREE_M	111195		/* metres: 40,030 km / 360	*/
#define MICRO		1000000

int64_t place_shrink(int64_t latitude)
{
	return (int64_t)lround(cos((double)latitude / MICRO * 3.14159265358979 / 180) * 1000);
}

int64_t place_metres(int64_t lat_a, int64_t lon_a, int64_t lat_b, int64_t lon_b)
{
	double y = (double)(lat_b - lat_a);
	double x = (double)((lon_b - lon_a) * place_shrink(lat_a) / 1000);

	return (int64_t)llround(sqrt(x * x + y * y) * DEGREE_M / MICRO);
}

/* Digits behind the point as millionths; what is finer is cut off. */
static bool millionths(str s, int64_t *v)
{
	char digits[7] = "000000";

	if (s.n > 20)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
		if (i < 6)
			digits[i] = s.p[i];
	}
	return str_int((str){ digits, 6 }, 0, MICRO - 1, v);
}

static bool degree(str s, int64_t most, int64_t *v)
{
	bool minus = str_starts(s, S("-"));
	int64_t whole, part;
	str before;

	if (minus)
		s = str_sub(s, 1, s.n);
	if (!str_take(&s, '.', &before) || !str_int(before, 0, most, &whole) ||
	    !millionths(s, &part))
		return false;
	*v = (whole * MICRO + part) * (minus ? -1 : 1);
	return whole * MICRO + part <= most * MICRO;
}

bool place_parse(str s, int64_t *latitude, int64_t *longitude)
{
	str first;

	if (!str_take(&s, ',', &first))
		return false;
	return degree(str_trim(first), 90, latitude) && degree(str_trim(s), 180, longitude) &&
	    (*latitude || *longitude);
}
