/*
 * report.h - the fact sheet of a sale: what was recorded, and what is not
 * known, as of a moment.
 *
 * Layer 3, inner.  Put together once; page, text, JSON, PDF, spreadsheet and
 * press picture all write the same facts and rows, so none can differ.
 */
#ifndef LARIS_FESTIVAL_REPORT_H
#define LARIS_FESTIVAL_REPORT_H

#include "core/city.h"
#include "core/pdf.h"
#include "mod/festival/festival.h"

struct report_row {
	str name;		/* in the reader's language		*/
	str code;		/* the same for programs; a slug, a code, a day */
	int64_t key;		/* as festival_slice has it		*/
	int64_t purchases, rupiah;
	int64_t admitted, reporting;	/* merchants; by venue and sector only	*/
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
	int64_t admitted, reporting, waiting;	/* merchants		*/
	int64_t unclaimed;	/* purchases nobody took onto a card	*/
	int64_t voided;		/* purchases struck out: in no sum	*/
	int64_t last_at;	/* last change of a sum; 0: none	*/
	struct report_part part[4];	/* by enum slice		*/
	struct pdf_dress dress;	/* of its papers			*/
};

extern const enum text_id festival_report_titles[4];	/* by enum slice	*/
/* Parts in the order they are printed. */
extern const enum slice festival_report_order[4];
/* Do its rows count merchants? */
bool	festival_report_peopled(enum slice);

/* One figure of the sheet. */
struct report_fact {
	enum text_id label;
	const char *key;	/* in the JSON				*/
	enum { FACT_RUPIAH, FACT_NUMBER, FACT_PERCENT } kind;
	int64_t v;
};
struct report_facts {
	struct report_fact known[10], unknown[6];
	size_t n_known, n_unknown;
};
/* What is known, and what is not: each figure stands in one of the two. */
void	festival_report_facts(const struct report *, struct report_facts *);
/* "Rp 1.161.765.651.336", "1.161.765", "76 %" */
void	festival_report_put(struct buf *, const struct report_fact *);

/*
 * While the sale runs, as of "now"; once it is closed, as of its last
 * change: then it says the same whenever it is asked.
 */
err	festival_report_make(struct db *, const struct city *, const struct festival *,
	    enum lang, int64_t now, struct report *) MUST_USE;
void	festival_report_text(struct buf *, const struct report *);
str	festival_report_json(struct arena *, const struct report *);
/* "Kota Surakarta, 1 Oktober 2021 – 31 Oktober 2021" and "Keadaan pada …" */
str	festival_report_when(struct arena *, const struct report *);
str	festival_report_as_of(struct arena *, const struct report *);
str	festival_report_words(struct arena *, const struct report *);

struct pdf_sink;
struct sheet;
/* report_pdf.c; report_press.c: a picture, 1200 by 630 or 1080 square */
err	festival_report_pdf(struct arena *, const struct report *, struct pdf_sink) MUST_USE;
err	festival_report_press(struct arena *, const struct report *, bool square,
	    struct pdf_sink) MUST_USE;
/* report_sheet.c: its parts as tables; all of it as XLSX into the file "path" */
void	festival_report_tables(struct sheet *, struct arena *, const struct report *);
err	festival_report_xlsx(struct arena *, const struct report *, const char *path) MUST_USE;

#endif
