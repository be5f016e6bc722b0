/*
 * temp.h - a file of a moment, for libraries that write to a name only.
 *
 * Layer 2.  In $TMPDIR or /tmp, readable by us alone; gone with CLEANUP.
 */
#ifndef LARIS_CORE_TEMP_H
#define LARIS_CORE_TEMP_H

#include "base/base.h"

struct temp { const char *path; };
/* An empty file of a name nobody else has.  ERR_INTERNAL "temp-file". */
err	temp_name(struct temp *, struct arena *) MUST_USE;
err	temp_read(const struct temp *, struct arena *, size_t max, str *) MUST_USE;
/* Open for reading; the caller closes.  *n: its size. */
err	temp_open(const struct temp *, struct arena *, int *fd, int64_t *n) MUST_USE;
void	temp_close(struct temp *);

#endif
