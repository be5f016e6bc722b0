/* module.c - the rows of templates. */
#include "mod/template/module.h"
#include "mod/template/adopt.h"
#include "mod/template/check.h"
#include "mod/template/template_cli.h"
#include "mod/template/web.h"

static const struct command commands[] = {
	{ "template",
	    "list [CITY] | show|check FILE | export CITY KIND NAME --version V OUT.json | "
	    "adopt CITY FILE [--dry-run] [--set PATH=VALUE --reason TEXT]… | "
	    "diff CITY SLUG [NEWBASE] | set CITY SLUG … | revert CITY SLUG PATH | "
	    "upgrade CITY SLUG NEWBASE [--take PATH | --keep PATH]… | receive CITY FILE|URL | "
	    "trust|distrust CITY KEY | keys CITY | family CITY NAME",
	    "What one city does well as a file; another adopts and adapts it.", template_command },
};

static const struct check checks[] = {
	{ "template-files", "Each template kept proves itself; releases stand in the log.",
	    template_check },
};

static err based(struct db *db, city_id city, str kind, int64_t subject, str *ref)
{
	struct template_based b;

	TRY(template_based(db, city, kind, subject, &b));
	*ref = b.ref;
	return NULL;
}

const struct module template_module = {
	.name = "template", .based = based,
	.routes = template_routes, .n_routes = TEMPLATE_ROUTES,
	.commands = commands, .n_commands = countof(commands),
	.checks = checks, .n_checks = countof(checks),
};
