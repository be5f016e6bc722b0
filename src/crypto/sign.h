/*
 * sign.h - Ed25519 signatures (RFC 8032).
 *
 * Layer 1.  libsodium.  Verifying is strict: a key or R of small order, a
 * key that is not written canonically and an S that is not below the
 * group's order are refused, so a signature cannot be changed into
 * another good one.
 */
#ifndef LARIS_CRYPTO_SIGN_H
#define LARIS_CRYPTO_SIGN_H

#include "base/base.h"

#define SIGN_BYTES	64

struct sign_public { unsigned char b[32]; };
struct sign_secret { unsigned char b[32]; };	/* the seed		*/

void	sign_new(struct sign_secret *);		/* from the kernel's generator */
void	sign_public_of(struct sign_public *, const struct sign_secret *);
void	sign_make(unsigned char sig[SIGN_BYTES], const struct sign_secret *, str message);
bool	sign_ok(const unsigned char sig[SIGN_BYTES], const struct sign_public *,
	    str message) MUST_USE;
void	sign_forget(struct sign_secret *);	/* overwritten for good	*/

#endif
