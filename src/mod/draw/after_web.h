/* after_web.h - handlers and forms of the winners.  Layer 3, inner. */
#ifndef LARIS_DRAW_AFTER_WEB_H
#define LARIS_DRAW_AFTER_WEB_H

#include "core/cli.h"
#include "mod/draw/after_pages.h"

handler admin_winners, admin_winner, admin_winner_paper, admin_winner_called,
    admin_winner_verified, admin_winner_give, admin_winner_strike, admin_again_prepare,
    admin_again, draw_after_file;
extern const struct form winner_give_form, winner_strike_form, redraw_form;

/* "staff": with words, and the form of the redraw that waits. */
err	after_view_load(struct req *, const struct draw *, bool staff,
	    struct after_view *) MUST_USE;

int	draw_redraw_command(struct cli_args *);

#endif
