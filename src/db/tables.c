#include "db/tables.h"

static const struct db_query columns = { .name = "db.columns",
	.sqlite = "SELECT m.name, c.name, c.type FROM sqlite_master m"
	" JOIN pragma_table_info(m.name) c WHERE m.type = 'table' ORDER BY m.rowid, c.cid",
	.postgres = "SELECT c.relname, a.attname, CASE format_type(a.atttypid, NULL)"
	" WHEN 'bigint' THEN 'INTEGER' WHEN 'bytea' THEN 'BLOB' ELSE 'TEXT' END FROM pg_class c"
	" JOIN pg_attribute a ON a.attrelid = c.oid WHERE c.relkind = 'r' AND a.attnum > 0"
	" AND NOT a.attisdropped AND c.relnamespace = current_schema()::regnamespace"
	" ORDER BY c.oid, a.attnum" };

enum { TABLES = 512, COLUMNS = 64 };

static enum column_kind kind_of(str type)
{
	return str_eq(type, S("INTEGER")) ? COLUMN_INT : str_eq(type, S("BLOB")) ? COLUMN_BYTES :
	    COLUMN_TEXT;
}

/* One more column of the table last begun, or of a new one. */
static void take(struct arena *a, struct db_table *v, size_t *n, str table, struct db_column c)
{
	if (!*n || !str_eq(v[*n - 1].name, table)) {
		CHECK(*n < TABLES);
		v[(*n)++] = (struct db_table){ table, NEWN(a, struct db_column, COLUMNS), 0 };
	}
	CHECK(v[*n - 1].n < COLUMNS);
	v[*n - 1].column[v[*n - 1].n++] = c;
}

err db_tables(struct db *db, struct db_table **out, size_t *n)
{
	CLEANUP(db_done) struct db_stmt *s = NULL;
	struct arena *a = db_arena(db);
	struct db_table *v = NEWN(a, struct db_table, TABLES);
	size_t all = 0;
	bool more;

	TRY(db_run(db, &columns, &s));
	TRY(db_next(s, &more));
	for (; more;) {
		take(a, v, &all, db_text(s, 0), (struct db_column){ db_text(s, 1),
		    kind_of(db_text(s, 2)) });
		TRY(db_next(s, &more));
	}
	*n = 0;
	for (size_t i = 0; i < all; i++)
		if (str_eq(v[i].column[0].name, S("city")))
			v[(*n)++] = v[i];
	*out = v;
	return NULL;
}

/* "city", "id", … ; or ?1, ?2, … */
static void names(struct buf *b, const struct db_table *t)
{
	for (size_t i = 0; i < t->n; i++)
		buf_printf(b, "%s\"%.*s\"", i ? ", " : "", SV(t->column[i].name));
}

static void marks(struct buf *b, const struct db_table *t, char mark)
{
	for (size_t i = 0; i < t->n; i++)
		buf_printf(b, "%s%c%zu", i ? ", " : "", mark, i + 1);
}

static const char *read_sql(struct arena *a, const struct db_table *t, char mark)
{
	struct buf b = BUF(a, 8192);

	buf_str(&b, S("SELECT "));
	names(&b, t);
	buf_printf(&b, " FROM \"%.*s\" WHERE city = %c1", SV(t->name), mark);
	return arena_str(a, buf_done(&b)).p;
}

static const char *write_sql(struct arena *a, const struct db_table *t, char mark)
{
	struct buf b = BUF(a, 8192);

	buf_printf(&b, "INSERT INTO \"%.*s\" (", SV(t->name));
	names(&b, t);
	buf_str(&b, S(") VALUES ("));
	marks(&b, t, mark);
	buf_char(&b, ')');
	return arena_str(a, buf_done(&b)).p;
}

const struct db_query *db_table_read(struct arena *a, const struct db_table *t)
{
	struct db_query *q = NEW(a, struct db_query);

	*q = (struct db_query){ .name = arena_printf(a, "read.%.*s", SV(t->name)).p,
	    .sqlite = read_sql(a, t, '?'), .postgres = read_sql(a, t, '$') };
	return q;
}

const struct db_query *db_table_write(struct arena *a, const struct db_table *t)
{
	struct db_query *q = NEW(a, struct db_query);

	*q = (struct db_query){ .name = arena_printf(a, "write.%.*s", SV(t->name)).p,
	    .sqlite = write_sql(a, t, '?'), .postgres = write_sql(a, t, '$') };
	return q;
}
