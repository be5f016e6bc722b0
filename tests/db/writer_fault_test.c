/* A writer in a process of its own: killed, or out of disk. */
#include "tests/db/job.h"
#include "tests/tap.h"

#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static char dir[] = "/tmp/laris-fault-XXXXXX";
static struct arena *a;

static const char *path(const char *name)
{
	return arena_printf(a, "%s/%s", dir, name).p;
}

static int child_load(const char *file)
{
	struct writer *w = NULL;

	if (writer_open(&w, a, file, &(struct writer_options){ 0 }))
		return 1;
	for (int64_t i = 0;; i++) {
		struct job j = job(a, 1, i, FINE);
		if (writer_call(w, &j.c) || write(1, &i, sizeof i) != sizeof i)
			return 1;
	}
}

static rlim_t limit(rlim_t most)
{
	struct rlimit r;

	getrlimit(RLIMIT_FSIZE, &r);
	rlim_t was = r.rlim_cur;
	r.rlim_cur = most;
	setrlimit(RLIMIT_FSIZE, &r);
	return was;
}

static int child_full(const char *file)
{
	struct writer *w = NULL;
	int64_t kept = 0;
	err e = NULL;

	signal(SIGXFSZ, SIG_IGN);
	if (writer_open(&w, a, file, &(struct writer_options){ 0 }))
		return 1;
	rlim_t was = limit(1 << 20);
	for (int64_t i = 0; !e && i < 1000; i++) {
		struct job j = job(a, 1, i, FINE);
		j.size = 30000;
		e = writer_call(w, &j.c);
		kept += !e;
	}
	ok(job_err(e, ERR_FULL, "disk-full"), "the disk is full");
	ok(kept > 5, "it took %lld changes", (long long)kept);
	struct job small = job(a, 1, 5000, FINE), big = job(a, 1, 5001, FINE);
	struct job next = job(a, 1, 5002, FINE);
	big.size = next.size = 30000;
	/* A checkpoint may have made room in the log meanwhile. */
	err again = writer_call(w, &next.c);
	ok(!again || job_err(again, ERR_FULL, "disk-full"), "the next is kept or refused");
	limit(was);
	ok(!writer_call(w, &small.c) && !writer_call(w, &big.c),
	    "when there is room it goes on");
	writer_close(&w);
	ok(job_rows(a, file, 1, 0, 1000) == kept && job_rows(a, file, 1, 5000, 5003) == 2 + !again,
	    "what was promised is there, what was refused is not");
	ok(job_sound(a, file), "sound");
	return done();
}

static char *mine(const char *s)
{
	size_t n = strlen(s) + 1;

	return memcpy(arena_bytes(a, n), s, n);
}

static pid_t spawn(const char *me, const char *what, const char *file, int out)
{
	extern char **environ;
	char *args[] = { mine(me), mine(what), mine(file), NULL };
	posix_spawn_file_actions_t fa;
	pid_t pid;

	posix_spawn_file_actions_init(&fa);
	posix_spawn_file_actions_adddup2(&fa, out, 1);
	if (posix_spawn(&pid, me, &fa, NULL, args, environ) != 0)
		pid = -1;
	posix_spawn_file_actions_destroy(&fa);
	return pid;
}

static void test_kill(const char *me)
{
	const char *file = path("kill.db");
	int p[2], status;
	int64_t id = -1, acked = -1;

	ok(job_file(a, file) && pipe(p) == 0, "a database for a child");
	pid_t pid = spawn(me, "load", file, p[1]);
	ok(pid > 0, "the child runs");
	close(p[1]);
	while (acked < 300 && read(p[0], &id, sizeof id) == sizeof id)
		acked = id;
	kill(pid, SIGKILL);
	while (read(p[0], &id, sizeof id) == sizeof id)
		acked = id;
	close(p[0]);
	ok(waitpid(pid, &status, 0) == pid && WIFSIGNALED(status) &&
	    acked >= 300, "killed after %lld answers", (long long)acked);
	ok(job_rows(a, file, 1, 0, acked + 1) == acked + 1,
	    "every answered change is there");
	ok(job_sound(a, file), "sound");
}

static void test_full(const char *me)
{
	const char *file = path("full.db");
	int p[2], status;
	char line[256];

	ok(job_file(a, file) && pipe(p) == 0, "a database on a small disk");
	pid_t pid = spawn(me, "full", file, p[1]);
	close(p[1]);
	FILE *f = fdopen(p[0], "r");
	while (f && fgets(line, sizeof line, f))
		printf("# %s", line);
	if (f)
		fclose(f);
	ok(pid > 0 && waitpid(pid, &status, 0) == pid && WIFEXITED(status) &&
	    WEXITSTATUS(status) == 0, "full, refused, and on again");
}

int main(int argc, char **argv)
{
	a = arena_new();
	log_level_set(LOG_SILENT);
	if (argc == 3 && strcmp(argv[1], "load") == 0)
		return child_load(argv[2]);
	if (argc == 3 && strcmp(argv[1], "full") == 0)
		return child_full(argv[2]);
	if (!mkdtemp(dir))
		return 1;
	test_kill(argv[0]);
	test_full(argv[0]);
	ok(system(arena_printf(a, "rm -rf %s", dir).p) == 0, "cleaned up");
	arena_free(&a);
	return done();
}
