#include "tests/db/job.h"
#include "tests/tap.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static char dir[] = "/tmp/laris-writer-XXXXXX";
static struct arena *a;

static const char *path(const char *name)
{
	return arena_printf(a, "%s/%s", dir, name).p;
}

static int64_t rows(const char *file, int64_t city, int64_t from, int64_t to)
{
	return job_rows(a, file, city, from, to);
}

static struct writer *open_writer(const char *file, struct writer_options o)
{
	struct writer *w = NULL;

	ok(job_file(a, file), "%s is made", strrchr(file, '/') + 1);
	ok(!writer_open(&w, a, file, &o) && w, "its writer opens");
	return w;
}

/* ---- batches ------------------------------------------------------- */

static void called(void *ctx)
{
	++*(int *)ctx;
}

static void test_batch(void)
{
	struct job jobs[25];
	int wakes = 0, synced = 0;
	struct writer *w = open_writer(path("batch.db"), (struct writer_options){
	    .batch_max = 20, .after_batch = called, .ctx = &wakes });

	for (int i = 0; i < 25; i++)
		jobs[i] = job(a, 1, i, FINE);
	ok(job_together(w, a, jobs, 25, 1), "25 changes wait");
	writer_close(&w);
	ok(!w && rows(path("batch.db"), 1, 0, 25) == 25, "all are there");
	ok(wakes == 3, "in batches of 1, 20 and 5: %d", wakes);
	for (int i = 0; i < 25; i++)
		synced += jobs[i].told == 1 && !jobs[i].told_err &&
		    jobs[i].syncs_at_told > jobs[i].syncs_at_run;
	ok(synced == 25, "each was told once, after an fdatasync");
	ok(jobs[0].syncs_at_told == jobs[0].syncs_at_run + 1 &&
	    jobs[19].syncs_at_told == jobs[0].syncs_at_told,
	    "twenty changes, one fdatasync");
}

static void test_call(void)
{
	struct job one = job(a, 1, 1, FINE), same = job(a, 1, 1, FINE);
	struct writer_stats s;
	struct writer *w = open_writer(path("call.db"),
	    (struct writer_options){ 0 });

	ok(!writer_call(w, &one.c), "called");
	ok(job_err(writer_call(w, &same.c), ERR_CONFLICT, "already-there"),
	    "its error comes back");
	ok(one.told == 0, "a call does not call done");
	writer_stats(w, &s);
	ok(s.batches == 2 && s.changes == 2 && s.failed == 1, "and is counted");
	ok(s.queue == 0 && s.refused == 0, "nothing waits");
	ok(s.commit_us_max > 0 && s.wal_pages > 0, "the commit is measured");
	writer_close(&w);
	writer_close(&w);
}

static void test_alone(struct writer *w, const char *file)
{
	struct job jobs[5];
	uint64_t before = stamp_get(JOB_TOPIC), now = stamp_now();

	for (int i = 0; i < 5; i++)
		jobs[i] = job(a, 2, i, i == 1 ? TOUCH : FINE);
	jobs[2].mode = REFUSE;
	jobs[3].id = 0;		/* taken by the first of the same batch */
	ok(job_together(w, a, jobs, 5, 2), "one batch");
	ok(rows(file, 2, 0, 2) == 2 && rows(file, 2, 4, 5) == 1,
	    "neighbours of a refused change stay");
	ok(rows(file, 2, 2, 3) == 0, "what it wrote is gone");
	ok(job_err(jobs[2].told_err, ERR_CONFLICT, "refused-here") &&
	    job_err(jobs[3].told_err, ERR_CONFLICT, "already-there") &&
	    !jobs[0].told_err && !jobs[4].told_err, "each has its own answer");
	ok(jobs[0].runs == 2 && jobs[4].runs == 1,
	    "who ran before one that wrote and then failed runs again, in a savepoint");
	ok(jobs[1].stamp_at_run == before && jobs[2].stamp_at_run == before,
	    "no stamp moves before the commit");
	ok(jobs[0].stamp_at_told == now + 1 && stamp_now() == now + 1,
	    "it has moved when the first is told; the refused one moves none");
	ok(stamp_get(JOB_TOPIC) == now + 1, "and carries the newest number");
}

static void test_rerun(struct writer *w, const char *file)
{
	struct job jobs[4];
	uint64_t before = stamp_now();

	for (int i = 0; i < 4; i++)
		jobs[i] = job(a, 3, i, FINE);
	jobs[0].mode = TOUCH;
	jobs[1].mode = ROLL;
	jobs[2].mode = ROLL_FAIL;
	ok(job_together(w, a, jobs, 4, 3), "one batch");
	ok(jobs[0].runs == 3 && jobs[3].runs == 1, "who lost his transaction "
	    "runs again");
	ok(!jobs[0].told_err && !jobs[3].told_err, "and is not blamed");
	ok(rows(file, 3, 0, 1) == 1 && rows(file, 3, 3, 4) == 1 &&
	    rows(file, 3, 1, 3) == 0, "each is there once");
	ok(job_err(jobs[1].told_err, ERR_INTERNAL, "internal") &&
	    job_err(jobs[2].told_err, ERR_INVALID, "rolled-back"),
	    "who ended it is told so");
	ok(stamp_now() == before + 1, "three runs, one step of the stamp");
}

static void test_sync_fails(struct writer *w, const char *file)
{
	struct job jobs[3];
	int full = 0;

	for (int i = 0; i < 3; i++)
		jobs[i] = job(a, 4, i, i == 1 ? BREAK_SYNC : TOUCH);
	uint64_t before = stamp_now();
	ok(job_together(w, a, jobs, 3, 4), "one batch");
	for (int i = 0; i < 3; i++)
		full += job_err(jobs[i].told_err, ERR_FULL, "disk-full");
	ok(full == 3, "an fdatasync that fails fails the whole batch");
	ok(rows(file, 4, 0, 3) == 0, "nothing of it is there");
	ok(stamp_now() == before, "no stamp moves");
	struct job again = job(a, 4, 0, FINE);
	ok(!writer_call(w, &again.c) && rows(file, 4, 0, 3) == 1,
	    "the next one succeeds");
}

/* ---- the queue ----------------------------------------------------- */

static void test_full_queue(void)
{
	struct held h;
	struct job jobs[3], over = job(a, 5, 9, FINE);
	struct writer_stats s;
	sem_t tell;
	struct writer *w = open_writer(path("queue.db"),
	    (struct writer_options){ .queue_max = 3 });

	sem_init(&tell, 0, 0);
	ok(job_hold(w, &h, a, 5), "the writer is held");
	for (int i = 0; i < 3; i++) {
		jobs[i] = job(a, 5, i, FINE);
		jobs[i].tell = &tell;
		ok(writer_submit(w, &jobs[i].c), "room for %d", i + 1);
	}
	ok(!writer_submit(w, &over.c), "no room for a fourth");
	ok(job_err(writer_call(w, &over.c), ERR_BUSY, "queue-full"),
	    "nor a call");
	writer_stats(w, &s);
	ok(s.queue == 3 && s.refused == 2, "counted");
	sem_post(&h.gate);
	job_wait(&tell, 3);
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

	ok(job_hold(w, &h, a, 6), "the writer is held");
	for (int i = 0; i < 100; i++) {
		jobs[i] = job(a, 6, i, FINE);
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
		struct job j = job(mine, 7, c->from + i, TOUCH);
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
	uint64_t before = stamp_now();
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
	ok(stamp_now() == before + 800, "every change moved the stamp");
}

/* ---- the WAL does not grow without end ----------------------------- */

/* Two changes always wait, so that the writer is never idle. */
struct stream { struct job j[2]; sem_t tell[2]; int64_t next; };

static void step(struct writer *w, struct stream *s, int i, bool first)
{
	if (!first)
		sem_wait(&s->tell[i]);
	s->j[i] = job(arena_new(), 8, s->next++, FINE);
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

int main(void)
{
	a = arena_new();
	log_level_set(LOG_SILENT);
	if (!mkdtemp(dir))
		return 1;
	test_batch();
	test_call();
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
	ok(system(arena_printf(a, "rm -rf %s", dir).p) == 0, "cleaned up");
	arena_free(&a);
	return done();
}
