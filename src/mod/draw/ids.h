/* ids.h - the kinds of rows a draw has.  Layer 3. */
#ifndef LARIS_DRAW_IDS_H
#define LARIS_DRAW_IDS_H

#include "mod/festival/ids.h"

ID_TYPE(draw);
ID_TYPE(prize);

#endif
