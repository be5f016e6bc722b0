/*
 * router.h - from a path to its route row.
 *
 * Layer 2.  Made once at start from all modules' rows; read-only after.
 */
#ifndef LARIS_CORE_ROUTER_H
#define LARIS_CORE_ROUTER_H

#include "core/route.h"

struct router;
struct match {
	const struct route *route;	/* NULL: none			*/
	str param[REQ_PARAMS];		/* decoded			*/
	unsigned allowed;		/* bits 1 << method of other rows of this path: 405 */
};

/* Panics on two rows for one method and path, or a row without "may" or "say". */
struct router *router_new(struct arena *, const struct app *);
/* "path" is raw, begins with '/'.  HEAD finds the GET row. */
void router_find(const struct router *, struct arena *, enum http_method,
    str path, struct match *);
/* All rows, by path then method: for `laris routes`, openapi, the rights matrix. */
const struct route *const *router_rows(const struct router *, size_t *n);

#endif
