/* board_web.h - the board's handlers, named by the rows of module.c.  Layer 3, inner. */
#ifndef LARIS_BOARD_WEB_H
#define LARIS_BOARD_WEB_H

#include "core/route.h"
#include "mod/festival/festival.h"

/* board_web.c */
handler board_page, board_figures;
/* The sale of the path and "/admin/festival/<slug>". */
err	board_sale(struct req *, struct festival *, str *href) MUST_USE;

/* silent.c */
handler silent_page, asked_page, silent_called;
extern const struct form silent_filter, call_form;

/* search.c */
handler search_page;
extern const struct form search_form;

#endif
