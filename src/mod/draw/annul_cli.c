/* annul_cli.c - an annulment proposed from the command line; a person confirms it on the page. */
#include "core/audit.h"
#include "core/cli.h"
#include "mod/draw/annul_pages.h"

static err propose(struct cli_args *x, struct tx *tx, void *ctx)
{
	struct annul_ask *ask = ctx;
	struct city city;
	struct draw d;

	TRY(cli_city(x, tx->db, 0, &city));
	TRY(draw_find_code(tx->db, city.id, cli_word(x, 1), &d));
	ask->zone = city.zone;
	TRY(annul_propose(tx, NULL, &d, ask));
	return audit_by(tx, city.id, "laris", "draw.annul-proposed", d.id.v, (str){ 0 },
	    audit_json(x->a, (struct audit_pair[]){ AUDIT_TEXT("notary", ask->notary),
		AUDIT_TEXT("deed", ask->deed) }, 2), x->now);
}

int draw_annul_command(struct cli_args *x)
{
	struct annul_ask ask = { .notary = str_of(cli_option(x, "notary")),
		.deed = str_of(cli_option(x, "deed")), .by = S("laris"), .now = x->now };

	if (!cli_words(x, 2, 2))
		return cli_usage(x);
	return cli_result(x, cli_change(x, propose, &ask));
}
