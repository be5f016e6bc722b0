/* web.h - the festival's handlers and forms, named by the route rows.  Layer 3, inner. */
#ifndef LARIS_FESTIVAL_WEB_H
#define LARIS_FESTIVAL_WEB_H

#include "core/cli.h"
#include "core/route.h"

/* api.c */
handler api_purchase, api_batch, api_void, api_totals, api_merchants, api_card;
extern const struct form api_purchase_form, api_void_form;

#endif
