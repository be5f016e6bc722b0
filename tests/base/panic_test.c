#include "base/base.h"
#include "tap.h"
#include <string.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

/* What a function says on standard error, and how its process ends. */
static str said(char *to, size_t max, void (*fn)(void), int *status)
{
	int p[2];
	size_t n = 0;
	ssize_t got;

	CHECK(pipe(p) == 0);
	fflush(stdout);
	pid_t child = fork();
	CHECK(child >= 0);
	if (child == 0) {
		signal(SIGABRT, SIG_DFL);
		dup2(p[1], STDERR_FILENO);
		fn();
		_exit(0);
	}
	close(p[1]);
	while (n < max && (got = read(p[0], to + n, max - n)) > 0)
		n += (size_t)got;
	close(p[0]);
	CHECK(waitpid(child, status, 0) == child);
	return (str){ to, n };
}

static void plain(void) { panic("number %d", 42); }
static void check(void) { CHECK(1 + 1 == 3); }
static void fine(void) { CHECK(1 + 1 == 2); }
static void lengthy(void) { panic("%01000d", 7); }
static void array(void)
{
	struct arena *a = arena_new();
	NEWN(a, int64_t, SIZE_MAX / 4);
}
static void bytes(void)
{
	struct arena *a = arena_new();
	arena_bytes(a, SIZE_MAX - 8);
}
static void unaligned(void)
{
	struct arena *a = arena_new();
	arena_alloc(a, 1, 3);
}
static void overaligned(void)
{
	struct arena *a = arena_new();
	arena_alloc(a, 1, 32);
}
static void below(void)
{
	struct prng r;
	prng_seed(&r, 1);
	prng_below(&r, 0);
}

static void log_fine(void) { log_line(LOG_INFO, "listening", "port=%d", 8080); }
static void log_debug(void) { log_line(LOG_DEBUG, "quiet", "x=%d", 1); }
static void log_all(void)
{
	log_level_set(LOG_DEBUG);
	log_line(LOG_DEBUG, "loud", NULL);
}
static void log_none(void)
{
	log_level_set(LOG_SILENT);
	log_line(LOG_ERROR, "hush", NULL);
}
static void log_forged(void)
{
	log_line(LOG_WARN, "say \"hi\"\\\n", "name=%s", "x\nts=2021 level=error\x1b[31m");
}
static void log_lengthy(void)
{
	log_line(LOG_WARN, "long", "x=%05000d", 1);
	log_line(LOG_WARN, "next", NULL);
}

static void panics(void)
{
	char out[4096];
	int st;

	str s = said(out, sizeof out, plain, &st);
	ok(WIFSIGNALED(st) && WTERMSIG(st) == SIGABRT, "panic aborts");
	ok(str_find(s, S("panic_test.c:")) != SIZE_MAX && str_ends(s, S(": number 42\n")),
	    "and says where and what");
	s = said(out, sizeof out, check, &st);
	ok(WIFSIGNALED(st) && str_find(s, S("not so: 1 + 1 == 3")) != SIZE_MAX, "CHECK");
	said(out, sizeof out, fine, &st);
	ok(WIFEXITED(st) && WEXITSTATUS(st) == 0, "CHECK of what is true goes on");
	s = said(out, sizeof out, lengthy, &st);
	ok(WIFSIGNALED(st) && str_ends(s, S("\n")) && s.n <= 512, "a long one is cut");
	said(out, sizeof out, array, &st);
	ok(WIFSIGNALED(st), "an array whose size overflows");
	said(out, sizeof out, bytes, &st);
	ok(WIFSIGNALED(st), "a size nobody can mean");
	said(out, sizeof out, unaligned, &st);
	ok(WIFSIGNALED(st), "an alignment that is no power of two");
	said(out, sizeof out, overaligned, &st);
	ok(WIFSIGNALED(st), "an alignment over 16");
	said(out, sizeof out, below, &st);
	ok(WIFSIGNALED(st), "a number below 0");
}

static size_t lines(str s)
{
	str piece;
	size_t n = 0;

	while (str_take(&s, '\n', &piece))
		n++;
	return n;
}

static void logs(void)
{
	char out[8192];
	int st;
	int64_t at;

	str s = said(out, sizeof out, log_fine, &st);
	ok(str_starts(s, S("ts=")) && time_parse_rfc3339(str_sub(s, 3, 24), &at) &&
	    time_now() - at < HOUR, "a line begins with the time, UTC");
	ok(str_find(s, S(" level=info at=panic_test.c:")) != SIZE_MAX &&
	    str_ends(s, S(" msg=\"listening\" port=8080\n")), "level, place, message, the rest");
	ok(said(out, sizeof out, log_debug, &st).n == 0, "debug is off from the start");
	s = said(out, sizeof out, log_all, &st);
	ok(str_ends(s, S(" msg=\"loud\"\n")), "and can be on; nothing but a message is fine");
	ok(said(out, sizeof out, log_none, &st).n == 0, "or all is silent");
	s = said(out, sizeof out, log_forged, &st);
	ok(lines(s) == 1 && str_find(s, S("\x1b")) == SIZE_MAX,
	    "no line and no colour can be forged");
	ok(str_find(s, S("msg=\"say \\\"hi\\\"\\\\")) != SIZE_MAX, "quotes are escaped");
	s = said(out, sizeof out, log_lengthy, &st);
	ok(lines(s) == 2 && str_ends(s, S("msg=\"next\"\n")), "a long line is cut and ended");
}

int main(void)
{
	panics();
	logs();
	return done();
}
