/*
 * slice.h - a sale's sums in parts, each part with the name people know.
 *
 * Layer 3.  The public figures, the fact sheet and the organiser's board
 * all show these; what was struck out altogether is left out.
 */
#ifndef LARIS_FESTIVAL_SLICE_H
#define LARIS_FESTIVAL_SLICE_H

#include "mod/festival/festival.h"

struct slice_row {
	str name;		/* in the reader's language		*/
	str code;		/* the same for programs: a slug, a code, a day, an hour */
	int64_t key;		/* as festival_slice has it		*/
	int64_t purchases, rupiah;
};
struct slice_rows { struct slice_row *v; size_t n; };

/* Days and hours in their order; all else by rupiah, the largest first. */
err	slice_load(struct db *, const struct festival *, enum slice, enum lang,
	    struct slice_rows *) MUST_USE;
void	slice_sort(struct slice_rows *);		/* by rupiah, then code	*/
/* Name and code of a key that has no sums. */
err	slice_name(struct db *, const struct festival *, enum slice, int64_t key, enum lang,
	    struct slice_row *) MUST_USE;

/* Whole percent of the target; 0 when none was said. */
int64_t	festival_percent(int64_t rupiah, int64_t target);
/* "31 % dari target Rp 20 miliar"; empty when none was said. */
str	festival_target_say(struct arena *, enum lang, int64_t rupiah, int64_t target);

#endif
