#include "base/base.h"
#include "tap.h"

static void reading(void)
{
	static const struct { const char *s; int64_t v; } t[] = {
		{ "0", 0 }, { "1", 1 }, { "50000", 50000 }, { "50.000", 50000 },
		{ "1.250.000", 1250000 }, { "Rp 1.250.000,-", 1250000 },
		{ "9", 9 }, { "999.999", 999999 }, { "99,99 juta", 99990000 },
		{ "250.000", 250000 },
		{ "Rp1.250.000,00", 1250000 }, { "Rp. 1.250.000", 1250000 },
		{ "rp 50.000 ,-", 50000 }, { "RP50000,-", 50000 }, { "50000,00", 50000 },
		{ "  50000  ", 50000 }, { "\t50.000\r\n", 50000 },
		{ "Rp\xc2\xa0""50.000", 50000 }, { "50\xc2\xa0rb", 50000 },
		{ "50 rb", 50000 }, { "50rb", 50000 }, { "50 RB", 50000 }, { "50 ribu", 50000 },
		{ "1,5 juta", 1500000 }, { "1,5jt", 1500000 }, { "2,75 jt", 2750000 },
		{ "1,50 juta", 1500000 }, { "1,00 juta", 1000000 }, { "Rp 3 juta", 3000000 },
		{ "1.250 rb", 1250000 }, { "2 miliar", INT64_C(2000000000) },
		{ "1,5 milyar", INT64_C(1500000000) }, { "1,16 triliun", INT64_C(1160000000000) },
		{ "0,5 juta", 500000 }, { "1,234567 juta", 1234567 }, { "7,5 rb", 7500 },
		{ "1,50000000 juta", 1500000 }, { "007", 7 },
		{ "1000000000000000", RUPIAH_MAX }, { "1.000.000.000.000.000", RUPIAH_MAX },
		{ "1000 triliun", RUPIAH_MAX }, { "000000000000000000001", 1 },
	};

	for (size_t i = 0; i < countof(t); i++) {
		int64_t v = -1;
		ok(rupiah_parse(str_of(t[i].s), &v) && v == t[i].v, "\"%s\" is %lld", t[i].s,
		    (long long)t[i].v);
	}
}

static void refusing(void)
{
	static const char *const t[] = {
		"", " ", "Rp", "Rp.", "rb", "juta", ",", ".", ",-", ",00",
		"1.25", "1,250", "1.5", "1,5", "1,250 juta", "1.5 juta", "1.25 rb", "0.500",
		"01.000", "1.0000", "1.00", "1..000", "1.000.", ".500", "1000.000", "12345.678",
		"1.000.00", "1,250,000", "1.250,000", "1 250 000", "1'250'000", "50 000",
		"-5", "-50.000", "Rp -5", "+5", "(500)", "5-", "50.000,0", "50.000,01", "50.000,50",
		"50.000,000", "50.000,", "50.000,--", "50.000,-x", "50.000.-", "50.000,- rb",
		"0,0005 rb", "1,2345678 juta", "1,0001 rb", "50 rbx", "50 r", "50 rb rb",
		"50 rb juta",
		"50 ribu5", "5 M", "5 k", "5 puluh", "$5", "Rp Rp 5", "USD 5", "1e6", "0x10", "5.",
		"1000000000000001", "1.000.000.000.000.001", "1001 triliun", "1000,01 triliun",
		"9223372036854775807", "9223372036854775808", "99999999999999999999999999999999",
		"999999999999999 triliun", "\xd9\xa5", "5\xc2", "\xc2\xa0",
	};

	for (size_t i = 0; i < countof(t); i++) {
		int64_t v = -77;
		ok(!rupiah_parse(str_of(t[i]), &v) && v == -77, "no amount: \"%s\"", t[i]);
	}
	int64_t v;
	ok(!rupiah_parse((str){ "5\0", 2 }, &v) && !rupiah_parse((str){ 0 }, &v), "NUL, NULL");
}

static str put(struct arena *a, void (*fn)(struct buf *, int64_t), int64_t v)
{
	struct buf b = BUF(a, 100);

	fn(&b, v);
	return buf_done(&b);
}

static void writing(struct arena *a)
{
	static const struct { int64_t v; const char *s; } t[] = {
		{ 0, "0" }, { 7, "7" }, { 999, "999" }, { 1000, "1.000" }, { 10000, "10.000" },
		{ 100000, "100.000" }, { 1161765, "1.161.765" }, { -1, "-1" }, { -1000, "-1.000" },
		{ -999, "-999" }, { INT64_MAX, "9.223.372.036.854.775.807" },
		{ INT64_MIN, "-9.223.372.036.854.775.808" },
	};

	for (size_t i = 0; i < countof(t); i++)
		ok(str_eq(put(a, number_put, t[i].v), str_of(t[i].s)), "number %s", t[i].s);
	ok(str_eq(put(a, rupiah_put, INT64_C(1161765651336)), S("Rp 1.161.765.651.336")) &&
	    str_eq(put(a, rupiah_put, 0), S("Rp 0")) &&
	    str_eq(put(a, rupiah_put, -50000), S("-Rp 50.000")), "rupiah_put");
}

static void shortly(struct arena *a)
{
	static const struct { int64_t v; const char *id, *en; } t[] = {
		{ 0, "Rp 0", "Rp 0" },
		{ 999999, "Rp 999.999", "Rp 999.999" },
		{ 1000000, "Rp 1 juta", "Rp 1 million" },
		{ 1500000, "Rp 1,5 juta", "Rp 1.5 million" },
		{ 1050000, "Rp 1,05 juta", "Rp 1.05 million" },
		{ 1009999, "Rp 1 juta", "Rp 1 million" },
		{ 9999999, "Rp 9,99 juta", "Rp 9.99 million" },
		{ 10000000, "Rp 10 juta", "Rp 10 million" },
		{ 12345678, "Rp 12,3 juta", "Rp 12.3 million" },
		{ 10090000, "Rp 10 juta", "Rp 10 million" },
		{ 999999999, "Rp 999,9 juta", "Rp 999.9 million" },
		{ INT64_C(1000000000), "Rp 1 miliar", "Rp 1 billion" },
		{ INT64_C(612499000000), "Rp 612,4 miliar", "Rp 612.4 billion" },
		{ INT64_C(1161765651336), "Rp 1,16 triliun", "Rp 1.16 trillion" },
		{ RUPIAH_MAX, "Rp 1 kuadriliun", "Rp 1 quadrillion" },
		{ -1500000, "-Rp 1,5 juta", "-Rp 1.5 million" },
		{ INT64_MAX, "Rp 9,22 kuintiliun", "Rp 9.22 quintillion" },
		{ INT64_MIN, "-Rp 9,22 kuintiliun", "-Rp 9.22 quintillion" },
	};

	for (size_t i = 0; i < countof(t); i++) {
		struct buf id = BUF(a, 100), en = BUF(a, 100);
		rupiah_put_short(&id, t[i].v, LANG_ID);
		rupiah_put_short(&en, t[i].v, LANG_EN);
		ok(str_eq(buf_done(&id), str_of(t[i].id)) && str_eq(buf_done(&en), str_of(t[i].en)),
		    "%s, %s", t[i].id, t[i].en);
	}
}

static void words(struct arena *a)
{
	static const struct { int64_t v; const char *id, *en; } t[] = {
		{ 0, "nol", "zero" },
		{ 1, "satu", "one" },
		{ 10, "sepuluh", "ten" },
		{ 11, "sebelas", "eleven" },
		{ 12, "dua belas", "twelve" },
		{ 18, "delapan belas", "eighteen" },
		{ 19, "sembilan belas", "nineteen" },
		{ 20, "dua puluh", "twenty" },
		{ 21, "dua puluh satu", "twenty-one" },
		{ 99, "sembilan puluh sembilan", "ninety-nine" },
		{ 100, "seratus", "one hundred" },
		{ 101, "seratus satu", "one hundred one" },
		{ 110, "seratus sepuluh", "one hundred ten" },
		{ 111, "seratus sebelas", "one hundred eleven" },
		{ 119, "seratus sembilan belas", "one hundred nineteen" },
		{ 200, "dua ratus", "two hundred" },
		{ 999, "sembilan ratus sembilan puluh sembilan", "nine hundred ninety-nine" },
		{ 1000, "seribu", "one thousand" },
		{ 1001, "seribu satu", "one thousand one" },
		{ 1100, "seribu seratus", "one thousand one hundred" },
		{ 1111, "seribu seratus sebelas", "one thousand one hundred eleven" },
		{ 2000, "dua ribu", "two thousand" },
		{ 10000, "sepuluh ribu", "ten thousand" },
		{ 11000, "sebelas ribu", "eleven thousand" },
		{ 21000, "dua puluh satu ribu", "twenty-one thousand" },
		{ 100000, "seratus ribu", "one hundred thousand" },
		{ 101000, "seratus satu ribu", "one hundred one thousand" },
		{ 111111, "seratus sebelas ribu seratus sebelas",
		    "one hundred eleven thousand one hundred eleven" },
		{ 1000000, "satu juta", "one million" },
		{ 1000001, "satu juta satu", "one million one" },
		{ 1001000, "satu juta seribu", "one million one thousand" },
		{ 1001001, "satu juta seribu satu", "one million one thousand one" },
		{ 100000000, "seratus juta", "one hundred million" },
		{ 1000000000, "satu miliar", "one billion" },
		{ INT64_C(1000001000), "satu miliar seribu", "one billion one thousand" },
		{ INT64_C(1161765651336),
		    "satu triliun seratus enam puluh satu miliar tujuh ratus enam puluh lima juta "
		    "enam ratus lima puluh satu ribu tiga ratus tiga puluh enam",
		    "one trillion one hundred sixty-one billion seven hundred sixty-five million "
		    "six hundred fifty-one thousand three hundred thirty-six" },
		{ RUPIAH_MAX, "satu kuadriliun", "one quadrillion" },
		{ -1500, "minus seribu lima ratus", "minus one thousand five hundred" },
	};

	for (size_t i = 0; i < countof(t); i++) {
		struct buf id = BUF(a, 1000), en = BUF(a, 1000);
		number_put_words(&id, t[i].v, LANG_ID);
		number_put_words(&en, t[i].v, LANG_EN);
		ok(str_eq(buf_done(&id), str_of(t[i].id)) && str_eq(buf_done(&en), str_of(t[i].en)),
		    "%s", t[i].id);
	}
	struct buf id = BUF(a, 100), en = BUF(a, 100);
	rupiah_put_words(&id, 50000, LANG_ID);
	rupiah_put_words(&en, 50000, LANG_EN);
	ok(str_eq(buf_done(&id), S("lima puluh ribu rupiah")) &&
	    str_eq(buf_done(&en), S("fifty thousand rupiah")), "with rupiah");
}

/* ---- the words read back, by the grammar and not by the writer ---------- */

struct word { const char *s; int64_t v; };

static int64_t find(const struct word *w, str s)
{
	for (; w->s; w++)
		if (str_eq(str_of(w->s), s))
			return w->v;
	return -1;
}

/* "group" is below 1000 and waits for its scale; "digit" for ratus, puluh, belas. */
static int64_t read_id(str s)
{
	static const struct word digits[] = { { "satu", 1 }, { "dua", 2 }, { "tiga", 3 },
	    { "empat", 4 }, { "lima", 5 }, { "enam", 6 }, { "tujuh", 7 }, { "delapan", 8 },
	    { "sembilan", 9 }, { NULL, 0 } };
	static const struct word fixed[] = { { "sepuluh", 10 }, { "sebelas", 11 },
	    { "seratus", 100 }, { "nol", 0 }, { NULL, 0 } };
	static const struct word large[] = { { "ribu", 1000 }, { "juta", 1000000 },
	    { "miliar", 1000000000 }, { "triliun", INT64_C(1000000000000) },
	    { "kuadriliun", INT64_C(1000000000000000) }, { NULL, 0 } };
	int64_t total = 0, group = 0, digit = 0, v;
	str w;

	while (str_take(&s, ' ', &w)) {
		if ((v = find(digits, w)) > 0) {
			digit = v;
		} else if (str_eq(w, S("belas"))) {
			group += 10 + digit;
			digit = 0;
		} else if (str_eq(w, S("puluh"))) {
			group += 10 * digit;
			digit = 0;
		} else if (str_eq(w, S("ratus"))) {
			group += 100 * digit;
			digit = 0;
		} else if ((v = find(fixed, w)) >= 0) {
			group += v;
		} else if (str_eq(w, S("seribu"))) {
			total += 1000;
		} else if ((v = find(large, w)) > 0) {
			total += (group + digit) * v;
			group = digit = 0;
		} else {
			return -1;
		}
	}
	return total + group + digit;
}

static int64_t read_en(str s)
{
	static const struct word fixed[] = { { "zero", 0 }, { "one", 1 }, { "two", 2 },
	    { "three", 3 }, { "four", 4 }, { "five", 5 }, { "six", 6 }, { "seven", 7 },
	    { "eight", 8 }, { "nine", 9 }, { "ten", 10 }, { "eleven", 11 }, { "twelve", 12 },
	    { "thirteen", 13 }, { "fourteen", 14 }, { "fifteen", 15 }, { "sixteen", 16 },
	    { "seventeen", 17 }, { "eighteen", 18 }, { "nineteen", 19 }, { "twenty", 20 },
	    { "thirty", 30 }, { "forty", 40 }, { "fifty", 50 }, { "sixty", 60 },
	    { "seventy", 70 }, { "eighty", 80 }, { "ninety", 90 }, { NULL, 0 } };
	static const struct word large[] = { { "thousand", 1000 }, { "million", 1000000 },
	    { "billion", 1000000000 }, { "trillion", INT64_C(1000000000000) },
	    { "quadrillion", INT64_C(1000000000000000) }, { NULL, 0 } };
	int64_t total = 0, group = 0, v;
	str w, part;

	while (str_take(&s, ' ', &w)) {
		if (str_eq(w, S("hundred"))) {
			group *= 100;
		} else if ((v = find(large, w)) > 0) {
			total += group * v;
			group = 0;
		} else {
			while (str_take(&w, '-', &part)) {
				if ((v = find(fixed, part)) < 0)
					return -1;
				group += v;
			}
		}
	}
	return total + group;
}

static bool same(struct arena *a, int64_t v)
{
	struct buf id = BUF(a, 1000), en = BUF(a, 1000);

	number_put_words(&id, v, LANG_ID);
	number_put_words(&en, v, LANG_EN);
	/* "satu ratus", "satu puluh", "satu belas" and a lone "satu ribu" are wrong. */
	str s = buf_done(&id);
	bool bad = str_find(s, S("satu ratus")) != SIZE_MAX ||
	    str_find(s, S("satu puluh ")) != SIZE_MAX || str_find(s, S("satu belas")) != SIZE_MAX ||
	    str_starts(s, S("satu ribu")) || str_find(s, S("juta satu ribu")) != SIZE_MAX ||
	    str_find(s, S("  ")) != SIZE_MAX || str_starts(s, S(" ")) || str_ends(s, S(" "));
	return !bad && read_id(s) == v && read_en(buf_done(&en)) == v;
}

static void words_back(struct arena *a)
{
	struct prng r;
	unsigned wrong = 0;

	for (int64_t v = 0; v < 20000; v++) {
		wrong += !same(a, v) || !same(a, v * 1000) || !same(a, v * 1000000);
		if (v % 500 == 0)
			arena_reset(a);
	}
	ok(wrong == 0, "0 to 19,999, of units, thousands and millions, are understood");
	prng_seed(&r, 5);
	for (int i = 0; i < 20000; i++) {
		uint64_t most = RUPIAH_MAX;
		for (uint64_t k = prng_below(&r, 15); k; k--)
			most /= 10;
		wrong += !same(a, (int64_t)prng_below(&r, most + 1));
		if (i % 500 == 0)
			arena_reset(a);
	}
	ok(wrong == 0, "and twenty thousand amounts of all sizes");
}

int main(void)
{
	struct arena *a = arena_new();

	reading();
	refusing();
	writing(a);
	shortly(a);
	words(a);
	words_back(a);
	arena_free(&a);
	return done();
}
