/* module.h - the rows of messages to merchants.  Layer 3. */
#ifndef LARIS_MESSAGE_MODULE_H
#define LARIS_MESSAGE_MODULE_H

#include "core/route.h"

extern const struct module message_module;

#endif
