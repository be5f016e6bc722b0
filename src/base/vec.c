#include "base/vec.h"
#include <string.h>

void *vec_grow(struct arena *a, void *v, size_t n, size_t *cap, size_t size, size_t align)
{
	if (n >= *cap) {
		size_t more = *cap ? *cap * 2 : 8;
		void *fresh = arena_array(a, size, more, align);
		if (n)
			memcpy(fresh, v, n * size);
		*cap = more;
		return fresh;
	}
	/* The place may have been used before the vector was shortened. */
	memset((char *)v + n * size, 0, size);
	return v;
}
