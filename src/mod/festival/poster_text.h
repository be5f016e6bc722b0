/*
 * poster_text.h - the sentences on a sale's posters and signs that may be its
 * own.  That coupons cost nothing is not one of them: it stays.
 *
 * Layer 3, inner.
 */
#ifndef LARIS_FESTIVAL_POSTER_TEXT_H
#define LARIS_FESTIVAL_POSTER_TEXT_H

#include "core/practice.h"
#include "mod/festival/paper.h"

#define POSTER_TEXT_MAX	80	/* bytes: it must be read from the aisle */

/* Empty: the program's own. */
err	poster_texts_load(struct db *, const struct festival *, str say[POSTER_TEXTS]) MUST_USE;
/* ERR_INVALID "poster-long" {sentence}. */
err	poster_texts_set(struct tx *, const struct festival *,
	    const str say[POSTER_TEXTS]) MUST_USE;
const char *poster_text_code(enum poster_text);	/* "call"		*/
enum text_id poster_text_usual(enum poster_text);	/* the program's own */

/* As a part of the sale's practice (practice.c). */
extern const struct practice_rule poster_rules[POSTER_TEXTS];
err	poster_read(struct db *, const struct city *, int64_t festival,
	    struct practice_list *) MUST_USE;
err	poster_write(const struct practice_write *) MUST_USE;

/* poster_text_web.c */
handler org_posters, org_posters_set;
extern const struct form org_posters_form;

#endif
