/* pages.h - what the witness's page shows (witness.tmpl).  Layer 3, inner. */
#ifndef LARIS_WITNESS_PAGES_H
#define LARIS_WITNESS_PAGES_H

#include "core/layout.h"

struct witness_line { str origin; int64_t size, at; };
struct witness_view {
	str name, key;
	const struct witness_line *v;
	size_t n;
};

#endif
