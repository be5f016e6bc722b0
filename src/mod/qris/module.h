/* module.h - the rows of QRIS.  Layer 3. */
#ifndef LARIS_QRIS_MODULE_H
#define LARIS_QRIS_MODULE_H

#include "core/route.h"

extern const struct module qris_module;

int	qris_check_command(struct cli_args *);

#endif
