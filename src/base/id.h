/*
 * id.h - names of rows: 63-bit numbers sorted by time.
 *
 * Layer 0.  id_new() is (milliseconds since 2020-01-01) * 2^22 + a
 * counter, strictly ascending within the process even if the clock goes
 * back; so keys of hot tables arrive in order.  In a URL an id is 13
 * digits of Crockford base32 (I, L, O read as 1, 1, 0; case free).
 *
 * Ids of different things are different C types, so that a merchant's
 * cannot be passed as a card's: ID_TYPE(merchant) makes merchant_id.
 */
#ifndef LARIS_BASE_ID_H
#define LARIS_BASE_ID_H

#include "base/buf.h"

#define ID_TYPE(name)	typedef struct name##_id { int64_t v; } name##_id
#define ID_TEXT		13

int64_t	id_new(void);			/* thread-safe			*/
/*
 * The one after "last" at the moment "now": what id_new does.  Within a
 * millisecond and across them the counter just counts on; it starts at
 * random, so that two processes hardly ever meet.
 */
int64_t	id_after(int64_t last, int64_t now);
/*
 * From now on ids are above this one, what was stored before a start, and above
 * the four million after it: while a clock is behind ids count up one by one, and
 * the newest of the rows that were asked need not be the newest there is.
 */
void	id_above(int64_t stored);
/*
 * From now on ids count up from here, whatever the clock says: a
 * demonstration made twice is the same.  Never in a server.
 */
void	id_count_from(int64_t first);
/* The smallest id of a moment (microseconds): for ranges in time. */
int64_t	id_floor(int64_t at);
int64_t	id_time(int64_t id);		/* microseconds, to the millisecond */
void	id_put(struct buf *, int64_t id);
str	id_text(struct arena *, int64_t id);
bool	id_parse(str, int64_t *id) MUST_USE;
/* Crockford base32 of any bytes, no padding; and back. */
str	base32_text(struct arena *, const void *bytes, size_t n);
/* The same into BASE32_MAX(n) bytes; as many digits as it says, behind them anything. */
#define BASE32_MAX(n)	((n) / 5 * 8 + 8)
size_t	base32_put(char *out, const void *bytes, size_t n);
bool	base32_parse(void *bytes, size_t n, str) MUST_USE;

#endif
