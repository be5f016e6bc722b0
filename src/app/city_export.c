/* city_export.c - `laris city export`: one snapshot of a city's rows. */
#include "app/city_file.h"
#include "core_read.h"
#include "crypto/hash.h"
#include "ledger_read.h"
#include "mod/ledger/key.h"
#include <errno.h>
#include <string.h>
#include <unistd.h>

struct export {
	struct cli_args *x;
	struct db *db;
	FILE *f;
	struct sha256_stream *sum;
	struct city city;
	int64_t rows;
};

str city_file_schema(struct arena *a, const struct app *app)
{
	struct sha256_stream *s = sha256_open();
	struct hash h;

	for (size_t i = 0; i < app->n_migrations; i++) {
		const struct migration *m = &app->migrations[i];
		str line = arena_printf(a, "%s %d %s\n", m->module, m->number, m->sha256);
		sha256_add(s, line.p, line.n);
	}
	sha256_close(&s, &h);
	char *hex = arena_bytes(a, 2 * sizeof h.b);
	hex_put(hex, h.b, sizeof h.b);
	return (str){ hex, 2 * sizeof h.b };
}

bool city_file_stays(str table)
{
	return str_eq(table, S("session")) || str_eq(table, S("throttle"));
}

str city_file_columns(struct arena *a, const struct db_table *t)
{
	struct buf b = BUF(a, 8192);

	for (size_t i = 0; i < t->n; i++)
		buf_printf(&b, "%s%.*s:%c", i ? " " : "", SV(t->column[i].name),
		    (char)t->column[i].kind);
	return buf_done(&b);
}

static void put(struct export *o, str s)
{
	sha256_add(o->sum, s.p, s.n);
	fwrite(s.p, 1, s.n, o->f);
}

static void put_text(struct buf *b, str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (c == '\\' || c == '\t' || c == '\n')
			buf_char(b, '\\');
		buf_char(b, c == '\t' ? 't' : c == '\n' ? 'n' : c);
	}
}

static void put_hex(struct arena *a, struct buf *b, str s)
{
	char *hex = arena_bytes(a, 2 * s.n + 1);

	hex_put(hex, s.p, s.n);
	buf_str(b, (str){ hex, 2 * s.n });
}

static void put_value(struct arena *a, struct buf *b, struct db_stmt *s, int i, enum column_kind k)
{
	if (db_is_null(s, i))
		buf_str(b, S("\\N"));
	else if (k == COLUMN_INT)
		buf_int(b, db_int(s, i));
	else if (k == COLUMN_BYTES)
		put_hex(a, b, db_bytes_lent(s, i));
	else
		put_text(b, db_text_lent(s, i));
}

static err rows(struct export *o, const struct db_table *t)
{
	CLEANUP(arena_free) struct arena *a = arena_new();
	CLEANUP(db_done) struct db_stmt *s = NULL;
	bool more;

	TRY(db_run(o->db, db_table_read(o->x->a, t), &s));
	db_bind_int(s, 1, o->city.id.v);
	TRY(db_next(s, &more));
	while (more) {
		struct buf b = BUF(a, 64u << 20);
		for (size_t i = 0; i < t->n; i++) {
			buf_char(&b, i ? '\t' : '+');
			put_value(a, &b, s, (int)i, t->column[i].kind);
		}
		buf_char(&b, '\n');
		put(o, buf_done(&b));
		o->rows++;
		arena_reset(a);
		TRY(db_next(s, &more));
	}
	return NULL;
}

static err head(struct export *o)
{
	struct arena *a = o->x->a;
	struct core_city_created c;
	struct ledger_head l;
	struct sign_secret seed;
	bool begun;

	TRY(core_q_city_created(o->db, o->city.id, &c));
	put(o, arena_printf(a, CITY_FILE_HEAD "schema %.*s\n", SV(city_file_schema(a, o->x->app))));
	put(o, arena_printf(a, "city %lld\t%d\t%lld\t%.*s\t%.*s\t%.*s\n",
	    (long long)o->city.id.v, (int)o->city.zone, (long long)c.created, SV(o->city.code),
	    SV(o->city.slug), SV(o->city.name)));
	TRY(ledger_q_head(o->db, o->city.id, &l, &begun));
	if (!begun)
		return NULL;
	TRY(ledger_seed(a, ledger_key_file(a, o->x->db_path), l.origin, KEY_LOG, &seed));
	char hex[2 * sizeof seed.b];
	hex_put(hex, seed.b, sizeof seed.b);
	put(o, arena_printf(a, "key %.*s %.*s\n", (int)sizeof hex, hex, SV(l.origin)));
	explicit_bzero(hex, sizeof hex);
	sign_forget(&seed);
	return NULL;
}

static err all(struct export *o)
{
	struct db_table *t;
	struct hash h;
	size_t n;
	char hex[2 * sizeof h.b];

	TRY(head(o));
	TRY(db_tables(o->db, &t, &n));
	for (size_t i = 0; i < n; i++) {
		if (city_file_stays(t[i].name))
			continue;
		put(o, arena_printf(o->x->a, "table %.*s %.*s\n", SV(t[i].name),
		    SV(city_file_columns(o->x->a, &t[i]))));
		TRY(rows(o, &t[i]));
	}
	sha256_close(&o->sum, &h);
	hex_put(hex, h.b, sizeof h.b);
	fprintf(o->f, "sha256 %.*s\n", (int)sizeof hex, hex);
	return NULL;
}

/* Whole or not at all: written beside, then named. */
static err write_file(struct export *o, const char *to)
{
	const char *part = arena_printf(o->x->a, "%s.part", to).p;
	err e;

	o->f = fopen(part, "we");
	if (!o->f)
		return ERR(o->x->a, ERR_INVALID, "file-write",
		    .arg = { str_of(to), str_of(strerror(errno)) });
	o->sum = sha256_open();
	e = all(o);
	if (o->sum)
		sha256_close(&o->sum, NULL);
	bool good = !e && !ferror(o->f) && !fflush(o->f) && !fsync(fileno(o->f));
	good = !fclose(o->f) && good && !rename(part, to);
	if (good)
		return NULL;
	if (!e)
		e = ERR(o->x->a, ERR_INVALID, "file-write",
		    .arg = { str_of(to), str_of(strerror(errno)) });
	unlink(part);
	return e;
}

static err export(struct export *o)
{
	CLEANUP(db_close) struct db *db = NULL;

	TRY(cli_read(o->x, &db));
	o->db = db;
	TRY(cli_city(o->x, db, 0, &o->city));
	TRY(db_read_begin(db));
	err e = write_file(o, cli_word(o->x, 1).p);
	db_read_end(db);
	return e;
}

int city_export_command(struct cli_args *x)
{
	struct export o = { .x = x };

	if (!cli_words(x, 2, 2))
		return cli_usage(x);
	err e = export(&o);
	if (!e)
		fprintf(x->out, "%.*s: %lld rows of %.*s; it holds the city's secrets\n",
		    SV(cli_word(x, 1)), (long long)o.rows, SV(o.city.name));
	return cli_result(x, e);
}
