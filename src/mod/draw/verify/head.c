#include "mod/draw/verify/internal.h"
#include <stdlib.h>
#include <string.h>

#define GIFTS_MAX	10000
#define BARRED_MAX	1000000
#define SUMS_MAX	1000
#define PATH_LONG	200

/* ---- small pieces --------------------------------------------------- */

static int digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool parse_hex(str s, struct hash *h)
{
	if (s.n != 64)
		return false;
	for (size_t i = 0; i < 32; i++) {
		int hi = digit(s.p[2 * i]), lo = digit(s.p[2 * i + 1]);
		if (hi < 0 || lo < 0)
			return false;
		h->b[i] = (unsigned char)(hi << 4 | lo);
	}
	return true;
}

bool parse_number(str s, uint64_t *v)
{
	*v = 0;
	if (!s.n || s.n > 20 || (s.p[0] == '0' && s.n > 1))
		return false;
	for (size_t i = 0; i < s.n; i++) {
		uint64_t d = (uint64_t)(unsigned char)s.p[i] - '0';
		if (d > 9 || *v > (UINT64_MAX - d) / 10)
			return false;
		*v = *v * 10 + d;
	}
	return true;
}

bool text_plain(str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] < 0x20 || s.p[i] == 0x7f)
			return false;
	return str_utf8(s);
}

/* A name in one word of visible ASCII. */
static bool word(str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < 0x21 || s.p[i] > 0x7e)
			return false;
	return s.n >= 1 && s.n <= 64;
}

/* The text up to the next "end", which must be there; *rest goes behind it. */
static bool upto(str *rest, char end, str *piece)
{
	const char *p = rest->n ? memchr(rest->p, end, rest->n) : NULL;

	if (!p)
		return false;
	*piece = (str){ rest->p, (size_t)(p - rest->p) };
	*rest = (str){ p + 1, rest->n - piece->n - 1 };
	return true;
}

/* ---- freeze.txt ------------------------------------------------------ */

static bool value(str *rest, const char *key, str *v)
{
	str k;

	return upto(rest, ' ', &k) && str_eq(k, str_of(key)) && upto(rest, '\n', v);
}

static bool number(str *rest, const char *key, uint64_t *n)
{
	str v;

	return value(rest, key, &v) && parse_number(v, n) && *n > 0;
}

static bool hash(str *rest, const char *key, struct hash *h)
{
	str v;

	return value(rest, key, &v) && parse_hex(v, h);
}

static bool chain(str *rest, str *hex)
{
	struct hash h;

	return value(rest, "drand", hex) && parse_hex(*hex, &h);
}

static bool counts(str *rest, struct head *h)
{
	str first;

	return upto(rest, '\n', &first) && str_eq(first, S("laris-undian/v1")) &&
	    value(rest, "draw", &h->draw) && word(h->draw) &&
	    number(rest, "entries", &h->entries) && number(rest, "coupons", &h->coupons);
}

bool parse_freeze(str text, struct head *h)
{
	*h = (struct head){ 0 };
	if (!counts(&text, h) || !hash(&text, "root", &h->root) ||
	    !hash(&text, "prizes", &h->prizes) || !hash(&text, "ineligible", &h->ineligible))
		return false;
	h->has_rules = str_starts(text, S("rules "));
	if (h->has_rules && !hash(&text, "rules", &h->rules))
		return false;
	return chain(&text, &h->chain) && number(&text, "round", &h->round) && !text.n;
}

/* ---- beacon.txt ------------------------------------------------------ */

bool parse_beacon(const struct head *h, uint64_t round, str text)
{
	char want[320];
	int n = snprintf(want, sizeof want, "laris-beacon/v1\ndraw %.*s\ndrand %.*s %llu ",
	    SV(h->draw), SV(h->chain), (unsigned long long)round);
	struct hash x;

	return n > 0 && (size_t)n < sizeof want && text.n == (size_t)n + 97 &&
	    !memcmp(text.p, want, (size_t)n) &&
	    parse_hex(str_sub(text, (size_t)n, 64), &x) &&
	    parse_hex(str_sub(text, (size_t)n + 32, 64), &x) && text.p[text.n - 1] == '\n';
}

void beacon_signature(str text, unsigned char sig[48])
{
	const char *p = text.p + text.n - 97;

	for (size_t i = 0; i < 48; i++)
		sig[i] = (unsigned char)(digit(p[2 * i]) << 4 | digit(p[2 * i + 1]));
}

/* ---- what was said later ---------------------------------------------- */

static const char *const formats[TOLD_KINDS] = {
	[TOLD_REDRAW] = "laris-redraw/v1", [TOLD_RETURNED] = "laris-returned/v1",
	[TOLD_HANDOVER] = "laris-handover/v1", [TOLD_SAMPLE] = "laris-sample/v1",
	[TOLD_ANNULMENT] = "laris-annulment/v1",
};

str told_head(struct arena *a, const struct head *h, enum told_kind k)
{
	return arena_printf(a, "%s\ndraw %.*s\n", formats[k], SV(h->draw));
}

/* Only codes are public: words may speak of a person. */
static bool reason_ok(str s)
{
	static const char *const codes[] = { "absent", "unclaimed", "refused", "identity",
		"ineligible", "purchase", "same-person" };

	for (size_t i = 0; i < countof(codes); i++)
		if (str_eq(s, str_of(codes[i])))
			return true;
	return false;
}

static bool day_ok(str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (i == 4 || i == 7 ? s.p[i] != '-' : s.p[i] < '0' || s.p[i] > '9')
			return false;
	return s.n == 10;
}

/* "2026-11-24T12:00:00Z", in this form only. */
static bool moment(str s, int64_t *seconds)
{
	struct civil c;
	char again[40];
	int64_t at;

	if (s.n != 20 || s.p[0] != '2' || (s.p[1] != '0' && s.p[1] != '1') ||
	    !time_parse_rfc3339(s, &at))
		return false;
	c = time_civil(at, (enum zone)0);
	snprintf(again, sizeof again, "%04d-%02d-%02dT%02d:%02d:%02dZ", c.year, c.month, c.day,
	    c.hour, c.minute, c.second);
	*seconds = at / SECOND;
	return str_eq(s, str_of(again));
}

static bool words(str *text, const char *key, str *v)
{
	return value(text, key, v) && v->n && text_plain(*v);
}

static bool by_round(str *text, const struct head *h, uint64_t *round)
{
	str v;

	return value(text, "drand", &v) && str_eq(v, h->chain) && number(text, "round", round);
}

static bool parse_annulment(const struct head *h, str text, struct told *t)
{
	str why, at;

	return by_round(&text, h, &t->round) && t->round == h->round &&
	    value(&text, "reason", &why) && str_eq(why, S("beacon-late")) &&
	    value(&text, "at", &at) && moment(at, &t->at) &&
	    words(&text, "notary", &t->notary) && words(&text, "deed", &t->deed) && !text.n;
}

static bool whose(str *text, enum told_kind k, struct told *t)
{
	str v;

	if (k == TOLD_SAMPLE)
		return number(text, "count", &t->count);
	if (!value(text, "prize", &t->prize) || !number(text, "place", &t->place))
		return false;
	if (k == TOLD_HANDOVER)
		return value(text, "day", &v) && day_ok(v);
	return value(text, "reason", &v) && reason_ok(v);
}

bool parse_told(struct arena *a, const struct head *h, enum told_kind k, str text, struct told *t)
{
	str head = told_head(a, h, k);

	*t = (struct told){ 0 };
	if (!str_starts(text, head))
		return false;
	text = str_sub(text, head.n, text.n);
	if (k == TOLD_ANNULMENT)
		return parse_annulment(h, text, t);
	if (!whose(&text, k, t))
		return false;
	if (k == TOLD_RETURNED || k == TOLD_HANDOVER)
		return !text.n;
	return by_round(&text, h, &t->round) && !text.n;
}

/* ---- prizes.tsv ------------------------------------------------------ */

static int by_name(const void *x, const void *y)
{
	return str_cmp(((const struct gift *)x)->id, ((const struct gift *)y)->id);
}

static bool names_differ(struct arena *a, const struct gift *g, size_t n)
{
	struct gift *sorted = NEWN(a, struct gift, n);

	memcpy(sorted, g, n * sizeof *g);
	qsort(sorted, n, sizeof *sorted, by_name);
	for (size_t i = 1; i < n; i++)
		if (!by_name(&sorted[i - 1], &sorted[i]))
			return false;
	return true;
}

static int by_class(const void *x, const void *y)
{
	return str_cmp((*(struct gift *const *)x)->cls, (*(struct gift *const *)y)->cls);
}

static void number_classes(struct arena *a, struct gift *g, size_t n)
{
	struct gift **sorted = NEWN(a, struct gift *, n);
	size_t group = 0;

	for (size_t i = 0; i < n; i++)
		sorted[i] = &g[i];
	qsort(sorted, n, sizeof *sorted, by_class);
	for (size_t i = 0; i < n; i++) {
		group += i && by_class(&sorted[i - 1], &sorted[i]);
		sorted[i]->group = group;
	}
}

static bool parse_gift(str line, struct gift *g)
{
	str count;

	return upto(&line, '\t', &g->id) && word(g->id) &&
	    upto(&line, '\t', &g->cls) && g->cls.n && text_plain(g->cls) &&
	    upto(&line, '\t', &count) && parse_number(count, &g->number) && g->number > 0 &&
	    text_plain(line);
}

bool parse_prizes(struct arena *a, str text, struct gift **gifts, size_t *n)
{
	VEC(struct gift) v = { 0 };
	str line;

	while (text.n) {
		struct gift g = { 0 };
		if (v.n == GIFTS_MAX || !upto(&text, '\n', &line) || !parse_gift(line, &g))
			return false;
		*VEC_ADD(a, &v) = g;
	}
	if (!v.n || !names_differ(a, v.v, v.n))
		return false;
	number_classes(a, v.v, v.n);
	*gifts = v.v;
	*n = v.n;
	return true;
}

/* ---- ineligible.txt -------------------------------------------------- */

static int by_hash(const void *x, const void *y)
{
	return memcmp(x, y, sizeof(struct hash));
}

/* Any order and twice the same is harmless: the result is sorted, each once. */
bool parse_barred(struct arena *a, str text, struct hash **barred, size_t *n)
{
	struct hash *h;
	size_t kept = 0;
	str line;

	if (text.n / 65 > BARRED_MAX)
		return false;
	h = NEWN(a, struct hash, text.n / 65 + 1);
	for (*n = 0; text.n; ++*n)
		if (!upto(&text, '\n', &line) || !parse_hex(line, &h[*n]))
			return false;
	qsort(h, *n, sizeof *h, by_hash);
	for (size_t i = 0; i < *n; i++)
		if (!kept || by_hash(&h[kept - 1], &h[i]))
			h[kept++] = h[i];
	*barred = h;
	*n = kept;
	return true;
}

/* ---- SHA256SUMS ------------------------------------------------------ */

/* A path that stays in the folder. */
static bool path_ok(str s)
{
	if (s.n > PATH_LONG || !text_plain(s) || str_find(s, S("\\")) != SIZE_MAX)
		return false;
	for (;;) {
		size_t slash = str_find(s, S("/"));
		str piece = str_sub(s, 0, slash);
		if (!piece.n || str_eq(piece, S(".")) || str_eq(piece, S("..")))
			return false;
		s = str_sub(s, piece.n + 1, s.n);
		if (slash == SIZE_MAX)
			return true;
	}
}

static bool known_sum(const struct sum *v, size_t n, str name)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(v[i].name, name))
			return true;
	return false;
}

bool parse_sums(struct arena *a, str text, struct sum **sums, size_t *n)
{
	VEC(struct sum) v = { 0 };
	str line;

	while (text.n) {
		struct sum s;
		if (v.n == SUMS_MAX || !upto(&text, '\n', &line) ||
		    !parse_hex(str_sub(line, 0, 64), &s.hash) ||
		    !str_eq(str_sub(line, 64, 2), S("  ")))
			return false;
		s.name = str_sub(line, 66, line.n);
		if (!path_ok(s.name) || str_eq(s.name, S("SHA256SUMS")) ||
		    known_sum(v.v, v.n, s.name))
			return false;
		*VEC_ADD(a, &v) = s;
	}
	*sums = v.v;
	*n = v.n;
	return v.n > 0;
}
