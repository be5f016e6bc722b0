/* module.h - the promotions' rows.  Layer 3. */
#ifndef LARIS_PROMO_MODULE_H
#define LARIS_PROMO_MODULE_H

#include "core/route.h"

extern const struct module promo_module;

#endif
