/* web.h - handlers and forms of the pages, named by the rows of routes.c.  Layer 3, inner. */
#ifndef LARIS_TEMPLATE_WEB_H
#define LARIS_TEMPLATE_WEB_H

#include "core/route.h"

/* gallery_web.c, bring_web.c */
handler gallery_page, practice_page, practice_file, given_page, given_practice, given_file;
handler practice_upload, practice_fetch_prepare, practice_fetch, practice_accept,
    practice_forget;
extern const struct form practice_upload_form, practice_url_form, practice_accept_form,
    practice_key_form;

/* adapt_web.c */
handler adapt_try, adapt_begin, adapt_page, adapt_do, adapt_drop;
extern const struct form adapt_begin_form, adapt_make_form;

/* step_web.c */
handler adapt_step, adapt_save;
extern const struct form adapt_form;

/* based_web.c, upgrade_web.c */
handler based_page, based_set, based_revert, upgrade_page, upgrade_do;
extern const struct form based_form, upgrade_form;

/* give_web.c */
handler give_page, give_do;
extern const struct form give_form;

/* family_web.c */
handler family_page, given_family;

/* compare_web.c */
handler compare_page, compare_csv;

#define TEMPLATE_ROUTES	28
extern const struct route template_routes[TEMPLATE_ROUTES];

#endif
