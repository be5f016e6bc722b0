/* ids.h - the kinds of rows a festival has.  Layer 3. */
#ifndef LARIS_FESTIVAL_IDS_H
#define LARIS_FESTIVAL_IDS_H

#include "core/ids.h"

ID_TYPE(festival);
ID_TYPE(venue);
ID_TYPE(merchant);
ID_TYPE(card);
ID_TYPE(purchase);

#endif
