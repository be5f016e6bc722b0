/* Over the whole data set: what the program says against the CSV files. */
#include "core/region.h"

#include <stdlib.h>
#include <string.h>

#include "tap.h"

static str slurp(struct arena *a, const char *name)
{
	const char *root = getenv("LARIS_ROOT");
	str path = arena_printf(a, "%s/node_modules/idn-area-data/data/%s",
	    root ? root : ".", name);
	FILE *f = fopen(arena_cstr(a, path), "rb");

	if (!f)
		return (str){ 0 };
	char *p = arena_bytes(a, 4 << 20);
	size_t n = fread(p, 1, 4 << 20, f);
	fclose(f);
	return (str){ p, n };
}

/* The last column; "" inside quotes is one quote (RFC 4180). */
static str unquoted(struct arena *a, str s)
{
	struct buf b = BUF(a, 200);

	if (!str_starts(s, S("\"")))
		return s;
	for (size_t i = 1; i + 1 < s.n; i++) {
		if (s.p[i] == '"')
			i++;
		buf_char(&b, s.p[i]);
	}
	return buf_done(&b);
}

/* Every row of the file is found, with its name, parent and UTF-8. */
static void against_csv(struct arena *a, enum region_level level, const char *file)
{
	str all = slurp(a, file), line, code, parent;
	size_t n = 0, wrong = 0;
	struct region r, up;

	if (!str_take(&all, '\n', &line)) {
		ok(false, "%s can be read", file);
		return;
	}
	while (str_take(&all, '\n', &line)) {
		if (!line.n)
			continue;
		n++;
		if (!str_take(&line, ',', &code))
			continue;
		if (level != REGION_PROVINCE && !str_take(&line, ',', &parent))
			continue;
		str name = unquoted(a, str_trim(line));
		bool same = region_any(code, &r) && r.level == level &&
		    str_eq(r.code, code) && str_eq(r.name, name) && str_utf8(r.name);
		if (same && level != REGION_PROVINCE)
			same = region_parent(&r, &up) && str_eq(up.code, parent) &&
			    up.zone == r.zone;
		wrong += !same;
	}
	ok(n == region_count(level) && !wrong, "%s: %zu rows, %zu not the same", file, n, wrong);
}

/* Walking down from the provinces meets every village once, in order. */
static void walk(void)
{
	struct region p, c, d, v;
	size_t n[REGION_LEVELS] = { 0 }, astray = 0;

	for (size_t i = 0; i < region_count(REGION_PROVINCE); i++) {
		region_at(REGION_PROVINCE, i, &p);
		for (size_t j = 0; j < region_children(&p); j++) {
			region_child(&p, j, &c);
			for (size_t k = 0; k < region_children(&c); k++) {
				region_child(&c, k, &d);
				for (size_t l = 0; l < region_children(&d); l++) {
					region_child(&d, l, &v);
					astray += v.at != n[REGION_VILLAGE]++ ||
					    !str_starts(v.code, d.code);
				}
				n[REGION_DISTRICT]++;
			}
			n[REGION_REGENCY]++;
		}
	}
	ok(n[REGION_REGENCY] == 514 && n[REGION_DISTRICT] == region_count(REGION_DISTRICT) &&
	    n[REGION_VILLAGE] == region_count(REGION_VILLAGE) && !astray,
	    "from the top down every district and village is met once");
	ok(region_children(&v) == 0, "a village has nothing below it");
}

static void slugs(struct arena *a)
{
	struct region r, back;
	size_t wrong = 0;

	for (size_t i = 0; i < region_count(REGION_REGENCY); i++) {
		region_at(REGION_REGENCY, i, &r);
		str s = region_slug(a, r.name);
		bool form = s.n > 0 && s.p[0] != '-' && s.p[s.n - 1] != '-';
		for (size_t k = 0; k < s.n; k++)
			form &= (s.p[k] >= 'a' && s.p[k] <= 'z') || s.p[k] == '-';
		/* back is the first of that slug: the same only if no two share it */
		if (!form || !region_by_slug(s, &back) || back.at != r.at)
			wrong++;
	}
	ok(!wrong, "514 slugs, no two the same, letters and single hyphens only");
	ok(str_eq(region_slug(a, S("Kota Surakarta")), S("surakarta")), "surakarta");
	ok(str_eq(region_slug(a, S("Kabupaten Kediri")), S("kab-kediri")), "kab-kediri");
	ok(str_eq(region_slug(a, S("Kabupaten Toli-Toli")), S("kab-toli-toli")), "kab-toli-toli");
	ok(str_eq(region_slug(a, S("Kota Administrasi Jakarta Pusat")), S("jakarta-pusat")),
	    "jakarta-pusat");
	ok(!region_by_slug(S("atlantis"), &r), "no such slug");
}

static void codes(void)
{
	struct region r, d;

	ok(region_by_code(S("33.72"), &r) && str_eq(r.name, S("Kota Surakarta")) &&
	    r.zone == ZONE_WIB, "33.72 is Kota Surakarta, WIB");
	ok(region_by_code(S("3372"), &r) && str_eq(r.code, S("33.72")), "3372 too");
	ok(region_children(&r) == 5, "with five kecamatan");
	region_child(&r, 0, &d);
	ok(str_eq(d.code, S("33.72.01")) && str_eq(d.name, S("Laweyan")), "the first is Laweyan");
	ok(region_by_code(S("35.71"), &r) && str_eq(r.name, S("Kota Kediri")),
	    "35.71 is Kota Kediri");
	static const str junk[] = { S_INIT(""), S_INIT("33"), S_INIT("33.7"), S_INIT("33.99"),
		S_INIT("33.72.01"), S_INIT("33-72"), S_INIT("zzzz"), S_INIT("33.72 "),
		S_INIT("00.00"), S_INIT("99.99") };
	for (size_t i = 0; i < countof(junk); i++)
		ok(!region_by_code(junk[i], &r), "no regency: \"%.*s\"", SV(junk[i]));
	ok(!region_any(S("33.72.01.9999"), &r) && !region_any(S("3.3"), &r), "no such village");
}

static void zones(void)
{
	static const struct { str code; enum zone zone; } want[] = {
		{ S_INIT("11"), ZONE_WIB }, { S_INIT("21"), ZONE_WIB },
		{ S_INIT("36"), ZONE_WIB }, { S_INIT("51"), ZONE_WITA },
		{ S_INIT("53"), ZONE_WITA }, { S_INIT("61"), ZONE_WIB },
		{ S_INIT("62"), ZONE_WIB }, { S_INIT("63"), ZONE_WITA },
		{ S_INIT("65"), ZONE_WITA }, { S_INIT("71"), ZONE_WITA },
		{ S_INIT("76"), ZONE_WITA }, { S_INIT("81"), ZONE_WIT },
		{ S_INIT("91"), ZONE_WIT }, { S_INIT("96"), ZONE_WIT },
	};
	size_t n[3] = { 0 };
	struct region r;

	for (size_t i = 0; i < countof(want); i++)
		ok(region_any(want[i].code, &r) && r.zone == want[i].zone, "%.*s: %s",
		    SV(want[i].code), zone_name(want[i].zone));
	for (size_t i = 0; i < region_count(REGION_PROVINCE); i++) {
		region_at(REGION_PROVINCE, i, &r);
		n[r.zone - ZONE_WIB]++;
	}
	ok(n[0] == 18 && n[1] == 12 && n[2] == 8, "18 provinces WIB, 12 WITA, 8 WIT");
}

static void search(void)
{
	struct region r[20];

	ok(region_search(S("kediri"), r, 20) == 2 && str_eq(r[0].name, S("Kabupaten Kediri")) &&
	    str_eq(r[1].name, S("Kota Kediri")), "kediri: both");
	ok(region_search(S(" SURAKARTA "), r, 20) == 1, "either case, blanks around");
	ok(region_search(S("bandung"), r, 20) == 3 &&
	    str_eq(r[2].name, S("Kabupaten Bandung Barat")),
	    "just so before begins with");
	ok(region_search(S("barat jakarta"), r, 20) == 1, "words in any order");
	ok(region_search(S("a"), r, 7) == 7, "no more than asked for");
	ok(region_search(S("  "), r, 20) == 0 && region_search(S("xyzzy"), r, 20) == 0, "nothing");
}

int main(void)
{
	CLEANUP(arena_free) struct arena *a = arena_new();

	ok(region_count(REGION_PROVINCE) == 38, "38 provinces");
	ok(region_count(REGION_REGENCY) == 514, "514 regencies and cities");
	ok(region_count(REGION_DISTRICT) == 7285, "7,285 districts");
	ok(region_count(REGION_VILLAGE) == 83762, "83,762 villages");
	against_csv(a, REGION_PROVINCE, "provinces.csv");
	against_csv(a, REGION_REGENCY, "regencies.csv");
	against_csv(a, REGION_DISTRICT, "districts.csv");
	against_csv(a, REGION_VILLAGE, "villages.csv");
	walk();
	slugs(a);
	codes();
	zones();
	search();
	return done();
}
