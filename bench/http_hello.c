/*
 * http_hello.c - the HTTP layer alone: one made reply, no database.  What
 * src/http itself costs is measured against raw_epoll.c and nginx with it.
 *
 *	http_hello PORT FILE [LOOPS]	every request gets the bytes of FILE
 */
#include "http/http.h"
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

enum { PAGE_MAX = 1 << 20 };

static void handle(void *page, struct http_x *x)
{
	http_reply_ready(x, page);
}

static struct http_ready *read_page(const char *path)
{
	static char page[PAGE_MAX];
	struct http_reply r = { .status = 200, .type = "text/html; charset=utf-8",
		.body_static = true };
	FILE *f = fopen(path, "r");

	if (!f)
		panic("cannot read %s", path);
	r.body = (str){ page, fread(page, 1, sizeof page, f) };
	fclose(f);
	return http_ready_new(&r);
}

int main(int n, char **word)
{
	if (n < 3)
		panic("usage: http_hello PORT FILE [LOOPS]");
	struct arena *a = arena_new();
	struct http_ready *page = read_page(word[2]);
	struct http_options o = { .listen = arena_printf(a, "127.0.0.1:%s", word[1]).p,
		.loops = n > 3 ? atoi(word[3]) : 1, .handle = handle, .ctx = page };
	struct http_server *s;
	sigset_t set;
	int sig;

	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	sigprocmask(SIG_BLOCK, &set, NULL);
	err e = http_start(&s, a, &o);
	if (e)
		panic("%s: %.*s", e->rule, SV(e->log));
	sigwait(&set, &sig);
	http_stop(&s);
	http_ready_free(&page);
	arena_free(&a);
	return 0;
}
