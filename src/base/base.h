/*
 * base.h - the vocabulary every other file speaks, in one include.
 *
 * Layer 0: knows libc only.
 */
#ifndef LARIS_BASE_BASE_H
#define LARIS_BASE_BASE_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/id.h"
#include "base/log.h"
#include "base/panic.h"
#include "base/rand.h"
#include "base/rupiah.h"
#include "base/str.h"
#include "base/time.h"
#include "base/vec.h"

#endif
