/* festival_cli.c - sales, cards and the fact sheet from the command line. */
#include "core/audit.h"
#include "festival_read.h"
#include "mod/festival/card_erase.h"
#include "mod/festival/organiser.h"
#include "mod/festival/setup.h"
#include "mod/festival/report.h"
#include <stdlib.h>
#include <string.h>

static const char *state_code(int64_t state)
{
	return choice_by_value(festival_state_choices, state)->code;
}

/* Day as ISO text, NUL-terminated. */
static const char *iso(struct arena *a, int64_t day)
{
	struct buf b = BUF(a, 20);

	time_put_iso_day(&b, day);
	return arena_cstr(a, buf_done(&b));
}

/* ---- festival --------------------------------------------------------------- */

static void list_json(struct cli_args *x, const struct festival_list *v, size_t n)
{
	struct json_out o = JSON_OUT(x->a, 1u << 20);

	json_begin(&o, NULL, '[');
	for (size_t i = 0; i < n; i++) {
		json_begin(&o, NULL, '{');
		json_id(&o, "id", v[i].id.v);
		json_str(&o, "slug", v[i].slug);
		json_str(&o, "name", v[i].name);
		json_str(&o, "state", str_of(state_code(v[i].state)));
		json_str(&o, "first_day", str_of(iso(x->a, v[i].first_day)));
		json_str(&o, "last_day", str_of(iso(x->a, v[i].last_day)));
		json_end(&o, '}');
	}
	json_end(&o, ']');
	fprintf(x->out, "%.*s\n", SV(json_done(&o)));
}

static err list(struct cli_args *x, bool json)
{
	CLEANUP(db_close) struct db *db = NULL;
	struct festival_list *v;
	struct city city;
	size_t n;

	TRY(cli_read(x, &db));
	TRY(cli_city(x, db, 1, &city));
	TRY(festival_q_list(db, city.id, &v, &n));
	if (json) {
		list_json(x, v, n);
		return NULL;
	}
	for (size_t i = 0; i < n; i++)
		fprintf(x->out, "%.*s\t%s\t%s\t%s\t%.*s\n", SV(v[i].slug), state_code(v[i].state),
		    iso(x->a, v[i].first_day), iso(x->a, v[i].last_day), SV(v[i].name));
	return NULL;
}

static err show(struct cli_args *x)
{
	CLEANUP(db_close) struct db *db = NULL;
	struct festival_total_get t;
	struct festival f;
	struct city city;
	str rules;

	TRY(cli_read(x, &db));
	TRY(cli_city(x, db, 1, &city));
	TRY(festival_pick(db, city.id, cli_word(x, 2), &f));
	TRY(festival_q_total_get(db, f.city, f.id, &t));
	TRY(rules_history(db, &f, LANG_EN, &rules));
	fprintf(x->out, "%.*s\t%.*s\nstate\t%s\ndays\t%s %s\n", SV(f.slug), SV(f.name),
	    state_code((int64_t)f.state), iso(x->a, f.first_day), iso(x->a, f.last_day));
	fprintf(x->out, "rupiah\t%lld\npurchases\t%lld\ncoupons\t%lld\n%.*s", (long long)t.rupiah,
	    (long long)t.purchases, (long long)t.coupons, SV(rules));
	return NULL;
}

struct move { enum festival_state to; struct festival f; };

static err move_do(struct cli_args *x, struct tx *tx, void *ctx)
{
	struct move *m = ctx;
	struct city city;

	TRY(cli_city(x, tx->db, 1, &city));
	TRY(festival_pick(tx->db, city.id, cli_word(x, 2), &m->f));
	if (m->to == FESTIVAL_OPEN)
		TRY(setup_ready(&(struct setup_ask){ tx->db, x->app, &city, &m->f, LANG_EN,
		    x->now }));
	TRY(festival_move(tx, NULL, &m->f, m->to, x->now));
	return audit_by(tx, city.id, "laris", "festival.state", m->f.id.v,
	    audit_json(x->a, (struct audit_pair[]){
		AUDIT_TEXT("state", str_of(state_code((int64_t)m->f.state))) }, 1),
	    audit_json(x->a, (struct audit_pair[]){
		AUDIT_TEXT("state", str_of(state_code((int64_t)m->to))) }, 1), x->now);
}

static err move(struct cli_args *x, enum festival_state to)
{
	struct move m = { .to = to };

	TRY(cli_change(x, move_do, &m));
	fprintf(x->out, "%.*s %s\n", SV(m.f.slug), state_code((int64_t)to));
	return NULL;
}

int festival_command(struct cli_args *x)
{
	bool json = cli_flag(x, "json");
	str what = cli_word(x, 0);

	if (!cli_words(x, 2, str_eq(what, S("list")) ? 2 : 3))
		return cli_usage(x);
	if (str_eq(what, S("list")))
		return cli_result(x, list(x, json));
	if (str_eq(what, S("show")))
		return cli_result(x, show(x));
	if (str_eq(what, S("open")))
		return cli_result(x, move(x, FESTIVAL_OPEN));
	if (str_eq(what, S("close")))
		return cli_result(x, move(x, FESTIVAL_CLOSED));
	return cli_usage(x);
}

/* ---- card -------------------------------------------------------------------- */

static void card_json(struct cli_args *x, const struct festival_card_list *v, size_t n)
{
	struct json_out o = JSON_OUT(x->a, 256u << 20);

	json_begin(&o, NULL, '[');
	for (size_t i = 0; i < n; i++) {
		json_begin(&o, NULL, '{');
		json_str(&o, "number", arena_printf(x->a, "%09lld", (long long)v[i].number));
		json_str(&o, "kind", v[i].digital ? S("digital") : S("printed"));
		json_str(&o, "state", v[i].state ? S("blocked") : S("usable"));
		json_int(&o, "coupons", v[i].coupons);
		json_int(&o, "rupiah", v[i].rupiah);
		json_end(&o, '}');
	}
	json_end(&o, ']');
	fprintf(x->out, "%.*s\n", SV(json_done(&o)));
}

static err cards(struct cli_args *x, int64_t limit, bool json)
{
	CLEANUP(db_close) struct db *db = NULL;
	struct festival_card_list *v;
	struct festival f;
	struct city city;
	size_t n;

	TRY(cli_read(x, &db));
	TRY(cli_city(x, db, 1, &city));
	TRY(festival_pick(db, city.id, cli_word(x, 2), &f));
	TRY(festival_q_card_list(db, f.city, f.id, 0, limit, &v, &n));
	if (json) {
		card_json(x, v, n);
		return NULL;
	}
	for (size_t i = 0; i < n; i++)
		fprintf(x->out, "%09lld\t%s\t%s\t%lld\t%lld\n", (long long)v[i].number,
		    v[i].digital ? "digital" : "printed", v[i].state ? "blocked" : "usable",
		    (long long)v[i].coupons, (long long)v[i].rupiah);
	return NULL;
}

struct erase { str reason; city_id city; int64_t cards; };

static err erase(struct cli_args *x, struct tx *tx, void *ctx)
{
	struct erase *k = ctx;
	struct festival f;
	struct city city;
	int64_t number;

	TRY(cli_city(x, tx->db, 1, &city));
	TRY(festival_find(tx->db, city.id, cli_word(x, 2), &f));
	if (!str_int(cli_word(x, 3), 0, 999999999, &number))
		return ERR(x->a, ERR_INVALID, "card-unknown", .field = "card");
	k->city = city.id;
	TRY(card_erase(tx, NULL, &f, &(struct card_erasing){ .number = number, .reason = k->reason,
	    .by = S("laris"), .now = x->now, .despite = true }, &k->cards));
	return audit_by(tx, city.id, "laris", "card.erase", f.id.v, (str){ 0 }, audit_json(x->a,
	    (struct audit_pair[]){ AUDIT_TEXT("reason", k->reason),
	    AUDIT_NUM("cards", k->cards) }, 2), x->now);
}

static err wiped(struct cli_args *x, struct tx *tx, void *ctx)
{
	const struct erase *k = ctx;

	return forget_wiped_all(tx, k->city, x->now);
}

/* The rows first; then the file and its log hold them no more. */
static err erase_all(struct cli_args *x, struct erase *k)
{
	CLEANUP(db_close) struct db *db = NULL;

	TRY(cli_change(x, erase, k));
	TRY(db_open(&db, x->a, x->db_path, DB_WRITE));
	TRY(db_scrub(db, 5000));
	TRY(cli_change(x, wiped, k));
	fprintf(x->out, "erased: %lld card(s)\n", (long long)k->cards);
	return NULL;
}

static int card_erase_command(struct cli_args *x)
{
	struct erase k = { .reason = str_of(cli_option(x, "reason")) };

	return cli_words(x, 4, 4) ? cli_result(x, erase_all(x, &k)) : cli_usage(x);
}

static bool verb(const struct cli_args *x, const char *word)
{
	return x->argc > 0 && !strcmp(x->argv[0], word);
}

int card_command(struct cli_args *x)
{
	const char *given = cli_option(x, "limit");
	int64_t limit = 100;

	if (given && !str_int(str_of(given), 1, 1000000, &limit))
		return cli_usage(x);
	if (!given && verb(x, "print"))
		return card_print_command(x);
	if (!given && verb(x, "erase"))
		return card_erase_command(x);
	bool json = cli_flag(x, "json");
	if (!cli_words(x, 3, 3) || !str_eq(cli_word(x, 0), S("list")))
		return cli_usage(x);
	return cli_result(x, cards(x, limit, json));
}
