/* paper_cli.c - laris card print: issue cards and draw them. */
#include "core/audit.h"
#include "core/look.h"
#include "core/spool.h"
#include "festival_read.h"
#include "mod/festival/organiser.h"
#include "mod/festival/paper.h"
#include <stdlib.h>
#include <string.h>

struct issue {
	int64_t count, first;
	struct city city;
	struct festival f;
	str given, base;	/* address: as told, and checked	*/
};

static err open_sale(struct cli_args *x, struct db *db, struct issue *i)
{
	TRY(cli_city(x, db, 1, &i->city));
	TRY(festival_pick(db, i->city.id, cli_word(x, 2), &i->f));
	return paper_base(db, i->city.id, i->given, &i->base);
}

static err issue_all(struct tx *tx, struct issue *i, struct arena *batch, int64_t now)
{
	for (int64_t n = 0; n < i->count; n++) {
		struct card c = { 0 };
		if (n % CARDS_A_BATCH == 0)
			arena_reset(batch);
		TRY(card_add(tx, &i->f, &c, now));
		i->first = n ? i->first : c.number;
	}
	return NULL;
}

static err issue(struct cli_args *x, struct tx *tx, void *ctx)
{
	CLEANUP(arena_free) struct arena *batch = arena_new();
	struct issue *i = ctx;

	TRY(open_sale(x, tx->db, i));
	if (i->f.state >= FESTIVAL_CLOSED)
		return ERR(x->a, ERR_CONFLICT, "festival-not-open", .arg = { i->f.name });
	db_arena_set(tx->db, batch);
	err e = issue_all(tx, i, batch, x->now);
	db_arena_set(tx->db, x->a);
	if (e)		/* its words lie in the batch */
		return ERR(x->a, ERR_INTERNAL, "paper-failed", .log = str_of(e->rule));
	return audit_by(tx, i->city.id, "laris", "card.issue", i->f.id.v, (str){ 0 },
	    audit_json(x->a, (struct audit_pair[]){ AUDIT_NUM("count", i->count),
	        AUDIT_NUM("first", i->first) }, 2), x->now);
}

/* Fonts and file first: numbers are not spent on a sheet that cannot be made. */
static err print(struct cli_args *x, struct issue *i, int64_t from, enum lang lang)
{
	CLEANUP(db_close) struct db *db = NULL;
	CLEANUP(spool_close) struct spool *file = NULL;
	int64_t drawn = 0;

	TRY(pdf_fonts(x->a));
	TRY(spool_open(&file, x->a, arena_cstr(x->a, cli_word(x, 3))));
	TRY(cli_read(x, &db));
	if (from)
		TRY(open_sale(x, db, i));
	else
		TRY(cli_change(x, issue, i));
	from = from ? from : i->first;
	struct paper p = { .city = &i->city, .f = &i->f, .lang = lang,
	    .url = paper_sale_url(x->a, i->base, &i->city, &i->f) };
	TRY(db_read_begin(db));
	err e = look_dress(db, i->city.id, &p.dress);
	if (!e)
		e = paper_cards(db, &p, from - 1, i->count, spool_sink(file), &drawn);
	db_read_end(db);
	TRY(e);
	if (!drawn)
		return ERR(x->a, ERR_MISSING, "cards-none");
	TRY(spool_done(file));
	fprintf(x->out, "%lld cards from %09lld: %.*s\n", (long long)drawn, (long long)from,
	    SV(cli_word(x, 3)));
	return NULL;
}

int card_print_command(struct cli_args *x)
{
	const char *count = cli_option(x, "count"), *from = cli_option(x, "from");
	struct issue i = { .given = str_of(cli_option(x, "url")) };
	int64_t first = 0;

	if (!count || !str_int(str_of(count), 1, CARDS_A_RUN, &i.count) || !cli_words(x, 4, 4) ||
	    (from && !card_number_parse(str_of(from), &first)))
		return cli_usage(x);
	return cli_result(x, print(x, &i, first, cli_lang()));
}
