/*
 * buf.h - bytes being written, with a limit.
 *
 * Layer 0.  Grows in its arena up to "max"; a write that would go over
 * sets the sticky "full" and writes nothing, now and ever after.  So a
 * writer need not check each call: whoever sends the result looks at
 * "full" once, and never sends a torn one.
 */
#ifndef LARIS_BASE_BUF_H
#define LARIS_BASE_BUF_H

#include "base/arena.h"

struct buf {
	struct arena *a;
	char *p;
	size_t n, cap, max;
	bool full;
};

#define BUF(arena, limit)	((struct buf){ .a = (arena), .max = (limit) })

void	buf_put(struct buf *, const char *, size_t);
void	buf_char(struct buf *, char);
void	buf_str(struct buf *, str);
void	buf_int(struct buf *, int64_t);
/* With zeros in front to at least so many digits (at most 22). */
void	buf_digits(struct buf *, int64_t, size_t least);
void	buf_printf(struct buf *, const char *fmt, ...) PRINTF(2, 3);
str	buf_done(const struct buf *);	/* what is written; borrowed	*/

#endif
