/* ids.h - the kinds of rows core knows.  Layer 2. */
#ifndef LARIS_CORE_IDS_H
#define LARIS_CORE_IDS_H

#include "base/id.h"

ID_TYPE(city);
ID_TYPE(person);
ID_TYPE(session);
ID_TYPE(token);

#endif
