#include "crypto/hash.h"
#include "crypto/sha_ni.h"
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <pthread.h>
#include <string.h>

/*
 * Finding an algorithm costs more than hashing a small message, so it is
 * found once a process; a context is kept a thread and freed with it.
 */
static struct {
	pthread_once_t once;
	pthread_key_t key;
	EVP_MD *sha256;
	bool ni;
} found = { .once = PTHREAD_ONCE_INIT };

static _Thread_local EVP_MD_CTX *kept;

static void forget(void *p)
{
	EVP_MD_CTX **k = p;

	EVP_MD_CTX_free(*k);
	*k = NULL;
}

static void find(void)
{
	found.ni = sha_ni_there();
	found.sha256 = EVP_MD_fetch(NULL, "SHA256", NULL);
	CHECK(found.sha256);
	CHECK(pthread_key_create(&found.key, forget) == 0);
}

static void need(void)
{
	CHECK(pthread_once(&found.once, find) == 0);
}

static EVP_MD_CTX *mine(void)
{
	if (kept)
		return kept;
	kept = EVP_MD_CTX_new();
	CHECK(kept);
	CHECK(pthread_setspecific(found.key, &kept) == 0);
	return kept;
}

/* ---- by the processor ------------------------------------------------ */

static const struct sha_state start = { { 0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
    0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19 } };

static void put32(unsigned char *p, uint32_t v)
{
	v = __builtin_bswap32(v);	/* found.ni: this is an x86 */
	memcpy(p, &v, sizeof v);
}

static void put_state(struct hash *h, const struct sha_state *s)
{
	for (size_t i = 0; i < 8; i++)
		put32(h->b + 4 * i, s->w[i]);
}

struct hashing {
	struct sha_state s;
	unsigned char block[SHA_BLOCK];
	uint64_t n;
};

static void ni_add(struct hashing *x, const unsigned char *p, size_t n)
{
	size_t have = (size_t)(x->n % SHA_BLOCK), room = SHA_BLOCK - have;

	x->n += n;
	if (n < room) {
		memcpy(x->block + have, p, n);
		return;
	}
	if (have) {
		memcpy(x->block + have, p, room);
		sha_ni_blocks(&x->s, x->block, 1);
		p += room;
		n -= room;
	}
	sha_ni_blocks(&x->s, p, n / SHA_BLOCK);
	memcpy(x->block, p + n / SHA_BLOCK * SHA_BLOCK, n % SHA_BLOCK);
}

/* The bit 1, zeros, the length in bits: FIPS 180-4, 5.1.1.  "p" ends with its block. */
static void pad(unsigned char *p, size_t have, size_t size, uint64_t n)
{
	p[have] = 0x80;
	memset(p + have + 1, 0, size - have - 9);
	put32(p + size - 8, (uint32_t)(n >> 29));
	put32(p + size - 4, (uint32_t)(n << 3));
}

static void ni_end(struct hashing *x, struct hash *h)
{
	unsigned char last[2 * SHA_BLOCK];
	size_t have = (size_t)(x->n % SHA_BLOCK), blocks = have + 9 > SHA_BLOCK ? 2 : 1;

	memcpy(last, x->block, have);
	pad(last, have, blocks * SHA_BLOCK, x->n);
	sha_ni_blocks(&x->s, last, blocks);
	put_state(h, &x->s);
}

static void ni_pieces(struct hash *h, const struct sha256_piece *piece, size_t n)
{
	struct hashing x = { .s = start };

	for (size_t i = 0; i < n; i++)
		if (piece[i].n)
			ni_add(&x, piece[i].p, piece[i].n);
	ni_end(&x, h);
}

/* Both blocks are padded once; of each row only the row is written into them. */
static void ni_rows(struct hash *h, unsigned char first, const unsigned char *rows, size_t width,
    size_t n)
{
	unsigned char m[2][2 * SHA_BLOCK];
	size_t blocks = width + 10 > SHA_BLOCK ? 2 : 1;

	for (size_t i = 0; i < 2; i++) {
		m[i][0] = first;
		pad(m[i], width + 1, blocks * SHA_BLOCK, width + 1);
	}
	for (size_t i = 0; i < n; i += 2) {
		struct sha_state s[2] = { start, start };
		memcpy(m[0] + 1, rows + i * width, width);
		if (i + 1 < n)
			memcpy(m[1] + 1, rows + (i + 1) * width, width);
		sha_ni_two(s, (const unsigned char *const[]){ m[0], m[1] }, blocks);
		put_state(&h[i], &s[0]);
		if (i + 1 < n)
			put_state(&h[i + 1], &s[1]);
	}
}

static size_t blocks_of(const struct sha256_short *m)
{
	return (m->n + 8) / SHA_BLOCK + 1;
}

/* Abreast as far as the shorter one goes. */
static void ni_pair(struct hash h[2], const struct sha256_short m[2])
{
	struct sha_state s[2] = { start, start };
	size_t x = blocks_of(&m[0]), y = blocks_of(&m[1]), both = x < y ? x : y;

	sha_ni_two(s, (const unsigned char *const[]){ m[0].b, m[1].b }, both);
	if (x > both)
		sha_ni_blocks(&s[0], m[0].b + both * SHA_BLOCK, x - both);
	if (y > both)
		sha_ni_blocks(&s[1], m[1].b + both * SHA_BLOCK, y - both);
	put_state(&h[0], &s[0]);
	put_state(&h[1], &s[1]);
}

/* ---- hashes -------------------------------------------------------- */

static void finish(EVP_MD_CTX *c, struct hash *h)
{
	unsigned n = 0;

	CHECK(EVP_DigestFinal_ex(c, h->b, &n) && n == sizeof h->b);
}

static void evp_pieces(struct hash *h, const struct sha256_piece *piece, size_t n)
{
	EVP_MD_CTX *c = mine();

	CHECK(EVP_DigestInit_ex2(c, found.sha256, NULL));
	for (size_t i = 0; i < n; i++)
		if (piece[i].n)
			CHECK(EVP_DigestUpdate(c, piece[i].p, piece[i].n));
	finish(c, h);
}

void sha256_pieces(struct hash *h, const struct sha256_piece *piece, size_t n)
{
	need();
	if (found.ni)
		ni_pieces(h, piece, n);
	else
		evp_pieces(h, piece, n);
}

void sha256(struct hash *h, const void *p, size_t n)
{
	sha256_pieces(h, &(struct sha256_piece){ p, n }, 1);
}

void sha256_rows(struct hash *h, unsigned char first, const void *rows, size_t width, size_t n)
{
	const unsigned char *p = rows;

	CHECK(width <= SHA256_ROW);
	need();
	if (found.ni) {
		ni_rows(h, first, p, width, n);
		return;
	}
	for (size_t i = 0; i < n; i++)
		evp_pieces(&h[i], (struct sha256_piece[]){ { &first, 1 },
		    { p + i * width, width } }, 2);
}

void sha256_shorts(struct hash *h, struct sha256_short *m, size_t n)
{
	need();
	for (size_t i = 0; i < n; i++) {
		CHECK(m[i].n <= SHA256_SHORT);
		pad(m[i].b, m[i].n, blocks_of(&m[i]) * SHA_BLOCK, m[i].n);
	}
	for (; found.ni && n > 1; n -= 2, h += 2, m += 2)
		ni_pair(h, m);
	for (; n; n--, h++, m++)
		sha256(h, m->b, m->n);
}

/* RFC 2104. */
void hmac_sha256(struct hash *h, str key, str data)
{
	unsigned char inner[SHA_BLOCK] = { 0 }, outer[SHA_BLOCK];
	struct hash k;

	if (key.n > SHA_BLOCK) {
		sha256(&k, key.p, key.n);
		key = (str){ (const char *)k.b, sizeof k.b };
	}
	if (key.n)
		memcpy(inner, key.p, key.n);
	for (size_t i = 0; i < SHA_BLOCK; i++) {
		outer[i] = inner[i] ^ 0x5c;
		inner[i] ^= 0x36;
	}
	sha256_pieces(h, (struct sha256_piece[]){ { inner, sizeof inner }, { data.p, data.n } }, 2);
	sha256_pieces(h, (struct sha256_piece[]){ { outer, sizeof outer }, { h->b, sizeof h->b } },
	    2);
	OPENSSL_cleanse(inner, sizeof inner);
	OPENSSL_cleanse(outer, sizeof outer);
}

#define KEYS	16	/* at a time */

static void key_blocks(unsigned char *inner, unsigned char *outer, str key)
{
	const uint64_t each = UINT64_C(0x0101010101010101);
	uint64_t w[SHA_BLOCK / 8] = { 0 }, v;

	CHECK(key.n <= HMAC_SHORT_KEY);
	if (key.n)
		memcpy(w, key.p, key.n);
	for (size_t i = 0; i < countof(w); i++) {
		v = w[i] ^ 0x36 * each;
		memcpy(inner + 8 * i, &v, sizeof v);
		v = w[i] ^ 0x5c * each;
		memcpy(outer + 8 * i, &v, sizeof v);
	}
}

/*
 * First all blocks are written, then all are hashed: what was written a moment
 * ago in small parts cannot be read at once as a whole.
 */
static void some_keys(struct hash *h, struct sha256_short inner[KEYS], struct sha256_short *outer,
    const str *key, size_t n)
{
	for (size_t i = 0; i < n; i++)
		key_blocks(inner[i].b, outer[i].b, key[i]);
	sha256_shorts(h, inner, n);
	for (size_t i = 0; i < n; i++)
		memcpy(outer[i].b + SHA_BLOCK, h[i].b, sizeof *h);
	sha256_shorts(h, outer, n);
}

void hmac_sha256_keys(struct hash *h, const str *key, size_t n, str data)
{
	struct sha256_short inner[KEYS], outer[KEYS];

	CHECK(data.n <= HMAC_SHORT_DATA);
	for (size_t i = 0; i < KEYS; i++) {
		inner[i].n = SHA_BLOCK + data.n;
		if (data.n)
			memcpy(inner[i].b + SHA_BLOCK, data.p, data.n);
		outer[i].n = SHA_BLOCK + sizeof *h;
	}
	for (size_t i = 0; i < n; i += KEYS)
		some_keys(h + i, inner, outer, key + i, n - i < KEYS ? n - i : KEYS);
	explicit_bzero(inner, sizeof inner);
	explicit_bzero(outer, sizeof outer);
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
