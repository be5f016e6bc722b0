#include "base/arena.h"
#include "base/panic.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef __has_feature
#if __has_feature(address_sanitizer) && !defined(__SANITIZE_ADDRESS__)
#define __SANITIZE_ADDRESS__ 1
#endif
#endif

/*
 * Under the address sanitizer what is not handed out is poisoned, and a
 * gap follows each piece, so that running over its end is seen.
 */
#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/asan_interface.h>
#define GAP		16
#define ALIGN_MIN	8
#define POISON(p, n)	ASAN_POISON_MEMORY_REGION(p, n)
#define UNPOISON(p, n)	ASAN_UNPOISON_MEMORY_REGION(p, n)
#else
#define GAP		0
#define ALIGN_MIN	1
#define POISON(p, n)	((void)(p), (void)(n))
#define UNPOISON(p, n)	((void)(p), (void)(n))
#endif

#define CHUNK_FIRST	((size_t)16 * 1024)
#define CHUNK_MOST	((size_t)1024 * 1024)
#define ONE_MOST	(SIZE_MAX / 4)
/* From here the system gives pages of their own: zeros that take no memory until written. */
#define CHUNK_PAGES	((size_t)128 * 1024)

struct chunk {
	struct chunk *prev;
	size_t used, cap;
	size_t dirty;	/* behind this, and behind "used", are zeros	*/
	_Alignas(16) char mem[];
};

struct arena {
	struct chunk *top;
	size_t given;
};

static struct chunk *chunk_new(struct chunk *prev, size_t cap)
{
	bool zeros = cap >= CHUNK_PAGES;
	struct chunk *c = zeros ? calloc(1, sizeof *c + cap) : malloc(sizeof *c + cap);

	if (!c)
		panic("out of memory: %zu bytes", cap);
	*c = (struct chunk){ .prev = prev, .cap = cap, .dirty = zeros ? 0 : cap };
	POISON(c->mem, cap);
	return c;
}

static struct chunk *chunk_free(struct chunk *c)
{
	struct chunk *prev = c->prev;

	UNPOISON(c->mem, c->cap);
	free(c);
	return prev;
}

struct arena *arena_for(size_t bytes)
{
	struct arena *a = malloc(sizeof *a);

	if (!a)
		panic("out of memory");
	*a = (struct arena){ .top = chunk_new(NULL, bytes + 64 + GAP) };
	return a;
}

struct arena *arena_new(void)
{
	return arena_for(CHUNK_FIRST);
}

void arena_free(struct arena **pa)
{
	if (!*pa)
		return;
	for (struct chunk *c = (*pa)->top; c; )
		c = chunk_free(c);
	free(*pa);
	*pa = NULL;
}

void arena_reset(struct arena *a)
{
	while (a->top->prev)
		a->top = chunk_free(a->top);
	if (a->top->dirty < a->top->used)
		a->top->dirty = a->top->used;
	a->top->used = 0;
	a->given = 0;
	POISON(a->top->mem, a->top->cap);
}

/* Each chunk is twice the one before, so a large arena has few. */
static struct chunk *grow(struct arena *a, size_t n)
{
	size_t cap = a->top->cap * 2;

	if (cap > CHUNK_MOST)
		cap = CHUNK_MOST;
	return a->top = chunk_new(a->top, n > cap ? n : cap);
}

static char *take(struct arena *a, size_t n, size_t align)
{
	struct chunk *c = a->top;

	CHECK(n <= ONE_MOST);
	if (align < ALIGN_MIN)
		align = ALIGN_MIN;
	size_t at = (c->used + align - 1) & ~(align - 1);
	if (at > c->cap || n + GAP > c->cap - at) {
		c = grow(a, n + GAP);
		at = 0;
	}
	c->used = at + n + GAP;
	a->given += n;
	UNPOISON(c->mem + at, n);
	return c->mem + at;
}

void *arena_alloc(struct arena *a, size_t n, size_t align)
{
	CHECK(align && align <= 16 && !(align & (align - 1)));
	char *p = take(a, n, align);
	size_t at = (size_t)(p - a->top->mem), dirty = a->top->dirty;

	if (at < dirty)
		memset(p, 0, n < dirty - at ? n : dirty - at);
	return p;
}

void *arena_array(struct arena *a, size_t size, size_t n, size_t align)
{
	size_t bytes;

	if (__builtin_mul_overflow(size, n, &bytes))
		panic("array of %zu times %zu bytes", n, size);
	return arena_alloc(a, bytes, align);
}

char *arena_bytes(struct arena *a, size_t n)
{
	return take(a, n, 1);
}

size_t arena_used(const struct arena *a)
{
	return a->given;
}

str arena_str(struct arena *a, str s)
{
	CHECK(s.n < ONE_MOST);
	char *p = take(a, s.n + 1, 1);

	if (s.n)
		memcpy(p, s.p, s.n);
	p[s.n] = '\0';
	return (str){ p, s.n };
}

const char *arena_cstr(struct arena *a, str s)
{
	return arena_str(a, s).p;
}

str arena_vprintf(struct arena *a, const char *fmt, va_list ap)
{
	char few[256];
	va_list again;

	va_copy(again, ap);
	int n = vsnprintf(few, sizeof few, fmt, again);
	va_end(again);
	CHECK(n >= 0);
	if ((size_t)n < sizeof few)
		return arena_str(a, (str){ few, (size_t)n });
	char *p = take(a, (size_t)n + 1, 1);
	vsnprintf(p, (size_t)n + 1, fmt, ap);
	return (str){ p, (size_t)n };
}

str arena_printf(struct arena *a, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	str s = arena_vprintf(a, fmt, ap);
	va_end(ap);
	return s;
}
