#include "mod/festival/import_file.h"
#include "core/spool.h"
#include "core/temp.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *const lang_code[LANGS] = { [LANG_ID] = "id", [LANG_EN] = "en" };

static const char *folder(const struct import_place *p)
{
	return arena_printf(p->a, "%s/import", p->data_dir).p;
}

/* "0000000000001-0M4…": a city's files begin alike. */
static const char *named(const struct import_place *p, const char *end)
{
	return arena_printf(p->a, "%s/%.*s-%.*s%s", folder(p), SV(id_text(p->a, p->city.v)),
	    SV(id_text(p->a, p->id)), end).p;
}

const char *import_file_path(const struct import_place *p)
{
	return named(p, ".csv");
}

const char *import_report_path(const struct import_place *p, enum lang lang)
{
	return named(p, arena_printf(p->a, ".report-%s.csv", lang_code[lang]).p);
}

err import_file_keep(const struct import_place *p, str bytes)
{
	CLEANUP(spool_close) struct spool *s = NULL;

	(void)mkdir(p->data_dir, 0700);	/* there already, or the next step says why not */
	(void)mkdir(folder(p), 0700);
	TRY(spool_open(&s, p->a, import_file_path(p)));
	spool_put(s, bytes);
	return spool_done(s);
}

err import_file_read(const struct import_place *p, size_t max, str *bytes)
{
	struct temp t = { import_file_path(p) };

	if (access(t.path, R_OK) && errno == ENOENT)
		return ERR(p->a, ERR_MISSING, "import-file-gone");
	return temp_read(&t, p->a, max, bytes);
}

err import_report_open(const struct import_place *p, enum lang lang, int *fd, int64_t *n)
{
	struct temp t = { import_report_path(p, lang) };

	if (access(t.path, R_OK))
		return ERR(p->a, ERR_MISSING, "import-file-gone");
	return temp_open(&t, p->a, fd, n);
}

void import_file_drop(const struct import_place *p)
{
	(void)unlink(import_file_path(p));
	for (enum lang lang = LANG_ID; lang < LANGS; lang++)
		(void)unlink(import_report_path(p, lang));
}

/* Its id, or 0: not one of this city's. */
static int64_t id_of(const char *name, str city)
{
	str s = str_of(name);
	int64_t id;

	if (s.n <= city.n + 1 + ID_TEXT || !str_starts(s, city) || s.p[city.n] != '-' ||
	    !id_parse(str_sub(s, city.n + 1, ID_TEXT), &id))
		return 0;
	return id;
}

void import_files_sweep(const struct import_place *p, bool (*needed)(void *, int64_t id), void *ctx,
    int64_t now)
{
	str city = id_text(p->a, p->city.v);
	DIR *d = opendir(folder(p));
	struct stat st;

	for (struct dirent *e; d && (e = readdir(d));) {
		int64_t id = id_of(e->d_name, city);
		if (!id || fstatat(dirfd(d), e->d_name, &st, 0) ||
		    now - st.st_mtime * SECOND < IMPORT_KEPT || needed(ctx, id))
			continue;
		(void)unlinkat(dirfd(d), e->d_name, 0);
	}
	if (d)
		closedir(d);
}
