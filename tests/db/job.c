#include "tests/db/job.h"

#include <errno.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

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

static const struct db_query add = { .name = "t.add",
    .sqlite = "INSERT INTO t (city, id, data) VALUES (?1, ?2, ?3)", .postgres = NULL };
static const struct db_query count = { .name = "t.count",
    .sqlite = "SELECT count(*) FROM t WHERE city = ?1 AND id >= ?2 AND id < ?3", .postgres = NULL };
static const char schema[] = "CREATE TABLE t (city INTEGER, id INTEGER,"
    " data BLOB, PRIMARY KEY (city, id)) STRICT, WITHOUT ROWID";

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

static err act(struct job *j, struct tx *tx)
{
	switch (j->mode) {
	case FINE:
		break;
	case WAIT:
		sem_post(j->begun);
		sem_wait(j->wait);
		break;
	case TOUCH:
	case REFUSE:
		tx_touch(&j->c, JOB_TOPIC);
		tx_touch(&j->c, JOB_TOPIC);
		j->stamp_at_run = stamp_get(JOB_TOPIC);
		break;
	case ROLL:
	case ROLL_FAIL:
		TRY(db_script(tx->db, "ROLLBACK"));
		break;
	case BREAK_SYNC:
		break_syncs = 1;
		break;
	}
	if (j->mode == REFUSE)
		return ERR(j->c.a, ERR_CONFLICT, "refused-here");
	if (j->mode == ROLL_FAIL)
		return ERR(j->c.a, ERR_INVALID, "rolled-back");
	return NULL;
}

static err run(struct change *c, struct tx *tx)
{
	struct job *j = (struct job *)c;

	j->runs++;
	TRY(put(tx->db, j->city, j->id, j->size));
	j->syncs_at_run = syncs;
	return act(j, tx);
}

static void told(struct change *c, err e)
{
	struct job *j = (struct job *)c;

	j->told++;
	j->told_err = e;
	j->syncs_at_told = syncs;
	j->stamp_at_told = stamp_get(JOB_TOPIC);
	if (j->tell)
		sem_post(j->tell);
}

struct job job(struct arena *a, int64_t city, int64_t id, enum job_mode mode)
{
	return (struct job){ .c = { .run = run, .done = told, .a = a },
	    .city = city, .id = id, .mode = mode, .size = 8 };
}

bool job_file(struct arena *a, const char *file)
{
	struct db *db = NULL;
	bool good = !db_open(&db, a, file, DB_WRITE) && !db_script(db, schema);

	db_close(&db);
	return good;
}

int64_t job_rows(struct arena *a, const char *file, int64_t city, int64_t from,
    int64_t to)
{
	struct db *db = NULL;
	struct db_stmt *s = NULL;
	bool more = false;
	int64_t n = -1;

	if (!db_open(&db, a, file, DB_READ) && !db_run(db, &count, &s)) {
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

bool job_sound(struct arena *a, const char *file)
{
	struct db *db = NULL;
	bool good = !db_open(&db, a, file, DB_READ) && !db_integrity(db);

	db_close(&db);
	return good;
}

bool job_err(err e, enum err_kind kind, const char *rule)
{
	return e && e->kind == kind && strcmp(e->rule, rule) == 0;
}

bool job_hold(struct writer *w, struct held *h, struct arena *a, int64_t id)
{
	sem_init(&h->begun, 0, 0);
	sem_init(&h->gate, 0, 0);
	h->j = job(a, 99, id, WAIT);
	h->j.begun = &h->begun;
	h->j.wait = &h->gate;
	if (!writer_submit(w, &h->j.c))
		return false;
	job_wait(&h->begun, 1);
	return true;
}

void job_wait(sem_t *s, int n)
{
	while (n > 0)
		n -= sem_wait(s) == 0;
}

bool job_together(struct writer *w, struct arena *a, struct job *jobs, int n,
    int64_t id)
{
	struct held h;
	sem_t tell;

	sem_init(&tell, 0, 0);
	if (!job_hold(w, &h, a, id))
		return false;
	for (int i = 0; i < n; i++) {
		jobs[i].tell = &tell;
		if (!writer_submit(w, &jobs[i].c))
			return false;
	}
	sem_post(&h.gate);
	job_wait(&tell, n);
	return true;
}
