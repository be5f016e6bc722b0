/* module.h - the posts' rows.  Layer 3. */
#ifndef LARIS_POST_MODULE_H
#define LARIS_POST_MODULE_H

#include "core/route.h"

extern const struct module post_module;

#endif
