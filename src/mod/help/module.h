/* module.h - the rows of the help pages.  Layer 3. */
#ifndef LARIS_HELP_MODULE_H
#define LARIS_HELP_MODULE_H

#include "core/route.h"

extern const struct module help_module;

#endif
