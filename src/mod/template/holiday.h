/*
 * holiday.h - national holidays of Indonesia, from data/holidays-id.tsv.
 *
 * Layer 3, inner.  Rows of one year come from the joint decree (SKB) of that
 * year; those that the law fixes on a date hold every year.
 */
#ifndef LARIS_TEMPLATE_HOLIDAY_H
#define LARIS_TEMPLATE_HOLIDAY_H

#include "base/base.h"

struct holiday { int64_t day; str name, source; };
/* False: a working day, or not known. */
bool	holiday_on(int64_t day, struct holiday *);
bool	holiday_year_known(int64_t year);	/* are the movable ones there?	*/

#endif
