/*
 * spool.h - a file on its way out: a name that appears only when the file
 * is whole, or a nameless one that a reply sends.
 *
 * Layer 2.  Errors are remembered and told by spool_done().
 */
#ifndef LARIS_CORE_SPOOL_H
#define LARIS_CORE_SPOOL_H

#include "core/pdf.h"

struct spool;

/* To be found under "path" after spool_done().  ERR_INVALID "file-write" {1} {2}. */
err	spool_open(struct spool **, struct arena *, const char *path) MUST_USE;
void	spool_put(struct spool *, str);
struct pdf_sink spool_sink(struct spool *);
/* On the disk, and renamed.  ERR_INVALID "file-write". */
err	spool_done(struct spool *) MUST_USE;
void	spool_close(struct spool **);	/* for CLEANUP; not done: as if never begun */

#endif
