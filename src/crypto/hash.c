#include "crypto/hash.h"
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <pthread.h>

/*
 * Finding an algorithm costs more than hashing a small message, so it is
 * found once a process; a context is kept a thread and freed with it.
 */
static struct {
	pthread_once_t once;
	pthread_key_t key;
	EVP_MD *sha256;
	EVP_MAC *hmac;
} found = { .once = PTHREAD_ONCE_INIT };

struct kept { EVP_MD_CTX *md; EVP_MAC_CTX *mac; };
static _Thread_local struct kept kept;

static void forget(void *p)
{
	struct kept *k = p;

	EVP_MD_CTX_free(k->md);
	EVP_MAC_CTX_free(k->mac);
	*k = (struct kept){ 0 };
}

static void find(void)
{
	found.sha256 = EVP_MD_fetch(NULL, "SHA256", NULL);
	found.hmac = EVP_MAC_fetch(NULL, "HMAC", NULL);
	CHECK(found.sha256 && found.hmac);
	CHECK(pthread_key_create(&found.key, forget) == 0);
}

static void need(void)
{
	CHECK(pthread_once(&found.once, find) == 0);
}

static EVP_MAC_CTX *hmac_new(void)
{
	char digest[] = "SHA256";
	OSSL_PARAM params[] = {
		OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0),
		OSSL_PARAM_construct_end(),
	};
	EVP_MAC_CTX *mac = EVP_MAC_CTX_new(found.hmac);

	CHECK(mac && EVP_MAC_CTX_set_params(mac, params));
	return mac;
}

static struct kept *mine(void)
{
	if (kept.md)
		return &kept;
	need();
	kept.md = EVP_MD_CTX_new();
	kept.mac = hmac_new();
	CHECK(kept.md);
	CHECK(pthread_setspecific(found.key, &kept) == 0);
	return &kept;
}

/* ---- hashes -------------------------------------------------------- */

static void finish(EVP_MD_CTX *c, struct hash *h)
{
	unsigned n = 0;

	CHECK(EVP_DigestFinal_ex(c, h->b, &n) && n == sizeof h->b);
}

void sha256_pieces(struct hash *h, const struct sha256_piece *piece, size_t n)
{
	EVP_MD_CTX *c = mine()->md;

	CHECK(EVP_DigestInit_ex2(c, found.sha256, NULL));
	for (size_t i = 0; i < n; i++)
		if (piece[i].n)
			CHECK(EVP_DigestUpdate(c, piece[i].p, piece[i].n));
	finish(c, h);
}

void sha256(struct hash *h, const void *p, size_t n)
{
	sha256_pieces(h, &(struct sha256_piece){ p, n }, 1);
}

/* An empty key needs an address: NULL would mean "the key before". */
void hmac_sha256(struct hash *h, str key, str data)
{
	EVP_MAC_CTX *c = mine()->mac;
	const unsigned char *k = (const unsigned char *)(key.n ? key.p : "");
	size_t n = 0;

	CHECK(EVP_MAC_init(c, k, key.n, NULL));
	if (data.n)
		CHECK(EVP_MAC_update(c, (const unsigned char *)data.p, data.n));
	CHECK(EVP_MAC_final(c, h->b, &n, sizeof h->b) && n == sizeof h->b);
}

str hash_hex(struct arena *a, const struct hash *h)
{
	char *p = arena_bytes(a, 2 * sizeof h->b);

	hex_put(p, h->b, sizeof h->b);
	return (str){ p, 2 * sizeof h->b };
}

bool hash_same(const struct hash *a, const struct hash *b)
{
	return bytes_same(a->b, b->b, sizeof a->b);
}

bool bytes_same(const void *a, const void *b, size_t n)
{
	return n == 0 || CRYPTO_memcmp(a, b, n) == 0;
}

/* A stream is an OpenSSL context by another name: there is no such struct. */
static EVP_MD_CTX *context(struct sha256_stream *s)
{
	return (EVP_MD_CTX *)s;
}

struct sha256_stream *sha256_open(void)
{
	need();
	EVP_MD_CTX *c = EVP_MD_CTX_new();
	CHECK(c && EVP_DigestInit_ex2(c, found.sha256, NULL));
	return (struct sha256_stream *)c;
}

void sha256_add(struct sha256_stream *s, const void *p, size_t n)
{
	if (n)
		CHECK(EVP_DigestUpdate(context(s), p, n));
}

void sha256_close(struct sha256_stream **ps, struct hash *h)
{
	if (!*ps)
		return;
	if (h)
		finish(context(*ps), h);
	EVP_MD_CTX_free(context(*ps));
	*ps = NULL;
}
