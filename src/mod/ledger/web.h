/* web.h - pages and commands of the log, named by the rows.  Layer 3, inner. */
#ifndef LARIS_LEDGER_WEB_H
#define LARIS_LEDGER_WEB_H

#include "core/cli.h"
#include "core/route.h"

handler ledger_page, ledger_entry_page, ledger_checkpoint_file, ledger_policy_file,
    ledger_tile_file, ledger_proof_file;
int	ledger_key_command(struct cli_args *), ledger_fsck_command(struct cli_args *),
	ledger_prove_command(struct cli_args *), ledger_show_command(struct cli_args *),
	ledger_mirror_command(struct cli_args *);

#endif
