/* module.c - the log's rows. */
#include "mod/ledger/module.h"
#include "mod/ledger/fsck.h"
#include "mod/ledger/web.h"

#define L	"/log/{city}"

static const struct route routes[] = {
	GET(L, MAY_PUBLIC, ledger_page, "The city's public log: what it is, how to check it."),
	GET(L "/checkpoint", MAY_PUBLIC, ledger_checkpoint_file,
	    "The signed head of the log (C2SP tlog-checkpoint)."),
	GET(L "/tile/{path*}", MAY_PUBLIC, ledger_tile_file,
	    "A tile or entry bundle (C2SP tlog-tiles), the same for ever."),
	GET(L "/entry/{number}", MAY_PUBLIC, ledger_entry_page, "One entry, as it is."),
	GET(L "/proof/{number}", MAY_PUBLIC, ledger_proof_file,
	    "That an entry is in the log (C2SP tlog-proof)."),
};

static const struct command commands[] = {
	{ "log key", "", "Make the key that signs the logs of this server.", ledger_key_command },
	{ "log show", "CITY", "Name, public key and signed head of a log.", ledger_show_command },
	{ "log fsck", "CITY", "Compute the log anew from the rows; the first difference.",
	    ledger_fsck_command },
	{ "log prove", "CITY NUMBER [OUT]", "The proof that an entry is in the log.",
	    ledger_prove_command },
};

static const struct check checks[] = {
	{ "ledger-tree", "The log has no gap, and its tree follows from its entries.",
	    ledger_check },
};

const struct module ledger_module = {
	.name = "ledger",
	.routes = routes, .n_routes = countof(routes),
	.commands = commands, .n_commands = countof(commands),
	.checks = checks, .n_checks = countof(checks),
};
