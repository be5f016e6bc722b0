/* bundle_test.c - the files of a draw, byte for byte. */
#include "mod/draw/beacon.h"
#include "mod/draw/bundle.h"
#include "golden.h"
#include "tap.h"
#include <string.h>

#define CHAIN	BEACON_QUICKNET

static struct arena *a;

static str file(const char *folder, const char *name)
{
	return golden_read(a, golden_path(a,
	    arena_cstr(a, arena_printf(a, "%s/%s", folder, name))));
}

/* The records of a known list, shuffled and without their "first". */
static struct pick_list relist(str entries)
{
	size_t n = entries.n / PICK_RECORD;
	unsigned char *rec = NEWN(a, unsigned char, entries.n);
	struct pick_list l = { 0 };
	struct prng r;

	prng_seed(&r, 7);
	memcpy(rec, entries.p, entries.n);
	for (size_t i = 0; i < n; i++) {
		unsigned char t[PICK_RECORD], *x = rec + i * PICK_RECORD,
		    *y = rec + prng_below(&r, n) * PICK_RECORD;
		memcpy(t, x, sizeof t);
		memmove(x, y, sizeof t);
		memcpy(y, t, sizeof t);
		memset(x + 32, 0xff, 8);
	}
	if (pick_list_seal(a, rec, n, NULL, &l))
		l.n = 0;
	return l;
}

/* From holders, prizes and what was pasted to the very same files. */
static void known_answer(const char *folder, str draw, int64_t round)
{
	str entries = file(folder, "entries.bin"), prizes = file(folder, "prizes.tsv");
	str beacon = file(folder, "beacon.txt"), freeze = file(folder, "freeze.txt");
	struct pick_list l = relist(entries);
	struct bundle_input in = { .entries = entries };
	struct bundle_result r;
	struct bundle_prize *p;
	struct hash *cids;
	struct freeze f, read;
	size_t n;

	ok(entries.n && l.n == entries.n / PICK_RECORD &&
	    !memcmp(l.rec, entries.p, entries.n), "%s: entries.bin", folder);
	ok(!bundle_prizes_parse(a, prizes, &p, &n) &&
	    !bundle_prizes_text(a, p, n, &in.prizes) && str_eq(in.prizes, prizes),
	    "%s: prizes.tsv", folder);
	ok(!bundle_ineligible_parse(a, file(folder, "ineligible.txt"), &cids, &n) &&
	    !bundle_ineligible_text(a, cids, n, &in.ineligible) &&
	    str_eq(in.ineligible, file(folder, "ineligible.txt")),
	    "%s: ineligible.txt", folder);
	ok(!freeze_make(a, &(struct freeze_input){ .draw = draw, .prizes = in.prizes,
	    .ineligible = in.ineligible, .chain = S(CHAIN), .round = round, .list = &l },
	    &f, &in.freeze) && str_eq(in.freeze, freeze), "%s: freeze.txt", folder);
	ok(!beacon_text(a, draw, S(CHAIN), round,
	    str_sub(beacon, beacon.n - 97, 96), &in.beacon) && str_eq(in.beacon, beacon),
	    "%s: beacon.txt", folder);
	ok(!bundle_open(a, &in, &read, &l) && read.coupons == f.coupons,
	    "%s: the files fit each other", folder);
	ok(!bundle_draw(a, &in, &l, &r), "%s: drawn", folder);
	ok(str_eq(r.winners, file(folder, "winners.tsv")), "%s: winners.tsv", folder);
	ok(str_eq(r.transcript, file(folder, "transcript.tsv")), "%s: transcript.tsv", folder);
}

/* ---- what must be refused ------------------------------------------ */

static bool freeze_ok(str text)
{
	struct freeze f;

	return !freeze_parse(a, text, &f);
}

static void freeze_format(void)
{
	str good = file("kat1-seven", "freeze.txt");
	char *copy = arena_bytes(a, good.n + 8);
	int bad = 0;

	ok(freeze_ok(good), "freeze.txt as it is");
	for (size_t i = 0; i < good.n; i++)
		bad += freeze_ok(str_sub(good, 0, i));
	ok(bad == 0, "no beginning of it alone");
	memcpy(copy, good.p, good.n);
	copy[good.n] = '\n';
	ok(!freeze_ok((str){ copy, good.n + 1 }), "no empty line after it");
	ok(!freeze_ok(S("laris-undian/v1\r\ndraw X\r\n")), "no CRLF");
	for (size_t i = 0; i < good.n; i++) {
		memcpy(copy, good.p, good.n);
		copy[i] = (char)(copy[i] ^ 0x20);	/* letters change case */
		if (freeze_ok((str){ copy, good.n }))
			bad += !(i >= 21 && i < 26);	/* only the name "KAT-1" may */
	}
	ok(bad == 0, "no other case of a letter");
	ok(!freeze_ok((str){ NULL, 0 }), "not nothing");
}

static const char *prizes_rule(str text)
{
	struct bundle_prize *p;
	size_t n;
	err e = bundle_prizes_parse(a, text, &p, &n);

	return e ? e->rule : "";
}

static void prizes_format(void)
{
	ok(!strcmp(prizes_rule(S("A\tx\t1\tMobil\n")), ""), "a prize");
	ok(*prizes_rule(S("A\tx\t1\tMobil")), "a line ends with LF");
	ok(*prizes_rule(S("A\tx\t01\tMobil\n")), "no leading zeros");
	ok(*prizes_rule(S("A\tx\t0\tMobil\n")), "not none");
	ok(*prizes_rule(S("A\tx\t1\tMo\tbil\n")), "no fifth column");
	ok(*prizes_rule(S("A\tx\t1\n")), "no column less");
	ok(*prizes_rule(S("A\tx\t1\tM\nA\tx\t1\tN\n")), "no id twice");
	ok(*prizes_rule(S("A,1\tx\t1\tM\n")), "no comma in an id");
	ok(*prizes_rule(S("A\tx\t1\tM\r\n")), "no CRLF");
	ok(*prizes_rule(S("A\tx\t99999999\tM\n")), "not ten million of one");
	ok(*prizes_rule(S("")), "not none at all");
}

static const char *beacon_rule(str pasted, str *text)
{
	err e = beacon_text(a, S("KAT-2"), S(CHAIN), 123, pasted, text);

	return e ? e->rule : "";
}

#define SIG_1	"b75c69d0b72a5d906e854e808ba7e2accb1542ac355ae486"
#define SIG_2	"d591aa9d43765482e26cd02df835d3546d23c4b13e0dfc92"
#define RANDOMNESS "fb8f7bc29bf24db51871ec8c79f3a1e4bd0557bc0dfcee9ed1d924e69d1c60dc"

static void beacon_pasted(void)
{
	str want = file("kat2-one-holder", "beacon.txt"), got = S("");
	static const str good[] = {
		S_INIT(SIG_1 SIG_2), S_INIT("  " SIG_1 "\r\n" SIG_2 "\n"),
		S_INIT("{\"round\":123,\"randomness\":\"" RANDOMNESS
		    "\",\"signature\":\"" SIG_1 SIG_2 "\"}\n"),
		S_INIT("{\"round\":123,\"signature\":\"" SIG_1 SIG_2 "\",\"x\":[1]}"),
		S_INIT("laris-beacon/v1\ndraw KAT-2\ndrand " CHAIN " 123 " SIG_1 SIG_2 "\n"),
	};
	static const struct { str pasted; const char *rule; } bad[] = {
		{ S_INIT(""), "draw-beacon-format" },
		{ S_INIT("x" SIG_1 SIG_2), "draw-beacon-format" },
		{ S_INIT(SIG_1), "draw-beacon-format" },
		{ S_INIT("375c69d0b72a5d906e854e808ba7e2accb1542ac355ae486" SIG_2),
			"draw-beacon-signature" },
		{ S_INIT("b75c69d1b72a5d906e854e808ba7e2accb1542ac355ae486" SIG_2),
			"draw-beacon-signature" },
		{ S_INIT("c000000000000000000000000000000000000000000000000000000000000000"
		    "00000000000000000000000000000000"), "draw-beacon-signature" },
		{ S_INIT("{\"round\":124,\"signature\":\"" SIG_1 SIG_2 "\"}"),
			"draw-beacon-round" },
		{ S_INIT("{\"signature\":\"" SIG_1 SIG_2 "\"}"), "draw-beacon-format" },
		{ S_INIT("{\"round\":123,\"randomness\":\"00\",\"signature\":\"" SIG_1 SIG_2 "\"}"),
			"draw-beacon-randomness" },
		{ S_INIT("{\"round\":123,\"signature\":\"" SIG_1 "\"}"), "draw-beacon-format" },
		{ S_INIT("{\"round\":123,"), "draw-beacon-format" },
		{ S_INIT("laris-beacon/v1\ndraw KAT-2\ndrand " CHAIN " 124 " SIG_1 SIG_2 "\n"),
			"draw-beacon-format" },
	};

	for (size_t i = 0; i < countof(good); i++)
		ok(!*beacon_rule(good[i], &got) && str_eq(got, want), "pasted so: %zu", i);
	for (size_t i = 0; i < countof(bad); i++)
		ok(!strcmp(beacon_rule(bad[i].pasted, &got), bad[i].rule),
		    "refused: %zu, %s", i, bad[i].rule);
}

static const char *round_rule(const char *chain, int64_t round, str pasted)
{
	str text;
	err e = beacon_text(a, S("D"), str_of(chain), round, pasted, &text);

	return e ? e->rule : "";
}

static void chains(void)
{
	const struct beacon_chain *q = beacon_chain(S(BEACON_QUICKNET));
	const struct beacon_chain *r = beacon_chain(S(BEACON_REHEARSAL));
	str ours = beacon_rehearse(a, 7), sig = str_sub(ours, ours.n - 98, 96);

	ok(q && !q->rehearsal && r && r->rehearsal && !beacon_chain(S("x")), "two chains");
	ok(!strcmp(round_rule(BEACON_QUICKNET, 1000, S(SIG_1 SIG_2)), "draw-beacon-signature"),
	    "a good signature of another round");
	ok(!*round_rule(BEACON_REHEARSAL, 7, ours) && !*round_rule(BEACON_REHEARSAL, 7, sig),
	    "a rehearsal's number, as a relay would give it");
	ok(!strcmp(round_rule(BEACON_REHEARSAL, 8, sig), "draw-beacon-signature") &&
	    !strcmp(round_rule(BEACON_QUICKNET, 7, sig), "draw-beacon-signature"),
	    "which is no other round's and not drand's");
	ok(!strcmp(round_rule("00", 7, sig), "draw-beacon-chain"), "an unknown chain");
}

static void rounds(void)
{
	ok(beacon_due(1) == BEACON_GENESIS * SECOND, "round 1 at the beginning");
	ok(beacon_round_at(beacon_due(1000)) == 1000, "a round is due at its moment");
	ok(beacon_round_at(beacon_due(1000) + 1) == 1001, "a microsecond later the next");
	ok(beacon_round_at(0) == 1, "before it all, the first");
}

/* ---- the tree ------------------------------------------------------ */

static void root_slow(const struct pick_list *l, size_t from, size_t n, struct hash *out)
{
	unsigned char b[65] = { 0 };
	struct hash h;
	size_t k = 1;

	if (n == 1) {
		memcpy(b + 1, l->rec + from * PICK_RECORD, PICK_RECORD);
		sha256(out, b, 1 + PICK_RECORD);
		return;
	}
	while (k * 2 < n)
		k *= 2;
	b[0] = 1;
	root_slow(l, from, k, &h);
	memcpy(b + 1, &h, 32);
	root_slow(l, from + k, n - k, &h);
	memcpy(b + 33, &h, 32);
	sha256(out, b, 65);
}

static void tree(void)
{
	unsigned char rec[70 * PICK_RECORD];
	struct pick_list l = { rec, 0, 1 };
	struct hash fast, slow;
	int bad = 0;

	for (size_t i = 0; i < sizeof rec; i++)
		rec[i] = (unsigned char)(i * 7 + i / 256);
	for (l.n = 1; l.n <= 70; l.n++) {
		bundle_root(&l, &fast);
		root_slow(&l, 0, l.n, &slow);
		bad += memcmp(&fast, &slow, sizeof fast) != 0;
	}
	ok(bad == 0, "roots of 1 to 70 leaves as RFC 6962 defines them");
}

static void changed_after_freeze(void)
{
	struct bundle_input in = { file("kat1-seven", "freeze.txt"), S(""),
		file("kat1-seven", "entries.bin"), file("kat1-seven", "prizes.tsv"),
		file("kat1-seven", "ineligible.txt") };
	struct bundle_input other = in;
	struct pick_list l;
	struct freeze f;

	ok(!bundle_open(a, &in, &f, &l), "the files of a freeze open");
	other.prizes = S("RUMAH\tutama\t2\tRumah\n");
	ok(bundle_open(a, &other, &f, &l) != NULL, "not with another prize");
	other = in;
	other.ineligible = S("");
	ok(bundle_open(a, &other, &f, &l) != NULL, "not with the staff let in");
	other = in;
	other.entries = str_sub(in.entries, 0, in.entries.n - PICK_RECORD);
	ok(bundle_open(a, &other, &f, &l) != NULL, "not with the last holder dropped");
}

static void sums(void)
{
	struct bundle_file f[] = { { S("b.txt"), S("abc") }, { S("a.txt"), S("") } };

	ok(str_eq(bundle_sums(a, f, 2), S(
	    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  a.txt\n"
	    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  b.txt\n")),
	    "SHA256SUMS as sha256sum writes it, sorted");
}

int main(void)
{
	a = arena_new();
	known_answer("kat1-seven", S("KAT-1"), 1000);
	known_answer("kat2-one-holder", S("KAT-2"), 123);
	freeze_format();
	prizes_format();
	beacon_pasted();
	chains();
	rounds();
	tree();
	changed_after_freeze();
	sums();
	arena_free(&a);
	return done();
}
