/*
 * crypto.h - hashes, secrets, passwords.
 *
 * Layer 2.  SHA-256 and HMAC are OpenSSL's EVP with the algorithm fetched
 * once and the context kept a thread (stack notes: one-shot SHA256() is
 * 3-5 times slower).  Passwords and PINs are argon2id (libsodium), made
 * and checked in "prepare" only: they take tens of milliseconds.
 */
#ifndef LARIS_CORE_CRYPTO_H
#define LARIS_CORE_CRYPTO_H

#include "base/base.h"

struct hash { unsigned char b[32]; };

void	sha256(struct hash *, const void *, size_t);
struct sha256_piece { const void *p; size_t n; };
void	sha256_pieces(struct hash *, const struct sha256_piece *, size_t n);
void	hmac_sha256(struct hash *, str key, str data);
str	hash_hex(struct arena *, const struct hash *);
bool	bytes_same(const void *, const void *, size_t n);	/* constant time */
/* Incremental, for what is too large to hold. */
struct sha256_stream;
struct sha256_stream *sha256_open(void);
void	sha256_add(struct sha256_stream *, const void *, size_t n);
void	sha256_close(struct sha256_stream **, struct hash *);	/* NULL hash: give up */

/* "$argon2id$…" */
str	password_hash(struct arena *, str password);
bool	password_ok(str stored, str password);
/* n <= 64 random bytes as base32, for tokens and secrets. */
str	secret_text(struct arena *, size_t n);

#endif
