/* ids.h - the kinds of rows promotions have.  Layer 3. */
#ifndef LARIS_PROMO_IDS_H
#define LARIS_PROMO_IDS_H

#include "mod/festival/ids.h"

ID_TYPE(promotion);
ID_TYPE(redemption);
ID_TYPE(contest);

#endif
