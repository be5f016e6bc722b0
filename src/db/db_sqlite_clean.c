/*
 * db_sqlite_clean.c - what SQLite leaves lying in a page does not reach the file.
 *
 * secure_delete zeroes what is deleted.  But where the tree is balanced, cells
 * that moved to a neighbour may stay behind, as they were, in the room between
 * the page's cell pointers and its cells, which no reader ever looks at.  So
 * that room is zeroed on its way into the database file, by a file system for
 * SQLite (a "VFS") that is the usual one with one function changed.
 * docs/decisions/041-forgotten-bytes.md.
 */
#include "db/db_sqlite.h"

#include <string.h>

#define NAME	"laris"

enum {
	CLEAN_ON	= 0x4c41,	/* our file control		*/
	HEAD		= 100,		/* before page 1's own header	*/
	/* Behind so many pages (64 GiB) an overflow page's first byte, of a page
	 * number, may look like the kind of a page of the tree. */
	PAGES_MAX	= 1 << 24,
};

/* In the room behind SQLite's own file. */
struct methods {
	sqlite3_io_methods m;		/* first: found by the file	*/
	const sqlite3_io_methods *base;
	bool on;
};

static struct methods *methods_of(sqlite3_file *f)
{
	/* pMethods points to the struct that clean_open made, which is ours */
	return (struct methods *)(uintptr_t)f->pMethods;
}

static size_t be16(const unsigned char *p)
{
	return (size_t)p[0] << 8 | p[1];
}

/* The unused room of a page of a tree; false: it is another page. */
static bool room(const unsigned char *page, size_t n, bool first, size_t *from, size_t *to)
{
	size_t at = first ? HEAD : 0;
	unsigned kind = page[at];
	bool leaf = kind == 10 || kind == 13;

	if (!leaf && kind != 2 && kind != 5)
		return false;
	*from = at + (leaf ? 8 : 12) + 2 * be16(page + at + 3);
	*to = be16(page + at + 5) ? be16(page + at + 5) : 65536;
	return *from <= *to && *to <= n;
}

static bool is_zero(const unsigned char *p, size_t n)
{
	return n == 0 || (p[0] == 0 && memcmp(p, p + 1, n - 1) == 0);
}

static int write_clean(sqlite3_file *f, const unsigned char *page, size_t from, size_t to, int n,
    sqlite3_int64 at)
{
	const struct methods *m = methods_of(f);
	sqlite3_int64 size = 0;
	int rc = m->base->xFileSize(f, &size);

	if (rc != SQLITE_OK || size / n >= PAGES_MAX)
		return rc != SQLITE_OK ? rc : m->base->xWrite(f, page, n, at);
	unsigned char *copy = sqlite3_malloc(n);
	if (!copy)
		return SQLITE_IOERR_NOMEM;
	memcpy(copy, page, (size_t)n);
	memset(copy + from, 0, to - from);
	rc = m->base->xWrite(f, copy, n, at);
	sqlite3_free(copy);
	return rc;
}

static int clean_write(sqlite3_file *f, const void *bytes, int n, sqlite3_int64 at)
{
	const struct methods *m = methods_of(f);
	const unsigned char *page = bytes;
	size_t from, to;

	if (!m->on || n < 512 || at % n || !room(page, (size_t)n, at == 0, &from, &to) ||
	    is_zero(page + from, to - from))
		return m->base->xWrite(f, bytes, n, at);
	return write_clean(f, page, from, to, n, at);
}

static int clean_control(sqlite3_file *f, int op, void *arg)
{
	struct methods *m = methods_of(f);

	if (op != CLEAN_ON)
		return m->base->xFileControl(f, op, arg);
	m->on = true;
	return SQLITE_OK;
}

static int clean_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *f, int flags, int *out)
{
	sqlite3_vfs *base = vfs->pAppData;
	int rc = base->xOpen(base, name, f, flags, out);

	if (rc != SQLITE_OK || !f->pMethods || !(flags & SQLITE_OPEN_MAIN_DB))
		return rc;
	struct methods *m = (void *)((char *)f + (vfs->szOsFile - (int)sizeof *m));
	*m = (struct methods){ .m = *f->pMethods, .base = f->pMethods };
	m->m.xWrite = clean_write;
	m->m.xFileControl = clean_control;
	f->pMethods = &m->m;
	return rc;
}

/* Once a process; SQLite keeps it. */
static void register_once(void)
{
	sqlite3_vfs *base = sqlite3_vfs_find(NULL);
	sqlite3_vfs *vfs = base ? sqlite3_malloc(sizeof *vfs) : NULL;

	if (!vfs)
		return;
	*vfs = *base;
	vfs->pNext = NULL;
	vfs->zName = NAME;
	vfs->pAppData = base;
	vfs->xOpen = clean_open;
	vfs->szOsFile = (base->szOsFile + 15) / 16 * 16 + (int)sizeof(struct methods);
	sqlite3_vfs_register(vfs, 0);
}

const char *sqlite_clean_vfs(void)
{
	if (sqlite3_initialize() != SQLITE_OK)
		return NULL;
	sqlite3_mutex *lock = sqlite3_mutex_alloc(SQLITE_MUTEX_STATIC_APP1);
	sqlite3_mutex_enter(lock);
	if (!sqlite3_vfs_find(NAME))
		register_once();
	sqlite3_mutex_leave(lock);
	return sqlite3_vfs_find(NAME) ? NAME : NULL;
}

static int is_none(void *ctx, int n, char **value, char **name)
{
	(void)name;
	*(bool *)ctx = n == 1 && value[0] && !strcmp(value[0], "0");
	return 0;
}

/* A file with a map of pages has pages that look like one of a tree. */
err sqlite_clean_on(struct db *db)
{
	bool none = false;

	if (sqlite3_exec(db->h, "PRAGMA auto_vacuum", is_none, &none, NULL) != SQLITE_OK)
		return sqlite_fail(db, "auto_vacuum");
	if (none)
		sqlite3_file_control(db->h, "main", CLEAN_ON, NULL);
	return NULL;
}
