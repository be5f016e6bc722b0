/* module.h - the rows of templates.  Layer 3. */
#ifndef LARIS_TEMPLATE_MODULE_H
#define LARIS_TEMPLATE_MODULE_H

#include "core/route.h"

extern const struct module template_module;

#endif
