/*
 * vec.h - an array that grows in an arena.
 *
 * Layer 0.  Declare VEC(struct thing) things = { 0 };  then
 * VEC_ADD(a, &things) gives a pointer to a fresh zeroed element.
 * Growing moves the elements: keep indexes, not pointers, while adding.
 */
#ifndef LARIS_BASE_VEC_H
#define LARIS_BASE_VEC_H

#include "base/arena.h"

#define VEC(T)		struct { T *v; size_t n, cap; }
#define VEC_ADD(a, vec)						\
	((vec)->v = vec_grow((a), (vec)->v, (vec)->n, &(vec)->cap,	\
	    sizeof *(vec)->v, _Alignof(__typeof__(*(vec)->v))),	\
	 &(vec)->v[(vec)->n++])

void   *vec_grow(struct arena *, void *v, size_t n, size_t *cap, size_t size, size_t align);

#endif
