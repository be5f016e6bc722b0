#include "mod/ledger/key.h"
#include "crypto/hash.h"
#include "ledger_read.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char head[] = "laris-log-key/v1 ";
enum { HEAD = sizeof head - 1, WHOLE = HEAD + 64 + 1 };

const char *ledger_key_file(struct arena *a, const char *db_path)
{
	const char *told = getenv("LARIS_LOG_KEY"), *slash = strrchr(db_path, '/');

	if (told && *told)
		return told;
	return arena_printf(a, "%.*slaris-log.key", slash ? (int)(slash - db_path) + 1 : 0,
	    db_path).p;
}

static err not_written(struct arena *a, const char *file)
{
	return ERR(a, ERR_INTERNAL, "ledger-key-write", .arg = { str_of(file) },
	    .log = arena_printf(a, "%s: %s", file, strerror(errno)));
}

err ledger_key_make(struct arena *a, const char *file)
{
	struct sign_secret secret;
	char line[WHOLE];
	int fd = open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

	if (fd < 0)
		return errno == EEXIST ?
		    ERR(a, ERR_CONFLICT, "ledger-key-there", .arg = { str_of(file) }) :
		    not_written(a, file);
	sign_new(&secret);
	memcpy(line, head, HEAD);
	hex_put(line + HEAD, secret.b, sizeof secret.b);
	line[WHOLE - 1] = '\n';
	bool good = write(fd, line, WHOLE) == WHOLE && !fsync(fd);
	sign_forget(&secret);
	explicit_bzero(line, sizeof line);
	if (close(fd) || !good) {
		unlink(file);
		return not_written(a, file);
	}
	return NULL;
}

static err any_log(void *ctx, const struct ledger_heads *h)
{
	(void)h;
	*(bool *)ctx = true;
	return NULL;
}

err ledger_key_first(struct db *db, const char *file, bool *made)
{
	bool begun = false;

	*made = false;
	TRY(ledger_q_heads(db, any_log, &begun));
	if (begun || !access(file, F_OK))
		return NULL;
	TRY(ledger_key_make(db_arena(db), file));
	*made = true;
	return NULL;
}

static err key_read(struct arena *a, const char *file, struct sign_secret *secret)
{
	char line[WHOLE + 1];
	struct stat st;
	int fd = open(file, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return ERR(a, ERR_MISSING, "ledger-key", .arg = { str_of(file) });
	bool good = !fstat(fd, &st) && !(st.st_mode & 077) &&
	    read(fd, line, sizeof line) == WHOLE && !memcmp(line, head, HEAD) &&
	    line[WHOLE - 1] == '\n' &&
	    hex_get(secret->b, sizeof secret->b, (str){ line + HEAD, 64 });
	close(fd);
	explicit_bzero(line, sizeof line);
	return good ? NULL : ERR(a, ERR_INVALID, "ledger-key-form", .arg = { str_of(file) });
}

static const char moved_head[] = "laris-log-seed/v1 ";

static const char *moved_file(struct arena *a, const char *file)
{
	return arena_printf(a, "%s-moved", file).p;
}

/* "laris-log-seed/v1 1 HEX NAME": the last line of that name counts. */
static bool moved_line(str line, str name, enum key_kind kind, struct sign_secret *seed)
{
	str hex, number;
	int64_t k;

	if (!str_starts(line, str_of(moved_head)))
		return false;
	line = str_sub(line, sizeof moved_head - 1, line.n);
	return str_take(&line, ' ', &number) && str_int(number, 0, 100, &k) &&
	    k == (int64_t)kind && str_take(&line, ' ', &hex) && str_eq(line, name) &&
	    hex_get(seed->b, sizeof seed->b, hex);
}

static bool moved(struct arena *a, const char *file, str name, enum key_kind kind,
    struct sign_secret *seed)
{
	FILE *f = fopen(moved_file(a, file), "re");
	char line[1024];
	bool found = false;

	if (!f)
		return false;
	while (fgets(line, sizeof line, f))
		found = moved_line(str_trim(str_of(line)), name, kind, seed) || found;
	explicit_bzero(line, sizeof line);
	fclose(f);
	return found;
}

err ledger_seed(struct arena *a, const char *file, str name, enum key_kind kind,
    struct sign_secret *seed)
{
	struct sign_secret secret;
	struct hash h;

	if (moved(a, file, name, kind, seed))
		return NULL;
	TRY(key_read(a, file, &secret));
	hmac_sha256(&h, (str){ (const char *)secret.b, sizeof secret.b },
	    arena_printf(a, "laris-log-key/v1\n%d\n%.*s\n", (int)kind, SV(name)));
	memcpy(seed->b, h.b, sizeof seed->b);
	explicit_bzero(&h, sizeof h);
	sign_forget(&secret);
	return NULL;
}

err ledger_seed_keep(struct arena *a, const char *file, str name, enum key_kind kind,
    const struct sign_secret *seed)
{
	const char *to = moved_file(a, file);
	struct sign_secret own;
	char hex[2 * sizeof own.b];

	TRY(ledger_seed(a, file, name, kind, &own));
	bool same = !memcmp(own.b, seed->b, sizeof own.b);
	sign_forget(&own);
	if (same)
		return NULL;
	int fd = open(to, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	if (fd < 0)
		return not_written(a, to);
	hex_put(hex, seed->b, sizeof seed->b);
	str line = arena_printf(a, "%s%d %.*s %.*s\n", moved_head, (int)kind, (int)sizeof hex, hex,
	    SV(name));
	bool good = write(fd, line.p, line.n) == (ssize_t)line.n && !fsync(fd);
	explicit_bzero(hex, sizeof hex);
	return close(fd) || !good ? not_written(a, to) : NULL;
}

err ledger_signer(struct arena *a, const char *file, str name, enum key_kind kind,
    struct note_signer *signer)
{
	struct sign_secret seed;

	TRY(ledger_seed(a, file, name, kind, &seed));
	note_signer_make(signer, name, kind, &seed);
	sign_forget(&seed);
	return NULL;
}
