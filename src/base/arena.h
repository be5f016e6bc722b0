/*
 * arena.h - memory that dies together.
 *
 * Layer 0.  What a request allocates lives in that request's arena;
 * nothing is freed by hand.  Allocation never returns NULL: every size
 * from outside is bounded before it gets here, so running out of memory
 * is a crash (panic.h), not a code path.
 */
#ifndef LARIS_BASE_ARENA_H
#define LARIS_BASE_ARENA_H

#include "base/str.h"
#include <stdarg.h>

struct arena;

struct arena *arena_new(void);
/* One whose first chunk is for so many bytes: for what is kept by the thousand. */
struct arena *arena_for(size_t bytes);
void	arena_free(struct arena **);	/* sets the pointer to NULL; NULL is fine */
/* Forget everything but keep the first chunk, for the next request. */
void	arena_reset(struct arena *);
/* Zeroed.  "align" is a power of two up to 16. */
void   *arena_alloc(struct arena *, size_t n, size_t align);
/* Not zeroed, align 1: for bytes that are written at once. */
char   *arena_bytes(struct arena *, size_t n);
size_t	arena_used(const struct arena *);	/* bytes handed out since new/reset */
/* Copies are NUL-terminated behind their n bytes. */
str	arena_str(struct arena *, str);
str	arena_printf(struct arena *, const char *fmt, ...) PRINTF(2, 3);
str	arena_vprintf(struct arena *, const char *fmt, va_list) PRINTF(2, 0);
const char *arena_cstr(struct arena *, str);	/* NULs inside are kept: check first */

#define NEW(a, T)	((T *)arena_alloc((a), sizeof(T), _Alignof(T)))
#define NEWN(a, T, n)	((T *)arena_array((a), sizeof(T), (n), _Alignof(T)))
void   *arena_array(struct arena *, size_t size, size_t n, size_t align); /* panics on overflow */

#endif
