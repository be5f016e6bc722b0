/* after_cli.c - a redraw from the command line: said first, run when its round has come. */
#include "core/audit.h"
#include "mod/draw/after_web.h"
#include "mod/draw/rules.h"

struct ask {
	struct draw d;
	struct strike s;
	str pasted;
	int64_t n;
	str won;
};

static err find(struct cli_args *x, struct db *db, struct ask *k)
{
	struct city city;

	TRY(cli_city(x, db, 0, &city));
	return draw_find_code(db, city.id, cli_word(x, 1), &k->d);
}

/* PRIZE is the code of prizes.tsv. */
static err find_prize(struct db *db, const struct draw *d, str code, prize_id *id)
{
	struct prize *p;
	size_t n;

	TRY(prize_list(db, d, &p, &n));
	for (size_t i = 0; i < n; i++)
		if (str_eq(p[i].code, code)) {
			*id = p[i].id;
			return NULL;
		}
	return ERR(db_arena(db), ERR_MISSING, "draw-no-winner");
}

static err strike(struct cli_args *x, struct tx *tx, void *ctx)
{
	struct ask *k = ctx;

	TRY(find(x, tx->db, k));
	TRY(find_prize(tx->db, &k->d, cli_word(x, 2), &k->s.prize));
	k->s.by = S("laris");
	k->s.now = x->now;
	TRY(draw_strike(tx, NULL, &k->d, &k->s, &k->n));
	TRY(draw_ahead(tx->db, &k->d, time_now()));
	return audit_by(tx, k->d.city, "laris",
	    k->s.returned ? "winner.returned" : "winner.strike", k->d.id.v, (str){ 0 },
	    audit_json(x->a, (struct audit_pair[]){ AUDIT_TEXT("title", cli_word(x, 2)),
		AUDIT_NUM("place", k->s.place), AUDIT_TEXT("reason", text(LANG_ID,
		choice_by_value(strike_choices, (int64_t)k->s.reason)->label)) }, 3), x->now);
}

static err again(struct cli_args *x, struct tx *tx, void *ctx)
{
	struct ask *k = ctx;
	struct draw_again *g;

	TRY(find(x, tx->db, k));
	TRY(draw_again_work_out(tx->db, &k->d, k->n, k->pasted, x->now, &g));
	TRY(draw_again(tx, NULL, &k->d, g, x->now));
	TRY(draw_file_get(tx->db, &k->d, after_part(x->a, k->n, "winner.tsv"), NULL, &k->won));
	return audit_by(tx, k->d.city, "laris", "draw.redraw", k->d.id.v, (str){ 0 },
	    audit_json(x->a, (struct audit_pair[]){ AUDIT_NUM("redraw", k->n) }, 1), x->now);
}

static int strike_command(struct cli_args *x, struct ask *k, const char *code,
    const char *minutes)
{
	const struct choice *reason = code ? choice_by_code(strike_choices, str_of(code)) : NULL;
	int64_t n = 60;

	if (!reason || !str_int(cli_word(x, 3), 1, PICK_PLACES_MAX, &k->s.place) ||
	    (minutes && !str_int(str_of(minutes), 5, 20160, &n)))
		return cli_usage(x);
	k->s.reason = (enum strike_reason)reason->value;
	k->s.notice = n * MINUTE;
	err e = cli_change(x, strike, k);
	if (!e)
		fprintf(x->out, "%.*s\n", SV(after_name(x->a, k->n,
		    k->s.returned ? AFTER_RETURNED : AFTER_REDRAW)));
	return cli_result(x, e);
}

int draw_redraw_command(struct cli_args *x)
{
	const char *reason = cli_option(x, "reason"), *words = cli_option(x, "words"),
	    *minutes = cli_option(x, "minutes");
	struct ask k = { .s = { .words = str_of(words), .returned = cli_flag(x, "return") } };

	if (cli_words(x, 4, 4))
		return strike_command(x, &k, reason, minutes);
	if (!cli_words(x, 3, 3) || !str_int(cli_word(x, 2), 1, AFTER_MAX, &k.n))
		return cli_usage(x);
	err e = cli_stdin(x, 4000, &k.pasted);
	if (!e)
		e = cli_change(x, again, &k);
	if (!e)
		fprintf(x->out, "%.*s", SV(k.won));
	return cli_result(x, e);
}
