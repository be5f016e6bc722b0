#include "http/listen.h"
#include <errno.h>
#include <linux/tcp.h>
#include <netdb.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#define BACKLOG		1024

err address_parse(struct arena *a, const char *text, struct address *out)
{
	str s = str_of(text), host, port;
	size_t colon = s.n;
	int64_t number;
	struct addrinfo hints = { .ai_flags = AI_NUMERICHOST | AI_NUMERICSERV,
		.ai_socktype = SOCK_STREAM }, *found;

	while (colon > 0 && s.p[colon - 1] != ':')
		colon--;
	if (colon == 0)
		return ERR(a, ERR_INVALID, "listen-address", .arg = { s });
	host = str_sub(s, 0, colon - 1);
	port = str_sub(s, colon, SIZE_MAX);
	if (str_starts(host, S("[")) && str_ends(host, S("]")))
		host = str_sub(host, 1, host.n - 2);
	else if (str_find(host, S(":")) != SIZE_MAX)
		return ERR(a, ERR_INVALID, "listen-address", .arg = { s });
	if (host.n == 0 || !str_int(port, 0, 65535, &number) ||
	    getaddrinfo(arena_cstr(a, host), arena_cstr(a, port), &hints, &found) != 0)
		return ERR(a, ERR_INVALID, "listen-address", .arg = { s });
	*out = (struct address){ .n = found->ai_addrlen };
	memcpy(&out->sa, found->ai_addr, found->ai_addrlen);
	freeaddrinfo(found);
	return NULL;
}

static in_port_t *port_of(struct sockaddr_storage *sa)
{
	return sa->ss_family == AF_INET6 ? &((struct sockaddr_in6 *)sa)->sin6_port
					 : &((struct sockaddr_in *)sa)->sin_port;
}

int address_port(const struct address *at)
{
	struct sockaddr_storage copy = at->sa;

	return ntohs(*port_of(&copy));
}

/* A bound socket, or -1 with errno set. */
static int bound(struct address *at, int shared)
{
	int one = 1, fd = socket(at->sa.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	socklen_t n = sizeof at->sa;

	if (fd < 0)
		return -1;
	if (setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one) == 0 &&
	    (!shared || setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, &one, sizeof one) == 0) &&
	    bind(fd, (struct sockaddr *)&at->sa, at->n) == 0 &&
	    getsockname(fd, (struct sockaddr *)&at->sa, &n) == 0)
		return fd;
	int why = errno;
	close(fd);
	errno = why;
	return -1;
}

/*
 * With SO_REUSEPORT a second server would quietly take half of the first
 * one's clients; a socket without it is refused while anybody listens.
 */
static bool ours_alone(struct address *at)
{
	if (*port_of(&at->sa) == 0)
		return true;
	int fd = bound(at, false), fine = fd >= 0;

	if (fine && listen(fd, 1) != 0)
		fine = false;
	if (fd >= 0)
		close(fd);
	return fine;
}

err listen_open(struct arena *a, struct address *at, int *fd, int n)
{
	bool fine = ours_alone(at);

	for (int i = 0; i < n; i++)
		fd[i] = -1;
	for (int i = 0; fine && i < n; i++) {
		fd[i] = bound(at, n > 1);
		fine = fd[i] >= 0 && listen(fd[i], BACKLOG) == 0;
	}
	if (fine)
		return NULL;
	int why = errno;
	for (int i = 0; i < n; i++)
		if (fd[i] >= 0)
			close(fd[i]);
	return ERR(a, ERR_CONFLICT, "listen-refused",
	    .arg = { arena_printf(a, "%d", address_port(at)) },
	    .log = arena_printf(a, "%s", strerrordesc_np(why)));
}

uint64_t socket_acked(int fd)
{
	struct tcp_info info = { 0 };
	socklen_t n = sizeof info;

	if (getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &n) != 0)
		return 0;
	return info.tcpi_bytes_acked;
}

void socket_abandon(int fd)
{
	struct linger at_once = { .l_onoff = 1, .l_linger = 0 };

	(void)setsockopt(fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
}

void descriptors_allow(size_t n)
{
	struct rlimit r;

	if (getrlimit(RLIMIT_NOFILE, &r) != 0 || r.rlim_cur >= n)
		return;
	r.rlim_cur = n < r.rlim_max ? n : r.rlim_max;
	(void)setrlimit(RLIMIT_NOFILE, &r);
}
