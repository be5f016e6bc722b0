/*
 * inside.h - an admin of the server enters a city, and is seen doing so.
 *
 * Layer 2.  Whoever looks after all cities is in none.  To see one from
 * inside they say why and for how long; the city's record and the server's
 * say so in the same change, every page shows it, and the city's organiser
 * may end it.  Inside, the bit MAY_INSIDE of the route rows says what they
 * may: look, never at people, and set what is technical.  The session
 * carries it (who.c), so it is one browser's and ends with it.
 */
#ifndef LARIS_CORE_INSIDE_H
#define LARIS_CORE_INSIDE_H

#include "core/city.h"

#define INSIDE_MOST	60	/* minutes				*/

/*
 * The session of r->who enters; one it was in before is left.  ERR_INVALID
 * "inside-session" (not by a browser), "inside-minutes".
 */
err	inside_enter(struct req *, const struct city *, str reason, int64_t minutes) MUST_USE;
/* Leave the city this session is in, or those of all of one's sessions; none is well too. */
err	inside_leave(struct req *, bool everywhere) MUST_USE;
/* The city shows a visitor out.  ERR_MISSING "inside-over". */
err	inside_end(struct req *, int64_t visit) MUST_USE;

struct inside { str id, who, reason; int64_t ends; };
/* Who is in the city now. */
err	inside_now(struct db *, city_id, int64_t now, struct inside **, size_t *n) MUST_USE;

/* "sari (server)": how an admin of the server is called in a city's record. */
str	inside_name(struct arena *, const struct who *);

#endif
