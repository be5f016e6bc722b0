/* The same over TLS, with a certificate made for this test. */
#include "client.h"
#include "tap.h"
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#ifndef __has_feature
#define __has_feature(x) 0
#endif
#if defined(__SANITIZE_THREAD__) || __has_feature(thread_sanitizer)
#define TSAN 1	/* it cannot see into the TLS library */
#else
#define TSAN 0
#endif

extern char **environ;

static void handle(void *loop, struct http_x *x)
{
	const struct http_request *q = http_request(x);
	struct http_reply r = { .status = 200, .type = "text/plain" };

	(void)loop;
	r.body = arena_printf(q->a, "%.*s tls=%d %zu", SV(q->path), q->tls, q->body.n);
	if (str_eq(q->path, S("/big"))) {
		size_t n = (size_t)1 << 20;
		char *p = arena_bytes(q->a, n);

		memset(p, 'b', n);
		r.body = (str){ p, n };
	}
	http_reply(x, &r);
}

/* openssl with these words; its input and output, or none. */
static pid_t openssl(char **words, int in, int out)
{
	posix_spawn_file_actions_t f;
	pid_t pid;

	posix_spawn_file_actions_init(&f);
	posix_spawn_file_actions_adddup2(&f, in, 0);
	posix_spawn_file_actions_adddup2(&f, out, 1);
	posix_spawn_file_actions_addopen(&f, 2, "/dev/null", O_WRONLY, 0);
	if (posix_spawnp(&pid, "openssl", &f, NULL, words, environ) != 0)
		pid = -1;
	posix_spawn_file_actions_destroy(&f);
	return pid;
}

static bool make_certificate(char *key, char *cert)
{
	char *words[] = { "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
		"ec_paramgen_curve:P-256", "-nodes", "-keyout", key, "-out", cert, "-subj",
		"/CN=localhost", "-days", "2", NULL };
	int null = open("/dev/null", O_RDWR | O_CLOEXEC), status = -1;
	pid_t pid = openssl(words, null, null);

	if (pid > 0)
		waitpid(pid, &status, 0);
	close(null);
	return status == 0;
}

/* What a TLS client hears to this request. */
static str ask_tls(struct arena *a, int port, str request, char *version)
{
	char where[32];
	char *words[] = { "openssl", "s_client", "-quiet", "-connect", where, version, NULL };
	int in[2], out[2];
	struct buf b = BUF(a, (size_t)4 << 20);
	ssize_t n;
	char some[65536];

	snprintf(where, sizeof where, "127.0.0.1:%d", port);
	CHECK(pipe2(in, O_CLOEXEC) == 0 && pipe2(out, O_CLOEXEC) == 0);
	pid_t pid = openssl(words, in[0], out[1]);
	CHECK(pid > 0);
	close(in[0]);
	close(out[1]);
	for (str s = request; s.n && (n = write(in[1], s.p, s.n)) > 0; )
		s = str_sub(s, (size_t)n, SIZE_MAX);
	while ((n = read(out[0], some, sizeof some)) > 0)
		buf_put(&b, some, (size_t)n);
	close(in[1]);
	close(out[0]);
	waitpid(pid, NULL, 0);
	return buf_done(&b);
}

static void spoken(struct arena *a, int port)
{
	str h = ask_tls(a, port,
	    S("GET /a HTTP/1.1\r\nHost: x\r\n\r\n"
	      "POST /b HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nConnection: "
	      "close\r\n\r\nhello"),
	    NULL);

	ok(str_find(h, S("/a tls=1 0")) != SIZE_MAX && str_find(h, S("/b tls=1 5")) != SIZE_MAX,
	    "two requests over TLS");
	h = ask_tls(
	    a, port, S("GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"), "-tls1_2");
	ok(str_find(h, S("/a tls=1")) != SIZE_MAX, "TLS 1.2");
	h = ask_tls(
	    a, port, S("GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"), "-tls1_1");
	ok(h.n == 0, "TLS 1.1 is refused");
	h = ask_tls(a, port, S("GET /big HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"), NULL);
	ok(h.n > (1 << 20) && str_ends(h, S("bbbb")), "a megabyte over TLS");
	h = ask_tls(
	    a, port, S("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9999999\r\n\r\n"), NULL);
	ok(str_starts(h, S("HTTP/1.1 413 ")), "a refusal over TLS");
	int fd = dial(port);
	SAY(fd, "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
	ok(ends(fd, PATIENCE), "plain HTTP on the TLS port ends");
	close(fd);
	fd = dial(port);
	ok(ends(fd, PATIENCE), "a handshake that never begins ends");
	close(fd);
}

static void not_started(struct arena *a, char *key, char *cert)
{
	struct http_server *s;
	struct http_options o = { .listen = "127.0.0.1:0", .loops = 2, .handle = handle,
		.tls_cert = cert, .tls_key = "/nowhere/key.pem" };
	err e = http_start(&s, a, &o);

	ok(e && !s && !strcmp(e->rule, "tls-file"), "no key, no server");
	o.tls_key = cert;
	e = http_start(&s, a, &o);
	ok(e && !s && !strcmp(e->rule, "server-start"), "a certificate is no key");
	o.tls_cert = key;
	o.tls_key = key;
	e = http_start(&s, a, &o);
	ok(e && !s, "a key is no certificate");
}

int main(void)
{
	char folder[] = "/tmp/laris-tls-XXXXXX";
	struct arena *a = arena_new();
	struct http_server *s;

	if (TSAN) {
		printf("1..0 # SKIP the TLS library is not built for the thread sanitizer\n");
		return 0;
	}
	CHECK(mkdtemp(folder));
	char *key = (char *)(uintptr_t)arena_printf(a, "%s/key.pem", folder).p;
	char *cert = (char *)(uintptr_t)arena_printf(a, "%s/cert.pem", folder).p;
	CHECK(make_certificate(key, cert));
	struct http_options o = { .listen = "127.0.0.1:0", .loops = 2, .handle = handle,
		.tls_cert = cert, .tls_key = key, .limits = { .header_s = 1 } };
	err e = http_start(&s, a, &o);
	ok(!e, "a server with TLS");
	if (!e)
		spoken(a, http_port(s));
	http_stop(&s);
	not_started(a, key, cert);
	unlink(key);
	unlink(cert);
	rmdir(folder);
	arena_free(&a);
	return done();
}
