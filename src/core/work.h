/*
 * work.h - long work behind the pages: what no request can wait for and no
 * single change should hold the writer for.
 *
 * Layer 2.  A module's "work" (route.h) is called city by city on one
 * thread of the server: when it starts, soon after a change that said
 * work_wanted(), and each minute.  It reads from its tables what is to be
 * done, does it in small changes of its own, and returns; it must go on
 * where it was after a kill.  An error is logged, and it is called again.
 */
#ifndef LARIS_CORE_WORK_H
#define LARIS_CORE_WORK_H

#include "core/route.h"
#include <stdatomic.h>

struct work {
	struct arena *a;	/* emptied after each call		*/
	struct db *db;
	struct writer *writer;
	const char *data_dir;	/* of files beside the database		*/
	struct city city;
	const atomic_bool *stop;
};

/* The server is going down: leave what is not begun for the next start. */
static inline bool work_over(const struct work *w)
{
	return atomic_load(w->stop);
}

#define WORK_KEY	stamp_key("work", 0, 0)

/* This change leaves something to be done.  NULL: the command line's. */
static inline void work_wanted(struct change *c)
{
	if (c)
		tx_touch(c, WORK_KEY);
}

#endif
