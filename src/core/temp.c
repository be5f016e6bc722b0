#include "core/temp.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static err failed(struct arena *a)
{
	return ERR(a, ERR_INTERNAL, "temp-file", .log = str_of(strerror(errno)));
}

static void close_fd(int *fd)
{
	if (*fd >= 0)
		close(*fd);
}

err temp_name(struct temp *t, struct arena *a)
{
	const char *dir = getenv("TMPDIR");
	char *path = (char *)(uintptr_t)arena_printf(a, "%s/laris-XXXXXX",
	    dir && *dir ? dir : "/tmp").p;
	CLEANUP(close_fd) int fd = mkostemp(path, O_CLOEXEC);

	if (fd < 0)
		return failed(a);
	t->path = path;
	return NULL;
}

err temp_open(const struct temp *t, struct arena *a, int *fd, int64_t *n)
{
	struct stat st;

	*fd = open(t->path, O_RDONLY | O_CLOEXEC);
	if (*fd < 0 || fstat(*fd, &st)) {
		err e = failed(a);
		close_fd(fd);
		return e;
	}
	*n = st.st_size;
	return NULL;
}

err temp_read(const struct temp *t, struct arena *a, size_t max, str *out)
{
	CLEANUP(close_fd) int fd = -1;
	int64_t n;
	size_t at = 0;

	TRY(temp_open(t, a, &fd, &n));
	if (n < 0 || (size_t)n > max)
		return ERR(a, ERR_INTERNAL, "temp-file", .log = S("larger than it may be"));
	char *p = arena_bytes(a, (size_t)n + 1);
	while (at < (size_t)n) {
		ssize_t got = read(fd, p + at, (size_t)n - at);
		if (got <= 0)
			return failed(a);
		at += (size_t)got;
	}
	*out = (str){ p, at };
	return NULL;
}

void temp_close(struct temp *t)
{
	if (t->path)
		unlink(t->path);
	t->path = NULL;
}
