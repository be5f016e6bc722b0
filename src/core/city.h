/*
 * city.h - the tenant everything belongs to.
 *
 * Layer 2.  Codes, names and slugs come from the region data (region.h).
 */
#ifndef LARIS_CORE_CITY_H
#define LARIS_CORE_CITY_H

#include "core/req.h"

/*
 * The scope of what is the server's own and no city's: its admins, their
 * sessions and record, its settings.  No row of the table "city" has it,
 * and ids are made from the time, so none ever will.
 */
#define CITY_SERVER	1

/* What typed words name for signing in: a city, or "server". */
err	city_scope(struct db *, str which, struct city *) MUST_USE;
/* By slug, by Kemendagri code or by id.  ERR_MISSING "no-such-city". */
err	city_find(struct db *, str which, struct city *) MUST_USE;
/* Whose own host name that is, with or without a port; id 0: nobody's. */
err	city_of_host(struct db *, str host, struct city *) MUST_USE;
/*
 * One more host name of the city, or one less.  ERR_INVALID "host-form",
 * ERR_CONFLICT "host-taken", ERR_MISSING "host-unknown".
 */
err	city_host_set(struct tx *, const struct city *, str host, const char *by,
	    int64_t now) MUST_USE;
err	city_host_drop(struct tx *, const struct city *, str host, const char *by,
	    int64_t now) MUST_USE;
err	city_get(struct db *, city_id, struct city *) MUST_USE;
/*
 * Add the city or regency of that code.  Empty slug and name mean those of
 * the region data.  ERR_MISSING "no-such-region", ERR_CONFLICT "city-there",
 * ERR_INVALID "slug-form" (also for words the program's own paths use).
 */
err	city_add(struct tx *, str code, str slug, str name, int64_t now, struct city *) MUST_USE;
/*
 * Closed for a while: its pages, calls and people get the reason instead;
 * its public log stays, and nothing is deleted.  "by" is for its record.
 * ERR_CONFLICT "city-is-closed", "city-is-open".
 */
err	city_close(struct tx *, const struct city *, str why, const char *by, int64_t now) MUST_USE;
err	city_open(struct tx *, const struct city *, const char *by, int64_t now) MUST_USE;
/* Touched by both, and by a new look: what every page of the city depends on. */
uint64_t city_key(city_id);
/* a-z, 0-9 and single dashes, 2-60, not one of the program's own words. */
bool	slug_ok(str);
/* "Batik Mawar Indah" -> "batik-mawar-indah"; cut at 60. */
str	slug_make(struct arena *, str name);

#endif
