#include "log/policy.h"
#include "log/tile.h"
#include "tap.h"
#include "log/vectors.h"
#include <string.h>

#define ENTRIES	700

/* RFC 8032, 7.1, tests 1 to 3: whoever reads this has them. */
static const char *const seeds[] = {
	"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
	"4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
	"c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
};
static const uint64_t sizes[] = { 0, 1, 255, 256, 257, 513, 700 };

struct world {
	struct arena *a;
	struct policy policy;
	struct note_signer log, witness[2];
	str entry[ENTRIES];
	struct hash leaf[ENTRIES];
};

static void signer(struct note_signer *s, int seed, str name, enum key_kind kind)
{
	struct sign_secret secret;

	CHECK(hex_get(secret.b, sizeof secret.b, str_of(seeds[seed])));
	note_signer_make(s, name, kind, &secret);
}

static void world(struct world *w, struct arena *a)
{
	size_t line;

	w->a = a;
	signer(&w->log, 0, S("laris.example/log"), KEY_LOG);
	signer(&w->witness[0], 1, S("saksi.example/a"), KEY_WITNESS);
	signer(&w->witness[1], 2, S("saksi.example/b"), KEY_WITNESS);
	CHECK(vector_entries(a, w->entry, ENTRIES) == ENTRIES);
	for (size_t i = 0; i < ENTRIES; i++)
		merkle_leaf(&w->leaf[i], w->entry[i]);
	CHECK(policy_parse(a, vector_ours(a, S("policy.txt")), &w->policy, &line));
}

static str name(struct arena *a, const char *fmt, uint64_t x, uint64_t y)
{
	struct buf b = BUF(a, 200);

	for (; *fmt; fmt++) {
		if (*fmt == '#') {
			buf_int(&b, (int64_t)x);
			x = y;
		} else {
			buf_char(&b, *fmt);
		}
	}
	return buf_done(&b);
}

/* ---- byte for byte ------------------------------------------------------------------ */

static void root(const struct world *w, uint64_t size, struct hash *h)
{
	struct merkle_range r = { 0 };

	for (uint64_t i = 0; i < size; i++)
		merkle_add(&r, &w->leaf[i], NULL);
	merkle_root(&r, h);
}

/* Ours again, at the times the witnesses gave. */
static bool checkpoint_again(const struct world *w, uint64_t size, str want)
{
	struct checkpoint c = { .origin = S("laris.example/log"), .size = size };
	struct buf b = BUF(w->a, 4096);
	struct note note;
	int64_t at;
	str text;

	CHECK(note_parse(w->a, want, &note));
	root(w, size, &c.root);
	text = checkpoint_text(w->a, &c);
	buf_str(&b, note_make(w->a, text, &w->log, 0));
	for (int i = 0; i < 2; i++) {
		CHECK(note_mark(&note, &w->witness[i].key, &at) == NOTE_SIGNED);
		note_sign(&b, text, &w->witness[i], at);
	}
	return str_eq(buf_done(&b), want);
}

static void checkpoints(const struct world *w)
{
	int same = 0, good = 0;

	for (size_t i = 0; i < countof(sizes); i++) {
		str bytes = vector_ours(w->a, name(w->a, "checkpoint.#", sizes[i], 0));
		struct policy_verdict v;
		same += checkpoint_again(w, sizes[i], bytes);
		good += policy_judge(w->a, &w->policy, bytes, &v) == LOG_GOOD &&
		    v.c.size == sizes[i] && v.witnesses == 2 && v.at >= 0x6b49d200 &&
		    str_eq(v.log->name, S("laris.example/log"));
	}
	ok(same == 7 && good == 7, "seven checkpoints, byte for byte, and believed");
}

static err node(void *ctx, unsigned level, uint64_t index, struct hash *h)
{
	const struct world *w = ctx;
	struct merkle_range r = { 0 };

	for (uint64_t i = index << level; i < (index + 1) << level; i++)
		merkle_add(&r, &w->leaf[i], NULL);
	merkle_root(&r, h);
	return NULL;
}

static const struct { uint64_t index, size; } proven[] = {
	{ 0, 1 }, { 0, 700 }, { 255, 257 }, { 256, 257 }, { 699, 700 },
};

static void proofs(struct world *w)
{
	struct merkle_nodes nodes = { node, w };
	int same = 0, good = 0;

	for (size_t i = 0; i < countof(proven); i++) {
		uint64_t index = proven[i].index, size = proven[i].size, said = 0;
		str want = vector_ours(w->a, name(w->a, "inclusion-#-of-#.tlog-proof",
		    index, size));
		struct log_proof p = { .index = index,
			.checkpoint = vector_ours(w->a, name(w->a, "checkpoint.#", size, 0)) };
		struct policy_verdict v;
		CHECK(!merkle_inclusion(&nodes, index, size, &p.path));
		same += want.n && str_eq(log_proof_text(w->a, &p), want);
		good += policy_judge_proof(w->a, &w->policy, want, w->entry[index], &v,
		    &said) == LOG_GOOD && said == index;
		good -= policy_judge_proof(w->a, &w->policy, want, S("laris-purchase/v1 9999"), &v,
		    &said) == LOG_GOOD;
	}
	ok(same == 5 && good == 5, "five proofs, byte for byte, of these entries only");
}

static void questions(struct world *w)
{
	static const uint64_t from[] = { 1, 255, 256, 257, 513 };
	static const uint64_t to[] = { 700, 256, 257, 513, 700 };
	struct merkle_nodes nodes = { node, w };
	int same = 0, good = 0;

	for (size_t i = 0; i < countof(from); i++) {
		str want = vector_ours(w->a, name(w->a, "add-checkpoint-#-to-#.body",
		    from[i], to[i]));
		str note = vector_ours(w->a, name(w->a, "checkpoint.#", to[i], 0));
		struct log_update u = { .old = from[i], .checkpoint = note }, again;
		struct hash old, new;
		CHECK(!merkle_consistency(&nodes, from[i], to[i], &u.path));
		same += want.n && str_eq(log_update_text(w->a, &u), want);
		root(w, from[i], &old);
		root(w, to[i], &new);
		good += log_update_parse(want, &again) &&
		    merkle_consistency_ok(again.old, to[i], &old, &new, &again.path);
	}
	ok(same == 5 && good == 5, "five questions to a witness, byte for byte");
}

/* ---- every bit ------------------------------------------------------------------------- */

static int believed(const struct world *w, str bytes, size_t bit, const str *entry)
{
	CLEANUP(arena_free) struct arena *a = arena_new();
	char *p = arena_bytes(a, bytes.n);
	struct policy_verdict v;
	uint64_t index;
	str s = { p, bytes.n };

	memcpy(p, bytes.p, bytes.n);
	p[bit / 8] = (char)(p[bit / 8] ^ 1 << bit % 8);
	return entry ? policy_judge_proof(a, &w->policy, s, *entry, &v, &index) == LOG_GOOD :
	    policy_judge(a, &w->policy, s, &v) == LOG_GOOD;
}

static void bits(const struct world *w)
{
	int bad = 0, n = 0;

	for (size_t i = 0; i < countof(sizes); i++) {
		str s = vector_ours(w->a, name(w->a, "checkpoint.#", sizes[i], 0));
		for (size_t b = 0; b < s.n * 8; b++, n++)
			bad += believed(w, s, b, NULL);
	}
	ok(!bad, "each of %d changed bits of a checkpoint is noticed", n);
	n = 0;
	for (size_t i = 0; i < countof(proven); i++) {
		str s = vector_ours(w->a, name(w->a, "inclusion-#-of-#.tlog-proof", proven[i].index,
		    proven[i].size));
		for (size_t b = 0; b < s.n * 8; b++, n++)
			bad += believed(w, s, b, &w->entry[proven[i].index]);
	}
	ok(!bad, "each of %d changed bits of a proof too", n);
}

/* ---- policies ------------------------------------------------------------------------------ */

#define NEUMANN	"PeterNeumann+18b9780b+BBpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
#define LOG_KEY	"laris.example/log+975dcb1e+AddamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea"
#define LOG	"log " LOG_KEY "\n"
#define A	"witness A saksi.example/a+c9181693+BD1AF8PoQ4lakrcKp00bfrycmCzPLsSWjMDNVfEq9GYM\n"
#define B	"witness B saksi.example/b+b6400b71+BPxRzY5iGKGjjaR+0AIw8FgIFu0TujMDrF3rkRVIkIAl\n"

static const struct { const char *text; size_t line; } refused[] = {
	{ "", 0 }, { LOG A, 0 }, { LOG A "quorum A", 0 }, { LOG LOG "quorum none\n", 2 },
	{ LOG "quorum A\n" A, 2 }, { A A "quorum A\n", 2 }, { A "quorum A\nquorum A\n", 3 },
	{ A B "group g 3 A B\nquorum g\n", 3 }, { A B "group g 0 A B\nquorum g\n", 3 },
	{ A "group g 1 A A\nquorum g\n", 2 }, { A "group g all\nquorum g\n", 2 },
	{ A B "group g any A\ngroup h any A B\nquorum h\n", 4 }, { "group g 1 g\nquorum g\n", 1 },
	{ A "group A any A\nquorum A\n", 2 }, { "group none any A\n", 1 },
	{ A "group g any none\nquorum g\n", 2 }, { "quorum\n", 1 }, { "quorum none x\n", 1 },
	{ "Quorum none\n", 1 }, { "log a+b+c\nquorum none\n", 1 }, { "quorum none\r\n", 0 },
	{ "witness X " LOG_KEY "\n", 1 },
	{ "log saksi.example/a+c9181693+BD1AF8PoQ4lakrcKp00bfrycmCzPLsSWjMDNVfEq9GYM\n", 1 },
};

static void policies(struct arena *a)
{
	struct buf long_remark = BUF(a, 4096);
	struct policy p;
	size_t line;
	int wrong = 0;

	for (size_t i = 0; i < countof(refused); i++)
		if (policy_parse(a, str_of(refused[i].text), &p, &line) ||
		    line != refused[i].line) {
			printf("# line %zu of: %s\n", line, refused[i].text);
			wrong++;
		}
	ok(!wrong, "what is no policy is refused, and where");
	for (int i = 0; i < 1000; i++)
		buf_str(&long_remark, S("# "));
	buf_str(&long_remark, S("\nquorum none\n"));
	ok(policy_parse(a, buf_done(&long_remark), &p, &line), "a remark may have many words");
	ok(policy_parse(a, S("# x\n\n \t" LOG " \t # y\n" "quorum\tnone \n"), &p, &line) &&
	    p.none && p.n_logs == 1, "white space and remarks are free");
}

struct claim { const char *policy; enum log_why why; int64_t at; };

/* A signed at 1800000257, B a second later. */
static void quorums(struct world *w)
{
	static const struct claim claims[] = {
		{ LOG A B "group g 2 A B\nquorum g\n", LOG_GOOD, 1800000258 },
		{ LOG A B "group g any A B\nquorum g\n", LOG_GOOD, 1800000257 },
		{ LOG B "quorum B\n", LOG_GOOD, 1800000258 },
		{ LOG "quorum none\n", LOG_GOOD, 0 },
		{ LOG A B "group g all A\ngroup h all g B\nquorum h\n", LOG_GOOD, 1800000258 },
		{ A "quorum A\n", LOG_STRANGER, 0 },
		{ LOG "witness C " NEUMANN "\nquorum C\n", LOG_QUORUM, INT64_MAX },
	};
	str note = vector_ours(w->a, S("checkpoint.257"));
	int wrong = 0;

	for (size_t i = 0; i < countof(claims); i++) {
		struct policy p;
		struct policy_verdict v;
		size_t line;
		enum log_why why;
		if (!policy_parse(w->a, str_of(claims[i].policy), &p, &line)) {
			printf("# not read: %s", claims[i].policy);
			wrong++;
			continue;
		}
		why = policy_judge(w->a, &p, note, &v);
		if (why != claims[i].why || v.at != claims[i].at) {
			printf("# %zu: why %d at %lld\n", i, why, (long long)v.at);
			wrong++;
		}
	}
	ok(!wrong, "a quorum is there when its last member has signed");
}

int main(void)
{
	CLEANUP(arena_free) struct arena *a = arena_new();
	struct world *w = NEW(a, struct world);

	world(w, a);
	checkpoints(w);
	proofs(w);
	questions(w);
	bits(w);
	policies(a);
	quorums(w);
	return done();
}
