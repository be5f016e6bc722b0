#include "http/linger.h"
#include <fcntl.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#define LINGER_TIME	(2 * SECOND)
#define LINGER_BYTES	((size_t)32 << 20)

void lingers_init(struct lingers *all)
{
	all->n = 0;
	for (int i = 0; i < LINGER_MOST; i++)
		all->v[i] = (struct parting){ .watch = WATCH_LINGER, .fd = -1 };
}

static void end(struct lingers *all, struct parting *l)
{
	close(l->fd);
	l->fd = -1;
	all->n--;
}

void lingers_close(struct lingers *all)
{
	for (int i = 0; i < LINGER_MOST; i++)
		if (all->v[i].fd >= 0)
			end(all, &all->v[i]);
}

void linger_start(struct lingers *all, int epoll, int fd, int64_t now)
{
	struct parting *l = all->v;

	if (all->n == LINGER_MOST)
		return;
	while (l->fd >= 0)
		l++;
	l->fd = fcntl(fd, F_DUPFD_CLOEXEC, 0);
	if (l->fd < 0)
		return;
	all->n++;
	l->until = now + LINGER_TIME;
	l->left = LINGER_BYTES;
	shutdown(l->fd, SHUT_WR);
	struct epoll_event e = { .events = EPOLLIN, .data.ptr = l };
	if (epoll_ctl(epoll, EPOLL_CTL_ADD, l->fd, &e) != 0)
		end(all, l);
}

void linger_read(struct lingers *all, struct parting *l)
{
	char junk[16384];

	if (l->fd < 0)
		return;
	/* MSG_TRUNC: TCP throws the bytes away without copying them. */
	ssize_t n = recv(l->fd, junk, sizeof junk, MSG_TRUNC | MSG_DONTWAIT);
	if (n <= 0 || (size_t)n > l->left) {
		end(all, l);
		return;
	}
	l->left -= (size_t)n;
}

void linger_sweep(struct lingers *all, int64_t now)
{
	if (all->n == 0)
		return;
	for (int i = 0; i < LINGER_MOST; i++)
		if (all->v[i].fd >= 0 && all->v[i].until <= now)
			end(all, &all->v[i]);
}
