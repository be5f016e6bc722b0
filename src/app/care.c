/* care.c - the operator's commands: make, prove, copy, put back. */
#include "app/commands.h"
#include "core/pdf.h"
#include "core/setting.h"
#include "mod/ledger/key.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

static err init(struct cli_args *x, size_t *applied, bool *key)
{
	CLEANUP(db_close) struct db *db = NULL;

	TRY(db_open(&db, x->a, x->db_path, DB_WRITE));
	TRY(db_migrate(db, x->app->migrations, x->app->n_migrations, x->now, applied));
	return ledger_key_first(db, ledger_key_file(x->a, x->db_path), key);
}

int init_command(struct cli_args *x)
{
	size_t applied;
	bool key;

	if (!cli_words(x, 0, 0))
		return cli_usage(x);
	err e = init(x, &applied, &key);
	if (!e)
		fprintf(x->out, "%s: %zu migration%s applied\n", x->db_path, applied,
		    applied == 1 ? "" : "s");
	if (!e && key)
		fprintf(x->out, "%s: the key of the public log; keep a copy elsewhere\n",
		    ledger_key_file(x->a, x->db_path));
	return cli_result(x, e);
}

/* ---- check ------------------------------------------------------------ */

static void check_print(struct cli_args *x, const struct check *c, str broken, bool json)
{
	if (json) {
		struct json_out o = JSON_OUT(x->a, 1u << 20);
		json_begin(&o, NULL, '{');
		json_str(&o, "check", str_of(c->name));
		json_bool(&o, "clean", !broken.n);
		json_str(&o, "broken", broken);
		json_end(&o, '}');
		fprintf(x->out, "%.*s\n", SV(json_done(&o)));
	} else if (broken.n)
		fprintf(x->out, "BROKEN  %s: %s\n%.*s", c->name, c->say, SV(broken));
	else
		fprintf(x->out, "ok      %s\n", c->name);
}

static err check_all(struct cli_args *x, bool json, bool *clean)
{
	CLEANUP(db_close) struct db *db = NULL;

	TRY(cli_read(x, &db));
	TRY(db_integrity(db));
	TRY(db_sort_on_disk(db));
	TRY(db_read_begin(db));
	*clean = true;
	for (size_t m = 0; m < x->app->n_modules; m++)
		for (size_t i = 0; i < x->app->modules[m]->n_checks; i++) {
			struct buf broken = BUF(x->a, 1u << 20);
			const struct check *c = &x->app->modules[m]->checks[i];
			TRY(c->run(db, &broken));
			check_print(x, c, buf_done(&broken), json);
			*clean = *clean && !broken.n && !broken.full;
		}
	db_read_end(db);
	return NULL;
}

int check_command(struct cli_args *x)
{
	bool json = cli_flag(x, "json"), clean;

	if (!cli_words(x, 0, 0))
		return cli_usage(x);
	err e = check_all(x, json, &clean);
	if (e)
		return cli_result(x, e);
	return clean ? CLI_DONE : CLI_REFUSED;
}

/* ---- doctor ------------------------------------------------------------ */

static void disk(struct cli_args *x, int *bad)
{
	struct statvfs v;
	char dir[1024];
	const char *slash = strrchr(x->db_path, '/');

	snprintf(dir, sizeof dir, "%.*s", slash ? (int)(slash - x->db_path) : 1,
	    slash ? x->db_path : ".");
	if (statvfs(*dir ? dir : "/", &v))
		return;
	long long mib = (long long)(v.f_bavail * (v.f_frsize >> 10)) >> 10;
	bool low = mib < 1024;
	fprintf(x->out, "%s  disk: %lld MiB free%s\n", low ? "MEND" : "ok  ", mib,
	    low ? "; make room: below 1 GiB a busy day may fill it" : "");
	*bad += low;
}

static void clock_check(struct cli_args *x, int *bad)
{
	struct civil c = time_civil(x->now, ZONE_WIB);
	bool wrong = c.year < 2026;

	fprintf(x->out, "%s  clock: %04d-%02d-%02d %02d.%02d WIB%s\n", wrong ? "MEND" : "ok  ",
	    c.year, c.month, c.day, c.hour, c.minute, wrong ? "; set it (timedatectl)" : "");
	*bad += wrong;
}

static void database(struct cli_args *x, int *bad)
{
	CLEANUP(db_close) struct db *db = NULL;
	err e = cli_read(x, &db);

	if (!e)
		e = db_integrity(db);
	if (e) {
		str say = err_text(x->a, LANG_EN, e);
		fprintf(x->out, "MEND  database %s: %.*s\n", x->db_path, SV(say));
		(*bad)++;
	} else
		fprintf(x->out, "ok    database %s: migrated, integrity proven\n", x->db_path);
}

static void files(struct cli_args *x, int *bad)
{
	struct stat st;

	if (stat(x->db_path, &st))
		return;
	bool open = st.st_mode & (S_IRWXG | S_IRWXO);
	fprintf(x->out, "%s  rights of %s: %03o%s\n", open ? "MEND" : "ok  ", x->db_path,
	    (unsigned)st.st_mode & 0777u, open ? "; chmod 600: it holds secrets" : "");
	*bad += open;
}

static void paper(struct cli_args *x, int *bad)
{
	err e = pdf_fonts(x->a);

	fprintf(x->out, "%s  typeface of paper: %s\n", e ? "MEND" : "ok  ",
	    e ? "install fonts-noto-core: without it no card or fact sheet is printed" :
	    "Noto Sans, Noto Serif");
	*bad += e != NULL;
}

int doctor_command(struct cli_args *x)
{
	int bad = 0;

	if (!cli_words(x, 0, 0))
		return cli_usage(x);
	version_command(x);
	database(x, &bad);
	files(x, &bad);
	disk(x, &bad);
	clock_check(x, &bad);
	paper(x, &bad);
	return bad ? CLI_REFUSED : CLI_DONE;
}

int version_command(struct cli_args *x)
{
	fprintf(x->out, "laris %s\n", LARIS_VERSION);
	return CLI_DONE;
}

/* ---- backup and restore ------------------------------------------------- */

static err backup(struct cli_args *x, const char *to)
{
	CLEANUP(db_close) struct db *db = NULL;

	TRY(cli_read(x, &db));
	return db_backup(db, to);
}

/* For the page of all cities; the copy is good without it. */
static err backup_noted(struct cli_args *x, struct tx *tx, void *ctx)
{
	(void)ctx;
	return server_set(tx, "backup-at", arena_printf(x->a, "%lld", (long long)x->now));
}

int backup_command(struct cli_args *x)
{
	if (!cli_words(x, 1, 1))
		return cli_usage(x);
	err e = backup(x, x->argv[0]);
	if (e)
		return cli_result(x, e);
	fprintf(x->out, "%s: copied and verified\n", x->argv[0]);
	e = cli_change(x, backup_noted, NULL);
	if (e)
		fprintf(stderr, "not noted for the page /server: %s\n", e->rule);
	return CLI_DONE;
}

/* A copy may be older than this program: it is migrated by `laris init`. */
static err restore_check(struct cli_args *x, const char *from)
{
	CLEANUP(db_close) struct db *db = NULL;

	TRY(db_open(&db, x->a, from, DB_READ));
	return db_integrity(db);
}

static err restore(struct cli_args *x, const char *from, bool force)
{
	CLEANUP(db_close) struct db *db = NULL;
	struct stat st;
	const char *part = arena_printf(x->a, "%s.restoring", x->db_path).p;

	if (!stat(x->db_path, &st) && !force)
		return ERR(x->a, ERR_CONFLICT, "restore-there", .arg = { str_of(x->db_path) });
	TRY(restore_check(x, from));
	unlink(part);
	TRY(db_open(&db, x->a, from, DB_READ));
	TRY(db_backup(db, part));
	db_close(&db);
	unlink(arena_printf(x->a, "%s-wal", x->db_path).p);
	unlink(arena_printf(x->a, "%s-shm", x->db_path).p);
	if (rename(part, x->db_path))
		return ERR(x->a, ERR_INVALID, "file-write",
		    .arg = { str_of(x->db_path), str_of(strerror(errno)) });
	return NULL;
}

int restore_command(struct cli_args *x)
{
	bool force = cli_flag(x, "force");

	if (!cli_words(x, 1, 1))
		return cli_usage(x);
	err e = restore(x, x->argv[0], force);
	if (!e)
		fprintf(x->out,
		    "%s: restored from %s; stop the server before, run `laris "
		    "init` after\n",
		    x->db_path, x->argv[0]);
	return cli_result(x, e);
}
