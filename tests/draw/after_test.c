/*
 * after_test.c - redraws: a place anew from a later round, worked out here a
 * second time with nothing but SHA-256 and long division.
 */
#include "mod/draw/after.h"
#include "mod/draw/beacon.h"
#include "tap.h"
#include <stdio.h>
#include <string.h>

#define HOLDERS 9
#define ZEROS	"0000000000000000000000000000000000000000000000"
#define SIG1	"8" ZEROS ZEROS "001"
#define SIG2	"8" ZEROS ZEROS "002"

static struct arena *a;
static unsigned char rec[HOLDERS * PICK_RECORD];
static struct pick_list list;
static struct bundle_input in;
static struct bundle_result main_;

static str beacon(int round, const char *sig)
{
	return arena_printf(a, "laris-beacon/v1\ndraw x\ndrand " BEACON_QUICKNET " %d %s\n",
	    round, sig);
}

static void make(void)
{
	struct bundle_prize prizes[] = { { S("RUMAH"), S("utama"), 1, S("Rumah") },
		{ S("EMAS"), S("kecil"), 3, S("Emas") } };
	struct freeze_input x = { .draw = S("x"), .chain = S(BEACON_QUICKNET), .round = 100,
		.list = &list };
	struct hash cid, barred;
	struct freeze f;

	for (int i = 0; i < HOLDERS; i++) {
		sha256(&cid, &i, sizeof i);
		if (i == 4)
			barred = cid;
		pick_record_set(rec + i * PICK_RECORD, &cid, (uint64_t)i + 1, 0);
	}
	if (pick_list_seal(a, rec, HOLDERS, NULL, &list) ||
	    bundle_prizes_text(a, prizes, 2, &in.prizes) ||
	    bundle_ineligible_text(a, &barred, 1, &in.ineligible))
		panic("no list");
	x.prizes = in.prizes;
	x.ineligible = in.ineligible;
	in.entries = (str){ (char *)rec, sizeof rec };
	in.beacon = beacon(100, SIG1);
	if (freeze_make(a, &x, &f, &in.freeze) || bundle_draw(a, &in, &list, &main_))
		panic("no draw");
}

static str told(const char *prize, int place, int round)
{
	return after_text(a, &(struct after){ .draw = S("x"), .prize = str_of(prize),
	    .place = place, .reason = S("absent"), .chain = S(BEACON_QUICKNET),
	    .round = round });
}

/* ---- by hand ------------------------------------------------------------ */

static uint64_t mod(const struct hash *h, uint64_t n)
{
	uint64_t r = 0;

	for (int i = 0; i < 32; i++)
		r = (r * 256 + h->b[i]) % n;
	return r;
}

/* The first coupon from k = 0 whose holder is in none of "over". */
static uint64_t by_hand(str text, str later, const char *prize, const size_t *over, size_t n)
{
	struct hash h;
	char *all = arena_bytes(a, in.freeze.n + text.n + later.n);
	str seed;

	memcpy(all, in.freeze.p, in.freeze.n);
	memcpy(all + in.freeze.n, text.p, text.n);
	memcpy(all + in.freeze.n + text.n, later.p, later.n);
	sha256(&h, all, in.freeze.n + text.n + later.n);
	seed = hash_hex(a, &h);
	for (int k = 0;; k++) {
		str line = arena_printf(a, "%.*s,%s,%d", SV(seed), prize, k);
		bool skip = false;
		sha256(&h, line.p, line.n);
		uint64_t coupon = mod(&h, list.coupons);
		for (size_t i = 0; i < n; i++)
			skip = skip || pick_holder(&list, coupon) == over[i];
		if (!skip)
			return coupon;
	}
}

static size_t barred(void)
{
	struct hash cid;
	int four = 4;

	sha256(&cid, &four, sizeof four);
	return pick_find(&list, cid.b);
}

static void redrawn(void)
{
	str one = told("EMAS", 2, 101), beacon1 = beacon(101, SIG2);
	struct after_told t[2] = { { S("after/001-redraw.txt"), one, { 0 } } };
	struct after_stand s;
	size_t over[] = { barred(), main_.won[1].holder, main_.won[2].holder,
		main_.won[3].holder };

	ok(!after_walk(a, &in, &list, &main_, t, 1, &s) && s.waiting == 1 && s.n == 4 &&
	    !after_find(&s, 1, 2) && after_find(&s, 1, 1), "said, not run: the place is empty");
	t[0].beacon = beacon1;
	ok(!after_walk(a, &in, &list, &main_, t, 1, &s) && s.waiting == 0 && s.n == 5, "run");
	const struct after_place *p = after_find(&s, 1, 2);
	ok(p && p->run == 1 && p->win.coupon == by_hand(one, beacon1, "EMAS", over, 4),
	    "the new winner is the one worked out by hand");
	ok(after_find(&s, 1, 1)->win.coupon == main_.won[1].coupon &&
	    after_find(&s, 1, 3)->win.coupon == main_.won[3].coupon &&
	    after_find(&s, 0, 1)->win.coupon == main_.won[0].coupon, "the others keep theirs");
	ok(str_ends(s.came[0].r.winners, S("\n")) && str_starts(s.came[0].r.winners,
	    S("EMAS\t2\t")), "winner.tsv names the place");

	str two = told("EMAS", 2, 102), beacon2 = beacon(102, SIG1);
	size_t more[] = { over[0], over[1], over[2], over[3], p->win.holder };
	t[1] = (struct after_told){ S("after/002-redraw.txt"), two, beacon2 };
	ok(!after_walk(a, &in, &list, &main_, t, 2, &s) && s.n == 6 &&
	    after_find(&s, 1, 2)->win.coupon == by_hand(two, beacon2, "EMAS", more, 5),
	    "struck out twice: neither comes back");
}

/* Nine holders, one barred, all others struck out in turn: at last nobody is left. */
static void emptied(void)
{
	struct after_told t[HOLDERS];
	struct after_stand s;

	for (int i = 0; i < 8; i++)
		t[i] = (struct after_told){ arena_printf(a, "after/%03d-redraw.txt", i + 1),
			told("RUMAH", 1, 101 + i), beacon(101 + i, i % 2 ? SIG1 : SIG2) };
	ok(!after_walk(a, &in, &list, &main_, t, 7, &s) && after_find(&s, 0, 1) &&
	    s.came[6].won, "seven struck out, the eighth has it");
	ok(!after_walk(a, &in, &list, &main_, t, 8, &s) && !after_find(&s, 0, 1) &&
	    s.came[7].ran && !s.came[7].won && !s.came[7].r.winners.n, "then nobody is left");
}

static void refused(void)
{
	str good = told("EMAS", 2, 101), more = beacon(101, SIG2);
	const struct { const char *name; str text, beacon; } t[] = {
		{ "after/002-redraw.txt", good, more }, { "after/001-returned.txt", good, more },
		{ "after/001-redraw.txt", told("EMAS", 4, 101), more },
		{ "after/001-redraw.txt", told("PERAK", 1, 101), more },
		{ "after/001-redraw.txt", told("EMAS", 2, 100), more },
		{ "after/001-redraw.txt", S("laris-redraw/v1\n"), more },
		{ "after/001-redraw.txt", arena_printf(a, "%.*s\n", SV(good)), more },
		{ "after/001-redraw.txt", arena_printf(a, " %.*s", SV(good)), more },
	};
	struct after_stand s;
	int bad = 0;

	for (size_t i = 0; i < countof(t); i++) {
		struct after_told x = { str_of(t[i].name), t[i].text, t[i].beacon };
		err e = after_walk(a, &in, &list, &main_, &x, 1, &s);
		bad += !e || strcmp(e->rule, "draw-after") != 0;
	}
	ok(!bad, "a file that does not fit the draw is refused");
	struct after_told late[] = { { S("after/001-redraw.txt"), good, { 0 } },
		{ S("after/002-redraw.txt"), told("RUMAH", 1, 102), beacon(102, SIG1) } };
	ok(after_walk(a, &in, &list, &main_, late, 2, &s) != NULL, "so is one run out of turn");
	str given = after_text(a, &(struct after){ .kind = AFTER_HANDOVER, .draw = S("x"),
	    .prize = S("EMAS"), .place = 2, .day = S("2021-11-03") });
	struct after_told handed[] = { { S("after/001-handover.txt"), given, { 0 } },
		{ S("after/002-redraw.txt"), good, more } };
	ok(!after_walk(a, &in, &list, &main_, handed, 1, &s) && after_find(&s, 1, 2)->given,
	    "a prize is given");
	ok(after_walk(a, &in, &list, &main_, handed, 2, &s) != NULL, "and not taken back");
}

int main(void)
{
	a = arena_new();
	make();
	redrawn();
	emptied();
	refused();
	arena_free(&a);
	return done();
}
