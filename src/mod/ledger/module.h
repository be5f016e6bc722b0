/* module.h - the public log as a module.  Layer 3. */
#ifndef LARIS_LEDGER_MODULE_H
#define LARIS_LEDGER_MODULE_H

#include "core/route.h"

extern const struct module ledger_module;

#endif
