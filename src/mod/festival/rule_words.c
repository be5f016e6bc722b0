/*
 * rule_words.c - multipliers and exclusions as people read and write them.
 * The sentences are part of rules.txt: see rules_text() in rule.h.
 */
#include "mod/festival/rule.h"

static const char *const venue[VENUE_KINDS][LANGS] = {
	[VENUE_NONE] = { "di luar lokasi gelaran", "outside the venues" },
	[VENUE_MARKET] = { "di pasar", "at a market" },
	[VENUE_MALL] = { "di mal", "at a mall" },
	[VENUE_STREET] = { "di jalan", "in a street" },
	[VENUE_CENTRE] = { "di sentra", "at a craft centre" },
};
static const char *const method[METHODS][LANGS] = {
	[METHOD_CASH] = { "tunai", "in cash" },
	[METHOD_QRIS] = { "dengan QRIS", "by QRIS" },
	[METHOD_CARD] = { "dengan kartu bank", "by bank card" },
	[METHOD_EMONEY] = { "dengan uang elektronik", "by electronic money" },
	[METHOD_TRANSFER] = { "dengan transfer", "by transfer" },
	[METHOD_OTHER] = { "dengan cara bayar lain", "by other means" },
};
static const char *const sector[SECTORS][LANGS] = {
	[SECTOR_FOOD] = { "di sektor kuliner", "in the food sector" },
	[SECTOR_FASHION] = { "di sektor busana dan batik", "in the fashion and batik sector" },
	[SECTOR_CRAFT] = { "di sektor kerajinan", "in the crafts sector" },
	[SECTOR_GROCERY] = { "di sektor kebutuhan harian", "in the groceries sector" },
	[SECTOR_ELECTRONICS] = { "di sektor elektronik", "in the electronics sector" },
	[SECTOR_HOTEL] = { "di sektor hotel dan penginapan", "in the hotel sector" },
	[SECTOR_TRANSPORT] = { "di sektor transportasi dan perjalanan",
		"in the transport and travel sector" },
	[SECTOR_AUTOMOTIVE] = { "di sektor otomotif", "in the automotive sector" },
	[SECTOR_PROPERTY] = { "di sektor properti", "in the property sector" },
	[SECTOR_BANK] = { "di sektor perbankan", "in the banking sector" },
	[SECTOR_SERVICE] = { "di sektor jasa", "in the services sector" },
	[SECTOR_OTHER] = { "di sektor lainnya", "in other sectors" },
};

static void put_times(struct buf *b, int64_t permille, enum lang l)
{
	int64_t rest = permille % 1000;
	int digits = 3;

	buf_int(b, permille / 1000);
	if (rest == 0)
		return;
	for (; rest % 10 == 0; rest /= 10)
		digits--;
	buf_printf(b, "%c%0*lld", l == LANG_ID ? ',' : '.', digits, (long long)rest);
}

static void put_hour(struct buf *b, int hour, enum lang l)
{
	if (l == LANG_ID)
		buf_printf(b, "pukul %02d.00-%02d.59", hour, hour);
	else
		buf_printf(b, "from %02d:00 to %02d:59", hour, hour);
}

static void put_key(struct buf *b, const struct rule_multiplier *m, enum lang l)
{
	switch (m->kind) {
	case RULE_KEY_VENUE:	buf_str(b, str_of(venue[m->key][l])); return;
	case RULE_KEY_METHOD:	buf_str(b, str_of(method[m->key][l])); return;
	case RULE_KEY_HOUR:	put_hour(b, (int)m->key, l); return;
	case RULE_KEY_DAY:
		buf_str(b, l == LANG_ID ? S("tanggal ") : S("on "));
		time_put_day(b, m->key, l);
		return;
	case RULE_KEY_SECTOR:	buf_str(b, str_of(sector[m->key][l])); return;
	case RULE_KEY_MERCHANT:
		buf_str(b, l == LANG_ID ? S("di ") : S("at "));
		buf_str(b, m->label);
		return;
	case RULE_KEYS:		break;
	}
	panic("no multiplier of kind %d", (int)m->kind);
}

void rule_put_multiplier(struct buf *b, const struct rule_multiplier *m, enum lang l)
{
	buf_str(b, l == LANG_ID ? S("Belanja ") : S("Purchases "));
	put_key(b, m, l);
	if (m->permille == 0) {
		buf_str(b, l == LANG_ID ? S(" tidak dihitung.") : S(" do not count."));
		return;
	}
	buf_str(b, l == LANG_ID ? S(" dihitung ") : S(" count "));
	put_times(b, m->permille, l);
	buf_str(b, l == LANG_ID ? S(" kali.") : S(" times."));
}

bool rule_multiplier_is(const struct rule_multiplier *m, const struct rule_facts *f,
    enum rule_step bit)
{
	const struct { enum rule_step bit; int64_t key; } of[RULE_KEYS] = {
		[RULE_KEY_VENUE] = { RULE_STEP_VENUE, (int64_t)f->venue },
		[RULE_KEY_METHOD] = { RULE_STEP_METHOD, (int64_t)f->method },
		[RULE_KEY_HOUR] = { RULE_STEP_HOUR, f->hour },
		[RULE_KEY_DAY] = { RULE_STEP_DAY, f->day },
		[RULE_KEY_SECTOR] = { RULE_STEP_SECTOR, (int64_t)f->sector },
		[RULE_KEY_MERCHANT] = { RULE_STEP_MERCHANT, f->merchant },
	};

	return of[m->kind].bit == bit && of[m->kind].key == m->key;
}

str rule_permille_text(struct arena *a, int64_t permille, enum lang l)
{
	struct buf b = BUF(a, 30);

	put_times(&b, permille, l);
	return buf_done(&b);
}

/* What people write behind a factor. */
static bool is_unit(str s)
{
	static const char *const words[] = { "", "x", "X", "kali", "times" };

	s = str_trim(s);
	for (size_t i = 0; i < countof(words); i++)
		if (str_eq(s, str_of(words[i])))
			return true;
	return false;
}

static bool is_digit(str s, size_t i)
{
	return i < s.n && s.p[i] >= '0' && s.p[i] <= '9';
}

/* Behind the comma, or nothing there.  *i moves over it. */
static bool take_part(str s, size_t *i, int64_t *permille)
{
	int64_t part = 1000;
	size_t from;

	if (*i == s.n || (s.p[*i] != ',' && s.p[*i] != '.'))
		return true;
	from = ++*i;
	for (; is_digit(s, *i) && part > 1; ++*i)
		*permille += (s.p[*i] - '0') * (part /= 10);
	return *i > from;
}

bool rule_permille_parse(str s, int64_t *permille)
{
	int64_t n = 0;
	size_t i = 0;

	s = str_trim(s);
	for (; is_digit(s, i) && n <= RULE_PERMILLE_MAX; i++)
		n = n * 10 + (s.p[i] - '0');
	*permille = n * 1000;
	return i > 0 && take_part(s, &i, permille) && *permille <= RULE_PERMILLE_MAX &&
	    is_unit(str_sub(s, i, s.n - i));
}
