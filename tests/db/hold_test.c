/* hold_test.c - one snapshot for many reads, never older than what was told. */
#include "db/writer.h"
#include "tap.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

enum { ROUNDS = 1500, KEY = 7 };

static const struct db_query set_q = { .name = "t.set", .sqlite = "UPDATE t SET n = ?1" };
static const struct db_query get_q = { .name = "t.get", .sqlite = "SELECT n FROM t" };

static const char *file;
static _Atomic int64_t told;		/* the number whoever asked was told	*/
static atomic_bool over;
static _Atomic int64_t older, stale;	/* reads that broke a promise		*/

struct set { struct change c; int64_t n; };

static err run(struct change *c, struct tx *tx)
{
	CLEANUP(db_done) struct db_stmt *st = NULL;
	bool more;

	TRY(db_run(tx->db, &set_q, &st));
	db_bind_int(st, 1, ((struct set *)c)->n);
	TRY(db_next(st, &more));
	tx_touch(c, KEY);
	return NULL;
}

static int64_t get(struct db *db)
{
	CLEANUP(db_done) struct db_stmt *st = NULL;
	bool more = false;

	if (db_run(db, &get_q, &st) || db_next(st, &more) || !more)
		return -1;
	return db_int(st, 0);
}

static bool set(struct writer *w, int64_t n)
{
	struct arena *a = arena_new();
	struct set s = { .c = { .run = run, .a = a }, .n = n };
	bool fine = writer_call(w, &s.c) == NULL;

	arena_free(&a);
	return fine;
}

/* As an event loop does it: note the stamp, hold, read, perhaps keep. */
static void *reader(void *arg)
{
	struct arena *a = arena_new();
	struct db *db = NULL;

	(void)arg;
	CHECK(!db_open(&db, a, file, DB_READ));
	db_arena_set(db, a);
	for (int i = 0; !over; i++) {
		int64_t least = told;
		uint64_t stamp = stamp_now();
		CHECK(!db_read_hold(db));
		int64_t n = get(db);
		if (n < least)
			older++;
		int64_t now = told;
		if (n < now && stamp_get(KEY) <= stamp)
			stale += told == now && stamp_get(KEY) <= stamp;
		if (i % 64 == 0)
			db_read_release(db);
	}
	db_close(&db);
	arena_free(&a);
	return NULL;
}

static struct writer *start(struct arena *a)
{
	static const struct writer_options o = { 0 };
	CLEANUP(db_close) struct db *db = NULL;
	struct writer *w = NULL;

	CHECK(!db_open(&db, a, file, DB_WRITE));
	db_arena_set(db, a);
	CHECK(!db_script(db, "CREATE TABLE t (n INTEGER); INSERT INTO t VALUES (0)"));
	CHECK(!writer_open(&w, a, file, &o));
	return w;
}

static void one_thread(struct arena *a, struct writer *w)
{
	struct db *db = NULL, *other = NULL;

	CHECK(!db_open(&db, a, file, DB_READ) && !db_open(&other, a, file, DB_WRITE));
	db_arena_set(db, a);
	db_arena_set(other, a);
	ok(!db_read_hold(db) && get(db) == 0, "a snapshot is held");
	ok(!db_script(other, "UPDATE t SET n = 1") && !db_read_hold(db) && get(db) == 0,
	    "held again without a commit of ours, it is the same one");
	ok(!db_read_begin(db) && get(db) == 0, "a read inside it begins none of its own");
	db_read_end(db);
	ok(get(db) == 0, "and ending that does not end it");
	ok(set(w, 2) && get(db) == 0, "a commit does not move what is held");
	ok(!db_read_hold(db) && get(db) == 2, "holding again does");
	db_read_release(db);
	ok(!db_script(other, "UPDATE t SET n = 0") && get(db) == 0, "released, each read is new");
	db_read_release(db);
	db_close(&other);
	db_close(&db);
}

int main(void)
{
	char dir[] = "/tmp/laris-hold.XXXXXX";
	struct arena *a = arena_new();
	pthread_t t[2];
	bool fine = true;

	log_level_set(LOG_SILENT);
	if (!mkdtemp(dir))
		return 1;
	file = arena_printf(a, "%s/hold.db", dir).p;
	struct writer *w = start(a);
	one_thread(a, w);
	for (int i = 0; i < 2; i++)
		CHECK(!pthread_create(&t[i], NULL, reader, NULL));
	for (int64_t n = 1; n <= ROUNDS && fine; n++) {
		fine = set(w, n);
		told = n;
	}
	over = true;
	for (int i = 0; i < 2; i++)
		pthread_join(t[i], NULL);
	ok(fine, "%d commits while two threads read", ROUNDS);
	ok(older == 0, "nobody read less than had been told before: %d", (int)older);
	ok(stale == 0, "nothing that a stamp calls fresh was old: %d", (int)stale);
	writer_close(&w);
	ok(system(arena_printf(a, "rm -rf %s", dir).p) == 0, "cleaned up");
	arena_free(&a);
	return done();
}
