/*
 * verify_annul_test.c - a draw that a notary annulled because its round did
 * not come, in a witnessed log: it holds, is never called valid, and what
 * must be refused.
 */
#include "asked.h"
#include "mod/draw/annul.h"

#define ROUND	1000
#define LATE	259200		/* seconds: 72 hours			*/

static str said_of(int64_t at, const char *notary, const char *deed)
{
	const struct draw d = { .code = S("T-1"), .chain = S(CHAIN), .round = ROUND };

	return annulment_text(a, &d, &(struct annulment){ .notary = str_of(notary),
	    .deed = str_of(deed), .at = at * SECOND });
}

static void log_all(struct world *w)
{
	w->n = BEFORE;
	w->log.n = 0;
	enter(w, "freeze.txt", due(123) - 100);
	enter(w, "sample.txt", due(123) - 1);
	enter(w, "annulment.txt", due(ROUND) + LATE + 9);
	mirror(w);
}

static void build(struct world *w)
{
	static const char *const never[] = { "beacon.txt", "winners.tsv", "transcript.tsv" };
	struct bundle_result r;
	struct pick_list l;

	*w = (struct world){ 0 };
	drawn(a, &w->bundle, &l, &r);
	sampled(a, &w->bundle, &l);
	for (size_t i = 0; i < countof(never); i++)
		drop(&w->bundle, never[i]);
	add(&w->bundle, S("annulment.txt"), said_of(due(ROUND) + LATE, "Sri Rahayu, S.H., M.Kn.",
	    "14, 27 November 2026"));
	for (size_t i = 0; i < BEFORE; i++)
		w->entry[i] = arena_printf(a, "laris-purchase/v1\n%zu\n", i);
	log_all(w);
}

static void holds(void)
{
	write_all(&good);
	ok(ask() == 2, "an annulled draw is never called valid, nor broken");
	ok(found("d", "annulled", "valid", "annulment") &&
	    str_find(said, S("Sri Rahayu")) != SIZE_MAX && str_find(said,
	    S("https://api.drand.sh/" CHAIN "/public/1000")) != SIZE_MAX,
	    "it says by whom, and where drand can be asked");
	ok(found("d", "winners", "unchecked", "annulled") &&
	    found("d", "signature", "unchecked", "annulled"), "that there are no winners");
	ok(found("a", "after", "valid", "told-before") &&
	    found("c", "log", "valid", "first-freeze"), "and that all of it is in the log");
	ok(golden_same("draw-annulled") &&
	    str_eq(golden_read(a, golden_path(a, "../draw-whole-policy.txt")), policy()),
	    "tests/golden/draw-annulled holds these files");
}

static void refuse(struct world *w, const char *part, const char *why, const char *what)
{
	write_all(w);
	ok(ask() == 1 && found(*part == 'c' ? "c" : *part == 'A' ? "a" : "d",
	    *part == 'c' ? "log" : *part == 'A' ? "after" : part, "failed", why), "%s: %s", why,
	    what);
	sweep(w);
	write_all(&good);
}

static void told(str text, const char *why, const char *what)
{
	struct world w = good;

	add(&w.bundle, S("annulment.txt"), text);
	refuse(&w, "annulled", why, what);
}

static str with(str text, const char *was, const char *now)
{
	size_t at = str_find(text, str_of(was));

	CHECK(at != SIZE_MAX);
	return arena_printf(a, "%.*s%s%.*s", SV(str_sub(text, 0, at)), now,
	    SV(str_sub(text, at + strlen(was), text.n)));
}

static void words(void)
{
	str good_one = find(&good.bundle, S("annulment.txt"))->bytes;

	told(said_of(due(ROUND) + LATE - 1, "N", "1"), "annulled-early", "a second too early");
	told(with(good_one, "round 1000", "round 1001"), "told-format", "another round");
	told(with(good_one, "draw T-1", "draw T-2"), "told-format", "another draw");
	told(with(good_one, "beacon-late", "no-mood"), "told-format", "another reason");
	told(with(good_one, "notary Sri Rahayu, S.H., M.Kn.", "notary "), "told-format",
	    "nobody's name");
	told(with(good_one, "14, 27", "14,\x07 27"), "told-format", "a control character");
	told(with(good_one, "Rahayu", "Raha\xffyu"), "told-format", "a name that is no UTF-8");
	told(with(good_one, "Z\n", "+00:00\n"), "told-format", "a time written another way");
	told(with(good_one, "at 20", "at 19"), "told-format", "a time long ago");
	told(arena_printf(a, "%.*s\n", SV(good_one)), "told-format", "one line more");
}

static void drawn_all_the_same(void)
{
	static const char *const extra[] = { "beacon.txt", "winners.tsv", "transcript.tsv" };

	for (size_t i = 0; i < countof(extra); i++) {
		struct world w = good;
		add(&w.bundle, str_of(extra[i]), beacon(a, 1));
		refuse(&w, "annulled", "annulled-drawn", extra[i]);
	}
}

static void log_rules(void)
{
	struct world w = good;

	prove(&w, S("annulment.txt"), BEFORE + 2, due(ROUND) + LATE - 1);
	refuse(&w, "A", "annulled-early", "it was in the log before it was allowed");
	w = good;
	sweep(&w);
	drop(&w.bundle, "annulment.txt");
	drop(&w.bundle, "annulment.tlog-proof");
	refuse(&w, "c", "log-has-more", "an annulment that the bundle hides");
	w = good;
	w.entry[w.n++] = said_of(due(ROUND) + LATE + 1, "N", "2");
	w.log.n = 0;
	mirror(&w);
	refuse(&w, "c", "log-has-more", "annulled twice");
}

static void every_byte(void)
{
	size_t runs = 0;

	for (size_t i = 0; i < good.bundle.n; i++) {
		const struct bundle_file *f = &good.bundle.f[i];
		if (!str_starts(f->name, S("annulment")))
			continue;
		size_t wrong = flip("b", f, false, &runs);
		ok(!wrong, "%.*s: each byte altered is found", SV(f->name));
	}
	ok(runs > 20 && ask() == 2, "%zu bytes altered; unaltered it holds again", runs);
}

int main(void)
{
	world_begin("verify-annul");
	rmdir(at_home(S("b/after")));
	build(&good);
	put(".", S("mine"), policy());
	holds();
	words();
	drawn_all_the_same();
	log_rules();
	every_byte();
	world_end();
	return done();
}
