#include "core/crypto.h"
#include "json/json.h"
#include "tap.h"
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static bool hex_is(const struct hash *h, const char *want)
{
	char hex[64];

	hex_put(hex, h->b, 32);
	return str_eq((str){ hex, 64 }, str_of(want));
}

/* FIPS 180-2, appendix B, and the empty message. */
static const struct { const char *s, *hash; } known[] = {
	{ "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" },
	{ "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" },
	{ "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
	  "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1" },
};

static void hashes(struct arena *a)
{
	struct hash h, other;

	for (size_t i = 0; i < countof(known); i++) {
		sha256(&h, known[i].s, strlen(known[i].s));
		ok(hex_is(&h, known[i].hash), "SHA-256 of \"%s\"", known[i].s);
	}
	sha256(&h, NULL, 0);
	ok(hex_is(&h, known[0].hash), "and of NULL");
	sha256_pieces(&h, (struct sha256_piece[]){ { "a", 1 }, { NULL, 0 }, { "bc", 2 } }, 3);
	ok(hex_is(&h, known[1].hash), "in pieces");
	sha256_pieces(&h, NULL, 0);
	ok(hex_is(&h, known[0].hash), "in no pieces");
	ok(str_eq(hash_hex(a, &h), str_of(known[0].hash)), "hash_hex");
	sha256(&other, "abc", 3);
	ok(bytes_same(&h, &h, sizeof h) && !bytes_same(&h, &other, sizeof h) &&
	    bytes_same("a", "b", 0) && !bytes_same("aa", "ab", 2), "bytes_same");
}

static void streams(void)
{
	struct sha256_stream *s = sha256_open(), *t = sha256_open();
	struct hash h;
	char block[1000];

	memset(block, 'a', sizeof block);
	for (int i = 0; i < 1000; i++) {
		sha256_add(s, block, sizeof block);
		/* Two streams and the plain function do not disturb each other. */
		sha256_add(t, &"abc"[i % 3], i < 3);
		sha256(&h, block, 10);
	}
	sha256_close(&s, &h);
	ok(!s && hex_is(&h, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"),
	    "a million a");
	sha256_close(&t, &h);
	ok(hex_is(&h, known[1].hash), "beside another stream");
	s = sha256_open();
	sha256_close(&s, NULL);
	sha256_close(&s, NULL);
	ok(!s, "giving up, twice");
}

/* RFC 4231, and a key of nothing. */
static void hmacs(void)
{
	struct hash h;

	hmac_sha256(&h, S("Jefe"), S("what do ya want for nothing?"));
	ok(hex_is(&h, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"),
	    "RFC 4231 2");
	hmac_sha256(&h, (str){ 0 }, (str){ 0 });
	ok(hex_is(&h, "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad"),
	    "an empty key is not the key before");
	char key[131];
	memset(key, 0xaa, sizeof key);
	hmac_sha256(&h, (str){ key, sizeof key },
	    S("Test Using Larger Than Block-Size Key - Hash Key First"));
	ok(hex_is(&h, "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"),
	    "RFC 4231 6");
}

static str file(struct arena *a, const char *path)
{
	FILE *f = fopen(path, "rb");
	struct stat st;

	if (!f)
		return (str){ 0 };
	CHECK(fstat(fileno(f), &st) == 0 && st.st_size < JSON_MOST);
	char *p = arena_bytes(a, (size_t)st.st_size);
	size_t n = fread(p, 1, (size_t)st.st_size, f);
	fclose(f);
	return (str){ p, n };
}

static str bytes(struct arena *a, const struct json_value *v, const char *key)
{
	str hex = { 0 };

	CHECK(json_get_str(json_get(v, key), &hex));
	char *p = arena_bytes(a, hex.n / 2);
	CHECK(hex_get(p, hex.n / 2, hex));
	return (str){ p, hex.n / 2 };
}

/* One group: tags may be cut short, then the first bytes must agree. */
static void vector_group(struct arena *a, const struct json_value *group, int *n, int *wrong)
{
	const struct json_value *tests = json_get(group, "tests");

	for (size_t i = 0; i < json_count(tests); i++, ++*n) {
		const struct json_value *t = json_at(tests, i);
		str tag = bytes(a, t, "tag"), result = { 0 };
		struct hash h;
		CHECK(json_get_str(json_get(t, "result"), &result));
		hmac_sha256(&h, bytes(a, t, "key"), bytes(a, t, "msg"));
		bool same = tag.n && tag.n <= sizeof h.b && bytes_same(h.b, tag.p, tag.n);
		*wrong += same != str_eq(result, S("valid"));
	}
}

static void vectors(struct arena *a)
{
	CLEANUP(json_free) struct json_in *in = NULL;
	const char *from = getenv("LARIS_VECTORS"), *root = getenv("LARIS_ROOT");
	int n = 0, wrong = 0;

	if (!from)
		from = arena_cstr(a, arena_printf(a, "%s/../shared/vectors", root ? root : "."));
	str s = file(a, arena_cstr(a, arena_printf(a, "%s/hmac/hmac_sha256_test.json", from)));
	if (!s.n) {
		ok(true, "Wycheproof's HMAC-SHA-256 # SKIP no vectors; say where in LARIS_VECTORS");
		return;
	}
	CHECK(json_parse(a, s, &in) == NULL);
	const struct json_value *groups = json_get(json_root(in), "testGroups");
	for (size_t i = 0; i < json_count(groups); i++)
		vector_group(a, json_at(groups, i), &n, &wrong);
	int64_t said = 0;
	ok(json_get_int(json_get(json_root(in), "numberOfTests"), &said) && said == n && n == 174 &&
	    wrong == 0, "Wycheproof's HMAC-SHA-256: %d vectors, %d wrong", n, wrong);
}

static void passwords(struct arena *a)
{
	str h = password_hash(a, S("rahasia"));

	ok(str_starts(h, S("$argon2id$v=19$m=65536,t=2,p=1$")),
	    "argon2id, interactive: %.*s...", 32, h.p);
	ok(password_ok(h, S("rahasia")), "the right one");
	ok(!password_ok(h, S("rahasib")) && !password_ok(h, S("")) &&
	    !password_ok(h, S("rahasia ")),
	    "wrong ones");
	ok(!str_eq(h, password_hash(a, S("rahasia"))), "salted");
	ok(!password_ok(S(""), S("")) && !password_ok((str){ 0 }, (str){ 0 }) &&
	    !password_ok(S("rahasia"), S("rahasia")) && !password_ok(S("$argon2id$junk"), S("x")) &&
	    !password_ok(S("$argon2i$v=19$m=65536,t=2,p=1$x$y"), S("x")), "what is no hash");
	char large[400];
	memset(large, '$', sizeof large);
	memcpy(large, "$argon2id$", 10);
	ok(!password_ok((str){ large, sizeof large }, S("x")), "nor what is too long for one");
}

static void secrets(struct arena *a)
{
	str s = secret_text(a, 16), t = secret_text(a, 16);
	unsigned char back[16];

	ok(s.n == 26 && base32_parse(back, 16, s) && !str_eq(s, t), "secret_text");
}

static void *work(void *p)
{
	struct hash h;
	unsigned *wrong = p;

	for (int i = 0; i < 200; i++) {
		sha256(&h, "abc", 3);
		*wrong += !hex_is(&h, known[1].hash);
		hmac_sha256(&h, S("Jefe"), S("what do ya want for nothing?"));
		*wrong += h.b[0] != 0x5b;
	}
	return NULL;
}

/* Threads that come and go: the leak checker looks at what they left. */
static void threads(void)
{
	unsigned wrong[12] = { 0 }, sum = 0;

	for (int round = 0; round < 3; round++) {
		pthread_t t[4];
		for (int i = 0; i < 4; i++)
			CHECK(pthread_create(&t[i], NULL, work, &wrong[round * 4 + i]) == 0);
		for (int i = 0; i < 4; i++)
			pthread_join(t[i], NULL);
	}
	for (size_t i = 0; i < countof(wrong); i++)
		sum += wrong[i];
	ok(sum == 0, "twelve threads, each with its own context");
}

int main(void)
{
	struct arena *a = arena_new();

	threads();
	hashes(a);
	streams();
	hmacs();
	vectors(a);
	passwords(a);
	secrets(a);
	arena_free(&a);
	return done();
}
