/* before_web.h - handlers and forms of what comes before a draw.  Layer 3, inner. */
#ifndef LARIS_DRAW_BEFORE_WEB_H
#define LARIS_DRAW_BEFORE_WEB_H

#include "core/cli.h"
#include "mod/draw/before_pages.h"

handler draw_window_page, draw_window_object, admin_window, admin_window_open, admin_objection,
    admin_objection_answer, admin_none_barred, admin_sample, admin_sample_say,
    admin_sample_run, admin_sample_item, admin_sample_judge;
extern const struct form window_object_form, window_answer_form, sample_say_form,
    sample_beacon_form, sample_judge_form;

int	draw_sample_command(struct cli_args *);

#endif
