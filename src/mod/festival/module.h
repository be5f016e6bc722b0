/* module.h - the festival's rows.  Layer 3. */
#ifndef LARIS_FESTIVAL_MODULE_H
#define LARIS_FESTIVAL_MODULE_H

#include "core/route.h"

extern const struct module festival_module;

#endif
