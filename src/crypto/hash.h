/*
 * hash.h - SHA-256 and HMAC.
 *
 * Layer 1.  The processor's SHA instructions where it has them (sha_ni.h);
 * elsewhere, and for streams, OpenSSL's EVP with the algorithm fetched once
 * and the context kept a thread (one-shot SHA256() is 3-5 times slower).
 */
#ifndef LARIS_CRYPTO_HASH_H
#define LARIS_CRYPTO_HASH_H

#include "base/base.h"

struct hash { unsigned char b[32]; };

void	sha256(struct hash *, const void *, size_t);
struct sha256_piece { const void *p; size_t n; };
void	sha256_pieces(struct hash *, const struct sha256_piece *, size_t n);
/*
 * Each of n rows of "width" bytes that stand one behind the other, with the
 * byte "first" before it: the leaves and nodes of RFC 6962.  "h" may begin
 * where rows of 32 bytes or more do.
 */
#define SHA256_ROW	118
void	sha256_rows(struct hash *h, unsigned char first, const void *rows, size_t width, size_t n);
/* Each of n short messages; what stands behind one in its "b" is written over. */
#define SHA256_SHORT	183
struct sha256_short { size_t n; unsigned char b[192]; };
void	sha256_shorts(struct hash *h, struct sha256_short *, size_t n);
void	hmac_sha256(struct hash *, str key, str data);
/* The same data under each of n keys: keys of at most 64 bytes, data of at most 119. */
#define HMAC_SHORT_KEY	64
#define HMAC_SHORT_DATA	(SHA256_SHORT - HMAC_SHORT_KEY)
void	hmac_sha256_keys(struct hash *h, const str *key, size_t n, str data);
str	hash_hex(struct arena *, const struct hash *);
bool	hash_same(const struct hash *, const struct hash *);
bool	bytes_same(const void *, const void *, size_t n);	/* constant time */
/* Incremental, for what is too large to hold. */
struct sha256_stream;
struct sha256_stream *sha256_open(void);
void	sha256_add(struct sha256_stream *, const void *, size_t n);
void	sha256_close(struct sha256_stream **, struct hash *);	/* NULL hash: give up */

#endif
