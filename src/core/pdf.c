/* pdf.c - draws with Cairo, sets text with Pango. */
#include "core/pdf.h"
#include "core/picture.h"
#include "core/qr.h"

#include <cairo-pdf.h>
#include <cairo.h>
#include <math.h>
#include <pango/pangocairo.h>
#include <string.h>

#define POINTS_A_MM	(72 / 25.4)
#define PI		3.14159265358979323846

struct pdf {
	unsigned magic;
	struct arena *a, *scratch;	/* scratch: of one QR		*/
	struct pdf_sink sink;
	bool png, torn;			/* torn: the sink could not write	*/
	double unit;			/* of cairo in one of ours		*/
	cairo_surface_t *surface;
	cairo_t *cr;
	PangoLayout *layout;
	PangoFontDescription *font[PDF_FACES][2];
	struct { cairo_surface_t *surface; double w, h; } strip;	/* the last one drawn */
	struct pdf_dress dress;
	cairo_surface_t *emblem;	/* read when first drawn	*/
};
#define PDF_MAGIC	0x9df00u

static const char *const families[PDF_FACES] = { "Noto Sans", "Noto Serif" };

static cairo_status_t put(void *ctx, const unsigned char *p, unsigned n)
{
	struct pdf *d = ctx;

	CHECK(d->magic == PDF_MAGIC);
	if (!d->torn && !d->sink.put(d->sink.ctx, (str){ (const char *)p, n }))
		d->torn = true;
	return d->torn ? CAIRO_STATUS_WRITE_ERROR : CAIRO_STATUS_SUCCESS;
}

static bool put_buf(void *ctx, str bytes)
{
	struct buf *b = ctx;

	buf_str(b, bytes);
	return !b->full;
}

struct pdf_sink pdf_sink_buf(struct buf *b)
{
	return (struct pdf_sink){ put_buf, b };
}

/* ---- a document ----------------------------------------------------------- */

err pdf_fonts(struct arena *a)
{
	/* Each thread has its own: it lists what is installed once. */
	PangoFontMap *map = pango_cairo_font_map_get_default();

	for (int i = 0; i < PDF_FACES; i++)
		if (!pango_font_map_get_family(map, families[i]))
			return ERR(a, ERR_INTERNAL, "font-missing", .arg = { str_of(families[i]) });
	return NULL;
}

static void fonts(struct pdf *d)
{
	for (int face = 0; face < PDF_FACES; face++)
		for (int bold = 0; bold < 2; bold++) {
			PangoFontDescription *f = pango_font_description_new();
			pango_font_description_set_family_static(f, families[face]);
			pango_font_description_set_weight(f,
			    bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
			d->font[face][bold] = f;
		}
}

/* Letters as designed, whatever the machine's screen wants. */
static void plain_letters(struct pdf *d)
{
	cairo_font_options_t *o = cairo_font_options_create();

	cairo_font_options_set_hint_style(o, CAIRO_HINT_STYLE_NONE);
	cairo_font_options_set_hint_metrics(o, CAIRO_HINT_METRICS_OFF);
	cairo_font_options_set_antialias(o, CAIRO_ANTIALIAS_GRAY);
	cairo_set_antialias(d->cr, CAIRO_ANTIALIAS_GOOD);
	PangoContext *c = pango_layout_get_context(d->layout);
	pango_cairo_context_set_font_options(c, o);
	pango_cairo_context_set_resolution(c, 72);
	pango_context_set_round_glyph_positions(c, FALSE);
	pango_layout_context_changed(d->layout);
	cairo_font_options_destroy(o);
}

static void about(struct pdf *d, const struct pdf_paper *p)
{
	struct buf made = BUF(d->a, 60);

	time_put_rfc3339(&made, p->made - p->made % SECOND, ZONE_WIB);
	cairo_pdf_surface_set_metadata(d->surface, CAIRO_PDF_METADATA_TITLE,
	    arena_cstr(d->a, p->title));
	cairo_pdf_surface_set_metadata(d->surface, CAIRO_PDF_METADATA_AUTHOR,
	    arena_cstr(d->a, p->author));
	cairo_pdf_surface_set_metadata(d->surface, CAIRO_PDF_METADATA_CREATOR, "Laris");
	cairo_pdf_surface_set_metadata(d->surface, CAIRO_PDF_METADATA_CREATE_DATE,
	    arena_cstr(d->a, buf_done(&made)));
}

err pdf_open(struct pdf **out, struct arena *a, const struct pdf_paper *p, struct pdf_sink sink)
{
	struct pdf *d = NEW(a, struct pdf);

	TRY(pdf_fonts(a));
	*d = (struct pdf){ .magic = PDF_MAGIC, .a = a, .scratch = arena_new(), .sink = sink,
	    .dress = p->dress, .png = p->png, .unit = p->png ? 1 : POINTS_A_MM };
	if (p->png)
		d->surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)p->w, (int)p->h);
	else {
		d->surface = cairo_pdf_surface_create_for_stream(put, d, p->w * POINTS_A_MM,
		    p->h * POINTS_A_MM);
		about(d, p);
	}
	d->cr = cairo_create(d->surface);
	cairo_scale(d->cr, d->unit, d->unit);
	d->layout = pango_cairo_create_layout(d->cr);
	pango_layout_set_wrap(d->layout, PANGO_WRAP_WORD_CHAR);
	fonts(d);
	plain_letters(d);
	*out = d;
	return NULL;
}

err pdf_done(struct pdf *d)
{
	cairo_status_t s = cairo_status(d->cr);

	if (!s && d->png)
		s = cairo_surface_write_to_png_stream(d->surface, put, d);
	cairo_surface_finish(d->surface);
	if (!s)
		s = cairo_surface_status(d->surface);
	if (s || d->torn)
		return ERR(d->a, ERR_INTERNAL, "paper-failed",
		    .log = str_of(d->torn ? "the sink is full" : cairo_status_to_string(s)));
	return NULL;
}

void pdf_close(struct pdf **pp)
{
	struct pdf *d = *pp;

	if (!d)
		return;
	for (int i = 0; i < PDF_FACES; i++)
		for (int bold = 0; bold < 2; bold++)
			pango_font_description_free(d->font[i][bold]);
	g_object_unref(d->layout);
	cairo_surface_destroy(d->strip.surface);
	cairo_surface_destroy(d->emblem);
	cairo_destroy(d->cr);
	cairo_surface_destroy(d->surface);
	arena_free(&d->scratch);
	*pp = NULL;
}

void pdf_page(struct pdf *d)
{
	CHECK(!d->png);
	cairo_show_page(d->cr);
}

/* ---- drawing ---------------------------------------------------------------- */

static void ink(cairo_t *cr, unsigned rgb)
{
	cairo_set_source_rgb(cr, (rgb >> 16 & 0xff) / 255.0, (rgb >> 8 & 0xff) / 255.0,
	    (rgb & 0xff) / 255.0);
}

/* Pango sets in points (pixels), so the page is turned into those meanwhile. */
static double set_text(struct pdf *d, double w, const struct pdf_pen *pen, str s)
{
	static const PangoAlignment align[] = { PANGO_ALIGN_LEFT, PANGO_ALIGN_CENTER,
	    PANGO_ALIGN_RIGHT };
	PangoFontDescription *font = d->font[pen->face][pen->bold];
	PangoRectangle r;

	pango_font_description_set_absolute_size(font, pen->size * PANGO_SCALE);
	pango_layout_set_font_description(d->layout, font);
	pango_layout_set_width(d->layout, (int)(w * d->unit * PANGO_SCALE));
	pango_layout_set_alignment(d->layout, align[pen->align]);
	pango_layout_set_text(d->layout, s.p ? s.p : "", (int)s.n);
	pango_layout_get_extents(d->layout, NULL, &r);
	return r.height / (double)PANGO_SCALE / d->unit;
}

double pdf_height(struct pdf *d, double w, const struct pdf_pen *pen, str s)
{
	return set_text(d, w, pen, s);
}

double pdf_text(struct pdf *d, double x, double y, double w, const struct pdf_pen *pen, str s)
{
	double h = set_text(d, w, pen, s);

	cairo_save(d->cr);
	cairo_translate(d->cr, x, y);
	cairo_scale(d->cr, 1 / d->unit, 1 / d->unit);
	ink(d->cr, pen->ink);
	pango_cairo_show_layout(d->cr, d->layout);
	cairo_restore(d->cr);
	return h;
}

/* Does the longest word fit its line? */
static bool broken(struct pdf *d)
{
	const char *text = pango_layout_get_text(d->layout);

	for (int i = 1; i < pango_layout_get_line_count(d->layout); i++) {
		int at = pango_layout_line_get_start_index(
		    pango_layout_get_line_readonly(d->layout, i));
		if (at > 0 && text[at - 1] != ' ' && text[at - 1] != '\n' && text[at - 1] != '-')
			return true;
	}
	return false;
}

double pdf_fit(struct pdf *d, double x, double y, double w, double h, struct pdf_pen pen, str s)
{
	double high = set_text(d, w, &pen, s);

	while ((high > h || broken(d)) && pen.size > 4) {
		pen.size *= 0.94;
		high = set_text(d, w, &pen, s);
	}
	return pdf_text(d, x, high < h ? y + (h - high) / 2 : y, w, &pen, s);
}

static void path(cairo_t *cr, double x, double y, double w, double h, double r)
{
	cairo_new_sub_path(cr);
	if (r <= 0) {
		cairo_rectangle(cr, x, y, w, h);
		return;
	}
	cairo_arc(cr, x + w - r, y + r, r, -PI / 2, 0);
	cairo_arc(cr, x + w - r, y + h - r, r, 0, PI / 2);
	cairo_arc(cr, x + r, y + h - r, r, PI / 2, PI);
	cairo_arc(cr, x + r, y + r, r, PI, 3 * PI / 2);
	cairo_close_path(cr);
}

void pdf_box(struct pdf *d, double x, double y, double w, double h, double round, unsigned rgb)
{
	ink(d->cr, rgb);
	path(d->cr, x, y, w, h, round);
	cairo_fill(d->cr);
}

void pdf_frame(struct pdf *d, double x, double y, double w, double h, double round, double line,
    unsigned rgb)
{
	ink(d->cr, rgb);
	cairo_set_line_width(d->cr, line);
	path(d->cr, x, y, w, h, round);
	cairo_stroke(d->cr);
}

void pdf_line(struct pdf *d, double x, double y, double to_x, double to_y, double line,
    unsigned rgb)
{
	ink(d->cr, rgb);
	cairo_set_line_width(d->cr, line);
	cairo_move_to(d->cr, x, y);
	cairo_line_to(d->cr, to_x, to_y);
	cairo_stroke(d->cr);
}

void pdf_ring(struct pdf *d, double x, double y, double r, double line, unsigned rgb)
{
	ink(d->cr, rgb);
	cairo_set_line_width(d->cr, line);
	cairo_new_sub_path(d->cr);
	cairo_arc(d->cr, x, y, r, 0, 2 * PI);
	cairo_stroke(d->cr);
}

/* Runs of a row as one bar each; a shade higher, so that no seam shows. */
static void qr_row(cairo_t *cr, const unsigned char *row, int side, int y, bool more)
{
	for (int x = 0; x < side; x++) {
		int from = x;
		while (x < side && row[x])
			x++;
		if (x > from)
			cairo_rectangle(cr, from, y, x - from, more ? 1.02 : 1);
	}
}

bool pdf_qr(struct pdf *d, double x, double y, double side, str text)
{
	struct qr_code code;

	arena_reset(d->scratch);	/* a print run is 100,000 of them */
	if (!qr_make(d->scratch, text, &code))
		return false;
	double module = side / code.side;
	cairo_save(d->cr);
	cairo_translate(d->cr, x, y);
	cairo_scale(d->cr, module, module);
	ink(d->cr, 0);
	for (int i = 0; i < code.side; i++)
		qr_row(d->cr, code.dark + (size_t)i * (size_t)code.side, code.side, i,
		    i + 1 < code.side);
	cairo_fill(d->cr);
	cairo_restore(d->cr);
	return true;
}

/* web/kawung.svg, 24 by 24: four grains around a seed, a dot on each side. */
static void kawung(cairo_t *cr)
{
	static const double dot[][3] = { { 12, 12, .9 }, { 12, 1.7, 1 }, { 12, 22.3, 1 },
	    { 1.7, 12, 1 }, { 22.3, 12, 1 } };

	for (int i = 0; i < 4; i++) {
		cairo_save(cr);
		cairo_translate(cr, 12, 12);
		cairo_rotate(cr, i * PI / 2);
		cairo_translate(cr, -12, -12);
		cairo_new_sub_path(cr);
		cairo_arc(cr, 1.3, 11, 9.7, -PI / 2, 0);
		cairo_arc(cr, 11, 1.3, 9.7, PI / 2, PI);
		cairo_close_path(cr);
		cairo_move_to(cr, 4.7, 4.2);
		cairo_line_to(cr, 8.1, 7.6);
		cairo_line_to(cr, 7.6, 8.1);
		cairo_line_to(cr, 4.2, 4.7);
		cairo_close_path(cr);
		cairo_restore(cr);
	}
	for (size_t i = 0; i < countof(dot); i++) {
		cairo_new_sub_path(cr);
		cairo_arc(cr, dot[i][0], dot[i][1], dot[i][2], 0, 2 * PI);
	}
}

/* Whole tiles, as many as fit, in the middle; drawn once and used again. */
static cairo_surface_t *strip_make(struct pdf *d, double w, double h)
{
	cairo_rectangle_t all = { 0, 0, w, h };
	cairo_surface_t *s = cairo_recording_surface_create(CAIRO_CONTENT_COLOR_ALPHA, &all);
	cairo_t *cr = cairo_create(s);
	int tiles = (int)(w / h + 1e-6);

	ink(cr, d->dress.coloured ? d->dress.brand : PDF_NILA);
	cairo_paint(cr);
	ink(cr, PDF_PAPER);
	cairo_set_fill_rule(cr, CAIRO_FILL_RULE_EVEN_ODD);
	for (int i = 0; i < tiles; i++) {
		cairo_save(cr);
		cairo_translate(cr, (w - tiles * h) / 2 + i * h, 0);
		cairo_scale(cr, h / 24, h / 24);
		kawung(cr);
		cairo_restore(cr);
	}
	cairo_fill(cr);
	cairo_destroy(cr);
	cairo_surface_destroy(d->strip.surface);
	d->strip.surface = s;
	d->strip.w = w;
	d->strip.h = h;
	return s;
}

void pdf_strip(struct pdf *d, double x, double y, double w, double h)
{
	cairo_surface_t *s = d->strip.surface;

	if (!s || fabs(d->strip.w - w) > 1e-9 || fabs(d->strip.h - h) > 1e-9)
		s = strip_make(d, w, h);
	cairo_save(d->cr);
	cairo_set_source_surface(d->cr, s, x, y);
	cairo_rectangle(d->cr, x, y, w, h);
	cairo_fill(d->cr);
	cairo_restore(d->cr);
}

double pdf_emblem(struct pdf *d, double x, double y, double w, double h)
{
	if (!d->dress.emblem.n)
		return 0;
	if (!d->emblem)
		d->emblem = picture_pixels(d->dress.emblem);
	double wide = cairo_image_surface_get_width(d->emblem);
	double high = cairo_image_surface_get_height(d->emblem);
	if (wide < 1 || high < 1)
		return 0;
	double k = fmin(w / wide, h / high);
	cairo_save(d->cr);
	cairo_translate(d->cr, x + (w - wide * k) / 2, y + (h - high * k) / 2);
	cairo_scale(d->cr, k, k);
	cairo_set_source_surface(d->cr, d->emblem, 0, 0);
	cairo_paint(d->cr);
	cairo_restore(d->cr);
	return wide * k;
}

/* ---- text that runs over pages ----------------------------------------------- */

#define CELL_PAD	1.2

static const struct pdf_pen head_pen = { PDF_SANS, 8.5, true, PDF_SOGA, PDF_LEFT };
static const struct pdf_pen cell_pen = { PDF_SANS, 9, false, PDF_INK, PDF_LEFT };

void pdf_flow_begin(struct pdf_flow *f)
{
	f->page = 1;
	f->y = f->top;
	if (f->dress)
		f->dress(f);
}

static double row_high(struct pdf_flow *f, const struct pdf_pen *pen, const str *cells)
{
	double most = 0;

	for (size_t i = 0; i < f->n_col; i++) {
		double h = pdf_height(f->pdf, f->col[i].w - 2 * CELL_PAD, pen, cells[i]);
		most = h > most ? h : most;
	}
	return most + CELL_PAD;
}

static void row_put(struct pdf_flow *f, struct pdf_pen pen, const str *cells, double h)
{
	double x = f->left;

	for (size_t i = 0; i < f->n_col; x += f->col[i++].w) {
		pen.align = f->col[i].align;
		pdf_text(f->pdf, x + CELL_PAD, f->y + CELL_PAD / 2, f->col[i].w - 2 * CELL_PAD,
		    &pen, cells[i]);
	}
	f->y += h;
}

static void table_head(struct pdf_flow *f)
{
	str *heads = NEWN(f->pdf->a, str, f->n_col);

	for (size_t i = 0; i < f->n_col; i++)
		heads[i] = f->col[i].head;
	row_put(f, head_pen, heads, row_high(f, &head_pen, heads));
	pdf_line(f->pdf, f->left, f->y, f->right, f->y, 0.4, PDF_SOGA);
	f->y += 0.4;
}

void pdf_flow_need(struct pdf_flow *f, double h)
{
	if (f->y + h <= f->bottom || f->y <= f->top)
		return;
	pdf_page(f->pdf);
	f->page++;
	f->y = f->top;
	if (f->dress)
		f->dress(f);
	if (f->n_col)
		table_head(f);
}

void pdf_flow_text(struct pdf_flow *f, const struct pdf_pen *pen, str s)
{
	double w = f->right - f->left;

	pdf_flow_need(f, pdf_height(f->pdf, w, pen, s));
	f->y += pdf_text(f->pdf, f->left, f->y, w, pen, s);
}

void pdf_flow_gap(struct pdf_flow *f, double h)
{
	f->y += h;
}

void pdf_flow_emblem(struct pdf_flow *f, double h)
{
	if (!f->pdf->dress.emblem.n)
		return;
	pdf_flow_need(f, h);
	pdf_emblem(f->pdf, f->left, f->y, f->right - f->left, h);
	f->y += h + 2;
}

void pdf_table_begin(struct pdf_flow *f, const struct pdf_column *col, size_t n)
{
	pdf_flow_need(f, 14);		/* its head and a row		*/
	f->col = col;
	f->n_col = n;
	table_head(f);
}

void pdf_table_row(struct pdf_flow *f, const str *cells, bool bold)
{
	struct pdf_pen pen = cell_pen;

	pen.bold = bold;
	double h = row_high(f, &pen, cells);
	pdf_flow_need(f, h);
	row_put(f, pen, cells, h);
	pdf_line(f->pdf, f->left, f->y, f->right, f->y, 0.15, PDF_LINE);
}

void pdf_table_end(struct pdf_flow *f)
{
	f->col = NULL;
	f->n_col = 0;
}
