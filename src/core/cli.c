#include "core/cli.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum lang cli_lang(void)
{
	const char *lang = getenv("LANG");

	return lang && !strncmp(lang, "en", 2) ? LANG_EN : LANG_ID;
}

int cli_usage(const struct cli_args *x)
{
	fprintf(stderr, "usage: laris [--db PATH] %s %s\n", x->command->name, x->command->usage);
	return CLI_USAGE;
}

int cli_result(const struct cli_args *x, err e)
{
	if (!e)
		return CLI_DONE;
	const char *lang = getenv("LANG");
	enum lang l = lang && !strncmp(lang, "id", 2) ? LANG_ID : LANG_EN;
	str say = err_text(x->a, l, e);
	fprintf(stderr, "laris: %.*s [%s]\n", SV(say), e->rule);
	if (e->log.n)
		fprintf(stderr, "laris: %s: %.*s\n", e->where, SV(e->log));
	return CLI_REFUSED;
}

static void drop(struct cli_args *x, int i, int n)
{
	for (int k = i; k + n < x->argc; k++)
		x->argv[k] = x->argv[k + n];
	x->argc -= n;
}

const char *cli_option(struct cli_args *x, const char *name)
{
	size_t n = strlen(name);

	for (int i = 0; i < x->argc; i++) {
		char *w = x->argv[i];
		if (strncmp(w, "--", 2) || strncmp(w + 2, name, n))
			continue;
		if (w[2 + n] == '=') {
			drop(x, i, 1);
			return w + 2 + n + 1;
		}
		if (!w[2 + n] && i + 1 < x->argc) {
			char *v = x->argv[i + 1];
			drop(x, i, 2);
			return v;
		}
	}
	return NULL;
}

bool cli_flag(struct cli_args *x, const char *name)
{
	for (int i = 0; i < x->argc; i++)
		if (!strncmp(x->argv[i], "--", 2) && !strcmp(x->argv[i] + 2, name)) {
			drop(x, i, 1);
			return true;
		}
	return false;
}

str cli_word(const struct cli_args *x, int i)
{
	return i < x->argc ? str_of(x->argv[i]) : (str){ 0 };
}

bool cli_words(const struct cli_args *x, int min, int max)
{
	for (int i = 0; i < x->argc; i++)
		if (!strncmp(x->argv[i], "--", 2))
			return false;
	return x->argc >= min && x->argc <= max;
}

err cli_read(struct cli_args *x, struct db **db)
{
	TRY(db_open(db, x->a, x->db_path, DB_READ));
	return db_migrated(*db, x->app->migrations, x->app->n_migrations);
}

err cli_change(struct cli_args *x, cli_fn *fn, void *ctx)
{
	CLEANUP(db_close) struct db *db = NULL;
	CLEANUP(db_close) struct db *probe = NULL;

	TRY(cli_read(x, &probe));
	TRY(db_open(&db, x->a, x->db_path, DB_WRITE));
	DB_TX(tx, db);
	TRY(fn(x, &tx.tx, ctx));
	return db_tx_commit(&tx);
}

err cli_city(struct cli_args *x, struct db *db, int i, struct city *city)
{
	return city_find(db, cli_word(x, i), city);
}

static err read_all(struct cli_args *x, int fd, size_t max, str *out)
{
	struct buf b = BUF(x->a, max);
	char piece[65536];

	for (ssize_t n; (n = read(fd, piece, sizeof piece)) != 0;) {
		if (n < 0)
			return ERR(x->a, ERR_INVALID, "file-read",
			    .arg = { str_of(strerror(errno)) });
		buf_put(&b, piece, (size_t)n);
	}
	if (b.full)
		return ERR(x->a, ERR_INVALID, "file-large");
	*out = buf_done(&b);
	return NULL;
}

err cli_stdin(struct cli_args *x, size_t max, str *out)
{
	TRY(read_all(x, STDIN_FILENO, max, out));
	if (out->n && out->p[out->n - 1] == '\n')
		out->n--;
	return NULL;
}

static void close_fd(int *fd)
{
	if (*fd >= 0)
		close(*fd);
}

err cli_read_file(struct cli_args *x, const char *path, size_t max, str *out)
{
	CLEANUP(close_fd) int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return ERR(x->a, ERR_MISSING, "file-open",
		    .arg = { str_of(path), str_of(strerror(errno)) });
	return read_all(x, fd, max, out);
}

static bool write_all(int fd, str bytes)
{
	while (bytes.n) {
		ssize_t n = write(fd, bytes.p, bytes.n);
		if (n <= 0)
			return false;
		bytes = str_sub(bytes, (size_t)n, bytes.n);
	}
	return fsync(fd) == 0;
}

err cli_write_file(struct cli_args *x, const char *path, str bytes)
{
	const char *tmp = arena_printf(x->a, "%s.part-%d", path, (int)getpid()).p;
	CLEANUP(close_fd) int fd = open(tmp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);

	if (fd < 0 || !write_all(fd, bytes) || rename(tmp, path)) {
		str why = str_of(strerror(errno));
		unlink(tmp);
		return ERR(x->a, ERR_INVALID, "file-write", .arg = { str_of(path), why });
	}
	return NULL;
}
