/* import_web.h - the handlers of files of offices.  Layer 3, inner. */
#ifndef LARIS_FESTIVAL_IMPORT_WEB_H
#define LARIS_FESTIVAL_IMPORT_WEB_H

#include "core/route.h"
#include "mod/festival/import_task.h"

/* import_web.c */
handler org_imports, org_import_bring, org_import_stage, org_import_example, org_import_report,
    org_import_record, org_import_strike, org_import_forget;
extern const struct form org_import_form, org_import_strike_form, org_import_button_form;

/* import_show.c */
handler org_import, org_import_live;

struct import_label { enum text_id say; const char *tag; };
const struct import_label *import_label(int64_t state, int64_t bad);
/* The sale of the first brace and the import of the second. */
err	import_of(struct req *, struct festival *, struct festival_import_get *) MUST_USE;
str	import_href(struct req *, const struct festival *, int64_t id);	/* 0: the list */

#endif
