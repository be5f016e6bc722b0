/* module.c - the festival's rows. */
#include "mod/festival/module.h"
#include "mod/festival/web.h"

#define TILL	(MAY_ORGANISER | MAY_OFFICER | MAY_MERCHANT | MAY_ADMIN)
#define API	"/api/v1/cities/{city}/festivals/{festival}"
#define PURCHASE "{purchase:id card:str? amount:int points:int coupons_total:int number:int log_index:int?}"

static const struct route routes[] = {
	POST(API "/purchases", TILL, api_purchase, "Record one purchase.",
	    .form = &api_purchase_form, .flags = ROUTE_API, .reply = PURCHASE),
	POST(API "/purchases/batch", TILL, api_batch, "Record up to 1,000, each judged alone.",
	    .flags = ROUTE_API, .reply = "[any]"),
	POST(API "/purchases/{purchase}/void", TILL, api_void, "Strike a purchase out, with a reason.",
	    .form = &api_void_form, .flags = ROUTE_API, .reply = "{purchase:id reason:str}"),
	GET(API "/merchants", MAY_PUBLIC, api_merchants, "Who takes part, by pages.",
	    .flags = ROUTE_API,
	    .reply = "{merchants:[{id:id name:str slug:str venue:str sector:str}] next:id?}"),
	GET(API "/cards/{number}", MAY_PUBLIC, api_card, "A card's coupons; needs its secret or a role.",
	    .flags = ROUTE_API,
	    .reply = "{points:int coupons:int purchases:[{purchase:id amount:int counted:int at:time "
		"method:str void:bool}]}"),
	GET(API "/totals", MAY_PUBLIC, api_totals, "The sums so far.", .flags = ROUTE_API,
	    .reply = "{purchases:int rupiah:int coupons:int merchants:int merchants_reporting:int as_of:time}"),
};

const struct module festival_module = {
	.name = "festival",
	.routes = routes, .n_routes = countof(routes),
};
