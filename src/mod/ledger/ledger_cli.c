/* ledger_cli.c - laris log key, show, fsck, prove. */
#include "mod/ledger/cosign.h"
#include "mod/ledger/fsck.h"
#include "mod/ledger/key.h"
#include "mod/ledger/web.h"
#include <string.h>

static err make_key(struct cli_args *x)
{
	const char *file = ledger_key_file(x->a, x->db_path);

	TRY(ledger_key_make(x->a, file));
	fprintf(x->out, "%s: keep a copy where copies of the database are not\n", file);
	return NULL;
}

int ledger_key_command(struct cli_args *x)
{
	return cli_words(x, 0, 0) ? cli_result(x, make_key(x)) : cli_usage(x);
}

static err tree(struct cli_args *x, struct db **db, struct city *city, struct ledger_tree *t)
{
	TRY(cli_read(x, db));
	TRY(cli_city(x, *db, 0, city));
	return ledger_tree(*db, city->id, t);
}

static const char *const states[COSIGN_STATES] = {
	"signed", "silent", "refused", "AHEAD", "FORK", "inside",
};

/* Whoever finds AHEAD or FORK here has another log than the one the witness saw. */
static err show_witnesses(struct cli_args *x, struct db *db, city_id city)
{
	struct cosigner_state s;
	struct cosigners who;

	TRY(cosigners_get(db, city, &who));
	for (size_t i = 0; i < who.n; i++) {
		TRY(cosigner_state(db, city, &who.v[i], &s));
		fprintf(x->out, "%switness %.*s %s %lld", i ? "" : "\n", SV(who.v[i].text),
		    s.since ? states[s.state] : "new", (long long)s.size);
		if (s.said)
			fprintf(x->out, " (%lld)", (long long)s.said);
		fputc('\n', x->out);
	}
	return NULL;
}

static err show(struct cli_args *x)
{
	CLEANUP(db_close) struct db *db = NULL;
	const char *file = ledger_key_file(x->a, x->db_path);
	struct note_signer signer;
	struct ledger_tree t;
	struct city city;
	str note;

	TRY(tree(x, &db, &city, &t));
	TRY(ledger_public(&t, file, &note));
	TRY(ledger_signer(x->a, file, t.origin, KEY_LOG, &signer));
	sign_forget(&signer.secret);
	fprintf(x->out, "log %.*s\n\n%.*s", SV(note_key_text(x->a, &signer.key)), SV(note));
	return show_witnesses(x, db, city.id);
}

int ledger_show_command(struct cli_args *x)
{
	return cli_words(x, 1, 1) ? cli_result(x, show(x)) : cli_usage(x);
}

/* What the entries speak of: the checks of the modules that made them. */
static err rows_check(struct cli_args *x, struct db *db, struct buf *broken)
{
	for (size_t m = 0; m < x->app->n_modules; m++)
		for (size_t i = 0; i < x->app->modules[m]->n_checks; i++) {
			const struct check *c = &x->app->modules[m]->checks[i];
			if (!strncmp(c->name, "ledger-", 7) && strcmp(c->name, "ledger-tree") != 0)
				TRY(c->run(db, broken));
		}
	return NULL;
}

static err fsck(struct cli_args *x, bool *good)
{
	CLEANUP(db_close) struct db *db = NULL;
	struct buf broken = BUF(x->a, 1 << 16);
	struct ledger_fault f;
	struct ledger_tree t;
	struct city city;
	struct hash root;
	int64_t size;

	TRY(tree(x, &db, &city, &t));
	TRY(ledger_fsck(db, city.id, &f, &size, &root));
	if (f.what)
		fprintf(x->out, "first difference at entry %lld: %s\n", (long long)f.number,
		    f.what);
	TRY(rows_check(x, db, &broken));
	fwrite(broken.p, 1, broken.n, x->out);
	*good = !f.what && !broken.n;
	if (*good)
		fprintf(x->out, "%.*s: %lld entries, root %.*s\n", SV(t.origin), (long long)size,
		    SV(hash_hex(x->a, &root)));
	return NULL;
}

int ledger_fsck_command(struct cli_args *x)
{
	bool good = false;
	int rc;

	if (!cli_words(x, 1, 1))
		return cli_usage(x);
	rc = cli_result(x, fsck(x, &good));
	return rc == CLI_DONE && !good ? CLI_REFUSED : rc;
}

static err prove(struct cli_args *x, int64_t number)
{
	CLEANUP(db_close) struct db *db = NULL;
	struct ledger_tree t;
	struct city city;
	str proof;

	TRY(tree(x, &db, &city, &t));
	TRY(ledger_proof(&t, ledger_key_file(x->a, x->db_path), number, 0, &proof));
	if (cli_word(x, 2).n)
		return cli_write_file(x, arena_cstr(x->a, cli_word(x, 2)), proof);
	fwrite(proof.p, 1, proof.n, x->out);
	return NULL;
}

int ledger_prove_command(struct cli_args *x)
{
	int64_t number;

	if (!cli_words(x, 2, 3) || !str_int(cli_word(x, 1), 0, INT64_MAX - 1, &number))
		return cli_usage(x);
	return cli_result(x, prove(x, number));
}
