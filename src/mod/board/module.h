/* module.h - the rows of the organiser's board.  Layer 3. */
#ifndef LARIS_BOARD_MODULE_H
#define LARIS_BOARD_MODULE_H

#include "core/route.h"

extern const struct module board_module;

#endif
