/* module.c - the witness's rows. */
#include "mod/witness/module.h"
#include "mod/witness/web.h"

static const struct route routes[] = {
	GET("/witness", MAY_PUBLIC, witness_page,
	    "This server as a witness: its key, and the logs it looks at."),
	POST("/witness/add-checkpoint", MAY_PUBLIC, witness_add_checkpoint,
	    "A log asks for a signature under its head (C2SP tlog-witness).",
	    .prepare = witness_add_prepare, .flags = ROUTE_RAW),
};

static const struct command commands[] = {
	{ "witness key", "[--name NAME]",
	    "This server's name as a witness, fixed at the first call, and its public key.",
	    witness_key_command },
	{ "witness add", "KEY [--name NAME]",
	    "Look at the log with that public key (laris log show) from now on.",
	    witness_add_command },
	{ "witness list", "", "The logs it looks at, each with the size it signed last.",
	    witness_list_command },
};

const struct module witness_module = {
	.name = "witness",
	.routes = routes, .n_routes = countof(routes),
	.commands = commands, .n_commands = countof(commands),
};
