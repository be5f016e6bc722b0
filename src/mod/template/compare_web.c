/* compare_web.c - cities side by side, as a page and as a table. */
#include "core/sheet.h"
#include "core/temp.h"
#include "mod/template/compare_pages.h"
#include "mod/template/web.h"

#define CSV_MAX	(1u << 20)

struct side { struct compare_one one[COMPARE_MAX]; size_t n; };

/* Each "with" of the query, once. */
static err side_by_side(struct req *r, const struct template_ask *q, struct side *s)
{
	for (size_t i = 0; i < r->query.n; i++) {
		str key = r->query.v[i].value;
		bool again = false;
		if (!str_eq(r->query.v[i].name, S("with")) || !key.n)
			continue;
		for (size_t k = 0; k < s->n; k++)
			again = again || str_eq(s->one[k].key, key);
		if (again)
			continue;
		if (s->n == COMPARE_MAX)
			return ERR(r->a, ERR_INVALID, "compare-many",
			    .arg = { req_path(r, "%d", COMPARE_MAX) });
		TRY(compare_get(r->db, q, key, &s->one[s->n]));
		s->n++;
	}
	return NULL;
}

static struct compare_value cell_of(enum lang lang, const struct compare_one *one,
    const struct compare_cell *c)
{
	const struct compare_figure *f = c->f;
	bool known = f && f->known;
	str value = known ? f->value : f && f->why.n ? f->why : text(lang, TEXT_gallery_unknown);

	return (struct compare_value){ .head = one->city, .value = value,
	    .source = f ? f->source : (str){ 0 }, .broken = known ? c->broken : (str){ 0 },
	    .words = !known };
}

static void lines(struct req *r, const struct template_ask *q, const struct side *s,
    struct compare_view *v)
{
	struct compare_row *row;
	size_t n = compare_rows(q, s->one, s->n, &row);
	struct compare_line *line = NEWN(r->a, struct compare_line, n);
	struct compare_value *cell = NEWN(r->a, struct compare_value, n * s->n + s->n);

	for (size_t i = 0; i < n; i++) {
		line[i] = (struct compare_line){ row[i].name, row[i].say, cell, s->n, false };
		for (size_t k = 0; k < s->n; k++) {
			*cell = cell_of(r->lang, &s->one[k], &row[i].cell[k]);
			line[i].broken = line[i].broken || cell->broken.n;
			cell++;
		}
	}
	v->v = line;
	v->n = n;
	v->head = cell;
	v->n_head = s->n;
	for (size_t k = 0; k < s->n; k++)
		cell[k] = (struct compare_value){ .head = s->one[k].city,
		    .value = s->one[k].title };
}

static err picks(struct req *r, const struct template_ask *q, const struct side *s,
    struct compare_view *v)
{
	struct compare_choice *c;

	TRY(compare_choices(r->db, q, &c, &v->n_pick));
	struct compare_pick *x = NEWN(r->a, struct compare_pick, v->n_pick);
	for (size_t i = 0; i < v->n_pick; i++) {
		x[i] = (struct compare_pick){ c[i].key, req_path(r, "%.*s: %.*s%.*s",
		    SV(c[i].city), SV(c[i].title), SV(c[i].file ?
		    text(r->lang, TEXT_compare_file) : S(""))), false };
		for (size_t k = 0; k < s->n; k++)
			x[i].on = x[i].on || str_eq(s->one[k].key, c[i].key);
	}
	v->pick = x;
	return NULL;
}

err compare_page(struct req *r)
{
	struct template_ask q = ask_of(r);
	struct compare_view v = { .action = req_path(r, "/%.*s/compare", SV(r->city.slug)),
	    .csv = req_path(r, "/%.*s/compare.csv?%.*s", SV(r->city.slug),
		SV(r->http->query)) };
	struct side s = { 0 };

	TRY(side_by_side(r, &q, &s));
	if (s.n > 1)
		lines(r, &q, &s, &v);
	TRY(picks(r, &q, &s, &v));
	r->wide = s.n > 1;
	r->title = text(r->lang, TEXT_compare_title);
	page_compare(&r->out, &v);
	return NULL;
}

/* ---- the table ------------------------------------------------------------------- */

static void table(struct req *r, const struct template_ask *q, const struct side *s,
    struct sheet *sheet)
{
	struct compare_view v = { 0 };
	struct sheet_column *col = NEWN(r->a, struct sheet_column, 1 + 3 * s->n);
	size_t n = 0;

	lines(r, q, s, &v);
	col[n++] = (struct sheet_column){ text(r->lang, TEXT_gallery_figure), SHEET_TEXT, 30 };
	for (size_t k = 0; k < s->n; k++) {
		str name = req_path(r, "%.*s, %.*s", SV(s->one[k].city), SV(s->one[k].title));
		col[n++] = (struct sheet_column){ name, SHEET_TEXT, 20 };
		col[n++] = (struct sheet_column){ text(r->lang, TEXT_gallery_source), SHEET_TEXT,
		    30 };
		col[n++] = (struct sheet_column){ text(r->lang, TEXT_compare_not), SHEET_TEXT, 30 };
	}
	sheet_table(sheet, text(r->lang, TEXT_compare_title), col, n);
	for (size_t i = 0; i < v.n; i++) {
		sheet_text(sheet, v.v[i].name);
		for (size_t k = 0; k < v.v[i].n; k++) {
			sheet_text(sheet, v.v[i].v[k].value);
			sheet_text(sheet, v.v[i].v[k].source);
			sheet_text(sheet, v.v[i].v[k].broken);
		}
		sheet_row(sheet);
	}
}

err compare_csv(struct req *r)
{
	CLEANUP(temp_close) struct temp t = { 0 };
	CLEANUP(sheet_close) struct sheet *sheet = NULL;
	struct template_ask q = ask_of(r);
	struct side s = { 0 };

	TRY(side_by_side(r, &q, &s));
	TRY(temp_name(&t, r->a));
	TRY(sheet_open(&sheet, r->a, &(struct sheet_file){ .kind = SHEET_CSV, .path = t.path,
	    .title = text(r->lang, TEXT_compare_title), .made = r->now,
	    .zone = r->city.zone }));
	table(r, &q, &s, sheet);
	TRY(sheet_done(sheet));
	r->bytes_type = "text/csv; charset=utf-8";
	r->bytes_name = S("banding-kota.csv");
	return temp_read(&t, r->a, CSV_MAX, &r->bytes);
}
