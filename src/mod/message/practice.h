/* practice.h - a message as a text that another city may use.  Layer 3, inner. */
#ifndef LARIS_MESSAGE_PRACTICE_H
#define LARIS_MESSAGE_PRACTICE_H

#include "core/practice.h"

extern const struct practice_kind message_practice;
extern const struct practice_part message_part;

#endif
