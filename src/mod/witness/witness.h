/*
 * witness.h - this server as a witness of other logs (c2sp.org/tlog-witness).
 *
 * Layer 3.  A log asks it to sign its head.  It signs only what continues
 * the head it signed before, so no two readers who believe it can be shown
 * two histories.  What it signed last is stored in the change whose reply
 * carries the signature: after a crash it remembers at least as much as
 * it ever said.
 */
#ifndef LARIS_WITNESS_WITNESS_H
#define LARIS_WITNESS_WITNESS_H

#include "core/city.h"
#include "log/proof.h"
#include "log/note.h"

/* A question whose form and signature are good. */
struct witness_ask {
	struct log_update update;
	struct checkpoint head;
	str text;		/* of the head: what is signed		*/
};
/*
 * ERR_INVALID "witness-form", "witness-old" (the old size is the larger);
 * ERR_MISSING "witness-stranger"; ERR_DENIED "witness-unsigned".
 */
err	witness_look(struct db *, str body, struct witness_ask *) MUST_USE;

enum witness_end {
	WITNESS_SIGNED,
	WITNESS_ELSEWHERE,	/* what was signed last has another size */
	WITNESS_FORK,		/* the same size with another root	*/
};
/*
 * Remember this head as the newest, or say why not.  *size: what was signed
 * before.  ERR_INVALID "witness-proof": it does not continue that.
 */
err	witness_move(struct tx *, const struct witness_ask *, int64_t now, enum witness_end *,
	    int64_t *size) MUST_USE;

/* ---- who it is, and whom it looks at ---------------------------------------- */

/* Empty: it has none yet. */
err	witness_name(struct db *, str *name) MUST_USE;
/*
 * The name for good: "want", or if empty "HOST/witness" of the setting base-url.
 * ERR_INVALID "witness-name", ERR_CONFLICT "witness-named", ERR_MISSING "witness-unnamed".
 */
err	witness_name_fix(struct tx *, str want, str *name) MUST_USE;
/* ERR_INVALID "witness-key" (no key of a log), ERR_CONFLICT "witness-there". */
err	witness_add(struct tx *, str key, str *origin) MUST_USE;

#endif
