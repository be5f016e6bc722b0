/*
 * inprocess.c - purchases through Laris's own writer and rules, without
 * HTTP: what bare.c is compared with.
 *
 *	inprocess -T CITY/FESTIVAL -m MERCHANTS -C CARDS [-b BATCH]
 *	          [-s SECONDS] [-n ROWS] [-r EVERY] DATABASE
 *
 * BATCH changes are always under way, so each transaction holds as many.
 * A change does what the API's handler does: find city and festival, then
 * record.  DATABASE is one of `laris demo`; it grows.  Output as bare's.
 */
#include "common.h"
#include "core/city.h"
#include "db/writer.h"
#include "mod/festival/purchase.h"
#include <semaphore.h>
#include <stdatomic.h>
#include <unistd.h>

struct options {
	long batch, rows, every;
	double seconds;
	const char *target, *path;
	struct list merchants, cards;
};

struct bench;
struct job {
	struct change change;	/* first: a job is its change		*/
	struct bench *bench;
	struct purchase_in in;
	char event[36];
};

struct bench {
	struct options o;
	str city, festival;
	struct writer *writer;
	struct job *jobs;
	struct uuid7 uuid;
	uint64_t seed, end, started;
	int64_t rows, mark_rows;
	uint64_t mark;
	double mark_cpu;
	long under_way;
	sem_t over;
};

static err run(struct change *c, struct tx *tx)
{
	struct job *j = (struct job *)c;
	struct purchase_out out;
	struct festival f;
	struct city city;

	TRY(city_find(tx->db, j->bench->city, &city));
	TRY(festival_find(tx->db, city.id, j->bench->festival, &f));
	return purchase_record(tx, c, &city, &f, &j->in, time_now(), &out);
}

/* Rows since the mark, and how fast. */
static void report(struct bench *b, const char *what)
{
	double s = (double)(now_ns() - b->mark) / 1e9, rows = (double)(b->rows - b->mark_rows);

	printf("{\"what\": \"%s\", \"rows\": %lld, \"at\": %lld, \"batch\": %ld, "
	    "\"seconds\": %.3f, \"per_second\": %.1f, \"us_per_row\": %.3f, "
	    "\"cpu_us_per_row\": %.3f}\n", what, (long long)(b->rows - b->mark_rows),
	    (long long)b->rows, b->o.batch, s, rows / s, s * 1e6 / rows,
	    (cpu_us() - b->mark_cpu) / rows);
	fflush(stdout);
	b->mark_rows = b->rows;
	b->mark = now_ns();
	b->mark_cpu = cpu_us();
}

static void fill(struct job *j)
{
	struct bench *b = j->bench;
	const struct options *o = &b->o;
	const char *m = o->merchants.v[random_below(&b->seed, o->merchants.n)];
	const char *c = o->cards.v[random_below(&b->seed, o->cards.n)];

	uuid7_put(j->event, &b->uuid);
	j->in = (struct purchase_in){ .event = { j->event, sizeof j->event },
	    .amount = 5000 + 500 * (int64_t)random_below(&b->seed, 600),
	    .method = (enum method)random_below(&b->seed, METHODS), .channel = CHANNEL_API,
	    .at = INT64_C(1633021200000000) + (int64_t)random_below(&b->seed, 31 * 86400) * SECOND,
	    .note = S("") };
	if (!id_parse(str_of(m), &j->in.merchant.v)
	    || !str_int(str_of(c), 1, INT64_MAX, &j->in.card))
		die("inprocess: \"%s\" or \"%s\" is not an id or a card", m, c);
}

static void submit(struct job *j)
{
	fill(j);
	if (!writer_submit(j->bench->writer, &j->change))
		die("inprocess: the queue is full");
}

/* On the writer's thread, which is the only one that works here. */
static void done(struct change *c, err e)
{
	struct job *j = (struct job *)c;
	struct bench *b = j->bench;

	if (e)
		die("inprocess: %s %.*s", e->rule, SV(e->log));
	arena_reset(c->a);
	b->rows++;
	if (b->o.every && b->rows - b->mark_rows == b->o.every)
		report(b, "part");
	if (b->rows + b->under_way <= b->o.rows && now_ns() < b->end)
		submit(j);
	else if (--b->under_way == 0)
		sem_post(&b->over);
}

static void begin(struct bench *b)
{
	b->mark = now_ns();
	b->mark_cpu = cpu_us();
	b->end = b->mark + (uint64_t)(b->o.seconds * 1e9);
	b->under_way = b->o.batch;
	for (long i = 0; i < b->o.batch; i++)
		submit(&b->jobs[i]);
	while (sem_wait(&b->over) != 0)
		;
	if (b->o.every == 0)
		report(b, "all");
}

static bool option(struct options *o, int opt, char *arg)
{
	switch (opt) {
	case 'b': o->batch = atol(arg); return true;
	case 's': o->seconds = atof(arg); return true;
	case 'n': o->rows = atol(arg); return true;
	case 'r': o->every = atol(arg); return true;
	case 'T': o->target = arg; return true;
	case 'm': read_list(&o->merchants, arg); return true;
	case 'C': read_list(&o->cards, arg); return true;
	default: return false;
	}
}

static void prepare(struct bench *b, struct arena *a)
{
	struct writer_options w = { 0 };
	str target = str_of(b->o.target);
	err e;

	if (!str_take(&target, '/', &b->city) || target.n == 0)
		die("inprocess: -T CITY/FESTIVAL is needed");
	b->festival = target;
	b->seed = now_ns();
	b->uuid.seed = ~b->seed;
	b->jobs = NEWN(a, struct job, (size_t)b->o.batch);
	for (long i = 0; i < b->o.batch; i++)
		b->jobs[i] = (struct job){ .bench = b,
		    .change = { .run = run, .done = done, .a = arena_new(), .sums = true } };
	sem_init(&b->over, 0, 0);
	e = writer_open(&b->writer, a, b->o.path, &w);
	if (e)
		die("inprocess: %s %.*s", e->rule, SV(e->log));
}

int main(int argc, char **argv)
{
	static struct bench b = { .o = { .batch = 32, .rows = 1000000000, .seconds = 5 } };
	struct arena *a = arena_new();
	int opt;

	while ((opt = getopt(argc, argv, "b:s:n:r:T:m:C:")) != -1)
		if (!option(&b.o, opt, optarg))
			return 2;
	if (optind + 1 != argc || b.o.batch < 1 || b.o.batch > 1024 || !b.o.merchants.n
	    || !b.o.cards.n)
		die("use: inprocess -T CITY/FESTIVAL -m FILE -C FILE [-b 1-1024] ... DATABASE");
	b.o.path = argv[optind];
	prepare(&b, a);
	begin(&b);
	writer_close(&b.writer);
	arena_free(&a);
	return 0;
}
