/* draw_cli.c - the draw from the command line. */
#include "core/audit.h"
#include "mod/draw/beacon.h"
#include "mod/draw/before.h"
#include "mod/draw/odd_pages.h"
#include "mod/draw/verify/verify.h"
#include "mod/draw/web.h"
#include "mod/ledger/key.h"
#include "mod/draw/winner.h"
#include <string.h>

struct ask {
	int64_t at, notice;
	str pasted, override;
	struct draw d;
	struct festival f;
};

static err find(struct cli_args *x, struct db *db, struct ask *k)
{
	struct city city;

	TRY(cli_city(x, db, 0, &city));
	TRY(draw_find_code(db, city.id, cli_word(x, 1), &k->d));
	return festival_find(db, city.id, id_text(x->a, k->d.festival.v), &k->f);
}

static err logged(struct cli_args *x, struct tx *tx, const struct ask *k, const char *action)
{
	return audit_by(tx, k->d.city, "laris", action, k->d.id.v, (str){ 0 },
	    audit_json(x->a, (struct audit_pair[]){ AUDIT_TEXT("draw", k->d.code) }, 1), x->now);
}

static void print(struct cli_args *x, const struct draw *d)
{
	fprintf(x->out, "%.*s %s entries=%lld coupons=%lld round=%lld root=%.*s\n", SV(d->code),
	    draw_state_name(d->state), (long long)d->entries, (long long)d->coupons,
	    (long long)d->round, SV(d->root));
}

static err list(struct cli_args *x)
{
	CLEANUP(db_close) struct db *db = NULL;
	struct city city;
	struct draw *d;
	size_t n;

	TRY(cli_read(x, &db));
	TRY(cli_city(x, db, 0, &city));
	TRY(draw_list_of_city(db, city.id, &d, &n));
	for (size_t i = 0; i < n; i++)
		print(x, &d[i]);
	return NULL;
}

int draw_list_command(struct cli_args *x)
{
	return cli_words(x, 1, 1) ? cli_result(x, list(x)) : cli_usage(x);
}

static err freeze(struct cli_args *x, struct tx *tx, void *ctx)
{
	struct ask *k = ctx;

	struct city city;

	TRY(find(x, tx->db, k));
	TRY(city_get(tx->db, k->d.city, &city));
	TRY(draw_may_freeze(tx->db, &k->d, k->override, city.zone, x->now));
	if (!k->d.rehearsal)
		TRY(draw_books_agree(tx->db, x->app));
	TRY(draw_overridden(tx, &k->d, k->override, S("laris"), x->now));
	TRY(draw_freeze(tx, NULL, &k->d, &k->f, NULL,
	    (struct draw_when){ k->at, k->notice, x->now }));
	TRY(draw_ahead(tx->db, &k->d, time_now()));
	return logged(x, tx, k, "draw.freeze");
}

int draw_freeze_command(struct cli_args *x)
{
	const char *minutes = cli_option(x, "minutes"), *why = cli_option(x, "override");
	struct ask k = { .notice = HOUR, .override = str_of(why) };
	int64_t n;

	if (!cli_words(x, 2, 2) || (minutes && !str_int(str_of(minutes), 5, 20160, &n)))
		return cli_usage(x);
	if (minutes)
		k.notice = n * MINUTE;
	err e = cli_change(x, freeze, &k);
	if (!e)
		print(x, &k.d);
	return cli_result(x, e);
}

static err beacon(struct cli_args *x, struct tx *tx, void *ctx)
{
	struct ask *k = ctx;

	TRY(find(x, tx->db, k));
	TRY(draw_beacon_set(tx, NULL, &k->d, k->pasted, x->now));
	return logged(x, tx, k, "draw.beacon");
}

int draw_beacon_command(struct cli_args *x)
{
	struct ask k = { 0 };

	if (!cli_words(x, 2, 3))
		return cli_usage(x);
	err e = x->argc == 3 ? cli_read_file(x, x->argv[2], 4000, &k.pasted) :
	    cli_stdin(x, 4000, &k.pasted);
	if (!e)
		e = cli_change(x, beacon, &k);
	return cli_result(x, e);
}

static err rehearse(struct cli_args *x)
{
	CLEANUP(db_close) struct db *db = NULL;
	struct after_row *v;
	int64_t which, round;
	size_t n;
	struct ask k = { 0 };

	TRY(cli_read(x, &db));
	TRY(find(x, db, &k));
	if (!k.d.rehearsal || !k.d.round)
		return ERR(x->a, ERR_CONFLICT, "draw-not-rehearsal", .arg = { k.d.name });
	round = k.d.round;
	TRY(draw_afters(db, &k.d, &v, &n));
	if (x->argc == 3) {
		if (!str_int(cli_word(x, 2), 1, (int64_t)n, &which) || !v[which - 1].round)
			return ERR(x->a, ERR_MISSING, "no-such-page");
		round = v[which - 1].round;
	}
	fprintf(x->out, "%.*s\n", SV(beacon_rehearse(x->a, round)));
	return NULL;
}

int draw_rehearse_command(struct cli_args *x)
{
	return cli_words(x, 2, 3) ? cli_result(x, rehearse(x)) : cli_usage(x);
}

static err run(struct cli_args *x, struct tx *tx, void *ctx)
{
	struct ask *k = ctx;

	TRY(find(x, tx->db, k));
	TRY(draw_run(tx, NULL, &k->d, NULL, x->now));
	return logged(x, tx, k, "draw.run");
}

int draw_run_command(struct cli_args *x)
{
	struct ask k = { 0 };

	if (!cli_words(x, 2, 2))
		return cli_usage(x);
	err e = cli_change(x, run, &k);
	if (!e)
		print(x, &k.d);
	return cli_result(x, e);
}

/* On the operator's screen only: winners worth a second look. */
static err report_odd(struct cli_args *x, struct db *db, const struct ask *k)
{
	struct odd_winner *w;
	size_t n;

	TRY(odd_winners(db, &k->f, &k->d, &w, &n));
	for (size_t i = 0; i < n; i++)
		if (w[i].marks)
			fprintf(x->out, "? %.*s\t%lld\t%.*s\n", SV(w[i].title),
			    (long long)w[i].place,
			    SV(odd_words(x->a, cli_lang(), w[i].marks)));
	return NULL;
}

static err report(struct cli_args *x)
{
	CLEANUP(db_close) struct db *db = NULL;
	struct ask k = { 0 };
	struct winner *w;
	size_t n;

	TRY(cli_read(x, &db));
	TRY(find(x, db, &k));
	if (x->argc == 3)
		TRY(draw_bundle_write(db, &k.d, &(struct draw_out){ x->argv[2],
		    ledger_key_file(x->a, x->db_path) }));
	print(x, &k.d);
	TRY(draw_winners(db, &k.d, &w, &n));
	for (size_t i = 0; i < n; i++)
		fprintf(x->out, "%.*s\t%lld\t%.*s\t%lld\n", SV(w[i].title), (long long)w[i].place,
		    SV(w[i].masked), (long long)w[i].coupon);
	return report_odd(x, db, &k);
}

int draw_report_command(struct cli_args *x)
{
	return cli_words(x, 2, 3) ? cli_result(x, report(x)) : cli_usage(x);
}

int verify_command(struct cli_args *x)
{
	char **argv = NEWN(x->a, char *, (size_t)x->argc + 2);
	char name[] = "laris verify";

	argv[0] = name;
	for (int i = 0; i < x->argc; i++)
		argv[i + 1] = x->argv[i];
	return verify_main(x->argc + 1, argv, x->out);
}
