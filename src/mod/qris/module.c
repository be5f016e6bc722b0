/* module.c - QRIS has one command; its pages belong to the festival. */
#include "mod/qris/module.h"

static const struct command commands[] = {
	{ "qris check", "PAYLOAD [--amount N]",
	    "What a QRIS says, as JSON; with an amount also the one to pay.",
	    qris_check_command },
};

const struct module qris_module = {
	.name = "qris",
	.commands = commands, .n_commands = countof(commands),
};
