#include "core/crypto.h"
#include <openssl/crypto.h>
#include <sodium.h>

str password_hash(struct arena *a, str password)
{
	char out[crypto_pwhash_STRBYTES];

	CHECK(sodium_init() >= 0);
	if (crypto_pwhash_str_alg(out, password.p ? password.p : "", password.n,
	    crypto_pwhash_OPSLIMIT_INTERACTIVE, crypto_pwhash_MEMLIMIT_INTERACTIVE,
	    crypto_pwhash_ALG_ARGON2ID13) != 0)
		panic("argon2id: out of memory");
	return arena_str(a, str_of(out));
}

bool password_ok(str stored, str password)
{
	char copy[crypto_pwhash_STRBYTES] = { 0 };

	CHECK(sodium_init() >= 0);
	if (stored.n >= sizeof copy || !str_starts(stored, S("$argon2id$")))
		return false;
	for (size_t i = 0; i < stored.n; i++)
		copy[i] = stored.p[i];
	return crypto_pwhash_str_verify(copy, password.p ? password.p : "", password.n) == 0;
}

str secret_text(struct arena *a, size_t n)
{
	unsigned char bytes[64];

	CHECK(n <= sizeof bytes);
	rand_bytes(bytes, n);
	str s = base32_text(a, bytes, n);
	OPENSSL_cleanse(bytes, sizeof bytes);
	return s;
}
