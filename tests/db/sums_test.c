/* sums_test.c - rows that a batch adds to, written once and never wrong. */
#include "db/writer.h"
#include "tap.h"

#include <semaphore.h>
#include <stdlib.h>
#include <unistd.h>

enum { MANY = 10000, KEY = 77, N = 40, TORN = 7, REFUSED = 11, READER = 23 };

struct step {
	struct change c;
	sem_t *open, *told;	/* open: waits for it in its first run	*/
	int n, runs;
	int64_t number, saw;
	err e;
};

static struct arena *a;
static int writes;		/* of the total's row			*/

static const struct db_query read_q = { .name = "t.read",
    .sqlite = "SELECT n, last FROM total WHERE k = ?1" };
static const struct db_query add_q = { .name = "t.add",
    .sqlite = "UPDATE total SET n = n + ?2, last = max(last, ?3) WHERE k = ?1", .postgres = NULL };
static const struct db_query row_q = { .name = "t.row",
    .sqlite = "INSERT INTO row VALUES (?1)" };

static err run3(struct db *db, const struct db_query *q, const int64_t *v, int n, int64_t *out)
{
	CLEANUP(db_done) struct db_stmt *s = NULL;
	bool more;

	TRY(db_run(db, q, &s));
	for (int i = 0; i < n; i++)
		db_bind_int(s, i + 1, v[i]);
	TRY(db_next(s, &more));
	if (out)
		*out = more ? db_int(s, 0) : -1;
	return NULL;
}

static err write_total(struct tx *tx, const struct tx_sum *x)
{
	writes++;
	return run3(tx->db, &add_q, (int64_t[]){ x->key[0], x->add[0], x->last }, 3, NULL);
}

static err run(struct change *c, struct tx *tx)
{
	struct step *s = (struct step *)c;
	struct tx_sum sum = { .write = write_total, .key = { 1 }, .add = { 1 }, .last = s->n };

	if (s->runs++ == 0 && s->open)
		sem_wait(s->open);
	TRY(run3(tx->db, &read_q, (int64_t[]){ 1 }, 1, &s->saw));
	if (!c->sums)
		return NULL;
	if (!tx_waiting_base(c, &sum, &sum.base))
		sum.base = s->saw;
	s->number = sum.base + tx_waiting(c, &sum, 0) + 1;
	if (s->n != REFUSED)
		TRY(run3(tx->db, &row_q, (int64_t[]){ s->number }, 1, NULL));
	TRY(tx_add(tx, c, &sum));
	if (s->n == REFUSED || s->n == TORN)
		return ERR(c->a, ERR_CONFLICT, "refused-here");
	return NULL;
}

static void done_one(struct change *c, err e)
{
	struct step *s = (struct step *)c;

	s->e = e;
	sem_post(s->told);
}

static struct writer *open_all(const char *path)
{
	struct writer_options o = { 0 };
	struct writer *w = NULL;
	struct db *db;

	if (db_open(&db, a, path, DB_WRITE) || db_script(db, "CREATE TABLE total (k INTEGER PRIMARY"
	    " KEY, n INTEGER, last INTEGER); CREATE TABLE row (n INTEGER PRIMARY KEY);"
	    " INSERT INTO total VALUES (1, 0, 0)"))
		return NULL;
	db_close(&db);
	return writer_open(&w, a, path, &o) ? NULL : w;
}

static int64_t ask(const char *path, const char *sql)
{
	CLEANUP(db_close) struct db *db = NULL;
	struct db_query q = { .name = "t.ask", .sqlite = sql };
	int64_t v = -1;

	if (db_open(&db, a, path, DB_READ) || run3(db, &q, NULL, 0, &v))
		return -1;
	return v;
}

/* The first change stands in its batch until all others wait. */
static void together(struct writer *w, struct step *s, sem_t *told)
{
	sem_t open;

	sem_init(&open, 0, 0);
	sem_init(told, 0, 0);
	for (int i = 0; i < N; i++) {
		s[i] = (struct step){ .c = { .run = run, .done = done_one, .a = arena_new(),
		    .sums = i != READER }, .open = i ? NULL : &open, .told = told, .n = i };
		CHECK(writer_submit(w, &s[i].c));
	}
	sem_post(&open);
	for (int i = 0; i < N; i++)
		sem_wait(told);
}

/* Ten thousand rows of one change: numbered without a gap, their total written at the end. */
static err record_many(struct change *c, struct tx *tx)
{
	CLEANUP(arena_free) struct arena *own = arena_new();
	struct change *many = change_many(own);

	for (int i = 0; i < MANY; i++) {
		struct tx_sum sum = { .write = write_total, .key = { 1 }, .add = { 1 }, .last = i };
		if (!tx_waiting_base(many, &sum, &sum.base))
			TRY(run3(tx->db, &read_q, (int64_t[]){ 1 }, 1, &sum.base));
		int64_t n = sum.base + tx_waiting(many, &sum, 0) + 1;
		TRY(run3(tx->db, &row_q, (int64_t[]){ n }, 1, NULL));
		TRY(tx_add(tx, many, &sum));
		tx_touch(many, KEY + (uint64_t)i % 2);
	}
	return change_many_done(tx, many, c);
}

static void test_many(const char *path)
{
	struct writer_options o = { 0 };
	struct change c = { .run = record_many, .a = a };
	struct writer *w = NULL;
	uint64_t before = stamp_now();
	int64_t n = ask(path, "SELECT n FROM total");

	writes = 0;
	ok(!writer_open(&w, a, path, &o) && !writer_call(w, &c), "a change of %d rows", MANY);
	writer_close(&w);
	ok(ask(path, "SELECT n FROM total") == n + MANY, "each of its rows counts once");
	ok(ask(path, "SELECT max(n) FROM row") == n + MANY, "and has its number");
	ok(writes == 1, "its total was written %d times", writes);
	ok(stamp_get(KEY) > before && stamp_get(KEY + 1) > before, "and it says what it touched");
}

int main(void)
{
	char dir[] = "/tmp/laris-sums.XXXXXX";
	static struct step s[N];
	sem_t told;
	int again = 0;

	a = arena_new();
	log_level_set(LOG_SILENT);
	if (!mkdtemp(dir))
		return 1;
	const char *path = arena_printf(a, "%s/sums.db", dir).p;
	struct writer *w = open_all(path);
	ok(w != NULL, "a database");
	together(w, s, &told);
	writer_close(&w);
	ok(ask(path, "SELECT n FROM total") == N - 3, "each addition counts once");
	ok(ask(path, "SELECT last FROM total") == N - 1, "and the last is the largest");
	ok(ask(path, "SELECT count(*) FROM row") == N - 3, "refused ones wrote nothing");
	ok(ask(path, "SELECT max(n) FROM row") == N - 3, "numbers without a gap, none twice");
	ok(s[REFUSED].e && s[TORN].e && !s[0].e && !s[N - 1].e, "each has its own answer");
	ok(s[READER].saw == READER - 2, "who makes no promise reads the row as it would be");
	for (int i = 0; i < N; i++) {
		again += s[i].runs > 2;
		arena_free(&s[i].c.a);
	}
	ok(again == 0 && s[N - 1].runs == 1, "a torn change costs one more run of those before");
	ok(writes <= 6, "one row was written %d times, not %d", writes, N - 3);
	test_many(path);
	ok(system(arena_printf(a, "rm -rf %s", dir).p) == 0, "cleaned up");
	arena_free(&a);
	return done();
}
