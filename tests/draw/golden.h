/* golden.h - read our known answers in a test of the draw. */
#ifndef LARIS_TESTS_DRAW_GOLDEN_H
#define LARIS_TESTS_DRAW_GOLDEN_H

#include "base/base.h"
#include <stdio.h>
#include <stdlib.h>

/* Tests run in the source folder, or with LARIS_ROOT naming it. */
static inline const char *golden_path(struct arena *a, const char *name)
{
	const char *root = getenv("LARIS_ROOT");

	return arena_cstr(a, arena_printf(a, "%s/tests/golden/laris-draw/%s",
	    root ? root : ".", name));
}

/* A file's bytes; .p is NULL when it cannot be read. */
static inline str golden_read(struct arena *a, const char *path)
{
	FILE *f = fopen(path, "r");
	char *p = arena_bytes(a, 1 << 17);
	size_t n;

	if (!f)
		return (str){ NULL, 0 };
	n = fread(p, 1, 1 << 17, f);
	fclose(f);
	return (str){ p, n };
}

#endif
