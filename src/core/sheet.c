#include "core/sheet.h"
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <xlsxwriter.h>

#define EPOCH_1900	25569		/* 1970-01-01 in days of Excel	*/
#define TAB_ROWS	1000000		/* Excel has 1,048,576		*/
#define EXACT		INT64_C(999999999999999)	/* Excel shows 15 digits */

enum form { FORM_PLAIN, FORM_HEAD, FORM_NUMBER, FORM_RUPIAH, FORM_DAY, FORM_MOMENT, FORMS };

struct sheet {
	struct arena *a, *row_arena;
	struct sheet_file file;
	FILE *csv;
	lxw_workbook *book;
	lxw_worksheet *tab;
	lxw_format *form[FORMS];
	const struct sheet_column *col;
	size_t n_col, at;
	uint32_t row;
	int tables;
	str name;		/* of the table; more tabs of it: tabs	*/
	int tabs;
	bool failed, done;
};

static err refused(struct arena *a, const struct sheet_file *f, const char *why)
{
	return ERR(a, ERR_INVALID, "file-write", .arg = { str_of(f->path), str_of(why) });
}

/* ---- opening ---------------------------------------------------------------- */

static void forms(struct sheet *s)
{
	static const char *const looks[FORMS] = { [FORM_NUMBER] = "#,##0",
	    [FORM_RUPIAH] = "\"Rp\" #,##0", [FORM_DAY] = "dd/mm/yyyy",
	    [FORM_MOMENT] = "dd/mm/yyyy hh:mm:ss" };

	for (int i = 0; i < FORMS; i++) {
		s->form[i] = workbook_add_format(s->book);
		if (looks[i])
			format_set_num_format(s->form[i], looks[i]);
	}
	format_set_num_format(s->form[FORM_PLAIN], "@");
	format_set_bold(s->form[FORM_HEAD]);
	format_set_bottom(s->form[FORM_HEAD], LXW_BORDER_THIN);
	format_set_font_color(s->form[FORM_HEAD], 0x6E4019);
	format_set_text_wrap(s->form[FORM_HEAD]);
}

static char *lent(struct sheet *s, str v)
{
	return (char *)(uintptr_t)arena_cstr(s->a, v);
}

static err open_xlsx(struct sheet *s)
{
	lxw_workbook_options o = { .constant_memory = LXW_TRUE };
	lxw_doc_properties p = { .title = lent(s, s->file.title),
	    .author = lent(s, s->file.author), .comments = lent(s, S("Laris")),
	    .created = s->file.made / SECOND };

	s->book = workbook_new_opt(s->file.path, &o);
	if (!s->book)
		return refused(s->a, &s->file, strerror(errno));
	workbook_set_properties(s->book, &p);
	forms(s);
	return NULL;
}

err sheet_open(struct sheet **out, struct arena *a, const struct sheet_file *f)
{
	struct sheet *s = NEW(a, struct sheet);

	*s = (struct sheet){ .a = a, .row_arena = arena_new(), .file = *f };
	*out = s;
	if (f->kind == SHEET_XLSX)
		return open_xlsx(s);
	s->csv = fopen(f->path, "wbe");
	if (!s->csv)
		return refused(a, f, strerror(errno));
	fputs("\xEF\xBB\xBF", s->csv);
	return NULL;
}

/* ---- CSV ---------------------------------------------------------------------- */

static bool risky(str v)
{
	if (!v.n)
		return false;
	if (memchr("=+-@\t\r\n", v.p[0], 7))
		return true;
	for (size_t i = 0; i < v.n; i++)
		if (v.p[i] < '0' || v.p[i] > '9')
			return false;
	return v.p[0] == '0' && v.n > 1;
}

static bool to_quote(str v)
{
	for (size_t i = 0; i < v.n; i++)
		if (strchr(";\"\r\n", v.p[i]))	/* a NUL too		*/
			return true;
	return false;
}

static void csv_cell(struct sheet *s, str v, bool guard)
{
	bool quote = to_quote(v);

	if (s->at)
		fputc(';', s->csv);
	if (quote)
		fputc('"', s->csv);
	if (guard && risky(v))
		fputc('\'', s->csv);
	for (size_t i = 0; i < v.n; i++) {
		if (v.p[i] == '"')
			fputc('"', s->csv);
		fputc(v.p[i], s->csv);
	}
	if (quote)
		fputc('"', s->csv);
}

static void csv_int(struct sheet *s, enum sheet_type type, int64_t v)
{
	struct buf b = BUF(s->row_arena, 60);

	if (type == SHEET_DAY && v)
		time_put_iso_day(&b, v);
	else if (type == SHEET_MOMENT && v) {
		struct civil c = time_civil(v, s->file.zone);
		buf_printf(&b, "%04d-%02d-%02d %02d:%02d:%02d", c.year, c.month, c.day, c.hour,
		    c.minute, c.second);
	} else if (type != SHEET_DAY && type != SHEET_MOMENT)
		buf_int(&b, v);
	csv_cell(s, buf_done(&b), false);
}

/* ---- tables ---------------------------------------------------------------------- */

static enum form form_of(enum sheet_type t)
{
	static const enum form of[] = { [SHEET_TEXT] = FORM_PLAIN, [SHEET_NUMBER] = FORM_NUMBER,
	    [SHEET_RUPIAH] = FORM_RUPIAH, [SHEET_DAY] = FORM_DAY, [SHEET_MOMENT] = FORM_MOMENT };

	return of[t];
}

/* Excel's limits of a tab's name: 31 letters, none of []:*?/\ */
static const char *tab_name(struct sheet *s, str name)
{
	char *p = (char *)(uintptr_t)arena_cstr(s->a, str_sub(name, 0, 31));

	for (char *c = p; *c; c++)
		if (strchr("[]:*?/\\'", *c))
			*c = ' ';
	return p;
}

static void tab_begin(struct sheet *s, str name)
{
	s->tab = workbook_add_worksheet(s->book, tab_name(s, name));
	if (!s->tab) {
		s->failed = true;
		return;
	}
	for (size_t i = 0; i < s->n_col; i++)
		worksheet_set_column(s->tab, (lxw_col_t)i, (lxw_col_t)i, s->col[i].width, NULL);
	worksheet_freeze_panes(s->tab, 1, 0);
}

static void heads(struct sheet *s)
{
	s->row = 0;
	for (; s->at < s->n_col; s->at++) {
		if (s->csv)
			csv_cell(s, s->col[s->at].head, true);
		else if (s->tab)
			worksheet_write_string(s->tab, 0, (lxw_col_t)s->at,
			    lent(s, s->col[s->at].head), s->form[FORM_HEAD]);
	}
	sheet_row(s);
}

void sheet_table(struct sheet *s, str name, const struct sheet_column *col, size_t n)
{
	s->col = col;
	s->n_col = n;
	s->name = name;
	s->tabs = 1;
	if (s->csv && s->tables)
		fputs("\r\n", s->csv);
	s->tables++;
	if (s->book)
		tab_begin(s, name);
	heads(s);
}

/* A tab is full: the table goes on in another. */
static void tab_more(struct sheet *s)
{
	tab_begin(s, arena_printf(s->a, "%.*s %d", SV(str_sub(s->name, 0, 24)), ++s->tabs));
	heads(s);
}

/* 32,767 letters a cell is Excel's limit; ours are far shorter. */
void sheet_text(struct sheet *s, str v)
{
	CHECK(s->at < s->n_col);
	if (s->csv)
		csv_cell(s, v, true);
	else if (s->tab && v.n && worksheet_write_string(s->tab, s->row, (lxw_col_t)s->at,
	    arena_cstr(s->row_arena, str_sub(v, 0, 8000)), s->form[FORM_PLAIN]))
		s->failed = true;
	s->at++;
}

static double excel(const struct sheet *s, enum sheet_type type, int64_t v)
{
	if (type == SHEET_DAY)
		return (double)(v + EPOCH_1900);
	if (type == SHEET_MOMENT)
		return (double)(v / SECOND + s->file.zone * 3600) / 86400 + EPOCH_1900;
	return (double)v;
}

void sheet_int(struct sheet *s, int64_t v)
{
	CHECK(s->at < s->n_col);
	enum sheet_type type = s->col[s->at].type;
	bool dated = type == SHEET_DAY || type == SHEET_MOMENT;

	if (s->csv)
		csv_int(s, type, v);
	else if (!dated && (v > EXACT || v < -EXACT)) {
		sheet_text(s, arena_printf(s->row_arena, "%lld", (long long)v));
		return;
	} else if (s->tab && (v || !dated) && worksheet_write_number(s->tab, s->row,
	    (lxw_col_t)s->at, excel(s, type, v), s->form[form_of(type)]))
		s->failed = true;
	s->at++;
}

void sheet_row(struct sheet *s)
{
	CHECK(s->at == s->n_col);
	if (s->csv)
		fputs("\r\n", s->csv);
	s->row++;
	s->at = 0;
	arena_reset(s->row_arena);
	if (s->book && s->row > TAB_ROWS)
		tab_more(s);
}

err sheet_done(struct sheet *s)
{
	if (s->csv) {
		s->failed = fclose(s->csv) || s->failed;
		s->csv = NULL;
	} else {
		lxw_error e = workbook_close(s->book);
		s->book = NULL;
		s->failed = e || s->failed;
	}
	if (s->failed)
		return refused(s->a, &s->file, errno ? strerror(errno) : "?");
	s->done = true;
	return NULL;
}

void sheet_close(struct sheet **pp)
{
	struct sheet *s = *pp;

	if (!s)
		return;
	if (s->csv)
		fclose(s->csv);
	if (s->book)
		workbook_close(s->book);
	if (!s->done)
		unlink(s->file.path);
	arena_free(&s->row_arena);
	*pp = NULL;
}
