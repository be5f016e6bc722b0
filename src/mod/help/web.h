/* web.h - handlers and command of the help pages, for module.c.  Layer 3, inner. */
#ifndef LARIS_HELP_WEB_H
#define LARIS_HELP_WEB_H

#include "core/cli.h"

handler help_index, help_show;
int	guide_command(struct cli_args *);

#endif
