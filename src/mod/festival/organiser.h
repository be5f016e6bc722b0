/*
 * organiser.h - the organiser's handlers, commands and checks, named by the
 * rows of module.c.  Layer 3, inner.
 */
#ifndef LARIS_FESTIVAL_ORGANISER_H
#define LARIS_FESTIVAL_ORGANISER_H

#include "core/cli.h"
#include "core/route.h"
#include "mod/festival/festival.h"

/* organiser_web.c: the board, a sale and its states */
handler org_board, org_new, org_add, org_show, org_change;
extern const struct form org_new_form, org_edit_form;

/* setup_web.c: the list of steps; opening and the other states */
handler org_setup, org_setup_mark, org_setup_undo, org_state, org_state_again;
handler org_setup_date, org_setup_add, org_setup_drop;
extern const struct form setup_mark_form, setup_date_form, setup_add_form, org_state_form;
struct setup_ask;
struct setup_ask setup_of(const struct req *, const struct festival *);

/* organiser_lists.c: venues, merchants, cards */
handler org_venues, org_venue_add, org_venue, org_venue_change, org_merchants, org_merchant_add,
    org_decide, org_cards, org_cards_add, org_cards_print;
extern const struct form org_venue_form, org_merchant_form, org_decide_form, org_cards_form;

/* report_web.c */
handler web_report, web_report_pdf, web_report_xlsx, web_report_press, web_report_square;

/* festival_cli.c */
int	festival_command(struct cli_args *);
int	card_command(struct cli_args *);
int	report_command(struct cli_args *);

/* export_web.c, export_cli.c: tables to take away */
handler org_exports, org_export;
int	export_command(struct cli_args *);

/* paper_web.c */
handler org_cards_pdf;

/* poster_web.c */
handler own_paper, own_paper_file, org_paper, org_paper_file;

/* paper_cli.c */
int	card_print_command(struct cli_args *);

/* festival_check.c */
#define FESTIVAL_CHECKS	15		/* the compiler compares it with the table */
extern const struct check festival_checks[FESTIVAL_CHECKS];

/* rule_check.c: of one sale; lines of what is broken */
err	rule_check_judged(struct db *, city_id, str slug, struct buf *) MUST_USE;
err	rule_check_tallies(struct db *, city_id, str slug, struct buf *) MUST_USE;

/* festival_chain.c: each chain of one sale, from its head; lines of what is broken */
err	chain_check_cards(struct db *, city_id, festival_id, str slug, struct buf *) MUST_USE;
err	chain_check_merchants(struct db *, city_id, festival_id, str slug, struct buf *) MUST_USE;

/*
 * The sale named, or with an empty name the one that runs, else the newest.
 * ERR_MISSING "no-such-festival".
 */
err	festival_pick(struct db *, city_id, str which, struct festival *) MUST_USE;
/* Merchants of the sale in each enum participation_state. */
err festival_counts(struct db *, const struct festival *,
    int64_t n[PARTICIPATION_STATES]) MUST_USE;

#endif
