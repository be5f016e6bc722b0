/* report_press.c - the main figures as one picture, for press and phones. */
#include "core/pdf.h"
#include "html/text.h"
#include "mod/festival/report.h"

#define SHOWN	3		/* figures in the row below the sum	*/

struct press {
	struct pdf *pdf;
	struct arena *a;
	const struct report *r;
	double w, h, m;		/* m: margin				*/
	bool square;
};

/* Of the facts, by their keys: what a headline needs. */
static const struct report_fact *fact(const struct report_facts *f, const char *key)
{
	for (size_t i = 0; i < f->n_known; i++)
		if (str_eq(str_of(f->known[i].key), str_of(key)))
			return &f->known[i];
	return &f->known[0];
}

static void sum(struct press *p, const struct report_facts *f, double y, double h)
{
	static const struct pdf_pen label = { PDF_SANS, 30, false, PDF_QUIET, PDF_LEFT };
	static const struct pdf_pen figure = { PDF_SERIF, 120, true, PDF_NILA, PDF_LEFT };
	struct pdf_pen words = { PDF_SANS, p->square ? 44 : 30, false, PDF_INK, PDF_LEFT };
	double w = p->w - 2 * p->m;
	struct buf b = BUF(p->a, 100);

	festival_report_put(&b, &f->known[0]);
	pdf_text(p->pdf, p->m, y, w, &label, text(p->r->lang, f->known[0].label));
	pdf_fit(p->pdf, p->m, y + 42, w, h * 0.45, figure, buf_done(&b));
	pdf_fit(p->pdf, p->m, y + 48 + h * 0.45, w, h * 0.55 - 54, words,
	    festival_report_words(p->a, p->r));
}

static void row(struct press *p, const struct report_facts *f, double y)
{
	static const char *const keys[SHOWN] = { "purchases", "merchants_reporting", "coupons" };
	static const struct pdf_pen label = { PDF_SANS, 20, false, PDF_QUIET, PDF_LEFT };
	static const struct pdf_pen figure = { PDF_SERIF, 46, true, PDF_SOGA, PDF_LEFT };
	double gap = 24, w = (p->w - 2 * p->m - gap * (SHOWN - 1)) / SHOWN;

	for (int i = 0; i < SHOWN; i++) {
		const struct report_fact *x = fact(f, keys[i]);
		struct buf b = BUF(p->a, 60);
		double x0 = p->m + i * (w + gap);
		festival_report_put(&b, x);
		pdf_line(p->pdf, x0, y, x0 + w, y, 2, PDF_LINE);
		pdf_fit(p->pdf, x0, y + 8, w, 58, figure, buf_done(&b));
		pdf_text(p->pdf, x0, y + 66, w, &label, text(p->r->lang, x->label));
	}
}

static void draw(struct press *p)
{
	static const struct pdf_pen name = { PDF_SERIF, 46, true, PDF_SOGA, PDF_LEFT };
	static const struct pdf_pen when = { PDF_SANS, 25, false, PDF_INK, PDF_LEFT };
	static const struct pdf_pen foot = { PDF_SANS, 21, false, PDF_QUIET, PDF_LEFT };
	double w = p->w - 2 * p->m, beside = 0;
	struct report_facts f;

	festival_report_facts(p->r, &f);
	pdf_box(p->pdf, 0, 0, p->w, p->h, 0, PDF_PAPER);
	pdf_strip(p->pdf, 0, 0, p->w, 40);
	if (pdf_emblem(p->pdf, p->w - p->m - 104, 58, 104, 104) > 0)
		beside = 124;
	pdf_fit(p->pdf, p->m, 58, w - beside, 64, name, p->r->f.name);
	pdf_fit(p->pdf, p->m, 124, w - beside, 38, when, festival_report_when(p->a, p->r));
	if (p->square) {
		sum(p, &f, 260, 480);
		row(p, &f, p->h - 250);
	} else {
		sum(p, &f, 184, 250);
		row(p, &f, p->h - 186);
	}
	pdf_fit(p->pdf, p->m, p->h - 58, w, 34, foot, festival_report_as_of(p->a, p->r));
}

err festival_report_press(struct arena *a, const struct report *r, bool square,
    struct pdf_sink sink)
{
	CLEANUP(pdf_close) struct pdf *pdf = NULL;
	struct pdf_paper size = { square ? 1080 : 1200, square ? 1080 : 630, true,
		r->f.name, r->city.name, .made = r->as_of, .dress = r->dress };

	TRY(pdf_open(&pdf, a, &size, sink));
	draw(&(struct press){ pdf, a, r, size.w, size.h, 56, square });
	return pdf_done(pdf);
}
