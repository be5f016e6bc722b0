/*
 * indicator.h - the figures by which sales of two cities are laid side by
 * side, from their public sums.
 *
 * Layer 3, inner.  Made of the fact sheet (report.h) and the size of the
 * city, so that none can differ from what was published.
 */
#ifndef LARIS_FESTIVAL_INDICATOR_H
#define LARIS_FESTIVAL_INDICATOR_H

#include "core/indicator.h"
#include "mod/festival/report.h"

enum festival_indicator {	/* order of the table on pages		*/
	FI_RESIDENTS, FI_UMKM, FI_DAYS, FI_MERCHANTS, FI_REPORTING, FI_PER_UMKM, FI_VILLAGES,
	FI_PURCHASES, FI_PURCHASES_RESIDENTS, FI_RUPIAH, FI_RUPIAH_DAY, FI_RUPIAH_MERCHANT,
	FI_RUPIAH_RESIDENTS, FI_RUPIAH_PURCHASE, FI_COUPONS, FI_CASHLESS, FI_GROWTH,
	FESTIVAL_INDICATORS
};
extern const struct indicator festival_indicators[FESTIVAL_INDICATORS];

struct festival_reach {		/* admitted merchants by kelurahan	*/
	int64_t villages;	/* with at least one			*/
	int64_t of;		/* the city has				*/
	int64_t placed;		/* merchants whose kelurahan is known	*/
};

/* Pure: v has FESTIVAL_INDICATORS places. */
void	festival_indicators_of(struct arena *, const struct report *, const struct city_size *,
	    const struct festival_reach *, struct indicator_value *v);
/* From the database; "now" as festival_report_make. */
err	festival_indicators_load(struct db *, const struct city *, const struct festival *,
	    enum lang, int64_t now, struct indicator_values *) MUST_USE;

#endif
