/*
 * merchant_hours.h - when a shop is open: read as people write it, kept
 * in one spelling, answered for any moment.
 *
 * Layer 3, inner.  Pure.  Kept as schema.org writes openingHours, "Mo-Sa
 * 08:00-17:00, Su 07:00-12:00"; a day that is not named is closed.
 */
#ifndef LARIS_FESTIVAL_MERCHANT_HOURS_H
#define LARIS_FESTIVAL_MERCHANT_HOURS_H

#include "base/base.h"

enum { HOURS_CLOSED = -1, HOURS_DAY = 24 * 60 };

struct hours {			/* minutes of the day; Monday first	*/
	int16_t from[7];	/* HOURS_CLOSED: closed that day	*/
	int16_t till[7];	/* smaller than from: into the next day	*/
};

/*
 * "Senin-Sabtu 08.00-17.00; Minggu tutup", "tiap hari 7-21", "24 jam",
 * "Mon-Fri 8:30-16:00": either language, separated by , or ;.  Without a
 * day: every day.  False when a word is unknown, a time is none, a day is
 * said twice or left without a time.
 */
bool	hours_parse(str, struct hours *) MUST_USE;
void	hours_put(struct buf *, const struct hours *);	/* as kept: read again by hours_parse */
void	hours_say(struct buf *, const struct hours *, enum lang);	/* for people */

#endif
