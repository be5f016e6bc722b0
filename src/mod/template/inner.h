/* inner.h - what the files of this folder share.  Layer 3, inner. */
#ifndef LARIS_TEMPLATE_INNER_H
#define LARIS_TEMPLATE_INNER_H

#include "mod/template/adopt.h"

/* ---- rows.c ---------------------------------------------------------------- */

struct row_list { struct arena *a; VEC(struct template_row) all; };
/* The row of that path; made when there is none.  Moves when another is made. */
struct template_row *row_of(struct row_list *, str path);
struct template_row *row_find(struct row_list *, str path);	/* or NULL	*/
void	rows_sort(struct row_list *);
/* Label, type, policy and breaks: of the practice, else of the program.
 * ERR_INVALID "template-path". */
err	row_fill(const struct template_ask *, str kind, const struct template *base,
	    struct template_row *) MUST_USE;
/* Within the practice's limits, in its one form. */
err	row_judge(struct arena *, const struct template_ask *, str kind,
	    const struct template *base,
	    const struct template_row *, str given, str *value) MUST_USE;
/* One word of the list, or REASON_MIN to REASON_MAX bytes;
 * ERR_INVALID "template-reason" {label}. */
err	reason_judge(struct arena *, str label, str reason) MUST_USE;
/* Does this program know the kind and each field?  "template-kind", "template-field-unknown". */
err	template_known(struct arena *, const struct template_ask *,
	    const struct template *) MUST_USE;
/* Each part of which "want" says another thing than "now" is written. */
struct parts_write { str kind; int64_t subject; const struct practice_list *now, *want; };
err	parts_write(struct tx *, struct change *, const struct template_ask *,
	    const struct parts_write *) MUST_USE;

/* "great-sale", "Kota Kediri": "Great Sale Kediri". */
str	template_usual_name(struct arena *, str name, str city);

/* ---- trust.c ------------------------------------------------------------------ */

/* ERR_DENIED "template-key-unknown" {ref} {key}. */
err	template_trusted(struct db *, city_id, const char *key_file,
	    const struct template *) MUST_USE;

/* ---- suggest.c ------------------------------------------------------------------ */

/* An amount in proportion; false where it cannot be said.  "why": the arithmetic. */
struct city_size;
bool	suggest_amount(struct arena *, enum lang, const struct template *, const struct city_size *,
	    const struct template_field *, str *value, str *why);
/* A day of the same week, past holidays; "why" says the steps.  False: none was said. */
struct suggest_day { int64_t today, year, days; };
bool	suggest_day(struct arena *, enum lang, const struct template_field *,
	    const struct suggest_day *, str *value, str *why);
#endif
