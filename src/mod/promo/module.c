/* module.c - the promotions' rows. */
#include "mod/promo/module.h"
#include "core/city.h"
#include "mod/promo/web.h"

#define TILL	(MAY_ORGANISER | MAY_OFFICER | MAY_MERCHANT | MAY_ADMIN)
#define API	"/api/v1/cities/{city}/festivals/{festival}"

static const struct route routes[] = {
	GET(API "/promotions", MAY_PUBLIC, api_promotions,
	    "The published promotions: ?q= words, venue, sector, village, open=1, soon=1, "
	    "near=lat,lon; by pages.",
	    .flags = ROUTE_API,
	    .reply = "{promotions:[{id:id title:str kind:str gives:str terms:str percent:int? "
		     "worth:int? merchant:id? merchant_name:str venue:str venue_slug:str "
		     "sector:str? first_day:str last_day:str from:str? to:str? quota:int? "
		     "left:int? per_card:int? budget:int? open:bool}] next:id?}"),
	POST(API "/promotions/{promotion}/redeem", TILL, api_redeem,
	    "Use a promotion once; a quota and a budget are never passed.",
	    .form = &api_redeem_form, .flags = ROUTE_API,
	    .reply = "{redemption:id promotion:id merchant:id card:str? given:int left:int? "
		     "at:time}"),
	POST(API "/redemptions/{redemption}/void", TILL, api_redeem_void,
	    "Take a use back, with a reason.", .form = &api_redeem_void_form,
	    .flags = ROUTE_API, .reply = "{redemption:id reason:str}"),
};

static err end_old(struct change *c, struct tx *tx, city_id city, str payload, int64_t now)
{
	struct city of;

	(void)c;
	(void)payload;
	TRY(city_get(tx->db, city, &of));
	return promo_end_old(tx, &of, now);
}

static const struct job_kind jobs[] = {
	{ "promo-end", "End the promotions whose days are over.", end_old, 10 * MINUTE },
};

const struct module promo_module = {
	.name = "promo",
	.routes = routes, .n_routes = countof(routes),
	.checks = promo_checks, .n_checks = PROMO_CHECKS,
	.jobs = jobs, .n_jobs = countof(jobs),
	.purchase_gone = promo_purchase_gone,
};
