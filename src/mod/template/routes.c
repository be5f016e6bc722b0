/* routes.c - the rows of the pages. */
#include "mod/template/web.h"
#include "mod/template/template.h"

#define WRITERS	(MAY_ORGANISER | MAY_ADMIN)
#define BOARD	(WRITERS | MAY_AUDITOR)
#define P	"/admin/practice"
#define D	"/admin/adopted/{adopted}"

const struct route template_routes[TEMPLATE_ROUTES] = {
	GET(P, BOARD, gallery_page, "Practices to take over, those taken, those given.",
	    .flags = ROUTE_SLOW),
	POST(P, WRITERS, practice_upload, "Keep a practice another city sent as a file.",
	    .form = &practice_upload_form, .again = gallery_page, .flags = ROUTE_UPLOAD),
	POST(P "/fetch", WRITERS, practice_fetch, "Fetch one from another server.",
	    .form = &practice_url_form, .prepare = practice_fetch_prepare,
	    .again = gallery_page),
	POST(P "/accept", WRITERS, practice_accept, "Believe a key, and keep the file it signed.",
	    .form = &practice_accept_form, .again = gallery_page),
	POST(P "/forget", WRITERS, practice_forget, "Believe a key no more.",
	    .form = &practice_key_form, .again = gallery_page),
	GET(P "/give/{kind}/{name}", BOARD, give_page,
	    "What would leave the city as a practice, and what stays.", .flags = ROUTE_SLOW),
	POST(P "/give/{kind}/{name}", WRITERS, give_do, "Release it as a signed file.",
	    .form = &give_form, .again = give_page),
	GET(P "/{practice}", BOARD, practice_page, "One practice: outcomes, guide, what is in it.",
	    .flags = ROUTE_SLOW),
	GET(P "/{practice}/file", BOARD, practice_file, "The signed file.", .flags = ROUTE_SLOW),
	GET(P "/{practice}/family", BOARD, family_page, "Its ancestors, and what came of it.",
	    .flags = ROUTE_SLOW),
	GET(P "/{practice}/try", WRITERS, adapt_try,
	    "What taking it over would make; makes nothing.",
	    .flags = ROUTE_SLOW),
	GET(P "/{practice}/adapt", WRITERS, adapt_page, "The adaptation sheet.",
	    .flags = ROUTE_SLOW),
	POST(P "/{practice}/adapt", WRITERS, adapt_do, "Make the draft.", .form = &adapt_form,
	    .again = adapt_page),
	GET(D, BOARD, based_page, "What deviates from its base, and why.", .flags = ROUTE_SLOW),
	POST(D "/set", WRITERS, based_set, "Change a field or give its reason.",
	    .form = &based_form, .again = based_page),
	POST(D "/revert", WRITERS, based_revert, "Back to the base's value.", .form = &based_form,
	    .again = based_page),
	GET(D "/upgrade/{practice}", BOARD, upgrade_page,
	    "Base, ours and a newer base side by side.", .flags = ROUTE_SLOW),
	POST(D "/upgrade/{practice}", WRITERS, upgrade_do, "Follow the newer base as chosen.",
	    .form = &upgrade_form, .again = upgrade_page),

	GET("/{city}/practice", MAY_PUBLIC, given_page, "What a city gives to others.",
	    .flags = ROUTE_SLOW),
	GET("/{city}/practice/{practice}", MAY_PUBLIC, given_practice, "One of them.",
	    .flags = ROUTE_SLOW),
	GET("/{city}/practice/{practice}/file", MAY_PUBLIC, given_file, "Its signed file.",
	    .flags = ROUTE_SLOW),
	GET("/{city}/practice/{practice}/family", MAY_PUBLIC, given_family,
	    "Its ancestors, and what came of it.", .flags = ROUTE_SLOW),
	GET("/{city}/compare", MAY_PUBLIC, compare_page,
	    "Cities side by side, by the same figures.",
	    .flags = ROUTE_SLOW),
	GET("/{city}/compare.csv", MAY_PUBLIC, compare_csv, "The same as a table.",
	    .flags = ROUTE_SLOW),
};
