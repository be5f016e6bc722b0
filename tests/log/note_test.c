#include "log/note.h"
#include "log/proof.h"
#include "tap.h"
#include "log/vectors.h"
#include <string.h>

#define NEUMANN	"PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
#define NEUMANN_SECRET \
	"PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
#define SUMDB	"sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8"
#define EXAMPLE	"example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"

/* ---- notes of others ---------------------------------------------------------- */

static const struct { const char *file, *key; } others[] = {
	{ "c2sp-example.note", EXAMPLE }, { "peterneumann.note", NEUMANN },
	{ "sumgolang-15067302.note", SUMDB }, { "sumgolang-19777102.note", SUMDB },
	{ "sumgolang-28891140.note", SUMDB }, { "sumgolang-52544510.note", SUMDB },
	{ "sumgolang-6476701.note", SUMDB }, { "sumgolang-65209736.note", SUMDB },
};

static enum note_mark marked(struct arena *a, str bytes, const char *key)
{
	struct note_key k;
	struct note note;
	int64_t at;

	CHECK(note_key_parse(str_of(key), &k));
	return note_parse(a, bytes, &note) ? note_mark(&note, &k, &at) : NOTE_UNSIGNED;
}

static void theirs(struct arena *a)
{
	int good = 0;

	if (!vector_other(a, "signed-note/c2sp-example.note").n) {
		ok(true, "notes of others # SKIP no vectors; say where in LARIS_VECTORS");
		return;
	}
	for (size_t i = 0; i < countof(others); i++)
		good += marked(a, vector_other(a, arena_cstr(a, arena_printf(a, "signed-note/%s",
		    others[i].file))), others[i].key) == NOTE_SIGNED;
	ok(good == (int)countof(others), "%d notes of others are signed", good);
}

/* Every bit of the note: no longer signed, or no note at all. */
static int still_signed(str bytes, const char *key)
{
	int n = 0;

	for (size_t i = 0; i < bytes.n * 8; i++) {
		CLEANUP(arena_free) struct arena *a = arena_new();
		char *p = arena_bytes(a, bytes.n);
		memcpy(p, bytes.p, bytes.n);
		p[i / 8] = (char)(p[i / 8] ^ 1 << i % 8);
		n += marked(a, (str){ p, bytes.n }, key) == NOTE_SIGNED;
	}
	return n;
}

static const char neumann_text[] =
	"If you think cryptography is the answer to your problem,\n"
	"then you don't know what your problem is.\n";

static void ours(struct arena *a)
{
	struct note_signer s;
	str note;

	CHECK(note_signer_parse(S(NEUMANN_SECRET), &s));
	ok(str_eq(note_signer_text(a, &s), S(NEUMANN_SECRET)) &&
	    str_eq(note_key_text(a, &s.key), S(NEUMANN)), "a key and its secret, as text");
	note = note_make(a, str_of(neumann_text), &s, 0);
	ok(str_ends(note, S("\n\n\xe2\x80\x94 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcE"
	    "lZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n")),
	    "signed as golang.org/x/mod signs it");
	ok(marked(a, note, NEUMANN) == NOTE_SIGNED && marked(a, note, EXAMPLE) == NOTE_UNSIGNED,
	    "by this key, not by another");
	ok(!still_signed(note, NEUMANN), "with every bit as it is");
}

/* ---- form -------------------------------------------------------------------- */

#define SIG	"\xe2\x80\x94 a AAAAAAA="
static const char *const malformed[] = {
	"", "\n", "\n\n", "text\n", "text\n\n", "text\n" SIG "\n", "text\n\n" SIG,
	"text\n\n" SIG "\n\n", "text\n\n" SIG "\nmore\n", "text\n\n-- a AAAAAAA=\n",
	"text\n\n\xe2\x80\x94  AAAAAAA=\n", "text\n\n\xe2\x80\x94 a  AAAAAAA=\n",
	"text\n\n\xe2\x80\x94 a AAAAAA==\n", "text\n\n\xe2\x80\x94 a AAAAAAA\n",
	"text\n\n\xe2\x80\x94 a AAAAAAB=\n", "text\n\n\xe2\x80\x94 a b AAAAAAA=\n",
	"text\n\n\xe2\x80\x94 a+b AAAAAAA=\n", "text\n\n\xe2\x80\x94 a\xc2\xa0 AAAAAAA=\n",
	"text\n\n\xe2\x80\x94 a AAAAAAA=\r\n", "te\rxt\n\n" SIG "\n", "te\txt\n\n" SIG "\n",
	"te\xffxt\n\n" SIG "\n", " \n\n" SIG " \n", "text\n\n\xe2\x80\x94 a AAAA\n",
};

static void form(struct arena *a)
{
	struct note note;
	struct buf many = BUF(a, 1 << 20);
	int bad = 0;

	for (size_t i = 0; i < countof(malformed); i++)
		if (note_parse(a, str_of(malformed[i]), &note)) {
			printf("# taken: %s\n", malformed[i]);
			bad++;
		}
	ok(!bad, "what is no note is refused");
	ok(note_parse(a, S("a\n\nb\n\n" SIG "\n" SIG "\n"), &note) && note.n == 2 &&
	    str_eq(note.text, S("a\n\nb\n")), "the last empty line divides");
	buf_str(&many, S("text\n\n"));
	for (int i = 0; i < NOTE_SIGNATURES; i++)
		buf_str(&many, S(SIG "\n"));
	ok(note_parse(a, buf_done(&many), &note), "%d signatures", NOTE_SIGNATURES);
	buf_str(&many, S(SIG "\n"));
	ok(!note_parse(a, buf_done(&many), &note), "and no more");
}

static void names(void)
{
	static const char *const good[] = { "a", "example.com/log", "kota\xc3\xa9",
		"\xe2\x80\x94" };
	static const char *const bad[] = { "", " ", "a b", "a+b", "a\n", "a\xc2\x85",
		"a\xe2\x80\x83", "a\xe3\x80\x80", "\xff", "a\t" };
	int wrong = 0;

	for (size_t i = 0; i < countof(good); i++)
		wrong += !note_name_ok(str_of(good[i]));
	for (size_t i = 0; i < countof(bad); i++)
		wrong += note_name_ok(str_of(bad[i]));
	ok(!wrong, "names of keys");
}

static void keys(void)
{
	static const char *const bad[] = { "", "a", "a+b", "PeterNeumann+c74f20a3+",
		"PeterNeumann+c74f20a3+ARpc", "PeterNeuman+c74f20a3+"
		"ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", "PeterNeumann+C74F20A3+"
		"ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", "PeterNeumann+c74f20a4+"
		"ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", "PeterNeumann+c74f20a3+"
		"Ahpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", NEUMANN " ", " " NEUMANN,
		NEUMANN "=" };
	struct note_key k;
	struct note_signer s;
	int wrong = 0;

	for (size_t i = 0; i < countof(bad); i++)
		wrong += note_key_parse(str_of(bad[i]), &k);
	ok(!wrong && !note_signer_parse(S(NEUMANN), &s), "what is no key is refused");
}

/* ---- witnesses -------------------------------------------------------------------- */

static void witnesses(struct arena *a)
{
	struct sign_secret secret = { { 7 } };
	struct note_signer w, l;
	struct buf b = BUF(a, 1 << 16);
	struct note note;
	int64_t at;

	note_signer_make(&w, S("saksi.example/w"), KEY_WITNESS, &secret);
	note_signer_make(&l, S("saksi.example/w"), KEY_LOG, &secret);
	ok(w.key.id != l.key.id, "one secret, two kinds, two ids");
	buf_str(&b, S("text\n\n"));
	note_sign(&b, S("text\n"), &w, 2000);
	note_sign(&b, S("text\n"), &w, 1000);
	note_sign(&b, S("text\n"), &w, 3000);
	CHECK(note_parse(a, buf_done(&b), &note));
	ok(note_mark(&note, &w.key, &at) == NOTE_SIGNED && at == 1000, "the earliest counts");
	ok(note_mark(&note, &l.key, &at) == NOTE_UNSIGNED && !at, "it is no log's signature");
	note_sign(&b, S("text\n"), &w, INT64_MAX);
	note_sign(&b, S("other\n"), &w, 1);
	CHECK(note_parse(a, buf_done(&b), &note));
	ok(note_mark(&note, &w.key, &at) == NOTE_FALSE, "one that is wrong spoils the note");
}

/* ---- what is signed: checkpoint, proof, question ------------------------------------- */

#define ROOT	"47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="

static void checkpoints(struct arena *a)
{
	static const char *const bad[] = { "", "a\n", "a\n0\n", "\n0\n" ROOT "\n",
		"a\n00\n" ROOT "\n",
		"a\n01\n" ROOT "\n", "a\n-1\n" ROOT "\n", "a\n\n" ROOT "\n", "a\n0\n" ROOT,
		"a\n0\n" ROOT "\n\n", "a\n0\n" ROOT "\nmore", "a\n0\n" ROOT "\nmore\n\n",
		"a\n9223372036854775808\n" ROOT "\n", "a\n0\n47DEQpj8HBSa\n",
		"a\n0\n\n", "a\n0 \n" ROOT "\n" };
	struct checkpoint c;
	int taken = 0;

	for (size_t i = 0; i < countof(bad); i++)
		taken += checkpoint_parse(str_of(bad[i]), &c);
	ok(!taken, "what is no checkpoint is refused");
	ok(checkpoint_parse(S("a b\n9223372036854775807\n" ROOT "\nx\ny\n"), &c) &&
	    str_eq(c.origin, S("a b")) && c.size == INT64_MAX && str_eq(c.more, S("x\ny\n")) &&
	    str_eq(checkpoint_text(a, &c), S("a b\n9223372036854775807\n" ROOT "\nx\ny\n")),
	    "what is one comes back as it was");
}

static void proofs(struct arena *a)
{
	static const char *const bad[] = { "", "c2sp.org/tlog-proof@v1\n",
		"c2sp.org/tlog-proof@v1\nindex 0\n", "c2sp.org/tlog-proof@v1\nindex 0\n\n",
		"c2sp.org/tlog-proof@v2\nindex 0\n\nx", "c2sp.org/tlog-proof@v1\nindex 00\n\nx",
		"c2sp.org/tlog-proof@v1\nindex -1\n\nx", "c2sp.org/tlog-proof@v1\nindex\n\nx",
		"c2sp.org/tlog-proof@v1\nindex 0\n47DE\n\nx",
		"c2sp.org/tlog-proof@v1\nextra A\nindex 0\n\nx",
		"c2sp.org/tlog-proof@v1\nextra\nindex 0\n\nx",
		"c2sp.org/tlog-proof@v1\nindex 0\nextra AAAA\n\nx" };
	str s = S("c2sp.org/tlog-proof@v1\nextra AAEC\nindex 12\n" ROOT "\n\nnote");
	struct log_proof p;
	struct log_update u;
	int taken = 0;

	for (size_t i = 0; i < countof(bad); i++)
		taken += log_proof_parse(a, str_of(bad[i]), &p);
	ok(!taken, "what is no proof is refused");
	ok(log_proof_parse(a, s, &p) && p.has_extra && p.extra.n == 3 && p.index == 12 &&
	    p.path.n == 1 && str_eq(log_proof_text(a, &p), s), "what is one comes back");
	s = S("old 7\n" ROOT "\n\nnote");
	ok(log_update_parse(s, &u) && u.old == 7 && u.path.n == 1 &&
	    str_eq(log_update_text(a, &u), s) && !log_update_parse(S("old 7\n"), &u) &&
	    !log_update_parse(S("old 07\n\nx"), &u), "a question to a witness");
}

int main(void)
{
	CLEANUP(arena_free) struct arena *a = arena_new();

	theirs(a);
	ours(a);
	form(a);
	names();
	keys();
	witnesses(a);
	checkpoints(a);
	proofs(a);
	return done();
}
