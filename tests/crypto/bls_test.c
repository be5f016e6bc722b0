#include "crypto/bls.h"
#include "crypto/hash.h"
#include "tap.h"
#include <string.h>

/* drand quicknet: its key, and two rounds everybody can ask for. */
#define QUICKNET "83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c" \
	"8c4b450b6a0a6c3ac6a5776a2d1064510d1fec758c921cc22b0e17e63aaf4bcb" \
	"5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a"
/* "rfc9380_scheme_other_key": of another chain of the same scheme. */
#define OTHER "a1ee12542360bf75742bcade13d6134e7d5283d9eb782887c47d3d9725f05805" \
	"d37b0106b7f744395bf82c175dd7434a169e998f188a657a030d588892c0cd2c" \
	"01f996aaf331c4d8bc5b9734bbe261d09e7d2d39ef88b635077f262bd7bbb30f"
#define INFINITE "c00000000000000000000000000000000000000000000000" \
	"000000000000000000000000000000000000000000000000"

static const struct { const char *key; uint64_t round; const char *sig; bool good; } rounds[] = {
	{ QUICKNET, 123, "b75c69d0b72a5d906e854e808ba7e2accb1542ac355ae486"
	    "d591aa9d43765482e26cd02df835d3546d23c4b13e0dfc92", true },
	{ QUICKNET, 1000, "b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b1957"
	    "6350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39", true },
	{ QUICKNET, 657413, "b713718a38ae728dfd477991af2822e08d2f305e47718cef"
	    "9f7848ce4050e7be41076862b98fad56e91a6b85b89cd97b", true },
	{ QUICKNET, 1001, "b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b1957"
	    "6350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39", false },
	{ QUICKNET, 1000, "944679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b1957"
	    "6350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39", false },
	{ QUICKNET, 1000, INFINITE, false },
	{ OTHER, 1000, "b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b1957"
	    "6350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39", false },
	{ OTHER, 3, "b98dae74f6a9d2ec79d75ba273dcfda86a45d589412860eb"
	    "4c0fd056b00654dbf667c1b6884987c9aee0d43f8ba9db52", true },
	{ OTHER, 4, "962c2b2969e8f3351cf5cc457b04ecbf0c65bd79f4c1ee3b"
	    "d0205f581368aaaa0cdeb1531a0709d39ef06a8ba1e1bb93", true },
	{ OTHER, 6, "a054dafb27a4a4fb9e06b17b30da3e0c7b13b4ca8e1dec3c"
	    "6775f81758587029aa358523f2e7e62204018347db7cbd1c", true },
};

static bool round_ok(const char *key, uint64_t round, const struct bls_signature *sig)
{
	unsigned char be[8];
	struct bls_public k;
	struct hash h;

	CHECK(hex_get(k.b, sizeof k.b, str_of(key)));
	for (int i = 0; i < 8; i++)
		be[i] = (unsigned char)(round >> (56 - 8 * i));
	sha256(&h, be, sizeof be);
	return bls_ok(sig, &k, (str){ (const char *)h.b, sizeof h.b });
}

static void drand(void)
{
	struct bls_signature sig;

	for (size_t i = 0; i < countof(rounds); i++) {
		CHECK(hex_get(sig.b, sizeof sig.b, str_of(rounds[i].sig)));
		ok(round_ok(rounds[i].key, rounds[i].round, &sig) == rounds[i].good,
		    "%zu: round %llu is %s", i, (unsigned long long)rounds[i].round,
		    rounds[i].good ? "good" : "refused");
	}
}

static void every_bit(void)
{
	struct bls_signature sig;
	int bad = 0;

	CHECK(hex_get(sig.b, sizeof sig.b, str_of(rounds[1].sig)));
	for (size_t i = 0; i < sizeof sig.b * 8; i++) {
		sig.b[i / 8] ^= (unsigned char)(1 << i % 8);
		bad += round_ok(QUICKNET, 1000, &sig);
		sig.b[i / 8] ^= (unsigned char)(1 << i % 8);
	}
	ok(!bad && round_ok(QUICKNET, 1000, &sig), "each of its 384 bits counts");
}

/* On the curve, but in a group of another order: x = 4 makes such a point. */
static void subgroup(void)
{
	struct bls_signature sig = { .b = { 0x80, [47] = 4 } };

	ok(!round_ok(QUICKNET, 1000, &sig), "a point outside of the group is refused");
}

static void own(void)
{
	struct bls_secret s, t;
	struct bls_public k, other;
	struct bls_signature sig;

	bls_secret_from(&s, S("thirty-two bytes of a seed, once"));
	bls_secret_from(&t, S("thirty-two bytes of a seed, twice"));
	bls_public_of(&k, &s);
	bls_public_of(&other, &t);
	bls_make(&sig, &s, S("gladi"));
	ok(bls_ok(&sig, &k, S("gladi")), "a key of our own");
	ok(!bls_ok(&sig, &k, S("gladi ")) && !bls_ok(&sig, &other, S("gladi")) &&
	    !bls_ok(&sig, &k, S("")), "for this message, by this key");
	memset(k.b, 0, sizeof k.b);
	k.b[0] = 0xc0;
	ok(!bls_ok(&sig, &k, S("gladi")), "infinity is no key");
}

int main(void)
{
	drand();
	every_bit();
	subgroup();
	own();
	return done();
}
