/* module.c - the rows of the board. */
#include "mod/board/board_web.h"
#include "mod/board/module.h"

#define WRITERS	(MAY_ORGANISER | MAY_ADMIN)
#define BOARD	(WRITERS | MAY_AUDITOR)
#define LOOK	(BOARD | MAY_INSIDE)
#define CALLERS	(WRITERS | MAY_OFFICER)
#define A	"/admin/festival/{festival}"
#define ROWS	"[{key:int name:str purchases:int rupiah:int}]"

static const struct route routes[] = {
	GET(A "/board", LOOK, board_page, "The sale while it runs: figures, charts, tables.",
	    .flags = ROUTE_SLOW),
	GET(A "/board/figures", LOOK, board_figures, "The same figures, for the charts.",
	    .flags = ROUTE_SLOW | ROUTE_API,
	    .reply = "{as_of:time purchases:int rupiah:int today_purchases:int today_rupiah:int "
	             "target:int day:" ROWS " hour:" ROWS " sector:" ROWS " venue:" ROWS
	             " village:" ROWS " method:" ROWS "}"),
	GET(A "/silent", BOARD | MAY_OFFICER, silent_page,
	    "Merchants nothing has come in from, to be asked.", .form = &silent_filter,
	    .flags = ROUTE_SLOW),
	GET(A "/silent/{merchant}", CALLERS, asked_page, "Note what came of asking one."),
	POST(A "/silent/{merchant}", CALLERS, silent_called, "What came of asking one.",
	    .form = &call_form, .again = asked_page),
	GET("/admin/search", BOARD, search_page, "Find a merchant, card, purchase, place, person.",
	    .form = &search_form, .flags = ROUTE_SLOW),
};

const struct module board_module = {
	.name = "board",
	.routes = routes, .n_routes = countof(routes),
};
