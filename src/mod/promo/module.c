/* module.c - the promotions' rows. */
#include "mod/promo/module.h"
#include "core/city.h"
#include "mod/promo/contest.h"
#include "mod/promo/offer_form.h"
#include "mod/promo/practice.h"
#include "mod/promo/web.h"
#include "promo_read.h"

#define TILL	(MAY_ORGANISER | MAY_OFFICER | MAY_MERCHANT | MAY_ADMIN)
#define WRITERS	(MAY_ORGANISER | MAY_ADMIN)
#define BOARD	(WRITERS | MAY_AUDITOR)
#define LOOK	(BOARD | MAY_INSIDE)
#define F	"/{city}/{festival}/promo"
#define A	"/admin/festival/{festival}/promo"
#define C	"/admin/festival/{festival}/contest"
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

	GET(F, MAY_PUBLIC, web_promos, "The promotions, by words, venue, sector, place and hour."),
	GET(F "/map", MAY_PUBLIC, web_promo_map, "The venues on a map, and as a list."),
	GET(F "/{promotion}", MAY_PUBLIC, web_promo, "One promotion."),
	POST(F "/{promotion}/use", MAY_PUBLIC, web_use,
	    "Use it on the shopper's phone, by the merchant's code.", .form = &promo_use_form,
	    .prepare = web_use_prepare, .again = web_promo, .flags = ROUTE_REPEAT),
	GET(F "/{promotion}/used/{redemption}", MAY_PUBLIC, web_used,
	    "It was used: to show the merchant."),

	GET("/m/promo", MAY_MERCHANT, own_promos,
	    "A merchant's promotions and what was used today."),
	POST("/m/promo/use", MAY_MERCHANT, own_use, "Use a promotion at the stall.",
	    .form = &own_use_form, .again = own_promos, .flags = ROUTE_REPEAT),
	GET("/m/promo/use/{redemption}", TILL, own_use_page, "One use: what, when, by whom."),
	POST("/m/promo/use/{redemption}/void", TILL, own_use_void,
	    "Take a use back, with a reason.", .form = &use_back_form, .again = own_use_page,
	    .flags = ROUTE_REPEAT),
	GET("/m/promo/new", MAY_MERCHANT, own_promo_new, "A new promotion."),
	POST("/m/promo/new", MAY_MERCHANT, own_promo_add, "Save a new promotion as a draft.",
	    .form = &offer_form, .again = own_promo_new),
	GET("/m/promo/{promotion}", MAY_MERCHANT, own_promo, "A promotion of one's own."),
	POST("/m/promo/{promotion}", MAY_MERCHANT, own_promo_change,
	    "Change one that is not handed in.", .form = &offer_form, .again = own_promo),
	POST("/m/promo/{promotion}/quota", MAY_MERCHANT, own_promo_quota,
	    "More of one that runs; never less.", .form = &more_form, .again = own_promo),
	POST("/m/promo/{promotion}/state/{to}", MAY_MERCHANT, own_promo_state,
	    "Hand it in, take it back, stop it with a reason.", .form = &promo_reason_form,
	    .again = own_promo),

	GET(A, BOARD, org_promos, "The promotions of a sale by state; those that wait first."),
	GET(A "/new", WRITERS, org_promo_new, "A new promotion of the organiser."),
	POST(A "/new", WRITERS, org_promo_add, "Save it as a draft.", .form = &offer_form,
	    .again = org_promo_new),
	GET(A "/{promotion}", BOARD, org_promo, "One promotion and its uses."),
	POST(A "/{promotion}", WRITERS, org_promo_change, "Change one of the organiser's drafts.",
	    .form = &offer_form, .again = org_promo),
	POST(A "/{promotion}/quota", WRITERS, org_promo_quota,
	    "More of one of the organiser's that runs; never less.", .form = &more_form,
	    .again = org_promo),
	POST(A "/{promotion}/state/{to}", WRITERS, org_promo_state,
	    "Publish it; refuse or stop it with a reason.", .form = &promo_reason_form,
	    .again = org_promo),
	GET("/{city}/{festival}/contest", MAY_PUBLIC, web_contests,
	    "Its contests: who may join, how they are judged, what there is to win."),
	GET(C, BOARD, org_contests, "The contests of a sale."),
	POST(C, WRITERS, org_contest_add, "Add a contest.", .form = &contest_form,
	    .again = org_contests),
	GET(C "/{contest}", BOARD, org_contest, "One contest, to be changed."),
	POST(C "/{contest}", WRITERS, org_contest_change, "Change it.", .form = &contest_form,
	    .again = org_contest),
	POST(C "/{contest}/drop", WRITERS, org_contest_drop, "Remove it.", .form = &contest_button,
	    .again = org_contest),
	GET("/admin/places", LOOK, org_places, "Where the venues are."),
	POST("/admin/places/{venue}", WRITERS, org_place_set, "Say where a venue is.",
	    .form = &org_place_form, .again = org_places),
};

static const struct setting settings[] = {
	{ "map-tiles", SETTING_TEXT, "", 0, 200, TEXT_settings_map_tiles, NULL },
	{ "map-tiles-by", SETTING_TEXT, "© OpenStreetMap", 0, 100, TEXT_settings_map_tiles_by,
	    NULL },
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
	{ "promo-end", "End the promotions whose days are over.", end_old,
	    .every = 10 * MINUTE },
};

static err outside(struct db *db, city_id city, int64_t festival, int64_t *n)
{
	struct promo_outside o;

	TRY(promo_q_outside(db, city, (festival_id){ festival }, &o));
	*n = o.n;
	return NULL;
}

/* What the sale's page asks: its days may have been moved under them. */
static const struct figure figures[] = { { "festival.offers-outside", outside } };

const struct module promo_module = {
	.name = "promo",
	.routes = routes, .n_routes = countof(routes),
	.checks = promo_checks, .n_checks = PROMO_CHECKS,
	.jobs = jobs, .n_jobs = countof(jobs),
	.figures = figures, .n_figures = countof(figures),
	.settings = settings, .n_settings = countof(settings),
	.purchase_gone = promo_purchase_gone,
	.parts = promo_parts, .n_parts = PROMO_PARTS,
};
