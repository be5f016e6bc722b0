/* module.h - the draw's rows.  Layer 3. */
#ifndef LARIS_DRAW_MODULE_H
#define LARIS_DRAW_MODULE_H

#include "core/route.h"

extern const struct module draw_module;

#endif
