/*
 * deadline.h - who must be done by when, without a timer for each.
 *
 * Layer 1, for src/http only.  All connections of one phase have the same
 * time, so each phase is a queue that is already in order of deadlines:
 * setting one is O(1), and only the heads are looked at.  A loop's own;
 * not shared between threads.  Times are of time_mono(), microseconds.
 */
#ifndef LARIS_HTTP_DEADLINE_H
#define LARIS_HTTP_DEADLINE_H

#include "base/base.h"

enum phase {
	PHASE_NONE,		/* our own turn: no deadline		*/
	PHASE_HEADER,		/* from accept or request line to end of headers */
	PHASE_BODY,
	PHASE_LARGE,		/* a body over the usual limit		*/
	PHASE_SEND,		/* the client reads our reply		*/
	PHASE_IDLE,		/* kept alive, no request yet		*/
	PHASES
};

struct deadline {
	struct deadline *next, *prev;	/* NULL while in no queue	*/
	int64_t at;
	enum phase phase;
};

struct deadlines {
	struct deadline queue[PHASES];	/* heads of rings		*/
	int64_t limit[PHASES];		/* microseconds			*/
};

void	deadlines_init(struct deadlines *);	/* then fill in limit[]	*/
/* Leaves whatever phase it was in.  PHASE_NONE only leaves. */
void	deadline_set(struct deadlines *, struct deadline *, enum phase, int64_t now);
/* One that has passed, out of its queue, its phase still told; or NULL. */
struct deadline *deadline_passed(struct deadlines *, int64_t now);
/* The next moment something passes, or INT64_MAX. */
int64_t	deadline_next(const struct deadlines *);

#endif
