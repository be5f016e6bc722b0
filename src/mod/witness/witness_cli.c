/* witness_cli.c - laris witness key, add, list. */
#include "mod/ledger/key.h"
#include "mod/witness/web.h"
#include "mod/witness/witness.h"
#include "witness_read.h"

enum { LISTED = 10000 };

struct who_ask { str want, name, key, origin; };

static err name_do(struct cli_args *x, struct tx *tx, void *ctx)
{
	struct who_ask *w = ctx;

	(void)x;
	return witness_name_fix(tx, w->want, &w->name);
}

static err print_key(struct cli_args *x, str name)
{
	struct note_signer signer;

	TRY(ledger_signer(x->a, ledger_key_file(x->a, x->db_path), name, KEY_WITNESS, &signer));
	sign_forget(&signer.secret);
	fprintf(x->out, "%.*s\n", SV(note_key_text(x->a, &signer.key)));
	return NULL;
}

int witness_key_command(struct cli_args *x)
{
	struct who_ask w = { .want = str_of(cli_option(x, "name")) };

	if (!cli_words(x, 0, 0))
		return cli_usage(x);
	err e = cli_change(x, name_do, &w);
	if (!e)
		e = print_key(x, w.name);
	return cli_result(x, e);
}

static err add_do(struct cli_args *x, struct tx *tx, void *ctx)
{
	struct who_ask *w = ctx;

	TRY(name_do(x, tx, ctx));
	return witness_add(tx, w->key, &w->origin);
}

int witness_add_command(struct cli_args *x)
{
	struct who_ask w = { .want = str_of(cli_option(x, "name")) };

	if (!cli_words(x, 1, 1))
		return cli_usage(x);
	w.key = cli_word(x, 0);
	err e = cli_change(x, add_do, &w);
	if (!e)
		fprintf(x->out, "%.*s looks at %.*s\n", SV(w.name), SV(w.origin));
	return cli_result(x, e);
}

static err list(struct cli_args *x)
{
	CLEANUP(db_close) struct db *db = NULL;
	struct witness_logs *v;
	size_t n;

	TRY(cli_read(x, &db));
	TRY(witness_q_logs(db, S(""), LISTED, &v, &n));
	for (size_t i = 0; i < n; i++)
		fprintf(x->out, "%-12lld %.*s\n", (long long)v[i].size, SV(v[i].key));
	return NULL;
}

int witness_list_command(struct cli_args *x)
{
	return cli_words(x, 0, 0) ? cli_result(x, list(x)) : cli_usage(x);
}
