/* bring.h - a file that somebody brings to the gallery.  Layer 3, inner. */
#ifndef LARIS_TEMPLATE_BRING_H
#define LARIS_TEMPLATE_BRING_H

#include "core/req.h"

/* The file of a refused form: uploaded, typed or fetched; empty: none. */
str	bring_bytes(const struct req *);

#endif
