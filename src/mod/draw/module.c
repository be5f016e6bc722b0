/* module.c - the draw's rows. */
#include "mod/draw/module.h"
#include "draw_read.h"
#include "mod/draw/after_web.h"
#include "mod/draw/annul_pages.h"
#include "mod/draw/before_web.h"
#include "mod/draw/forget.h"
#include "mod/draw/odd_pages.h"
#include "mod/draw/practice.h"
#include "mod/draw/relay_pages.h"
#include "mod/draw/rules.h"
#include "mod/draw/web.h"

#define BOARD	(MAY_ORGANISER | MAY_ADMIN)
#define CHECKERS (BOARD | MAY_OFFICER | MAY_AUDITOR)
#define F	"/{city}/{festival}/draw"
#define A	"/admin/draw"
#define W	A "/{draw}/winner/{prize}/{place}"

static const struct route routes[] = {
	GET(F, MAY_PUBLIC, draw_list_page, "The draws of a sale."),
	GET(F "/{draw}", MAY_PUBLIC, draw_page,
	    "A draw: prizes, proof, winners."),
	GET(F "/{draw}/stage", MAY_PUBLIC, draw_stage_page,
	    "The draw for the big screen."),
	GET(F "/{draw}/stage/result", MAY_PUBLIC, draw_stage_result,
	    "What the big screen waits for: winners, masked.", .flags = ROUTE_API,
	    .reply = "{state:str left:int coupons:str drawn:bool seed:str prizes:[{code:str "
		     "title:str places:int winners:[{place:int k:int coupon:str card:str "
		     "gone:int}]}] after:[{n:int code:str title:str place:int places:int "
		     "kind:str was:str ran:bool coupon:str card:str stands:bool}]}"),
	GET(F "/{draw}/press", MAY_PUBLIC, draw_press_page,
	    "Figures, files and how to check them."),
	GET(F "/{draw}/verify", MAY_PUBLIC, draw_verify_page,
	    "The proof worked out in one's own browser."),
	GET(F "/{draw}/check", MAY_PUBLIC, draw_real_page, "Is this win real?",
	    .form = &real_form),
	GET(F "/{draw}/list", MAY_PUBLIC, draw_window_page,
	    "The provisional list: one's own coupons, and objections."),
	POST(F "/{draw}/list", MAY_PUBLIC, draw_window_object, "Object to the provisional list.",
	    .form = &window_object_form, .again = draw_window_page),
	GET(F "/{draw}/file/{name}", MAY_PUBLIC, draw_file_page,
	    "One file of the public bundle.", .flags = ROUTE_SLOW),
	GET(F "/{draw}/file/after/{name}", MAY_PUBLIC, draw_after_file,
	    "One file of what came after the draw."),

	GET(A, BOARD | MAY_AUDITOR | MAY_INSIDE, admin_draws,
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
	POST(A "/{draw}/ask/{n}", BOARD, admin_relays_ask,
	    "Ask drand's relays for a round that is due."),
	POST(A "/{draw}/run", BOARD, admin_run, "Draw the winners, once.",
	    .prepare = admin_run_prepare),
	POST(A "/{draw}/reported", BOARD, admin_reported,
	    "Make the minutes and keep them in the bundle.", .form = &reported_form,
	    .prepare = admin_reported_prepare, .again = admin_draw),

	POST(A "/{draw}/annul", BOARD, admin_annul,
	    "Propose that a notary annuls a draw whose round does not come.",
	    .form = &annul_form, .again = admin_draw),
	POST(A "/{draw}/annul/withdraw", BOARD, admin_annul_withdraw,
	    "Take the proposal to annul back."),
	POST(A "/{draw}/annul/confirm", BOARD | MAY_AUDITOR, admin_annul_confirm,
	    "A second person annuls it for good.", .prepare = admin_annul_confirm_prepare),
	POST(A "/{draw}/replace", BOARD, admin_draw_replace,
	    "A new draw in the place of one that was annulled."),

	GET(A "/{draw}/list", BOARD | MAY_AUDITOR, admin_window,
	    "The provisional list and objections to it."),
	POST(A "/{draw}/list", BOARD, admin_window_open, "Publish the provisional list."),
	GET(A "/{draw}/objection/{id}", BOARD | MAY_AUDITOR, admin_objection, "One objection."),
	POST(A "/{draw}/objection/{id}", BOARD, admin_objection_answer, "Answer an objection.",
	    .form = &window_answer_form, .again = admin_objection),
	POST(A "/{draw}/none", BOARD, admin_none_barred,
	    "Say that nobody has to be kept from winning."),
	GET(A "/{draw}/sample", CHECKERS, admin_sample,
	    "The sample of coupons that is checked before the draw."),
	POST(A "/{draw}/sample", BOARD, admin_sample_say, "Name the sample's round.",
	    .form = &sample_say_form, .again = admin_sample),
	POST(A "/{draw}/sample/beacon", BOARD, admin_sample_run, "Choose the sample.",
	    .form = &sample_beacon_form, .again = admin_sample),
	GET(A "/{draw}/sample/{pos}", CHECKERS, admin_sample_item, "One coupon of the sample."),
	POST(A "/{draw}/sample/{pos}", BOARD | MAY_OFFICER, admin_sample_judge,
	    "What the notes and the merchant say of it.", .form = &sample_judge_form,
	    .again = admin_sample_item),

	GET(A "/{draw}/winners", BOARD | MAY_AUDITOR, admin_winners,
	    "The winners, what became of them, and redraws."),
	GET(A "/{draw}/odd", BOARD | MAY_AUDITOR, admin_odd,
	    "Winners worth a second look, and why.", .flags = ROUTE_SLOW),
	GET(W, BOARD | MAY_AUDITOR, admin_winner, "One winner."),
	GET(W "/paper/{kind}", BOARD | MAY_AUDITOR, admin_winner_paper,
	    "The picture of a hand-over, or of the signed receipt."),
	POST(W "/called", BOARD, admin_winner_called, "The winner was called."),
	POST(W "/verified", BOARD, admin_winner_verified, "The winner was verified."),
	POST(W "/give", BOARD, admin_winner_give, "The prize was handed over.",
	    .form = &winner_give_form, .again = admin_winner, .flags = ROUTE_UPLOAD,
	    .body = 9 << 20),
	POST(W "/strike", BOARD, admin_winner_strike,
	    "Strike a winner out: redraw the place, or return the prize.",
	    .form = &winner_strike_form, .again = admin_winner),
	POST(A "/{draw}/again/{n}", BOARD, admin_again,
	    "Paste a redraw's randomness and run it.", .form = &redraw_form,
	    .prepare = admin_again_prepare, .again = admin_winners),
};

static const struct command commands[] = {
	{ "draw list", "CITY", "The draws of a city.", draw_list_command },
	{ "draw freeze", "CITY DRAW [--minutes N] [--override REASON]",
	    "Fix the coupon list for good.", draw_freeze_command },
	{ "draw beacon", "CITY DRAW [FILE]",
	    "The round's randomness, from a file or standard input.",
	    draw_beacon_command },
	{ "draw rehearse-beacon", "CITY DRAW [N]",
	    "A frozen rehearsal's randomness, as drand would answer.",
	    draw_rehearse_command },
	{ "draw run", "CITY DRAW", "Draw the winners, once.",
	    draw_run_command },
	{ "draw sample", "CITY DRAW [--count N] [--minutes N] | CITY DRAW --beacon",
	    "Name the sample's round; choose it from standard input; how far it is.",
	    draw_sample_command },
	{ "draw redraw", "CITY DRAW PRIZE PLACE --reason CODE --words TEXT [--minutes N] "
	    "[--return] | CITY DRAW N",
	    "Strike a winner out; then draw redraw N from standard input.",
	    draw_redraw_command },
	{ "draw annul", "CITY DRAW --notary NAME --deed NUMBER-AND-DATE",
	    "Propose to annul a draw whose round is 72 hours late; a person confirms on the page.",
	    draw_annul_command },
	{ "draw report", "CITY DRAW [OUT-DIR]",
	    "Winners; with a folder, the public bundle.", draw_report_command },
	{ "verify",
	    "BUNDLE [--policy F] [--log FOLDER|URL [--ca F] [--copy FOLDER] [--log-most N]] "
	    "[--card N --secret S [--phone P]] [--lang id|en] [--json]",
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

static const struct job_kind jobs[] = {
	{ RELAY_JOB, "Ask drand's relays for the rounds that draws wait for.", relays_again, HOUR,
	    .outside = relays_collect },
};

static const struct setting settings[] = {
	{ "draw-relays", SETTING_TEXT, RELAYS_DRAND, 0, 0, TEXT_settings_draw_relays,
	    relays_check },
	{ "draw-rehearsal-relays", SETTING_TEXT, "", 0, 0, TEXT_settings_draw_rehearsal_relays,
	    relays_check },
	{ "objection-days", SETTING_INT, "3", 0, 60, TEXT_settings_objection_days, NULL },
	{ "draw-sample", SETTING_INT, "500", 1, 5000, TEXT_settings_draw_sample, NULL },
	{ "draw-claim-days", SETTING_INT, "30", 1, 365, TEXT_settings_draw_claim_days, NULL },
	{ "press-contact", SETTING_TEXT, "", 0, 200, TEXT_settings_press_contact, NULL },
};

const struct module draw_module = {
	.name = "draw",
	.routes = routes, .n_routes = countof(routes),
	.commands = commands, .n_commands = countof(commands),
	.checks = draw_checks, .n_checks = DRAW_CHECKS,
	.card_gone = draw_card_gone,
	.jobs = jobs, .n_jobs = countof(jobs),
	.settings = settings, .n_settings = countof(settings),
	.figures = figures, .n_figures = countof(figures),
	.parts = &draw_part, .n_parts = 1,
};
