#include "base/panic.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* No allocation, no locks: the heap may be what is broken. */
void panic_at(const char *where, const char *fmt, ...)
{
	char line[512];
	va_list ap;

	int n = snprintf(line, sizeof line, "laris: panic at %s: ", where);
	if (n < 0 || (size_t)n >= sizeof line - 1)
		n = 0;
	va_start(ap, fmt);
	int m = vsnprintf(line + n, sizeof line - (size_t)n - 1, fmt, ap);
	va_end(ap);
	size_t len = (size_t)n + (m < 0 ? 0 : (size_t)m);
	if (len > sizeof line - 2)
		len = sizeof line - 2;
	line[len++] = '\n';
	if (write(STDERR_FILENO, line, len) < 0)
		abort();
	abort();
}
