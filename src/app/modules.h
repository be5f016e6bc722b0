/* modules.h - the product, as a list.  Layer 4. */
#ifndef LARIS_APP_MODULES_H
#define LARIS_APP_MODULES_H

#include "core/route.h"
#include "db/db.h"

/* Made by tools/sqlc.py from every module's migrations. */
extern const struct migration laris_migrations[];
extern const size_t laris_n_migrations;

const struct app *laris_app(void);

#endif
