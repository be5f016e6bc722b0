#include "crypto/sign.h"
#include "json/json.h"
#include "tap.h"
#include "log/vectors.h"
#include <string.h>

static str hex_bytes(struct arena *a, const struct json_value *v, const char *key)
{
	str hex = { 0 };

	CHECK(json_get_str(json_get(v, key), &hex));
	char *p = arena_bytes(a, hex.n / 2 + 1);
	CHECK(hex_get(p, hex.n / 2, hex));
	return (str){ p, hex.n / 2 };
}

struct tally { int n, agree; };

static void one(struct arena *a, const struct sign_public *pk, const struct json_value *t,
    struct tally *tally)
{
	str sig = hex_bytes(a, t, "sig"), msg = hex_bytes(a, t, "msg"), want = { 0 };
	bool good = sig.n == SIGN_BYTES && sign_ok((const unsigned char *)sig.p, pk, msg);

	CHECK(json_get_str(json_get(t, "result"), &want));
	tally->n++;
	tally->agree += good == str_eq(want, S("valid"));
}

static void group(struct arena *a, const struct json_value *g, struct tally *tally)
{
	const struct json_value *tests = json_get(g, "tests");
	struct sign_public pk;
	str key = hex_bytes(a, json_get(g, "publicKey"), "pk");

	CHECK(key.n == sizeof pk.b);
	memcpy(pk.b, key.p, sizeof pk.b);
	for (size_t i = 0; i < json_count(tests); i++)
		one(a, &pk, json_at(tests, i), tally);
}

static void wycheproof(struct arena *a)
{
	CLEANUP(json_free) struct json_in *in = NULL;
	str s = vector_other(a, "ed25519/ed25519_test.json");
	struct tally t = { 0 };

	if (!s.n) {
		ok(true, "Wycheproof's Ed25519 # SKIP no vectors; say where in LARIS_VECTORS");
		return;
	}
	CHECK(!json_parse(a, s, &in));
	const struct json_value *groups = json_get(json_root(in), "testGroups");
	for (size_t i = 0; i < json_count(groups); i++)
		group(a, json_at(groups, i), &t);
	ok(t.n == 151 && t.agree == 151, "Wycheproof's Ed25519: %d of %d", t.agree, t.n);
}

/* No point of small order, and everything written in the one way. */
static bool strict(const struct json_value *flags)
{
	static const char *const loose[] = { "low_order_A", "low_order_R", "low_order_residue",
		"non_canonical_A", "non_canonical_R" };
	str flag;

	for (size_t i = 0; i < json_count(flags); i++)
		for (size_t j = 0; j < countof(loose); j++)
			if (json_get_str(json_at(flags, i), &flag) &&
			    str_eq(flag, str_of(loose[j])))
				return false;
	return true;
}

/* Signatures on which libraries differ: verify.py must say the same (vectors_test.py). */
static void cctv(struct arena *a)
{
	CLEANUP(json_free) struct json_in *in = NULL;
	str s = vector_other(a, "ed25519/cctv_ed25519vectors.json"), msg;
	struct tally t = { 0 };

	if (!s.n) {
		ok(true, "CCTV's Ed25519 # SKIP no vectors; say where in LARIS_VECTORS");
		return;
	}
	CHECK(!json_parse(a, s, &in));
	for (size_t i = 0; i < json_count(json_root(in)); i++) {
		const struct json_value *v = json_at(json_root(in), i);
		str key = hex_bytes(a, v, "key"), sig = hex_bytes(a, v, "sig");
		struct sign_public pk;
		CHECK(key.n == sizeof pk.b && sig.n == SIGN_BYTES);
		CHECK(json_get_str(json_get(v, "msg"), &msg));
		memcpy(pk.b, key.p, sizeof pk.b);
		t.n++;
		t.agree += sign_ok((const unsigned char *)sig.p, &pk, msg) ==
		    strict(json_get(v, "flags"));
	}
	ok(t.n == 914 && t.agree == 914, "CCTV's Ed25519, strictly: %d of %d", t.agree, t.n);
}

/* RFC 8032, 7.1, test 2; and all that may be changed in it. */
static void known(void)
{
	struct sign_secret s;
	struct sign_public pk;
	unsigned char sig[SIGN_BYTES];
	char hex[2 * SIGN_BYTES];
	int bad = 0;

	CHECK(hex_get(s.b, 32,
	    S("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb")));
	sign_public_of(&pk, &s);
	hex_put(hex, pk.b, 32);
	ok(str_eq((str){ hex, 64 },
	    S("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")),
	    "a public key");
	sign_make(sig, &s, S("\x72"));
	hex_put(hex, sig, SIGN_BYTES);
	ok(str_eq((str){ hex, 128 },
	    S("92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
	      "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00")), "a signature");
	ok(sign_ok(sig, &pk, S("\x72")) && !sign_ok(sig, &pk, S("\x73")) &&
	    !sign_ok(sig, &pk, S("")), "of this text only");
	for (int i = 0; i < 8 * SIGN_BYTES; i++) {
		sig[i / 8] ^= (unsigned char)(1 << i % 8);
		bad += sign_ok(sig, &pk, S("\x72"));
		sig[i / 8] ^= (unsigned char)(1 << i % 8);
	}
	ok(!bad, "with every bit as it is");
}

static void fresh(void)
{
	struct sign_secret s, t;
	struct sign_public pk;
	unsigned char sig[SIGN_BYTES];

	sign_new(&s);
	sign_new(&t);
	sign_public_of(&pk, &s);
	sign_make(sig, &s, S(""));
	ok(memcmp(&s, &t, sizeof s) && sign_ok(sig, &pk, S("")), "keys of our own");
	sign_forget(&s);
	memset(&t, 0, sizeof t);
	ok(!memcmp(&s, &t, sizeof s), "are forgotten");
}

int main(void)
{
	CLEANUP(arena_free) struct arena *a = arena_new();

	known();
	fresh();
	wycheproof(a);
	cctv(a);
	return done();
}
