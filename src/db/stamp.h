/*
 * stamp.h - the writer's side of the version stamps of writer.h.
 *
 * Layer 1, for src/db only.
 */
#ifndef LARIS_DB_STAMP_H
#define LARIS_DB_STAMP_H

#include <stdint.h>

/* After the commit that changed what "key" stands for. */
void	stamp_bump(uint64_t key);

#endif
