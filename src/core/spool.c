#include "core/spool.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define CHUNK	65536

struct spool {
	struct arena *a;
	const char *path, *part;
	int fd, failed;		/* failed: errno of the first failure	*/
	bool done;
	size_t n;
	char chunk[CHUNK];
};

static err refused(struct spool *s)
{
	return ERR(s->a, ERR_INVALID, "file-write",
	    .arg = { str_of(s->path), str_of(strerror(s->failed)) });
}

err spool_open(struct spool **out, struct arena *a, const char *path)
{
	struct spool *s = NEW(a, struct spool);

	s->a = a;
	s->path = path;
	s->part = arena_printf(a, "%s.part-%d", path, (int)getpid()).p;
	s->fd = open(s->part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (s->fd < 0) {
		s->failed = errno;
		return refused(s);
	}
	*out = s;
	return NULL;
}

static void flush(struct spool *s)
{
	for (size_t at = 0; at < s->n && !s->failed;) {
		ssize_t n = write(s->fd, s->chunk + at, s->n - at);
		if (n > 0)
			at += (size_t)n;
		else if (errno != EINTR)
			s->failed = n < 0 ? errno : EIO;
	}
	s->n = 0;
}

void spool_put(struct spool *s, str bytes)
{
	while (bytes.n && !s->failed) {
		size_t n = bytes.n < CHUNK - s->n ? bytes.n : CHUNK - s->n;
		memcpy(s->chunk + s->n, bytes.p, n);
		s->n += n;
		bytes = str_sub(bytes, n, bytes.n);
		if (s->n == CHUNK)
			flush(s);
	}
}

static bool put(void *ctx, str bytes)
{
	struct spool *s = ctx;

	spool_put(s, bytes);
	return !s->failed;
}

struct pdf_sink spool_sink(struct spool *s)
{
	return (struct pdf_sink){ put, s };
}

err spool_done(struct spool *s)
{
	flush(s);
	if (!s->failed && (fsync(s->fd) || rename(s->part, s->path)))
		s->failed = errno;
	if (s->failed)
		return refused(s);
	s->done = true;
	return NULL;
}

void spool_close(struct spool **pp)
{
	struct spool *s = *pp;

	if (!s)
		return;
	close(s->fd);
	if (!s->done)
		unlink(s->part);
	*pp = NULL;
}
