/*
 * bare.c - the limit to compare with: the rows Laris writes for one
 * purchase, written by plain SQLite C code and nothing around it.
 *
 * The schema is read from the migration itself, so the tables and their
 * keys are the same.  What a row needs to know (sums before, heads of
 * chains) is kept in memory, so nothing is ever read: this is the best
 * case.  WAL, synchronous=FULL, one commit a batch; checkpoints on a
 * thread of their own, PASSIVE four times a second (as ours are), and when the WAL has grown
 * over a limit the writer waits for one that starts it anew.
 *
 *	bare [-b BATCH] [-s SECONDS] [-n ROWS] [-r EVERY] [-c CARDS]
 *	     [-m MERCHANTS] [-C CACHE_KIB] -S SALE.sql -S LOG.sql DATABASE
 *
 * DATABASE is made anew.  One line of JSON; with -r also one each EVERY
 * rows, for the cost of one more purchase in a full house.
 */
#include "common.h"
#include <pthread.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <unistd.h>

enum { CITY = 3372, UNIT = 50000, WAL_PAGES_MAX = 16384, TICK_US = 250000 };
/* The city, the festival: like an id of ours, any large number. */
#define FESTIVAL	INT64_C(218103808000000001)

enum write {
	BEGIN, COMMIT, PURCHASE, CARD, MERCHANT, FESTIVAL_TOTAL, SLICE, ENTRY, WRITES
};

static const char *const sql[WRITES] = {
	[BEGIN] = "BEGIN IMMEDIATE",
	[COMMIT] = "COMMIT",
	[PURCHASE] = "INSERT INTO purchase (city, festival, id, number, "
	             "merchant, card, amount,"
	             " counted, points, coupons, why, method, channel, at, "
	             "received, event, note, person,"
	             " token, state, venue, sector, card_before, "
	             "merchant_before) VALUES (?1, ?2, ?3, ?4, ?5,"
	             " ?6, ?7, ?7, ?8, ?9, 0, ?10, 4, ?11, ?12, ?13, '', 0, 1, "
	             "0, ?14, ?15, ?16, ?17)",
	[CARD] = "INSERT INTO card_total (city, festival, card, purchases, "
	         "rupiah, counted,"
	         " coupons, last) VALUES (?1, ?2, ?3, 1, ?4, ?4, ?5, ?6)"
	         " ON CONFLICT (city, festival, card) DO UPDATE SET purchases "
	         "= purchases + 1,"
	         " rupiah = rupiah + excluded.rupiah, counted = counted + "
	         "excluded.counted,"
	         " coupons = excluded.coupons, last = excluded.last",
	[MERCHANT] = "INSERT INTO merchant_total (city, festival, merchant, "
	             "purchases, rupiah,"
	             " points, last) VALUES (?1, ?2, ?3, 1, ?4, ?5, ?6)"
	             " ON CONFLICT (city, festival, merchant) DO UPDATE SET "
	             "purchases = purchases + 1,"
	             " rupiah = rupiah + excluded.rupiah, points = points + "
	             "excluded.points,"
	             " last = excluded.last",
	[FESTIVAL_TOTAL] =
	    "INSERT INTO festival_total (city, festival, purchases, rupiah,"
	    " coupons, reporting, unclaimed, numbered, last_at) VALUES (?1, "
	    "?2, 1, ?3, ?4, ?5, 0,"
	    " 1, ?6) ON CONFLICT (city, festival) DO UPDATE SET purchases = "
	    "purchases + 1,"
	    " rupiah = rupiah + excluded.rupiah, coupons = coupons + "
	    "excluded.coupons,"
	    " reporting = reporting + excluded.reporting, numbered = numbered "
	    "+ 1,"
	    " last_at = max(last_at, excluded.last_at)",
	/* The city's public log: as many bytes as a purchase's entry and its salt. */
	[ENTRY] = "INSERT INTO ledger_entry (city, number, kind, subject, data, salt)"
	          " VALUES (?1, ?2, 1, ?3, ?4, ?5)",
	[SLICE] = "INSERT INTO festival_slice (city, festival, kind, key, "
	          "purchases, rupiah)"
	          " VALUES (?1, ?2, ?3, ?4, 1, ?5) ON CONFLICT (city, "
	          "festival, kind, key)"
	          " DO UPDATE SET purchases = purchases + 1, rupiah = rupiah + "
	          "excluded.rupiah",
};

struct options {
	long batch, rows, every, cards, merchants, cache_kib;
	double seconds;
	const char *schema[2], *path;	/* of the sale, of the log	*/
};

struct bench {
	struct options o;
	sqlite3 *db;
	sqlite3_stmt *st[WRITES];
	int64_t *card_counted, *card_last, *merchant_last;
	int64_t number;
	uint64_t seed;
	struct uuid7 uuid;
	struct hist transaction, commit;
	atomic_bool stop;
	atomic_int wal_pages, wal_most;
};

/* ---- the database --------------------------------------------------- */

static void run(sqlite3 *db, const char *text)
{
	if (sqlite3_exec(db, text, NULL, NULL, NULL) != SQLITE_OK)
		die("bare: %s: %s", text, sqlite3_errmsg(db));
}

static char *read_file(const char *path)
{
	FILE *f = fopen(path, "r");
	char *text = calloc(1, 1 << 17);

	if (!f || !text)
		die("bare: cannot read %s", path);
	if (fread(text, 1, (1 << 17) - 1, f) == 0)
		die("bare: %s is empty", path);
	fclose(f);
	return text;
}

/* A word of the migrations' dialect as SQLite has it, or NULL. */
static const char *word_of(const char *w, size_t n)
{
	static const char *const words[][2] = {
		{ "int", "INTEGER" }, { "text", "TEXT" }, { "bytes", "BLOB" } };

	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (n == strlen(words[i][0]) && !strncmp(w, words[i][0], n))
			return words[i][1];
	return NULL;
}

static char *schema_of(const char *path)
{
	static const char word[] =
	    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789";
	char *in = read_file(path), *out = NULL;
	size_t len;
	FILE *f = open_memstream(&out, &len);
	bool table = false;

	for (const char *p = in; *p;) {
		size_t n = strspn(p, word);

		if (!strncmp(p, "--", 2)) {
			p += strcspn(p, "\n");
		} else if (n > 0) {
			const char *w = word_of(p, n);
			table |= n == 5 && !strncmp(p, "TABLE", 5);
			if (w)
				fputs(w, f);
			else
				fwrite(p, 1, n, f);
			p += n;
		} else {
			if (*p == ';' && table) {
				fputs(" STRICT, WITHOUT ROWID", f);
				table = false;
			}
			fputc(*p++, f);
		}
	}
	fclose(f);
	free(in);
	return out;
}

static sqlite3 *open_db(const char *path)
{
	sqlite3 *db;

	if (sqlite3_open(path, &db) != SQLITE_OK)
		die("bare: cannot open %s", path);
	sqlite3_busy_timeout(db, 10000);
	return db;
}

/* As in a sale well under way: every card and merchant has its row. */
static void fill(struct bench *b, const char *table, long n)
{
	char text[300];

	snprintf(text, sizeof text, "WITH RECURSIVE n(i) AS (VALUES (0) UNION ALL SELECT i + 1"
	    " FROM n WHERE i < %ld) INSERT INTO %s SELECT %d, %lld, i + %lld, 0, 0, 0, 0%s FROM n",
	    n - 1, table, CITY, (long long)FESTIVAL, (long long)FESTIVAL,
	    strcmp(table, "card_total") == 0 ? ", 0" : "");
	run(b->db, text);
}

static void prepare(struct bench *b)
{
	char text[600];

	for (int i = 0; i < 3; i++) {
		static const char *const tail[] = { "", "-wal", "-shm" };
		snprintf(text, sizeof text, "%s%s", b->o.path, tail[i]);
		unlink(text);
	}
	b->db = open_db(b->o.path);
	snprintf(text, sizeof text, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
	    " PRAGMA wal_autocheckpoint=0; PRAGMA journal_size_limit=-1; PRAGMA mmap_size=0;"
	    " PRAGMA temp_store=MEMORY; PRAGMA foreign_keys=ON; PRAGMA cache_size=-%ld",
	    b->o.cache_kib);
	run(b->db, text);
	for (int i = 0; i < 2; i++) {
		char *schema = schema_of(b->o.schema[i]);
		run(b->db, schema);
		free(schema);
	}
	run(b->db, "BEGIN");
	fill(b, "card_total", b->o.cards);
	fill(b, "merchant_total", b->o.merchants);
	run(b->db, "COMMIT; PRAGMA wal_checkpoint(RESTART)");
	for (int i = 0; i < WRITES; i++)
		if (sqlite3_prepare_v3(b->db, sql[i], -1, SQLITE_PREPARE_PERSISTENT, &b->st[i],
		    NULL) != SQLITE_OK)
			die("bare: %s: %s", sql[i], sqlite3_errmsg(b->db));
}

static void *checkpoints(void *arg)
{
	struct bench *b = arg;
	sqlite3 *db = open_db(b->o.path);

	/* A connection that has read nothing does not know of the WAL yet,
	 * and its checkpoints do nothing, silently. */
	run(db, "SELECT count(*) FROM sqlite_master");
	while (!b->stop) {
		int log = 0, done = 0;

		sqlite3_wal_checkpoint_v2(db, NULL, SQLITE_CHECKPOINT_PASSIVE, &log, &done);
		b->wal_pages = log;
		if (log > b->wal_most)
			b->wal_most = log;
		usleep(TICK_US);
	}
	sqlite3_close(db);
	return NULL;
}

/* ---- one purchase --------------------------------------------------- */

static void step(struct bench *b, enum write w)
{
	if (sqlite3_step(b->st[w]) != SQLITE_DONE)
		die("bare: %s: %s", sql[w], sqlite3_errmsg(b->db));
	sqlite3_reset(b->st[w]);
}

static void bind(struct bench *b, enum write w, const int64_t *v, int n)
{
	sqlite3_bind_int64(b->st[w], 1, CITY);
	sqlite3_bind_int64(b->st[w], 2, FESTIVAL);
	for (int i = 0; i < n; i++)
		sqlite3_bind_int64(b->st[w], 3 + i, v[i]);
}

static void slice(struct bench *b, int64_t kind, int64_t key, int64_t amount)
{
	bind(b, SLICE, (int64_t[]){ kind, key, amount }, 3);
	step(b, SLICE);
}

struct sale {
	int64_t id, card, merchant, venue, sector, amount, points, coupons, method, at, received;
};

static void write_purchase(struct bench *b, const struct sale *s)
{
	char event[36];
	size_t card = (size_t)s->card, merchant = (size_t)s->merchant;

	uuid7_put(event, &b->uuid);
	bind(b, PURCHASE, (int64_t[]){ s->id, b->number, s->merchant + FESTIVAL,
	    s->card + FESTIVAL, s->amount, s->points, s->coupons, s->method, s->at, s->received },
	    10);
	sqlite3_bind_text(b->st[PURCHASE], 13, event, sizeof event, SQLITE_STATIC);
	sqlite3_bind_int64(b->st[PURCHASE], 14, s->venue);
	sqlite3_bind_int64(b->st[PURCHASE], 15, s->sector);
	sqlite3_bind_int64(b->st[PURCHASE], 16, b->card_last[card]);
	sqlite3_bind_int64(b->st[PURCHASE], 17, b->merchant_last[merchant]);
	step(b, PURCHASE);
}

static void write_sums(struct bench *b, const struct sale *s)
{
	bind(b, CARD, (int64_t[]){ s->card + FESTIVAL, s->amount, s->coupons, s->id }, 4);
	step(b, CARD);
	bind(b, MERCHANT, (int64_t[]){ s->merchant + FESTIVAL, s->amount, s->points, s->id }, 4);
	step(b, MERCHANT);
	bind(b, FESTIVAL_TOTAL, (int64_t[]){ s->amount, s->points,
	    b->merchant_last[s->merchant] == 0, s->at }, 4);
	step(b, FESTIVAL_TOTAL);
	slice(b, 0, (s->at / 3600000000 + 7) / 24, s->amount);
	slice(b, 1, s->method, s->amount);
	slice(b, 2, s->venue, s->amount);
	slice(b, 3, s->sector, s->amount);
	slice(b, 4, (s->at / 3600000000 + 7) % 24, s->amount);
}

static void random_fill(uint64_t *seed, char *p, size_t n)
{
	for (size_t i = 0; i < n; i += 8) {
		uint64_t v = next_random(seed);
		memcpy(p + i, &v, n - i < 8 ? n - i : 8);
	}
}

static void write_entry(struct bench *b, const struct sale *s)
{
	char data[116], salt[32];

	random_fill(&b->seed, data, sizeof data);
	random_fill(&b->seed, salt, sizeof salt);
	sqlite3_bind_int64(b->st[ENTRY], 1, CITY);
	sqlite3_bind_int64(b->st[ENTRY], 2, b->number);
	sqlite3_bind_int64(b->st[ENTRY], 3, s->id);
	sqlite3_bind_blob(b->st[ENTRY], 4, data, sizeof data, SQLITE_STATIC);
	sqlite3_bind_blob(b->st[ENTRY], 5, salt, sizeof salt, SQLITE_STATIC);
	step(b, ENTRY);
}

static void purchase(struct bench *b, int64_t wall)
{
	struct sale s = {
		.card = (int64_t)random_below(&b->seed, (uint64_t)b->o.cards),
		.merchant = (int64_t)random_below(&b->seed, (uint64_t)b->o.merchants),
		.amount = 5000 + 500 * (int64_t)random_below(&b->seed, 600),
		.method = (int64_t)random_below(&b->seed, 6),
		.received = wall,
	};
	int64_t before = b->card_counted[s.card];

	b->number++;
	s.venue = FESTIVAL + s.merchant % 20;
	s.sector = s.merchant % 12;
	s.id = FESTIVAL + b->number * 80;	/* ascending, as ours are */
	s.at = INT64_C(1633021200000000) + (int64_t)random_below(&b->seed, 31 * 86400) * 1000000;
	s.coupons = (before + s.amount) / UNIT;
	s.points = s.coupons - before / UNIT;
	write_purchase(b, &s);
	write_sums(b, &s);
	write_entry(b, &s);
	b->card_counted[s.card] = before + s.amount;
	b->card_last[s.card] = s.id;
	b->merchant_last[s.merchant] = s.id;
}

/* ---- the run -------------------------------------------------------- */

static void batch(struct bench *b)
{
	struct timespec t;
	uint64_t start = now_ns(), end;

	clock_gettime(CLOCK_REALTIME, &t);
	step(b, BEGIN);
	for (long i = 0; i < b->o.batch; i++)
		purchase(b, (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000);
	end = now_ns();
	step(b, COMMIT);
	hist_add(&b->commit, now_ns() - end);
	hist_add(&b->transaction, now_ns() - start);
	if (b->wal_pages > WAL_PAGES_MAX) {
		sqlite3_wal_checkpoint_v2(b->db, NULL, SQLITE_CHECKPOINT_RESTART, NULL, NULL);
		b->wal_pages = 0;
	}
}

/* Rows since "from" and how fast; the histograms begin anew. */
static void report(struct bench *b, int64_t from, uint64_t since, double cpu, const char *what)
{
	double s = (double)(now_ns() - since) / 1e9, rows = (double)(b->number - from);

	printf("{\"what\": \"%s\", \"rows\": %lld, \"at\": %lld, \"batch\": %ld, "
	    "\"seconds\": %.3f, \"per_second\": %.1f, \"us_per_row\": %.3f, "
	    "\"cpu_us_per_row\": %.3f, \"transaction_p50_us\": %.1f, \"transaction_p99_us\": %.1f, "
	    "\"commit_p50_us\": %.1f, \"commit_p99_us\": %.1f, \"wal_pages_max\": %d}\n", what,
	    (long long)(b->number - from), (long long)b->number, b->o.batch, s, rows / s,
	    s * 1e6 / rows, (cpu_us() - cpu) / rows, hist_us(&b->transaction, 0.5),
	    hist_us(&b->transaction, 0.99), hist_us(&b->commit, 0.5), hist_us(&b->commit, 0.99),
	    (int)b->wal_most);
	fflush(stdout);
}

static void work(struct bench *b)
{
	uint64_t start = now_ns(), mark = start, end = start + (uint64_t)(b->o.seconds * 1e9);
	double cpu = cpu_us(), cpu_mark = cpu;
	int64_t from = 0;

	while (b->number < b->o.rows && now_ns() < end) {
		batch(b);
		if (b->o.every == 0 || b->number - from < b->o.every)
			continue;
		report(b, from, mark, cpu_mark, "part");
		memset(&b->commit, 0, sizeof b->commit);
		memset(&b->transaction, 0, sizeof b->transaction);
		from = b->number, mark = now_ns(), cpu_mark = cpu_us();
	}
	if (b->o.every == 0)
		report(b, 0, start, cpu, "all");
}

static bool option(struct options *o, int opt, const char *arg)
{
	switch (opt) {
	case 'b': o->batch = atol(arg); return true;
	case 's': o->seconds = atof(arg); return true;
	case 'n': o->rows = atol(arg); return true;
	case 'r': o->every = atol(arg); return true;
	case 'c': o->cards = atol(arg); return true;
	case 'm': o->merchants = atol(arg); return true;
	case 'C': o->cache_kib = atol(arg); return true;
	case 'S': o->schema[o->schema[0] != NULL] = arg; return true;
	default: return false;
	}
}

static int64_t *zeroes(long n)
{
	int64_t *p = calloc((size_t)n, sizeof *p);

	if (!p)
		die("bare: no memory");
	return p;
}

int main(int argc, char **argv)
{
	static struct bench b = { .o = { .batch = 32, .rows = 1000000000, .cards = 100000,
	    .merchants = 2000, .cache_kib = 16384, .seconds = 5 }, .seed = 1 };
	pthread_t thread;
	int opt;

	while ((opt = getopt(argc, argv, "b:s:n:r:c:m:C:S:")) != -1)
		if (!option(&b.o, opt, optarg))
			return 2;
	if (optind + 1 != argc || b.o.batch < 1 || b.o.cards < 1 || b.o.merchants < 1)
		die("use: bare [-b BATCH] [-s SECONDS] [-n ROWS] [-r EVERY] ... DATABASE");
	b.o.path = argv[optind];
	b.card_counted = zeroes(b.o.cards);
	b.card_last = zeroes(b.o.cards);
	b.merchant_last = zeroes(b.o.merchants);
	if (!b.o.schema[1])
		die("bare: -S twice: the tables of the sale, and of the log");
	prepare(&b);
	if (pthread_create(&thread, NULL, checkpoints, &b) != 0)
		die("bare: no thread");
	work(&b);
	b.stop = true;
	pthread_join(thread, NULL);
	for (int i = 0; i < WRITES; i++)
		sqlite3_finalize(b.st[i]);
	return sqlite3_close(b.db) == SQLITE_OK ? 0 : 1;
}
