/*
 * xlsx.c - libxlsxwriter alone: as many cells of the same kinds as a row of
 * `laris export purchases` has, from memory, in tabs of a million rows.
 *
 *	xlsx [-n ROWS] FILE.xlsx
 */
#include "common.h"
#include <unistd.h>
#include <xlsxwriter.h>

enum { TAB_ROWS = 1000000 };

/* One of each column: N a number, D a day, M a moment, else a text. */
static const char *const columns[] = {
	"N", "D", "14:05:07", "1234", "Batik Sari Mulya", "Pasar Klewer", "Busana", "N", "N", "N",
	"1234 5678 9", "Tunai", "Di lapak", "", "0190a2b4-7c11-7abc-8def-0123456789ab", "Sah", "",
	"M",
};
enum { COLUMNS = sizeof columns / sizeof columns[0] };

static void row(lxw_worksheet *tab, lxw_row_t at, lxw_format *f, uint64_t *seed)
{
	char text[64];

	for (lxw_col_t i = 0; i < COLUMNS; i++) {
		const char *c = columns[i];
		uint64_t r = random_below(seed, 900000);

		if (!*c)
			continue;
		if (!strcmp(c, "N"))
			worksheet_write_number(tab, at, i, (double)r, f);
		else if (!strcmp(c, "D"))
			worksheet_write_number(tab, at, i, (double)(44470 + r % 31), f);
		else if (!strcmp(c, "M"))
			worksheet_write_number(tab, at, i, 44470 + (double)r / 86400, f);
		else {
			snprintf(text, sizeof text, "%s", c);
			if (strlen(text) == 36)
				snprintf(text + 24, 13, "%012llx",
				    (unsigned long long)next_random(seed) & 0xffffffffffffu);
			worksheet_write_string(tab, at, i, text, f);
		}
	}
}

int main(int argc, char **argv)
{
	long rows = 300000;
	uint64_t seed = 1, from = now_ns();
	int opt;

	while ((opt = getopt(argc, argv, "n:")) != -1)
		if (opt != 'n' || (rows = atol(optarg)) < 1)
			return 2;
	if (optind + 1 != argc)
		die("use: xlsx [-n ROWS] FILE.xlsx");
	lxw_workbook_options o = { .constant_memory = LXW_TRUE };
	lxw_workbook *book = workbook_new_opt(argv[optind], &o);
	if (!book)
		die("xlsx: cannot write %s", argv[optind]);
	lxw_format *f = workbook_add_format(book);
	format_set_num_format(f, "#,##0");
	lxw_worksheet *tab = NULL;
	for (long i = 0; i < rows; i++) {
		if (i % TAB_ROWS == 0)
			tab = workbook_add_worksheet(book, NULL);
		row(tab, (lxw_row_t)(i % TAB_ROWS), f, &seed);
	}
	if (workbook_close(book) != LXW_NO_ERROR)
		die("xlsx: not written");
	printf("{\"rows\": %ld, \"cells\": %ld, \"seconds\": %.3f}\n", rows, rows * (COLUMNS - 2),
	    (double)(now_ns() - from) / 1e9);
	return 0;
}
