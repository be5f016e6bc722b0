/* fsck.h - is the stored log what its entries say?  Layer 3. */
#ifndef LARIS_LEDGER_FSCK_H
#define LARIS_LEDGER_FSCK_H

#include "mod/ledger/ledger.h"

/* The first difference: "gap", "node", "size", "witness" (they signed another root);
 * what is NULL: none. */
struct ledger_fault { int64_t number; const char *what; };
err	ledger_fsck(struct db *, city_id, struct ledger_fault *, int64_t *size,
	    struct hash *root) MUST_USE;
err	ledger_check(struct db *, struct buf *broken) MUST_USE;

#endif
