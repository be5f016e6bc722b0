/*
 * job.h - changes that tests hand to a writer, and what became of them.
 *
 * Linked into every test of db.  SQLite's own fdatasync comes through
 * here: so a test can tell whether an answer came before or after it, and
 * break it.
 */
#ifndef LARIS_TESTS_JOB_H
#define LARIS_TESTS_JOB_H

#include "db/writer.h"

#include <semaphore.h>

enum job_mode {
	FINE, REFUSE, WAIT, TOUCH,
	ROLL, ROLL_FAIL,	/* end the writer's transaction		*/
	BREAK_SYNC,		/* the next fdatasync fails		*/
};

struct job {
	struct change c;
	int64_t city, id;	/* the row it adds			*/
	size_t size;		/* bytes in it				*/
	enum job_mode mode;
	sem_t *begun, *wait;	/* of WAIT				*/
	sem_t *tell;		/* posted by "done"			*/
	/* what was seen: */
	int runs, told;
	err told_err;
	long syncs_at_run, syncs_at_told;
	uint64_t stamp_at_run, stamp_at_told;
};

#define JOB_TOPIC	UINT64_C(42)	/* what TOUCH and REFUSE touch	*/

struct job job(struct arena *, int64_t city, int64_t id, enum job_mode);
/* A database with the table of jobs. */
bool	job_file(struct arena *, const char *file);
/* Rows of a city with from <= id < to; -1 on an error. */
int64_t	job_rows(struct arena *, const char *file, int64_t city, int64_t from,
	    int64_t to);
bool	job_sound(struct arena *, const char *file);
bool	job_err(err, enum err_kind, const char *rule);

/* The writer stands inside a batch of its own until "gate" is posted. */
struct held { struct job j; sem_t begun, gate; };
bool	job_hold(struct writer *, struct held *, struct arena *, int64_t id);
void	job_wait(sem_t *, int n);
/*
 * Hand over n jobs while the writer is held, let it go, wait until all
 * have been told: they are one batch.
 */
bool	job_together(struct writer *, struct arena *, struct job *, int n,
	    int64_t id);

#endif
