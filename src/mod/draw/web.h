/* web.h - the draw's handlers, forms and commands.  Layer 3, inner. */
#ifndef LARIS_DRAW_WEB_H
#define LARIS_DRAW_WEB_H

#include "core/cli.h"
#include "mod/draw/draw_pages.h"

/* draw_web.c */
handler draw_list_page, draw_page, draw_real_page, draw_file_page;
/* What every page of a draw shows; "base" is the festival's path. */
err	draw_view_load(struct req *, const struct draw *, str base, struct draw_view *) MUST_USE;
enum text_id draw_state_text(enum draw_state);

/* draw_stage.c */
handler draw_stage_page, draw_stage_result;

/* draw_press.c */
handler draw_press_page, draw_verify_page;

/* draw_admin.c */
handler admin_draws, admin_draw_add, admin_draw, admin_prize_add, admin_prize_drop,
    admin_exclude, admin_include, admin_freeze_prepare, admin_freeze,
    admin_beacon, admin_run_prepare, admin_run, admin_reported_prepare,
    admin_reported;
extern const struct form draw_form, prize_form, exclude_form, freeze_form, beacon_form, real_form,
    reported_form;

/* draw_cli.c */
int	draw_list_command(struct cli_args *);
int	draw_freeze_command(struct cli_args *);
int	draw_beacon_command(struct cli_args *);
int	draw_rehearse_command(struct cli_args *);
int	draw_run_command(struct cli_args *);
int	draw_report_command(struct cli_args *);
int	verify_command(struct cli_args *);

#endif
