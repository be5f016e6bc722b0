/*
 * plain_redeem.c - one use of a promotion by plain SQLite and nothing around
 * it: the quota taken, the card's count, the row.  Nothing is judged.
 *
 *	plain_redeem [-n PROMOTIONS] [-c CARDS] [-b BATCH] [-s SECONDS] DATABASE
 *
 * DATABASE is a copy that may be changed; the newest promotions are used.
 */
#include "common.h"
#include <sqlite3.h>
#include <unistd.h>

enum write { BEGIN, COMMIT, TAKE, CARD, ROW, WRITES };

static const char *const sql[WRITES] = {
	[BEGIN] = "BEGIN IMMEDIATE", [COMMIT] = "COMMIT",
	[TAKE] = "UPDATE promotion_total SET used = used + 1, given = given + 5000"
	         " WHERE city = ?1 AND promotion = ?2",
	[CARD] = "INSERT INTO promotion_card (city, promotion, card, used) VALUES (?1, ?2, ?3, 1)"
	         " ON CONFLICT (city, promotion, card) DO UPDATE SET used = used + 1",
	[ROW] = "INSERT INTO redemption (city, id, festival, promotion, merchant, card, purchase,"
	        " amount, given, rest, channel, at, event, person, token)"
	        " VALUES (?1, ?4, ?5, ?2, ?6, ?3, 0, 0, 5000, -1, 2, ?7, ?8, 0, 1)",
};

struct offer { sqlite3_int64 id, merchant; };

static sqlite3 *db;
static sqlite3_stmt *st[WRITES];

static void step(enum write w)
{
	int rc = sqlite3_step(st[w]);

	if (rc != SQLITE_DONE)
		die("plain_redeem: %s: %s", sql[w], sqlite3_errmsg(db));
	sqlite3_reset(st[w]);
}

static sqlite3_int64 ask(const char *query)
{
	sqlite3_stmt *s;

	if (sqlite3_prepare_v2(db, query, -1, &s, NULL) != SQLITE_OK)
		die("plain_redeem: %s", sqlite3_errmsg(db));
	if (sqlite3_step(s) != SQLITE_ROW)
		die("plain_redeem: nothing for %s", query);
	sqlite3_int64 v = sqlite3_column_int64(s, 0);
	sqlite3_finalize(s);
	return v;
}

/* All published promotions, of which the list's are the newest. */
static struct offer *offers(long n)
{
	struct offer *v = calloc((size_t)n, sizeof *v);
	sqlite3_stmt *s;
	long i = 0;

	if (!v || sqlite3_prepare_v2(db, "SELECT id, merchant FROM promotion WHERE state = 2"
	    " AND merchant <> 0 ORDER BY id DESC", -1, &s, NULL) != SQLITE_OK)
		die("plain_redeem: %s", sqlite3_errmsg(db));
	for (; i < n && sqlite3_step(s) == SQLITE_ROW; i++)
		v[i] = (struct offer){ sqlite3_column_int64(s, 0), sqlite3_column_int64(s, 1) };
	sqlite3_finalize(s);
	if (i < n)
		die("plain_redeem: only %ld promotions", i);
	return v;
}

struct run { long n, cards; struct offer *v; uint64_t seed; struct uuid7 uuid; };

static void use(struct run *r, sqlite3_int64 city, sqlite3_int64 festival, sqlite3_int64 id)
{
	const struct offer *o = &r->v[random_below(&r->seed, (uint64_t)r->n)];
	sqlite3_int64 card = 1 + (sqlite3_int64)random_below(&r->seed, (uint64_t)r->cards);
	char event[36];

	uuid7_put(event, &r->uuid);
	for (enum write w = TAKE; w <= ROW; w++) {
		sqlite3_bind_int64(st[w], 1, city);
		sqlite3_bind_int64(st[w], 2, o->id);
		if (w != TAKE)
			sqlite3_bind_int64(st[w], 3, card);
	}
	sqlite3_bind_int64(st[ROW], 4, id);
	sqlite3_bind_int64(st[ROW], 5, festival);
	sqlite3_bind_int64(st[ROW], 6, o->merchant);
	sqlite3_bind_int64(st[ROW], 7, id);
	sqlite3_bind_text(st[ROW], 8, event, sizeof event, SQLITE_STATIC);
	step(TAKE);
	step(CARD);
	step(ROW);
}

static void work(struct run *r, long batch, double seconds)
{
	sqlite3_int64 city = ask("SELECT id FROM city LIMIT 1");
	sqlite3_int64 festival = ask("SELECT id FROM festival LIMIT 1");
	sqlite3_int64 id = ask("SELECT coalesce(max(id), 0) FROM redemption") + (INT64_C(1) << 40);
	uint64_t from = now_ns(), end = from + (uint64_t)(seconds * 1e9);
	long done = 0;

	while (now_ns() < end) {
		step(BEGIN);
		for (long i = 0; i < batch; i++, done++)
			use(r, city, festival, id += 80);
		step(COMMIT);
	}
	double s = (double)(now_ns() - from) / 1e9;
	printf("{\"rows\": %ld, \"batch\": %ld, \"seconds\": %.3f, \"per_second\": %.1f}\n", done,
	    batch, s, (double)done / s);
}

int main(int argc, char **argv)
{
	struct run r = { .n = 1000, .cards = 5000, .seed = 1, .uuid = { .seed = 2 } };
	long batch = 32;
	double seconds = 3;
	int opt;

	while ((opt = getopt(argc, argv, "n:c:b:s:")) != -1)
		switch (opt) {
		case 'n': r.n = atol(optarg); break;
		case 'c': r.cards = atol(optarg); break;
		case 'b': batch = atol(optarg); break;
		case 's': seconds = atof(optarg); break;
		default: return 2;
		}
	if (optind + 1 != argc || batch < 1 || sqlite3_open(argv[optind], &db) != SQLITE_OK)
		die("use: plain_redeem [-n PROMOTIONS] [-c CARDS] [-b BATCH] [-s S] DATABASE");
	sqlite3_exec(db, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
	    " PRAGMA cache_size=-16384; PRAGMA wal_autocheckpoint=4000", NULL, NULL, NULL);
	for (int i = 0; i < WRITES; i++)
		if (sqlite3_prepare_v3(db, sql[i], -1, SQLITE_PREPARE_PERSISTENT, &st[i], NULL)
		    != SQLITE_OK)
			die("plain_redeem: %s: %s", sql[i], sqlite3_errmsg(db));
	r.v = offers(r.n);
	work(&r, batch, seconds);
	for (int i = 0; i < WRITES; i++)
		sqlite3_finalize(st[i]);
	free(r.v);
	return sqlite3_close(db) == SQLITE_OK ? 0 : 1;
}
