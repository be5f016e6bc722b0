/* shape.h - a reply's shape as JSON Schema 2020-12.  Layer 2, inner. */
#ifndef LARIS_CORE_SHAPE_H
#define LARIS_CORE_SHAPE_H

#include "json/json.h"

void	shape_schema(struct arena *, struct json_out *, const char *key, const char *shape);

#endif
