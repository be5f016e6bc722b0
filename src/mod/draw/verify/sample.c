#include "mod/draw/verify/steps.h"
#include <string.h>

#define TEXT_MAX	1024
#define COUNT_MAX	5000

#define TEXT	S("sample.txt")
#define BEACON	S("sample-beacon.txt")
#define CHOSEN	S("sample.tsv")

static bool fail(struct check *c, enum why why, str name)
{
	mark_fail(c, PART_D_SAMPLE, why, name);
	return false;
}

static bool read_text(struct check *c, str name, str *bytes)
{
	enum file_state s = file_read(c->a, c->dir, name, TEXT_MAX, bytes);

	return s == FILE_OK || fail(c, file_why(s), name);
}

/* Announced: how many, and by a round that comes before the draw's. */
static bool announced(struct check *c, str *text, struct told *t)
{
	if (!read_text(c, TEXT, text))
		return false;
	if (!parse_told(c->a, &c->head, TOLD_SAMPLE, *text, t) || t->count > COUNT_MAX ||
	    t->count > c->head.coupons)
		return fail(c, WHY_TOLD_FORMAT, TEXT);
	*VEC_ADD(c->a, &c->said) = (struct said){ TEXT, *text, t->round, 0 };
	return t->round < c->head.round || chain_is_rehearsal(c) || fail(c, WHY_TOLD_ROUND, TEXT);
}

static bool new_one(uint64_t *chosen, size_t n, uint64_t coupon)
{
	for (size_t i = 0; i < n; i++)
		if (chosen[i] == coupon)
			return false;
	chosen[n] = coupon;
	return true;
}

/* A line of sample.tsv: number, k, coupon, cid. */
static bool expect_one(struct check *c, struct script *s, size_t n, uint64_t k, uint64_t coupon)
{
	char line[SCRIPT_LINE], hex[64];
	unsigned char cid[32];
	uint64_t record;
	int len;

	if (!list_holder(c, coupon, cid, &record))
		return fail(c, WHY_CHANGED, S("entries.bin"));
	hex_put(hex, cid, sizeof cid);
	len = snprintf(line, sizeof line, "%zu\t%llu\t%llu\t%.64s\n", n, (unsigned long long)k,
	    (unsigned long long)coupon, hex);
	return script_expect(c, s, (str){ line, (size_t)len });
}

/* Different coupons by the draw's own rule, under the label SAMPLE. */
static void choose(struct check *c, struct script *s, const char seed[SEED], uint64_t count)
{
	uint64_t *chosen = NEWN(c->a, uint64_t, count), coupon;
	size_t n = 0;

	for (uint64_t k = 0; n < count; k++) {
		if (!walk_coupon(c, seed, S("SAMPLE"), k, &coupon) || !new_one(chosen, n, coupon))
			continue;
		if (!expect_one(c, s, ++n, k, coupon))
			return;
	}
	script_end(c, s);
}

static void compare(struct check *c, str text, str beacon, uint64_t count)
{
	struct script *s = NEW(c->a, struct script);
	char seed[SEED];

	s->fd = -1;
	walk_seed(seed, c, text, beacon);
	if (script_open(c, s, CHOSEN, PART_D_SAMPLE))
		choose(c, s, seed, count);
	if (s->differs)
		mark(c, PART_D_SAMPLE, MARK_FAILED, WHY_AGAIN_DIFFERS, CHOSEN,
		    arena_printf(c->a, "%llu", (unsigned long long)s->lines), s->want);
	fd_close(&s->fd);
}

static void judge(struct check *c, enum signature s, const struct told *t)
{
	str round = arena_printf(c->a, "%llu", (unsigned long long)t->round);

	if (s == SIGNATURE_FORGED)
		mark_fail(c, PART_D_SAMPLE, WHY_FORGED, round);
	else if (s == SIGNATURE_REHEARSAL)
		mark(c, PART_D_SAMPLE, MARK_UNCHECKED, WHY_REHEARSAL, S(""), S(""), S(""));
	else if (s == SIGNATURE_UNKNOWN)
		mark(c, PART_D_SAMPLE, MARK_UNCHECKED, WHY_CHAIN, c->head.chain, S(""), S(""));
	else
		mark(c, PART_D_SAMPLE, MARK_VALID, WHY_SAMPLE_FOLLOWS,
		    arena_printf(c->a, "%llu", (unsigned long long)t->count), round, S(""));
}

void check_sample(struct check *c)
{
	bool drawn = file_exists(c, BEACON) || file_exists(c, CHOSEN);
	str text, beacon;
	struct told t;

	if (!drawn && !file_exists(c, TEXT))
		return;
	mark(c, PART_D_SAMPLE, MARK_UNCHECKED, WHY_SAMPLE_WAITS, S(""), S(""), S(""));
	if (!announced(c, &text, &t) || !drawn || !read_text(c, BEACON, &beacon))
		return;
	if (!parse_beacon(&c->head, t.round, beacon)) {
		fail(c, WHY_TOLD_FORMAT, BEACON);
		return;
	}
	if (!c->list_good) {
		mark(c, PART_D_SAMPLE, MARK_UNCHECKED, WHY_NO_LIST, S(""), S(""), S(""));
		return;
	}
	compare(c, text, beacon, t.count);
	judge(c, signature_of(c, t.round, beacon), &t);
}
