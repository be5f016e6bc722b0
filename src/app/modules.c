#include "app/modules.h"
#include "app/commands.h"
#include "core/module.h"
#include "mod/draw/module.h"
#include "mod/festival/module.h"
#include "mod/qris/module.h"

static const struct module *const modules[] = {
	&core_module, &qris_module, &festival_module, &draw_module, &app_commands,
};

const struct app *laris_app(void)
{
	static struct app app;

	app = (struct app){ .modules = modules, .n_modules = countof(modules),
	    .migrations = laris_migrations, .n_migrations = laris_n_migrations };
	return &app;
}
