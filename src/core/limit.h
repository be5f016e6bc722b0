/*
 * limit.h - what one city may ask of the server, so that it cannot use it up
 * for the others.
 *
 * Layer 2.  A row each, a setting of that name: a city's own, else the
 * server's, else the row's.  The server's operator changes it (`laris
 * limit`), the city sees it among its settings.  They are kept by the frame,
 * not by handlers.  What was read is believed for LIMIT_KEPT; counts are
 * this process's.  Locked inside.
 */
#ifndef LARIS_CORE_LIMIT_H
#define LARIS_CORE_LIMIT_H

#include "core/req.h"

enum limit {
	LIMIT_CHANGES,		/* requests that change something, a second: 429 */
	LIMIT_STREAMS,		/* pages that watch live figures: 429	*/
	LIMIT_TOKENS,		/* tokens of tills in use: 409		*/
	LIMITS
};

struct limit_row {
	const char *name;
	int64_t fallback, max;	/* from 1				*/
	enum text_id say;
};
extern const struct limit_row limit_rows[LIMITS];

#define LIMIT_KEPT	(5 * SECOND)
#define LIMIT_BURST	5	/* seconds' worth that may come at once	*/

struct limits;
struct limits *limits_new(struct arena *);
void	limits_free(struct limits *);	/* the lock; memory is the arena's */
int64_t	limits_refused(struct limits *, enum limit);	/* since the start */

err	limit_get(struct db *, city_id, enum limit, int64_t *) MUST_USE;
/* Counts the request.  ERR_BUSY "limit-changes"; r->status and r->retry_s are set. */
err	limit_change(struct limits *, struct req *) MUST_USE;
/* Counts r->stream until it is gone; refused, it is gone at once.  ERR_BUSY "limit-streams". */
err	limit_stream(struct limits *, struct req *) MUST_USE;
/* ERR_CONFLICT "limit-tokens": no room for one more. */
err	limit_tokens(struct db *, city_id) MUST_USE;

#endif
