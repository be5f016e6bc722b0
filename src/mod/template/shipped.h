/* shipped.h - templates that come with the program.  Layer 3, inner. */
#ifndef LARIS_TEMPLATE_SHIPPED_H
#define LARIS_TEMPLATE_SHIPPED_H

#include "base/base.h"

/* Who signed them; the secret half is not in the repository (docs/decisions/029). */
extern const char shipping_key[];
/* File number i of data/templates; false past the last. */
bool	shipped_at(size_t i, str *bytes);

#endif
