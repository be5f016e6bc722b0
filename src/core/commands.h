/* commands.h - core's commands and pages, gathered by module.c.  Layer 2. */
#ifndef LARIS_CORE_COMMANDS_H
#define LARIS_CORE_COMMANDS_H

#include "core/cli.h"

#define PASSWORD_MIN	8

int	city_add_command(struct cli_args *);
int	city_list_command(struct cli_args *);
int	limit_command(struct cli_args *);
int	city_host_command(struct cli_args *);
int	city_close_command(struct cli_args *);
int	city_open_command(struct cli_args *);
int	city_invite_command(struct cli_args *);
int	person_add_command(struct cli_args *);
int	token_add_command(struct cli_args *);


#endif
