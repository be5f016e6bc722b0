/* module.h - core's own rows: sign-in, people, tokens, audit, settings.  Layer 2. */
#ifndef LARIS_CORE_MODULE_H
#define LARIS_CORE_MODULE_H

#include "core/route.h"

extern const struct module core_module;

#endif
