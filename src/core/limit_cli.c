/* limit_cli.c - `laris limit`: what one city may ask of the server. */
#include "core/audit.h"
#include "core/city.h"
#include "core/cli.h"
#include "core/commands.h"
#include "core/limit.h"
#include "core_read.h"
#include "core_write.h"

static const struct limit_row *row_of(str name)
{
	for (size_t i = 0; i < LIMITS; i++)
		if (str_eq(name, str_of(limit_rows[i].name)))
			return &limit_rows[i];
	return NULL;
}

static err set(struct cli_args *x, struct tx *tx, void *ctx)
{
	const struct limit_row *row = ctx;
	struct core_setting_get old;
	struct city city;
	int64_t v;
	bool found;

	str given = cli_word(x, 2);
	if (!str_int(given, 1, row->max, &v))
		return ERR(x->a, ERR_INVALID, "setting-range", .arg = { given,
		    arena_printf(x->a, "1-%lld", (long long)row->max) });
	TRY(city_scope(tx->db, cli_word(x, 0), &city));
	TRY(core_q_setting_get(tx->db, city.id, str_of(row->name), &old, &found));
	TRY(core_q_setting_set(tx, city.id, str_of(row->name), given, NULL));
	return audit_by(tx, city.id, "laris", "setting.set", 0,
	    audit_json(x->a, (struct audit_pair[]){ AUDIT_TEXT("name", str_of(row->name)),
	        AUDIT_TEXT("value", found ? old.value : (str){ 0 }) }, 2),
	    audit_json(x->a, (struct audit_pair[]){ AUDIT_TEXT("value", given) }, 1), x->now);
}

static err list(struct cli_args *x)
{
	CLEANUP(db_close) struct db *db = NULL;
	struct city city;
	int64_t v;

	TRY(cli_read(x, &db));
	TRY(city_scope(db, cli_word(x, 0), &city));
	for (size_t i = 0; i < LIMITS; i++) {
		TRY(limit_get(db, city.id, (enum limit)i, &v));
		fprintf(x->out, "%-16s %8lld  %.*s\n", limit_rows[i].name, (long long)v,
		    SV(text(LANG_EN, limit_rows[i].say)));
	}
	return NULL;
}

int limit_command(struct cli_args *x)
{
	if (cli_words(x, 1, 1))
		return cli_result(x, list(x));
	if (!cli_words(x, 3, 3))
		return cli_usage(x);
	const struct limit_row *row = row_of(cli_word(x, 1));
	if (!row)
		return cli_result(x, ERR(x->a, ERR_MISSING, "setting-unknown"));
	return cli_result(x, cli_change(x, set, (void *)(uintptr_t)row));
}
