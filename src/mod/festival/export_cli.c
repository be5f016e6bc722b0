/* export_cli.c - laris export: a table of a sale into a file. */
#include "core/cli.h"
#include "mod/festival/export.h"
#include "mod/festival/organiser.h"
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static err export(struct cli_args *x, enum export_what what, enum sheet_kind kind)
{
	CLEANUP(db_close) struct db *db = NULL;
	const char *to = arena_cstr(x->a, cli_word(x, 3));
	const char *part = arena_printf(x->a, "%s.part-%d", to, (int)getpid()).p;
	struct festival f;
	struct city city;

	TRY(cli_read(x, &db));
	TRY(cli_city(x, db, 1, &city));
	TRY(festival_pick(db, city.id, cli_word(x, 2), &f));
	TRY(db_read_begin(db));
	err e = export_write(db, &city, &f, cli_lang(), x->now, what, kind, part);
	db_read_end(db);
	TRY(e);
	if (rename(part, to))
		return ERR(x->a, ERR_INVALID, "file-write",
		    .arg = { str_of(to), str_of(strerror(errno)) });
	return NULL;
}

int export_command(struct cli_args *x)
{
	enum export_what what;
	enum sheet_kind kind;
	str to = cli_word(x, 3), end;

	if (!cli_words(x, 4, 4))
		return cli_usage(x);
	end = str_ends(to, S(".csv")) ? S("csv") : str_ends(to, S(".xlsx")) ? S("xlsx") : S("");
	if (!export_parse(arena_printf(x->a, "%.*s.%.*s", SV(cli_word(x, 0)), SV(end)), &what,
	    &kind))
		return cli_usage(x);
	return cli_result(x, export(x, what, kind));
}
