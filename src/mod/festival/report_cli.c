/* report_cli.c - laris report: the fact sheet in each of its forms. */
#include "core/cli.h"
#include "core/pdf.h"
#include "core/temp.h"
#include "mod/festival/organiser.h"
#include "mod/festival/report.h"

#define FILE_MAX	(16u << 20)

enum format { TEXT_FORM, JSON_FORM, XLSX_FORM, PDF_FORM, PNG_FORM, SQUARE_FORM };

static err xlsx(struct cli_args *x, const struct report *r, struct buf *b)
{
	CLEANUP(temp_close) struct temp t = { 0 };
	str bytes;

	TRY(temp_name(&t, x->a));
	TRY(festival_report_xlsx(x->a, r, t.path));
	TRY(temp_read(&t, x->a, FILE_MAX, &bytes));
	buf_str(b, bytes);
	return NULL;
}

static err write(struct cli_args *x, const struct report *r, enum format format, struct buf *b)
{
	switch (format) {
	case JSON_FORM:
		buf_str(b, festival_report_json(x->a, r));
		buf_char(b, '\n');
		return NULL;
	case XLSX_FORM:
		return xlsx(x, r, b);
	case PDF_FORM:
		return festival_report_pdf(x->a, r, pdf_sink_buf(b));
	case PNG_FORM: case SQUARE_FORM:
		return festival_report_press(x->a, r, format == SQUARE_FORM, pdf_sink_buf(b));
	case TEXT_FORM:
		break;
	}
	festival_report_text(b, r);
	return NULL;
}

static err report(struct cli_args *x, enum format format)
{
	CLEANUP(db_close) struct db *db = NULL;
	struct buf b = BUF(x->a, FILE_MAX);
	struct festival f;
	struct city city;
	struct report r;

	TRY(cli_read(x, &db));
	TRY(cli_city(x, db, 0, &city));
	TRY(festival_pick(db, city.id, cli_word(x, 1), &f));
	TRY(db_read_begin(db));
	err e = festival_report_make(db, &city, &f, cli_lang(), x->now, &r);
	db_read_end(db);
	TRY(e);
	TRY(write(x, &r, format, &b));
	if (cli_word(x, 2).n)
		return cli_write_file(x, arena_cstr(x->a, cli_word(x, 2)), buf_done(&b));
	fwrite(b.p, 1, b.n, x->out);
	return NULL;
}

int report_command(struct cli_args *x)
{
	static const char *const names[] = { "text", "json", "xlsx", "pdf", "png" };
	const char *given = cli_option(x, "format");
	bool square = cli_flag(x, "square");
	size_t i = 0;

	while (given && i < countof(names) && !str_eq(str_of(given), str_of(names[i])))
		i++;
	if (i == countof(names) || (square && i != PNG_FORM) || !cli_words(x, 2, 3))
		return cli_usage(x);
	return cli_result(x, report(x, square ? SQUARE_FORM : (enum format)i));
}
