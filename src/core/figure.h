/*
 * figure.h - what one module may count for another without either
 * knowing the other: the sale asks for "festival.prizes", the draw's
 * rows answer.
 *
 * Layer 2.  A figure nobody offers is 0; offered by several it is their sum.
 */
#ifndef LARIS_CORE_FIGURE_H
#define LARIS_CORE_FIGURE_H

#include "core/route.h"

/* "subject" is the id the figure is about, 0 for the city itself. */
err	figure_get(const struct app *, struct db *, const char *name, city_id, int64_t subject,
	    int64_t *n) MUST_USE;

#endif
