/*
 * csv.h - tables as offices send them: read line by line.
 *
 * Layer 2.  Comma, semicolon or tab, UTF-8 with or without BOM or
 * Windows-1252: found by itself.  The first line that is not blank holds
 * the names of the columns; a line "sep=;" before it is heeded.  Quotes,
 * line breaks inside quotes, Windows line ends and blank lines are what
 * they are in RFC 4180.  The library behind it (libcsv) is visible in
 * csv.c only.
 *
 * The bytes must outlive the reader.  Beside them it keeps one record.
 */
#ifndef LARIS_CORE_CSV_H
#define LARIS_CORE_CSV_H

#include "base/base.h"

#define CSV_COLUMNS	24	/* known ones, at most			*/
#define CSV_CELLS	256	/* of one line, at most			*/
#define CSV_CELL_MAX	8000	/* bytes of one cell			*/

struct csv_column {		/* one a program knows			*/
	const char *name;	/* of the field it fills		*/
	/* Accepted names, parted by '|', the one shown to people first.  Case,
	 * spaces, dots, dashes, underscores and brackets do not matter. */
	const char *names;
	bool needed;
};

enum csv_encoding { CSV_UTF8, CSV_WINDOWS };

struct csv_head {
	char delimiter;			/* ',', ';' or '\t'		*/
	enum csv_encoding encoding;
	str written[CSV_COLUMNS];	/* as the file names it, or empty: not there */
	VEC(str) unknown;		/* named here, else ignored	*/
};

struct csv_row {
	int64_t line;			/* where it begins; the first of the file is 1 */
	str cell[CSV_COLUMNS];		/* by known column; trimmed; "" when absent */
	bool more;			/* holds something behind the last column */
};

struct csv;

/*
 * Reads the line of names.  ERR_INVALID: "csv-excel", "csv-utf16",
 * "csv-binary" (no text file), "csv-empty", "csv-column-twice" {1} and
 * "csv-column-missing" {1}, with {2} the names that are there; also as
 * csv_next().
 */
err	csv_open(struct csv **, struct arena *, str bytes, const struct csv_column *,
	    size_t n) MUST_USE;
void	csv_close(struct csv **);	/* for CLEANUP; NULL is fine	*/
const struct csv_head *csv_head(const struct csv *);
/*
 * The next line that is not blank; its texts are UTF-8 and live until the
 * next call.  ERR_INVALID "csv-quote" {1}: a quote opened in that line is
 * not closed; "csv-cell" {1}: a cell there is too long.  Both end it.
 */
err	csv_next(struct csv *, struct csv_row *, bool *more) MUST_USE;
/* No more lines than this, blank ones and those inside quotes included. */
int64_t	csv_lines(str bytes);

/* Lower case, letters and digits only: how names and words are compared. */
str	csv_fold(struct arena *, str);
/* Is it one of the words parted by '|'?  They are in lower case; " .-_/()" in
 * them do not matter; the first is folded already. */
bool	csv_word(str folded, const char *words);

#endif
