/*
 * stamp.h - the writer's side of the version stamps of writer.h.
 *
 * Layer 1, for src/db only.
 */
#ifndef LARIS_DB_STAMP_H
#define LARIS_DB_STAMP_H

#include <stdint.h>

/*
 * After a commit, before its keys are bumped and before anybody is told:
 * whoever sees a key's new stamp, or has the reply, also sees this number.
 */
void	stamp_commit(void);
uint64_t stamp_commits(void);
/* After the commit that changed what "key" stands for. */
void	stamp_bump(uint64_t key);

#endif
