/* rules_web.h - what the pages about rules share.  Layer 3, inner. */
#ifndef LARIS_FESTIVAL_RULES_WEB_H
#define LARIS_FESTIVAL_RULES_WEB_H

#include "mod/festival/organiser.h"
#include "mod/festival/rules_pages.h"

/* rules_web.c: the organiser's page; rules_try.c: "try this purchase" */
handler org_rules, org_rules_set, org_factor_add, org_factor_drop, org_rules_forget, org_amend,
    org_rules_try;
extern const struct form org_rules_form, org_factor_form, org_rules_button, org_amend_form;
/* rules_show.c: for everybody */
handler web_rules, api_rules;

/* Amendments, newest first; who made them only for staff. */
void	amended_fill(struct req *, const struct festival *, bool staff,
	    const struct amended_row **, size_t *n);
/* The hours of a day to choose from: "07", "07.00". */
const struct form_option *hour_options(struct arena *);
#define HOURS	24
/* "07", "7", "07.00"; empty is -1.  ERR_INVALID "rules-hour" of that field. */
err	hour_read(struct arena *, str typed, const char *field, int *hour) MUST_USE;

#endif
