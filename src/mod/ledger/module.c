/* module.c - the log's rows. */
#include "mod/ledger/module.h"
#include "mod/ledger/cosign.h"
#include "mod/ledger/fsck.h"
#include "mod/ledger/web.h"

#define L	"/log/{city}"

static const struct route routes[] = {
	GET(L, MAY_PUBLIC, ledger_page, "The city's public log: what it is, how to check it.",
	    .flags = ROUTE_EVER),
	GET(L "/checkpoint", MAY_PUBLIC, ledger_checkpoint_file,
	    "The signed head of the log (C2SP tlog-checkpoint), with its witnesses.",
	    .flags = ROUTE_EVER),
	GET(L "/policy.txt", MAY_PUBLIC, ledger_policy_file,
	    "Whom to believe: the log's key, its witnesses, how many of them (C2SP tlog-policy).",
	    .flags = ROUTE_EVER),
	GET(L "/tile/{path*}", MAY_PUBLIC, ledger_tile_file,
	    "A tile or entry bundle (C2SP tlog-tiles), the same for ever.",
	    .flags = ROUTE_EVER),
	GET(L "/entry/{number}", MAY_PUBLIC, ledger_entry_page, "One entry, as it is.",
	    .flags = ROUTE_EVER),
	GET(L "/proof/{number}", MAY_PUBLIC, ledger_proof_file,
	    "That an entry is in the log (C2SP tlog-proof).",
	    .flags = ROUTE_EVER),
};

static const struct command commands[] = {
	{ "log key", "", "Make the key that signs the logs of this server.", ledger_key_command },
	{ "log show", "CITY", "Name, public key, signed head and witnesses of a log.",
	    ledger_show_command },
	{ "log fsck", "CITY", "Compute the log anew from the rows; the first difference.",
	    ledger_fsck_command },
	{ "log prove", "CITY NUMBER [OUT]", "The proof that an entry is in the log.",
	    ledger_prove_command },
	{ "log mirror", "URL FOLDER [--ca F]", "A copy of a public log, kept up to date; for laris "
	    "verify --log.", ledger_mirror_command },
};

static const struct job_kind jobs[] = {
	{ COSIGN_JOB, "Take the head of the public log to the city's witnesses.", cosign_again,
	    10 * MINUTE, .outside = cosign_collect, .ever = true },
};

static const struct setting settings[] = {
	{ "log-witnesses", SETTING_TEXT, "", 0, 0, TEXT_settings_log_witnesses, cosigners_check },
	{ "log-quorum", SETTING_INT, "0", 0, COSIGN_MOST, TEXT_settings_log_quorum, NULL },
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
	.jobs = jobs, .n_jobs = countof(jobs),
	.settings = settings, .n_settings = countof(settings),
};
