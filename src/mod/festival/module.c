/* module.c - the festival's rows. */
#include "mod/festival/merchant_web.h"
#include "mod/festival/module.h"
#include "mod/festival/organiser.h"
#include "mod/festival/web.h"

#define TILL	(MAY_ORGANISER | MAY_OFFICER | MAY_MERCHANT | MAY_ADMIN)
#define POST_MAY (MAY_ORGANISER | MAY_OFFICER | MAY_ADMIN)
#define WRITERS	(MAY_ORGANISER | MAY_ADMIN)
#define BOARD	(WRITERS | MAY_AUDITOR)
#define A	"/admin/festival/{festival}"
#define F	"/{city}/{festival}"
#define API	"/api/v1/cities/{city}/festivals/{festival}"
#define PURCHASE \
	"{purchase:id card:str? amount:int points:int coupons_total:int " \
	"number:int log_index:int?}"

static const struct route routes[] = {
	POST(API "/purchases", TILL, api_purchase, "Record one purchase.",
	    .form = &api_purchase_form, .flags = ROUTE_API | ROUTE_SUMS, .reply = PURCHASE),
	POST(API "/purchases/batch", TILL, api_batch,
	    "Record up to 1,000, each judged alone.", .flags = ROUTE_API,
	    .reply = "[any]"),
	POST(API "/purchases/{purchase}/void", TILL, api_void,
	    "Strike a purchase out, with a reason.", .form = &api_void_form,
	    .flags = ROUTE_API, .reply = "{purchase:id reason:str}"),
	GET(API "/merchants", MAY_PUBLIC, api_merchants,
	    "Who takes part, by pages.", .flags = ROUTE_API,
	    .reply = "{merchants:[{id:id name:str slug:str venue:str "
	             "sector:str}] next:id?}"),
	GET(API "/cards/{number}", MAY_PUBLIC, api_card,
	    "A card's coupons; needs its secret or a role.", .flags = ROUTE_API,
	    .reply = "{points:int coupons:int purchases:[{purchase:id "
	             "amount:int counted:int at:time "
	             "method:str void:bool}]}"),
	GET(API "/totals", MAY_PUBLIC, api_totals, "The sums so far.",
	    .flags = ROUTE_API,
	    .reply = "{purchases:int rupiah:int coupons:int merchants:int "
	             "merchants_reporting:int as_of:time}"),

	GET("/{city}", MAY_PUBLIC, web_city, "A city's sales.",
	    .flags = ROUTE_CACHED),
	GET(F, MAY_PUBLIC, web_front, "The front page of a sale.",
	    .flags = ROUTE_CACHED),
	GET(F "/totals", MAY_PUBLIC, web_totals, "The sale in figures.",
	    .flags = ROUTE_CACHED),
	GET(F "/live", MAY_PUBLIC, web_live,
	    "The figures as server-sent events.", .flags = ROUTE_STREAM),
	GET(F "/rules", MAY_PUBLIC, web_rules, "The coupon rules in words.",
	    .flags = ROUTE_CACHED),
	GET(F "/merchants", MAY_PUBLIC, web_shops, "Who takes part.",
	    .flags = ROUTE_CACHED),
	GET(F "/merchant/{slug}", MAY_PUBLIC, web_shop, "One merchant.",
	    .flags = ROUTE_CACHED),

	GET(F "/claim", MAY_PUBLIC, web_code, "Type the code of a purchase."),
	GET(F "/claim/{code}", MAY_PUBLIC, web_claim,
	    "A stall's sale waiting for its shopper."),
	POST(F "/claim/{code}", MAY_PUBLIC, web_claim_onto,
	    "Its coupons onto a printed card.", .form = &claim_form,
	    .again = web_claim),
	POST(F "/claim/{code}/take", MAY_PUBLIC, web_claim_take,
	    "Its coupons onto this phone's card, made if need be."),
	GET(F "/card", MAY_PUBLIC, web_card_mine,
	    "The card of this phone, or open one by PIN."),
	POST(F "/card", MAY_PUBLIC, web_card_open,
	    "Open a card by number and PIN.", .form = &gate_form,
	    .prepare = web_card_open_prepare, .again = web_card_mine),
	GET(F "/card/{number}", MAY_PUBLIC, web_card,
	    "A card and where its coupons come from."),
	POST(F "/card/{number}/pin", MAY_PUBLIC, web_pin,
	    "Set the PIN; needs the card's secret.", .form = &pin_form,
	    .prepare = web_pin_prepare, .again = web_card),

	GET(F "/join", MAY_PUBLIC, join_page,
	    "Register a business, first step: what it is."),
	GET(F "/join/place", MAY_PUBLIC, join_place,
	    "Second step: where it is, and how large."),
	GET(F "/join/you", MAY_PUBLIC, join_you,
	    "Third step: its phone and password."),
	POST(F "/join/mine", MAY_MERCHANT, join_mine,
	    "Take part with the business one has already."),
	POST(F "/join", MAY_PUBLIC, join_do,
	    "Register it and sign its owner in.", .form = &join_form,
	    .prepare = join_prepare, .again = join_again),
	GET("/m", MAY_MERCHANT, stall_page,
	    "The merchant's own page: sell, and the day so far."),
	POST("/m/sale", MAY_MERCHANT, stall_sell,
	    "Record a sale; shows its code.", .form = &sell_form,
	    .again = stall_page, .flags = ROUTE_REPEAT),
	GET("/m/sale/{purchase}", TILL, sale_page,
	    "One sale: code, points, strike out."),
	POST("/m/sale/{purchase}/card", TILL, sale_card,
	    "Its coupons onto the card shown at the stall.",
	    .form = &claim_form, .again = sale_page),
	POST("/m/sale/{purchase}/void", TILL, sale_void,
	    "Strike it out, with a reason.", .form = &strike_form,
	    .again = sale_page, .flags = ROUTE_REPEAT),
	GET("/m/shop", MAY_MERCHANT, own_page,
	    "What the merchant tells about itself, and who sees it."),
	POST("/m/shop", MAY_MERCHANT, own_save, "Change it.",
	    .form = &own_form, .again = own_page),
	POST("/m/sale/{purchase}/cash", TILL, sale_cash,
	    "It was paid in cash, not by QRIS."),
	GET("/m/qris", MAY_MERCHANT, qris_page, "The merchant's own QRIS."),
	POST("/m/qris", MAY_MERCHANT, qris_set,
	    "Read a QRIS; it waits for the merchant's yes.",
	    .form = &qris_form, .again = qris_page),
	POST("/m/qris/yes", MAY_MERCHANT, qris_yes, "Use the QRIS that was read.",
	    .form = &qris_yes_form),
	POST("/m/qris/no", MAY_MERCHANT, qris_no, "Forget the QRIS that was read."),
	POST("/m/qris/drop", MAY_MERCHANT, qris_drop, "Use no QRIS any more."),
	GET("/admin/merchant/{merchant}/qris", WRITERS, qris_of_page,
	    "A merchant's QRIS."),
	POST("/admin/merchant/{merchant}/qris/drop", WRITERS, qris_of_drop,
	    "Take a merchant's QRIS away."),
	GET("/post", POST_MAY, post_page, "The officer's post: record notes."),
	POST("/post", POST_MAY, post_note, "Record a note.", .form = &note_form,
	    .again = post_page, .flags = ROUTE_REPEAT),

	GET("/admin", BOARD, org_board,
	    "What to do next, and the main figures."),
	GET("/admin/festival/new", WRITERS, org_new, "A new sale."),
	POST("/admin/festival/new", WRITERS, org_add,
	    "Save a new sale as a draft.", .form = &org_new_form,
	    .again = org_new),
	GET(A, BOARD, org_show, "A sale: its rules, its state, what may come."),
	POST(A, WRITERS, org_change, "Change a sale that has not opened.",
	    .form = &org_edit_form, .again = org_show),
	POST(A "/state/{to}", WRITERS, org_state, "Publish, open, close it."),
	GET(A "/merchants", BOARD, org_merchants,
	    "Who waits, who is in, who was refused."),
	POST(A "/merchants", WRITERS, org_merchant_add,
	    "Add a merchant, admitted at once.", .form = &org_merchant_form,
	    .again = org_merchants),
	POST(A "/merchants/{merchant}/decide", WRITERS, org_decide,
	    "Admit a merchant, or refuse with a reason.",
	    .form = &org_decide_form, .again = org_merchants),
	GET(A "/cards", BOARD, org_cards, "The cards of a sale."),
	POST(A "/cards", WRITERS, org_cards_add, "Issue up to 500 cards.",
	    .form = &org_cards_form, .again = org_cards, .flags = ROUTE_REPEAT),
	GET(A "/cards/print", WRITERS, org_cards_print,
	    "Cards with their QR, for A4 paper."),
	GET(A "/cards/print.pdf", WRITERS, org_cards_pdf,
	    "Up to 500 of them as PDF, ten a sheet, with cut marks.",
	    .flags = ROUTE_SLOW),
	GET("/admin/venues", BOARD, org_venues, "The city's venues."),
	POST("/admin/venues", WRITERS, org_venue_add, "Add a venue.",
	    .form = &org_venue_form, .again = org_venues),
	GET("/admin/venues/{venue}", BOARD, org_venue, "One venue, to be changed."),
	POST("/admin/venues/{venue}", WRITERS, org_venue_change,
	    "Change its name, kind and address.", .form = &org_venue_form, .again = org_venue),
	GET(F "/report", MAY_PUBLIC, web_report,
	    "The fact sheet; public once the sale has closed.", .flags = ROUTE_SLOW),
	GET(F "/report.pdf", MAY_PUBLIC, web_report_pdf, "The fact sheet on A4.",
	    .flags = ROUTE_SLOW),
	GET(F "/report.xlsx", MAY_PUBLIC, web_report_xlsx,
	    "The fact sheet as a workbook.", .flags = ROUTE_SLOW),
	GET(F "/report.png", MAY_PUBLIC, web_report_press,
	    "Its main figures as a picture, 1200 by 630.", .flags = ROUTE_SLOW),
	GET(F "/report-square.png", MAY_PUBLIC, web_report_square,
	    "The same, 1080 square.", .flags = ROUTE_SLOW),
};

static const struct command commands[] = {
	{ "festival", "list|show|open|close CITY [FESTIVAL] [--json]",
	    "Its sales; unnamed: the one that runs, else the newest.",
	    festival_command },
	{ "card", "list CITY FESTIVAL [--limit N] | print CITY FESTIVAL --count N "
	    "[--url U] [--from NUMBER] OUT.pdf",
	    "Cards with coupons and rupiah; issue cards and print them.", card_command },
	{ "report", "CITY FESTIVAL [--format text|json|xlsx|pdf|png] [--square] [OUT]",
	    "The fact sheet of a sale; png is the press picture.", report_command },
};

static const struct setting settings[] = {
	{ "base-url", SETTING_TEXT, "", 0, 0,
	    TEXT_settings_base_url },
};

const struct module festival_module = {
	.name = "festival",
	.routes = routes, .n_routes = countof(routes),
	.commands = commands, .n_commands = countof(commands),
	.settings = settings, .n_settings = countof(settings),
	.checks = festival_checks, .n_checks = FESTIVAL_CHECKS,
};
