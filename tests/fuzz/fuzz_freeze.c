/*
 * Any bytes as each small file of a bundle.  The draw's own readers are
 * the stricter ones and write back what they read; whatever they accept
 * the verifier accepts too, and reads the same.
 */
#include "mod/draw/after.h"
#include "mod/draw/verify/internal.h"
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static void freeze_both(struct arena *a, str s)
{
	struct freeze f;
	struct head h;
	bool theirs = parse_freeze(s, &h);

	if (freeze_parse(a, s, &f))
		return;
	CHECK(theirs && str_eq(freeze_text(a, &f), s));
	CHECK(str_eq(f.draw, h.draw) && (uint64_t)f.entries == h.entries);
	CHECK((uint64_t)f.coupons == h.coupons && (uint64_t)f.round == h.round);
	CHECK(!memcmp(&f.root, &h.root, 32) && !memcmp(&f.prizes, &h.prizes, 32));
	CHECK(f.has_rules == h.has_rules && !memcmp(&f.rules, &h.rules, 32));
}

static void prizes_both(struct arena *a, str s)
{
	struct bundle_prize *p;
	struct gift *g = NULL;
	size_t n, m = 0;
	bool theirs = parse_prizes(a, s, &g, &m);

	if (bundle_prizes_parse(a, s, &p, &n))
		return;
	CHECK(theirs && n == m);
	for (size_t i = 0; i < n; i++) {
		CHECK(str_eq(p[i].id, g[i].id) && str_eq(p[i].cls, g[i].cls));
		CHECK((uint64_t)p[i].number == g[i].number);
		for (size_t j = 0; j < i && i < 64; j++)
			CHECK((g[i].group == g[j].group) == str_eq(g[i].cls, g[j].cls));
	}
}

static void barred_both(struct arena *a, str s)
{
	struct hash *ours, *theirs;
	size_t n, m;
	bool good = parse_barred(a, s, &theirs, &m);

	if (good)
		for (size_t i = 1; i < m; i++)
			CHECK(memcmp(&theirs[i - 1], &theirs[i], 32) < 0);
	if (bundle_ineligible_parse(a, s, &ours, &n))
		return;
	CHECK(good && m <= n);
}

static void the_rest(struct arena *a, str s)
{
	struct head h = { .draw = S("D"), .chain = S("C"), .round = 7 };
	struct pick_list l;
	struct sum *sums;
	size_t n;

	if (parse_sums(a, s, &sums, &n))
		for (size_t i = 0; i < n; i++)
			CHECK(sums[i].name.p[0] != '/' && str_find(sums[i].name, S("../")) != 0);
	CHECK(!parse_beacon(&h, 7, s) || (s.n > 100 && s.p[s.n - 1] == '\n'));
	if (pick_list_read(a, s, &l) == NULL)
		CHECK(l.coupons > 0 && pick_holder(&l, l.coupons - 1) == l.n - 1);
}

/* What was said later: the draw's reader takes any words for a reason or a day. */
static void told_both(struct arena *a, str s)
{
	static const char *const names[] = { "001-redraw.txt", "001-returned.txt",
		"001-handover.txt" };
	struct head h = { .draw = S("D"), .chain = S("C") };
	struct after x;
	struct told t;

	for (int k = 0; k < 3; k++) {
		if (!parse_told(a, &h, (enum told_kind)k, s, &t) ||
		    t.place > PICK_PLACES_MAX || t.round > INT64_MAX)
			continue;
		CHECK(!after_parse(a, str_of(names[k]), s, &x) && (int)x.kind == k);
		CHECK(str_eq(x.prize, t.prize) && (uint64_t)x.place == t.place);
		CHECK((uint64_t)x.round == t.round && str_eq(x.draw, h.draw));
	}
	if (parse_told(a, &h, TOLD_SAMPLE, s, &t))
		CHECK(t.count && t.round);
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	CLEANUP(arena_free) struct arena *a = arena_new();
	str s = { (const char *)p, n };

	freeze_both(a, s);
	prizes_both(a, s);
	barred_both(a, s);
	the_rest(a, s);
	told_both(a, s);
	return 0;
}
