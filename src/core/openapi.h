/*
 * openapi.h - the API described from its route rows (OpenAPI 3.1).
 *
 * Layer 2.  A route's "reply" is a shape in one line:
 *
 *	{purchase:id card:card? amount:int}	members; ? may be null
 *	{merchants:[{id:id name:str}] next:str?}	[…] array
 *	str int bool id time any			plain values
 *	{status:int id:id}|{status:int rule:str}	this or that
 *
 * The same line makes openapi.json and checks the replies seen in tests.
 */
#ifndef LARIS_CORE_OPENAPI_H
#define LARIS_CORE_OPENAPI_H

#include "core/router.h"

str	openapi_make(struct arena *, const struct router *);
/* Does this value have that shape?  Says where not, in *why. */
bool	shape_fits(struct arena *, const char *shape, const struct json_value *, str *why);

#endif
