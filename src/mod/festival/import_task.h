/*
 * import_task.h - a file that was brought on a page, from its first byte on
 * the disk to its last line recorded, or taken back.
 *
 * Layer 3, inner.  What is to be done stands in the table "import"; the
 * handlers move its state, import_work() (core/work.h) does the rest on
 * the server's worker, in pieces of IMPORT_PIECE lines, each a change of
 * its own beside other people's.  All or nothing: what was begun is gone
 * on with after a kill, and what is refused in the middle is struck out.
 * docs/decisions/018-import.md says why so.
 */
#ifndef LARIS_FESTIVAL_IMPORT_TASK_H
#define LARIS_FESTIVAL_IMPORT_TASK_H

#include "core/work.h"
#include "festival_read.h"
#include "mod/festival/import.h"
#include "mod/festival/import_file.h"

#define IMPORT_PIECE	200	/* lines in one change			*/

struct import_brought {		/* a file just staged			*/
	int64_t id;
	enum import_kind kind;
	str name, sha256;
	int64_t size;
};
/* In IMPORT_CHECKING. */
err	import_bring(struct tx *, struct change *, const struct festival *,
	    const struct import_brought *, const struct import_ask *) MUST_USE;
/*
 * Record it.  Said again while it runs or when it is done: nothing happens.
 * ERR_CONFLICT "import-not-ready" (bad lines, nothing new, not read yet).
 */
err	import_go(struct tx *, struct change *, const struct festival *,
	    const struct festival_import_get *, const struct import_ask *) MUST_USE;
/*
 * Take back all it brought; said again: nothing happens.  ERR_CONFLICT
 * "import-not-done", "festival-frozen".
 */
err	import_strike(struct tx *, struct change *, const struct festival *,
	    const struct festival_import_get *, str reason, const struct import_ask *) MUST_USE;
/* Throw away one that nobody recorded.  ERR_CONFLICT "import-not-ready". */
err	import_forget(struct tx *, const struct festival *,
	    const struct festival_import_get *) MUST_USE;
/* The command line's, all at once: its row, before and after the lines. */
err	import_book(struct tx *, const struct import_ask *, const struct import *) MUST_USE;
err	import_booked(struct tx *, const struct import_ask *, const struct import_done *) MUST_USE;

/* The row of a sale; ERR_MISSING "no-such-page". */
err	import_row_get(struct db *, const struct festival *, int64_t id,
	    struct festival_import_get *) MUST_USE;
bool	import_running(int64_t state);		/* something is being done	*/
uint64_t import_stamp(city_id, int64_t id);	/* touched by each step		*/
/* ERR_CONFLICT "import-runs": the sale must stay as it is meanwhile. */
err	import_idle(struct db *, const struct festival *) MUST_USE;

err	import_work(struct work *) MUST_USE;

/* import_judge_task.c */
struct import_job {		/* one file on the worker		*/
	struct work *w;
	struct import_place place;
	struct festival_import_get row;
	struct festival f;
	struct import_ask ask;
};
err	import_check(struct import_job *) MUST_USE;
/* One change of the worker's. */
typedef err import_step(struct tx *, struct change *, void *ctx);
err	import_change(struct import_job *, import_step *, void *ctx) MUST_USE;

#endif
