/* pdf.c: pages, tables over pages, pictures, the same bytes again; what
 * the text says is read back by tests/app/paper_test.py. */
#include "core/pdf.h"
#include "tap.h"
#include <string.h>

/* fontconfig keeps pointers as offsets, which LeakSanitizer cannot follow:
 * what a thread has listed once looks lost.  It does not grow. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
	return "leak:libfontconfig\n";
}

static struct arena *a;

static const struct pdf_pen pen = { PDF_SANS, 10, false, PDF_INK, PDF_LEFT };

static struct pdf_paper a4(void)
{
	return (struct pdf_paper){ PDF_A4_W, PDF_A4_H, false, S("Uji"), S("Kota Uji"),
		.made = INT64_C(1635700000000000) };
}

static int pages(str pdf)
{
	int n = 0;

	for (size_t at; (at = str_find(pdf, S("/Type /Page "))) != SIZE_MAX; n++)
		pdf = str_sub(pdf, at + 1, pdf.n);
	return n;
}

static int dressed;
static void dress(struct pdf_flow *f)
{
	dressed++;
	pdf_text(f->pdf, 10, PDF_A4_H - 10, 100, &pen, S("kaki"));
}

/* 200 rows of a table, with what stands before and behind it. */
static err long_table(struct buf *out, int *heads)
{
	static const struct pdf_column col[] = {
		{ S_INIT("nama"), 100, PDF_LEFT }, { S_INIT("jumlah"), 60, PDF_RIGHT } };
	CLEANUP(pdf_close) struct pdf *d = NULL;
	struct pdf_paper p = a4();

	TRY(pdf_open(&d, a, &p, pdf_sink_buf(out)));
	struct pdf_flow f = { .pdf = d, .left = 20, .right = 190, .top = 20, .bottom = 270,
	    .dress = dress };
	dressed = 0;
	pdf_flow_begin(&f);
	pdf_flow_text(&f, &pen, S("Sebelum tabel"));
	pdf_table_begin(&f, col, countof(col));
	for (int i = 0; i < 200; i++) {
		double y = f.y;
		pdf_table_row(&f, (str[]){ S("baris"), S("Rp 1.000") }, false);
		*heads += f.y < y;	/* came to a new page		*/
		if (f.y > f.bottom)
			return ERR(a, ERR_INTERNAL, "paper-failed");
	}
	pdf_table_end(&f);
	pdf_flow_text(&f, &pen, S("Sesudah tabel"));
	return pdf_done(d);
}

static void test_flow(void)
{
	struct buf one = BUF(a, 1 << 20), two = BUF(a, 1 << 20);
	int turned = 0;

	ok(!long_table(&one, &turned), "a table of 200 rows never stands over the lower edge");
	ok(turned >= 3 && pages(buf_done(&one)) == turned + 1 && dressed == turned + 1,
	    "it goes over %d pages, each with its foot", turned + 1);
	ok(!long_table(&two, &turned) && str_eq(buf_done(&one), buf_done(&two)),
	    "drawn again: the same bytes");
}

static bool never(void *ctx, str bytes)
{
	(void)ctx;
	(void)bytes;
	return false;
}

static void test_sink(void)
{
	CLEANUP(pdf_close) struct pdf *d = NULL;
	struct pdf_paper p = a4();
	struct buf small = BUF(a, 100);

	ok(!pdf_open(&d, a, &p, (struct pdf_sink){ never, NULL }), "a sink that takes nothing");
	pdf_text(d, 10, 10, 100, &pen, S("sia-sia"));
	err e = pdf_done(d);
	ok(e && !strcmp(e->rule, "paper-failed"), "is told when the document ends");
	pdf_close(&d);
	ok(!pdf_open(&d, a, &p, pdf_sink_buf(&small)) && pdf_done(d),
	    "nor does a torn document pass for a whole one");
}

static void test_picture(void)
{
	CLEANUP(pdf_close) struct pdf *d = NULL;
	struct pdf_paper p = { 300, 200, true, S("Uji"), S("Kota Uji"), .made = 0 };
	struct buf out = BUF(a, 1 << 20);

	ok(!pdf_open(&d, a, &p, pdf_sink_buf(&out)), "a picture");
	pdf_box(d, 0, 0, 300, 200, 0, PDF_PAPER);
	pdf_strip(d, 0, 0, 300, 20);
	ok(!pdf_qr(d, 0, 0, 10, S("")) && pdf_qr(d, 20, 40, 100, S("https://laris.example/")),
	    "no code of nothing");
	ok(!pdf_done(d) && str_starts(buf_done(&out), S("\x89PNG")), "is a PNG");
}

static void test_fit(void)
{
	CLEANUP(pdf_close) struct pdf *d = NULL;
	struct pdf_paper p = a4();
	struct buf out = BUF(a, 1 << 20);
	const str name = S("Paguyuban Pengusaha Batik Tulis Kampung Laweyan Surakarta Makmur");

	ok(!pdf_open(&d, a, &p, pdf_sink_buf(&out)), "a long name");
	struct pdf_pen big = { PDF_SERIF, 40, true, PDF_SOGA, PDF_CENTRE };
	ok(pdf_height(d, 60, &big, name) > 20, "does not fit as large as it should be");
	ok(pdf_fit(d, 10, 10, 60, 20, big, name) <= 20, "so its letters are made smaller");
	ok(pdf_fit(d, 10, 40, 30, 20, big, S("Kesejahteraannyalah")) <= 20, "a long word too");
	ok(pdf_height(d, 60, &pen, S("")) > 0 && !pdf_done(d), "nothing is a line, too");
}

int main(void)
{
	a = arena_new();
	ok(!pdf_fonts(a), "the typeface is installed");
	test_flow();
	test_sink();
	test_picture();
	test_fit();
	arena_free(&a);
	return done();
}
