/* merchant_web.h - pages of and about one merchant.  Layer 3, inner. */
#ifndef LARIS_FESTIVAL_MERCHANT_WEB_H
#define LARIS_FESTIVAL_MERCHANT_WEB_H

#include "core/route.h"
#include "mod/festival/merchant_fact.h"

/* merchant_web.c: the merchant's own page, and the public one */
handler web_shop, own_page, own_save;
extern const struct form own_form;

/* merchant_admit_web.c: who gets in, for everybody and for the organiser */
handler web_admission, org_admission, org_admission_set, org_limit;
extern const struct form org_admission_form, org_limit_form;

/* merchant_desk.c: the organiser puts one merchant right */
handler org_shop, org_shop_save;

enum own_item { OWN_SELL, OWN_SHOP, OWN_QRIS, OWN_ME, OWN_ITEMS };
/* The foot bar of the merchant's own pages. */
void	own_bar(struct req *, enum own_item current);
/* The merchant of whoever is signed in; ERR_MISSING "no-such-page". */
err	own_merchant(struct req *, struct merchant *) MUST_USE;
/* Page and change of one merchant, with the facts "who" sees. */
struct shop_own_view;
err	own_view(struct req *, const struct merchant *, enum fact_seen who, str action,
	    struct shop_own_view *) MUST_USE;
err	own_change(struct req *, struct merchant, enum fact_seen who) MUST_USE;

#endif
