/* forget.h - what the draws hold of a person who is forgotten.  Layer 3, inner. */
#ifndef LARIS_DRAW_FORGET_H
#define LARIS_DRAW_FORGET_H

#include "core/route.h"

/*
 * Words, names, pictures.  ERR_CONFLICT "draw-card-held" {draw}: a winner of a
 * draw that counts, whose prize is not handed over.
 */
err	draw_card_gone(struct tx *, city_id, int64_t card, int64_t now) MUST_USE;

#endif
