/*
 * Any bytes as each text of the log.  What is taken is written back the
 * same, and nothing that is made of chance is believed.
 */
#include "base/base64.h"
#include "log/policy.h"
#include "log/tile.h"
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

#define POLICY \
	"log laris.example/log+975dcb1e+AddamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea\n" \
	"quorum none\n"

static void notes(struct arena *a, str s)
{
	struct note note;
	struct checkpoint c;

	if (!note_parse(a, s, &note))
		return;
	CHECK(note.n && note.n <= NOTE_SIGNATURES && str_ends(note.text, S("\n")));
	for (size_t i = 0; i < note.n; i++)
		CHECK(note_name_ok(note.v[i].name) && note.v[i].bytes.n > 0);
	if (checkpoint_parse(note.text, &c))
		CHECK(str_eq(checkpoint_text(a, &c), note.text));
}

static void proofs(struct arena *a, str s)
{
	struct log_proof p;
	struct log_update u;

	if (log_proof_parse(a, s, &p))
		CHECK(str_eq(log_proof_text(a, &p), s));
	if (log_update_parse(s, &u))
		CHECK(str_eq(log_update_text(a, &u), s));
}

static void keys(struct arena *a, str s)
{
	struct note_key k;
	struct note_signer x;

	if (note_key_parse(s, &k))
		CHECK(str_eq(note_key_text(a, &k), s));
	if (note_signer_parse(s, &x))
		CHECK(str_eq(note_signer_text(a, &x), s));
}

static void policies(struct arena *a, str s)
{
	struct policy p;
	struct policy_verdict v;
	size_t line;
	uint64_t index;

	if (policy_parse(a, s, &p, &line)) {
		CHECK(p.none || p.quorum < p.n_names);
		CHECK(policy_judge(a, &p, S(""), &v) == LOG_NOTE_FORM);
	}
	CHECK(policy_parse(a, S(POLICY), &p, &line));
	/* The one entry it is proven for is not this one. */
	CHECK(policy_judge_proof(a, &p, s, S("of nobody"), &v, &index) != LOG_GOOD);
}

static void tiles(struct arena *a, str s)
{
	struct tile t;
	str rest = s, e;
	struct buf b = BUF(a, 1 << 20);

	if (tile_parse(s, &t))
		CHECK(str_eq(tile_path(a, t), s));
	while (entry_take(&rest, &e))
		entry_put(&b, e);
	CHECK(b.full || str_starts(s, buf_done(&b)));
}

static void base64(struct arena *a, str s)
{
	char *p = arena_bytes(a, s.n + 1);
	struct buf b = BUF(a, 1 << 20);
	size_t n;

	if (!base64_get(p, s.n, &n, s))
		return;
	base64_put(&b, p, n);
	CHECK(b.full || str_eq(buf_done(&b), s));
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	CLEANUP(arena_free) struct arena *a = arena_new();
	str s = { (const char *)p, n };

	notes(a, s);
	proofs(a, s);
	keys(a, s);
	policies(a, s);
	tiles(a, s);
	base64(a, s);
	return 0;
}
