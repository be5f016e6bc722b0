/*
 * rupiah.h - money as Indonesians write and say it.
 *
 * Layer 0.  An amount is int64 whole rupiah; there are no cents.  The
 * largest amount this program accepts is RUPIAH_MAX (one quadrillion),
 * so that sums over a century of national sales fit an int64.
 */
#ifndef LARIS_BASE_RUPIAH_H
#define LARIS_BASE_RUPIAH_H

#include "base/buf.h"
#include "base/time.h"

#define RUPIAH_MAX	INT64_C(1000000000000000)

/*
 * "50000", "50.000", "Rp 1.250.000,-", "Rp1.250.000,00", "50 rb",
 * "1,5 juta", "1.250.000".  White space is free.  False for anything
 * ambiguous ("1.25", "1,250"), negative, fractional rupiah other than
 * ",00", or over RUPIAH_MAX.
 */
bool	rupiah_parse(str, int64_t *amount) MUST_USE;
void	rupiah_put(struct buf *, int64_t amount);	/* Rp 1.161.765.651.336	*/
void	number_put(struct buf *, int64_t n);		/* 1.161.765 (id form)	*/
/* "Rp 612,4 miliar", "Rp 1,16 triliun"; under a million as rupiah_put. */
void	rupiah_put_short(struct buf *, int64_t amount, enum lang);
/* Terbilang: "satu triliun seratus enam puluh satu miliar ... rupiah". */
void	rupiah_put_words(struct buf *, int64_t amount, enum lang);
void	number_put_words(struct buf *, int64_t n, enum lang);

#endif
