/* vectors.h - read known answers in a test of the log. */
#ifndef LARIS_TESTS_LOG_VECTORS_H
#define LARIS_TESTS_LOG_VECTORS_H

#include "base/base64.h"
#include "base/base.h"
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#define VECTOR_BYTES	(1 << 20)

/* A file's bytes; .p is NULL when it cannot be read. */
static inline str vector_file(struct arena *a, const char *path)
{
	FILE *f = fopen(path, "r");
	char *p;
	size_t n;

	if (!f)
		return (str){ NULL, 0 };
	p = arena_bytes(a, VECTOR_BYTES);
	n = fread(p, 1, VECTOR_BYTES, f);
	fclose(f);
	CHECK(n < VECTOR_BYTES);
	return (str){ p, n };
}

/* Ours are in the repository; the others where LARIS_VECTORS says. */
static inline str vector_ours(struct arena *a, str name)
{
	const char *root = getenv("LARIS_ROOT");

	return vector_file(a, arena_cstr(a, arena_printf(a, "%s/tests/golden/laris-log/%.*s",
	    root ? root : ".", SV(name))));
}

static inline const char *vector_path(struct arena *a, const char *name)
{
	const char *from = getenv("LARIS_VECTORS"), *root = getenv("LARIS_ROOT");

	if (from)
		return arena_cstr(a, arena_printf(a, "%s/%s", from, name));
	return arena_cstr(a, arena_printf(a, "%s/../shared/vectors/%s", root ? root : ".", name));
}

static inline str vector_other(struct arena *a, const char *name)
{
	return vector_file(a, vector_path(a, name));
}

/* The n lines of entries.txt. */
static inline size_t vector_entries(struct arena *a, str *v, size_t max)
{
	str s = vector_ours(a, S("entries.txt"));
	size_t n = 0;

	while (n < max && str_take(&s, '\n', &v[n]))
		n++;
	return n;
}

#endif
