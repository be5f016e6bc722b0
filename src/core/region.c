/* region.c - reads the table that tools/regionc.py made. */
#include "core/region.h"

#include <string.h>

#define MAGIC	0x4c524731u
#define HEAD	((1 + REGION_LEVELS) * sizeof(uint32_t))

extern const unsigned char region_data[];

static const size_t code_length[REGION_LEVELS] = { 2, 5, 8, 13 };

/*
 * Keppres 41/1987 on the three time zones, by the first two digits of the
 * code.  The provinces made since then keep the zone of the land they were
 * cut from: Kalimantan Utara that of Timur, the six of Papua that of Irian
 * Jaya.  (Bali moved from WIB to WITA with that decree.)
 */
static const struct { unsigned char from, to, zone; } zones[] = {
	{ 11, 36, ZONE_WIB },	/* Sumatera, Jawa			*/
	{ 51, 53, ZONE_WITA },	/* Bali, Nusa Tenggara			*/
	{ 61, 62, ZONE_WIB },	/* Kalimantan Barat, Tengah		*/
	{ 63, 65, ZONE_WITA },	/* Kalimantan Selatan, Timur, Utara	*/
	{ 71, 76, ZONE_WITA },	/* Sulawesi				*/
	{ 81, 82, ZONE_WIT },	/* Maluku				*/
	{ 91, 96, ZONE_WIT },	/* Papua				*/
};

static uint32_t word(size_t offset)
{
	uint32_t v;

	memcpy(&v, region_data + offset, sizeof v);
	return v;
}

size_t region_count(enum region_level level)
{
	return word((1 + (size_t)level) * sizeof(uint32_t));
}

/* Villages have no children, so their rows have no second word. */
static size_t row_size(enum region_level level)
{
	return level == REGION_VILLAGE ? 4 : 8;
}

/* Where row i of a level begins; level REGION_LEVELS: the text. */
static size_t row(enum region_level level, size_t i)
{
	size_t at = HEAD;

	for (enum region_level l = REGION_PROVINCE; l < level; l++)
		at += (region_count(l) + 1) * row_size(l);
	return at + (level < REGION_LEVELS ? i * row_size(level) : 0);
}

static enum zone zone_of(str code)
{
	int province = (code.p[0] - '0') * 10 + (code.p[1] - '0');

	for (size_t i = 0; i < countof(zones); i++)
		if (province >= zones[i].from && province <= zones[i].to)
			return (enum zone)zones[i].zone;
	panic("province %d has no time zone", province);
}

void region_at(enum region_level level, size_t i, struct region *r)
{
	CHECK(word(0) == MAGIC && i < region_count(level));
	size_t from = word(row(level, i)), to = word(row(level, i + 1));
	size_t n = code_length[level];
	const char *text = (const char *)region_data + row(REGION_LEVELS, 0) + from;

	*r = (struct region){
		.level = level, .at = (uint32_t)i,
		.code = { text, n }, .name = { text + n, to - from - n },
		.zone = zone_of((str){ text, n }),
	};
}

static bool find(enum region_level level, str code, struct region *r)
{
	size_t low = 0, high = region_count(level);

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		region_at(level, mid, r);
		int order = str_cmp(r->code, code);
		if (order == 0)
			return true;
		if (order < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return false;
}

bool region_any(str code, struct region *r)
{
	for (enum region_level l = REGION_PROVINCE; l < REGION_LEVELS; l++)
		if (code.n == code_length[l])
			return find(l, code, r);
	return false;
}

bool region_by_code(str code, struct region *r)
{
	char dotted[5];

	if (code.n == 4) {
		memcpy(dotted, code.p, 2);
		dotted[2] = '.';
		memcpy(dotted + 3, code.p + 2, 2);
		code = (str){ dotted, sizeof dotted };
	}
	return code.n == sizeof dotted && find(REGION_REGENCY, code, r);
}

size_t region_children(const struct region *r)
{
	if (r->level == REGION_VILLAGE)
		return 0;
	return word(row(r->level, r->at + 1) + 4) - word(row(r->level, r->at) + 4);
}

void region_child(const struct region *r, size_t i, struct region *child)
{
	CHECK(i < region_children(r));
	region_at(r->level + 1, word(row(r->level, r->at) + 4) + i, child);
}

bool region_parent(const struct region *r, struct region *parent)
{
	if (r->level == REGION_PROVINCE)
		return false;
	return find(r->level - 1, str_sub(r->code, 0, code_length[r->level - 1]), parent);
}

/* ---- names --------------------------------------------------------- */

static bool skip(str *s, str word_)
{
	if (s->n < word_.n || !str_eq_nocase(str_sub(*s, 0, word_.n), word_))
		return false;
	*s = str_sub(*s, word_.n, SIZE_MAX);
	return true;
}

/* "Kota Administrasi Jakarta Pusat" -> "Jakarta Pusat". */
static str bare(str name, bool *kabupaten)
{
	*kabupaten = skip(&name, S("Kabupaten "));
	if (!*kabupaten)
		(void)skip(&name, S("Kota "));
	(void)skip(&name, S("Administrasi "));
	return name;
}

static bool alnum(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

str region_slug(struct arena *a, str name)
{
	bool kabupaten, gap = false;
	str s = bare(name, &kabupaten);
	struct buf b = BUF(a, s.n + 5);

	if (kabupaten)
		buf_str(&b, S("kab-"));
	size_t start = b.n;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (c >= 'A' && c <= 'Z')
			c = (char)(c - 'A' + 'a');
		if (!alnum(c)) {
			gap = b.n > start;
			continue;
		}
		if (gap)
			buf_char(&b, '-');
		gap = false;
		buf_char(&b, c);
	}
	return buf_done(&b);
}

bool region_by_slug(str slug, struct region *r)
{
	CLEANUP(arena_free) struct arena *a = arena_new();

	for (size_t i = 0; i < region_count(REGION_REGENCY); i++) {
		region_at(REGION_REGENCY, i, r);
		if (str_eq(region_slug(a, r->name), slug))
			return true;
	}
	return false;
}

static bool holds(str name, str what)
{
	for (size_t i = 0; i + what.n <= name.n; i++)
		if (str_eq_nocase(str_sub(name, i, what.n), what))
			return true;
	return false;
}

/* 0: called just so, 1: begins with it, 2: holds each word, 3: no. */
static int nearness(str name, str typed)
{
	bool kabupaten;
	str core = bare(name, &kabupaten), piece;

	if (str_eq_nocase(core, typed) || str_eq_nocase(name, typed))
		return 0;
	if (skip(&core, typed))
		return 1;
	while (str_take(&typed, ' ', &piece))
		if (piece.n && !holds(name, piece))
			return 3;
	return 2;
}

size_t region_search(str typed, struct region *out, size_t max)
{
	size_t n = 0;

	typed = str_trim(typed);
	if (!typed.n)
		return 0;
	for (int near = 0; near < 3; near++) {
		for (size_t i = 0; i < region_count(REGION_REGENCY) && n < max; i++) {
			region_at(REGION_REGENCY, i, &out[n]);
			if (nearness(out[n].name, typed) == near)
				n++;
		}
	}
	return n;
}
