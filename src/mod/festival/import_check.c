/* import_check.c - a staged file judged: its figures, what is wrong in it, its report. */
#include "core/sheet.h"
#include "festival_write.h"
#include "mod/festival/import_task.h"
#include <string.h>

#define TELL_LINES	5000	/* a change that says how far it is	*/
#define REPORT_CELLS	50000	/* wrong ones in the report		*/

struct said { enum import_said kind; int64_t line; str in[LANGS]; };

struct checking {
	struct import_job *j;
	struct sheet *report[LANGS];
	VEC(struct said) said;
	int64_t wrong, done, total;
	struct import *m;
	err fault;		/* of the whole file, or NULL		*/
};

/* ---- what is wrong ---------------------------------------------------------------- */

static void to_report(struct sheet *s, int64_t line, const struct import_words *x)
{
	sheet_int(s, line);
	sheet_text(s, x->column);
	sheet_text(s, x->wrong);
	sheet_text(s, x->todo);
	sheet_row(s);
}

static void bad(void *ctx, const struct import_bad *b)
{
	CLEANUP(arena_free) struct arena *a = arena_new();
	struct checking *k = ctx;
	struct import_words x;
	struct said s = { SAID_WRONG, b->line, { { 0 } } };

	for (enum lang lang = LANG_ID; lang < LANGS; lang++) {
		import_words(a, lang, b, &x);
		if (k->wrong < REPORT_CELLS)
			to_report(k->report[lang], b->line, &x);
		s.in[lang] = arena_printf(k->j->w->a, "%.*s\t%.*s\t%.*s", SV(x.column),
		    SV(x.wrong), SV(x.todo));
	}
	if (k->wrong++ < IMPORT_SHOWN)
		*VEC_ADD(k->j->w->a, &k->said) = s;
}

static err report_open(struct checking *k, enum lang lang)
{
	struct arena *a = k->j->w->a;
	struct sheet_column *c = NEWN(a, struct sheet_column, 4);

	TRY(sheet_open(&k->report[lang], a, &(struct sheet_file){ .kind = SHEET_CSV,
	    .path = import_report_path(&k->j->place, lang), .title = k->j->row.name,
	    .made = k->j->ask.now, .zone = k->j->w->city.zone }));
	c[0] = (struct sheet_column){ text(lang, TEXT_imports_line), SHEET_NUMBER, 8 };
	c[1] = (struct sheet_column){ text(lang, TEXT_imports_column), SHEET_TEXT, 20 };
	c[2] = (struct sheet_column){ text(lang, TEXT_imports_wrong), SHEET_TEXT, 40 };
	c[3] = (struct sheet_column){ text(lang, TEXT_imports_todo), SHEET_TEXT, 60 };
	sheet_table(k->report[lang], S(""), c, 4);
	return NULL;
}

static err report_done(struct checking *k)
{
	for (enum lang lang = LANG_ID; lang < LANGS; lang++) {
		if (k->wrong > REPORT_CELLS)
			to_report(k->report[lang], 0, &(struct import_words){
			    .wrong = text(lang, TEXT_imports_cut) });
		TRY(sheet_done(k->report[lang]));
	}
	return NULL;
}

static void reports_close(struct checking *k)
{
	for (enum lang lang = LANG_ID; lang < LANGS; lang++)
		sheet_close(&k->report[lang]);
}

/* ---- how far --------------------------------------------------------------------------- */

static err tell(struct tx *tx, struct change *c, void *ctx)
{
	const struct checking *k = ctx;

	(void)c;
	return festival_q_import_progress(tx, k->j->w->city.id, k->j->row.id, k->done, k->total,
	    NULL);
}

static void progress(void *ctx, int64_t done, int64_t all)
{
	struct checking *k = ctx;

	if (done % TELL_LINES)
		return;
	k->done = done;
	k->total = all;
	err e = import_change(k->j, tell, k);	/* a comfort: the file is judged all the same */
	if (e)
		log_line(LOG_WARN, "progress not told", "rule=%s", e->rule);
}

/* ---- what was understood ------------------------------------------------------------------ */

static err row_said(struct checking *k, int64_t i)
{
	struct arena *a = k->j->w->a;
	struct said s = { SAID_ROW, i, { { 0 } } };
	str cell[IMPORT_CELLS];
	size_t n;

	for (enum lang lang = LANG_ID; lang < LANGS; lang++) {
		struct buf b = BUF(a, 8000);
		TRY(import_shown(a, k->j->w->db, k->m, i, lang, cell, &n));
		for (size_t c = 0; c < n; c++)
			buf_printf(&b, c ? "\t%.*s" : "%.*s", SV(cell[c]));
		s.in[lang] = buf_done(&b);
	}
	*VEC_ADD(a, &k->said) = s;
	return NULL;
}

static err understood(struct checking *k)
{
	const struct csv_head *h = import_head(k->m);
	int64_t n = import_sums(k->m)->good;

	for (size_t i = 0; i < h->unknown.n && i < CSV_COLUMNS; i++)
		*VEC_ADD(k->j->w->a, &k->said) = (struct said){ SAID_UNKNOWN, 0,
		    { h->unknown.v[i], h->unknown.v[i] } };
	for (int64_t i = 0; i < n && i < IMPORT_FIRST; i++)
		TRY(row_said(k, i));
	return NULL;
}

/* ---- the whole --------------------------------------------------------------------------- */

/* Somebody's mistake: said on the page.  Else: ours, and tried again. */
static bool of_file(err e)
{
	return e && (e->kind == ERR_INVALID || e->kind == ERR_CONFLICT || e->kind == ERR_MISSING) &&
	    strcmp(e->rule, "file-write") != 0;
}

static err judge(struct checking *k)
{
	struct import_job *j = k->j;
	struct import_watch w = { bad, progress, k };

	TRY(import_file_read(&j->place, IMPORT_BYTES, &j->ask.bytes));
	TRY(db_read_begin(j->w->db));
	err e = import_judge(j->w->a, j->w->db, &j->ask, &w, &k->m);
	if (!e)
		e = understood(k);
	db_read_end(j->w->db);
	return e;
}

static err keep_said(struct tx *tx, const struct checking *k)
{
	struct import_job *j = k->j;

	TRY(festival_q_import_says_drop(tx, j->w->city.id, j->row.id, NULL));
	for (size_t i = 0; i < k->said.n; i++) {
		const struct said *s = &k->said.v[i];
		TRY(festival_q_import_say_add(tx, j->w->city.id, j->row.id, (int64_t)s->kind,
		    (int64_t)i, s->line, s->in[LANG_ID], s->in[LANG_EN], NULL));
	}
	return NULL;
}

static err keep(struct tx *tx, struct change *c, void *ctx)
{
	const struct checking *k = ctx;
	struct import_job *j = k->j;
	city_id city = j->w->city.id;

	(void)c;
	TRY(keep_said(tx, k));
	if (k->fault) {
		TRY(festival_q_import_fault_set(tx, city, j->row.id,
		    err_text(j->w->a, LANG_ID, k->fault), err_text(j->w->a, LANG_EN, k->fault),
		    NULL));
		return festival_q_import_state_set(tx, city, j->row.id, IMPORT_CHECKING,
		    IMPORT_REFUSED, NULL);
	}
	const struct import_sums *s = import_sums(k->m);
	TRY(festival_q_import_judged(tx, city, j->row.id, s->lines, s->good, s->again, s->bad,
	    k->wrong, s->rupiah, s->carded, s->undated, s->day, s->first_day, s->last_day, NULL));
	return festival_q_import_state_set(tx, city, j->row.id, IMPORT_CHECKING, IMPORT_JUDGED,
	    NULL);
}

static err check(struct checking *k)
{
	for (enum lang lang = LANG_ID; lang < LANGS; lang++)
		TRY(report_open(k, lang));
	err e = judge(k);
	if (e && !of_file(e))
		return e;
	k->fault = e;
	TRY(report_done(k));
	return import_change(k->j, keep, k);
}

err import_check(struct import_job *j)
{
	struct checking k = { .j = j };
	err e = check(&k);

	reports_close(&k);
	return e;
}
