/* clean_test.c - what was deleted is in no byte of the files. */
#include "db/writer.h"
#include "tap.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { ROWS = 6000, PAGE = 4096 };

static char dir[] = "/tmp/laris-clean-XXXXXX";
static struct arena *a;

static const struct db_query add_q = { .name = "t.add",
    .sqlite = "INSERT INTO t (city, id, secret, x) VALUES (1, ?1, ?2, ?3)" };
static const struct db_query grow_q = { .name = "t.grow",
    .sqlite = "UPDATE t SET x = ?2 WHERE city = 1 AND id = ?1" };
static const struct db_query gone_q = { .name = "t.gone",
    .sqlite = "UPDATE t SET secret = x'' WHERE city = 1 AND id % 97 = ?1" };
static const struct db_query count_q = { .name = "t.count", .sqlite = "SELECT count(*) FROM t" };

static const char *path(const char *name)
{
	return arena_printf(a, "%s/%s", dir, name).p;
}

/* Whole file; empty when there is none. */
static str bytes_of(const char *file)
{
	FILE *f = fopen(file, "rb");
	long n = 0;

	if (!f)
		return S("");
	fseek(f, 0, SEEK_END);
	n = ftell(f);
	rewind(f);
	char *p = arena_alloc(a, (size_t)n + 1, 1);
	CHECK(fread(p, 1, (size_t)n, f) == (size_t)n);
	fclose(f);
	return (str){ p, (size_t)n };
}

/* Its secret: told by the row's number, found by nothing else. */
static str secret(int64_t id)
{
	return arena_printf(a, "<%lld is secret>", (long long)id);
}

static err step(struct db *db, const struct db_query *q, int64_t id, const str *s, str x)
{
	CLEANUP(db_done) struct db_stmt *st = NULL;
	bool more;

	TRY(db_run(db, q, &st));
	db_bind_int(st, 1, id);
	if (s)
		db_bind_bytes(st, 2, *s);
	if (x.n)
		db_bind_text(st, s ? 3 : 2, x);
	return db_next(st, &more);
}

static uint64_t next(uint64_t *seed)
{
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	return *seed >> 33;
}

/* Rows come in order and grow later, so that pages are split and evened out. */
static err fill(struct db *db)
{
	str room = arena_printf(a, "%0200d", 0);
	uint64_t seed = 7;

	TRY(db_script(db, "CREATE TABLE t (city INTEGER, id INTEGER, secret BLOB, x TEXT,"
	    " PRIMARY KEY (city, id)) STRICT, WITHOUT ROWID; BEGIN"));
	for (int64_t i = 0; i < ROWS; i++) {
		str s = secret(i);
		TRY(step(db, &add_q, i, &s, str_sub(room, 0, 1 + next(&seed) % 60)));
		TRY(step(db, &grow_q, (int64_t)(next(&seed) % (uint64_t)(i + 1)), NULL,
		    str_sub(room, 0, 1 + next(&seed) % 200)));
		if (i % 7 == 0)
			TRY(db_script(db, "COMMIT; BEGIN"));
	}
	return db_script(db, "COMMIT");
}

/* Pages with something between pointers and cells; page 1 has another head. */
static int leftovers(str file)
{
	int n = 0;

	for (size_t at = PAGE; at + PAGE <= file.n; at += PAGE) {
		const unsigned char *p = (const unsigned char *)file.p + at;
		size_t from = (p[0] >= 10 ? 8u : 12u) + 2u * (p[3] * 256u + p[4]);
		size_t to = p[5] * 256u + p[6];
		bool some = false;
		if (p[0] != 2 && p[0] != 5 && p[0] != 10 && p[0] != 13)
			continue;
		for (size_t i = from; i < to; i++)
			some = some || p[i];
		n += some;
	}
	return n;
}

struct files { str db, wal; };

static struct files files_of(const char *file)
{
	return (struct files){ bytes_of(file), bytes_of(arena_printf(a, "%s-wal", file).p) };
}

static bool nowhere(const struct files *f, int64_t id)
{
	str s = secret(id);

	return !memmem(f->db.p, f->db.n, s.p, s.n) && !memmem(f->wal.p, f->wal.n, s.p, s.n);
}

static bool nowhere_now(const char *file, int64_t id)
{
	struct files f = files_of(file);

	return nowhere(&f, id);
}

static void test_pages(const char *file)
{
	CLEANUP(db_close) struct db *db = NULL, *reader = NULL;
	int64_t pages;

	ok(!db_open(&db, a, file, DB_WRITE) && !fill(db), "%d rows that come and grow", ROWS);
	ok(!db_checkpoint(db, &pages) && pages > 0, "are moved into the file");
	str was = bytes_of(file);
	ok(was.n > 100 * PAGE && leftovers(was) == 0, "no page of %zu holds what moved away: %d",
	    was.n / PAGE, leftovers(was));
	ok(!db_integrity(db), "and it is a sound database");

	ok(!db_open(&reader, a, file, DB_READ) && !db_read_begin(reader), "somebody reads");
	CLEANUP(db_done) struct db_stmt *s = NULL;
	bool more;
	ok(!db_run(reader, &count_q, &s) && !db_next(s, &more) && db_int(s, 0) == ROWS, "all rows");
	db_done(&s);
	ok(!step(db, &gone_q, 5, NULL, S("")), "secrets are taken away");
	err e = db_scrub(db, 1);
	ok(e && e->kind == ERR_BUSY && !strcmp(e->rule, "db-scrub"), "who reads is waited for");
	db_read_end(reader);
	ok(!db_scrub(db, 1000), "but not for ever");
	struct files f = files_of(file);
	int left = 0;
	for (int64_t i = 5; i < ROWS; i += 97)
		left += !nowhere(&f, i);
	ok(left == 0 && f.wal.n == 0,
	    "then no byte of them is in any file: %d", left);
	ok(!nowhere(&f, 6), "(others are found, by the same search)");
}

/* ---- beside the writer ------------------------------------------------------ */

struct take { struct change c; int64_t id; };

static err run(struct change *c, struct tx *tx)
{
	return step(tx->db, &gone_q, ((struct take *)c)->id, NULL, S(""));
}

static void test_writer(const char *file)
{
	struct writer_options o = { 0 };
	struct writer *w = NULL;
	struct take one = { .c = { .run = run, .a = a }, .id = 11 };
	struct take two = { .c = { .run = run, .a = a }, .id = 12 };

	ok(!writer_open(&w, a, file, &o), "a writer");
	ok(!writer_call(w, &one.c) && !writer_wipe(w, a), "takes away, and is asked to wipe");
	ok(nowhere_now(file, 11) && nowhere_now(file, 11 + 97),
	    "nothing of it is left while it runs");
	ok(!writer_call(w, &two.c) && !writer_wipe(w, a) && nowhere_now(file, 12), "and again");
	writer_close(&w);
}

int main(void)
{
	a = arena_new();
	CHECK(mkdtemp(dir));
	test_pages(path("clean.db"));
	test_writer(path("clean.db"));
	for (const char *const *x = (const char *const[]){ "", "-wal", "-shm", NULL }; *x; x++)
		unlink(path(arena_printf(a, "clean.db%s", *x).p));
	rmdir(dir);
	arena_free(&a);
	return done();
}
