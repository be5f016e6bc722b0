/* ids.h - the kinds of rows templates have.  Layer 3. */
#ifndef LARIS_TEMPLATE_IDS_H
#define LARIS_TEMPLATE_IDS_H

#include "core/ids.h"

ID_TYPE(template_file);
ID_TYPE(template_sheet);

#endif
