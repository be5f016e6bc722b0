/*
 * linger.h - closing without losing what we said last.
 *
 * Layer 1, for src/http only.  When a socket is closed while the client
 * still sends, the kernel answers with a reset, and the client may never
 * read our "413".  So such a socket is kept a little: its sending side is
 * shut, what arrives is thrown away, until the client closes, or a second
 * or two, or a megabyte has passed.  A loop's own.
 */
#ifndef LARIS_HTTP_LINGER_H
#define LARIS_HTTP_LINGER_H

#include "base/base.h"

/* What an epoll event points to; the first member of whoever waits. */
enum watch { WATCH_ENGINE, WATCH_WAKE, WATCH_LINGER, WATCH_STREAM };

#define LINGER_MOST	256

struct parting {
	enum watch watch;
	int fd;			/* -1: free				*/
	int64_t until;
	size_t left;		/* bytes still to be thrown away	*/
};
struct lingers { struct parting v[LINGER_MOST]; int n; };

void	lingers_init(struct lingers *);
void	lingers_close(struct lingers *);
/* Duplicates fd, which its owner is about to close. */
void	linger_start(struct lingers *, int epoll, int fd, int64_t now);
void	linger_read(struct lingers *, struct parting *);
void	linger_sweep(struct lingers *, int64_t now);

#endif
