/* bar.h - the foot bar of the public pages of a sale.  Layer 3, inner. */
#ifndef LARIS_FESTIVAL_BAR_H
#define LARIS_FESTIVAL_BAR_H

#include "core/layout.h"
#include "mod/festival/pages.h"

enum bar_item { BAR_FRONT, BAR_PROMO, BAR_SHOPS, BAR_CARD, BAR_DRAW, BAR_NONE };

void	festival_bar(struct req *, const struct festival *, enum bar_item current);
str	festival_base(struct req *, const struct festival *);	/* "/surakarta/sgs-2021" */
str	festival_absolute(struct req *, str path);	/* "https://host/path": for QR codes */
struct sale_at festival_at(struct req *, const struct festival *);
/* The rules of "why" in words: "hour, cap a day". */
str	rule_why(struct arena *, unsigned why, enum lang);
err	festival_admitted(struct db *, const struct festival *, int64_t *n) MUST_USE;

#endif
