/*
 * params.h - names and values from a query, a form, a cookie header.
 *
 * Layer 1.  Pure functions over bytes, fuzzed.  Values are decoded into
 * the arena; names and values must be UTF-8 without NUL, or the whole
 * is refused (ERR_INVALID "bad-encoding").  Counts and sizes are bounded.
 */
#ifndef LARIS_HTTP_PARAMS_H
#define LARIS_HTTP_PARAMS_H

#include "base/base.h"

struct param {
	str name, value;
	str filename, type;	/* multipart files only; else empty	*/
};
struct params { struct param *v; size_t n; };

#define PARAMS_MAX	256

/* application/x-www-form-urlencoded (WHATWG URL 5.1): queries too. */
err	params_urlencoded(struct arena *, str, struct params *) MUST_USE;
/* multipart/form-data (RFC 7578); file bytes stay in the body. */
err	params_multipart(struct arena *, str content_type, str body, struct params *) MUST_USE;
/* Either, by the Content-Type. */
err	params_body(struct arena *, str content_type, str body, struct params *) MUST_USE;
/* RFC 6265 Cookie header; what is malformed is passed over. */
void	params_cookie(struct arena *, str header, struct params *);
/* The first of that name, or NULL. */
const struct param *params_get(const struct params *, str name);
str	params_value(const struct params *, str name);	/* or empty	*/
/* %-decoding of a path segment; false on junk, NUL or "/" inside. */
bool	percent_decode(struct arena *, str, str *out) MUST_USE;
void	percent_encode(struct buf *, str);	/* unreserved stay (RFC 3986) */

#endif
