/* export_pages.h - what export.tmpl shows.  Layer 3, inner. */
#ifndef LARIS_FESTIVAL_EXPORT_PAGES_H
#define LARIS_FESTIVAL_EXPORT_PAGES_H

#include "core/layout.h"

struct export_row { const char *file; enum text_id name, say; };
struct export_view { str festival, href; const struct export_row *v; size_t n; };

#endif
