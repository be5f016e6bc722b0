#include "mod/draw/verify/internal.h"
#include <string.h>

#define BEACON_MAX	1024
#define LINE_MAX_	256
#define RESULT_MAX	(UINT64_C(1) << 34)

/* ---- the map to [0,n) -------------------------------------------------- */

/*
 * x mod n byte by byte; and x belongs to a whole block of n numbers below
 * 2^256 unless adding what is missing to the block's end carries out.
 */
bool bounded(const unsigned char x[32], uint64_t n, uint64_t *index)
{
	unsigned __int128 r = 0;
	unsigned carry = 0;
	uint64_t missing;

	for (int i = 0; i < 32; i++)
		r = (r * 256 + x[i]) % n;
	missing = n - 1 - (uint64_t)r;
	for (int i = 31; i >= 0; i--) {
		carry += x[i] + (unsigned)(missing & 0xff);
		carry >>= 8;
		missing >>= 8;
	}
	*index = (uint64_t)r;
	return carry == 0;
}

/* ---- a file that must be exactly what we say --------------------------- */

struct script {
	str name;
	int fd;
	uint64_t size, at, lines;
	char buf[1 << 14];
	size_t from, n;		/* unread part of buf			*/
	bool differs;
	str got, want;		/* the first line that differs		*/
};

static bool fill(struct script *s)
{
	uint64_t left = s->size - s->at;
	size_t room;

	memmove(s->buf, s->buf + s->from, s->n);
	s->from = 0;
	room = sizeof s->buf - s->n;
	if (left < room)
		room = (size_t)left;
	if (!read_at(s->fd, s->buf + s->n, room, s->at))
		return false;
	s->at += room;
	s->n += room;
	return true;
}

static str rest_of_line(const struct script *s)
{
	const char *p = s->buf + s->from, *end = s->n ? memchr(p, '\n', s->n) : NULL;
	size_t n = end ? (size_t)(end - p) : s->n;

	return (str){ p, n < LINE_MAX_ ? n : LINE_MAX_ };
}

/* "line" with its LF comes next, else note where it differs. */
static bool expect(struct check *c, struct script *s, str line)
{
	if (s->differs)
		return false;
	if (s->n < LINE_MAX_ && !fill(s)) {
		s->differs = true;
		return false;
	}
	s->lines++;
	if (s->n >= line.n && !memcmp(s->buf + s->from, line.p, line.n)) {
		s->from += line.n;
		s->n -= line.n;
		return true;
	}
	s->differs = true;
	s->got = arena_str(c->a, rest_of_line(s));
	s->want = arena_str(c->a, str_sub(line, 0, line.n - 1));
	return false;
}

static void expect_end(struct check *c, struct script *s)
{
	if (!s->differs && !s->n && !fill(s))
		s->differs = true;
	if (s->differs || !s->n)
		return;
	s->lines++;
	s->differs = true;
	s->got = arena_str(c->a, rest_of_line(s));
}

/* ---- who has won in a class -------------------------------------------- */

struct won {			/* open addressing; 0 is free		*/
	struct entry { uint64_t record, group; } *v;	/* group + 1	*/
	size_t n, cap;
};

static struct entry *slot(const struct won *w, uint64_t record, uint64_t group)
{
	size_t i = (size_t)((record * UINT64_C(0x9e3779b97f4a7c15) ^ group) *
	    UINT64_C(0xd1342543de82ef95) >> 20) & (w->cap - 1);

	while (w->v[i].group && (w->v[i].record != record || w->v[i].group != group))
		i = (i + 1) & (w->cap - 1);
	return &w->v[i];
}

static void won_grow(struct arena *a, struct won *w)
{
	struct won bigger = { .cap = w->cap ? w->cap * 2 : 256 };

	bigger.v = NEWN(a, struct entry, bigger.cap);
	for (size_t i = 0; i < w->cap; i++)
		if (w->v[i].group)
			*slot(&bigger, w->v[i].record, w->v[i].group) = w->v[i];
	bigger.n = w->n;
	*w = bigger;
}

/* True when it was not there. */
static bool won_add(struct arena *a, struct won *w, uint64_t record, uint64_t group)
{
	struct entry *e;

	if (w->n * 2 >= w->cap)
		won_grow(a, w);
	e = slot(w, record, group + 1);
	if (e->group)
		return false;
	*e = (struct entry){ record, group + 1 };
	w->n++;
	return true;
}

/* ---- the walk ----------------------------------------------------------- */

struct walk {
	struct check *c;
	char seed[64];
	struct won won;
	uint64_t *winners;	/* in each class			*/
	struct script win, all;	/* winners.tsv, transcript.tsv		*/
	bool changed;		/* entries.bin changed under us		*/
};

static bool is_barred(const struct check *c, const unsigned char *cid)
{
	size_t lo = 0, hi = c->n_barred;

	while (lo < hi) {
		size_t mid = (lo + hi) / 2;
		int d = memcmp(c->barred[mid].b, cid, 32);
		if (!d)
			return true;
		if (d < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return false;
}

static bool draw_coupon(const struct walk *w, const struct gift *g, uint64_t k, uint64_t *coupon)
{
	char text[64 + 1 + 64 + 1 + 24];
	int n = snprintf(text, sizeof text, "%.64s,%.*s,%llu", w->seed, SV(g->id),
	    (unsigned long long)k);
	struct hash h;

	sha256(&h, text, (size_t)n);
	return bounded(h.b, w->c->head.coupons, coupon);
}

static bool expect_step(struct walk *w, const struct gift *g, uint64_t k, uint64_t coupon,
    const char *cid, const char *result)
{
	char line[LINE_MAX_];
	int n = snprintf(line, sizeof line, "%.*s\t%llu\t%llu\t%.64s\t%s\n", SV(g->id),
	    (unsigned long long)k, (unsigned long long)coupon, cid, result);

	return expect(w->c, &w->all, (str){ line, (size_t)n });
}

static bool expect_win(struct walk *w, const struct gift *g, uint64_t place, uint64_t k,
    uint64_t coupon, const char *cid)
{
	char line[LINE_MAX_];
	int n = snprintf(line, sizeof line, "%.*s\t%llu\t%llu\t%llu\t%.64s\n", SV(g->id),
	    (unsigned long long)place, (unsigned long long)k, (unsigned long long)coupon, cid);

	return expect(w->c, &w->win, (str){ line, (size_t)n });
}

static bool one_step(struct walk *w, const struct gift *g, uint64_t k, uint64_t *places)
{
	unsigned char cid[32];
	char hex[64], result[40];
	uint64_t coupon, record;
	bool win = false, same;

	if (!draw_coupon(w, g, k, &coupon))
		return true;
	if (!list_holder(w->c, coupon, cid, &record)) {
		w->changed = true;
		return false;
	}
	hex_put(hex, cid, sizeof cid);
	if (is_barred(w->c, cid))
		snprintf(result, sizeof result, "skip-ineligible");
	else if (!(win = won_add(w->c->a, &w->won, record, g->group)))
		snprintf(result, sizeof result, "skip-already-won");
	else
		snprintf(result, sizeof result, "win-%llu", (unsigned long long)++*places);
	same = expect_step(w, g, k, coupon, hex, result);
	if (!win)
		return same;
	w->winners[g->group]++;
	return expect_win(w, g, *places, k, coupon, hex) && same;
}

/* Stops at the first line that differs: no more work than the file is long. */
static void walk(struct walk *w)
{
	const struct check *c = w->c;
	uint64_t eligible = c->head.entries - c->barred_here;

	for (size_t i = 0; i < c->n_gifts; i++) {
		const struct gift *g = &c->gifts[i];
		uint64_t places = 0;
		for (uint64_t k = 0; places < g->number && w->winners[g->group] < eligible; k++)
			if (!one_step(w, g, k, &places))
				return;
	}
	expect_end(w->c, &w->all);
	expect_end(w->c, &w->win);
}

static bool open_script(struct check *c, struct script *s, str name)
{
	enum file_state st = file_open(c, name, RESULT_MAX, &s->fd, &s->size);

	s->name = name;
	if (st != FILE_OK)
		mark_fail(c, PART_D_WINNERS, file_why(st), name);
	return st == FILE_OK;
}

static void differ(struct check *c, const struct script *s, enum why why)
{
	if (s->differs)
		mark(c, PART_D_WINNERS, MARK_FAILED, why,
		    arena_printf(c->a, "%llu", (unsigned long long)s->lines), s->got, s->want);
}

static void compare(struct check *c)
{
	struct walk *w = NEW(c->a, struct walk);
	struct hash seed;

	w->c = c;
	w->win.fd = w->all.fd = -1;
	w->winners = NEWN(c->a, uint64_t, c->n_gifts);
	sha256_pieces(&seed, (struct sha256_piece[]){ { c->freeze.p, c->freeze.n },
	    { c->beacon.p, c->beacon.n } }, 2);
	hex_put(w->seed, seed.b, sizeof seed.b);
	if (open_script(c, &w->win, S("winners.tsv")) &&
	    open_script(c, &w->all, S("transcript.tsv"))) {
		walk(w);
		if (w->changed)
			mark_fail(c, PART_D_WINNERS, WHY_CHANGED, S("entries.bin"));
		differ(c, &w->win, WHY_WINNERS_DIFFER);
		differ(c, &w->all, WHY_TRANSCRIPT_DIFFER);
		mark(c, PART_D_WINNERS, MARK_VALID, WHY_WINNERS_FOLLOW, S(""), S(""), S(""));
	}
	fd_close(&w->win.fd);
	fd_close(&w->all.fd);
}

/* ---- beacon -------------------------------------------------------------- */

static bool read_beacon(struct check *c)
{
	enum file_state s = file_read(c, S("beacon.txt"), BEACON_MAX, &c->beacon);
	bool drawn = file_exists(c, S("winners.tsv")) || file_exists(c, S("transcript.tsv"));

	if (s == FILE_MISSING && drawn)
		mark_fail(c, PART_D_WINNERS, WHY_DRAWN_WITHOUT, S("beacon.txt"));
	else if (s == FILE_MISSING)
		mark(c, PART_D_WINNERS, MARK_UNCHECKED, WHY_NOT_DRAWN, S(""), S(""), S(""));
	else if (s != FILE_OK)
		mark_fail(c, PART_D_WINNERS, file_why(s), S("beacon.txt"));
	else if (!parse_beacon(&c->head, c->beacon))
		mark_fail(c, PART_D_WINNERS, WHY_BEACON_FORMAT, S("beacon.txt"));
	else
		return true;
	return false;
}

void check_draw(struct check *c)
{
	bool there = read_beacon(c);

	mark(c, PART_D_BEACON, MARK_UNCHECKED, there ? WHY_CHAIN : WHY_NOT_DRAWN,
	    c->head.chain, S(""), S(""));
	if (!there)
		return;
	check_signature(c);
	if (c->list_good)
		compare(c);
	else
		mark(c, PART_D_WINNERS, MARK_UNCHECKED, WHY_NO_LIST, S(""), S(""), S(""));
}
