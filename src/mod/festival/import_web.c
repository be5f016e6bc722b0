/* import_web.c - files of offices on the organiser's pages: brought, and what is said to them. */
#include "core/audit.h"
#include "core/crypto.h"
#include "core/pipeline.h"
#include "core/sheet.h"
#include "core/temp.h"
#include "imports_tmpl.h"
#include "mod/festival/import_pages.h"
#include "mod/festival/import_web.h"

#define WRITERS	(MAY_ORGANISER | MAY_ADMIN)
#define LIST	25

struct bring_in { int64_t kind; struct param file; };
static const struct field bring_fields[] = {
	FIELD(struct bring_in, kind, FIELD_CHOICE, .needed = true, .choices = import_kinds,
	    .label = TEXT_imports_kind),
	FIELD(struct bring_in, file, FIELD_FILE, .needed = true, .max = IMPORT_BYTES,
	    .label = TEXT_imports_file, .hint = TEXT_imports_file_hint),
};
const struct form org_import_form = FORM(struct bring_in, bring_fields);

struct strike_in { str reason; };
static const struct field strike_fields[] = {
	FIELD(struct strike_in, reason, FIELD_TEXT, .needed = true, .min = 5, .max = 200,
	    .label = TEXT_imports_reason, .hint = TEXT_imports_reason_hint),
};
const struct form org_import_strike_form = FORM(struct strike_in, strike_fields);
const struct form org_import_button_form = { NULL, 0, 1 };	/* nothing to fill in */

err import_of(struct req *r, struct festival *f, struct festival_import_get *row)
{
	int64_t id;

	TRY(festival_find(r->db, r->city.id, r->param[0], f));
	TRY(req_id(r, 1, &id));
	return import_row_get(r->db, f, id, row);
}

str import_href(struct req *r, const struct festival *f, int64_t id)
{
	str list = req_path(r, "/admin/festival/%.*s/import", SV(f->slug));

	return id ? req_path(r, "%.*s/%.*s", SV(list), SV(id_text(r->a, id))) : list;
}

/* ---- the list ------------------------------------------------------------------------- */

static str first_name(const struct import_column *c)
{
	str all = str_of(c->names), first = { 0 };

	(void)str_take(&all, '|', &first);
	return first;
}

static struct import_columns_view columns_of(struct req *r, str list, enum import_kind kind)
{
	struct import_column c[CSV_COLUMNS];
	size_t n = import_columns(kind, c);
	struct import_column_row *v = NEWN(r->a, struct import_column_row, n);
	const struct choice *what = choice_by_value(import_kinds, (int64_t)kind);

	for (size_t i = 0; i < n; i++)
		v[i] = (struct import_column_row){ first_name(&c[i]), c[i].needed, c[i].hint.say };
	return (struct import_columns_view){ what->label,
	    req_path(r, "%.*s/example/%s.csv", SV(list), what->code), v, n };
}

static err list_rows(struct req *r, const struct festival *f, struct imports_view *v)
{
	struct festival_import_list *x;
	int64_t before = INT64_MAX;

	if (req_query(r, "before").n && !id_parse(req_query(r, "before"), &before))
		return ERR(r->a, ERR_MISSING, "no-such-page");
	TRY(festival_q_import_list(r->db, r->city.id, f->id, before, LIST, &x, &v->n));
	struct import_list_row *rows = NEWN(r->a, struct import_list_row, v->n);
	for (size_t i = 0; i < v->n; i++) {
		const struct import_label *l = import_label(x[i].state, x[i].bad);
		bool done = x[i].recorded_at != 0;
		rows[i] = (struct import_list_row){ .href = import_href(r, f, x[i].id),
		    .name = x[i].name, .by = done ? x[i].recorder : x[i].by,
		    .kind = choice_by_value(import_kinds, x[i].kind)->label, .state = l->say,
		    .tag = l->tag, .at = done ? x[i].recorded_at : x[i].at,
		    .rows = done ? x[i].recorded : x[i].lines, .rupiah = x[i].recorded_rupiah };
	}
	v->v = rows;
	if (v->n == LIST)
		v->pager.next = req_path(r, "%.*s?before=%.*s", SV(import_href(r, f, 0)),
		    SV(id_text(r->a, x[LIST - 1].id)));
	if (before != INT64_MAX)
		v->pager.prev = import_href(r, f, 0);
	return NULL;
}

err org_imports(struct req *r)
{
	struct imports_view v = { .may_write = req_is(r, WRITERS) };
	struct festival f;

	TRY(festival_find(r->db, r->city.id, r->param[0], &f));
	str list = import_href(r, &f, 0);
	v.festival = f.name;
	v.href = req_path(r, "/admin/festival/%.*s", SV(f.slug));
	v.form = FORM_PAGE(r, &org_import_form, NULL, list);
	v.form.upload = true;
	for (enum import_kind k = 0; k < IMPORT_KINDS; k++)
		v.kind[k] = columns_of(r, list, k);
	TRY(list_rows(r, &f, &v));
	r->title = text(r->lang, TEXT_imports_title);
	page_org_imports(&r->out, &v);
	return NULL;
}

/* ---- a file comes -------------------------------------------------------------------- */

static struct import_place place_of(struct req *r, int64_t id)
{
	return (struct import_place){ r->a, r->site->data_dir, r->city.id, id };
}

/* On the disk before its row is written: so a row without its file is none of ours. */
err org_import_stage(struct req *r)
{
	const struct bring_in *in = r->form;
	struct import_brought *b = NEW(r->a, struct import_brought);
	struct hash h;

	*b = (struct import_brought){ .id = id_new(), .kind = (enum import_kind)in->kind,
	    .name = in->file.filename.n ? in->file.filename : S("berkas.csv"),
	    .size = (int64_t)in->file.value.n };
	sha256(&h, in->file.value.p, in->file.value.n);
	b->sha256 = hash_hex(r->a, &h);
	struct import_place p = place_of(r, b->id);
	r->prepared = b;
	return import_file_keep(&p, in->file.value);
}

static struct import_ask ask_of(struct req *r)
{
	return (struct import_ask){ .city = &r->city, .person = r->who.person, .by = r->who.login,
	    .now = r->now };
}

err org_import_bring(struct req *r)
{
	const struct import_brought *b = r->prepared;
	struct import_ask q = ask_of(r);
	struct festival f;

	TRY(festival_find(r->db, r->city.id, r->param[0], &f));
	TRY(import_bring(r->tx, r->change, &f, b, &q));
	r->redirect = import_href(r, &f, b->id);
	return NULL;
}

/* ---- what is said to it -------------------------------------------------------------- */

err org_import_record(struct req *r)
{
	struct festival_import_get row;
	struct import_ask q = ask_of(r);
	struct festival f;

	TRY(import_of(r, &f, &row));
	r->redirect = import_href(r, &f, row.id);
	return import_go(r->tx, r->change, &f, &row, &q);
}

err org_import_strike(struct req *r)
{
	const struct strike_in *in = r->form;
	struct festival_import_get row;
	struct import_ask q = ask_of(r);
	struct festival f;

	TRY(import_of(r, &f, &row));
	r->redirect = import_href(r, &f, row.id);
	return import_strike(r->tx, r->change, &f, &row, in->reason, &q);
}

/* Its bytes go with the next sweep. */
err org_import_forget(struct req *r)
{
	struct festival_import_get row;
	struct festival f;

	TRY(import_of(r, &f, &row));
	r->redirect = import_href(r, &f, 0);
	req_flash(r, TEXT_imports_forgotten);
	return import_forget(r->tx, &f, &row);
}

/* ---- files to take away --------------------------------------------------------------- */

#define CSV_TYPE	"text/csv; charset=utf-8; header=present"

err org_import_report(struct req *r)
{
	struct festival_import_get row;
	struct festival f;

	TRY(import_of(r, &f, &row));
	struct import_place p = place_of(r, row.id);
	TRY(import_report_open(&p, r->lang, &r->file, &r->file_n));
	r->bytes_type = CSV_TYPE;
	r->bytes_name = req_path(r, "laporan-%.*s.csv", SV(id_text(r->a, row.id)));
	return NULL;
}

static err example_write(struct req *r, enum import_kind kind, const char *path)
{
	CLEANUP(sheet_close) struct sheet *s = NULL;
	struct import_column c[CSV_COLUMNS];
	size_t n = import_columns(kind, c);
	struct sheet_column *head = NEWN(r->a, struct sheet_column, n);

	TRY(sheet_open(&s, r->a, &(struct sheet_file){ .kind = SHEET_CSV, .path = path,
	    .title = S("contoh"), .made = r->now, .zone = r->city.zone }));
	for (size_t i = 0; i < n; i++)
		head[i] = (struct sheet_column){ first_name(&c[i]), SHEET_TEXT, 20 };
	sheet_table(s, S(""), head, n);
	for (size_t i = 0; i < n; i++)
		sheet_text(s, str_of(c[i].hint.example));
	sheet_row(s);
	return sheet_done(s);
}

err org_import_example(struct req *r)
{
	CLEANUP(temp_close) struct temp t = { 0 };
	str rest = r->param[1], word;
	struct festival f;

	TRY(festival_find(r->db, r->city.id, r->param[0], &f));
	const struct choice *kind = str_take(&rest, '.', &word) && str_eq(rest, S("csv")) ?
	    choice_by_code(import_kinds, word) : NULL;
	if (!kind)
		return ERR(r->a, ERR_MISSING, "no-such-page");
	TRY(temp_name(&t, r->a));
	TRY(example_write(r, (enum import_kind)kind->value, t.path));
	TRY(temp_open(&t, r->a, &r->file, &r->file_n));
	r->bytes_type = CSV_TYPE;
	r->bytes_name = req_path(r, "contoh-%s.csv", kind->code);
	return NULL;
}
