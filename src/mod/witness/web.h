/* web.h - the witness's page, its call and its commands.  Layer 3, inner. */
#ifndef LARIS_WITNESS_WEB_H
#define LARIS_WITNESS_WEB_H

#include "core/cli.h"
#include "core/route.h"

handler witness_page, witness_add_prepare, witness_add_checkpoint;
int	witness_key_command(struct cli_args *), witness_add_command(struct cli_args *),
	witness_list_command(struct cli_args *);

#endif
