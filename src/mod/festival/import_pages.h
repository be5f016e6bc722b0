/* import_pages.h - files of offices (imports.tmpl).  Layer 3, inner. */
#ifndef LARIS_FESTIVAL_IMPORT_PAGES_H
#define LARIS_FESTIVAL_IMPORT_PAGES_H

#include "core/layout.h"
#include "mod/festival/import.h"

struct import_list_row {
	str href, name, by;
	enum text_id kind, state;
	const char *tag;		/* class of the state		*/
	int64_t at, rows, rupiah;
};
struct import_column_row { str name; bool needed; enum text_id say; };
struct import_columns_view {
	enum text_id title;
	str example;			/* href of a file to begin with	*/
	const struct import_column_row *v;
	size_t n;
};
struct imports_view {
	str festival, href;
	bool may_write;
	struct form_page form;
	struct import_columns_view kind[IMPORT_KINDS];
	const struct import_list_row *v;
	size_t n;
	struct pager pager;
};

struct import_cells { str v[IMPORT_CELLS]; size_t n; int64_t line; };
struct import_view {
	str festival, imports, base, csrf, forget;
	str name, by, say, fault, live, same, unknown;
	enum text_id kind, state;
	const char *tag;
	int64_t at, done, total;
	bool running, may_write;
	/* what may be pressed */
	bool may_record, may_strike;
	str button;
	struct form_page strike;
	/* judged */
	bool judged, sales;
	int64_t lines, good, again, bad, wrong, rupiah, undated, day, first_day, last_day;
	const struct import_cells *wrongs, *rows;
	size_t n_wrongs, n_rows;
	const enum text_id *heads;
	/* recorded, taken back */
	int64_t recorded, recorded_rupiah, recorded_at, struck, kept, struck_at;
	bool is_done, is_struck;
	str recorder, striker, reason;
};

#endif
