#include "mod/draw/verify/internal.h"
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

void fd_close(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

enum why file_why(enum file_state s)
{
	switch (s) {
	case FILE_MISSING:
		return WHY_MISSING;
	case FILE_NOT_PLAIN:
		return WHY_NOT_PLAIN;
	case FILE_TOO_LARGE:
		return WHY_TOO_LARGE;
	case FILE_OK:
	case FILE_ERROR:
		break;
	}
	return WHY_READ;
}

static enum file_state open_error(void)
{
	switch (errno) {
	case ENOENT:
		return FILE_MISSING;
	case ELOOP:
	case ENOTDIR:
	case ENXIO:
		return FILE_NOT_PLAIN;
	default:
		return FILE_ERROR;
	}
}

/* No piece of the way may be a link: O_NOFOLLOW guards only the last. */
static int walk_to(int dir, str *name)
{
	int at = fcntl(dir, F_DUPFD_CLOEXEC, 0);
	size_t slash;

	while (at >= 0 && (slash = str_find(*name, S("/"))) != SIZE_MAX) {
		char piece[256];
		int next;
		snprintf(piece, sizeof piece, "%.*s", SV(str_sub(*name, 0, slash)));
		next = openat(at, piece, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
		fd_close(&at);
		at = next;
		*name = str_sub(*name, slash + 1, name->n);
	}
	return at;
}

enum file_state file_open(int dir, str name, uint64_t max, int *fd, uint64_t *size)
{
	CLEANUP(fd_close) int at = walk_to(dir, &name);
	char last[256];
	struct stat st;

	*fd = -1;
	if (at < 0)
		return open_error();
	snprintf(last, sizeof last, "%.*s", SV(name));
	*fd = openat(at, last, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	if (*fd < 0)
		return open_error();
	if (fstat(*fd, &st) || !S_ISREG(st.st_mode) || (uint64_t)st.st_size > max) {
		bool large = S_ISREG(st.st_mode);
		fd_close(fd);
		return large ? FILE_TOO_LARGE : FILE_NOT_PLAIN;
	}
	*size = (uint64_t)st.st_size;
	return FILE_OK;
}

bool read_at(int fd, void *to, size_t n, uint64_t at)
{
	char *p = to;

	while (n) {
		ssize_t got = pread(fd, p, n, (off_t)at);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return false;
		p += got;
		at += (uint64_t)got;
		n -= (size_t)got;
	}
	return true;
}

enum file_state file_read(struct arena *a, int dir, str name, uint64_t max, str *bytes)
{
	CLEANUP(fd_close) int fd = -1;
	uint64_t size;
	enum file_state s = file_open(dir, name, max, &fd, &size);
	char *p;

	if (s != FILE_OK)
		return s;
	p = arena_bytes(a, size + 1);
	if (!read_at(fd, p, size, 0))
		return FILE_ERROR;
	*bytes = (str){ p, size };
	return FILE_OK;
}

enum file_state file_hash(const struct check *c, str name, struct hash *h)
{
	CLEANUP(fd_close) int fd = -1;
	char p[1 << 16];
	uint64_t size, at = 0;
	enum file_state s = file_open(c->dir, name, UINT64_MAX, &fd, &size);
	struct sha256_stream *sum;

	if (s != FILE_OK)
		return s;
	sum = sha256_open();
	while (at < size) {
		size_t n = size - at < sizeof p ? (size_t)(size - at) : sizeof p;
		if (!read_at(fd, p, n, at)) {
			s = FILE_ERROR;
			break;
		}
		sha256_add(sum, p, n);
		at += n;
	}
	sha256_close(&sum, h);
	return s;
}

bool file_exists(const struct check *c, str name)
{
	char path[256];
	struct stat st;

	snprintf(path, sizeof path, "%.*s", SV(name));
	return fstatat(c->dir, path, &st, AT_SYMLINK_NOFOLLOW) == 0;
}
