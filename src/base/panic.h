/*
 * panic.h - the program is wrong: say where and stop.
 *
 * Layer 0.  Asserts stay on in release builds.  CHECK is for what must
 * be true in any state of the world outside; if it is not, our code is
 * wrong and going on would be worse than stopping.
 */
#ifndef LARIS_BASE_PANIC_H
#define LARIS_BASE_PANIC_H

#include "base/str.h"

NORETURN void panic_at(const char *where, const char *fmt, ...) PRINTF(2, 3);
#define PANIC_STR2(x)	#x
#define PANIC_STR1(x)	PANIC_STR2(x)
#define panic(...)	panic_at(__FILE__ ":" PANIC_STR1(__LINE__), __VA_ARGS__)
#define CHECK(cond)	do { if (!(cond)) panic("not so: %s", #cond); } while (0)

#endif
