/*
 * crypto.h - secrets, passwords; and the hashes of crypto/hash.h.
 *
 * Layer 2.  Passwords and PINs are argon2id (libsodium), made and checked
 * in "prepare" only: they take tens of milliseconds.
 */
#ifndef LARIS_CORE_CRYPTO_H
#define LARIS_CORE_CRYPTO_H

#include "crypto/hash.h"

/* "$argon2id$…" */
str	password_hash(struct arena *, str password);
bool	password_ok(str stored, str password);
/* n <= 64 random bytes as base32, for tokens and secrets. */
str	secret_text(struct arena *, size_t n);

#endif
