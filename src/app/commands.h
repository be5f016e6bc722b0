/* commands.h - the commands that know the whole program.  Layer 4. */
#ifndef LARIS_APP_COMMANDS_H
#define LARIS_APP_COMMANDS_H

#include "core/cli.h"

extern const struct module app_commands;

int	serve_command(struct cli_args *);	/* serve.c	*/
int	demo_command(struct cli_args *);	/* demo.c	*/
int	request_command(struct cli_args *);	/* local.c	*/
int	routes_command(struct cli_args *);	/* describe.c	*/
int	settings_command(struct cli_args *);
int	schema_command(struct cli_args *);
int	rights_command(struct cli_args *);
int	init_command(struct cli_args *);	/* care.c	*/
int	check_command(struct cli_args *);
int	doctor_command(struct cli_args *);
int	backup_command(struct cli_args *);
int	restore_command(struct cli_args *);
int	version_command(struct cli_args *);

#endif
