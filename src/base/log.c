#include "base/log.h"
#include "base/time.h"
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define LINE_MOST	2048

static _Atomic int log_from = LOG_INFO;

void log_level_set(enum log_level level)
{
	log_from = (int)level;
}

static const char *level_name(enum log_level level)
{
	static const char *const name[] = { "debug", "info", "warn", "error" };

	return (size_t)level < countof(name) ? name[level] : "error";
}

struct line { char p[LINE_MOST]; size_t n; };

PRINTF(2, 0)
static void vadd(struct line *l, const char *fmt, va_list ap)
{
	size_t left = sizeof l->p - l->n;
	int n = vsnprintf(l->p + l->n, left, fmt, ap);

	if (n > 0)
		l->n += (size_t)n < left ? (size_t)n : left - 1;
}

PRINTF(2, 3)
static void add(struct line *l, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vadd(l, fmt, ap);
	va_end(ap);
}

static void add_quoted(struct line *l, const char *s)
{
	add(l, " msg=\"");
	for (; *s && l->n < sizeof l->p - 3; s++) {
		if (*s == '"' || *s == '\\')
			l->p[l->n++] = '\\';
		l->p[l->n++] = *s;
	}
	l->p[l->n] = '\0';
	add(l, "\"");
}

static void add_start(struct line *l, const char *where, enum log_level level)
{
	int64_t now = time_now();
	struct civil c = time_civil(now, (enum zone)0);
	const char *slash = strrchr(where, '/');

	add(l, "ts=%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", c.year, c.month, c.day,
	    c.hour, c.minute, c.second, (int)(now % SECOND / 1000));
	add(l, " level=%s at=%s", level_name(level), slash ? slash + 1 : where);
}

/* One write(2) a line, so that lines of threads do not mix. */
void log_line_at(const char *where, enum log_level level, const char *msg, const char *fmt, ...)
{
	struct line l;
	va_list ap;

	if ((int)level < log_from)
		return;
	l.n = 0;
	add_start(&l, where, level);
	add_quoted(&l, msg);
	if (fmt && *fmt) {
		add(&l, " ");
		va_start(ap, fmt);
		vadd(&l, fmt, ap);
		va_end(ap);
	}
	/* What came from outside must not be able to forge a line. */
	for (size_t i = 0; i < l.n; i++)
		if ((unsigned char)l.p[i] < ' ' || l.p[i] == 0x7f)
			l.p[i] = '?';
	l.p[l.n++] = '\n';
	if (write(STDERR_FILENO, l.p, l.n) < 0)
		return;		/* nobody to tell */
}
