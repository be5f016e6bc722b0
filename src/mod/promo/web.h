/* web.h - the promotions' handlers and forms, named by the route rows.  Layer 3, inner. */
#ifndef LARIS_PROMO_WEB_H
#define LARIS_PROMO_WEB_H

#include "core/route.h"
#include "mod/promo/pages.h"

/* promo_api.c */
handler api_promotions, api_redeem, api_redeem_void;
extern const struct form api_redeem_form, api_redeem_void_form;
/* A merchant's person or token acts for that merchant only. */
bool	may_for_merchant(const struct req *, merchant_id);

/* promo_web.c */
handler web_promos, web_promo, web_use_prepare, web_use, web_used, web_promo_map;
extern const struct form promo_use_form;
str	promo_base(struct req *, const struct festival *);	/* "/surakarta/sgs-2021" */
struct offer_row promo_row(struct req *, const struct festival *, const struct promo_found *);
str	place_degrees(struct req *, int64_t latitude, int64_t longitude);	/* or empty */

/* promo_own.c, manage.c */
handler own_promos, own_use, own_use_page, own_use_void, own_promo_new, own_promo_add, own_promo,
    own_promo_change, own_promo_quota, own_promo_state;
extern const struct form own_use_form;

/* promo_admin.c */
handler org_promos, org_promo_new, org_promo_add, org_promo, org_promo_change, org_promo_quota,
    org_promo_state, org_places, org_place_set;
extern const struct form org_place_form;

/* promo_check.c */
#define PROMO_CHECKS	5		/* the compiler compares it with the table */
extern const struct check promo_checks[PROMO_CHECKS];

#endif
