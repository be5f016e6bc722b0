/* module.h - this server as a witness of other logs, as a module.  Layer 3. */
#ifndef LARIS_WITNESS_MODULE_H
#define LARIS_WITNESS_MODULE_H

#include "core/route.h"

extern const struct module witness_module;

#endif
