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
handler org_shop, org_shop_save, org_figures, org_figures_look;
extern const struct form org_figures_form;

/* merchant_team.c: its day, its helpers, who looked */
handler own_today, own_choose, own_team, own_helper_prepare, own_helper_add, own_helper_remove,
    own_first, own_first_prepare, own_first_do, own_seen;
extern const struct form helper_form, own_first_form;
struct own_role { bool helper, once; };	/* once: must choose a password first */
/* ERR_DENIED "helper-over": removed, or the one-time password was too old. */
err	own_role(struct req *, struct own_role *) MUST_USE;
/* As own_merchant(); ERR_DENIED "owner-only" for a helper. */
err	own_owner(struct req *, struct merchant *) MUST_USE;
struct day_view;
err	own_day(struct req *, const struct festival *, merchant_id, struct day_view *,
	    size_t most) MUST_USE;

enum own_item { OWN_SELL, OWN_DAY, OWN_SHOP, OWN_QRIS, OWN_ME, OWN_ITEMS };
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
