/* city_import.c - `laris city import`: the file is proven whole, then one transaction. */
#include "app/city_file.h"
#include "core/audit.h"
#include "core_read.h"
#include "core_write.h"
#include "crypto/hash.h"
#include "mod/ledger/key.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct import {
	struct cli_args *x;
	struct tx *tx;
	FILE *f;
	char *line;		/* getline's				*/
	size_t room;
	int64_t at, rows;
	struct city city;
	struct db_table *table, *now;
	size_t n;
};

static err wrong(struct import *i)
{
	return ERR(i->x->a, ERR_INVALID, "city-file-form",
	    .arg = { arena_printf(i->x->a, "%lld", (long long)i->at) });
}

/* The next line without its end; false behind the last. */
static bool next(struct import *i, str *line)
{
	ssize_t n = getline(&i->line, &i->room, i->f);

	i->at++;
	if (n < 1 || i->line[n - 1] != '\n')
		return false;
	*line = (str){ i->line, (size_t)n - 1 };
	return true;
}

/* The last line is the sum of all before it, and nothing follows. */
static err proven(struct import *i)
{
	struct sha256_stream *s = sha256_open();
	struct hash h, said = { { 0 } };
	bool end = false;
	str line;

	while (!end && next(i, &line)) {
		end = str_starts(line, S("sha256 "));
		if (!end)
			sha256_add(s, line.p, line.n + 1);
	}
	sha256_close(&s, &h);
	if (!end || !hex_get(said.b, sizeof said.b, str_sub(line, 7, line.n)) ||
	    memcmp(h.b, said.b, sizeof h.b) != 0 || getc(i->f) != EOF)
		return ERR(i->x->a, ERR_INVALID, "city-file-whole");
	rewind(i->f);
	i->at = 0;
	return NULL;
}

static err city_new(struct import *i, str line)
{
	struct arena *a = i->x->a;
	int64_t id, zone, created;
	struct city old;
	str v[6];

	for (size_t k = 0; k < 6; k++)
		if (!str_take(&line, '\t', &v[k]))
			return wrong(i);
	if (!str_int(v[0], 1, INT64_MAX, &id) || !str_int(v[1], ZONE_WIB, ZONE_WIT, &zone) ||
	    !str_int(v[2], 0, INT64_MAX, &created) || !slug_ok(v[4]))
		return wrong(i);
	i->city = (struct city){ .id = { id }, .code = arena_str(a, v[3]),
	    .slug = arena_str(a, v[4]), .name = arena_str(a, v[5]) };
	const str ways[] = { i->city.code, i->city.slug, id_text(a, id) };
	for (size_t k = 0; k < countof(ways); k++)
		if (!city_find(i->tx->db, ways[k], &old))
			return ERR(a, ERR_CONFLICT, "city-there", .arg = { old.name, old.slug });
	return core_q_city_add(i->tx, i->city.id, i->city.code, i->city.slug, i->city.name, zone,
	    created, NULL);
}

static err key_kept(struct import *i, str line)
{
	struct sign_secret seed;
	struct arena *a = i->x->a;
	str hex;

	if (!str_take(&line, ' ', &hex) || !line.n || !hex_get(seed.b, sizeof seed.b, hex))
		return wrong(i);
	err e = ledger_seed_keep(a, ledger_key_file(a, i->x->db_path), arena_str(a, line), KEY_LOG,
	    &seed);
	sign_forget(&seed);
	return e;
}

static err table_now(struct import *i, str line)
{
	str name;

	(void)str_take(&line, ' ', &name);
	for (size_t k = 0; k < i->n; k++)
		if (str_eq(i->table[k].name, name) && !city_file_stays(name) &&
		    str_eq(city_file_columns(i->x->a, &i->table[k]), line)) {
			i->now = &i->table[k];
			return NULL;
		}
	return wrong(i);
}

/* What put_text wrote, in its own place. */
static str text_back(str s)
{
	char *p = (char *)(uintptr_t)s.p;
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		bool mark = s.p[i] == '\\' && i + 1 < s.n;
		char c = mark ? s.p[++i] : s.p[i];
		p[n++] = mark && c == 't' ? '\t' : mark && c == 'n' ? '\n' : c;
	}
	return (str){ p, n };
}

static bool bind(struct db_stmt *s, int at, enum column_kind kind, str v)
{
	int64_t n;

	if (str_eq(v, S("\\N")))
		db_bind_null(s, at);
	else if (kind == COLUMN_INT) {
		if (!str_int(v, INT64_MIN, INT64_MAX, &n))
			return false;
		db_bind_int(s, at, n);
	} else if (kind == COLUMN_BYTES) {
		if (v.n % 2 || !hex_get((char *)(uintptr_t)v.p, v.n / 2, v))
			return false;
		db_bind_bytes(s, at, str_sub(v, 0, v.n / 2));
	} else
		db_bind_text(s, at, text_back(v));
	return true;
}

/* A value up to the next tab, or the last one, which may be empty. */
static bool value(str *line, bool last, str *v)
{
	*v = (str){ 0 };
	return str_take(line, '\t', v) || last;
}

/* No row of any other city comes in by this file. */
static err row(struct import *i, const struct db_query *q, str line)
{
	CLEANUP(db_done) struct db_stmt *s = NULL;
	int64_t city;
	bool more;
	str v;

	TRY(db_run(i->tx->db, q, &s));
	for (size_t k = 0; k < i->now->n; k++) {
		if (!value(&line, k + 1 == i->now->n, &v) ||
		    (!k && (!str_int(v, 1, INT64_MAX, &city) || city != i->city.id.v)) ||
		    !bind(s, (int)k + 1, i->now->column[k].kind, v))
			return wrong(i);
	}
	i->rows++;
	return db_next(s, &more);
}

static err beginning(struct import *i)
{
	str line;

	if (!next(i, &line) || !str_eq(line, S("laris-city/v1")) || !next(i, &line) ||
	    !str_starts(line, S("schema ")))
		return wrong(i);
	if (!str_eq(str_sub(line, 7, line.n), city_file_schema(i->x->a, i->x->app)))
		return ERR(i->x->a, ERR_CONFLICT, "city-file-schema");
	if (!next(i, &line) || !str_starts(line, S("city ")))
		return wrong(i);
	return city_new(i, str_sub(line, 5, line.n));
}

static err rest(struct import *i)
{
	const struct db_query *q = NULL;
	str line;

	while (next(i, &line) && !str_starts(line, S("sha256 "))) {
		if (str_starts(line, S("key ")))
			TRY(key_kept(i, str_sub(line, 4, line.n)));
		else if (str_starts(line, S("table "))) {
			TRY(table_now(i, str_sub(line, 6, line.n)));
			q = db_table_write(i->x->a, i->now);
		} else if (q && str_starts(line, S("+")))
			TRY(row(i, q, str_sub(line, 1, line.n)));
		else
			return wrong(i);
	}
	return NULL;
}

static err import(struct cli_args *x, struct tx *tx, void *ctx)
{
	struct import *i = ctx;

	i->tx = tx;
	TRY(db_tables(tx->db, &i->table, &i->n));
	TRY(beginning(i));
	TRY(rest(i));
	return audit_by(tx, i->city.id, "laris", "city.import", i->city.id.v, (str){ 0 },
	    audit_json(x->a, (struct audit_pair[]){ AUDIT_TEXT("name", i->city.name) }, 1), x->now);
}

int city_import_command(struct cli_args *x)
{
	struct import i = { .x = x };

	if (!cli_words(x, 1, 1))
		return cli_usage(x);
	const char *from = cli_word(x, 0).p;
	i.f = fopen(from, "re");
	if (!i.f)
		return cli_result(x, ERR(x->a, ERR_INVALID, "file-read",
		    .arg = { str_of(from), str_of(strerror(errno)) }));
	err e = proven(&i);
	if (!e)
		e = cli_change(x, import, &i);
	fclose(i.f);
	free(i.line);
	if (!e)
		fprintf(x->out, "%.*s: %lld rows; prove them with laris check and "
		    "laris log fsck %.*s\n", SV(i.city.name), (long long)i.rows, SV(i.city.slug));
	return cli_result(x, e);
}
