#include "app/modules.h"
#include "app/commands.h"
#include "core/module.h"
#include "core/react.h"
#include "mod/board/module.h"
#include "mod/draw/module.h"
#include "mod/festival/module.h"
#include "mod/help/module.h"
#include "mod/ledger/module.h"
#include "mod/message/module.h"
#include "mod/post/module.h"
#include "mod/promo/module.h"
#include "mod/qris/module.h"
#include "mod/server/module.h"
#include "mod/template/module.h"
#include "mod/witness/module.h"

const struct module *const laris_modules[] = {
	&core_module, &qris_module, &ledger_module, &witness_module, &festival_module,
	&draw_module, &promo_module, &post_module, &board_module, &message_module, &template_module,
	&server_module, &help_module, &app_commands, NULL
};

const struct app *laris_app(void)
{
	static struct app app;

	app = (struct app){ .modules = laris_modules, .n_modules = countof(laris_modules) - 1,
	    .migrations = laris_migrations, .n_migrations = laris_n_migrations };
	return &app;
}
