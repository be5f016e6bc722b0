/* module.h - the rows of the server's own pages.  Layer 3. */
#ifndef LARIS_SERVER_MODULE_H
#define LARIS_SERVER_MODULE_H

#include "core/route.h"

extern const struct module server_module;

#endif
