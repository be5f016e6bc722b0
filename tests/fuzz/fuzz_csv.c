/*
 * Any bytes as a file of an office: refused with a rule, or read line by
 * line; then its cells are text of bounded size, its lines go up, and what
 * was read, written as RFC 4180 says and read again, is the same.
 */
#include "core/csv.h"
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static const struct csv_column columns[] = {
	{ "date", "tanggal|date|tgl", false },
	{ "merchant", "kode usaha|merchant|merchant code", true },
	{ "amount", "jumlah|amount|jumlah rp", true },
	{ "note", "no nota|note|nomor nota", false },
};
enum { N = countof(columns) };

static void check_head(struct arena *a, const struct csv_head *h)
{
	CHECK(h->delimiter == ',' || h->delimiter == ';' || h->delimiter == '\t');
	for (size_t i = 0; i < N; i++) {
		CHECK(h->written[i].n || !columns[i].needed);
		CHECK(!h->written[i].n || csv_word(csv_fold(a, h->written[i]), columns[i].names));
	}
}

static void put_cell(struct buf *b, str s, char end)
{
	buf_char(b, '"');
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '"')
			buf_char(b, '"');
		buf_char(b, s.p[i]);
	}
	buf_char(b, '"');
	buf_char(b, end);
}

struct all { str cell[N]; struct all *next; };

/* Every line; those that hold something of ours are kept. */
static struct all *read_all(struct arena *a, struct csv *csv, int64_t most)
{
	struct all *first = NULL, **last = &first;
	struct csv_row row;
	int64_t line = 0;
	bool more = true;

	while (!csv_next(csv, &row, &more) && more) {
		bool any = false;
		CHECK(row.line > line && row.line <= most);
		line = row.line;
		struct all *x = NEW(a, struct all);
		for (size_t i = 0; i < N; i++) {
			CHECK(row.cell[i].n <= 3 * CSV_CELL_MAX && str_utf8(row.cell[i]));
			x->cell[i] = arena_str(a, row.cell[i]);
			any |= x->cell[i].n > 0;
		}
		if (any) {
			*last = x;
			last = &x->next;
		}
	}
	return first;
}

/* Cells that a reader changes each time it looks, ='x and the like, have no copy. */
static bool plain(const struct all *x)
{
	for (size_t i = 0; i < N; i++)
		if (x->cell[i].n && (strchr("='", x->cell[i].p[0]) ||
		    x->cell[i].n > CSV_CELL_MAX / 2))
			return false;
	return true;
}

static void check_again(struct arena *a, const struct all *v)
{
	CLEANUP(csv_close) struct csv *csv = NULL;
	struct buf b = BUF(a, (size_t)16 << 20);

	buf_str(&b, S("\xef\xbb\xbf" "date;merchant;amount;note\r\n"));
	for (const struct all *x = v; x; x = x->next)
		for (size_t i = 0; plain(x) && i < N; i++)
			put_cell(&b, x->cell[i], i + 1 < N ? ';' : '\n');
	str text = buf_done(&b);
	CHECK(!csv_open(&csv, a, text, columns, N));
	for (const struct all *y = read_all(a, csv, csv_lines(text)); y; y = y->next, v = v->next) {
		while (v && !plain(v))
			v = v->next;
		CHECK(v);
		for (size_t i = 0; i < N; i++)
			CHECK(str_eq(y->cell[i], v->cell[i]));
	}
	while (v && !plain(v))
		v = v->next;
	CHECK(!v);
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	CLEANUP(arena_free) struct arena *a = arena_new();
	CLEANUP(csv_close) struct csv *csv = NULL;
	str s = { (const char *)p, n };
	err e = csv_open(&csv, a, s, columns, N);

	if (e) {
		CHECK(e->kind == ERR_INVALID);
		return 0;
	}
	check_head(a, csv_head(csv));
	check_again(a, read_all(a, csv, csv_lines(s)));
	return 0;
}
