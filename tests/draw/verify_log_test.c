/*
 * verify_log_test.c - promises a and e: freeze.txt in a public log, seen by
 * witnesses before its round, judged by the policy of whoever asks.
 */
#include "golden.h"
#include "log/policy.h"
#include "mod/draw/beacon.h"
#include "mod/draw/verify/verify.h"
#include "tap.h"
#include <string.h>
#include <unistd.h>

#define ENTRIES	5
#define MINE	3			/* where freeze.txt is		*/
#define DUE	(BEACON_GENESIS + BEACON_PERIOD * 999)	/* round 1000 of KAT-1 */

static struct arena *a;
static char home[512];
static struct hash leaf[ENTRIES];
static struct note_signer city, saksi[2];

/* ---- a folder ------------------------------------------------------------ */

static const char *const golden[] = { "freeze.txt", "entries.bin", "prizes.tsv",
	"ineligible.txt", "beacon.txt", "winners.tsv", "transcript.tsv" };

static const char *in_home(const char *name)
{
	return arena_cstr(a, arena_printf(a, "%s/%s", home, name));
}

static void put(const char *name, str bytes)
{
	FILE *f = fopen(in_home(name), "w");

	CHECK(f && fwrite(bytes.p ? bytes.p : "", 1, bytes.n, f) == bytes.n);
	fclose(f);
}

static str kat(const char *name)
{
	const char *path = arena_cstr(a, arena_printf(a, "kat1-seven/%s", name));

	return golden_read(a, golden_path(a, path));
}

/* ---- a log of five entries -------------------------------------------------- */

static void signer(struct note_signer *s, const char *name, enum key_kind kind, unsigned char seed)
{
	struct sign_secret secret = { { seed } };

	note_signer_make(s, str_of(name), kind, &secret);
}

static err node(void *ctx, unsigned level, uint64_t index, struct hash *h)
{
	struct merkle_range r = { 0 };

	(void)ctx;
	for (uint64_t i = index << level; i < (index + 1) << level; i++)
		merkle_add(&r, &leaf[i], NULL);
	merkle_root(&r, h);
	return NULL;
}

/* The proof that entry "at" is in the log; each witness signs at its time, 0: not. */
static str proof(uint64_t at, const int64_t when[2])
{
	struct merkle_nodes nodes = { node, NULL };
	struct checkpoint c = { .origin = city.key.name, .size = ENTRIES };
	struct log_proof p = { .index = at };
	struct buf note = BUF(a, 1 << 16);
	str text;

	CHECK(!merkle_root_of(&nodes, ENTRIES, &c.root));
	CHECK(!merkle_inclusion(&nodes, at, ENTRIES, &p.path));
	text = checkpoint_text(a, &c);
	buf_str(&note, note_make(a, text, &city, 0));
	for (int i = 0; i < 2; i++)
		if (when[i])
			note_sign(&note, text, &saksi[i], when[i]);
	p.checkpoint = buf_done(&note);
	return log_proof_text(a, &p);
}

static str policy(const char *quorum)
{
	return arena_printf(a, "log %.*s\nwitness A %.*s\nwitness B %.*s\n%s",
	    SV(note_key_text(a, &city.key)), SV(note_key_text(a, &saksi[0].key)),
	    SV(note_key_text(a, &saksi[1].key)), quorum);
}

/* ---- asking ------------------------------------------------------------------- */

static str said;

static int ask(bool own)
{
	char *argv[] = { strdup("verify"), strdup(home), strdup("--json"), strdup("--policy"),
		strdup(in_home("mine")), NULL };
	char *text = NULL;
	size_t n = 0;
	FILE *out = open_memstream(&text, &n);
	int code = verify_main(own ? 5 : 3, argv, out);

	fclose(out);
	said = arena_str(a, (str){ text, n });
	free(text);
	for (int i = 0; i < 5; i++)
		free(argv[i]);
	return code;
}

static bool found(const char *promise, const char *result, const char *why)
{
	return str_find(said, arena_printf(a, "{\"promise\":\"%s\",\"part\":\"\","
	    "\"result\":\"%s\",\"reason\":\"%s\"", promise, result, why)) != SIZE_MAX;
}

/* ---- what it says ----------------------------------------------------------------- */

#define BOTH	"group saksi all A B\nquorum saksi\n"
#define ANY	"group saksi any A B\nquorum saksi\n"

static const int64_t early[2] = { DUE - 3600, DUE - 1 };

static void believed(void)
{
	put("freeze.tlog-proof", proof(MINE, early));
	put("mine", policy(BOTH));
	ok(ask(true) == 2 && found("a", "valid", "fixed-before") &&
	    found("e", "valid", "witnessed"), "witnessed before the round by those I believe");
	ok(ask(false) == 2 && found("a", "unchecked", "no-policy"), "nobody said whom to believe");
	put("policy.txt", policy(BOTH));
	ok(ask(false) == 2 && found("a", "unchecked", "their-policy") &&
	    found("e", "unchecked", "their-policy"), "the bundle's own policy is not mine");
	put("policy.txt", S("quorum nobody\n"));
	ok(ask(false) == 1 && found("a", "failed", "policy-format"), "and must be one");
	unlink(in_home("policy.txt"));
}

static const struct { int64_t when[2]; const char *quorum, *result, *why; int exit; } times[] = {
	{ { DUE - 1, DUE }, BOTH, "failed", "witnessed-late", 1 },
	{ { DUE - 1, DUE }, ANY, "valid", "fixed-before", 2 },
	{ { DUE + 9, DUE }, ANY, "failed", "witnessed-late", 1 },
	{ { DUE - 1, 0 }, BOTH, "failed", "log-quorum", 1 },
	{ { 0, DUE - 1 }, ANY, "valid", "fixed-before", 2 },
	{ { 0, 0 }, "quorum none\n", "unchecked", "unwitnessed", 2 },
	{ { INT64_MAX, INT64_MAX - 1 }, ANY, "failed", "witnessed-late", 1 },
};

static void in_time(void)
{
	for (size_t i = 0; i < countof(times); i++) {
		put("freeze.tlog-proof", proof(MINE, times[i].when));
		put("mine", policy(times[i].quorum));
		int code = ask(true);
		ok(code == times[i].exit && found("a", times[i].result, times[i].why),
		    "%zu: %s, %s", i, times[i].result, times[i].why);
	}
}

static void refused(void)
{
	struct note_signer other;
	str good = proof(MINE, early);
	char *forged = arena_bytes(a, good.n);

	put("mine", policy(BOTH));
	put("freeze.tlog-proof", proof(MINE - 1, early));
	ok(ask(true) == 1 && found("a", "failed", "log-not-in"), "another entry's proof");
	put("freeze.tlog-proof", str_sub(good, 0, good.n - 1));
	ok(ask(true) == 1 && found("a", "failed", "proof-format"), "a torn one");
	memcpy(forged, good.p, good.n);
	forged[good.n - 10] = forged[good.n - 10] == 'A' ? 'B' : 'A';
	put("freeze.tlog-proof", (str){ forged, good.n });
	ok(ask(true) == 1 && found("a", "failed", "log-forged"), "a forged witness");
	put("freeze.tlog-proof", good);
	signer(&other, "kota.example/lain", KEY_LOG, 9);
	put("mine", arena_printf(a, "log %.*s\nquorum none\n", SV(note_key_text(a, &other.key))));
	ok(ask(true) == 1 && found("a", "failed", "log-stranger"), "a log I do not know");
	put("mine", S("log x\n"));
	ok(ask(true) == 2 && !said.n, "a policy that is none is wrong use");
	unlink(in_home("mine"));
	ok(ask(true) == 2 && !said.n, "so is one that is not there");
	unlink(in_home("freeze.tlog-proof"));
	ok(ask(false) == 2 && found("a", "unchecked", "no-proof") &&
	    found("e", "unchecked", "no-proof"), "no proof proves nothing");
}

int main(void)
{
	const char *tmp = getenv("TMPDIR");

	a = arena_new();
	snprintf(home, sizeof home, "%s/laris-verify-log-XXXXXX", tmp ? tmp : "/tmp");
	CHECK(mkdtemp(home));
	for (size_t i = 0; i < countof(golden); i++)
		put(golden[i], kat(golden[i]));
	for (int i = 0; i < ENTRIES; i++)
		merkle_leaf(&leaf[i], i == MINE ? kat("freeze.txt") :
		    arena_printf(a, "entry %d", i));
	signer(&city, "laris.example/log", KEY_LOG, 1);
	signer(&saksi[0], "saksi.example/a", KEY_WITNESS, 2);
	signer(&saksi[1], "saksi.example/b", KEY_WITNESS, 3);
	believed();
	in_time();
	refused();
	for (size_t i = 0; i < countof(golden); i++)
		unlink(in_home(golden[i]));
	rmdir(home);
	arena_free(&a);
	return done();
}
