/* odd_pages.h - what the page of oddities shows (odd.tmpl).  Layer 3, inner. */
#ifndef LARIS_DRAW_ODD_PAGES_H
#define LARIS_DRAW_ODD_PAGES_H

#include "core/layout.h"
#include "mod/draw/odd.h"

struct odd_line { str href, title, marks; int64_t place, number, purchases; };
struct odd_view { str back; const struct odd_line *v; size_t n; };

handler admin_odd;
/* "many tiny purchases, one clerk", or that there is nothing. */
str	odd_words(struct arena *, enum lang, unsigned marks);

#endif
