/*
 * import_rows.h - what import.c and the two kinds of files share.
 *
 * Layer 3, inner: import.c, import_sale.c, import_shop.c.
 */
#ifndef LARIS_FESTIVAL_IMPORT_ROWS_H
#define LARIS_FESTIVAL_IMPORT_ROWS_H

#include "mod/festival/import.h"

struct import_line {		/* the one being judged			*/
	struct import *m;
	struct db *db;		/* its arena is "a"			*/
	struct arena *a;	/* the line's own			*/
	int64_t number;
	str raw[CSV_COLUMNS];	/* on one line; "-" is empty too	*/
	str cell[CSV_COLUMNS];	/* what "tidy" made of it		*/
	struct form_state st;	/* which cells are wrong already	*/
	const struct import_watch *watch;
	bool wrong;
	bool again;		/* it is there already			*/
};

/* Names what is wrong; the line is lost, others of its cells may be named too. */
void	import_wrong(struct import_line *, err);

/* Words people write for a choice, beside its code and its labels. */
struct import_word { const char *code, *words; };

struct import_columns {
	const struct csv_column *v;	/* in the order of the form's fields */
	const struct form *form;
	const struct import_word *words;	/* of the column "choice", ends with NULL */
	const struct import_hint *hints;	/* of each column	*/
};

struct import_rules {
	struct import_columns columns;
	/* The whole file: may it be imported now?  Loads what lines need. */
	err (*start)(struct import *, struct db *);
	void (*tidy)(struct import_line *);	/* cells, before the form reads them */
	/* "in" is the filled form, also when some cells were wrong: the others
	 * are judged all the same.  An error of kind INVALID, MISSING or
	 * CONFLICT is the line's. */
	err (*judge)(struct import_line *, const void *in);
	/* *subject: what it brought, or 0. */
	err (*apply)(struct tx *, struct change *, const struct import *,
	    const struct festival *, size_t i, struct import_done *, int64_t *subject);
	/* Before the rows and after them; NULL is fine. */
	err (*apply_start)(struct tx *, const struct import *);
	err (*apply_end)(struct tx *, const struct import *, struct import_done *);
	err (*shown)(struct arena *, struct db *, const struct import *, size_t i, enum lang,
	    str cell[IMPORT_CELLS], size_t *n);
};
extern const struct import_rules import_sales, import_shops;

struct import_seen { uint64_t key, value; };	/* key 0: free		*/

struct import {
	struct arena *a;
	struct import_ask ask;
	const struct import_rules *rules;
	struct csv_head head;
	struct import_sums sums;
	str sha256;
	int64_t counter;		/* of merchant codes: has anybody come since? */
	size_t room;			/* as many lines as there can be */
	void *rows;			/* of the kind; sums.good of them */
	void *known;			/* what "start" loaded		*/
	struct import_seen *seen;	/* open addressing, a power of two */
	size_t seen_n;
};

/* The slot of a key: the one that has it, or a free one. */
struct import_seen *import_seen(struct import *, uint64_t key);
uint64_t import_key(const void *, size_t);	/* never 0		*/

#endif
