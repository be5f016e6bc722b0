/*
 * time.h - moments and dates.
 *
 * Layer 0.  A moment is int64 microseconds since 1970-01-01T00:00Z.  It
 * is shown in the zone of its city: WIB +7, WITA +8, WIT +9 (Keppres
 * 41/1987; Indonesia has no summer time).  A day is a count of days
 * since 1970-01-01 in that zone.  Proleptic Gregorian, years 1970-2199.
 */
#ifndef LARIS_BASE_TIME_H
#define LARIS_BASE_TIME_H

#include "base/buf.h"

#define SECOND		INT64_C(1000000)
#define MINUTE		(60 * SECOND)
#define HOUR		(60 * MINUTE)
#define DAY		(24 * HOUR)

enum zone { ZONE_WIB = 7, ZONE_WITA = 8, ZONE_WIT = 9 };	/* hours east of UTC */
enum lang { LANG_ID, LANG_EN, LANGS };

struct civil { int year, month, day, hour, minute, second; };

int64_t	time_now(void);			/* wall clock, microseconds	*/
int64_t	time_mono(void);		/* monotonic, for durations	*/
int64_t	time_day(int64_t at, enum zone);	/* the day a moment lies in	*/
int64_t	time_of_day(int64_t day, enum zone);	/* its first moment		*/
struct civil time_civil(int64_t at, enum zone);
bool	time_from_civil(const struct civil *, enum zone, int64_t *at) MUST_USE;

/*
 * "2021-10-18T14:05:00+07:00", with six digits behind the second where
 * there is something behind it.  Any fraction and offset is read (RFC
 * 3339); a leap second, where there can be one, as the second after it.
 */
void	time_put_rfc3339(struct buf *, int64_t at, enum zone);
bool	time_parse_rfc3339(str, int64_t *at) MUST_USE;
/* "2021-10-31" or "31/10/2021" or "31-10-2021", as offices write it. */
bool	time_parse_day(str, int64_t *day) MUST_USE;
void	time_put_iso_day(struct buf *, int64_t day);		/* 2021-10-31 */
/* 31 Oktober 2021; 31 October 2021 */
void	time_put_day(struct buf *, int64_t day, enum lang);
void	time_put_clock(struct buf *, int64_t at, enum zone);	/* 14.05 WIB */
/* 31 Okt 2021 14.05 WIB */
void	time_put_moment(struct buf *, int64_t at, enum zone, enum lang);
const char *zone_name(enum zone);

#endif
