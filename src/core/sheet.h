/*
 * sheet.h - tables for offices: XLSX by libxlsxwriter, or CSV.
 *
 * Layer 2.  The library is visible in sheet.c only.  Rows are written as
 * they come and forgotten, so memory does not grow with them.  Numbers are
 * numbers, days and moments are dates (in the city's zone), texts are
 * texts.  CSV is UTF-8 with a byte order mark, semicolons and CRLF: what
 * Excel opens with a double click where the comma is the decimal sign.
 *
 * A text that begins with = + - @, a tab or a line end would be run as a
 * formula by a spreadsheet that opens a CSV: there it gets an apostrophe
 * in front, as OWASP's "CSV injection" advises.  In XLSX its cell is a
 * string and needs none.  Digits with a leading zero get one too: Excel
 * would read 0812… as the number 812….
 */
#ifndef LARIS_CORE_SHEET_H
#define LARIS_CORE_SHEET_H

#include "base/base.h"

enum sheet_kind { SHEET_XLSX, SHEET_CSV };
enum sheet_type { SHEET_TEXT, SHEET_NUMBER, SHEET_RUPIAH, SHEET_DAY, SHEET_MOMENT };

struct sheet_column { str head; enum sheet_type type; double width; };	/* letters */

struct sheet_file {
	enum sheet_kind kind;
	const char *path;	/* written there, over what was		*/
	str title, author;
	int64_t made;		/* moment; the same input gives the same bytes */
	enum zone zone;
};

struct sheet;
/* ERR_INVALID "file-write". */
err	sheet_open(struct sheet **, struct arena *, const struct sheet_file *) MUST_USE;
/* A table with a head.  XLSX: a tab of its own.  CSV: an empty line between. */
void	sheet_table(struct sheet *, str name, const struct sheet_column *, size_t n);
/* The next cell of the row; 0 for a day or a moment leaves it empty. */
void	sheet_text(struct sheet *, str);
void	sheet_int(struct sheet *, int64_t);
void	sheet_row(struct sheet *);	/* the row is complete		*/
err	sheet_done(struct sheet *) MUST_USE;
void	sheet_close(struct sheet **);	/* for CLEANUP; not done: no file is left */

#endif
