/*
 * asked.h - `laris verify` asked about a world (world.h): whole, and with
 * each byte altered.
 */
#ifndef LARIS_TESTS_DRAW_ASKED_H
#define LARIS_TESTS_DRAW_ASKED_H

#include "mod/draw/verify/verify.h"
#include "tap.h"
#include "world.h"

/* ---- asking ---------------------------------------------------------------------- */

static str said;

static inline int run(const char *const *extra)
{
	char *argv[16] = { NULL }, *text = NULL;
	int argc = 0, code;
	size_t n = 0;
	FILE *out = open_memstream(&text, &n);

	argv[argc++] = strdup("verify");
	argv[argc++] = strdup(at_home(S("b")));
	for (; *extra; extra++)
		argv[argc++] = strdup(*extra);
	code = verify_main(argc, argv, out);
	fclose(out);
	said = arena_str(a, (str){ text, n });
	free(text);
	while (argc)
		free(argv[--argc]);
	return code;
}

/* Everything: policy, log, card. */
static inline int ask(void)
{
	return run((const char *const[]){ "--json", "--policy", at_home(S("mine")), "--log",
	    at_home(S("log")), "--card", "100000003", "--secret", "rahasia 3", NULL });
}

static inline bool found(const char *promise, const char *part, const char *result,
    const char *why)
{
	return str_find(said, arena_printf(a, "{\"promise\":\"%s\",\"part\":\"%s\","
	    "\"result\":\"%s\",\"reason\":\"%s\"", promise, part, result, why)) != SIZE_MAX;
}

/* ---- spoiling ------------------------------------------------------------------- */

/* Changes each byte of a file in turn; how many times the answer was not "want". */
static inline size_t flip(const char *dir, const struct bundle_file *f, bool valid_only,
    size_t *runs)
{
	static const char bits[] = { 0x01, 0x20, (char)0x80, 0x04 };
	char *copy = arena_bytes(a, f->bytes.n + 1);
	size_t wrong = 0;

	/* A pairing for each costs time: ./dev faults takes every byte. */
	const char *faults = getenv("LARIS_FAULTS");
	size_t step = faults && !strcmp(faults, "long") ? 1 : f->bytes.n > 4000 ? 97 : 13;
	for (size_t at = f->bytes.n % step; at < f->bytes.n; at += step) {
		struct arena *mine = a, *t = arena_new();
		a = t;
		memcpy(copy, f->bytes.p, f->bytes.n);
		copy[at] = (char)(copy[at] ^ bits[at % countof(bits)]);
		put(dir, f->name, (str){ copy, f->bytes.n });
		int code = ask();
		wrong += valid_only ? code == 0 : code != 1;
		++*runs;
		a = mine;
		arena_free(&t);
	}
	put(dir, f->name, f->bytes);
	return wrong;
}

static inline void drop(struct folder *o, const char *name)
{
	struct bundle_file *f = find(o, str_of(name));

	*f = o->f[--o->n];
}

/* The same files lie in tests/golden for the browser's check and verify.py. */
static inline bool golden_same(const char *folder)
{
	bool same = true;

	for (size_t i = 0; i < good.bundle.n; i++) {
		const struct bundle_file *f = &good.bundle.f[i];
		str kept = golden_read(a, golden_path(a, arena_printf(a, "../%s/%.*s", folder,
		    SV(f->name)).p));
		same = same && kept.p && str_eq(kept, f->bytes);
	}
	return same;
}

/* A folder of one's own, a log and two witnesses. */
static inline void world_begin(const char *name)
{
	const char *tmp = getenv("TMPDIR");
	struct sign_secret s[3] = { { { 1 } }, { { 2 } }, { { 3 } } };

	a = arena_new();
	unsetenv("LANG");
	snprintf(home, sizeof home, "%s/laris-%s-XXXXXX", tmp ? tmp : "/tmp", name);
	CHECK(mkdtemp(home));
	make_dirs();
	note_signer_make(&city, S("laris.example/log"), KEY_LOG, &s[0]);
	note_signer_make(&saksi[0], S("saksi.example/a"), KEY_WITNESS, &s[1]);
	note_signer_make(&saksi[1], S("saksi.example/b"), KEY_WITNESS, &s[2]);
}

static inline void world_end(void)
{
	sweep(&good);
	unlink(at_home(S("mine")));
	for (size_t i = countof(dirs); i-- > 0;)
		rmdir(at_home(str_of(dirs[i])));
	rmdir(home);
	arena_free(&a);
}

#endif
