/*
 * plain_find.c - the search of the catalogue by plain SQLite and nothing
 * around it: FTS5 over the same promotions, one query a page, 20 rows with
 * all that the page shows of them.
 *
 *	plain_find [-s SECONDS] [-w WORD] [-S SECTOR] DATABASE
 *
 * DATABASE is a copy that may be changed: the index is made in it.
 */
#include "common.h"
#include <sqlite3.h>
#include <unistd.h>

static sqlite3 *db;

static void run(const char *sql)
{
	char *said = NULL;

	if (sqlite3_exec(db, sql, NULL, NULL, &said) != SQLITE_OK)
		die("plain_find: %s: %s", sql, said);
}

static const char query[] =
    "SELECT p.id, p.title, p.kind, p.gives, p.terms, p.percent, p.worth, p.first_day, p.last_day,"
    " p.from_minute, p.to_minute, p.quota, p.budget, t.used, t.given, m.name, m.slug, m.stall,"
    " m.sector, v.name, v.slug"
    "  FROM found f JOIN promotion p ON p.city = f.city AND p.id = f.rowid"
    "  JOIN promotion_total t ON t.city = p.city AND t.promotion = p.id"
    "  JOIN merchant m ON m.city = p.city AND m.id = p.merchant"
    "  LEFT JOIN venue v ON v.city = m.city AND v.id = m.venue"
    " WHERE found MATCH ?1 AND m.sector = ?2 AND p.state = 2"
    "   AND (p.quota = 0 OR t.used < p.quota)"
    "   AND (p.budget = 0 OR t.given + p.worth <= p.budget)"
    " ORDER BY f.rowid DESC LIMIT 21";

/* Reads every column of every row, as a page would. */
static long page(sqlite3_stmt *st, const char *word, long sector)
{
	long rows = 0;

	sqlite3_bind_text(st, 1, word, -1, SQLITE_STATIC);
	sqlite3_bind_int64(st, 2, sector);
	for (; sqlite3_step(st) == SQLITE_ROW; rows++)
		for (int i = 0; i < sqlite3_column_count(st); i++)
			(void)sqlite3_column_text(st, i);
	sqlite3_reset(st);
	return rows;
}

int main(int argc, char **argv)
{
	static struct hist h;
	sqlite3_stmt *st;
	const char *word = "batik";
	double seconds = 3;
	long sector = 1, rows = 0;
	int opt;

	while ((opt = getopt(argc, argv, "s:w:S:")) != -1)
		switch (opt) {
		case 's': seconds = atof(optarg); break;
		case 'w': word = optarg; break;
		case 'S': sector = atol(optarg); break;
		default: return 2;
		}
	if (optind + 1 != argc || sqlite3_open(argv[optind], &db) != SQLITE_OK)
		die("use: plain_find [-s SECONDS] [-w WORD] [-S SECTOR] DATABASE");
	run("PRAGMA cache_size=-4096; DROP TABLE IF EXISTS found;"
	    " CREATE VIRTUAL TABLE found USING fts5(text, city UNINDEXED);"
	    " INSERT INTO found (rowid, text, city) SELECT p.id, p.title || ' ' || p.gives || ' '"
	    " || p.terms || ' ' || coalesce(m.name, ''), p.city FROM promotion p"
	    " LEFT JOIN merchant m ON m.city = p.city AND m.id = p.merchant WHERE p.state = 2");
	if (sqlite3_prepare_v2(db, query, -1, &st, NULL) != SQLITE_OK)
		die("plain_find: %s", sqlite3_errmsg(db));
	uint64_t from = now_ns(), end = from + (uint64_t)(seconds * 1e9), now = from;
	while (now < end) {
		rows += page(st, word, sector);
		uint64_t then = now;
		now = now_ns();
		hist_add(&h, now - then);
	}
	printf("{\"queries\": %llu, \"rows\": %.1f, \"per_second\": %.1f, \"p50_us\": %.1f,"
	    " \"p99_us\": %.1f}\n", (unsigned long long)h.n, (double)rows / (double)h.n,
	    (double)h.n * 1e9 / (double)(now - from), hist_us(&h, 0.5), hist_us(&h, 0.99));
	sqlite3_finalize(st);
	return sqlite3_close(db) == SQLITE_OK ? 0 : 1;
}
