/* module.c - QRIS has one command; its pages belong to the festival. */
#include "mod/qris/module.h"
#include "mod/qris/store.h"

static const struct command commands[] = {
	{ "qris check", "PAYLOAD [--amount N]",
	    "What a QRIS says, as JSON; with an amount also the one to pay.",
	    qris_check_command },
};

static const struct check checks[] = {
	{ "qris-stored", "Every QRIS in use is a valid one.", qris_check_stored },
};

const struct module qris_module = {
	.name = "qris",
	.checks = checks, .n_checks = countof(checks),
	.commands = commands, .n_commands = countof(commands),
};
