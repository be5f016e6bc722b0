#include "mod/festival/merchant_hours.h"
#include <string.h>

struct word { str say; int day; };	/* 0 Monday .. 6 Sunday, or: */
enum { EVERY = 10, CLOSED, TO, AND, NOISE };

static const struct word words[] = {
	{ S_INIT("mo"), 0 }, { S_INIT("tu"), 1 }, { S_INIT("we"), 2 }, { S_INIT("th"), 3 },
	{ S_INIT("fr"), 4 }, { S_INIT("sa"), 5 }, { S_INIT("su"), 6 },
	{ S_INIT("senin"), 0 }, { S_INIT("sen"), 0 }, { S_INIT("monday"), 0 }, { S_INIT("mon"), 0 },
	{ S_INIT("selasa"), 1 }, { S_INIT("sel"), 1 }, { S_INIT("tuesday"), 1 },
	{ S_INIT("tue"), 1 }, { S_INIT("rabu"), 2 }, { S_INIT("rab"), 2 },
	{ S_INIT("wednesday"), 2 }, { S_INIT("wed"), 2 }, { S_INIT("kamis"), 3 },
	{ S_INIT("kam"), 3 }, { S_INIT("thursday"), 3 }, { S_INIT("thu"), 3 },
	{ S_INIT("jumat"), 4 }, { S_INIT("jum'at"), 4 }, { S_INIT("jum"), 4 },
	{ S_INIT("friday"), 4 }, { S_INIT("fri"), 4 }, { S_INIT("sabtu"), 5 },
	{ S_INIT("sab"), 5 }, { S_INIT("saturday"), 5 }, { S_INIT("sat"), 5 },
	{ S_INIT("minggu"), 6 }, { S_INIT("ahad"), 6 }, { S_INIT("min"), 6 },
	{ S_INIT("sunday"), 6 }, { S_INIT("sun"), 6 },
	{ S_INIT("setiap"), EVERY }, { S_INIT("tiap"), EVERY }, { S_INIT("every"), EVERY },
	{ S_INIT("daily"), EVERY }, { S_INIT("tutup"), CLOSED }, { S_INIT("libur"), CLOSED },
	{ S_INIT("closed"), CLOSED }, { S_INIT("-"), TO }, { S_INIT("–"), TO },
	{ S_INIT("s/d"), TO }, { S_INIT("sd"), TO }, { S_INIT("sampai"), TO },
	{ S_INIT("to"), TO }, { S_INIT("dan"), AND }, { S_INIT("and"), AND }, { S_INIT("&"), AND },
	{ S_INIT(","), AND }, { S_INIT(";"), AND }, { S_INIT("hari"), NOISE },
	{ S_INIT("day"), NOISE }, { S_INIT("jam"), NOISE }, { S_INIT("pukul"), NOISE },
	{ S_INIT("hours"), NOISE }, { S_INIT("buka"), NOISE }, { S_INIT("open"), NOISE },
	{ S_INIT("wib"), NOISE }, { S_INIT("wita"), NOISE }, { S_INIT("wit"), NOISE },
};

struct reader {
	str rest;
	struct hours *h;
	bool named[7], said[7];		/* waiting for a time; has one	*/
	int last;			/* day named last, or -1	*/
	int from;			/* a time without its end, or -1 */
	bool to;			/* "-" has been read		*/
};

static bool letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '\'' || c == '/';
}

static bool digit(char c)
{
	return c >= '0' && c <= '9';
}

/* "." and ":" belong to a number only before a digit. */
static size_t number_length(str s)
{
	size_t n = 0;

	while (n < s.n && (digit(s.p[n]) || ((s.p[n] == '.' || s.p[n] == ':') &&
	    n + 1 < s.n && digit(s.p[n + 1]))))
		n++;
	return n;
}

static size_t word_length(str s)
{
	size_t n = 0;

	while (n < s.n && letter(s.p[n]))
		n++;
	return n;
}

/* The next word, number or sign; empty at the end. */
static str next(struct reader *r)
{
	str s = r->rest = str_trim(r->rest);
	size_t n = word_length(s);

	if (!n)
		n = number_length(s);
	if (!n)
		n = str_starts(s, S("–")) ? sizeof "–" - 1 : 1;
	r->rest = str_sub(s, n, s.n);
	return str_sub(s, 0, n);
}

static int meaning(str w)
{
	for (size_t i = 0; i < countof(words); i++)
		if (str_eq_nocase(w, words[i].say))
			return words[i].day;
	return -1;
}

/* "8", "08", "8.30", "08:00" and "24.00"; -1: none. */
static int clock_of(str w)
{
	size_t cut = 0;
	int64_t hour, minute = 0;

	while (cut < w.n && digit(w.p[cut]))
		cut++;
	if (cut > 2 || !str_int(str_sub(w, 0, cut), 0, 24, &hour))
		return -1;
	str rest = str_sub(w, cut, w.n);
	if (rest.n && (rest.n != 3 || !str_int(str_sub(rest, 1, 2), 0, 59, &minute)))
		return -1;
	return hour == 24 && minute ? -1 : (int)(hour * 60 + minute);
}

static bool give(struct reader *r, int from, int till)
{
	bool any = false;

	for (int d = 0; d < 7; d++)
		any |= r->named[d];
	for (int d = 0; d < 7; d++) {
		if (any && !r->named[d])
			continue;
		if (r->said[d])
			return false;
		r->said[d] = true;
		r->named[d] = false;
		r->h->from[d] = (int16_t)from;
		r->h->till[d] = (int16_t)till;
	}
	r->last = r->from = -1;
	r->to = false;
	return true;
}

static bool day_read(struct reader *r, int day)
{
	if (r->from >= 0 || (r->to && r->last < 0))
		return false;
	for (int d = r->to ? (r->last + 1) % 7 : day;; d = (d + 1) % 7) {
		if (r->named[d])
			return false;
		r->named[d] = true;
		if (d == day)
			break;
	}
	r->last = day;
	r->to = false;
	return true;
}

/* "24 jam" */
static bool all_day(struct reader *r)
{
	str after = next(r);

	return !r->to && (str_eq_nocase(after, S("jam")) || str_eq_nocase(after, S("hours"))) &&
	    give(r, 0, HOURS_DAY);
}

static bool time_read(struct reader *r, str w)
{
	int t = clock_of(w), from = r->from;

	if (t == HOURS_DAY && from < 0)
		return all_day(r);
	if (t < 0)
		return false;
	if (from < 0) {
		r->from = t;
		return !r->to;
	}
	return r->to && t != from && give(r, from, t ? t : HOURS_DAY);
}

static bool every_read(struct reader *r)
{
	for (int d = 0; d < 7; d++)
		if (r->named[d])
			return false;
	memset(r->named, true, sizeof r->named);
	return true;
}

static bool to_read(struct reader *r)
{
	bool again = r->to;

	r->to = true;
	return !again && (r->from >= 0 || r->last >= 0);
}

/* Whether a sign may stand where a time or a range has just begun. */
static bool sign_read(struct reader *r, int m)
{
	bool between = r->from < 0 && !r->to;

	switch (m) {
	case EVERY:
		return between && every_read(r);
	case CLOSED:
		return between && r->last >= 0 && give(r, HOURS_CLOSED, HOURS_CLOSED);
	case TO:
		return to_read(r);
	case AND:
		return between;
	default:
		return true;
	}
}

static bool word_read(struct reader *r, str w)
{
	int m = meaning(w);

	if (m >= EVERY)
		return sign_read(r, m);
	return m >= 0 ? day_read(r, m) : time_read(r, w);
}

bool hours_parse(str s, struct hours *h)
{
	struct reader r = { .rest = s, .h = h, .last = -1, .from = -1 };
	bool any = false;

	for (int d = 0; d < 7; d++)
		h->from[d] = h->till[d] = HOURS_CLOSED;
	for (str w = next(&r); w.n; w = next(&r))
		if (!word_read(&r, w))
			return false;
	for (int d = 0; d < 7; d++) {
		if (r.named[d])
			return false;
		any |= h->from[d] != HOURS_CLOSED;
	}
	return any && r.from < 0 && !r.to;
}

/* ---- saying it -------------------------------------------------------- */

static bool same(const struct hours *h, int a, int b)
{
	return h->from[a] == h->from[b] && h->till[a] == h->till[b];
}

typedef void piece(struct buf *, int first, int last, int from, int till, enum lang);

/* Days beside each other with the same hours are one piece. */
static void pieces(struct buf *b, const struct hours *h, enum lang lang, const char *between,
    piece *put)
{
	bool some = false;

	for (int d = 0, last; d < 7; d = last + 1) {
		last = d;
		while (last < 6 && same(h, d, last + 1))
			last++;
		if (h->from[d] == HOURS_CLOSED)
			continue;
		if (some)
			buf_str(b, str_of(between));
		some = true;
		put(b, d, last, h->from[d], h->till[d], lang);
	}
}

static void put_range(struct buf *b, int from, int till, char point, const char *dash)
{
	buf_printf(b, "%02d%c%02d%s%02d%c%02d", from / 60, point, from % 60, dash, till / 60,
	    point, till % 60);
}

static void put_kept(struct buf *b, int first, int last, int from, int till, enum lang lang)
{
	static const char *const names[] = { "Mo", "Tu", "We", "Th", "Fr", "Sa", "Su" };

	(void)lang;
	buf_str(b, str_of(names[first]));
	if (last > first)
		buf_printf(b, "-%s", names[last]);
	buf_char(b, ' ');
	put_range(b, from, till, ':', "-");
}

static void put_say(struct buf *b, int first, int last, int from, int till, enum lang lang)
{
	static const char *const names[LANGS][7] = {
		{ "Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu" },
		{ "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday" },
	};

	if (first == 0 && last == 6)
		buf_str(b, lang == LANG_EN ? S("Every day") : S("Setiap hari"));
	else if (first == last)
		buf_str(b, str_of(names[lang][first]));
	else
		buf_printf(b, "%s–%s", names[lang][first], names[lang][last]);
	buf_char(b, ' ');
	if (from == 0 && till == HOURS_DAY)
		buf_str(b, lang == LANG_EN ? S("24 hours") : S("24 jam"));
	else
		put_range(b, from, till, '.', "–");
}

void hours_put(struct buf *b, const struct hours *h)
{
	pieces(b, h, LANG_ID, ", ", put_kept);
}

void hours_say(struct buf *b, const struct hours *h, enum lang lang)
{
	pieces(b, h, lang, ", ", put_say);
}
