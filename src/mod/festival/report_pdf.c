/* report_pdf.c - the fact sheet on A4. */
#include "core/pdf.h"
#include "html/text.h"
#include "mod/festival/report.h"

#define LEFT	20.0
#define RIGHT	(PDF_A4_W - 20)
#define WIDE	(RIGHT - LEFT)

static const struct pdf_pen title = { PDF_SERIF, 22, true, PDF_SOGA, PDF_LEFT };
static const struct pdf_pen part_title = { PDF_SERIF, 13, true, PDF_SOGA, PDF_LEFT };
static const struct pdf_pen lead = { PDF_SANS, 11.5, false, PDF_INK, PDF_LEFT };
static const struct pdf_pen body = { PDF_SANS, 9.5, false, PDF_INK, PDF_LEFT };
static const struct pdf_pen quiet = { PDF_SANS, 9, false, PDF_QUIET, PDF_LEFT };
static const struct pdf_pen big = { PDF_SERIF, 27, true, PDF_NILA, PDF_LEFT };
static const struct pdf_pen label = { PDF_SANS, 9.5, false, PDF_QUIET, PDF_LEFT };
static const struct pdf_pen value = { PDF_SANS, 11, true, PDF_INK, PDF_RIGHT };

static void dress(struct pdf_flow *f)
{
	static const struct pdf_pen foot = { PDF_SANS, 7.5, false, PDF_QUIET, PDF_CENTRE };
	const struct report *r = f->ctx;
	CLEANUP(arena_free) struct arena *a = arena_new();
	str args[] = { arena_printf(a, "%.*s · %.*s", SV(r->f.name),
	    SV(festival_report_as_of(a, r))), arena_printf(a, "%d", f->page) };

	pdf_strip(f->pdf, 0, 0, PDF_A4_W, 8);
	pdf_line(f->pdf, LEFT, PDF_A4_H - 14, RIGHT, PDF_A4_H - 14, 0.2, PDF_LINE);
	pdf_text(f->pdf, LEFT, PDF_A4_H - 12.5, WIDE, &foot,
	    text_fill(a, r->lang, TEXT_rep_page, args, countof(args)));
}

static void head(struct pdf_flow *f, struct arena *a, const struct report *r)
{
	pdf_flow_emblem(f, 16);
	pdf_flow_text(f, &title, text(r->lang, TEXT_rep_title));
	pdf_flow_text(f, &lead, r->f.name);
	pdf_flow_text(f, &lead, festival_report_when(a, r));
	pdf_flow_text(f, &quiet, festival_report_as_of(a, r));
	if (r->f.state < FESTIVAL_CLOSED)
		pdf_flow_text(f, &quiet, text(r->lang, TEXT_rep_running));
	pdf_flow_gap(f, 5);
}

static void fact(struct pdf_flow *f, struct arena *a, const struct report *r,
    const struct report_fact *x)
{
	struct buf b = BUF(a, 100);
	double w = WIDE * 0.62;
	double h = pdf_height(f->pdf, w, &label, text(r->lang, x->label)) + 1.6;

	festival_report_put(&b, x);
	pdf_flow_need(f, h);
	pdf_text(f->pdf, LEFT, f->y + 0.8, w, &label, text(r->lang, x->label));
	pdf_text(f->pdf, LEFT + w, f->y + 0.4, WIDE - w, &value, buf_done(&b));
	f->y += h;
	pdf_line(f->pdf, LEFT, f->y, RIGHT, f->y, 0.15, PDF_LINE);
}

static void known(struct pdf_flow *f, struct arena *a, const struct report *r,
    const struct report_facts *facts)
{
	struct buf b = BUF(a, 100);

	festival_report_put(&b, &facts->known[0]);
	pdf_flow_text(f, &quiet, text(r->lang, facts->known[0].label));
	pdf_flow_text(f, &big, buf_done(&b));
	pdf_flow_text(f, &body, festival_report_words(a, r));
	pdf_flow_gap(f, 4);
	for (size_t i = 1; i < facts->n_known; i++)
		fact(f, a, r, &facts->known[i]);
}

static void row(struct pdf_flow *f, struct arena *a, const struct report_row *x, bool people)
{
	struct buf n = BUF(a, 40), rp = BUF(a, 60), who = BUF(a, 60);

	number_put(&n, x->purchases);
	rupiah_put(&rp, x->rupiah);
	number_put(&who, x->reporting);
	buf_str(&who, S(" / "));
	number_put(&who, x->admitted);
	str cells[] = { x->name, buf_done(&n), buf_done(&rp), people ? buf_done(&who) : S("") };
	pdf_table_row(f, cells, false);
}

static void part(struct pdf_flow *f, struct arena *a, const struct report *r, enum slice kind)
{
	const struct report_part *p = &r->part[kind];
	bool people = festival_report_peopled(kind);
	struct pdf_column col[] = {
		{ text(r->lang, TEXT_rep_what), people ? 64 : 92, PDF_LEFT },
		{ text(r->lang, TEXT_totals_purchases), 28, PDF_RIGHT },
		{ text(r->lang, TEXT_totals_rupiah), 50, PDF_RIGHT },
		{ text(r->lang, TEXT_rep_people), 28, PDF_RIGHT },
	};

	if (!p->n)
		return;
	pdf_flow_gap(f, 7);
	pdf_flow_need(f, 26);
	pdf_flow_text(f, &part_title, text(r->lang, festival_report_titles[kind]));
	pdf_table_begin(f, col, people ? 4 : 3);
	for (size_t i = 0; i < p->n; i++)
		row(f, a, &p->v[i], people);
	pdf_table_end(f);
}

static void unknown(struct pdf_flow *f, struct arena *a, const struct report *r,
    const struct report_facts *facts)
{
	pdf_flow_gap(f, 7);
	pdf_flow_need(f, 50);
	pdf_flow_text(f, &part_title, text(r->lang, TEXT_rep_unknown));
	for (size_t i = 0; i < facts->n_unknown; i++)
		fact(f, a, r, &facts->unknown[i]);
	pdf_flow_gap(f, 2);
	pdf_flow_text(f, &quiet, text(r->lang, TEXT_rep_note));
}

err festival_report_pdf(struct arena *a, const struct report *r, struct pdf_sink sink)
{
	CLEANUP(pdf_close) struct pdf *pdf = NULL;
	struct pdf_paper a4 = { PDF_A4_W, PDF_A4_H, false,
		arena_printf(a, "%.*s - %.*s", SV(text(r->lang, TEXT_rep_title)), SV(r->f.name)),
		r->city.name, .made = r->as_of, .dress = r->dress };
	struct report_facts facts;

	TRY(pdf_open(&pdf, a, &a4, sink));
	struct pdf_flow f = { .pdf = pdf, .left = LEFT, .right = RIGHT, .top = 18,
	    .bottom = PDF_A4_H - 18, .dress = dress, .ctx = r };
	festival_report_facts(r, &facts);
	pdf_flow_begin(&f);
	head(&f, a, r);
	known(&f, a, r, &facts);
	unknown(&f, a, r, &facts);
	for (size_t i = 0; i < countof(festival_report_order); i++)
		part(&f, a, r, festival_report_order[i]);
	return pdf_done(pdf);
}
