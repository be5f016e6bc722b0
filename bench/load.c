/*
 * load.c - closed-loop HTTP load: N keep-alive connections, each sends,
 * waits for the reply, sends again.  One thread, epoll; requests are made
 * once a connection and patched in place, so a request costs a few
 * microseconds and most of them are the kernel's.
 *
 *	load -T CITY/FESTIVAL -t TOKEN -m MERCHANTS -C CARDS [...]	purchases
 *	load … -R PROMOTIONS [...]		uses of promotions, by a list of fill.c
 *	load -g PATH [...]						pages
 *	load -g PATH -i SECONDS [...]	one GET each, then hold them open
 *
 *	-p PORT [8080]  -c CONNECTIONS [64]  -d SECONDS [5]  -w WARM-UP [1]
 *	-n REQUESTS at most  -k CORE  -A MOMENT  -a ADDRESSES (sources)
 *
 * MERCHANTS and CARDS are files, one id or number a line.  Loopback only.
 * One line of JSON.  Exit 1 when a reply was not 200 or 201 (with -R: or 409).
 */
#include "common.h"
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <sched.h>
#include <stdbool.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

enum { ID = 13, REQUEST = 1024, REPLY = 16384, EVENTS = 512, STATUSES = 600 };

struct conn {
	int fd;
	char *request;		/* its own copy				*/
	size_t sent;		/* of the request			*/
	uint64_t since;		/* when it was sent; 0: not yet		*/
	size_t n;		/* bytes of the reply's head in "in"	*/
	size_t left;		/* bytes of the body still to come	*/
	int status;		/* 0: head not complete			*/
	bool want_out;
	char in[REPLY];
};

struct options {
	int port, connections, core, sources;
	double seconds, warm, idle;
	uint64_t most;
	const char *target, *token, *get, *at;
	struct list merchants, cards, promotions;
};

struct load {
	struct options o;
	int epoll;
	struct conn *conn;
	char request[REQUEST];
	size_t n_request, at_event, at_merchant, at_card, at_amount, at_promotion;
	struct uuid7 uuid;
	uint64_t seed, begin, end, done, lost, bytes;
	uint64_t status[STATUSES];
	bool said[STATUSES];	/* what the first of them was, on stderr	*/
	struct hist h;
};

/* ---- requests ------------------------------------------------------- */

/* A quoted word in a field of "width" + 1: JSON may hold spaces behind it. */
static void put_word(char *at, const char *word, size_t width)
{
	size_t n = strlen(word);

	memcpy(at, word, n);
	at[n] = '"';
	memset(at + n + 1, ' ', width - n);
}

static void put_digits(char *at, uint64_t v, int n)
{
	while (n-- > 0) {
		at[n] = (char)('0' + v % 10);
		v /= 10;
	}
}

/* Amounts have six digits, and the first may not be 0. */
static void patch(struct load *l, char *r)
{
	const struct options *o = &l->o;

	if (o->get)
		return;
	uuid7_put(r + l->at_event, &l->uuid);
	put_word(r + l->at_card, o->cards.v[random_below(&l->seed, o->cards.n)], o->cards.width);
	if (l->at_promotion) {
		size_t i = random_below(&l->seed, o->promotions.n);
		memcpy(r + l->at_promotion, o->promotions.v[i], ID);
		put_word(r + l->at_merchant, o->merchants.v[i % o->merchants.n],
		    o->merchants.width);
		return;
	}
	put_word(r + l->at_merchant, o->merchants.v[random_below(&l->seed, o->merchants.n)],
	    o->merchants.width);
	put_digits(r + l->at_amount, 100000 + 500 * random_below(&l->seed, 600), 6);
}

static size_t find(const struct load *l, const char *what)
{
	const char *p = strstr(l->request, what);

	return p ? (size_t)(p - l->request) + strlen(what) : 0;
}

static void make_purchase(struct load *l)
{
	const struct options *o = &l->o;
	char body[REQUEST / 2], slash[200];
	const char *festival = strchr(o->target, '/');
	int n = snprintf(body, sizeof body, "{\"event\":\"%36s\",\"merchant\":\"%*s,"
	    "\"card\":\"%*s,\"amount\":100000,\"method\":\"qris\",\"at\":\"%s\"}", "",
	    (int)o->merchants.width + 1, "", (int)o->cards.width + 1, "", o->at);

	if (!festival || !o->token || n < 0 || n >= (int)sizeof body)
		die("load: -T CITY/FESTIVAL and -t TOKEN are needed for purchases");
	snprintf(slash, sizeof slash, "/api/v1/cities/%.*s/festivals/%s/purchases",
	    (int)(festival - o->target), o->target, festival + 1);
	n = snprintf(l->request, sizeof l->request, "POST %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n"
	    "Authorization: Bearer %s\r\nContent-Type: application/json\r\n"
	    "Content-Length: %d\r\n\r\n%s", slash, o->port, o->token, n, body);
	if (n < 0 || n >= (int)sizeof l->request)
		die("load: the request is too long");
	l->at_event = find(l, "\"event\":\"");
	l->at_merchant = find(l, "\"merchant\":\"");
	l->at_card = find(l, "\"card\":\"");
	l->at_amount = find(l, "\"amount\":");
}

/* The list is in the order of the merchants: fill.c gave each its share. */
static void make_use(struct load *l)
{
	const struct options *o = &l->o;
	char body[REQUEST / 2];
	const char *festival = o->target ? strchr(o->target, '/') : NULL;
	int n = snprintf(body, sizeof body, "{\"event\":\"%36s\",\"merchant\":\"%*s,"
	    "\"card\":\"%*s}", "", (int)o->merchants.width + 1, "", (int)o->cards.width + 1, "");

	if (!festival || !o->token || n < 0 || n >= (int)sizeof body)
		die("load: -T CITY/FESTIVAL and -t TOKEN are needed for promotions");
	n = snprintf(l->request, sizeof l->request, "POST /api/v1/cities/%.*s/festivals/%s"
	    "/promotions/%*s/redeem HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n"
	    "Authorization: Bearer %s\r\nContent-Type: application/json\r\n"
	    "Content-Length: %d\r\n\r\n%s", (int)(festival - o->target), o->target, festival + 1,
	    ID, "", o->port, o->token, n, body);
	if (n < 0 || n >= (int)sizeof l->request)
		die("load: the request is too long");
	l->at_event = find(l, "\"event\":\"");
	l->at_merchant = find(l, "\"merchant\":\"");
	l->at_card = find(l, "\"card\":\"");
	l->at_promotion = find(l, "/promotions/");
}

static void make_request(struct load *l)
{
	if (l->o.promotions.n) {
		make_use(l);
	} else if (l->o.get) {
		int n = snprintf(l->request, sizeof l->request, "GET %s HTTP/1.1\r\n"
		    "Host: 127.0.0.1:%d\r\n\r\n", l->o.get, l->o.port);
		if (n < 0 || n >= (int)sizeof l->request)
			die("load: the path is too long");
	} else {
		make_purchase(l);
	}
	l->n_request = strlen(l->request);
}

/* ---- connections ---------------------------------------------------- */

static int dial(struct load *l, int i)
{
	struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons((uint16_t)l->o.port),
	    .sin_addr.s_addr = htonl(INADDR_LOOPBACK) }, from = { .sin_family = AF_INET };
	int one = 1, fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (fd < 0)
		die("load: no socket: %s", strerror(errno));
	if (l->o.sources > 1) {
		from.sin_addr.s_addr = htonl(INADDR_LOOPBACK + (uint32_t)(i % l->o.sources));
		setsockopt(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &one, sizeof one);
		if (bind(fd, (struct sockaddr *)&from, sizeof from) != 0)
			die("load: cannot bind: %s", strerror(errno));
	}
	if (connect(fd, (struct sockaddr *)&to, sizeof to) != 0)
		die("load: cannot connect to port %d: %s", l->o.port, strerror(errno));
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
	return fd;
}

static void watch(struct load *l, struct conn *c, int op)
{
	struct epoll_event e = { .events = EPOLLIN | (c->want_out ? EPOLLOUT : 0),
	    .data.ptr = c };

	if (epoll_ctl(l->epoll, op, c->fd, &e) != 0)
		die("load: epoll: %s", strerror(errno));
}

static void push(struct load *l, struct conn *c)
{
	ssize_t n = send(c->fd, c->request + c->sent, l->n_request - c->sent,
	    MSG_DONTWAIT | MSG_NOSIGNAL);
	bool rest;

	if (n > 0)
		c->sent += (size_t)n;
	rest = c->sent < l->n_request;
	if (rest != c->want_out) {
		c->want_out = rest;
		watch(l, c, EPOLL_CTL_MOD);
	}
}

static void ask(struct load *l, struct conn *c)
{
	patch(l, c->request);
	c->sent = c->n = c->left = 0;
	c->status = 0;
	c->since = now_ns();
	push(l, c);
}

static void dial_again(struct load *l, struct conn *c)
{
	l->lost++;
	close(c->fd);
	if (l->lost > 1000)
		die("load: the server closed 1,000 connections: given up");
	c->want_out = false;
	c->fd = dial(l, (int)(c - l->conn));
	watch(l, c, EPOLL_CTL_ADD);
	ask(l, c);
}

/* ---- replies -------------------------------------------------------- */

/* The value of Content-Length in a complete head. */
static size_t body_length(const char *head, size_t n)
{
	static const char name[] = "\r\ncontent-length:";
	size_t w = sizeof name - 1;

	for (size_t i = 0; i + w < n; i++)
		if (head[i] == '\r' && strncasecmp(head + i, name, w) == 0)
			return (size_t)atol(head + i + w);
	return 0;
}

static bool head_done(struct load *l, struct conn *c)
{
	const char *end = memmem(c->in, c->n, "\r\n\r\n", 4);

	if (!end) {
		if (c->n == sizeof c->in)
			die("load: a head of over %d bytes", REPLY);
		return false;
	}
	size_t head = (size_t)(end - c->in) + 4;
	c->status = c->n > 12 ? atoi(c->in + 9) : 0;
	if (c->status < 100 || c->status >= STATUSES)
		die("load: this is not HTTP: %.20s", c->in);
	size_t body = c->status == 304 || c->status == 204 ? 0 : body_length(c->in, head);
	if (c->n > head + body)
		die("load: more bytes than the reply should have (chunked?): %.*s", 300, c->in);
	c->left = head + body - c->n;
	l->bytes += head + body;
	return true;
}

static void count(struct load *l, const struct conn *c, uint64_t now)
{
	if (c->status != 200 && c->status != 201 && !(c->status == 409 && l->at_promotion) &&
	    !l->said[c->status])
		fprintf(stderr, "load: the first %d: %.*s\n", c->status,
		    (int)(c->n < 900 ? c->n : 900), c->in);
	l->said[c->status] = true;
	if (now < l->begin)
		return;
	l->status[c->status]++;
	l->done++;
	hist_add(&l->h, now - c->since);
}

/* True when the reply is complete. */
static bool pull(struct load *l, struct conn *c)
{
	char sink[REPLY];
	ssize_t n = c->status ? recv(c->fd, sink, sizeof sink, MSG_DONTWAIT)
	    : recv(c->fd, c->in + c->n, sizeof c->in - c->n, MSG_DONTWAIT);

	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return false;
	if (n <= 0) {
		dial_again(l, c);
		return false;
	}
	if (c->status) {
		if ((size_t)n > c->left)
			die("load: a body longer than it said");
		c->left -= (size_t)n;
		return c->left == 0;
	}
	c->n += (size_t)n;
	return head_done(l, c) && c->left == 0;
}

/* ---- the run -------------------------------------------------------- */

static void turn(struct load *l, bool again)
{
	struct epoll_event e[EVENTS];
	int n = epoll_wait(l->epoll, e, EVENTS, 100);

	for (int i = 0; i < n; i++) {
		struct conn *c = e[i].data.ptr;

		if (c->want_out && (e[i].events & EPOLLOUT))
			push(l, c);
		if (!(e[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR)) || !pull(l, c))
			continue;
		count(l, c, now_ns());
		if (again)
			ask(l, c);
	}
}

static void open_all(struct load *l)
{
	l->epoll = epoll_create1(EPOLL_CLOEXEC);
	l->conn = calloc((size_t)l->o.connections, sizeof *l->conn);
	char *requests = calloc((size_t)l->o.connections, l->n_request);
	if (!l->conn || !requests)
		die("load: no memory");
	for (int i = 0; i < l->o.connections; i++) {
		struct conn *c = &l->conn[i];

		c->request = requests + (size_t)i * l->n_request;
		memcpy(c->request, l->request, l->n_request);
		c->fd = dial(l, i);
		watch(l, c, EPOLL_CTL_ADD);
	}
}

static void report(const struct load *l, double seconds)
{
	bool first = true;

	printf("{\"connections\": %d, \"requests\": %llu, \"seconds\": %.3f, "
	    "\"per_second\": %.1f, \"p50_us\": %.1f, \"p90_us\": %.1f, \"p99_us\": %.1f, "
	    "\"max_us\": %.1f, \"lost\": %llu, \"bytes\": %llu, \"cpu_us\": %.2f, \"status\": {",
	    l->o.connections, (unsigned long long)l->done, seconds, (double)l->done / seconds,
	    hist_us(&l->h, 0.5), hist_us(&l->h, 0.9), hist_us(&l->h, 0.99),
	    (double)l->h.max / 1e3, (unsigned long long)l->lost, (unsigned long long)l->bytes,
	    l->done ? cpu_us() / (double)l->done : 0);
	for (int i = 0; i < STATUSES; i++)
		if (l->status[i]) {
			printf("%s\"%d\": %llu", first ? "" : ", ", i,
			    (unsigned long long)l->status[i]);
			first = false;
		}
	printf("}}\n");
	fflush(stdout);
}

static void run_closed(struct load *l)
{
	uint64_t start = now_ns(), now;

	l->begin = start + (uint64_t)(l->o.warm * 1e9);
	l->end = l->begin + (uint64_t)(l->o.seconds * 1e9);
	for (int i = 0; i < l->o.connections; i++)
		ask(l, &l->conn[i]);
	while ((now = now_ns()) < l->end && l->done < l->o.most)
		turn(l, true);
	report(l, (double)(now - l->begin) / 1e9);
}

/* One GET each, a few at a time; then say "open", and hold them. */
static void run_idle(struct load *l)
{
	uint64_t asked = 0, end, n = (uint64_t)l->o.connections;

	end = now_ns() + UINT64_C(60000000000);
	while (l->done < n && now_ns() < end) {
		for (; asked < n && asked - l->done < 64; asked++)
			ask(l, &l->conn[asked]);
		turn(l, false);
	}
	printf("{\"open\": %llu}\n", (unsigned long long)l->done);
	fflush(stdout);
	end = now_ns() + (uint64_t)(l->o.idle * 1e9);
	uint64_t closed = 0;
	for (uint64_t now; (now = now_ns()) < end;) {
		struct epoll_event e[EVENTS];
		int k = epoll_wait(l->epoll, e, EVENTS, (int)((end - now) / 1000000) + 1);

		for (int i = 0; i < k; i++, closed++)
			epoll_ctl(l->epoll, EPOLL_CTL_DEL,
			    ((struct conn *)e[i].data.ptr)->fd, NULL);
	}
	printf("{\"held\": %llu, \"closed\": %llu}\n", (unsigned long long)(l->done - closed),
	    (unsigned long long)closed);
}

static bool option_text(struct options *o, int opt, char *arg)
{
	switch (opt) {
	case 'T': o->target = arg; return true;
	case 't': o->token = arg; return true;
	case 'g': o->get = arg; return true;
	case 'A': o->at = arg; return true;
	case 'm': read_list(&o->merchants, arg); return true;
	case 'C': read_list(&o->cards, arg); return true;
	case 'R': read_list(&o->promotions, arg); return true;
	default: return false;
	}
}

static bool option(struct options *o, int opt, char *arg)
{
	switch (opt) {
	case 'p': o->port = atoi(arg); return true;
	case 'c': o->connections = atoi(arg); return true;
	case 'd': o->seconds = atof(arg); return true;
	case 'w': o->warm = atof(arg); return true;
	case 'i': o->idle = atof(arg); return true;
	case 'n': o->most = strtoull(arg, NULL, 10); return true;
	case 'k': o->core = atoi(arg); return true;
	case 'a': o->sources = atoi(arg); return true;
	default: return option_text(o, opt, arg);
	}
}

static void prepare(const struct options *o)
{
	struct rlimit r;

	if (o->connections < 1 || (!o->get && (o->merchants.n == 0 || o->cards.n == 0)))
		die("use: load -g PATH | -T CITY/FESTIVAL -t TOKEN -m FILE -C FILE ...");
	if (getrlimit(RLIMIT_NOFILE, &r) == 0) {
		r.rlim_cur = r.rlim_max;
		setrlimit(RLIMIT_NOFILE, &r);
	}
	if (o->core >= 0) {
		cpu_set_t cores;
		CPU_ZERO(&cores);
		CPU_SET((unsigned)o->core, &cores);
		if (sched_setaffinity(0, sizeof cores, &cores) != 0)
			die("load: no core %d", o->core);
	}
}

int main(int argc, char **argv)
{
	static struct load l = { .o = { .port = 8080, .connections = 64, .core = -1,
	    .sources = 1, .seconds = 5, .warm = 1, .idle = -1, .most = UINT64_MAX,
	    .at = "2021-10-18T14:05:00+07:00" } };
	int opt;

	while ((opt = getopt(argc, argv, "p:c:d:w:i:n:k:a:T:t:g:A:m:C:R:")) != -1)
		if (!option(&l.o, opt, optarg))
			return 2;
	prepare(&l.o);
	l.seed = now_ns();
	l.uuid.seed = l.seed ^ 0x5555555555555555u;
	make_request(&l);
	open_all(&l);
	if (l.o.idle >= 0)
		run_idle(&l);
	else
		run_closed(&l);
	uint64_t good = l.status[200] + l.status[201] + (l.at_promotion ? l.status[409] : 0);
	return good == l.done ? 0 : 1;
}
