/* report_sheet.c - the fact sheet as a workbook: figures, then a tab a part. */
#include "core/sheet.h"
#include "html/text.h"
#include "mod/festival/report.h"

static void pair(struct sheet *s, str label, str value)
{
	sheet_text(s, label);
	sheet_text(s, value);
	sheet_text(s, (str){ 0 });
	sheet_row(s);
}

static void facts(struct sheet *s, const struct report *r, const struct report_fact *v, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		sheet_text(s, text(r->lang, v[i].label));
		sheet_int(s, v[i].v);
		sheet_text(s, str_of(v[i].key));
		sheet_row(s);
	}
}

/* The second column holds figures; words stand there as text. */
static void main_table(struct sheet *s, struct arena *a, const struct report *r)
{
	const struct sheet_column col[] = {
		{ text(r->lang, TEXT_rep_what), SHEET_TEXT, 48 },
		{ text(r->lang, TEXT_rep_fact), SHEET_NUMBER, 28 },
		{ text(r->lang, TEXT_rep_code), SHEET_TEXT, 24 },
	};
	struct report_facts f;

	festival_report_facts(r, &f);
	sheet_table(s, text(r->lang, TEXT_rep_title), col, countof(col));
	pair(s, r->f.name, festival_report_when(a, r));
	pair(s, festival_report_as_of(a, r), (str){ 0 });
	facts(s, r, f.known, f.n_known);
	pair(s, festival_report_words(a, r), (str){ 0 });
	pair(s, text(r->lang, TEXT_rep_unknown), (str){ 0 });
	facts(s, r, f.unknown, f.n_unknown);
	pair(s, text(r->lang, TEXT_rep_note), (str){ 0 });
}

/* A sheet's columns must live until its last row. */
static void part(struct sheet *s, struct arena *a, const struct report *r, enum slice kind)
{
	const struct report_part *p = &r->part[kind];
	size_t n = festival_report_peopled(kind) ? 6 : 4;
	const struct sheet_column all[] = {
		{ text(r->lang, TEXT_rep_code), SHEET_TEXT, 22 },
		{ text(r->lang, TEXT_rep_what), SHEET_TEXT, 34 },
		{ text(r->lang, TEXT_totals_purchases), SHEET_NUMBER, 16 },
		{ text(r->lang, TEXT_totals_rupiah), SHEET_RUPIAH, 24 },
		{ text(r->lang, TEXT_rep_taking), SHEET_NUMBER, 16 },
		{ text(r->lang, TEXT_rep_recording), SHEET_NUMBER, 16 },
	};
	struct sheet_column *col = NEWN(a, struct sheet_column, countof(all));

	for (size_t i = 0; i < countof(all); i++)
		col[i] = all[i];
	sheet_table(s, text(r->lang, festival_report_titles[kind]), col, n);
	for (size_t i = 0; i < p->n; i++) {
		sheet_text(s, p->v[i].code);
		sheet_text(s, p->v[i].name);
		sheet_int(s, p->v[i].purchases);
		sheet_int(s, p->v[i].rupiah);
		if (n == countof(all)) {
			sheet_int(s, p->v[i].admitted);
			sheet_int(s, p->v[i].reporting);
		}
		sheet_row(s);
	}
}

void festival_report_tables(struct sheet *s, struct arena *a, const struct report *r)
{
	for (size_t i = 0; i < countof(festival_report_order); i++)
		part(s, a, r, festival_report_order[i]);
}

err festival_report_xlsx(struct arena *a, const struct report *r, const char *path)
{
	CLEANUP(sheet_close) struct sheet *s = NULL;
	struct sheet_file f = { SHEET_XLSX, path, r->f.name, r->city.name, r->as_of, r->city.zone };

	TRY(sheet_open(&s, a, &f));
	main_table(s, a, r);
	festival_report_tables(s, a, r);
	return sheet_done(s);
}
