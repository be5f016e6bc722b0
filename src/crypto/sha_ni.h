/*
 * sha_ni.h - SHA-256 by the processor's own instructions, where it has them.
 *
 * Layer 1, inner to hash.c.  OpenSSL uses the same instructions, but what
 * it does around them costs more than a block or two, and most of what is
 * hashed here (leaves and nodes of trees, names, commitments) is no longer.
 * Two messages abreast keep the unit busy that one alone leaves half idle.
 * FIPS 180-4; blocks are padded by whoever calls.
 */
#ifndef LARIS_CRYPTO_SHA_NI_H
#define LARIS_CRYPTO_SHA_NI_H

#include "base/base.h"

#define SHA_BLOCK	64

/* Words in the order of FIPS 180-4: a to h. */
struct sha_state { uint32_t w[8]; };

/* Asks the processor, which is slow in a virtual machine: ask once. */
bool	sha_ni_there(void);
/* Only where it is there.  "p" holds whole blocks, wherever it stands. */
void	sha_ni_blocks(struct sha_state *, const unsigned char *p, size_t blocks);
void	sha_ni_two(struct sha_state s[2], const unsigned char *const p[2], size_t blocks);

#endif
