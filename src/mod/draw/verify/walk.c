#include "mod/draw/verify/steps.h"
#include <string.h>

#define BEACON_MAX	1024

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
	char seed[SEED];
	struct won won;
	uint64_t *winners;	/* in each class			*/
	uint64_t eligible;
	const struct hash *struck;	size_t n_struck;
	struct script win, all;	/* winners.tsv, transcript.tsv		*/
	bool changed;		/* entries.bin changed under us		*/
	VEC(struct win) wins;
};

static bool is_barred(const struct walk *w, const unsigned char *cid)
{
	const struct check *c = w->c;
	size_t lo = 0, hi = c->n_barred;

	for (size_t i = 0; i < w->n_struck; i++)
		if (!memcmp(w->struck[i].b, cid, 32))
			return true;
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

void walk_seed(char seed[SEED], const struct check *c, str told, str beacon)
{
	struct hash h;

	sha256_pieces(&h, (struct sha256_piece[]){ { c->freeze.p, c->freeze.n },
	    { told.p, told.n }, { beacon.p, beacon.n } }, 3);
	hex_put(seed, h.b, sizeof h.b);
}

bool walk_coupon(const struct check *c, const char seed[SEED], str name, uint64_t k,
    uint64_t *coupon)
{
	char text[SEED + 1 + 64 + 1 + 24];
	int n = snprintf(text, sizeof text, "%.64s,%.*s,%llu", seed, SV(name),
	    (unsigned long long)k);
	struct hash h;

	sha256(&h, text, (size_t)n);
	return bounded(h.b, c->head.coupons, coupon);
}

static bool expect_step(struct walk *w, const struct gift *g, uint64_t k, uint64_t coupon,
    const char *cid, const char *result)
{
	char line[SCRIPT_LINE];
	int n = snprintf(line, sizeof line, "%.*s\t%llu\t%llu\t%.64s\t%s\n", SV(g->id),
	    (unsigned long long)k, (unsigned long long)coupon, cid, result);

	return script_expect(w->c, &w->all, (str){ line, (size_t)n });
}

static bool expect_win(struct walk *w, const struct gift *g, uint64_t place, uint64_t k,
    uint64_t coupon, const char *cid)
{
	char line[SCRIPT_LINE];
	int n = snprintf(line, sizeof line, "%.*s\t%llu\t%llu\t%llu\t%.64s\n", SV(g->id),
	    (unsigned long long)place, (unsigned long long)k, (unsigned long long)coupon, cid);

	return script_expect(w->c, &w->win, (str){ line, (size_t)n });
}

static void note_win(struct walk *w, const struct gift *g, uint64_t place, uint64_t record,
    const unsigned char *cid)
{
	struct win *x = VEC_ADD(w->c->a, &w->wins);

	*x = (struct win){ .gift = (size_t)(g - w->c->gifts), .place = place, .record = record };
	memcpy(x->cid.b, cid, sizeof x->cid.b);
	w->winners[g->group]++;
}

static bool one_step(struct walk *w, const struct gift *g, uint64_t k, uint64_t *places)
{
	unsigned char cid[32];
	char hex[64], result[40];
	uint64_t coupon, record;
	bool win = false, same;

	if (!walk_coupon(w->c, w->seed, g->id, k, &coupon))
		return true;
	if (!list_holder(w->c, coupon, cid, &record)) {
		w->changed = true;
		return false;
	}
	hex_put(hex, cid, sizeof cid);
	if (is_barred(w, cid))
		snprintf(result, sizeof result, "skip-ineligible");
	else if (!(win = won_add(w->c->a, &w->won, record, g->group)))
		snprintf(result, sizeof result, "skip-already-won");
	else
		snprintf(result, sizeof result, "win-%llu", (unsigned long long)++*places);
	same = expect_step(w, g, k, coupon, hex, result);
	if (!win)
		return same;
	note_win(w, g, *places, record, cid);
	return expect_win(w, g, *places, k, coupon, hex) && same;
}

/* Stops at the first line that differs: no more work than the file is long. */
static bool draw_gift(struct walk *w, const struct gift *g, uint64_t places, uint64_t upto)
{
	for (uint64_t k = 0; places < upto && w->winners[g->group] < w->eligible; k++)
		if (!one_step(w, g, k, &places))
			return false;
	return true;
}

static void draw_all(struct walk *w)
{
	const struct check *c = w->c;

	for (size_t i = 0; i < c->n_gifts; i++)
		if (!draw_gift(w, &c->gifts[i], 0, c->gifts[i].number))
			return;
	script_end(w->c, &w->all);
	script_end(w->c, &w->win);
}

static void differ(struct check *c, const struct script *s, enum why why)
{
	if (s->differs)
		mark(c, PART_D_WINNERS, MARK_FAILED, why,
		    arena_printf(c->a, "%llu", (unsigned long long)s->lines), s->got, s->want);
}

static struct walk *walk_new(struct check *c)
{
	struct walk *w = NEW(c->a, struct walk);

	w->c = c;
	w->win.fd = w->all.fd = -1;
	w->winners = NEWN(c->a, uint64_t, c->n_gifts);
	w->eligible = c->head.entries - c->barred_here;
	return w;
}

static void walk_close(struct walk *w)
{
	fd_close(&w->win.fd);
	fd_close(&w->all.fd);
}

static void compare(struct check *c)
{
	struct walk *w = walk_new(c);

	walk_seed(w->seed, c, S(""), c->beacon);
	if (script_open(c, &w->win, S("winners.tsv"), PART_D_WINNERS) &&
	    script_open(c, &w->all, S("transcript.tsv"), PART_D_WINNERS)) {
		draw_all(w);
		if (w->changed)
			mark_fail(c, PART_D_WINNERS, WHY_CHANGED, S("entries.bin"));
		differ(c, &w->win, WHY_WINNERS_DIFFER);
		differ(c, &w->all, WHY_TRANSCRIPT_DIFFER);
		mark(c, PART_D_WINNERS, MARK_VALID, WHY_WINNERS_FOLLOW, S(""), S(""), S(""));
		c->wins.v = w->wins.v;
		c->wins.n = w->wins.n;
	}
	walk_close(w);
}

/* ---- one place anew ------------------------------------------------------ */

/* Winners of the class who stand are passed over; the barred among them are no winners. */
static void stand(struct walk *w, const struct again *x, uint64_t group)
{
	for (size_t i = 0; i < x->n_standing; i++) {
		const struct win *s = &x->standing[i];
		if (w->c->gifts[s->gift].group != group ||
		    !won_add(w->c->a, &w->won, s->record, group))
			continue;
		w->winners[group] += !is_barred(w, s->cid.b);
	}
}

/* Each holder once, however often struck out; none of them is in ineligible.txt. */
static uint64_t holders(const struct again *x)
{
	uint64_t n = 0;

	for (size_t i = 0; i < x->n_struck; i++) {
		size_t j = 0;
		while (memcmp(x->struck[j].b, x->struck[i].b, sizeof x->struck[i].b) != 0)
			j++;
		n += i == j;
	}
	return n;
}

static void not_so(struct check *c, const struct script *s)
{
	if (s->differs)
		mark(c, PART_D_AFTER, MARK_FAILED, WHY_AGAIN_DIFFERS, s->name,
		    arena_printf(c->a, "%llu", (unsigned long long)s->lines), s->want);
}

bool walk_again(struct check *c, const struct again *x, struct win *win, bool *won)
{
	struct walk *w = walk_new(c);
	const struct gift *g = &c->gifts[x->gift];

	w->struck = x->struck;
	w->n_struck = x->n_struck;
	w->eligible -= holders(x);
	stand(w, x, g->group);
	walk_seed(w->seed, c, x->told, x->beacon);
	if (script_open(c, &w->win, x->winner, PART_D_AFTER) &&
	    script_open(c, &w->all, x->transcript, PART_D_AFTER)) {
		if (draw_gift(w, g, x->place - 1, x->place)) {
			script_end(c, &w->all);
			script_end(c, &w->win);
		}
		if (w->changed)
			mark_fail(c, PART_D_AFTER, WHY_CHANGED, S("entries.bin"));
		not_so(c, &w->win);
		not_so(c, &w->all);
	}
	*won = w->wins.n > 0;
	if (*won)
		*win = w->wins.v[0];
	walk_close(w);
	return c->part[PART_D_AFTER].mark != MARK_FAILED;
}

/* ---- beacon -------------------------------------------------------------- */

static bool read_beacon(struct check *c)
{
	enum file_state s = file_read(c->a, c->dir, S("beacon.txt"), BEACON_MAX, &c->beacon);
	bool drawn = file_exists(c, S("winners.tsv")) || file_exists(c, S("transcript.tsv"));

	if (s == FILE_MISSING && drawn)
		mark_fail(c, PART_D_WINNERS, WHY_DRAWN_WITHOUT, S("beacon.txt"));
	else if (s == FILE_MISSING)
		mark(c, PART_D_WINNERS, MARK_UNCHECKED, WHY_NOT_DRAWN, S(""), S(""), S(""));
	else if (s != FILE_OK)
		mark_fail(c, PART_D_WINNERS, file_why(s), S("beacon.txt"));
	else if (!parse_beacon(&c->head, c->head.round, c->beacon))
		mark_fail(c, PART_D_WINNERS, WHY_BEACON_FORMAT, S("beacon.txt"));
	else
		return true;
	return false;
}

static void judge_signature(struct check *c)
{
	str round = arena_printf(c->a, "%llu", (unsigned long long)c->head.round);

	switch (signature_of(c, c->head.round, c->beacon)) {
	case SIGNATURE_GOOD:
		mark(c, PART_D_BEACON, MARK_VALID, WHY_SIGNED, round, S(""), S(""));
		return;
	case SIGNATURE_REHEARSAL:
		mark(c, PART_D_BEACON, MARK_UNCHECKED, WHY_REHEARSAL, S(""), S(""), S(""));
		return;
	case SIGNATURE_UNKNOWN:
		mark(c, PART_D_BEACON, MARK_UNCHECKED, WHY_CHAIN, c->head.chain, S(""), S(""));
		return;
	case SIGNATURE_FORGED:
		mark_fail(c, PART_D_BEACON, WHY_FORGED, round);
	}
}

void check_draw(struct check *c)
{
	bool there = read_beacon(c);

	mark(c, PART_D_BEACON, MARK_UNCHECKED, WHY_NOT_DRAWN, S(""), S(""), S(""));
	if (!there)
		return;
	judge_signature(c);
	if (c->list_good)
		compare(c);
	else
		mark(c, PART_D_WINNERS, MARK_UNCHECKED, WHY_NO_LIST, S(""), S(""), S(""));
}
