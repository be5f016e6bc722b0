/*
 * whole.h - the files of a draw with a sample, a redraw, a returned prize
 * and a hand-over, made by the draw's own code.  Rounds 123, 1000 and
 * 657413 of drand quicknet are real ones.
 */
#ifndef LARIS_TESTS_DRAW_WHOLE_H
#define LARIS_TESTS_DRAW_WHOLE_H

#include "mod/draw/after.h"
#include "mod/draw/beacon.h"
#include "mod/draw/cid.h"
#include "mod/draw/sample.h"

#define CHAIN	BEACON_QUICKNET
#define HOLDERS	9
#define FILES	32

static const struct { int64_t round; const char *signature; } rounds[] = {
	{ 123, "b75c69d0b72a5d906e854e808ba7e2accb1542ac355ae486"
	    "d591aa9d43765482e26cd02df835d3546d23c4b13e0dfc92" },
	{ 1000, "b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b1957"
	    "6350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39" },
	{ 657413, "b713718a38ae728dfd477991af2822e08d2f305e47718cef"
	    "9f7848ce4050e7be41076862b98fad56e91a6b85b89cd97b" },
};

struct folder { struct bundle_file f[FILES]; size_t n; };

static inline struct bundle_file *find(struct folder *o, str name)
{
	for (size_t i = 0; i < o->n; i++)
		if (str_eq(o->f[i].name, name))
			return &o->f[i];
	return NULL;
}

static inline void add(struct folder *o, str name, str bytes)
{
	struct bundle_file *f = find(o, name);

	if (!f)
		f = &o->f[o->n++];
	CHECK(o->n <= FILES);
	*f = (struct bundle_file){ name, bytes };
}

static inline str beacon(struct arena *a, size_t i)
{
	return arena_printf(a, "laris-beacon/v1\ndraw T-1\ndrand " CHAIN " %lld %s\n",
	    (long long)rounds[i].round, rounds[i].signature);
}

static inline void list(struct arena *a, struct pick_list *l)
{
	unsigned char *rec = NEWN(a, unsigned char, HOLDERS * PICK_RECORD);
	struct hash salt, cid;

	for (unsigned i = 0; i < HOLDERS; i++) {
		str secret = arena_printf(a, "rahasia %u", i);
		cid_salt(&salt, secret, S("T-1"));
		cid_make(&cid, S("T-1"), arena_printf(a, "10000000%u", i), S(""), &salt);
		pick_record_set(rec + i * PICK_RECORD, &cid, i + 1, 0);
	}
	CHECK(!pick_list_seal(a, rec, HOLDERS, NULL, l));
}

/* What a draw of the program has in its files once it was run. */
static inline struct bundle_input drawn(struct arena *a, struct folder *o, struct pick_list *l,
    struct bundle_result *r)
{
	struct bundle_input in = { .ineligible = S(""), .beacon = beacon(a, 1),
		.prizes = S("RUMAH\tutama\t1\tRumah\nMOTOR\thiburan\t3\tMotor\n") };
	struct freeze f;

	list(a, l);
	in.entries = (str){ (const char *)l->rec, l->n * PICK_RECORD };
	CHECK(!freeze_make(a, &(struct freeze_input){ S("T-1"), in.prizes, in.ineligible,
	    { NULL, 0 }, S(CHAIN), 1000, l, NULL }, &f, &in.freeze));
	CHECK(!bundle_draw(a, &in, l, r));
	add(o, S("freeze.txt"), in.freeze);
	add(o, S("entries.bin"), in.entries);
	add(o, S("prizes.tsv"), in.prizes);
	add(o, S("ineligible.txt"), in.ineligible);
	add(o, S("beacon.txt"), in.beacon);
	add(o, S("winners.tsv"), r->winners);
	add(o, S("transcript.tsv"), r->transcript);
	return in;
}

static inline void sampled(struct arena *a, struct folder *o, const struct pick_list *l)
{
	str text = sample_text(a, S("T-1"), 4, S(CHAIN), 123), tsv;
	struct sampled v[4];

	str freeze = find(o, S("freeze.txt"))->bytes;

	CHECK(!sample_choose(a, l, freeze, text, beacon(a, 0), 4, v, &tsv));
	add(o, S("sample.txt"), text);
	add(o, S("sample-beacon.txt"), beacon(a, 0));
	add(o, S("sample.tsv"), tsv);
}

static inline void later(struct arena *a, struct folder *o, const struct bundle_input *in,
    const struct pick_list *l, const struct bundle_result *r)
{
	struct after x[] = {
		{ AFTER_REDRAW, S("T-1"), S("RUMAH"), 1, S("absent"), S(CHAIN), 657413, S("") },
		{ AFTER_RETURNED, S("T-1"), S("MOTOR"), 2, S("identity"), S(""), 0, S("") },
		{ AFTER_HANDOVER, S("T-1"), S("MOTOR"), 1, S(""), S(""), 0, S("2021-11-03") },
	};
	struct after_told t[countof(x)] = { 0 };
	struct after_stand *s = NEW(a, struct after_stand);

	for (size_t i = 0; i < countof(x); i++) {
		t[i].name = after_name(a, (int64_t)i + 1, x[i].kind);
		t[i].text = after_text(a, &x[i]);
		add(o, t[i].name, t[i].text);
	}
	t[0].beacon = beacon(a, 2);
	CHECK(!after_walk(a, in, l, r, t, countof(x), s) && s->came[0].won);
	add(o, S("after/001-beacon.txt"), beacon(a, 2));
	add(o, S("after/001-winner.tsv"), s->came[0].r.winners);
	add(o, S("after/001-transcript.tsv"), s->came[0].r.transcript);
}

#endif
