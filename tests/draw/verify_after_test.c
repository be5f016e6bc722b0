/*
 * verify_after_test.c - a whole draw with a sample, a redraw, a returned
 * prize and a hand-over, in a witnessed log that is there to be read: all
 * that must be refused, and that it is valid as it is.
 *
 * The draw's own code makes the folder; rounds 123, 1000 and 657413 of
 * drand quicknet are real ones.
 */
#include "asked.h"

/* ---- the whole of it ------------------------------------------------------------- */

static void log_all(struct world *w)
{
	w->n = BEFORE;
	w->log.n = 0;
	enter(w, "freeze.txt", due(123) - 100);
	enter(w, "sample.txt", due(123) - 1);
	enter(w, "after/001-redraw.txt", due(657413) - 1);
	enter(w, "after/002-returned.txt", due(657413) + 9);
	enter(w, "after/003-handover.txt", due(657413) + 99);
	w->entry[w->n++] = S("laris-purchase/v1\n");
	mirror(w);
}

static void build(struct world *w)
{
	struct bundle_input in;
	struct bundle_result r;
	struct pick_list l;

	*w = (struct world){ 0 };
	in = drawn(a, &w->bundle, &l, &r);
	sampled(a, &w->bundle, &l);
	later(a, &w->bundle, &in, &l, &r);
	for (size_t i = 0; i < BEFORE; i++)
		w->entry[i] = arena_printf(a, "laris-purchase/v1\n%zu\n", i);
	log_all(w);
}

/* ---- it holds ---------------------------------------------------------------------- */

static void whole(void)
{
	write_all(&good);
	ok(ask() == 0, "a draw of which everything was checked is valid: exit 0");
	ok(found("a", "after", "valid", "told-before") &&
	    found("c", "log", "valid", "first-freeze") &&
	    found("d", "sample", "valid", "sample-follows") &&
	    found("d", "after", "valid", "after-follows"), "each part says why");
	ok(run((const char *const[]){ "--policy", at_home(S("mine")), NULL }) == 2 &&
	    str_find(said, S("TIDAK DIPERIKSA")) != SIZE_MAX &&
	    str_find(said, S("--log FOLDER")) != SIZE_MAX,
	    "without the log it is said in words that it was not checked");
	ok(run((const char *const[]){ "--json", "--log", at_home(S("log")), NULL }) == 2 &&
	    found("c", "log", "unchecked", "mirror-unproven"),
	    "nor does a log help whom nobody told whom to believe");
	ok(run((const char *const[]){ "--json", "--policy", at_home(S("mine")), "--log",
	    at_home(S("nowhere")), NULL }) == 2 && found("c", "log", "unchecked", "mirror-read"),
	    "a log that is not there");
}

static void golden(void)
{
	ok(golden_same("draw-whole") &&
	    str_eq(golden_read(a, golden_path(a, "../draw-whole-policy.txt")), policy()),
	    "tests/golden/draw-whole holds these files");
}

/* ---- every byte ----------------------------------------------------------------------- */

static void every_byte(void)
{
	size_t runs = 0;

	write_all(&good);
	for (size_t i = 0; i < good.bundle.n; i++) {
		const struct bundle_file *f = &good.bundle.f[i];
		if (!f->bytes.n)
			continue;
		size_t wrong = flip("b", f, false, &runs);
		ok(!wrong, "%.*s: each byte altered is found, without SHA256SUMS", SV(f->name));
	}
	for (size_t i = 0; i < good.log.n; i++) {
		const struct bundle_file *f = &good.log.f[i];
		size_t wrong = flip("log", f, true, &runs);
		ok(!wrong, "log/%.*s altered is never taken for the log", SV(f->name));
	}
	ok(runs > 500 && ask() == 0, "%zu bytes altered; unaltered it holds again", runs);
}

/* ---- what is said is wrong --------------------------------------------------------------- */

static struct world spoilt(void)
{
	struct world w = good;

	return w;
}

static void refuse(struct world *w, const char *part, const char *why, const char *what)
{
	write_all(w);
	bool log = *part == 'c';
	ok(ask() == 1 && found(log ? "c" : "d", log ? "log" : part, "failed", why), "%s: %s", why,
	    what);
	sweep(w);
}

static void replaced(const char *name, str bytes, const char *part, const char *why,
    const char *what)
{
	struct world w = spoilt();

	add(&w.bundle, str_of(name), bytes);
	refuse(&w, part, why, what);
}

static void without(const char *name, const char *part, const char *why, const char *what)
{
	struct world w = spoilt();

	sweep(&w);
	drop(&w.bundle, name);
	refuse(&w, part, why, what);
}

static str redraw_of(const char *prize, int place, const char *reason, int64_t round)
{
	return after_text(a, &(struct after){ AFTER_REDRAW, S("T-1"), str_of(prize), place,
	    str_of(reason), S(CHAIN), round, S("") });
}

static void after_rules(void)
{
	replaced("after/001-redraw.txt", redraw_of("RUMAH", 1, "absent", 1000), "after",
	    "told-round", "a redraw by the draw's own round");
	replaced("after/001-redraw.txt", redraw_of("RUMAH", 2, "absent", 657413), "after",
	    "after-nobody", "a place nobody won");
	replaced("after/001-redraw.txt", redraw_of("RUMAH", 1, "why not", 657413), "after",
	    "told-format", "a reason that is no code");
	replaced("after/001-redraw.txt", redraw_of("RUMAH", 1, "refused", 657413), "after",
	    "again-differs", "another reason gives another winner");
	replaced("after/001-beacon.txt", beacon(a, 1), "after", "told-format",
	    "another round's beacon");
	replaced("after/002-handover.txt", S("x"), "after", "after-stranger", "one number twice");
	replaced("after/005-returned.txt", S("x"), "after", "after-stranger", "a number left out");
	replaced("after/003-beacon.txt", beacon(a, 2), "after", "after-stranger",
	    "a beacon where nothing is drawn");
	replaced("after/004-redraw.txt", redraw_of("RUMAH", 1, "absent", 657413), "after",
	    "told-round", "a second redraw by the round of the first");
	replaced("after/004-redraw.txt", redraw_of("MOTOR", 2, "absent", 657414), "after",
	    "after-nobody", "a prize that went back");
	replaced("after/004-redraw.txt", redraw_of("MOTOR", 1, "absent", 657414), "after",
	    "after-nobody", "a prize that was given");
	without("after/001-winner.tsv", "after", "file-missing", "no winner beside the beacon");
	without("after/001-beacon.txt", "after", "file-missing", "a winner without its beacon");
	without("after/002-returned.txt", "after", "after-stranger", "a happening taken away");
}

static void sample_rules(void)
{
	replaced("sample.txt", sample_text(a, S("T-1"), 4, S(CHAIN), 1000), "sample", "told-round",
	    "a sample by the draw's own round");
	replaced("sample.txt", sample_text(a, S("T-1"), 46, S(CHAIN), 123), "sample", "told-format",
	    "more coupons than there are");
	replaced("sample.txt", sample_text(a, S("T-1"), 3, S(CHAIN), 123), "sample",
	    "again-differs", "fewer than were announced");
	without("sample.tsv", "sample", "file-missing", "a beacon and nothing chosen");
	without("sample.txt", "sample", "file-missing", "chosen and never announced");
}

/* ---- the log knows better ------------------------------------------------------------------ */

static struct world logged(size_t at, str entry)
{
	struct world w = spoilt();

	w.entry[at] = entry;
	if (at == w.n)
		w.n++;
	w.log.n = 0;
	mirror(&w);
	return w;
}

/* An earlier freeze, in a log that is consistent: all proofs are made anew from it. */
static void not_first(void)
{
	struct world w = spoilt();

	w.entry[7] = arena_printf(a, "laris-undian/v1\ndraw T-1\nentries 1\n");
	log_all(&w);
	refuse(&w, "c", "not-first", "the draw was frozen before");
	w.entry[7] = S("laris-undian/v1\ndraw T-12\nentries 1\n");
	log_all(&w);
	write_all(&w);
	ok(ask() == 0, "another draw's freeze before it is no matter");
	sweep(&w);
}

static void log_rules(void)
{
	struct world w = logged(good.n, redraw_of("MOTOR", 3, "refused", 657414));

	refuse(&w, "c", "log-has-more", "a redraw that the bundle does not tell of");
	w = logged(good.n, S("laris-sample/v1\ndraw T-1\n"));
	refuse(&w, "c", "log-has-more", "a second sample");
	w = logged(good.n, find(&w.bundle, S("freeze.txt"))->bytes);
	write_all(&w);
	ok(ask() == 0, "frozen once more afterwards: the first one binds");
	sweep(&w);
	w = logged(3, S("laris-purchase/v1\nanother\n"));
	refuse(&w, "c", "mirror-false", "another log, signed as well");
	w = spoilt();
	w.n = BEFORE + 4;
	w.log.n = 0;
	mirror(&w);
	write_all(&w);
	ok(ask() == 2 && found("c", "log", "unchecked", "mirror-old"),
	    "a copy older than the bundle");
	sweep(&w);
	w = spoilt();
	drop(&w.bundle, "after/003-handover.tlog-proof");
	w.n = BEFORE + 4;
	w.log.n = 0;
	mirror(&w);
	write_all(&w);
	ok(ask() == 2 && found("c", "log", "unchecked", "mirror-old") &&
	    found("a", "after", "unchecked", "no-proof"), "a hand-over nobody logged yet");
	sweep(&w);
}

static void late(void)
{
	struct world w = spoilt();

	prove(&w, S("after/001-redraw.txt"), BEFORE + 2, due(657413));
	write_all(&w);
	ok(ask() == 1 && found("a", "after", "failed", "witnessed-late"),
	    "a redraw witnessed when its randomness was there");
	w = spoilt();
	prove(&w, S("sample.txt"), BEFORE + 1, due(123));
	write_all(&w);
	ok(ask() == 1 && found("a", "after", "failed", "witnessed-late"), "a sample likewise");
	w = spoilt();
	prove(&w, S("sample.txt"), BEFORE + 2, due(123) - 1);
	write_all(&w);
	ok(ask() == 1 && found("a", "after", "failed", "log-not-in"), "another entry's proof");
	sweep(&w);
}

static void waiting(void)
{
	struct world w = spoilt();

	sweep(&w);
	drop(&w.bundle, "after/001-beacon.txt");
	drop(&w.bundle, "after/001-winner.tsv");
	drop(&w.bundle, "after/001-transcript.tsv");
	write_all(&w);
	ok(ask() == 2 && found("d", "after", "unchecked", "after-waits"),
	    "a redraw whose round is to come");
	sweep(&w);
	w = spoilt();
	drop(&w.bundle, "sample.tsv");
	drop(&w.bundle, "sample-beacon.txt");
	write_all(&w);
	ok(ask() == 2 && found("d", "sample", "unchecked", "sample-waits"),
	    "a sample likewise");
	drop(&w.bundle, "beacon.txt");
	drop(&w.bundle, "winners.tsv");
	drop(&w.bundle, "transcript.tsv");
	sweep(&good);
	write_all(&w);
	ok(ask() == 1 && found("d", "after", "failed", "drawn-without-beacon"),
	    "nothing happens after a draw that was not run");
	sweep(&w);
}

int main(void)
{
	world_begin("verify-after");
	build(&good);
	put(".", S("mine"), policy());
	whole();
	golden();
	after_rules();
	sample_rules();
	not_first();
	log_rules();
	late();
	waiting();
	every_byte();
	world_end();
	return done();
}
