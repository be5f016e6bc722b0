/* ids.h - the kinds of rows of the posts.  Layer 3. */
#ifndef LARIS_POST_IDS_H
#define LARIS_POST_IDS_H

#include "mod/festival/ids.h"

ID_TYPE(post);
ID_TYPE(hand);

#endif
