/*
 * seen.h - notes of what was answered: a line an answer, in a file.
 *
 * Layer 2.  "GET /{city}/{festival} 200 ok", or why the JSON is not what
 * its row promises.  On where LARIS_SEEN names a file; the tests read it
 * (docs/decisions/014).  It changes no answer.
 */
#ifndef LARIS_CORE_SEEN_H
#define LARIS_CORE_SEEN_H

#include "core/req.h"

struct seen;

/* NULL: nothing named, or it cannot be written. */
struct seen *seen_open(struct arena *, const char *path);
void	seen_close(struct seen **);
/* Any thread.  NULL is fine. */
void	seen_note(const struct seen *, struct req *, const struct http_reply *);

#endif
