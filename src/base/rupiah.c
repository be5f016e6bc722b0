#include "base/rupiah.h"

/* ---- reading ------------------------------------------------------- */

static bool digit(str s, size_t i)
{
	return i < s.n && s.p[i] >= '0' && s.p[i] <= '9';
}

static size_t digits(str s, size_t from)
{
	size_t n = 0;

	while (digit(s, from + n))
		n++;
	return n;
}

static str rest(str s, size_t from)
{
	return str_sub(s, from, s.n);
}

/* White space off the front, the no-break space of web pages too. */
static str skip(str s)
{
	const str nbsp = S("\xc2\xa0");

	for (;;) {
		if (str_starts(s, nbsp))
			s = rest(s, nbsp.n);
		else if (s.n && (s.p[0] == ' ' || (s.p[0] >= '\t' && s.p[0] <= '\r')))
			s = rest(s, 1);
		else
			return s;
	}
}

static bool take_word(str *s, str word)
{
	if (s->n < word.n || !str_eq_nocase(str_sub(*s, 0, word.n), word))
		return false;
	*s = skip(rest(*s, word.n));
	return true;
}

static bool more(int64_t *v, int64_t digit_value)
{
	*v = *v * 10 + digit_value;
	return *v <= RUPIAH_MAX;
}

static bool add_digits(str s, size_t from, size_t n, int64_t *v)
{
	for (size_t i = from; i < from + n; i++)
		if (!more(v, s.p[i] - '0'))
			return false;
	return true;
}

/* "1250000" or "1.250.000"; a dot that does not part thousands is refused. */
static bool take_whole(str *s, int64_t *v)
{
	size_t n = digits(*s, 0);

	*v = 0;
	if (n == 0 || !add_digits(*s, 0, n, v))
		return false;
	bool groups = n <= 3 && s->p[0] != '0';
	while (n < s->n && s->p[n] == '.') {
		if (!groups || digits(*s, n + 1) != 3 || !add_digits(*s, n + 1, 3, v))
			return false;
		n += 4;
	}
	*s = rest(*s, n);
	return true;
}

/*
 * What stands behind the comma.  Three digits could be thousands written
 * the English way, so they are refused.
 */
static bool take_decimals(str *s, str *decimals)
{
	*decimals = (str){ 0 };
	if (!s->n || s->p[0] != ',')
		return true;
	size_t n = digits(*s, 1);
	if (n == 0 || n == 3)
		return false;
	*decimals = str_sub(*s, 1, n);
	*s = rest(*s, n + 1);
	return true;
}

static bool take_unit(str *s, int64_t *unit)
{
	static const struct { str word; int64_t value; } units[] = {
		{ S_INIT("ribu"), 1000 },
		{ S_INIT("rb"), 1000 },
		{ S_INIT("juta"), 1000000 },
		{ S_INIT("jt"), 1000000 },
		{ S_INIT("miliar"), 1000000000 },
		{ S_INIT("milyar"), 1000000000 },
		{ S_INIT("triliun"), 1000000000000 },
	};

	for (size_t i = 0; i < countof(units); i++)
		if (take_word(s, units[i].word)) {
			*unit = units[i].value;
			return true;
		}
	return false;
}

/* whole,decimals of a unit, where that is whole rupiah */
static bool scale(int64_t whole, str decimals, int64_t unit, int64_t *amount)
{
	if (__builtin_mul_overflow(whole, unit, amount))
		return false;
	for (size_t i = 0; i < decimals.n; i++) {
		int d = decimals.p[i] - '0';
		if (unit % 10 && d)
			return false;
		unit = unit % 10 ? unit : unit / 10;
		*amount += d * unit;
	}
	return *amount <= RUPIAH_MAX;
}

/* What may stand behind the whole rupiah: ",-", ",00" or a unit. */
static bool tail(str s, int64_t whole, int64_t *amount)
{
	int64_t unit;
	str decimals;

	if (str_starts(s, S(",-"))) {
		*amount = whole;
		return skip(rest(s, 2)).n == 0;
	}
	if (!take_decimals(&s, &decimals))
		return false;
	s = skip(s);
	if (s.n == 0) {
		*amount = whole;
		return decimals.n == 0 || str_eq(decimals, S("00"));
	}
	return take_unit(&s, &unit) && s.n == 0 && scale(whole, decimals, unit, amount);
}

bool rupiah_parse(str s, int64_t *amount)
{
	int64_t whole, v = 0;

	s = skip(s);
	if (take_word(&s, S("Rp")) && str_starts(s, S(".")))
		s = skip(rest(s, 1));
	if (!take_whole(&s, &whole) || !tail(skip(s), whole, &v))
		return false;
	*amount = v;
	return true;
}

/* ---- writing ------------------------------------------------------- */

static uint64_t absolute(int64_t n)
{
	return n < 0 ? -(uint64_t)n : (uint64_t)n;
}

static void put_grouped(struct buf *b, uint64_t n)
{
	char out[32];
	size_t i = sizeof out;

	for (int k = 0; k == 0 || n; k++, n /= 10) {
		if (k && k % 3 == 0)
			out[--i] = '.';
		out[--i] = (char)('0' + n % 10);
	}
	buf_put(b, out + i, sizeof out - i);
}

void number_put(struct buf *b, int64_t n)
{
	if (n < 0)
		buf_char(b, '-');
	put_grouped(b, absolute(n));
}

void rupiah_put(struct buf *b, int64_t amount)
{
	if (amount < 0)
		buf_char(b, '-');
	buf_str(b, S("Rp "));
	put_grouped(b, absolute(amount));
}

struct scale { uint64_t unit; str word[LANGS]; };

static const struct scale scales[] = {
	{ UINT64_C(1000000000000000000), { S_INIT("kuintiliun"), S_INIT("quintillion") } },
	{ UINT64_C(1000000000000000), { S_INIT("kuadriliun"), S_INIT("quadrillion") } },
	{ UINT64_C(1000000000000), { S_INIT("triliun"), S_INIT("trillion") } },
	{ UINT64_C(1000000000), { S_INIT("miliar"), S_INIT("billion") } },
	{ UINT64_C(1000000), { S_INIT("juta"), S_INIT("million") } },
	{ UINT64_C(1000), { S_INIT("ribu"), S_INIT("thousand") } },
};

/*
 * Two digits behind the comma below ten, else one, cut and not rounded:
 * a short figure never says more than there is.
 */
void rupiah_put_short(struct buf *b, int64_t amount, enum lang lang)
{
	uint64_t n = absolute(amount);
	const struct scale *s = scales;

	if (n < 1000000) {
		rupiah_put(b, amount);
		return;
	}
	while (s->unit > n)
		s++;
	uint64_t whole = n / s->unit, hundredths = n / (s->unit / 100) % 100;
	if (whole >= 10)
		hundredths -= hundredths % 10;
	buf_str(b, amount < 0 ? S("-Rp ") : S("Rp "));
	buf_int(b, (int64_t)whole);
	if (hundredths) {
		buf_char(b, lang == LANG_EN ? '.' : ',');
		buf_int(b, (int64_t)hundredths / 10);
		if (hundredths % 10)
			buf_int(b, (int64_t)hundredths % 10);
	}
	buf_char(b, ' ');
	buf_str(b, s->word[lang]);
}

/* A space between words, none before the first. */
struct words { struct buf *b; bool any; };

static void say(struct words *w, str word)
{
	if (w->any)
		buf_char(w->b, ' ');
	buf_str(w->b, word);
	w->any = true;
}

static void say_under_1000_id(struct words *w, unsigned n)
{
	static const str unit[] = {
		S_INIT("nol"), S_INIT("satu"), S_INIT("dua"), S_INIT("tiga"),
		S_INIT("empat"), S_INIT("lima"), S_INIT("enam"), S_INIT("tujuh"),
		S_INIT("delapan"), S_INIT("sembilan"), S_INIT("sepuluh"),
		S_INIT("sebelas"),
	};

	if (n >= 200)
		say(w, unit[n / 100]);
	if (n >= 100)
		say(w, n < 200 ? S("seratus") : S("ratus"));
	n %= 100;
	if (n >= 20) {
		say(w, unit[n / 10]);
		say(w, S("puluh"));
		n %= 10;
	}
	if (n)
		say(w, unit[n < 12 ? n : n - 10]);
	if (n >= 12)
		say(w, S("belas"));
}

static void say_under_1000_en(struct words *w, unsigned n)
{
	static const str unit[] = {
		S_INIT("zero"), S_INIT("one"), S_INIT("two"), S_INIT("three"),
		S_INIT("four"), S_INIT("five"), S_INIT("six"), S_INIT("seven"),
		S_INIT("eight"), S_INIT("nine"), S_INIT("ten"), S_INIT("eleven"),
		S_INIT("twelve"), S_INIT("thirteen"), S_INIT("fourteen"),
		S_INIT("fifteen"), S_INIT("sixteen"), S_INIT("seventeen"),
		S_INIT("eighteen"), S_INIT("nineteen"),
	};
	static const str ten[] = {
		S_INIT(""), S_INIT(""), S_INIT("twenty"), S_INIT("thirty"),
		S_INIT("forty"), S_INIT("fifty"), S_INIT("sixty"),
		S_INIT("seventy"), S_INIT("eighty"), S_INIT("ninety"),
	};

	if (n >= 100) {
		say(w, unit[n / 100]);
		say(w, S("hundred"));
	}
	n %= 100;
	if (n < 20) {
		if (n)
			say(w, unit[n]);
		return;
	}
	say(w, ten[n / 10]);
	if (n % 10) {
		buf_char(w->b, '-');
		buf_str(w->b, unit[n % 10]);
	}
}

static void say_under_1000(struct words *w, unsigned n, enum lang lang)
{
	if (lang == LANG_EN)
		say_under_1000_en(w, n);
	else
		say_under_1000_id(w, n);
}

void number_put_words(struct buf *b, int64_t number, enum lang lang)
{
	struct words w = { .b = b };
	uint64_t n = absolute(number);

	if (number == 0)
		say(&w, lang == LANG_EN ? S("zero") : S("nol"));
	if (number < 0)
		say(&w, S("minus"));
	for (size_t i = 0; i < countof(scales); n %= scales[i++].unit) {
		unsigned group = (unsigned)(n / scales[i].unit);
		if (group == 0)
			continue;
		if (lang == LANG_ID && group == 1 && scales[i].unit == 1000) {
			say(&w, S("seribu"));
			continue;
		}
		say_under_1000(&w, group, lang);
		say(&w, scales[i].word[lang]);
	}
	say_under_1000(&w, (unsigned)n, lang);
}

void rupiah_put_words(struct buf *b, int64_t amount, enum lang lang)
{
	number_put_words(b, amount, lang);
	buf_str(b, S(" rupiah"));
}
