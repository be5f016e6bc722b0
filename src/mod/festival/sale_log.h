/*
 * sale_log.h - what the public log says of a whole sale.
 *
 * Layer 3.  Its rules, when it opens and with each amendment; its totals,
 * once an hour while it runs and when it closes.
 */
#ifndef LARIS_FESTIVAL_SALE_LOG_H
#define LARIS_FESTIVAL_SALE_LOG_H

#include "mod/festival/festival.h"

/* The rules as they now stand, in words, with all amendments. */
err	sale_log_rules(struct tx *, struct change *, const struct festival *,
	    int64_t now) MUST_USE;
/* Purchases, rupiah, coupons so far. */
err	sale_log_totals(struct tx *, struct change *, const struct festival *,
	    int64_t now) MUST_USE;
/* The hour's job: the totals of each sale that runs. */
err	sale_log_hour(struct change *, struct tx *, city_id, str payload, int64_t now);

#endif
