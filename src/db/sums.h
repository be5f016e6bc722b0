/*
 * sums.h - rows that every change of a batch adds to, written once.
 *
 * Layer 1, for src/db only; the public part is in writer.h.
 */
#ifndef LARIS_DB_SUMS_H
#define LARIS_DB_SUMS_H

#include "db/writer.h"

struct sums;

struct sums *sums_new(struct arena *);
bool	sums_room(const struct sums *);	/* for one more change		*/
void	sums_merge(struct sums *, const struct tx_sum *, size_t n);
void	sums_clear(struct sums *);
err	sums_write(struct sums *, struct tx *) MUST_USE;	/* and clear */
int64_t	sums_waiting(struct sums *, const struct tx_sum *, size_t i);

#endif
