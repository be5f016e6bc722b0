/*
 * contest.h - contests of a sale, in words: a market best decorated, a trader
 * with most purchases by QRIS.  Laris judges none of them: it says who may
 * join, how it is judged and what there is to win, before it begins.
 *
 * Layer 3, inner.
 */
#ifndef LARIS_PROMO_CONTEST_H
#define LARIS_PROMO_CONTEST_H

#include "core/city.h"
#include "core/practice.h"
#include "core/route.h"
#include "mod/festival/festival.h"
#include "mod/promo/ids.h"

#define CONTESTS	100	/* of one sale				*/
#define CONTEST_TEXT	1500	/* bytes of a text			*/

struct contest {
	contest_id id;
	str slug, name;
	str who, judged, prizes;	/* judged, prizes: empty where not said yet */
};
err	contests_load(struct db *, const struct festival *, struct contest **, size_t *n) MUST_USE;
err	contests_any(struct db *, const struct festival *, bool *any) MUST_USE;
/* ERR_MISSING "contest-unknown". */
err	contest_find(struct db *, const struct festival *, str slug, struct contest *) MUST_USE;
/* Gives id, and a slug where it has none.  ERR_INVALID "contest-name", "contest-who",
 * "contest-long" {name}; ERR_CONFLICT "contest-many", "contest-over" {sale}. */
err	contest_add(struct tx *, const struct festival *, struct contest *) MUST_USE;
err	contest_change(struct tx *, const struct festival *, const struct contest *) MUST_USE;
err	contest_drop(struct tx *, const struct festival *, const struct contest *) MUST_USE;

/* As a part of the sale's practice (practice.c). */
#define CONTEST_RULES	4
extern const struct practice_rule contest_rules[CONTEST_RULES];
err	contest_read(struct db *, const struct city *, int64_t festival,
	    struct practice_list *) MUST_USE;
err	contest_write(const struct practice_write *) MUST_USE;

/* contest_web.c */
handler web_contests, org_contests, org_contest_add, org_contest, org_contest_change,
    org_contest_drop;
extern const struct form contest_form, contest_button;

#endif
