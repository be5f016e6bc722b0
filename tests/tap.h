/* tap.h - the whole test framework: say "ok" or "not ok", count, exit. */
#ifndef LARIS_TAP_H
#define LARIS_TAP_H

#include <stdio.h>

static int tap_n, tap_bad;

#define ok(cond, ...) do {						\
	int ok_ = !!(cond);						\
	printf("%sok %d - ", ok_ ? "" : "not ", ++tap_n);		\
	printf(__VA_ARGS__);						\
	printf("\n");							\
	if (!ok_) {							\
		tap_bad++;						\
		printf("# %s:%d: %s\n", __FILE__, __LINE__, #cond);	\
	}								\
} while (0)

static inline int done(void)
{
	printf("1..%d\n", tap_n);
	return tap_bad != 0;
}

#endif
