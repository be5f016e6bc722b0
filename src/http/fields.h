/*
 * fields.h - the inside of a header field: a value and its parameters.
 *
 * Layer 1, for src/http only.  RFC 9110 section 5.6.
 */
#ifndef LARIS_HTTP_FIELDS_H
#define LARIS_HTTP_FIELDS_H

#include "http/params.h"

/* One more; too many, or not UTF-8, is an error. */
err	params_add(struct arena *, struct params *, struct param) MUST_USE;
/* One character of a token (RFC 9110 section 5.6.2). */
bool	field_token_char(char);
bool	field_token(str);		/* one or more of them			*/
/*
 * Cuts the next "; name=value" off *s.  A quoted value loses its quotes;
 * "\"" inside becomes '"', any other backslash stays (browsers send file
 * names with bare ones).  False at the end, and with *bad set on junk.
 */
bool	parameter_take(struct arena *, str *s, str *name, str *value, bool *bad);

#endif
