/* ids.h - the kinds of rows messages have.  Layer 3. */
#ifndef LARIS_MESSAGE_IDS_H
#define LARIS_MESSAGE_IDS_H

#include "mod/festival/ids.h"

ID_TYPE(message);

#endif
