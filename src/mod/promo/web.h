/* web.h - the promotions' handlers and forms, named by the route rows.  Layer 3, inner. */
#ifndef LARIS_PROMO_WEB_H
#define LARIS_PROMO_WEB_H

#include "core/route.h"
#include "mod/promo/promo.h"

/* promo_api.c */
handler api_promotions, api_redeem, api_redeem_void;
extern const struct form api_redeem_form, api_redeem_void_form;
/* A merchant's person or token acts for that merchant only. */
bool	may_for_merchant(const struct req *, merchant_id);

/* promo_check.c */
#define PROMO_CHECKS	5
extern const struct check promo_checks[PROMO_CHECKS];

#endif
