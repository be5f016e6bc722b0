#include "client.h"
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int dial_ms(int port, int ms)
{
	struct sockaddr_in sa = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), one = 1;
	struct timeval tv = { ms / 1000, ms % 1000 * 1000 };

	CHECK(fd >= 0);
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
	setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &tv, sizeof tv);
	if (connect(fd, (struct sockaddr *)&sa, sizeof sa) == 0)
		return fd;
	close(fd);
	return -1;
}

int dial(int port)
{
	int fd = dial_ms(port, PATIENCE);

	CHECK(fd >= 0);
	return fd;
}

bool say(int fd, str s)
{
	while (s.n) {
		ssize_t n = send(fd, s.p, s.n, MSG_NOSIGNAL);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		s = str_sub(s, (size_t)n, SIZE_MAX);
	}
	return true;
}

/* More bytes; 0 at the end, -1 when patience is. */
static int more(int fd, struct buf *b, size_t most, int ms)
{
	struct pollfd p = { fd, POLLIN, 0 };
	char some[65536];

	if (poll(&p, 1, ms) != 1)
		return -1;
	ssize_t n = recv(fd, some, most < sizeof some ? most : sizeof some, 0);
	if (n <= 0)
		return 0;
	buf_put(b, some, (size_t)n);
	return (int)n;
}

str head_field(const struct heard *h, str name)
{
	str all = h->head, line, key;

	while (str_take(&all, '\n', &line))
		if (str_take(&line, ':', &key) && str_eq_nocase(key, name))
			return str_trim(line);
	return (str){ 0 };
}

static bool read_head(int fd, struct buf *b, struct heard *h)
{
	int64_t status;

	/* Byte by byte, so that what follows stays for whoever asks next. */
	while (!str_ends(buf_done(b), S("\r\n\r\n")))
		if (more(fd, b, 1, PATIENCE) <= 0) {
			h->closed = true;
			return false;
		}
	h->head = str_sub(buf_done(b), 0, b->n - 4);
	if (!str_starts(h->head, S("HTTP/1.1 ")) ||
	    !str_int(str_sub(h->head, 9, 3), 100, 599, &status))
		return false;
	h->status = (int)status;
	return true;
}

static bool exactly(int fd, struct buf *b, size_t n)
{
	for (size_t end = b->n + n; b->n < end; )
		if (more(fd, b, end - b->n, PATIENCE) <= 0)
			return false;
	return true;
}

static bool chunk_size(int fd, struct arena *a, size_t *n)
{
	struct buf b = BUF(a, 64);

	while (!str_ends(buf_done(&b), S("\r\n")))
		if (more(fd, &b, 1, PATIENCE) <= 0)
			return false;
	return sscanf(b.p, "%zx", n) == 1;
}

static void read_chunks(int fd, struct arena *a, struct buf *b, struct heard *h)
{
	struct buf end = BUF(a, 16);
	size_t n;

	for (;;) {
		if (!chunk_size(fd, a, &n) || !exactly(fd, b, n)) {
			h->closed = true;
			return;
		}
		end.n = 0;
		if (!exactly(fd, &end, 2) || n == 0)
			return;
	}
}

struct heard hear_head(struct arena *a, int fd)
{
	struct heard h = { 0 };
	struct buf head = BUF(a, 65536);

	read_head(fd, &head, &h);
	return h;
}

struct heard hear(struct arena *a, int fd)
{
	struct heard h = hear_head(a, fd);
	struct buf body = BUF(a, (size_t)64 << 20);
	int64_t n;

	if (!h.status || h.status == 304 || h.status == 204 || h.status < 200)
		return h;
	if (str_eq(head_field(&h, S("Transfer-Encoding")), S("chunked")))
		read_chunks(fd, a, &body, &h);
	else if (str_int(head_field(&h, S("Content-Length")), 0, 1 << 30, &n))
		h.closed = !exactly(fd, &body, (size_t)n);
	else
		while (more(fd, &body, SIZE_MAX, PATIENCE) > 0)
			;
	h.body = buf_done(&body);
	return h;
}

bool ends(int fd, int ms)
{
	struct arena *a = arena_new();
	struct buf b = BUF(a, (size_t)64 << 20);
	int n;

	while ((n = more(fd, &b, SIZE_MAX, ms)) > 0)
		;
	arena_free(&a);
	return n == 0;
}

str listen_for(struct arena *a, int fd, size_t least, int ms)
{
	struct buf b = BUF(a, (size_t)1 << 20);

	while (b.n < least && more(fd, &b, SIZE_MAX, ms) > 0)
		;
	return buf_done(&b);
}

struct heard ask(struct arena *a, int port, str request)
{
	int fd = dial(port);

	say(fd, request);
	struct heard h = hear(a, fd);
	close(fd);
	return h;
}

long resident(void)
{
	long pages = 0;
	FILE *f = fopen("/proc/self/statm", "r");

	if (!f || fscanf(f, "%*s %ld", &pages) != 1)
		pages = 0;
	if (f)
		fclose(f);
	return pages * (sysconf(_SC_PAGESIZE) / 1024);
}
