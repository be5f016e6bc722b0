/*
 * rand.h - bytes nobody can guess, and numbers anybody can repeat.
 *
 * Layer 0.  rand_bytes is the kernel's generator (getrandom(2)); prng is
 * for demonstrations and tests only, the same for the same seed
 * (splitmix64 + xoshiro256**).
 */
#ifndef LARIS_BASE_RAND_H
#define LARIS_BASE_RAND_H

#include "base/str.h"

void	rand_bytes(void *, size_t);	/* panics if the kernel refuses	*/

struct prng { uint64_t s[4]; };
void	prng_seed(struct prng *, uint64_t seed);
uint64_t prng_next(struct prng *);
uint64_t prng_below(struct prng *, uint64_t n);	/* n > 0; unbiased	*/
/*
 * For `laris demo` only: from here on rand_bytes of this thread takes from
 * that one, so that the same seed gives the same city.  NULL: the kernel
 * again.
 */
void	rand_repeat(struct prng *);

#endif
