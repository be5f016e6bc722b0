/* import.c - a file from its first byte to its last line, for both kinds. */
#include "core/audit.h"
#include "core/crypto.h"
#include "festival_write.h"
#include "mod/festival/import_rows.h"
#include <string.h>

#define TELL_EVERY	1000	/* lines */

const struct choice import_kinds[] = {
	{ "purchases", IMPORT_PURCHASES, TEXT_import_purchases },
	{ "merchants", IMPORT_MERCHANTS, TEXT_import_merchants },
	{ 0 }
};

static const struct import_rules *const rules[IMPORT_KINDS] = {
	[IMPORT_PURCHASES] = &import_sales, [IMPORT_MERCHANTS] = &import_shops,
};

/* ---- what was seen in this file ------------------------------------------------- */

uint64_t import_key(const void *p, size_t n)
{
	struct hash h;
	uint64_t key;

	sha256(&h, p, n);
	memcpy(&key, h.b, sizeof key);
	return key ? key : 1;
}

struct import_seen *import_seen(struct import *m, uint64_t key)
{
	size_t i = (size_t)key & (m->seen_n - 1);

	while (m->seen[i].key && m->seen[i].key != key)
		i = (i + 1) & (m->seen_n - 1);
	return &m->seen[i];
}

/* ---- one line --------------------------------------------------------------------- */

static size_t column_of(const struct form *form, const char *field)
{
	for (size_t i = 0; field && i < form->n; i++)
		if (!strcmp(form->fields[i].name, field))
			return i;
	return SIZE_MAX;
}

/* The name in the file, or the one it should have. */
static str column_name(const struct import *m, size_t i)
{
	str all, first = { 0 };

	if (i == SIZE_MAX)
		return first;
	if (m->head.written[i].n)
		return m->head.written[i];
	all = str_of(m->rules->columns.v[i].names);
	(void)str_take(&all, '|', &first);
	return first;
}

void import_wrong(struct import_line *l, err e)
{
	const struct import_watch *w = l->watch;
	const struct form *form = l->m->rules->columns.form;
	size_t i = column_of(form, e->field);
	struct import_bad bad = { .line = l->number, .e = e, .column = column_name(l->m, i),
	    .typed = i == SIZE_MAX ? (str){ 0 } : l->raw[i] };

	l->wrong = true;
	if (w->bad)
		w->bad(w->ctx, &bad);
}

/* Somebody's mistake in the file, and no trouble of ours. */
static bool of_line(err e)
{
	return e->kind == ERR_INVALID || e->kind == ERR_MISSING || e->kind == ERR_CONFLICT;
}

/* Code, words and labels in both languages are all understood. */
static bool means(struct import_line *l, const struct choice *c, str folded)
{
	const struct import_word *w = l->m->rules->columns.words;

	if (str_eq(folded, str_of(c->code)))
		return true;
	for (enum lang lang = LANG_ID; lang < LANGS; lang++)
		if (str_eq(folded, csv_fold(l->a, text(lang, c->label))))
			return true;
	for (; w->code; w++)
		if (!strcmp(w->code, c->code) && csv_word(folded, w->words))
			return true;
	return false;
}

static str choice_word(struct import_line *l, const struct field *f, str cell)
{
	str folded = csv_fold(l->a, cell);

	for (const struct choice *c = f->choices; folded.n && c->code; c++)
		if (means(l, c, folded))
			return str_of(c->code);
	return cell;
}

/* "Write one of these": {1} in Indonesian, {2} in English. */
static err known_words(struct import_line *l, const struct field *f)
{
	str in[LANGS];

	for (enum lang lang = LANG_ID; lang < LANGS; lang++) {
		struct buf b = BUF(l->a, 1000);
		for (const struct choice *c = f->choices; c->code; c++)
			buf_printf(&b, b.n ? ", %.*s" : "%.*s", SV(text(lang, c->label)));
		in[lang] = buf_done(&b);
	}
	return ERR(l->a, ERR_INVALID, "import-word", .field = f->name,
	    .arg = { in[LANG_ID], in[LANG_EN] });
}

/* On one line, and "-" is what people put where nothing is. */
static str flat(struct arena *a, str s)
{
	char *p = arena_bytes(a, s.n);

	if (str_eq(s, S("-")))
		return (str){ 0 };
	for (size_t i = 0; i < s.n; i++)
		p[i] = s.p[i] == '\n' || s.p[i] == '\r' || s.p[i] == '\t' ? ' ' : s.p[i];
	return (str){ p, s.n };
}

static void cells(struct import_line *l, const struct csv_row *row)
{
	const struct import_columns *c = &l->m->rules->columns;

	for (size_t i = 0; i < c->form->n; i++)
		l->cell[i] = l->raw[i] = flat(l->a, row->cell[i]);
	if (l->m->rules->tidy)
		l->m->rules->tidy(l);
}

/* The cells as a form; every wrong one is named. */
static void read_cells(struct import_line *l, void *in)
{
	const struct form *form = l->m->rules->columns.form;
	struct param v[CSV_COLUMNS];

	for (size_t i = 0; i < form->n; i++) {
		const struct field *f = &form->fields[i];
		v[i] = (struct param){ .name = str_of(f->name), .value = l->cell[i] };
		if (f->type == FIELD_CHOICE)
			v[i].value = choice_word(l, f, l->cell[i]);
	}
	if (!form_read(l->a, form, &(struct params){ v, form->n }, &l->st, in))
		return;
	for (size_t i = 0; i < form->n; i++) {
		err e = l->st.errors[i];
		if (!e)
			continue;
		if (!strcmp(e->rule, "field-choice"))
			e = known_words(l, &form->fields[i]);
		import_wrong(l, e);
	}
}

static err line(struct import_line *l, const struct csv_row *row, void *in)
{
	struct import_sums *s = &l->m->sums;

	l->number = row->line;
	s->lines++;
	cells(l, row);
	read_cells(l, in);
	if (row->more)
		import_wrong(l, ERR(l->a, ERR_INVALID, "import-cells"));
	err e = l->m->rules->judge(l, in);
	if (e && !of_line(e))
		return e;
	if (e)
		import_wrong(l, e);
	if (l->wrong)
		s->bad++;
	else if (l->again)
		s->again++;
	else
		s->good++;
	return NULL;
}

/* ---- the file ------------------------------------------------------------------------- */

static err open_file(struct import *m, struct csv **csv)
{
	const struct import_columns *c = &m->rules->columns;
	int64_t lines = csv_lines(m->ask.bytes);
	size_t seen = 64;

	if (lines > IMPORT_LINES + 1)
		return ERR(m->a, ERR_INVALID, "import-lines",
		    .arg = { arena_printf(m->a, "%d", IMPORT_LINES) });
	TRY(csv_open(csv, m->a, m->ask.bytes, c->v, c->form->n));
	m->head = *csv_head(*csv);
	m->room = (size_t)lines;
	while (seen < m->room * 2)
		seen *= 2;
	m->seen = NEWN(m->a, struct import_seen, seen);
	m->seen_n = seen;
	return NULL;
}

static void tell(const struct import_watch *w, int64_t done, int64_t all, bool now)
{
	if (w->progress && (now || done % TELL_EVERY == 0))
		w->progress(w->ctx, done, all);
}

/* A line that cannot be cut into cells is the last that can be read. */
static err torn(struct import_line *l, err e)
{
	if (strcmp(e->rule, "csv-quote") != 0 && strcmp(e->rule, "csv-cell") != 0)
		return e;
	if (!str_int(e->arg[0], 1, INT64_MAX, &l->number))
		return e;
	l->m->sums.lines++;
	l->m->sums.bad++;
	import_wrong(l, e);
	return NULL;
}

static err all_lines(struct import *m, struct csv *csv, struct db *db, struct arena *scratch,
    const struct import_watch *w)
{
	struct csv_row row;
	bool more = true;

	for (;;) {
		struct import_line l = { .m = m, .db = db, .a = scratch, .watch = w };
		arena_reset(scratch);
		err e = csv_next(csv, &row, &more);
		if (e)
			return torn(&l, e);
		if (!more)
			return NULL;
		TRY(line(&l, &row, arena_alloc(scratch, m->rules->columns.form->size, 16)));
		tell(w, m->sums.lines, (int64_t)m->room - 1, false);
	}
}

err import_judge(struct arena *a, struct db *db, const struct import_ask *ask,
    const struct import_watch *w, struct import **out)
{
	CLEANUP(csv_close) struct csv *csv = NULL;
	CLEANUP(arena_free) struct arena *scratch = arena_new();
	struct arena *of_db = db_arena(db);
	struct import *m = NEW(a, struct import);
	struct hash h;

	*m = (struct import){ .a = a, .ask = *ask, .rules = rules[ask->kind] };
	sha256(&h, ask->bytes.p, ask->bytes.n);
	m->sha256 = hash_hex(a, &h);
	TRY(open_file(m, &csv));
	TRY(m->rules->start(m, db));
	db_arena_set(db, scratch);
	err e = all_lines(m, csv, db, scratch, w);
	if (e)
		e = err_at(a, e->where, *e);
	db_arena_set(db, of_db);
	tell(w, m->sums.lines, m->sums.lines, true);
	*out = m;
	return e;
}

size_t import_columns(enum import_kind kind, struct import_column out[CSV_COLUMNS])
{
	const struct import_columns *c = &rules[kind]->columns;

	for (size_t i = 0; i < c->form->n; i++)
		out[i] = (struct import_column){ c->v[i].names, c->v[i].needed, c->hints[i] };
	return c->form->n;
}

const struct import_sums *import_sums(const struct import *m)
{
	return &m->sums;
}

const struct csv_head *import_head(const struct import *m)
{
	return &m->head;
}

str import_sha256(const struct import *m)
{
	return m->sha256;
}

/* ---- recording it ----------------------------------------------------------------------- */

/* Which of the good ones. */
struct piece { int64_t from, to; struct arena *scratch; const struct import_watch *watch; };

static err row_apply(struct tx *tx, struct change *c, const struct import *m,
    const struct festival *f, size_t i, struct import_done *done)
{
	int64_t subject = 0;

	TRY(m->rules->apply(tx, c, m, f, i, done, &subject));
	return !subject ? NULL :
	    festival_q_import_row_add(tx, m->ask.city->id, m->ask.id, subject, NULL);
}

static err rows_apply(struct tx *tx, struct change *c, const struct import *m,
    const struct festival *f, const struct piece *p, struct import_done *done)
{
	if (m->rules->apply_start)
		TRY(m->rules->apply_start(tx, m));
	for (int64_t i = p->from; i < p->to; i++) {
		arena_reset(p->scratch);
		TRY(row_apply(tx, c, m, f, (size_t)i, done));
		tell(p->watch, i + 1, m->sums.good, i + 1 == m->sums.good);
	}
	return m->rules->apply_end ? m->rules->apply_end(tx, m, done) : NULL;
}

str import_record(struct arena *a, const struct import *m, const struct import_done *done)
{
	const char *kind = choice_by_value(import_kinds, m->ask.kind)->code;

	return audit_json(a, (struct audit_pair[]){ AUDIT_TEXT("kind", str_of(kind)),
	    AUDIT_TEXT("file", m->ask.name), AUDIT_TEXT("sha256", m->sha256),
	    AUDIT_NUM("lines", m->sums.lines), AUDIT_NUM("recorded", done->recorded),
	    AUDIT_NUM("again", done->again), AUDIT_NUM("rupiah", done->rupiah) }, 7);
}

err import_apply(struct tx *tx, struct change *c, const struct import *m, int64_t from, int64_t n,
    const struct import_watch *w, struct import_done *done)
{
	static const struct import_watch nobody;
	CLEANUP(arena_free) struct arena *scratch = arena_new();
	CLEANUP(arena_free) struct arena *adding = arena_new();
	struct change *many = change_many(adding);
	struct arena *own = db_arena(tx->db);
	struct festival f;
	int64_t left = m->sums.good - from;
	struct piece p = { from, from + (n < left ? n : left), scratch, w ? w : &nobody };

	CHECK(m->sums.bad == 0 && m->ask.id && from >= 0 && left >= 0);
	/* It may have been closed since; read before the rows' own arena, which is reset. */
	TRY(festival_find(tx->db, m->ask.city->id, m->ask.f->slug, &f));
	*done = (struct import_done){ .again = m->sums.again };
	db_arena_set(tx->db, scratch);
	err e = rows_apply(tx, many, m, &f, &p, done);
	if (!e)
		e = change_many_done(tx, many, c);
	if (e)
		e = err_at(own, e->where, *e);
	db_arena_set(tx->db, own);
	return e;
}

void import_went(struct import *m, const struct import_done *done)
{
	m->counter = done->counter;
}

err import_shown(struct arena *a, struct db *db, const struct import *m, int64_t i, enum lang lang,
    str cell[IMPORT_CELLS], size_t *n)
{
	CHECK(i >= 0 && i < m->sums.good);
	return m->rules->shown(a, db, m, (size_t)i, lang, cell, n);
}
