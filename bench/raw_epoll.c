/*
 * raw_epoll.c - the least a server can do: one thread, epoll, a reply that
 * was made before the first request came.  What a page of Laris costs in
 * CPU is compared with this; it understands nothing of HTTP but the empty
 * line, and is no server for anybody.
 *
 *	raw_epoll PORT FILE	every request gets the bytes of FILE
 */
#include "common.h"
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { EVENTS = 512, FDS = 20000, PAGE_MAX = 1 << 20 };

/* A connection is its number: how much of the reply is still to be sent. */
static size_t left[FDS];

struct server { int epoll, listen; char *reply; size_t n; };

static void make_reply(struct server *s, const char *path)
{
	FILE *f = fopen(path, "r");
	char *page = malloc(PAGE_MAX);

	s->reply = malloc(PAGE_MAX + 300);
	if (!f || !page || !s->reply)
		die("raw_epoll: cannot read %s", path);
	size_t n = fread(page, 1, PAGE_MAX, f);
	fclose(f);
	int head = snprintf(s->reply, 300, "HTTP/1.1 200 OK\r\n"
	    "Content-Type: text/html; charset=utf-8\r\nContent-Length: %zu\r\n\r\n", n);
	memcpy(s->reply + head, page, n);
	s->n = (size_t)head + n;
	free(page);
}

static void listen_on(struct server *s, int port)
{
	struct sockaddr_in at = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port),
	    .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	struct epoll_event e = { .events = EPOLLIN };
	int one = 1;

	s->listen = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	setsockopt(s->listen, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
	if (bind(s->listen, (struct sockaddr *)&at, sizeof at) != 0 || listen(s->listen, 4096) != 0)
		die("raw_epoll: cannot listen on port %d", port);
	s->epoll = epoll_create1(EPOLL_CLOEXEC);
	e.data.fd = s->listen;
	epoll_ctl(s->epoll, EPOLL_CTL_ADD, s->listen, &e);
}

static void accept_all(struct server *s)
{
	int fd, one = 1;

	while ((fd = accept4(s->listen, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0) {
		struct epoll_event e = { .events = EPOLLIN, .data.fd = fd };

		if (fd >= FDS) {
			close(fd);
			continue;
		}
		left[fd] = 0;
		setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
		epoll_ctl(s->epoll, EPOLL_CTL_ADD, fd, &e);
	}
}

static void push(struct server *s, int fd)
{
	bool before = left[fd] > 0;
	size_t todo = before ? left[fd] : s->n;
	ssize_t n = send(fd, s->reply + s->n - todo, todo, MSG_NOSIGNAL);

	if (n > 0)
		todo -= (size_t)n;
	left[fd] = todo;
	if (before != (todo > 0)) {
		struct epoll_event e = { .events = EPOLLIN | (todo ? EPOLLOUT : 0),
		    .data.fd = fd };
		epoll_ctl(s->epoll, EPOLL_CTL_MOD, fd, &e);
	}
}

/* Who measures sends one small request at a time: it comes in one piece. */
static void serve(struct server *s, int fd, uint32_t events)
{
	char in[8192];

	if (left[fd] > 0) {
		push(s, fd);
		return;
	}
	ssize_t n = recv(fd, in, sizeof in, 0);
	if (n < 0 && errno == EAGAIN)
		return;
	if (n <= 0 || (events & EPOLLERR)) {
		close(fd);
		return;
	}
	if (n >= 4 && memcmp(in + n - 4, "\r\n\r\n", 4) == 0)
		push(s, fd);
}

int main(int argc, char **argv)
{
	static struct epoll_event e[EVENTS];
	struct server s = { 0 };

	if (argc != 3)
		die("use: raw_epoll PORT FILE");
	make_reply(&s, argv[2]);
	listen_on(&s, atoi(argv[1]));
	for (;;) {
		int n = epoll_wait(s.epoll, e, EVENTS, -1);

		for (int i = 0; i < n; i++) {
			if (e[i].data.fd == s.listen)
				accept_all(&s);
			else
				serve(&s, e[i].data.fd, e[i].events);
		}
	}
}
