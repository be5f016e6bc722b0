#include "app/city_file.h"
#include "app/commands.h"

static const struct command commands[] = {
	{ "init", "", "Create the database, or bring it up to date.",
	    init_command },
	{ "serve",
	    "[--listen ADDR:PORT] [--tls-cert F --tls-key F] [--loops N] "
	    "[--no-page-cache] [--mail-logins F] [--ca F] [--inside HOSTS]",
	    "Answer the browsers.", serve_command },
	{ "city export", "CITY FILE",
	    "A whole city, its secrets and its log's key too, as one file.", city_export_command },
	{ "city import", "FILE", "A city that city export wrote; its sessions end.",
	    city_import_command },
	{ "demo", "[--city CODE] [--cities N] [--scale tiny|small|festival|national] [--seed N]",
	    "A demonstration city, the same for the same seed.", demo_command },
	{ "request",
	    "[--city CITY] [--as LOGIN] METHOD PATH [name=value ... | "
	    "@body.json]",
	    "One request, in process; the reply on standard output.",
	    request_command },
	{ "routes", "[--json]",
	    "Every page and call, who may, and what it is for.",
	    routes_command },
	{ "rights", "", "The rights matrix: routes by roles.", rights_command },
	{ "settings", "[--json]", "Every setting, its limits and what it does.",
	    settings_command },
	{ "schema", "", "The tables, as the migrations make them.",
	    schema_command },
	{ "check", "[--json]", "Prove every invariant; lists what is broken.",
	    check_command },
	{ "doctor", "",
	    "Look at the machine and the database, and say what to mend.",
	    doctor_command },
	{ "backup", "FILE",
	    "A consistent copy while the server runs, verified.",
	    backup_command },
	{ "restore", "FILE [--force]",
	    "Put a verified copy in the place of the database.",
	    restore_command },
	{ "version", "", "Version and libraries.", version_command },
};

const struct module app_commands = {
	.name = "app", .commands = commands, .n_commands = countof(commands),
};
