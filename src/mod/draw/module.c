/* module.c - the draw's rows. */
#include "mod/draw/module.h"
#include "draw_read.h"
#include "mod/draw/rules.h"
#include "mod/draw/web.h"

#define BOARD	(MAY_ORGANISER | MAY_ADMIN)
#define F	"/{city}/{festival}/draw"
#define A	"/admin/draw"

static const struct route routes[] = {
	GET(F, MAY_PUBLIC, draw_list_page, "The draws of a sale."),
	GET(F "/{draw}", MAY_PUBLIC, draw_page,
	    "A draw: prizes, proof, winners."),
	GET(F "/{draw}/stage", MAY_PUBLIC, draw_stage_page,
	    "The draw for the big screen."),
	GET(F "/{draw}/check", MAY_PUBLIC, draw_real_page, "Is this win real?",
	    .form = &real_form),
	GET(F "/{draw}/file/{name}", MAY_PUBLIC, draw_file_page,
	    "One file of the public bundle.", .flags = ROUTE_SLOW),

	GET(A, BOARD | MAY_AUDITOR, admin_draws,
	    "The draws of the current sale."),
	POST(A, BOARD, admin_draw_add, "A new draw or rehearsal.",
	    .form = &draw_form, .again = admin_draws),
	GET(A "/{draw}", BOARD | MAY_AUDITOR, admin_draw,
	    "Set up and run a draw.", .flags = ROUTE_SLOW),
	POST(A "/{draw}/prize", BOARD, admin_prize_add, "Add a prize.",
	    .form = &prize_form, .again = admin_draw),
	POST(A "/{draw}/prize/{prize}/drop", BOARD, admin_prize_drop,
	    "Take a prize out."),
	POST(A "/{draw}/exclude", BOARD, admin_exclude,
	    "A card that may not win.", .form = &exclude_form,
	    .again = admin_draw),
	POST(A "/{draw}/include/{card}", BOARD, admin_include,
	    "It may win after all."),
	POST(A "/{draw}/freeze", BOARD, admin_freeze,
	    "Fix the coupon list for good.", .form = &freeze_form, .prepare = admin_freeze_prepare,
	    .again = admin_draw),
	POST(A "/{draw}/beacon", BOARD, admin_beacon,
	    "Paste the round's public randomness.", .form = &beacon_form,
	    .again = admin_draw),
	POST(A "/{draw}/run", BOARD, admin_run, "Draw the winners, once.",
	    .prepare = admin_run_prepare),
	POST(A "/{draw}/reported", BOARD, admin_reported,
	    "The minutes were made."),
};

static const struct command commands[] = {
	{ "draw list", "CITY", "The draws of a city.", draw_list_command },
	{ "draw freeze", "CITY DRAW [--minutes N]",
	    "Fix the coupon list for good.", draw_freeze_command },
	{ "draw beacon", "CITY DRAW",
	    "The round's randomness, from standard input.",
	    draw_beacon_command },
	{ "draw rehearse-beacon", "CITY DRAW",
	    "A frozen rehearsal's randomness, as drand would answer.",
	    draw_rehearse_command },
	{ "draw run", "CITY DRAW", "Draw the winners, once.",
	    draw_run_command },
	{ "draw report", "CITY DRAW [OUT-DIR]",
	    "Winners; with a folder, the public bundle.", draw_report_command },
	{ "verify",
	    "BUNDLE [--policy F] [--card N --secret S [--phone P]] "
	    "[--lang id|en] [--json]",
	    "Is a published draw what it promises?", verify_command },
};

static err prizes(struct db *db, city_id city, int64_t festival, int64_t *n)
{
	struct draw_prizes_promised p;

	TRY(draw_q_prizes_promised(db, city, (festival_id){ festival }, &p));
	*n = p.n;
	return NULL;
}

static err drawn(struct db *db, city_id city, int64_t festival, int64_t *n)
{
	struct draw_drawn_count d;

	TRY(draw_q_drawn_count(db, city, (festival_id){ festival }, &d));
	*n = d.n;
	return NULL;
}

/* What a sale asks before it opens, and its list of steps. */
static const struct figure figures[] = {
	{ "festival.prizes", prizes },
	{ "festival.drawn", drawn },
};

const struct module draw_module = {
	.name = "draw",
	.routes = routes, .n_routes = countof(routes),
	.commands = commands, .n_commands = countof(commands),
	.checks = draw_checks, .n_checks = DRAW_CHECKS,
	.figures = figures, .n_figures = countof(figures),
};
