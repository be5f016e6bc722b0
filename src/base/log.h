/*
 * log.h - what the operator reads: one line of key=value an event.
 *
 * Layer 0.  Written to standard error; never holds a secret, a PIN, a
 * phone number or a name of a shopper.  The level is set once at start.
 *
 *	ts=2021-10-18T07:05:00.123Z level=info at=serve.c:40 msg="..." port=8080
 */
#ifndef LARIS_BASE_LOG_H
#define LARIS_BASE_LOG_H

#include "base/str.h"

enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARN, LOG_ERROR, LOG_SILENT };

void	log_level_set(enum log_level);
/*
 * "fmt" gives the rest of the line after msg, NULL for nothing:
 * log_line(LOG_INFO, "listening", "port=%d", 8080).  Control characters
 * become "?", so no line can be forged; over 2 KiB is cut.
 */
void	log_line_at(const char *where, enum log_level, const char *msg,
	    const char *fmt, ...) PRINTF(4, 5);
#define LOG_STR2(x)	#x
#define LOG_STR1(x)	LOG_STR2(x)
#define log_line(level, msg, ...) \
	log_line_at(__FILE__ ":" LOG_STR1(__LINE__), (level), (msg), __VA_ARGS__)

#endif
