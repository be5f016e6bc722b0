/* csv.c - the one file that knows libcsv. */
#include "core/csv.h"
#include <csv.h>
#include <string.h>

#define RECORD_LINES	100	/* inside one pair of quotes: else it is not closed */

struct csv {
	struct arena *own;	/* this struct and the head		*/
	struct arena *row;	/* one record				*/
	struct csv_parser lib;
	str bytes;		/* without BOM				*/
	size_t at;
	int64_t line;		/* lines begun				*/
	struct csv_head head;
	int16_t known[CSV_CELLS];	/* column of the file -> ours, or -1 */
	size_t width;
	/* of the record under way */
	str cell[CSV_CELLS];
	size_t cells;
	bool whole, too_long;
};

/* ---- texts ----------------------------------------------------------------- */

/* What 0x80..0x9f are (WHATWG Encoding, windows-1252); 0: nothing. */
static const uint16_t windows[32] = {
	0x20ac, 0, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039,
	0x0152, 0, 0x017d, 0, 0, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc,
	0x2122, 0x0161, 0x203a, 0x0153, 0, 0x017e, 0x0178,
};

static void put_windows(struct buf *b, unsigned char c)
{
	unsigned u = c < 0xa0 ? windows[c - 0x80] : c;

	if (!u)
		u = 0xfffd;
	if (u < 0x800) {
		buf_char(b, (char)(0xc0 | u >> 6));
	} else {
		buf_char(b, (char)(0xe0 | u >> 12));
		buf_char(b, (char)(0x80 | (u >> 6 & 0x3f)));
	}
	buf_char(b, (char)(0x80 | (u & 0x3f)));
}

static str to_utf8(struct arena *a, str s, enum csv_encoding encoding)
{
	struct buf b = BUF(a, s.n * 3 + 1);

	if (encoding == CSV_UTF8)
		return arena_str(a, s);
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] < 0x80)
			buf_char(&b, s.p[i]);
		else
			put_windows(&b, (unsigned char)s.p[i]);
	return buf_done(&b);
}

/* White space of spreadsheets: ASCII, no-break space, BOM, zero width. */
static size_t blank_at(str s, size_t i)
{
	static const str wide[] = { S_INIT("\xc2\xa0"), S_INIT("\xef\xbb\xbf"),
		S_INIT("\xe2\x80\x8b") };

	if (strchr(" \t\r\n\v\f", s.p[i]) && s.p[i])
		return 1;
	for (size_t k = 0; k < countof(wide); k++)
		if (str_starts(str_sub(s, i, SIZE_MAX), wide[k]))
			return wide[k].n;
	return 0;
}

static size_t blank_before_end(str s)
{
	for (size_t k = 1; k <= 3 && k <= s.n; k++)
		if (blank_at(s, s.n - k) == k)
			return k;
	return 0;
}

static str trim(str s)
{
	size_t n;

	while (s.n && (n = blank_at(s, 0)))
		s = str_sub(s, n, SIZE_MAX);
	while (s.n && (n = blank_before_end(s)))
		s.n -= n;
	return s;
}

/* ="0812" and '0812: how people keep a spreadsheet from counting with it. */
static str bare(str s)
{
	s = trim(s);
	if (s.n >= 3 && str_starts(s, S("=\"")) && s.p[s.n - 1] == '"')
		return trim(str_sub(s, 2, s.n - 3));
	if (s.n >= 2 && s.p[0] == '\'')
		return trim(str_sub(s, 1, SIZE_MAX));
	return s;
}

str csv_fold(struct arena *a, str s)
{
	struct buf b = BUF(a, s.n + 1);

	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (c >= 'A' && c <= 'Z')
			c = (char)(c - 'A' + 'a');
		if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80)
			buf_char(&b, c);
	}
	return buf_done(&b);
}

static bool folds_to(str word, str folded)
{
	size_t n = 0;

	for (size_t i = 0; i < word.n; i++) {
		char c = word.p[i];
		if (strchr(" .-_/()", c))
			continue;
		if (n == folded.n || folded.p[n++] != c)
			return false;
	}
	return n == folded.n;
}

bool csv_word(str folded, const char *words)
{
	str all = str_of(words), one;

	while (folded.n && str_take(&all, '|', &one))
		if (folds_to(one, folded))
			return true;
	return false;
}

/* ---- what kind of file ------------------------------------------------------- */

static err kind_of(struct arena *a, str *s, enum csv_encoding *encoding)
{
	bool bom = str_starts(*s, S("\xef\xbb\xbf"));

	if (str_starts(*s, S("PK\x03\x04")) || str_starts(*s, S("\xd0\xcf\x11\xe0")))
		return ERR(a, ERR_INVALID, "csv-excel");
	if (str_starts(*s, S("\xff\xfe")) || str_starts(*s, S("\xfe\xff")))
		return ERR(a, ERR_INVALID, "csv-utf16");
	if (str_starts(*s, S("%PDF")) || (s->n && memchr(s->p, '\0', s->n)))
		return ERR(a, ERR_INVALID, "csv-binary");
	if (bom)
		*s = str_sub(*s, 3, SIZE_MAX);
	*encoding = str_utf8(*s) ? CSV_UTF8 : CSV_WINDOWS;
	return NULL;
}

/* ---- records ------------------------------------------------------------------- */

static void on_cell(void *p, size_t n, void *ctx)
{
	struct csv *c = ctx;
	str s = { p, n };

	c->too_long |= n > CSV_CELL_MAX;
	if (c->cells < CSV_CELLS && !c->too_long)
		c->cell[c->cells] = bare(to_utf8(c->row, s, c->head.encoding));
	c->cells++;
}

static void on_record(int end, void *ctx)
{
	(void)end;
	((struct csv *)ctx)->whole = true;
}

/* A tab may be the delimiter. */
static int is_space(unsigned char c)
{
	return c == ' ';
}

/* The next line as it lies in the file, with its end. */
static str peek(const struct csv *c)
{
	str s = str_sub(c->bytes, c->at, SIZE_MAX);
	size_t n = 0;

	while (n < s.n && s.p[n] != '\n' && s.p[n] != '\r')
		n++;
	if (n < s.n)
		n += s.p[n] == '\r' && n + 1 < s.n && s.p[n + 1] == '\n' ? 2 : 1;
	return str_sub(s, 0, n);
}

static str physical(struct csv *c)
{
	str s = peek(c);

	c->at += s.n;
	c->line++;
	return s;
}

/* False: nothing but blank lines is left. */
static bool skip_blank(struct csv *c)
{
	while (c->at < c->bytes.n && !trim(peek(c)).n)
		(void)physical(c);
	return c->at < c->bytes.n;
}

static err broken(struct csv *c, bool quote, int64_t line)
{
	str at = arena_printf(c->own, "%lld", (long long)line);

	c->at = c->bytes.n;
	return quote ? ERR(c->own, ERR_INVALID, "csv-quote", .arg = { at }) :
	    ERR(c->own, ERR_INVALID, "csv-cell", .arg = { at });
}

/* One line more; *quote: what is not closed by the end of the file. */
static void feed(struct csv *c, bool *quote)
{
	str s = physical(c);

	if (csv_parse(&c->lib, s.p, s.n, on_cell, on_record, c) != s.n)
		panic("libcsv: %s", csv_strerror(csv_error(&c->lib)));
	if (c->whole || c->at < c->bytes.n)
		return;
	/* Strict at the very end only: it is how to hear of an open quote. */
	(void)csv_set_opts(&c->lib, CSV_STRICT | CSV_STRICT_FINI);
	*quote = csv_fini(&c->lib, on_cell, on_record, c) != 0 || !c->whole;
}

/* Feed lines until the record is whole; *line: where it begins. */
static err record(struct csv *c, int64_t *line, bool *more)
{
	bool quote = false;

	arena_reset(c->row);
	c->cells = 0;
	c->whole = false;
	*more = skip_blank(c);
	*line = c->line + 1;
	while (*more && !c->whole) {
		feed(c, &quote);
		if (quote || (!c->whole && c->line - *line >= RECORD_LINES))
			return broken(c, true, *line);
		if (c->too_long || c->lib.entry_pos > CSV_CELL_MAX)
			return broken(c, !c->whole, *line);
	}
	return NULL;
}

/* ---- the line of names ------------------------------------------------------------ */

static int known_of(const struct csv_column *v, size_t n, str folded)
{
	for (size_t i = 0; i < n; i++)
		if (csv_word(folded, v[i].names))
			return (int)i;
	return -1;
}

/* How well a delimiter cuts the line of names: known ones first, then any. */
static size_t score(struct csv *c, char delimiter, const struct csv_column *v, size_t n)
{
	str line = str_sub(peek(c), 0, 16000), cell;
	size_t known = 0, cells = 0;

	while (str_take(&line, delimiter, &cell) && cells < CSV_CELLS) {
		known += known_of(v, n, csv_fold(c->row, cell)) >= 0;
		cells++;
	}
	return known * 1000 + cells;
}

/* Excel writes "sep=;" where the delimiter is not the usual one. */
static char said_delimiter(struct csv *c)
{
	str s = str_sub(c->bytes, c->at, 8);

	if (s.n < 5 || !str_eq_nocase(str_sub(s, 0, 4), S("sep=")) || !strchr(",;\t", s.p[4]) ||
	    (s.n > 5 && s.p[5] != '\r' && s.p[5] != '\n'))
		return 0;
	(void)physical(c);
	return s.p[4];
}

static void find_delimiter(struct csv *c, const struct csv_column *v, size_t n)
{
	static const char usual[] = { ',', ';', '\t' };
	size_t best = 0;

	(void)skip_blank(c);
	c->head.delimiter = said_delimiter(c);
	if (!c->head.delimiter)
		for (size_t i = 0; i < countof(usual); i++) {
			size_t points = score(c, usual[i], v, n);
			if (points <= best && i)
				continue;
			best = points;
			c->head.delimiter = usual[i];
		}
	csv_set_delim(&c->lib, (unsigned char)c->head.delimiter);
}

static str all_names(struct csv *c)
{
	struct buf b = BUF(c->own, 400);

	for (size_t i = 0; i < c->width; i++) {
		str s = str_sub(c->cell[i], 0, 40);
		if (s.n && str_utf8(s))
			buf_printf(&b, b.n ? ", %.*s" : "%.*s", SV(s));
	}
	return buf_done(&b);
}

static err columns(struct csv *c, const struct csv_column *v, size_t n)
{
	for (size_t i = 0; i < c->width; i++) {
		int k = known_of(v, n, csv_fold(c->row, c->cell[i]));
		str name = arena_str(c->own, c->cell[i]);
		c->known[i] = (int16_t)k;
		if (k >= 0 && c->head.written[k].n)
			return ERR(c->own, ERR_INVALID, "csv-column-twice",
			    .arg = { c->head.written[k], name });
		if (k >= 0)
			c->head.written[k] = name;
		else if (name.n)
			*VEC_ADD(c->own, &c->head.unknown) = name;
	}
	for (size_t i = 0; i < n; i++)
		if (v[i].needed && !c->head.written[i].n) {
			str all = str_of(v[i].names), first;
			(void)str_take(&all, '|', &first);
			return ERR(c->own, ERR_INVALID, "csv-column-missing",
			    .arg = { first, all_names(c) });
		}
	return NULL;
}

static err head_read(struct csv *c, const struct csv_column *v, size_t n)
{
	int64_t line;
	bool more;

	CHECK(n <= CSV_COLUMNS);
	find_delimiter(c, v, n);
	TRY(record(c, &line, &more));
	if (!more)
		return ERR(c->own, ERR_INVALID, "csv-empty");
	c->width = c->cells < CSV_CELLS ? c->cells : CSV_CELLS;
	return columns(c, v, n);
}

/* ---- for everybody ------------------------------------------------------------------- */

err csv_open(struct csv **out, struct arena *a, str bytes, const struct csv_column *v, size_t n)
{
	struct csv *c = NEW(a, struct csv);

	*out = NULL;
	c->own = a;
	c->bytes = bytes;
	TRY(kind_of(a, &c->bytes, &c->head.encoding));
	c->row = arena_new();
	if (csv_init(&c->lib, 0))
		panic("libcsv does not start");
	csv_set_space_func(&c->lib, is_space);
	*out = c;
	err e = head_read(c, v, n);
	if (e)
		csv_close(out);
	return e;
}

void csv_close(struct csv **pc)
{
	struct csv *c = *pc;

	*pc = NULL;
	if (!c)
		return;
	csv_free(&c->lib);
	arena_free(&c->row);
}

const struct csv_head *csv_head(const struct csv *c)
{
	return &c->head;
}

/* True when some cell holds something. */
static bool fill(struct csv *c, struct csv_row *row)
{
	bool any = false;

	for (size_t i = 0; i < c->cells && i < CSV_CELLS; i++) {
		any |= c->cell[i].n > 0;
		if (i >= c->width)
			row->more |= c->cell[i].n > 0;
		else if (c->known[i] >= 0)
			row->cell[c->known[i]] = c->cell[i];
	}
	row->more |= c->cells > CSV_CELLS;
	return any;
}

err csv_next(struct csv *c, struct csv_row *row, bool *more)
{
	bool any = false;

	do {
		*row = (struct csv_row){ 0 };
		TRY(record(c, &row->line, more));
		if (*more)
			any = fill(c, row);
	} while (*more && !any);
	return NULL;
}

int64_t csv_lines(str bytes)
{
	int64_t n = 1;

	for (size_t i = 0; i < bytes.n; i++)
		n += bytes.p[i] == '\n' ||
		    (bytes.p[i] == '\r' && (i + 1 == bytes.n || bytes.p[i + 1] != '\n'));
	return n;
}
