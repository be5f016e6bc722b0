/* merchant_web.h - pages of and about one merchant.  Layer 3, inner. */
#ifndef LARIS_FESTIVAL_MERCHANT_WEB_H
#define LARIS_FESTIVAL_MERCHANT_WEB_H

#include "core/route.h"
#include "mod/festival/merchant_fact.h"

/* merchant_web.c: the merchant's own page, and the public one */
handler web_shop, own_page, own_save;
extern const struct form own_form;

enum own_item { OWN_SELL, OWN_SHOP, OWN_QRIS, OWN_ME, OWN_ITEMS };
/* The foot bar of the merchant's own pages. */
void	own_bar(struct req *, enum own_item current);
/* The merchant of whoever is signed in; ERR_MISSING "no-such-page". */
err	own_merchant(struct req *, struct merchant *) MUST_USE;

#endif
