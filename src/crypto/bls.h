/*
 * bls.h - BLS signatures on BLS12-381: keys in G2, signatures in G1.
 *
 * Layer 1.  blst.  Points are in their compressed form, as everybody
 * writes them; a point that is not on its curve, not in its group, or
 * infinity is refused.  Messages are hashed to G1 after RFC 9380 in the
 * domain BLS_DOMAIN: drand's scheme "bls-unchained-g1-rfc9380".
 */
#ifndef LARIS_CRYPTO_BLS_H
#define LARIS_CRYPTO_BLS_H

#include "base/base.h"

#define BLS_DOMAIN	"BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_"

struct bls_public { unsigned char b[96]; };
struct bls_signature { unsigned char b[48]; };

/* About a millisecond. */
bool	bls_ok(const struct bls_signature *, const struct bls_public *, str message) MUST_USE;

/* A key from at least 32 bytes (KeyGen of the BLS draft): the same for the same. */
struct bls_secret { unsigned char b[32]; };
void	bls_secret_from(struct bls_secret *, str seed);
void	bls_public_of(struct bls_public *, const struct bls_secret *);
void	bls_make(struct bls_signature *, const struct bls_secret *, str message);

#endif
