/* web.h - the festival's handlers and forms, named by the route rows.  Layer 3, inner. */
#ifndef LARIS_FESTIVAL_WEB_H
#define LARIS_FESTIVAL_WEB_H

#include "core/cli.h"
#include "core/route.h"
#include "mod/festival/festival.h"

/* api.c */
handler api_purchase, api_batch, api_void, api_totals, api_merchants, api_card;
extern const struct form api_purchase_form, api_void_form;

/* public_web.c, live.c */
handler web_city, web_front, web_totals, web_shops, web_live;

/* card_web.c */
handler web_receipt, web_code, web_claim, web_claim_onto, web_claim_take, web_card, web_card_mine,
    web_card_open_prepare, web_card_open, web_pin_prepare, web_pin;
extern const struct form code_form, claim_form, pin_form, gate_form;
/* "Pasar Gede, B-14" */
err	shop_place(struct req *, const struct merchant *, str *out) MUST_USE;

/* stall_web.c */
handler stall_page, stall_sell, sale_page, sale_card, sale_void;
extern const struct form sell_form, strike_form;
struct festival_purchase_by_id;
/* {purchase} of the path, for its merchant and for officers. */
err	sale_load(struct req *, struct festival_purchase_by_id *, struct festival *) MUST_USE;
str	new_event(struct arena *);	/* UUIDv7 for a form that is sent once */
/* Does today lie outside the sale's days? */
bool	day_outside(const struct req *, const struct festival *);
/* Now, moved to that day (0: today). */
int64_t	moment_on(const struct req *, int64_t day);

/* sale_pay.c */
handler sale_cash;
struct sale_view;
err	sale_pay(struct req *, const struct festival *, const struct festival_purchase_by_id *,
	    struct sale_view *) MUST_USE;

/* qris_web.c */
handler qris_page, qris_set, qris_yes, qris_no, qris_drop, qris_of_page, qris_of_drop;
extern const struct form qris_form, qris_yes_form;

/* merchant_join.c: registering, in three steps */
handler join_page, join_place, join_you, join_prepare, join_do, join_again, join_mine;
extern const struct form join_form;
struct form_option;
err	venue_options(struct req *, struct form_option **, size_t *n) MUST_USE;
err	venue_known(struct req *, int64_t venue) MUST_USE;

/* By the secret of the address, the phone that holds it, or a role. */
bool	card_may_open(struct req *, const struct festival *, const struct card *);

#endif
