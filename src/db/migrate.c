#include "db/db.h"

#include <string.h>

static const struct db_query made = { .name = "db.migration_made",
    .sqlite = "CREATE TABLE IF NOT EXISTS migration (module TEXT NOT NULL,"
    " number INTEGER NOT NULL, name TEXT NOT NULL, sha256 TEXT NOT NULL,"
    " at INTEGER NOT NULL, PRIMARY KEY (module, number)) STRICT, WITHOUT ROWID",
    .postgres = "CREATE TABLE IF NOT EXISTS migration (module text NOT NULL,"
    " number bigint NOT NULL, name text NOT NULL, sha256 text NOT NULL,"
    " at bigint NOT NULL, PRIMARY KEY (module, number))" };
static const struct db_query there = { .name = "db.migration_there",
    .sqlite = "SELECT count(*) FROM sqlite_schema WHERE type='table' AND name='migration'",
    .postgres = "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()"
    " AND tablename = 'migration'" };
static const struct db_query all = { .name = "db.migration_all",
    .sqlite = "SELECT module, number, name, sha256 FROM migration",
    .postgres = "SELECT module, number, name, sha256 FROM migration" };
static const struct db_query add = { .name = "db.migration_add",
    .sqlite = "INSERT INTO migration (module, number, name, sha256, at)"
    " VALUES (?1, ?2, ?3, ?4, ?5)",
    .postgres = "INSERT INTO migration (module, number, name, sha256, at)"
    " VALUES ($1::text, $2::bigint, $3::text, $4::text, $5::bigint)" };

struct applied { str module, name, sha256; int64_t number; };
struct state { struct applied *v; size_t n, cap; };

static err run(struct db *db, const struct db_query *q)
{
	CLEANUP(db_done) struct db_stmt *s = NULL;
	bool more;

	TRY(db_run(db, q, &s));
	return db_next(s, &more);
}

static err is_there(struct db *db, bool *yes)
{
	CLEANUP(db_done) struct db_stmt *s = NULL;
	bool more;

	TRY(db_run(db, &there, &s));
	TRY(db_next(s, &more));
	*yes = more && db_int(s, 0) != 0;
	return NULL;
}

static err load(struct db *db, struct state *st)
{
	CLEANUP(db_done) struct db_stmt *s = NULL;
	bool more, yes;

	*st = (struct state){ 0 };
	TRY(is_there(db, &yes));
	if (!yes)
		return NULL;
	TRY(db_run(db, &all, &s));
	for (;;) {
		TRY(db_next(s, &more));
		if (!more)
			return NULL;
		*VEC_ADD(db_arena(db), st) = (struct applied){
			.module = db_text(s, 0), .number = db_int(s, 1),
			.name = db_text(s, 2), .sha256 = db_text(s, 3) };
	}
}

static const struct migration *known(const struct migration *list, size_t n,
    const struct applied *row)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(str_of(list[i].module), row->module) &&
		    list[i].number == row->number)
			return &list[i];
	return NULL;
}

static const struct applied *done(const struct state *st,
    const struct migration *m)
{
	for (size_t i = 0; i < st->n; i++)
		if (str_eq(str_of(m->module), st->v[i].module) &&
		    m->number == st->v[i].number)
			return &st->v[i];
	return NULL;
}

static str title(struct db *db, str module, int64_t number, str name)
{
	return arena_printf(db_arena(db), "%.*s %04lld-%.*s", SV(module),
	    (long long)number, SV(name));
}

static err refuse(struct db *db, const char *rule, str what)
{
	return err_at(db_arena(db), __FILE__, (struct err){
	    .kind = ERR_CONFLICT, .rule = rule, .arg = { what } });
}

/* What is applied is what we know, and without holes. */
static err compare(struct db *db, const struct state *st,
    const struct migration *list, size_t n)
{
	for (size_t i = 0; i < st->n; i++) {
		const struct applied *row = &st->v[i];
		const struct migration *m = known(list, n, row);
		str what = title(db, row->module, row->number, row->name);
		if (!m)
			return refuse(db, "migration-newer", what);
		if (!str_eq(str_of(m->sha256), row->sha256))
			return refuse(db, "migration-changed", what);
	}
	for (size_t i = 1; i < n; i++)
		if (strcmp(list[i].module, list[i - 1].module) == 0 &&
		    done(st, &list[i]) && !done(st, &list[i - 1]))
			return refuse(db, "migration-gap", title(db,
			    str_of(list[i - 1].module), list[i - 1].number,
			    str_of(list[i - 1].name)));
	return NULL;
}

/* Our own list counts 1, 2, 3 … in each module. */
static void check_list(const struct migration *list, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		bool same = i > 0 &&
		    strcmp(list[i].module, list[i - 1].module) == 0;
		CHECK(list[i].number == (same ? list[i - 1].number + 1 : 1));
	}
}

static err apply(struct db *db, const struct migration *m, int64_t now)
{
	CLEANUP(db_done) struct db_stmt *s = NULL;
	bool more;

	TRY(db_script(db, m->sqlite));
	TRY(db_run(db, &add, &s));
	db_bind_text(s, 1, str_of(m->module));
	db_bind_int(s, 2, m->number);
	db_bind_text(s, 3, str_of(m->name));
	db_bind_text(s, 4, str_of(m->sha256));
	db_bind_int(s, 5, now);
	return db_next(s, &more);
}

/* Looks again inside the transaction: another process may be at it too. */
static err step(struct db *db, const struct migration *list, size_t n,
    size_t i, int64_t now, size_t *applied)
{
	struct state st;

	DB_TX(tx, db);
	TRY(run(db, &made));
	TRY(load(db, &st));
	TRY(compare(db, &st, list, n));
	if (done(&st, &list[i]))
		return NULL;
	TRY(apply(db, &list[i], now));
	TRY(db_tx_commit(&tx));
	++*applied;
	return NULL;
}

err db_migrate(struct db *db, const struct migration *list, size_t n,
    int64_t now, size_t *applied)
{
	struct state st;

	check_list(list, n);
	*applied = 0;
	TRY(load(db, &st));
	TRY(compare(db, &st, list, n));
	for (size_t i = 0; i < n; i++)
		if (!done(&st, &list[i]))
			TRY(step(db, list, n, i, now, applied));
	return NULL;
}

err db_migrated(struct db *db, const struct migration *list, size_t n)
{
	struct state st;

	check_list(list, n);
	TRY(load(db, &st));
	TRY(compare(db, &st, list, n));
	for (size_t i = 0; i < n; i++)
		if (!done(&st, &list[i]))
			return refuse(db, "migration-missing", title(db,
			    str_of(list[i].module), list[i].number,
			    str_of(list[i].name)));
	return NULL;
}
