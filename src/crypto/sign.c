#include "crypto/sign.h"
#include <sodium.h>

void sign_new(struct sign_secret *s)
{
	rand_bytes(s->b, sizeof s->b);
}

/* libsodium keeps seed and public key in one piece. */
static void expand(unsigned char sk[crypto_sign_SECRETKEYBYTES], struct sign_public *pk,
    const struct sign_secret *s)
{
	CHECK(sodium_init() >= 0);
	CHECK(crypto_sign_seed_keypair(pk->b, sk, s->b) == 0);
}

void sign_public_of(struct sign_public *pk, const struct sign_secret *s)
{
	unsigned char sk[crypto_sign_SECRETKEYBYTES];

	expand(sk, pk, s);
	sodium_memzero(sk, sizeof sk);
}

void sign_make(unsigned char sig[SIGN_BYTES], const struct sign_secret *s, str message)
{
	unsigned char sk[crypto_sign_SECRETKEYBYTES];
	struct sign_public pk;

	expand(sk, &pk, s);
	CHECK(crypto_sign_detached(sig, NULL, (const unsigned char *)(message.n ? message.p : ""),
	    message.n, sk) == 0);
	sodium_memzero(sk, sizeof sk);
}

bool sign_ok(const unsigned char sig[SIGN_BYTES], const struct sign_public *pk, str message)
{
	CHECK(sodium_init() >= 0);
	return crypto_sign_verify_detached(sig,
	    (const unsigned char *)(message.n ? message.p : ""), message.n, pk->b) == 0;
}

void sign_forget(struct sign_secret *s)
{
	sodium_memzero(s->b, sizeof s->b);
}
