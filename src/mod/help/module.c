/* module.c - the rows of the help pages. */
#include "mod/help/module.h"
#include "mod/help/web.h"

static const struct route routes[] = {
	GET("/help", MAY_PUBLIC, help_index, "Help, by who one is."),
	GET("/help/{page}", MAY_PUBLIC, help_show, "One page of help, to read or to print."),
};

static const struct command commands[] = {
	{ "guide", "PAGE [--lang id|en]", 
	    "A page of help as Markdown; without a page, their names.", guide_command },
};

const struct module help_module = {
	.name = "help",
	.routes = routes, .n_routes = countof(routes),
	.commands = commands, .n_commands = countof(commands),
};
