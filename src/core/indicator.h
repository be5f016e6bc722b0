/*
 * indicator.h - what is measured in the same way in every city, and what
 * one city's programme measured.
 *
 * Layer 2.  A module that has something to compare defines rows of struct
 * indicator and fills values; pages that compare know only these.  A value
 * that is not known says why and is never 0.
 */
#ifndef LARIS_CORE_INDICATOR_H
#define LARIS_CORE_INDICATOR_H

#include "core/req.h"

enum indicator_form { INDICATOR_NUMBER, INDICATOR_RUPIAH, INDICATOR_PERCENT };

struct indicator {
	const char *code;	/* in files, for ever: "merchants-per-1000-umkm" */
	enum text_id name, unit;
	enum text_id say;	/* the definition, with its computation: one sentence */
	enum indicator_form form;
	int decimals;		/* 0-2: the value is in such parts	*/
	/* Fields of the programme which, set otherwise, make the figure another one; ends with
	 * NULL. */
	const char *const *breaks;
	bool headline;		/* one of the few that stand for all	*/
};

struct indicator_value {
	const struct indicator *of;
	bool known;
	int64_t v;
	enum text_id why;	/* why it is not known			*/
	str source;		/* of the figures it is made of, in the reader's language */
};
struct indicator_values { struct indicator_value *v; size_t n; };

/* "1.161", "12,5", "Rp 1.161.765", "48,2 %"; a dash when not known. */
void	indicator_put(struct buf *, const struct indicator_value *, enum lang);
const struct indicator_value *indicator_find(const struct indicator_values *, str code);

/* How large a city is, as it says itself (settings); 0: not said. */
struct city_size {
	int64_t residents, umkm;
	str residents_source, umkm_source;	/* "Sensus Penduduk 2020, BPS"	*/
};
err	city_size(struct db *, city_id, struct city_size *) MUST_USE;

/* a * b / c without overflow, rounded half up; c > 0, a and b >= 0. */
int64_t	mul_div(int64_t a, int64_t b, int64_t c);

#endif
