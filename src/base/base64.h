/*
 * base64.h - bytes as text with one spelling (RFC 4648, section 4).
 *
 * Layer 0.  Reading is strict: padding is there, the bits it leaves over
 * are zero, and nothing else is between: so no two texts are one value,
 * and a changed text is a changed value.
 */
#ifndef LARIS_BASE_BASE64_H
#define LARIS_BASE_BASE64_H

#include "base/buf.h"

void	base64_put(struct buf *, const void *, size_t n);
/* At most "max" bytes into "bytes"; *n of them. */
bool	base64_get(void *bytes, size_t max, size_t *n, str) MUST_USE;

#endif
