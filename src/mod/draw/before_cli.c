/* before_cli.c - the sample from the command line: said first, chosen when its round has come. */
#include "core/audit.h"
#include "mod/draw/before_web.h"

struct ask { struct draw d; int64_t count, minutes; str pasted; };

static err find(struct cli_args *x, struct db *db, struct ask *k)
{
	struct city city;

	TRY(cli_city(x, db, 0, &city));
	return draw_find_code(db, city.id, cli_word(x, 1), &k->d);
}

static err say(struct cli_args *x, struct tx *tx, void *ctx)
{
	struct ask *k = ctx;

	TRY(find(x, tx->db, k));
	TRY(sample_say(tx, NULL, &k->d, k->count, k->minutes * MINUTE, S("laris"), x->now));
	TRY(draw_ahead(tx->db, &k->d, time_now()));
	return audit_by(tx, k->d.city, "laris", "draw.sample", k->d.id.v, (str){ 0 },
	    audit_json(x->a, (struct audit_pair[]){ AUDIT_NUM("coupons", k->count) }, 1), x->now);
}

static err run(struct cli_args *x, struct tx *tx, void *ctx)
{
	struct ask *k = ctx;

	TRY(find(x, tx->db, k));
	TRY(sample_run(tx, NULL, &k->d, k->pasted, x->now));
	return audit_by(tx, k->d.city, "laris", "draw.sampled", k->d.id.v, (str){ 0 }, (str){ 0 },
	    x->now);
}

static err show(struct cli_args *x)
{
	CLEANUP(db_close) struct db *db = NULL;
	struct ask k = { 0 };
	struct sample s;

	TRY(cli_read(x, &db));
	TRY(find(x, db, &k));
	TRY(sample_get(db, &k.d, &s));
	fprintf(x->out, "coupons=%lld round=%lld checked=%lld clean=%lld\n", (long long)s.count,
	    (long long)s.round, (long long)s.seen, (long long)s.clean);
	str words = sample_sentence(x->a, cli_lang(), &s);
	if (words.n)
		fprintf(x->out, "%.*s\n", SV(words));
	return NULL;
}

static bool read_number(struct cli_args *x, const char *name, int64_t max, int64_t *v, bool *given)
{
	const char *word = cli_option(x, name);

	*given |= word != NULL;
	return !word || str_int(str_of(word), 1, max, v);
}

int draw_sample_command(struct cli_args *x)
{
	struct ask k = { .count = 500, .minutes = 10 };
	bool chosen = cli_flag(x, "beacon"), given = false;
	bool right = read_number(x, "count", 5000, &k.count, &given);

	right = read_number(x, "minutes", 20160, &k.minutes, &given) && right;

	if (!cli_words(x, 2, 2) || !right)
		return cli_usage(x);
	if (!chosen)
		return cli_result(x, given ? cli_change(x, say, &k) : show(x));
	err e = cli_stdin(x, 4000, &k.pasted);
	return cli_result(x, e ? e : cli_change(x, run, &k));
}
