/*
 * hash_test.c - SHA-256 and HMAC whichever way they are made: by the
 * processor's instructions or by OpenSSL, against OpenSSL's one call.
 */
#include "crypto/hash.h"
#include "crypto/sha_ni.h"
#include "tap.h"
#include <openssl/hmac.h>
#include <openssl/sha.h>
#include <string.h>

#ifndef HASH_BY
#define HASH_BY	(sha_ni_there() ? "by the processor" : "by OpenSSL: this processor has no SHA")
#endif
#define MOST	400	/* bytes: over six blocks, every way to end one */

static unsigned char text[MOST + 200 * SHA256_ROW];

static bool right(const struct hash *h, const void *p, size_t n)
{
	unsigned char want[32];

	SHA256(p, n, want);
	return !memcmp(want, h->b, sizeof want);
}

static void lengths(void)
{
	int bad = 0;

	for (size_t n = 0; n <= MOST; n++) {
		struct hash h;
		sha256(&h, n ? text : NULL, n);
		bad += !right(&h, text, n);
	}
	ok(!bad, "each length up to %d bytes (%d wrong)", MOST, bad);
}

/* Cut at each two places: what is kept of a block meets what comes. */
static void pieces(void)
{
	int bad = 0;

	for (size_t i = 0; i <= 150; i++)
		for (size_t j = i; j <= 200; j++) {
			struct hash h;
			sha256_pieces(&h, (struct sha256_piece[]){ { text, i },
			    { text + i, j - i }, { text + j, 200 - j } }, 3);
			bad += !right(&h, text, 200);
		}
	ok(!bad, "in three pieces, however cut (%d wrong)", bad);
}

static void stream(void)
{
	struct sha256_stream *s = sha256_open();
	struct hash h, plain;

	sha256_add(s, text, 100);
	sha256_add(s, text + 100, MOST - 100);
	sha256_close(&s, &h);
	sha256(&plain, text, MOST);
	ok(hash_same(&h, &plain) && right(&h, text, MOST), "a stream, which OpenSSL makes");
}

static int rows_wrong(const unsigned char *p, size_t width, size_t n, bool in_place)
{
	static unsigned char work[200 * SHA256_ROW];
	static struct hash h[200];
	unsigned char one[1 + SHA256_ROW] = { 7 };
	int bad = 0;

	memcpy(work, p, width * n);
	struct hash *out = in_place ? (struct hash *)(void *)work : h;
	sha256_rows(out, 7, work, width, n);
	for (size_t i = 0; i < n; i++) {
		memcpy(one + 1, p + i * width, width);
		bad += !right(&out[i], one, width + 1);
	}
	return bad;
}

static void rows(void)
{
	int bad = 0, over = 0;

	for (size_t width = 0; width <= SHA256_ROW; width++)
		for (size_t n = 0; n <= 5; n++)
			bad += rows_wrong(text, width, n, false);
	bad += rows_wrong(text, 48, 200, false) + rows_wrong(text, 64, 199, false);
	for (size_t width = 32; width <= SHA256_ROW; width++)
		over += rows_wrong(text, width, 33, true);
	ok(!bad, "rows of each width, an odd and an even number of them (%d wrong)", bad);
	ok(!over, "and written over themselves (%d wrong)", over);
}

static void hmac(void)
{
	int bad = 0;

	for (int key = 0; key <= 140; key++)
		for (size_t n = 0; n <= 130; n += 13) {
			unsigned char want[32];
			unsigned len = 0;
			struct hash h;
			HMAC(EVP_sha256(), text, key, text + 50, n, want, &len);
			hmac_sha256(&h, (str){ key ? (const char *)text : NULL, (size_t)key },
			    (str){ (const char *)text + 50, n });
			bad += len != 32 || memcmp(want, h.b, 32) != 0;
		}
	ok(!bad, "HMAC with keys shorter and longer than a block (%d wrong)", bad);
}

/* Each length beside each other one, from buffers in which something stood before. */
static void shorts(void)
{
	static struct sha256_short m[3];
	struct hash h[3];
	int bad = 0;

	for (size_t x = 0; x <= SHA256_SHORT; x++)
		for (size_t y = 0; y <= SHA256_SHORT; y++) {
			size_t n[] = { x, y, (x + y) / 2 };
			for (size_t i = 0; i < 3; i++) {
				memset(m[i].b, 0xa5, sizeof m[i].b);
				memcpy(m[i].b, text + i, n[i]);
				m[i].n = n[i];
			}
			sha256_shorts(h, m, 3);
			for (size_t i = 0; i < 3; i++)
				bad += !right(&h[i], text + i, n[i]);
		}
	sha256_shorts(h, m, 0);
	ok(!bad, "short messages of any two lengths abreast (%d wrong)", bad);
}

static int keys_wrong(size_t most, size_t n, size_t data)
{
	str key[40] = { 0 }, what = { (const char *)text + 50, data };
	struct hash h[40], want;
	int bad = 0;

	for (size_t i = 0; i < n; i++)
		key[i] = (str){ (const char *)text + i, (most + i * 7) % (HMAC_SHORT_KEY + 1) };
	hmac_sha256_keys(h, key, n, what);
	for (size_t i = 0; i < n; i++) {
		unsigned len = 0;
		HMAC(EVP_sha256(), key[i].p, (int)key[i].n, text + 50, data, want.b, &len);
		bad += len != 32 || !hash_same(&h[i], &want);
	}
	return bad;
}

static void keys(void)
{
	int bad = 0;

	for (size_t n = 0; n <= 40; n++)
		bad += keys_wrong(n * 5, n, 14);
	for (size_t data = 0; data <= HMAC_SHORT_DATA; data++)
		for (size_t key = 0; key <= HMAC_SHORT_KEY; key += 8)
			bad += keys_wrong(key, 3, data);
	ok(!bad, "HMAC under many keys, even and odd numbers of them (%d wrong)", bad);
}

/* FIPS 180-4's own examples, so that not only OpenSSL says so. */
static void known(void)
{
	static const char two[] = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";
	struct hash h, want;

	sha256(&h, "abc", 3);
	ok(hex_get(&want, 32, S("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"))
	    && hash_same(&h, &want), "one block, as the standard has it");
	sha256(&h, two, sizeof two - 1);
	ok(hex_get(&want, 32, S("248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"))
	    && hash_same(&h, &want), "two blocks");
}

int main(void)
{
	for (size_t i = 0; i < sizeof text; i++)
		text[i] = (unsigned char)(i * 131 + i / 251);
	printf("# %s\n", HASH_BY);
	known();
	lengths();
	pieces();
	stream();
	rows();
	hmac();
	shorts();
	keys();
	return done();
}
