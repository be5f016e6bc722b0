/*
 * merchant_permit.h - numbers that offices give to a business: what they
 * say, and whether one looks mistyped.
 *
 * Layer 3, inner.  Pure: no database, no clock.  Formats change and old
 * papers stay valid, so a number is explained and warned about, never
 * refused.  The one exception is a NIK, the number of a person: it is
 * refused wherever it is typed, because nothing here needs it.
 */
#ifndef LARIS_FESTIVAL_MERCHANT_PERMIT_H
#define LARIS_FESTIVAL_MERCHANT_PERMIT_H

#include "core/form.h"

struct remark { enum text_id say; str arg[2]; bool warn; };
struct remarks { struct arena *a; struct remark v[8]; size_t n; };
typedef void looker(str value, int64_t year, struct remarks *);

/* NIB: 13 digits (OSS). */
looker	nib_look;
/* P-IRT: 15 digits, each with its meaning; the last two are the year it ends. */
looker	pirt_look;
/* BPOM: MD or ML and 12 digits. */
looker	bpom_look;
/* BPJPH: ID and digits, as a rule 17. */
looker	halal_look;
/* NPWP: 15 digits, or of a firm 16 that begin with 0. */
looker	npwp_look;

/*
 * Does a run of exactly 16 digits (spaces, dots and dashes between them
 * are free) read as a NIK: region, day (women's +40), month?
 */
bool	nik_in(str);
/* ERR_INVALID "nik-refused"; the number is in no part of the error. */
err	nik_refuse(struct arena *, const char *field, str) MUST_USE;
/* A 16-digit NPWP that does not begin with 0 is its owner's NIK: the same. */
err	npwp_refuse(struct arena *, const char *field, str) MUST_USE;

#endif
