#include "db/writer.h"
#include "tests/tap.h"

#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/*
 * SQLite's own fdatasync comes through here, on the writer's thread: so
 * a test can tell whether an answer came before or after it, and break it.
 */
static _Thread_local long syncs;
static _Thread_local int break_syncs;

int fdatasync(int fd);
int fdatasync(int fd)
{
	if (break_syncs > 0) {
		break_syncs--;
		errno = EIO;
		return -1;
	}
	syncs++;
	return (int)syscall(SYS_fdatasync, fd);
}

static const struct db_query add = { "t.add",
    "INSERT INTO t (city, id, data) VALUES (?1, ?2, ?3)", NULL };
static const struct db_query count_q = { "t.count",
    "SELECT count(*) FROM t WHERE city = ?1 AND id >= ?2 AND id < ?3", NULL };
static const char schema[] = "CREATE TABLE t (city INTEGER, id INTEGER,"
    " data BLOB, PRIMARY KEY (city, id)) STRICT, WITHOUT ROWID";

enum mode { FINE, REFUSE, WAIT, ROLL, ROLL_FAIL, TOUCH, BREAK_SYNC };

struct job {
	struct change c;
	int64_t city, id;
	size_t size;
	enum mode mode;
	sem_t *begun, *wait;
	/* what was seen: */
	int runs, told;
	err told_err;
	long syncs_at_run, syncs_at_told;
	uint64_t stamp_at_run, stamp_at_told;
	sem_t *tell;
};

static char dir[] = "/tmp/laris-writer-XXXXXX";
static struct arena *a;
static const uint64_t topic = 42;

static const char *path(const char *name)
{
	return arena_printf(a, "%s/%s", dir, name).p;
}

static err put(struct db *db, int64_t city, int64_t id, size_t size)
{
	CLEANUP(db_done) struct db_stmt *s = NULL;
	bool more;

	TRY(db_run(db, &add, &s));
	db_bind_int(s, 1, city);
	db_bind_int(s, 2, id);
	db_bind_bytes(s, 3, (str){ size ? arena_alloc(db_arena(db), size, 1)
	    : NULL, size });
	return db_next(s, &more);
}

static int64_t rows(const char *file, int64_t city, int64_t from, int64_t to)
{
	struct db *db = NULL;
	struct db_stmt *s = NULL;
	bool more = false;
	int64_t n = -1;

	if (!db_open(&db, a, file, DB_READ) && !db_run(db, &count_q, &s)) {
		db_bind_int(s, 1, city);
		db_bind_int(s, 2, from);
		db_bind_int(s, 3, to);
		if (!db_next(s, &more) && more)
			n = db_int(s, 0);
	}
	db_done(&s);
	db_close(&db);
	return n;
}

static err run(struct change *c, struct tx *tx)
{
	struct job *j = (struct job *)c;

	j->runs++;
	TRY(put(tx->db, j->city, j->id, j->size));
	j->syncs_at_run = syncs;
	if (j->mode == WAIT) {
		sem_post(j->begun);
		sem_wait(j->wait);
	}
	if (j->mode == TOUCH || j->mode == REFUSE) {
		tx_touch(c, topic);
		tx_touch(c, topic);
		j->stamp_at_run = stamp_get(topic);
	}
	if (j->mode == REFUSE)
		return ERR(c->a, ERR_CONFLICT, "refused-here");
	if (j->mode == BREAK_SYNC)
		break_syncs = 1;
	if (j->mode == ROLL || j->mode == ROLL_FAIL)
		TRY(db_script(tx->db, "ROLLBACK"));
	if (j->mode == ROLL_FAIL)
		return ERR(c->a, ERR_INVALID, "rolled-back");
	return NULL;
}

static void told(struct change *c, err e)
{
	struct job *j = (struct job *)c;

	j->told++;
	j->told_err = e;
	j->syncs_at_told = syncs;
	j->stamp_at_told = stamp_get(topic);
	if (j->tell)
		sem_post(j->tell);
}

static struct job job(int64_t city, int64_t id, enum mode mode)
{
	return (struct job){ .c = { .run = run, .done = told, .a = a },
	    .city = city, .id = id, .mode = mode, .size = 8 };
}

static bool is(err e, enum err_kind kind, const char *rule)
{
	return e && e->kind == kind && strcmp(e->rule, rule) == 0;
}

static bool make(const char *file)
{
	struct db *db = NULL;
	bool good = !db_open(&db, a, file, DB_WRITE) && !db_script(db, schema);

	db_close(&db);
	return good;
}

static struct writer *open_writer(const char *file, struct writer_options o)
{
	struct writer *w = NULL;

	ok(make(file), "%s is made", strrchr(file, '/') + 1);
	ok(!writer_open(&w, a, file, &o) && w, "its writer opens");
	return w;
}

/* The writer stands inside a batch of its own until "gate" is posted. */
struct held { struct job j; sem_t begun, gate; };

static void hold(struct writer *w, struct held *h, int64_t id)
{
	sem_init(&h->begun, 0, 0);
	sem_init(&h->gate, 0, 0);
	h->j = job(99, id, WAIT);
	h->j.begun = &h->begun;
	h->j.wait = &h->gate;
	ok(writer_submit(w, &h->j.c), "a change that holds the writer");
	sem_wait(&h->begun);
}

static void wait_for(sem_t *s, int n)
{
	while (n-- > 0)
		sem_wait(s);
}

/* Submit n jobs while the writer is held, let go, wait until all are told. */
static void together(struct writer *w, struct job *jobs, int n, int64_t id)
{
	struct held h;
	sem_t tell;
	bool all = true;

	sem_init(&tell, 0, 0);
	hold(w, &h, id);
	for (int i = 0; i < n; i++) {
		jobs[i].tell = &tell;
		all = all && writer_submit(w, &jobs[i].c);
	}
	ok(all, "%d changes wait", n);
	sem_post(&h.gate);
	wait_for(&tell, n);
}

static void called(void *ctx)
{
	++*(int *)ctx;
}

static void test_batch(void)
{
	struct job jobs[25];
	struct writer_stats s;
	int wakes = 0;
	struct writer *w = open_writer(path("batch.db"), (struct writer_options){
	    .batch_max = 20, .after_batch = called, .ctx = &wakes });
	bool synced = true;

	for (int i = 0; i < 25; i++)
		jobs[i] = job(1, i, FINE);
	together(w, jobs, 25, 1);
	writer_close(&w);
	ok(!w && rows(path("batch.db"), 1, 0, 25) == 25, "all are there");
	ok(wakes == 3, "in batches of 1, 20 and 5: %d", wakes);
	for (int i = 0; i < 25; i++)
		synced = synced && jobs[i].told == 1 && !jobs[i].told_err &&
		    jobs[i].syncs_at_told > jobs[i].syncs_at_run;
	ok(synced, "each was told once, after an fdatasync");
	ok(jobs[0].syncs_at_told == jobs[0].syncs_at_run + 1 &&
	    jobs[19].syncs_at_told == jobs[0].syncs_at_told,
	    "twenty changes, one fdatasync");
	w = open_writer(path("stats.db"), (struct writer_options){ 0 });
	struct job one = job(1, 1, FINE), same = job(1, 1, FINE);
	ok(!writer_call(w, &one.c), "called");
	ok(is(writer_call(w, &same.c), ERR_CONFLICT, "already-there"),
	    "its error comes back");
	ok(one.told == 0, "a call does not call done");
	writer_stats(w, &s);
	ok(s.batches == 2 && s.changes == 2 && s.failed == 1 && s.queue == 0 &&
	    s.refused == 0 && s.commit_us_max > 0 && s.wal_pages > 0,
	    "and is counted");
	writer_close(&w);
	writer_close(&w);
}

static void test_alone(struct writer *w, const char *file)
{
	struct job jobs[5];
	uint64_t before = stamp_get(topic);

	for (int i = 0; i < 5; i++)
		jobs[i] = job(2, i, i == 1 ? TOUCH : FINE);
	jobs[2].mode = REFUSE;
	jobs[3].id = 0;		/* taken by the first of the same batch */
	together(w, jobs, 5, 2);
	ok(rows(file, 2, 0, 2) == 2 && rows(file, 2, 4, 5) == 1,
	    "neighbours of a refused change stay");
	ok(rows(file, 2, 2, 3) == 0, "what it wrote is gone");
	ok(is(jobs[2].told_err, ERR_CONFLICT, "refused-here") &&
	    is(jobs[3].told_err, ERR_CONFLICT, "already-there") &&
	    !jobs[0].told_err && !jobs[4].told_err, "each has its own answer");
	ok(jobs[0].runs == 1, "and nobody ran twice");
	ok(jobs[1].stamp_at_run == before && jobs[2].stamp_at_run == before,
	    "no stamp moves before the commit");
	ok(jobs[1].stamp_at_told == before + 1 &&
	    stamp_get(topic) == before + 1,
	    "one change, one step; the refused one moves none");
}

static void test_rerun(struct writer *w, const char *file)
{
	struct job jobs[4];

	for (int i = 0; i < 4; i++)
		jobs[i] = job(3, i, FINE);
	jobs[1].mode = ROLL;
	jobs[2].mode = ROLL_FAIL;
	jobs[0].mode = TOUCH;
	uint64_t before = stamp_get(topic);
	together(w, jobs, 4, 3);
	ok(jobs[0].runs == 3 && jobs[3].runs == 1 && !jobs[0].told_err &&
	    !jobs[3].told_err, "who lost his transaction runs again");
	ok(rows(file, 3, 0, 1) == 1 && rows(file, 3, 3, 4) == 1 &&
	    rows(file, 3, 1, 3) == 0, "and is there once");
	ok(is(jobs[1].told_err, ERR_INTERNAL, "internal") &&
	    is(jobs[2].told_err, ERR_INVALID, "rolled-back"),
	    "who ended it is told so");
	ok(stamp_get(topic) == before + 1, "three runs, one step of the stamp");
}

static void test_sync_fails(struct writer *w, const char *file)
{
	struct job jobs[3];

	for (int i = 0; i < 3; i++)
		jobs[i] = job(4, i, i == 1 ? BREAK_SYNC : FINE);
	together(w, jobs, 3, 4);
	ok(is(jobs[0].told_err, ERR_FULL, "disk-full") &&
	    is(jobs[1].told_err, ERR_FULL, "disk-full") &&
	    is(jobs[2].told_err, ERR_FULL, "disk-full"),
	    "an fdatasync that fails fails the whole batch");
	ok(rows(file, 4, 0, 3) == 0, "nothing of it is there");
	struct job again = job(4, 0, FINE);
	ok(!writer_call(w, &again.c) && rows(file, 4, 0, 3) == 1,
	    "the next one succeeds");
}

static void test_full_queue(void)
{
	struct held h;
	struct job jobs[3], over = job(5, 9, FINE);
	struct writer_stats s;
	sem_t tell;
	struct writer *w = open_writer(path("queue.db"),
	    (struct writer_options){ .queue_max = 3 });

	sem_init(&tell, 0, 0);
	hold(w, &h, 5);
	for (int i = 0; i < 3; i++) {
		jobs[i] = job(5, i, FINE);
		jobs[i].tell = &tell;
		ok(writer_submit(w, &jobs[i].c), "room for %d", i + 1);
	}
	ok(!writer_submit(w, &over.c), "no room for a fourth");
	ok(is(writer_call(w, &over.c), ERR_BUSY, "queue-full"), "nor a call");
	writer_stats(w, &s);
	ok(s.queue == 3 && s.refused == 2, "counted");
	sem_post(&h.gate);
	wait_for(&tell, 3);
	ok(!writer_call(w, &over.c), "room again");
	ok(over.told == 0 && over.runs == 1, "who was refused was not told");
	writer_close(&w);
}

static void test_close_drains(void)
{
	struct held h;
	struct job jobs[100];
	int n = 0;
	struct writer *w = open_writer(path("close.db"),
	    (struct writer_options){ .batch_max = 10 });

	hold(w, &h, 6);
	for (int i = 0; i < 100; i++) {
		jobs[i] = job(6, i, FINE);
		n += writer_submit(w, &jobs[i].c);
	}
	sem_post(&h.gate);
	writer_close(&w);
	for (int i = 0; i < 100; i++)
		n -= jobs[i].told == 1 && !jobs[i].told_err;
	ok(n == 0 && rows(path("close.db"), 6, 0, 100) == 100,
	    "closing runs what waits");
}

/* ---- threads ------------------------------------------------------- */

struct crowd { struct writer *w; int64_t from; int good; };

static void *many_calls(void *ctx)
{
	struct crowd *c = ctx;
	struct arena *mine = arena_new();

	for (int64_t i = 0; i < 200; i++) {
		struct job j = job(7, c->from + i, TOUCH);
		j.c.a = mine;
		c->good += !writer_call(c->w, &j.c);
		arena_reset(mine);
	}
	arena_free(&mine);
	return NULL;
}

static void test_threads(struct writer *w, const char *file)
{
	struct crowd c[4];
	pthread_t t[4];
	struct writer_stats s;
	uint64_t before = stamp_get(topic);
	int good = 0;

	for (int i = 0; i < 4; i++) {
		c[i] = (struct crowd){ w, i * 1000, 0 };
		pthread_create(&t[i], NULL, many_calls, &c[i]);
	}
	for (int i = 0; i < 4; i++) {
		writer_stats(w, &s);
		pthread_join(t[i], NULL);
		good += c[i].good;
	}
	ok(good == 800 && rows(file, 7, 0, 4000) == 800, "four threads");
	ok(stamp_get(topic) == before + 800, "every change moved the stamp");
}

/* ---- the WAL does not grow without end ----------------------------- */

/* Two changes always wait, so that the writer is never idle. */
struct stream { struct job j[2]; sem_t tell[2]; int64_t next; };

static void step(struct writer *w, struct stream *s, int i, bool first)
{
	if (!first)
		sem_wait(&s->tell[i]);
	s->j[i] = job(8, s->next++, FINE);
	s->j[i].c.a = arena_new();
	s->j[i].size = 20000;
	s->j[i].tell = &s->tell[i];
	if (!writer_submit(w, &s->j[i].c))
		abort();
}

/* True when the WAL was seen to begin anew within "most" changes. */
static bool stream(struct writer *w, struct stream *s, int most)
{
	struct writer_stats st;
	int64_t last = 0;
	bool anew = false;

	for (int i = 0; i < 2; i++)
		step(w, s, i, true);
	for (int n = 0; n < most && !anew; n++) {
		struct arena *old = s->j[n % 2].c.a;
		step(w, s, n % 2, false);
		arena_free(&old);
		writer_stats(w, &st);
		anew = st.wal_pages < last;
		last = st.wal_pages;
	}
	for (int i = 0; i < 2; i++) {
		sem_wait(&s->tell[i]);
		arena_free(&s->j[i].c.a);
	}
	return anew;
}

static void test_wal(void)
{
	const char *file = path("wal.db");
	struct writer *w = open_writer(file,
	    (struct writer_options){ .wal_max = 200 });
	struct stream s = { .next = 0 };
	struct db *r = NULL;
	struct stat before, after;

	sem_init(&s.tell[0], 0, 0);
	sem_init(&s.tell[1], 0, 0);
	ok(stream(w, &s, 20000), "under load without a pause it begins anew");
	ok(!stat(path("wal.db-wal"), &before) && before.st_size > 0, "its size");
	ok(!db_open(&r, a, file, DB_READ) && !db_read_begin(r) &&
	    rows(file, 8, 0, 1) == 1 && !db_integrity(r), "a reader holds it");
	ok(!stream(w, &s, 300), "then it cannot, and nobody is kept waiting");
	db_read_end(r);
	db_close(&r);
	ok(stream(w, &s, 20000), "and does when the reader has gone");
	ok(!stat(path("wal.db-wal"), &after) &&
	    after.st_size >= before.st_size, "the file is never cut");
	writer_close(&w);
	ok(rows(file, 8, 0, s.next) == s.next, "no change is lost by it");
}

/* ---- in a process of its own --------------------------------------- */

static int child_load(const char *file)
{
	struct writer *w = NULL;

	if (writer_open(&w, a, file, &(struct writer_options){ 0 }))
		return 1;
	for (int64_t i = 0;; i++) {
		struct job j = job(1, i, FINE);
		if (writer_call(w, &j.c) || write(1, &i, sizeof i) != sizeof i)
			return 1;
	}
}

static rlim_t limit(rlim_t most)
{
	struct rlimit r;

	getrlimit(RLIMIT_FSIZE, &r);
	rlim_t was = r.rlim_cur;
	r.rlim_cur = most;
	setrlimit(RLIMIT_FSIZE, &r);
	return was;
}

static int child_full(const char *file)
{
	struct writer *w = NULL;
	int64_t kept = 0;
	err e = NULL;

	signal(SIGXFSZ, SIG_IGN);
	if (writer_open(&w, a, file, &(struct writer_options){ 0 }))
		return 1;
	rlim_t was = limit(1 << 20);
	for (int64_t i = 0; !e && i < 1000; i++) {
		struct job j = job(1, i, FINE);
		j.size = 30000;
		e = writer_call(w, &j.c);
		kept += !e;
	}
	ok(is(e, ERR_FULL, "disk-full"), "the disk is full");
	ok(kept > 5, "it took %lld changes", (long long)kept);
	struct job small = job(1, 5000, FINE), big = job(1, 5001, FINE);
	big.size = 30000;
	err again = writer_call(w, &big.c);
	ok(is(again, ERR_FULL, "disk-full"), "and stays full");
	limit(was);
	ok(!writer_call(w, &small.c) && !writer_call(w, &big.c),
	    "when there is room it goes on");
	writer_close(&w);
	ok(rows(file, 1, 0, 1000) == kept && rows(file, 1, 5000, 5002) == 2,
	    "what was promised is there, what was refused is not");
	struct db *db = NULL;
	ok(!db_open(&db, a, file, DB_READ) && !db_integrity(db), "sound");
	db_close(&db);
	return done();
}

static char *mine(const char *s)
{
	size_t n = strlen(s) + 1;

	return memcpy(arena_bytes(a, n), s, n);
}

static pid_t spawn(const char *me, const char *what, const char *file, int out)
{
	extern char **environ;
	char *args[] = { mine(me), mine(what), mine(file), NULL };
	posix_spawn_file_actions_t fa;
	pid_t pid;

	posix_spawn_file_actions_init(&fa);
	posix_spawn_file_actions_adddup2(&fa, out, 1);
	if (posix_spawn(&pid, me, &fa, NULL, args, environ) != 0)
		pid = -1;
	posix_spawn_file_actions_destroy(&fa);
	return pid;
}

static void test_kill(const char *me)
{
	const char *file = path("kill.db");
	int p[2], status;
	int64_t id = -1, acked = -1;
	struct db *db = NULL;

	ok(make(file) && pipe(p) == 0, "a database for a child");
	pid_t pid = spawn(me, "load", file, p[1]);
	ok(pid > 0, "the child runs");
	close(p[1]);
	while (acked < 300 && read(p[0], &id, sizeof id) == sizeof id)
		acked = id;
	kill(pid, SIGKILL);
	while (read(p[0], &id, sizeof id) == sizeof id)
		acked = id;
	close(p[0]);
	ok(waitpid(pid, &status, 0) == pid && WIFSIGNALED(status) &&
	    acked >= 300, "killed after %lld answers", (long long)acked);
	ok(rows(file, 1, 0, acked + 1) == acked + 1,
	    "every answered change is there");
	ok(!db_open(&db, a, file, DB_READ) && !db_integrity(db), "sound");
	db_close(&db);
}

static void test_full(const char *me)
{
	const char *file = path("full.db");
	int p[2], status;
	char line[256];

	ok(make(file) && pipe(p) == 0, "a database on a small disk");
	pid_t pid = spawn(me, "full", file, p[1]);
	close(p[1]);
	FILE *f = fdopen(p[0], "r");
	while (f && fgets(line, sizeof line, f))
		printf("# %s", line);
	if (f)
		fclose(f);
	ok(pid > 0 && waitpid(pid, &status, 0) == pid && WIFEXITED(status) &&
	    WEXITSTATUS(status) == 0, "full, refused, and on again");
}

int main(int argc, char **argv)
{
	a = arena_new();
	log_level_set(LOG_SILENT);
	if (argc == 3 && strcmp(argv[1], "load") == 0)
		return child_load(argv[2]);
	if (argc == 3 && strcmp(argv[1], "full") == 0)
		return child_full(argv[2]);
	if (!mkdtemp(dir))
		return 1;
	test_batch();
	const char *file = path("many.db");
	struct writer *w = open_writer(file, (struct writer_options){ 0 });
	test_alone(w, file);
	test_rerun(w, file);
	test_sync_fails(w, file);
	test_threads(w, file);
	writer_close(&w);
	test_full_queue();
	test_close_drains();
	test_wal();
	test_kill(argv[0]);
	test_full(argv[0]);
	ok(system(arena_printf(a, "rm -rf %s", dir).p) == 0, "cleaned up");
	arena_free(&a);
	return done();
}
