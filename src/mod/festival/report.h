/*
 * report.h - the fact sheet of a sale: what was recorded, and what is not
 * known, as of a moment.
 *
 * Layer 3, inner.  Put together once, written three ways: page, text, JSON.
 */
#ifndef LARIS_FESTIVAL_REPORT_H
#define LARIS_FESTIVAL_REPORT_H

#include "core/city.h"
#include "mod/festival/festival.h"

struct report_row {
	str name;		/* in the reader's language		*/
	str code;		/* the same for programs; a slug, a code, a day */
	int64_t purchases, rupiah;
};

struct report_part {
	const struct report_row *v;
	size_t n;
};

struct report {
	struct city city;
	struct festival f;
	int64_t as_of;		/* moment				*/
	enum lang lang;
	int64_t rupiah, purchases, coupons;	/* valid ones		*/
	int64_t admitted, reporting;		/* merchants		*/
	int64_t unclaimed;	/* purchases nobody took onto a card	*/
	int64_t voided;		/* purchases struck out: in no sum	*/
	int64_t last_at;	/* last change of a sum; 0: none	*/
	struct report_part part[4];	/* by enum slice		*/
};

extern const enum text_id festival_report_titles[4];	/* by enum slice	*/

err	festival_report_make(struct db *, const struct city *, const struct festival *,
	    enum lang, int64_t now, struct report *) MUST_USE;
/* Whole percent of the target; 0 when none was said. */
int64_t	festival_report_percent(const struct report *);
void	festival_report_text(struct buf *, const struct report *);
str	festival_report_json(struct arena *, const struct report *);

#endif
