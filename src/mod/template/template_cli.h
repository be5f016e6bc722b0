/* template_cli.h - the commands of templates.  Layer 3, inner. */
#ifndef LARIS_TEMPLATE_TEMPLATE_CLI_H
#define LARIS_TEMPLATE_TEMPLATE_CLI_H

#include "core/cli.h"
#include "mod/template/adopt.h"

int	template_command(struct cli_args *);

/* --set PATH=VALUE, --without PATH, --take PATH, --keep PATH; each with the --reason behind it. */
enum wish_kind { WISH_SET, WISH_WITHOUT, WISH_TAKE, WISH_KEEP };
struct wish { enum wish_kind kind; str path, value, reason; };
struct wishes { VEC(struct wish) all; };
/* Takes them out of argv; false: one without what belongs to it. */
bool	cli_wishes(struct cli_args *, struct wishes *);
struct template_ask cli_template_ask(struct cli_args *, const struct city *);
/* A file, else the name of a template that the city (or the program) holds. */
err	cli_template(struct cli_args *, struct db *, city_id, str which,
	    struct template *) MUST_USE;

/* print.c: what the commands show */
void	template_print(struct cli_args *, const struct template *);
void	template_print_list(struct cli_args *, const struct template_entry *, size_t n, bool json);
void	template_print_rows(struct cli_args *, const struct template_row *, size_t n, bool json);
void	template_print_plan(struct cli_args *, const struct template_plan *, bool json);

#endif
