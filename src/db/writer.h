/*
 * writer.h - the one write path.
 *
 * Layer 1.  One thread takes every change that is waiting, opens one
 * transaction, runs each inside a savepoint (one that fails is rolled
 * back alone), commits once with synchronous=FULL, and only then calls
 * each change's "done".  So durability costs one fsync a batch, and a
 * reply means: it is on the disk.  There is no timer: a batch is what
 * queued while the last fsync ran.
 *
 * A change may be run again (a conflict, a failed commit): it touches
 * only its arena and its transaction.
 */
#ifndef LARIS_DB_WRITER_H
#define LARIS_DB_WRITER_H

#include "db/db.h"

struct writer;
struct sums;

/*
 * A row that every change of a batch adds to (a total).  Instead of
 * writing it each time, a change says what to add; the writer adds up
 * and writes each row once, before the commit or before the next change
 * that does not say "sums", so nobody else ever reads a row behind.
 */
struct tx_sum {
	err (*write)(struct tx *, const struct tx_sum *);
	int64_t key[4];		/* with "write": which row		*/
	int64_t add[6];
	int64_t last;		/* the largest wins			*/
	int64_t base;		/* for tx_waiting_base: the first one's stays */
};
enum { CHANGE_SUMS = 8 };

struct change {
	err (*run)(struct change *, struct tx *);
	/* On the writer's thread, after the commit (or the failure).  May
	 * free the change; must not wait for the writer. */
	void (*done)(struct change *, err);
	struct arena *a;	/* the transaction's results live here	*/
	int64_t turn;		/* the city: cities take turns; 0: nobody's */
	/* Promise: reads no row that a tx_sum writes but by tx_waiting(). */
	bool sums;
	/* the writer's own: */
	struct sums *waiting;
	struct tx_sum sum[CHANGE_SUMS];
	unsigned n_sums;
	bool many;		/* see change_many			*/
	struct change *next;
	err result;
	void *waits;		/* a writer_call			*/
	uint64_t touched[8];	/* see tx_touch				*/
	unsigned n_touched;
};

struct writer_options {
	size_t queue_max;	/* changes waiting; over it ERR_BUSY (but for a
				 * city that has hardly any); 0: 4096	*/
	size_t batch_max;	/* changes in one transaction; 0: 1024	*/
	size_t wal_max;		/* pages at which the WAL begins anew; 0: 16384 */
	/* Once a batch, after all its "done": wake the loops.  May be NULL. */
	void (*after_batch)(void *);
	void *ctx;
};

struct writer_stats {
	int64_t batches, changes, refused, failed;
	int64_t queue;		/* waiting now				*/
	int64_t commit_us_last, commit_us_max;
	int64_t wal_pages;
};

/* Opens its own connection and starts the writer and checkpoint threads. */
err	writer_open(struct writer **, struct arena *, const char *where,
	    const struct writer_options *) MUST_USE;
/* Runs what is queued, then stops.  Safe on NULL. */
void	writer_close(struct writer **);
/* False: the queue is full; "done" will not be called. */
bool	writer_submit(struct writer *, struct change *) MUST_USE;
/* Submit and wait: command line, jobs, tests.  "done" is not called. */
err	writer_call(struct writer *, struct change *) MUST_USE;
void	writer_stats(struct writer *, struct writer_stats *);
/*
 * What earlier changes deleted is in no byte of the database's files any more.
 * Changes go on meanwhile, but for some milliseconds.  Waits for readers:
 * ERR_BUSY "db-scrub" after some seconds, to be asked again.
 */
err	writer_wipe(struct writer *, struct arena *) MUST_USE;

/* ---- sums ----------------------------------------------------------- */

/* At once when the change is NULL or does not say "sums". */
err	tx_add(struct tx *, struct change *, const struct tx_sum *) MUST_USE;
/* What earlier changes of this batch, and this one, have said but is not yet in the row. */
int64_t	tx_waiting(struct change *, const struct tx_sum *, size_t i);
/* Has anything been said of that row?  Then what the first found there: no need to read it. */
bool	tx_waiting_base(struct change *, const struct tx_sum *, int64_t *base) MUST_USE;

/*
 * What records thousands of rows in one change (an import, a
 * demonstration) hands this to their rules instead of its own change: their
 * sums are added up as a batch's are.  Lives in the arena.  Before the
 * change ends, or anything else reads the rows that are added to,
 * change_many_done() writes them and tells "whole" (or NULL) what was
 * touched; it may be used again.
 */
struct change *change_many(struct arena *);
err	change_many_done(struct tx *, struct change *many, struct change *whole) MUST_USE;

/* ---- version stamps ------------------------------------------------ */

/*
 * What a change touched ("the totals of festival F"), by any 64-bit key.
 * After its commit the key's stamp takes the next number of one counter,
 * never before.  Whoever notes stamp_now() before reading rows knows by a
 * later stamp_get(key) <= that number that what was read still stands.  Kept in memory; at most
 * 8 keys a change; keys may share a stamp (only costs a rebuild).
 */
void	tx_touch(struct change *, uint64_t key);
uint64_t stamp_get(uint64_t key);	/* any thread			*/
uint64_t stamp_now(void);
uint64_t stamp_key(const char *topic, int64_t city, int64_t id);

#endif
