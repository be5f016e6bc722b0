/* forget_web.h - handlers of "forget me", named by the route rows.  Layer 3, inner. */
#ifndef LARIS_FESTIVAL_FORGET_WEB_H
#define LARIS_FESTIVAL_FORGET_WEB_H

#include "core/route.h"

handler web_forget, web_forget_ask, web_forget_back, org_forget, org_forget_card, org_forget_do,
	org_forget_refuse;
extern const struct form org_forget_form, org_refuse_form;

#endif
