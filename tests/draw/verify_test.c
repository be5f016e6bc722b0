/*
 * verify_test.c - what the verifier must refuse, and why.
 *
 * Bundles are written into a folder of their own below TMPDIR; each test
 * changes one thing.
 */
#include "mod/draw/verify/verify.h"
#include "mod/draw/beacon.h"
#include "mod/draw/bundle.h"
#include "mod/draw/cid.h"
#include "golden.h"
#include "tap.h"
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define CHAIN	BEACON_QUICKNET
#define FILES	10

static struct arena *a;
static char home[512];

/* ---- folders ---------------------------------------------------------- */

static const char *in_home(const char *name)
{
	return arena_cstr(a, arena_printf(a, "%s/%s", home, name));
}

static void put(const char *name, str bytes)
{
	FILE *f = fopen(in_home(name), "w");

	if (!f || fwrite(bytes.p ? bytes.p : "", 1, bytes.n, f) != bytes.n)
		panic("cannot write %s", name);
	fclose(f);
}

static const char *const names[] = { "freeze.txt", "entries.bin", "prizes.tsv",
	"ineligible.txt", "rules.txt", "beacon.txt", "winners.tsv", "transcript.tsv",
	"README.txt", "SHA256SUMS", "stranger.txt", "after", "link" };

static void sweep(void)
{
	for (size_t i = 0; i < countof(names); i++)
		if (remove(in_home(names[i]))) {
			/* it was not there */
		}
}

/* ---- bundles ---------------------------------------------------------- */

struct bundle { struct bundle_file f[FILES]; size_t n; };

static struct bundle_file *find(struct bundle *b, const char *name)
{
	for (size_t i = 0; i < b->n; i++)
		if (str_eq(b->f[i].name, str_of(name)))
			return &b->f[i];
	return NULL;
}

static void add(struct bundle *b, const char *name, str bytes)
{
	b->f[b->n++] = (struct bundle_file){ str_of(name), bytes };
}

struct recipe { str entries, prizes, ineligible, signature; bool sums; };

static str golden(const char *name)
{
	return golden_read(a, golden_path(a, name));
}

static struct recipe seven(void)
{
	str beacon = golden("kat1-seven/beacon.txt");

	return (struct recipe){ golden("kat1-seven/entries.bin"),
		golden("kat1-seven/prizes.tsv"), golden("kat1-seven/ineligible.txt"),
		str_sub(beacon, beacon.n - 97, 96), true };
}

/* Everything fits together, whatever the list is; results only if it can be drawn. */
static struct bundle make(const struct recipe *r)
{
	struct pick_list l = { (const unsigned char *)r->entries.p,
		r->entries.n / PICK_RECORD, 0 };
	str rules = S("Satu kupon tiap Rp 50.000.\n");
	struct bundle_input in = { .entries = r->entries, .prizes = r->prizes,
		.ineligible = r->ineligible };
	struct bundle b = { .n = 0 };
	struct bundle_result res = { .n_won = 0 };
	struct freeze f;

	for (size_t i = 0; i < l.n; i++)
		l.coupons += pick_count(&l, i);
	if (freeze_make(a, &(struct freeze_input){ S("T-1"), r->prizes, r->ineligible, rules,
	    S(CHAIN), 1000, &l, NULL }, &f, &in.freeze))
		in.freeze = S("");
	in.beacon = arena_printf(a, "laris-beacon/v1\ndraw T-1\ndrand %s 1000 %.*s\n", CHAIN,
	    SV(r->signature));
	if (bundle_open(a, &in, &f, &l) || bundle_draw(a, &in, &l, &res))
		res.winners = res.transcript = S("");
	add(&b, "freeze.txt", in.freeze);
	add(&b, "entries.bin", r->entries);
	add(&b, "prizes.tsv", r->prizes);
	add(&b, "ineligible.txt", r->ineligible);
	add(&b, "rules.txt", rules);
	add(&b, "beacon.txt", in.beacon);
	add(&b, "winners.tsv", res.winners);
	add(&b, "transcript.tsv", res.transcript);
	add(&b, "README.txt", bundle_readme(a, &f, false));
	if (r->sums)
		add(&b, "SHA256SUMS", bundle_sums(a, b.f, b.n));
	return b;
}

static void write_bundle(const struct bundle *b)
{
	sweep();
	for (size_t i = 0; i < b->n; i++)
		put(arena_cstr(a, b->f[i].name), b->f[i].bytes);
}

/* ---- asking ----------------------------------------------------------- */

static str said;

static int ask(const char *const *extra)
{
	char *argv[12] = { NULL }, *text = NULL;
	int argc = 0, code;
	size_t n = 0;
	FILE *out = open_memstream(&text, &n);

	argv[argc++] = strdup("verify");
	for (; *extra; extra++)
		argv[argc++] = strdup(*extra);
	code = verify_main(argc, argv, out);
	fclose(out);
	said = arena_str(a, (str){ text, n });
	free(text);
	for (int i = 0; i < argc; i++)
		free(argv[i]);
	return code;
}

static int verify(void)
{
	return ask((const char *const[]){ home, "--json", NULL });
}

static bool says(const char *what)
{
	return str_find(said, str_of(what)) != SIZE_MAX;
}

/* The promise's part has this result for this reason. */
static bool found(const char *promise, const char *part, const char *result, const char *why)
{
	return says(arena_cstr(a, arena_printf(a, "{\"promise\":\"%s\",\"part\":\"%s\","
	    "\"result\":\"%s\",\"reason\":\"%s\"", promise, part, result, why)));
}

/* ---- known answers ------------------------------------------------------ */

static void known(void)
{
	static const struct {
		const char *name;
		int exit;
		const char *promise, *part, *result, *why;
	} t[] = {
		{ "kat1-seven", 2, "d", "winners", "valid", "winners-follow" },
		{ "kat2-one-holder", 2, "d", "winners", "valid", "winners-follow" },
		/* One holder's count is one less: the next coupon has no holder. */
		{ "neg-gap", 1, "c", "list", "failed", "entries-gap" },
		/* Contiguous, but one coupon more than freeze.txt says. */
		{ "neg-one-coupon-added", 1, "c", "list", "failed", "entries-sum" },
		{ "neg-winner-changed", 1, "d", "winners", "failed", "winners-differ" },
		/* The same number in capitals would be another seed. */
		{ "neg-beacon-uppercase", 1, "d", "winners", "failed", "beacon-format" },
		/* Its winners are those of the true signature; but it is forged to begin with. */
		{ "neg-beacon-forged-signature", 1, "d", "signature", "failed",
		    "beacon-signature" },
	};

	for (size_t i = 0; i < countof(t); i++) {
		const char *path = golden_path(a, t[i].name);
		int code = ask((const char *const[]){ path, "--json", NULL });
		ok(code == t[i].exit && found(t[i].promise, t[i].part, t[i].result, t[i].why),
		    "%s: exit %d, %s %s", t[i].name, t[i].exit, t[i].promise, t[i].why);
		ok(found("a", "", "unchecked", "no-proof") && found("c", "log", "unchecked",
		    "log-not-read"), "%s: what the log proves is said to be unchecked", t[i].name);
	}
}

static void whole(void)
{
	struct recipe r = seven();
	struct bundle b = make(&r);

	write_bundle(&b);
	ok(verify() == 2 && found("c", "list", "valid", "list-fits") &&
	    found("d", "winners", "valid", "winners-follow") &&
	    found("d", "signature", "valid", "beacon-signed"), "our own bundle holds");
	ask((const char *const[]){ home, NULL });
	ok(says("TIDAK DIPERIKSA") && says("SAH") && !says("GAGAL") && says("BELUM LENGKAP"),
	    "it is said in Indonesian");
	ask((const char *const[]){ "--lang=en", home, NULL });
	ok(says("NOT CHECKED") && says("VALID") && says("NOT COMPLETE"), "or in English");
	ok(ask((const char *const[]){ home, "--card", "1", NULL }) == 2 && !said.n,
	    "a card without its secret is wrong use");
	ok(ask((const char *const[]){ in_home("nowhere"), NULL }) == 2 && !said.n,
	    "so is no folder");
}

static void forged(void)
{
	struct recipe r = seven();
	char *sig = arena_bytes(a, 96);
	struct bundle b;

	memcpy(sig, r.signature.p, 96);
	sig[40] = sig[40] == '0' ? '1' : '0';
	r.signature = (str){ sig, 96 };
	b = make(&r);
	write_bundle(&b);
	ok(verify() == 1 && found("d", "winners", "valid", "winners-follow") &&
	    found("d", "signature", "failed", "beacon-signature"),
	    "winners made to fit a forged signature: the signature is refused");
}

/* ---- every byte ---------------------------------------------------------- */

static void every_byte(void)
{
	struct recipe r = seven();
	struct bundle b = make(&r);

	write_bundle(&b);
	for (size_t i = 0; i < b.n; i++) {
		const struct bundle_file *f = &b.f[i];
		char *copy = arena_bytes(a, f->bytes.n);
		size_t valid = 0, runs = 0;
		static const char flip[] = { 0x01, 0x20, (char)0x80 };
		/* Only a sum guards it, whichever byte: a few are enough. */
		size_t step = str_eq(f->name, S("README.txt")) ? 16 : 1;
		for (size_t at = 0; at < f->bytes.n; at += step) {
			struct arena *mine = a, *t = arena_new();
			a = t;
			memcpy(copy, f->bytes.p, f->bytes.n);
			copy[at] = (char)(copy[at] ^ flip[at % countof(flip)]);
			put(arena_cstr(a, f->name), (str){ copy, f->bytes.n });
			valid += verify() != 1;
			runs++;
			a = mine;
			arena_free(&t);
		}
		put(arena_cstr(a, f->name), f->bytes);
		ok(runs && !valid, "%.*s: each of its %zu bytes altered is found",
		    SV(f->name), runs);
	}
	ok(verify() == 2, "and unaltered it holds again");
}

static void every_length(void)
{
	struct recipe r = seven();
	struct bundle b = make(&r);

	r.sums = false;
	b = make(&r);
	write_bundle(&b);
	for (size_t i = 0; i < b.n; i++) {
		const struct bundle_file *f = &b.f[i];
		size_t passed = 0;
		if (str_eq(f->name, S("README.txt")))
			continue;
		for (size_t n = 0; n < f->bytes.n; n++) {
			put(arena_cstr(a, f->name), str_sub(f->bytes, 0, n));
			passed += verify() != 1;
		}
		put(arena_cstr(a, f->name), arena_printf(a, "%.*s\n", SV(f->bytes)));
		passed += verify() != 1;
		put(arena_cstr(a, f->name), f->bytes);
		ok(!passed, "%.*s: cut anywhere or longer, without SHA256SUMS", SV(f->name));
	}
}

/* ---- lists ---------------------------------------------------------------- */

static str records(const unsigned char (*r)[3], size_t n)
{
	unsigned char *p = NEWN(a, unsigned char, n * PICK_RECORD + 1);

	for (size_t i = 0; i < n; i++) {
		p[i * PICK_RECORD] = r[i][0];
		p[i * PICK_RECORD + 39] = r[i][1];
		p[i * PICK_RECORD + 47] = r[i][2];
	}
	return (str){ (char *)p, n * PICK_RECORD };
}

static void list_case(str entries, const char *why, const char *what)
{
	struct recipe r = seven();
	struct bundle b;

	r.entries = entries;
	b = make(&r);
	write_bundle(&b);
	ok(verify() == 1 && found("c", "list", "failed", why), "%s", what);
}

static void lists(void)
{
	list_case(records((const unsigned char[][3]){ { 2, 0, 1 }, { 1, 1, 1 } }, 2),
	    "entries-order", "frozen out of order");
	list_case(records((const unsigned char[][3]){ { 1, 0, 1 }, { 1, 1, 1 } }, 2),
	    "entries-order", "frozen with one holder twice");
	list_case(records((const unsigned char[][3]){ { 1, 0, 1 }, { 2, 2, 1 } }, 2),
	    "entries-gap", "frozen with a gap");
	list_case(records((const unsigned char[][3]){ { 1, 0, 2 }, { 2, 1, 1 } }, 2),
	    "entries-gap", "frozen with an overlap");
	list_case(records((const unsigned char[][3]){ { 1, 1, 2 } }, 1),
	    "entries-gap", "frozen from coupon 1 on");
	list_case(records((const unsigned char[][3]){ { 1, 0, 1 }, { 2, 1, 0 }, { 3, 1, 1 } }, 3),
	    "entries-empty", "frozen with a holder of nothing");
	list_case(S(""), "freeze-format", "no holder at all");
}

/* The sum of counts overflows, and freeze.txt says what it wraps to. */
static void overflow(void)
{
	struct recipe r = seven();
	char *p = arena_bytes(a, 96);
	struct bundle b;
	str two = records((const unsigned char[][3]){ { 1, 0, 0 }, { 2, 0, 7 } }, 2);

	memcpy(p, two.p, two.n);
	memset(p + 40, 0xff, 8);
	memset(p + 48 + 32, 0xff, 8);
	r.entries = (str){ p, 96 };
	b = make(&r);
	write_bundle(&b);
	/* make() wraps to 6 coupons, which reads well */
	ok(verify() == 1 && found("c", "list", "failed", "entries-sum"),
	    "a sum over 2^64 is not a small one");
}

/* ---- files ---------------------------------------------------------------- */

static void replaced(const char *name, str bytes, const char *promise, const char *part,
    const char *why)
{
	struct recipe r = seven();
	struct bundle b;

	r.sums = false;
	b = make(&r);
	find(&b, name)->bytes = bytes;
	write_bundle(&b);
	ok(verify() == 1 && found(promise, part, "failed", why), "%s: %s", name, why);
}

static str crlf(str s)
{
	struct buf b = BUF(a, 1 << 20);

	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '\n')
			buf_char(&b, '\r');
		buf_char(&b, s.p[i]);
	}
	return buf_done(&b);
}

static void line_ends(void)
{
	struct recipe r = seven();
	struct bundle b = make(&r);

	replaced("freeze.txt", crlf(find(&b, "freeze.txt")->bytes), "c", "list", "freeze-format");
	replaced("beacon.txt", crlf(find(&b, "beacon.txt")->bytes), "d", "winners",
	    "beacon-format");
	replaced("prizes.tsv", crlf(r.prizes), "c", "list", "file-hash");
	replaced("ineligible.txt", crlf(r.ineligible), "c", "list", "file-hash");
	replaced("winners.tsv", crlf(find(&b, "winners.tsv")->bytes), "d", "winners",
	    "winners-differ");
	replaced("transcript.tsv", crlf(find(&b, "transcript.tsv")->bytes), "d", "winners",
	    "transcript-differs");
	replaced("transcript.tsv", arena_printf(a, "%.*sRUMAH\t9\t9\t9\twin-9\n",
	    SV(find(&b, "transcript.tsv")->bytes)), "d", "winners", "transcript-differs");
	replaced("winners.tsv", S("\033[2Jx\n"), "d", "winners", "winners-differ");
	ok(str_find(said, S("\033")) == SIZE_MAX, "a stranger's escape codes are not printed");
}

static void frozen_wrong(const char *what, str prizes, str ineligible, const char *why)
{
	struct recipe r = seven();
	struct bundle b;

	if (prizes.p)
		r.prizes = prizes;
	if (ineligible.p)
		r.ineligible = ineligible;
	b = make(&r);
	write_bundle(&b);
	ok(verify() == 1 && found("c", "list", "failed", why), "frozen with %s", what);
}

static void frozen_files(void)
{
	str none = { NULL, 0 };

	frozen_wrong("no prize", S(""), none, "prizes-format");
	frozen_wrong("a prize twice", S("A\tx\t1\tM\nA\ty\t1\tM\n"), none, "prizes-format");
	frozen_wrong("none of a prize", S("A\tx\t0\tM\n"), none, "prizes-format");
	frozen_wrong("01 of a prize", S("A\tx\t01\tM\n"), none, "prizes-format");
	frozen_wrong("a number over 2^64", S("A\tx\t18446744073709551616\tM\n"), none,
	    "prizes-format");
	frozen_wrong("a line without its end", S("A\tx\t1\tM"), none, "prizes-format");
	frozen_wrong("half a cid", none, S("8a98\n"), "ineligible-format");
	frozen_wrong("CRLF", none, crlf(seven().ineligible), "ineligible-format");
}

static void missing_files(void)
{
	struct recipe r = seven();
	struct bundle b;

	for (int sums = 0; sums < 2; sums++) {
		r.sums = sums;
		b = make(&r);
		for (size_t i = 0; i < b.n; i++) {
			const char *name = arena_cstr(a, b.f[i].name);
			write_bundle(&b);
			unlink(in_home(name));
			if (!strcmp(name, "SHA256SUMS") || (!sums && !strcmp(name, "README.txt")))
				ok(verify() == 2, "without %s the rest can be checked", name);
			else
				ok(verify() == 1, "not without %s (SHA256SUMS %d)", name, sums);
		}
	}
	r.sums = false;
	b = make(&r);
	write_bundle(&b);
	unlink(in_home("beacon.txt"));
	unlink(in_home("winners.tsv"));
	unlink(in_home("transcript.tsv"));
	ok(verify() == 2 && found("c", "list", "valid", "list-fits") &&
	    found("d", "winners", "unchecked", "not-drawn"), "frozen and not yet drawn");
}

static void strange_files(void)
{
	struct recipe r = seven();
	struct bundle b = make(&r);

	write_bundle(&b);
	put("stranger.txt", S("x"));
	ok(verify() == 2 && says("\"extra\":[\"stranger.txt\"]"), "a stranger is named");
	for (size_t i = 0; i < b.n; i++) {
		const char *name = arena_cstr(a, b.f[i].name);
		write_bundle(&b);
		if (rename(in_home(name), in_home("link")) || symlink("link", in_home(name)))
			panic("cannot link %s", name);
		ok(verify() == 1 && says("file-not-plain"), "%s as a link is refused", name);
	}
	write_bundle(&b);
	unlink(in_home("winners.tsv"));
	if (mkfifo(in_home("winners.tsv"), 0600))
		panic("mkfifo");
	ok(verify() == 1 && says("file-not-plain"), "a pipe does not hang us");
	write_bundle(&b);
	mkdir(in_home("after"), 0700);
	ok(verify() == 2 && found("d", "after", "valid", "after-follows"),
	    "a folder after/ in which nothing happened");
	r.sums = false;
	b = make(&r);
	find(&b, "freeze.txt")->bytes = golden("kat1-seven/freeze.txt");
	write_bundle(&b);
	ok(verify() == 1 && found("c", "list", "failed", "rules-not-fixed"),
	    "rules that the freeze does not name");
	write_bundle(&b);
	if (truncate(in_home("entries.bin"), INT64_C(1) << 40))
		panic("truncate");
	ok(verify() == 1, "a terabyte of list is not read");
}

static void sums(void)
{
	static const struct { const char *text, *why; } t[] = {
		{ "", "sums-format" }, { "x\n", "sums-format" },
		{ "%s  ../freeze.txt\n", "sums-format" }, { "%s  /etc/passwd\n", "sums-format" },
		{ "%s *freeze.txt\n", "sums-format" }, { "%s  a//b\n", "sums-format" },
		{ "%s  SHA256SUMS\n", "sums-format" },
		{ "%s  after/../freeze.txt\n", "sums-format" },
		{ "%s  freeze.txt\n%s  freeze.txt\n", "sums-format" },
		{ "%s  freeze.txt\n", "sums-differ" }, { "%s  nothing.txt\n", "file-missing" },
		{ "%s  link/x.txt\n", "file-not-plain" },
	};
	static const char zero[] =
	    "0000000000000000000000000000000000000000000000000000000000000000";
	struct recipe r = seven();
	struct bundle b;
	str good;

	r.sums = false;
	b = make(&r);
	write_bundle(&b);
	if (symlink("/tmp", in_home("link")))
		panic("symlink");
	for (size_t i = 0; i < countof(t); i++) {
		struct buf text = BUF(a, 4096);
		for (const char *p = t[i].text; *p; p++) {
			if (*p == '%' && *++p == 's')
				buf_str(&text, str_of(zero));
			else
				buf_char(&text, *p);
		}
		put("SHA256SUMS", buf_done(&text));
		ok(verify() == 1 && found("c", "list", "failed", t[i].why),
		    "SHA256SUMS case %zu: %s", i, t[i].why);
	}
	good = bundle_sums(a, b.f, b.n - 1);
	put("SHA256SUMS", good);
	ok(verify() == 1 && found("c", "list", "failed", "sums-lacks"), "one file not listed");
}

/* ---- one's own coupons ------------------------------------------------------ */

static int ask_card(const char *card, const char *secret, const char *phone)
{
	return ask((const char *const[]){ home, "--json", "--card", card, "--secret", secret,
	    phone ? "--phone" : NULL, phone, NULL });
}

static void cards(void)
{
	unsigned char rec[2 * PICK_RECORD], bytes[16] = "sixteen bytes...";
	str secret = base32_text(a, bytes, sizeof bytes);
	const char *typed = arena_cstr(a, secret);
	struct recipe r = seven();
	struct pick_list l;
	struct bundle b;
	struct hash salt, cid;

	cid_salt(&salt, secret, S("T-1"));
	cid_make(&cid, S("T-1"), S("123456789"), S("+6281234567890"), &salt);
	pick_record_set(rec, &cid, 12, 0);
	cid_make(&cid, S("T-1"), S("123456780"), S(""), &salt);
	pick_record_set(rec + PICK_RECORD, &cid, 5, 0);
	ok(!pick_list_seal(a, rec, 2, NULL, &l), "two cards on a list");
	r.entries = (str){ (char *)rec, sizeof rec };
	b = make(&r);
	write_bundle(&b);
	ok(ask_card("123456789", typed, "+6281234567890") == 2 &&
	    found("b", "", "valid", "card-found") && says("\"count\":12"), "the card's coupons");
	ok(ask_card("123 456-789", typed, "0812-3456-7890") == 2 && says("\"count\":12"),
	    "typed as people type");
	ok(ask_card("123456780", typed, NULL) == 2 && says("\"count\":5"),
	    "a card without a phone");
	ok(ask_card("123456789", typed, NULL) == 1 && found("b", "", "failed", "card-not-found"),
	    "without its phone it is not found");
	ok(ask_card("123456789", "wrong", "+6281234567890") == 1, "nor with another secret");
}

int main(void)
{
	const char *tmp = getenv("TMPDIR");

	a = arena_new();
	unsetenv("LANG");
	snprintf(home, sizeof home, "%s/laris-verify-XXXXXX", tmp ? tmp : "/tmp");
	if (!mkdtemp(home))
		panic("no folder to write in");
	known();
	whole();
	forged();
	every_byte();
	every_length();
	lists();
	overflow();
	line_ends();
	frozen_files();
	missing_files();
	strange_files();
	sums();
	cards();
	sweep();
	rmdir(home);
	arena_free(&a);
	return done();
}
