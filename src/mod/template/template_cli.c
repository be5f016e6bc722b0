/* template_cli.c - laris template list, export, show, check, adopt, diff, upgrade … */
#include "mod/template/template_cli.h"
#include "core/audit.h"
#include "core/fetch.h"
#include "mod/ledger/key.h"
#include "mod/template/shipped.h"
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct template_ask cli_template_ask(struct cli_args *x, const struct city *city)
{
	return (struct template_ask){ x->a, x->app, city, ledger_key_file(x->a, x->db_path),
	    cli_lang(), S("laris"), x->now };
}

static const char *option_of(const char *word, enum wish_kind *kind)
{
	static const char *const name[] = { "--set", "--without", "--take", "--keep" };

	for (size_t i = 0; i < countof(name); i++) {
		size_t n = strlen(name[i]);
		*kind = (enum wish_kind)i;
		if (!strncmp(word, name[i], n) && (!word[n] || word[n] == '='))
			return word + n;
	}
	return NULL;
}

/* What belongs to an option: behind its "=", else the next word. */
static const char *argument(struct cli_args *x, int *i, const char *rest)
{
	if (*rest == '=')
		return rest + 1;
	return *i + 1 < x->argc ? x->argv[++*i] : NULL;
}

static bool wish_add(struct cli_args *x, struct wishes *w, enum wish_kind kind, const char *arg)
{
	str s = str_of(arg), path;

	if (!arg)
		return false;
	struct wish *to = VEC_ADD(x->a, &w->all);
	*to = (struct wish){ .kind = kind, .path = s };
	if (kind != WISH_SET)
		return true;
	size_t at = str_find(s, S("="));
	if (at == SIZE_MAX)
		return false;
	path = str_sub(s, 0, at);
	to->path = path;
	to->value = str_sub(s, at + 1, s.n);
	return true;
}

bool cli_wishes(struct cli_args *x, struct wishes *w)
{
	enum wish_kind kind;
	const char *rest;
	int kept = 0;

	*w = (struct wishes){ 0 };
	for (int i = 0; i < x->argc; i++) {
		char *word = x->argv[i];
		if ((rest = option_of(word, &kind))) {
			if (!wish_add(x, w, kind, argument(x, &i, rest)))
				return false;
		} else if (!strncmp(word, "--reason", 8) && (!word[8] || word[8] == '=')) {
			const char *why = argument(x, &i, word + 8);
			if (!why || !w->all.n)
				return false;
			w->all.v[w->all.n - 1].reason = str_of(why);
		} else {
			x->argv[kept++] = word;
		}
	}
	x->argc = kept;
	return true;
}

err cli_template(struct cli_args *x, struct db *db, city_id city, str which, struct template *t)
{
	const char *path = arena_cstr(x->a, which);
	str bytes;

	if (access(path, F_OK) && str_find(which, S("@")) != SIZE_MAX)
		return template_get(db, city, which, t);
	TRY(cli_read_file(x, path, TEMPLATE_BYTES + 1, &bytes));
	return template_parse(x->a, bytes, t);
}

/* ---- list, show, check ------------------------------------------------------------- */

static err shipped_list(struct cli_args *x, bool json)
{
	VEC(struct template_entry) all = { 0 };
	struct template t;
	str bytes;

	for (size_t i = 0; shipped_at(i, &bytes); i++) {
		TRY(template_parse(x->a, bytes, &t));
		*VEC_ADD(x->a, &all) = (struct template_entry){ .ref = t.ref, .kind = t.kind,
		    .city_name = t.city_name, .title = t.title, .sha256 = t.sha256,
		    .source = TEMPLATE_SHIPPED };
	}
	template_print_list(x, all.v, all.n, json);
	return NULL;
}

static err list(struct cli_args *x, bool json)
{
	CLEANUP(db_close) struct db *db = NULL;
	struct template_entry *v;
	struct city city;
	size_t n;

	if (!cli_word(x, 1).n)
		return shipped_list(x, json);
	TRY(cli_read(x, &db));
	TRY(cli_city(x, db, 1, &city));
	TRY(template_list(db, city.id, &v, &n));
	template_print_list(x, v, n, json);
	return NULL;
}

static err shipped_get(struct cli_args *x, str ref, struct template *t)
{
	str bytes;

	for (size_t i = 0; shipped_at(i, &bytes); i++) {
		TRY(template_parse(x->a, bytes, t));
		if (str_eq(t->ref, ref))
			return NULL;
	}
	return ERR(x->a, ERR_MISSING, "no-such-template", .arg = { ref });
}

static err show(struct cli_args *x, bool json, bool check)
{
	const char *path = arena_cstr(x->a, cli_word(x, 1));
	struct template t;
	str bytes;

	if (access(path, F_OK) && strchr(path, '@')) {
		TRY(shipped_get(x, cli_word(x, 1), &t));
	} else {
		TRY(cli_read_file(x, path, TEMPLATE_BYTES + 1, &bytes));
		TRY(template_parse(x->a, bytes, &t));
	}
	if (json)
		fwrite(t.bytes.p, 1, t.bytes.n, x->out);
	else if (check)
		fprintf(x->out, "%.*s: ok\nsha256 %.*s\nkey %.*s\n", SV(t.ref), SV(t.sha256),
		    SV(t.key_text));
	else
		template_print(x, &t);
	return NULL;
}

/* ---- export ------------------------------------------------------------------------ */

struct export { struct template_about about; struct template t; };

static err export_do(struct cli_args *x, struct tx *tx, void *ctx)
{
	struct export *e = ctx;
	struct city city;

	TRY(city_find(tx->db, cli_word(x, 1), &city));
	struct template_ask q = cli_template_ask(x, &city);
	return template_release(tx, NULL, &q, cli_word(x, 2), cli_word(x, 3), &e->about, &e->t);
}

static err key_there(struct cli_args *x)
{
	CLEANUP(db_close) struct db *db = NULL;
	bool made;

	TRY(cli_read(x, &db));
	return ledger_key_first(db, ledger_key_file(x->a, x->db_path), &made);
}

static err export(struct cli_args *x, struct template_about *about)
{
	struct export e = { .about = *about };

	TRY(key_there(x));
	TRY(cli_change(x, export_do, &e));
	TRY(cli_write_file(x, arena_cstr(x->a, cli_word(x, 4)), e.t.bytes));
	fprintf(x->out, "%.*s\n", SV(e.t.ref));
	return NULL;
}

static err text_file(struct cli_args *x, const char *option, str *text)
{
	const char *path = cli_option(x, option);

	if (!path)
		return NULL;
	TRY(cli_read_file(x, path, 32000, text));
	*text = str_trim(*text);
	return NULL;
}

/* A line each: indicator TAB value or ? TAB day or empty TAB source TAB note. */
static err outcomes_file(struct cli_args *x, struct template_about *about)
{
	VEC(struct template_outcome) all = { 0 };
	str text = { 0 }, line, value;

	TRY(text_file(x, "outcomes", &text));
	while (str_take(&text, '\n', &line)) {
		struct template_outcome o = { 0 };
		if (!str_take(&line, '\t', &o.indicator) || !str_take(&line, '\t', &value) ||
		    !str_take(&line, '\t', &o.day) || !str_take(&line, '\t', &o.source))
			return ERR(x->a, ERR_INVALID, "template-outcome",
			    .arg = { o.indicator });
		o.note = line;
		o.known = !str_eq(value, S("?"));
		if (o.known && !str_int(value, 0, INT64_MAX, &o.value))
			return ERR(x->a, ERR_INVALID, "template-outcome",
			    .arg = { o.indicator });
		*VEC_ADD(x->a, &all) = o;
	}
	about->outcome = all.v;
	about->n_outcome = all.n;
	return NULL;
}

static int export_command(struct cli_args *x)
{
	struct template_about about = { .name = str_of(cli_option(x, "name")),
	    .version = str_of(cli_option(x, "version")), .title = str_of(cli_option(x, "title")),
	    .licence = str_of(cli_option(x, "licence")), .ask = str_of(cli_option(x, "ask")) };
	err e = text_file(x, "guide", &about.guide);

	if (!e)
		e = text_file(x, "lessons", &about.lessons);
	if (!e)
		e = outcomes_file(x, &about);
	if (e)
		return cli_result(x, e);
	if (!cli_words(x, 5, 5) || !about.version.n)
		return cli_usage(x);
	return cli_result(x, export(x, &about));
}

/* ---- adopt --------------------------------------------------------------------------- */

struct adopt {
	struct template_wish wish;
	bool dry, json;
	struct template_plan plan;
	struct practice_subject made;
};

static err adopt_do(struct cli_args *x, struct tx *tx, void *ctx)
{
	struct adopt *o = ctx;
	struct template t;
	struct city city;

	TRY(city_find(tx->db, cli_word(x, 1), &city));
	struct template_ask q = cli_template_ask(x, &city);
	TRY(cli_template(x, tx->db, city.id, cli_word(x, 2), &t));
	TRY(template_plan(tx->db, &q, &t, &o->wish, &o->plan));
	return template_adopt(tx, NULL, &q, &t, &o->wish, &o->made);
}

/* Really made, and not committed: so the dry run is refused by whatever would refuse it. */
static err dry_run(struct cli_args *x, struct adopt *o)
{
	CLEANUP(db_close) struct db *db = NULL;
	CLEANUP(db_close) struct db *probe = NULL;

	TRY(cli_read(x, &probe));
	TRY(db_open(&db, x->a, x->db_path, DB_WRITE));
	DB_TX(tx, db);
	TRY(adopt_do(x, &tx.tx, o));
	template_print_plan(x, &o->plan, o->json);
	return NULL;
}

static void wish_of(struct cli_args *x, const struct wishes *w, struct template_wish *wish)
{
	struct template_set *v = NEWN(x->a, struct template_set, w->all.n);

	for (size_t i = 0; i < w->all.n; i++)
		v[i] = (struct template_set){ w->all.v[i].path, w->all.v[i].value,
		    w->all.v[i].reason, w->all.v[i].kind == WISH_WITHOUT };
	wish->set = v;
	wish->n = w->all.n;
}

static bool only(const struct wishes *w, unsigned kinds)
{
	for (size_t i = 0; i < w->all.n; i++)
		if (!(kinds >> w->all.v[i].kind & 1))
			return false;
	return true;
}

static int adopt_command(struct cli_args *x)
{
	struct wishes w;
	struct adopt o = { .dry = cli_flag(x, "dry-run"), .json = cli_flag(x, "json") };

	if (!cli_wishes(x, &w) || !only(&w, 1u << WISH_SET | 1u << WISH_WITHOUT))
		return cli_usage(x);
	wish_of(x, &w, &o.wish);
	o.wish.scale = cli_flag(x, "scale");
	o.wish.slug = str_of(cli_option(x, "slug"));
	const char *year = cli_option(x, "year");
	if (!cli_words(x, 3, 3) || (year && !str_int(str_of(year), 1971, 2190, &o.wish.year)))
		return cli_usage(x);
	err e = o.dry ? dry_run(x, &o) : cli_change(x, adopt_do, &o);
	if (!e && !o.dry)
		fprintf(x->out, "%.*s\n", SV(o.made.slug));
	return cli_result(x, e);
}

/* ---- diff, set, revert, upgrade ---------------------------------------------------------- */

static size_t differing(struct template_diff *d)
{
	size_t n = 0;

	for (size_t i = 0; i < d->n; i++)
		if (d->row[i].deviates || d->row[i].changed)
			d->row[n++] = d->row[i];
	return n;
}

static err diff(struct cli_args *x, bool json, bool all)
{
	CLEANUP(db_close) struct db *db = NULL;
	bool newer = cli_word(x, 3).n > 0;
	struct template_diff d;
	struct template next;
	struct city city;

	TRY(cli_read(x, &db));
	TRY(cli_city(x, db, 1, &city));
	struct template_ask q = cli_template_ask(x, &city);
	if (newer)
		TRY(cli_template(x, db, city.id, cli_word(x, 3), &next));
	TRY(template_diff(db, &q, cli_word(x, 2), newer ? &next : NULL, &d));
	if (!json)
		fprintf(x->out, "%.*s\t%.*s\t%.*s\n", SV(d.subject.slug), SV(d.base.ref),
		    SV(d.stamp));
	template_print_rows(x, d.row, all ? d.n : differing(&d), json);
	return NULL;
}

struct changing { struct wishes w; str seen; bool upgrade, revert; };

static err set_do(struct cli_args *x, struct tx *tx, const struct template_ask *q,
    struct changing *g)
{
	struct template_wish wish;

	if (g->revert)
		return template_revert(tx, NULL, q, cli_word(x, 2), cli_word(x, 3), g->seen);
	wish_of(x, &g->w, &wish);
	return template_set(tx, NULL, q, cli_word(x, 2), wish.set, wish.n, g->seen);
}

static err change_do(struct cli_args *x, struct tx *tx, void *ctx)
{
	struct changing *g = ctx;
	struct template next;
	struct city city;

	TRY(city_find(tx->db, cli_word(x, 1), &city));
	struct template_ask q = cli_template_ask(x, &city);
	if (!g->upgrade)
		return set_do(x, tx, &q, g);
	TRY(cli_template(x, tx->db, city.id, cli_word(x, 3), &next));
	struct template_choice *v = NEWN(x->a, struct template_choice, g->w.all.n);
	for (size_t i = 0; i < g->w.all.n; i++) {
		const struct wish *w = &g->w.all.v[i];
		v[i] = (struct template_choice){ w->path, w->kind == WISH_TAKE ? TEMPLATE_TAKE :
		    w->kind == WISH_KEEP ? TEMPLATE_KEEP : TEMPLATE_MEND, w->value, w->reason };
	}
	return template_upgrade(tx, NULL, &q, cli_word(x, 2), &next, v, g->w.all.n, g->seen);
}

static int change_command(struct cli_args *x, str what)
{
	struct changing g = { .upgrade = str_eq(what, S("upgrade")),
	    .revert = str_eq(what, S("revert")) };
	unsigned kinds = g.upgrade ? 1u << WISH_SET | 1u << WISH_TAKE | 1u << WISH_KEEP :
	    g.revert ? 0 : 1u << WISH_SET | 1u << WISH_WITHOUT;
	int words = g.upgrade || g.revert ? 4 : 3;

	g.seen = str_of(cli_option(x, "stamp"));
	if (!cli_wishes(x, &g.w) || !only(&g.w, kinds) || !cli_words(x, words, words) ||
	    (words == 3 && !g.w.all.n))
		return cli_usage(x);
	return cli_result(x, cli_change(x, change_do, &g));
}

/* ---- whom to believe, what comes in --------------------------------------------------------- */

struct coming { struct template t; str from; bool key, drop; };

static err coming_do(struct cli_args *x, struct tx *tx, void *ctx)
{
	struct coming *o = ctx;
	template_file_id id;
	struct city city;

	TRY(city_find(tx->db, cli_word(x, 1), &city));
	if (o->drop)
		return template_key_drop(tx, city.id, cli_word(x, 2), S("laris"), x->now);
	if (o->key)
		return template_key_accept(tx, city.id, cli_word(x, 2), S("laris"), x->now);
	return template_receive(tx, city.id, &o->t, &(struct template_coming){
	    ledger_key_file(x->a, x->db_path), o->from, S("laris"), x->now }, &id);
}

/* By URL from another server, or a file somebody brought. */
static err receive(struct cli_args *x)
{
	struct fetch_world world = { .ca = getenv("LARIS_FETCH_CA") };
	struct coming o = { .from = cli_word(x, 2) };
	str bytes;

	if (str_starts(o.from, S("http://")) || str_starts(o.from, S("https://"))) {
		TRY(template_fetch(x->a, &world, o.from, &o.t));
	} else {
		TRY(cli_read_file(x, arena_cstr(x->a, o.from), TEMPLATE_BYTES + 1, &bytes));
		TRY(template_parse(x->a, bytes, &o.t));
		o.from = (str){ 0 };
	}
	TRY(cli_change(x, coming_do, &o));
	fprintf(x->out, "%.*s\n", SV(o.t.ref));
	return NULL;
}

static err keys(struct cli_args *x)
{
	CLEANUP(db_close) struct db *db = NULL;
	struct template_key *v;
	struct city city;
	size_t n;

	TRY(cli_read(x, &db));
	TRY(cli_city(x, db, 1, &city));
	TRY(template_keys(db, city.id, &v, &n));
	for (size_t i = 0; i < n; i++)
		fprintf(x->out, "%.*s\t%.*s\n", SV(v[i].key), SV(v[i].by));
	return NULL;
}

static err family(struct cli_args *x)
{
	CLEANUP(db_close) struct db *db = NULL;
	struct template *v;
	struct city city;
	size_t n;

	TRY(cli_read(x, &db));
	TRY(cli_city(x, db, 1, &city));
	TRY(template_family(db, city.id, cli_word(x, 2), &v, &n));
	for (size_t i = 0; i < n; i++)
		fprintf(x->out, "%.*s\t%.*s\t%zu\n", SV(v[i].ref), SV(v[i].city_name),
		    v[i].n_ancestor);
	return NULL;
}

static int key_command(struct cli_args *x, bool drop)
{
	struct coming o = { .key = true, .drop = drop };

	return cli_result(x, cli_change(x, coming_do, &o));
}

static const struct verb { const char *name; int min, max; } verbs[] = {
	{ "list", 1, 2 }, { "show", 2, 2 }, { "check", 2, 2 }, { "diff", 3, 4 },
	{ "trust", 3, 3 }, { "distrust", 3, 3 }, { "keys", 2, 2 }, { "receive", 3, 3 },
	{ "family", 3, 3 },
};

static int other_command(struct cli_args *x, str what)
{
	bool json = cli_flag(x, "json"), all = cli_flag(x, "all");
	size_t i = 0;

	while (i < countof(verbs) && !str_eq(what, str_of(verbs[i].name)))
		i++;
	if (i == countof(verbs) || !cli_words(x, verbs[i].min, verbs[i].max))
		return cli_usage(x);
	switch (i) {
	case 0:	return cli_result(x, list(x, json));
	case 1:
	case 2:	return cli_result(x, show(x, json, i == 2));
	case 3:	return cli_result(x, diff(x, json, all));
	case 4:
	case 5:	return key_command(x, i == 5);
	case 6:	return cli_result(x, keys(x));
	case 7:	return cli_result(x, receive(x));
	default: return cli_result(x, family(x));
	}
}

int template_command(struct cli_args *x)
{
	str what = cli_word(x, 0);

	if (str_eq(what, S("export")))
		return export_command(x);
	if (str_eq(what, S("adopt")))
		return adopt_command(x);
	if (str_eq(what, S("set")) || str_eq(what, S("revert")) || str_eq(what, S("upgrade")))
		return change_command(x, what);
	return other_command(x, what);
}
