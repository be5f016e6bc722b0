/* core_cli.c - cities, people and tokens from the command line. */
#include "core/audit.h"
#include "core/cli.h"
#include "core/commands.h"
#include "core/crypto.h"
#include "core/invite.h"
#include "core/setting.h"
#include "core/who.h"
#include "core_read.h"
#include "core_write.h"

struct city_ask { str code, slug, name; struct city made; };

static err city_do(struct cli_args *x, struct tx *tx, void *ctx)
{
	struct city_ask *c = ctx;

	return city_add(tx, c->code, c->slug, c->name, x->now, &c->made);
}

int city_add_command(struct cli_args *x)
{
	struct city_ask c = { .slug = str_of(cli_option(x, "slug")),
		.name = str_of(cli_option(x, "name")) };

	if (!cli_words(x, 1, 1))
		return cli_usage(x);
	c.code = cli_word(x, 0);
	err e = cli_change(x, city_do, &c);
	if (!e)
		fprintf(x->out, "%.*s %.*s\n", SV(c.made.slug), SV(c.made.name));
	return cli_result(x, e);
}

int city_list_command(struct cli_args *x)
{
	CLEANUP(db_close) struct db *db = NULL;
	struct core_city_list *v = NULL;
	bool json = cli_flag(x, "json");
	size_t n = 0;

	if (!cli_words(x, 0, 0))
		return cli_usage(x);
	err e = cli_read(x, &db);
	if (!e)
		e = core_q_city_list(db, (str){ 0 }, 1000, &v, &n);
	for (size_t i = 0; !e && i < n; i++) {
		struct json_out o = JSON_OUT(x->a, 4000);
		json_begin(&o, NULL, '{');
		json_str(&o, "code", v[i].code);
		json_str(&o, "slug", v[i].slug);
		json_str(&o, "name", v[i].name);
		json_end(&o, '}');
		if (json)
			fprintf(x->out, "%.*s\n", SV(json_done(&o)));
		else
			fprintf(x->out, "%.*s\t%.*s\t%.*s\n", SV(v[i].code), SV(v[i].slug),
			    SV(v[i].name));
	}
	return cli_result(x, e);
}

struct host_ask { str host; bool drop; };

static err host_do(struct cli_args *x, struct tx *tx, void *ctx)
{
	const struct host_ask *h = ctx;
	struct city city;

	TRY(city_find(tx->db, cli_word(x, 0), &city));
	return h->drop ? city_host_drop(tx, &city, h->host, "laris", x->now) :
	    city_host_set(tx, &city, h->host, "laris", x->now);
}

static err hosts_print(struct cli_args *x)
{
	CLEANUP(db_close) struct db *db = NULL;
	struct core_city_hosts *v;
	struct city city;
	size_t n;

	TRY(cli_read(x, &db));
	TRY(cli_city(x, db, 0, &city));
	TRY(core_q_city_hosts(db, city.id, &v, &n));
	for (size_t i = 0; i < n; i++)
		fprintf(x->out, "%.*s\n", SV(v[i].host));
	return NULL;
}

int city_host_command(struct cli_args *x)
{
	struct host_ask h = { .drop = cli_flag(x, "drop") };

	if (!cli_words(x, h.drop ? 2 : 1, 2))
		return cli_usage(x);
	h.host = cli_word(x, 1);
	return cli_result(x, h.host.n ? cli_change(x, host_do, &h) : hosts_print(x));
}

static err close_do(struct cli_args *x, struct tx *tx, void *ctx)
{
	struct city city;

	TRY(city_find(tx->db, cli_word(x, 0), &city));
	return city_close(tx, &city, *(const str *)ctx, "laris", x->now);
}

int city_close_command(struct cli_args *x)
{
	str reason = str_of(cli_option(x, "reason"));

	if (!cli_words(x, 1, 1) || !reason.n)
		return cli_usage(x);
	return cli_result(x, cli_change(x, close_do, &reason));
}

static err open_do(struct cli_args *x, struct tx *tx, void *ctx)
{
	struct city city;

	(void)ctx;
	TRY(city_find(tx->db, cli_word(x, 0), &city));
	return city_open(tx, &city, "laris", x->now);
}

int city_open_command(struct cli_args *x)
{
	if (!cli_words(x, 1, 1))
		return cli_usage(x);
	return cli_result(x, cli_change(x, open_do, NULL));
}

struct invite_ask { str name, url; };

static err invite_do(struct cli_args *x, struct tx *tx, void *ctx)
{
	struct invite_ask *i = ctx;
	struct city city;
	str base;

	TRY(city_find(tx->db, cli_word(x, 0), &city));
	TRY(setting_text(tx->db, city.id, "base-url", &base));
	TRY(invite_first(tx, &city, (struct invite_new){ cli_word(x, 1), i->name, S("laris") },
	    x->now, &i->url));
	i->url = arena_printf(x->a, "%.*s%.*s", SV(base), SV(i->url));
	return NULL;
}

int city_invite_command(struct cli_args *x)
{
	struct invite_ask i = { .name = str_of(cli_option(x, "name")) };

	if (!cli_words(x, 2, 2))
		return cli_usage(x);
	err e = cli_change(x, invite_do, &i);
	if (!e)
		fprintf(x->out, "%.*s\n", SV(i.url));
	return cli_result(x, e);
}

struct person_ask { str city, login, name, pass; unsigned role; person_id made; };

static err person_do(struct cli_args *x, struct tx *tx, void *ctx)
{
	struct person_ask *p = ctx;
	struct city city;

	TRY(city_scope(tx->db, p->city, &city));
	TRY(person_add(tx, city.id, p->login, p->name, p->pass, p->role, 0, x->now, &p->made));
	return audit_by(tx, city.id, "laris", "person.add", p->made.v, (str){ 0 },
	    audit_json(x->a, (struct audit_pair[]){ AUDIT_TEXT("login", p->login),
		AUDIT_NUM("role", p->role) }, 2), x->now);
}

int person_add_command(struct cli_args *x)
{
	struct person_ask p = { .role = role_by_code(str_of(cli_option(x, "role"))),
	    .name = str_of(cli_option(x, "name")) };
	str pass;

	if (!cli_words(x, 2, 2) || !p.role)
		return cli_usage(x);
	p.city = cli_word(x, 0);
	p.login = cli_word(x, 1);
	err e = cli_stdin(x, 1000, &pass);
	if (!e && pass.n < PASSWORD_MIN)
		e = ERR(x->a, ERR_INVALID, "password-short");
	if (!e) {
		p.pass = password_hash(x->a, pass);
		e = cli_change(x, person_do, &p);
	}
	return cli_result(x, e);
}

struct token_ask { str city, label, text; unsigned role; int64_t merchant; token_id made; };

static err token_do(struct cli_args *x, struct tx *tx, void *ctx)
{
	struct token_ask *t = ctx;
	struct city city;

	TRY(city_scope(tx->db, t->city, &city));
	TRY(token_add(tx, city.id, t->label, t->role, t->merchant, x->now, &t->text, &t->made));
	return audit_by(tx, city.id, "laris", "token.add", t->made.v, (str){ 0 },
	    audit_json(x->a, (struct audit_pair[]){ AUDIT_TEXT("label", t->label) }, 1), x->now);
}

int token_add_command(struct cli_args *x)
{
	const char *merchant = cli_option(x, "merchant");
	struct token_ask t = { .role = role_by_code(str_of(cli_option(x, "role"))),
	    .label = str_of(cli_option(x, "label")) };

	if (!cli_words(x, 1, 1) || !t.role || !t.label.n ||
	    (merchant && !id_parse(str_of(merchant), &t.merchant)))
		return cli_usage(x);
	t.city = cli_word(x, 0);
	err e = cli_change(x, token_do, &t);
	if (!e)
		fprintf(x->out, "%.*s\n", SV(t.text));
	return cli_result(x, e);
}
