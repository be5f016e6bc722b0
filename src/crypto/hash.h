/*
 * hash.h - SHA-256 and HMAC.
 *
 * Layer 1.  OpenSSL's EVP with the algorithm fetched once and the context
 * kept a thread (measured: one-shot SHA256() is 3-5 times slower).
 */
#ifndef LARIS_CRYPTO_HASH_H
#define LARIS_CRYPTO_HASH_H

#include "base/base.h"

struct hash { unsigned char b[32]; };

void	sha256(struct hash *, const void *, size_t);
struct sha256_piece { const void *p; size_t n; };
void	sha256_pieces(struct hash *, const struct sha256_piece *, size_t n);
void	hmac_sha256(struct hash *, str key, str data);
str	hash_hex(struct arena *, const struct hash *);
bool	hash_same(const struct hash *, const struct hash *);
bool	bytes_same(const void *, const void *, size_t n);	/* constant time */
/* Incremental, for what is too large to hold. */
struct sha256_stream;
struct sha256_stream *sha256_open(void);
void	sha256_add(struct sha256_stream *, const void *, size_t n);
void	sha256_close(struct sha256_stream **, struct hash *);	/* NULL hash: give up */

#endif
