/*
 * paper_poster.c - a poster for the wall (A4), the same for the table (A6),
 * and a sign for the stall (A4 on its side).
 */
#include "html/text.h"
#include "mod/festival/paper.h"

struct poster {
	const struct paper *p;
	const struct paper_shop *shop;
	struct pdf *pdf;
	struct arena *a;
	double k;		/* of A4: 1, or 0.5 on A6		*/
};

static str words(const struct poster *o, enum text_id id)
{
	return text(o->p->lang, id);
}

/* The sale's own sentence, else the program's. */
static str sentence(const struct poster *o, enum poster_text t, enum text_id usual)
{
	return o->p->say[t].n ? o->p->say[t] : words(o, usual);
}

/* A line of text in a box of the A4 design. */
static void say(const struct poster *o, double x, double y, double w, double h,
    struct pdf_pen pen, str s)
{
	pen.size *= o->k;
	pdf_fit(o->pdf, x * o->k, y * o->k, w * o->k, h * o->k, pen, s);
}

static str days(const struct poster *o)
{
	struct buf b = BUF(o->a, 100);

	time_put_day(&b, o->p->f->first_day, o->p->lang);
	buf_str(&b, S(" – "));
	time_put_day(&b, o->p->f->last_day, o->p->lang);
	return buf_done(&b);
}

static str unit(const struct poster *o)
{
	struct buf b = BUF(o->a, 60);

	rupiah_put(&b, o->p->f->rules.unit);
	return buf_done(&b);
}

static str code(const struct poster *o)
{
	return arena_printf(o->a, "%lld", (long long)o->shop->code);
}

/* The coupon itself, torn edge and all: understood without reading. */
static void coupon(const struct poster *o, double x, double y, double w, double h)
{
	static const struct pdf_pen small = { PDF_SANS, 15, false, PDF_QUIET, PDF_CENTRE };
	static const struct pdf_pen big = { PDF_SANS, 34, true, PDF_INK, PDF_CENTRE };
	static const struct pdf_pen one = { PDF_SERIF, 60, true, PDF_SOGA, PDF_CENTRE };
	double k = o->k, tear = w * 0.66;

	pdf_box(o->pdf, x * k, y * k, w * k, h * k, 4 * k, PDF_WHITE);
	pdf_frame(o->pdf, x * k, y * k, w * k, h * k, 4 * k, 1.1 * k, PDF_KUNYIT);
	for (int side = 0; side < 2; side++) {
		double at = (x + side * w) * k, mid = (y + h / 2) * k;
		pdf_box(o->pdf, at - 5 * k, mid - 5 * k, 10 * k, 10 * k, 5 * k, PDF_PAPER);
		pdf_ring(o->pdf, at, mid, 5 * k, 1.1 * k, PDF_KUNYIT);
		pdf_box(o->pdf, at + (side ? 0.7 : -7) * k, mid - 7 * k, 6.3 * k, 14 * k, 0,
		    PDF_PAPER);
	}
	for (double d = y + 4; d < y + h - 4; d += 4)
		pdf_line(o->pdf, (x + tear) * k, d * k, (x + tear) * k, (d + 2) * k, 0.6 * k,
		    PDF_KUNYIT);
	say(o, x + 10, y + 5, tear - 14, 8, small, words(o, TEXT_poster_every));
	say(o, x + 10, y + 13, tear - 14, h - 18, big, unit(o));
	say(o, x + tear + 2, y + 2, w - tear - 9, h - 16, one, S("1"));
	say(o, x + tear + 2, y + h - 15, w - tear - 9, 9, small, words(o, TEXT_poster_coupon));
}

/* On white, with the light border a reader needs. */
static err code_box(const struct poster *o, double x, double y, double side)
{
	double k = o->k, pad = side / 9;
	str url = arena_printf(o->a, "%.*s/merchant/%.*s", SV(o->p->url), SV(o->shop->slug));

	pdf_box(o->pdf, (x - pad) * k, (y - pad) * k, (side + 2 * pad) * k, (side + 2 * pad) * k,
	    3 * k, PDF_WHITE);
	pdf_frame(o->pdf, (x - pad) * k, (y - pad) * k, (side + 2 * pad) * k,
	    (side + 2 * pad) * k, 3 * k, 0.4 * k, PDF_LINE);
	if (!pdf_qr(o->pdf, x * k, y * k, side * k, url))
		return ERR(o->a, ERR_INVALID, "base-url-form", .arg = { o->p->url });
	return NULL;
}

static void ground(const struct poster *o, double w, double h)
{
	double k = o->k;

	pdf_box(o->pdf, 0, 0, w * k, h * k, 0, PDF_PAPER);
	pdf_strip(o->pdf, 0, 0, w * k, 14 * k);
	pdf_strip(o->pdf, 0, (h - 14) * k, w * k, 14 * k);
}

static err poster(const struct poster *o)
{
	static const struct pdf_pen name = { PDF_SERIF, 46, true, PDF_SOGA, PDF_CENTRE };
	static const struct pdf_pen when = { PDF_SANS, 17, false, PDF_INK, PDF_CENTRE };
	static const struct pdf_pen call = { PDF_SANS, 25, true, PDF_NILA, PDF_CENTRE };
	static const struct pdf_pen shop = { PDF_SERIF, 30, true, PDF_NILA, PDF_CENTRE };
	static const struct pdf_pen body = { PDF_SANS, 14, false, PDF_INK, PDF_CENTRE };
	static const struct pdf_pen quiet = { PDF_SANS, 11.5, false, PDF_QUIET, PDF_CENTRE };

	ground(o, PDF_A4_W, PDF_A4_H);
	say(o, 15, 19, 180, 25, name, o->p->f->name);
	say(o, 15, 44, 180, 9, when, days(o));
	say(o, 15, 56, 180, 13, call, sentence(o, POSTER_CALL, TEXT_poster_call));
	coupon(o, 25, 73, 160, 42);
	pdf_emblem(o->pdf, 18 * o->k, 146 * o->k, 38 * o->k, 38 * o->k);
	TRY(code_box(o, 68, 128, 74));
	say(o, 15, 212, 180, 9, body, sentence(o, POSTER_SCAN, TEXT_poster_scan));
	pdf_line(o->pdf, 60 * o->k, 224 * o->k, 150 * o->k, 224 * o->k, 0.5 * o->k, PDF_LINE);
	say(o, 15, 227, 180, 19, shop, o->shop->name);
	say(o, 15, 246, 180, 9, body, o->shop->place);
	say(o, 15, 255, 180, 7, quiet, text_fill(o->a, o->p->lang, TEXT_poster_code,
	    (str[]){ code(o) }, 1));
	say(o, 15, 265, 180, 13, quiet, words(o, TEXT_poster_free));
	return NULL;
}

/* What an officer looks for from the aisle: the name, and the code for notes. */
static err sign(const struct poster *o)
{
	static const struct pdf_pen part = { PDF_SANS, 22, true, PDF_NILA, PDF_LEFT };
	static const struct pdf_pen sale = { PDF_SERIF, 30, true, PDF_SOGA, PDF_LEFT };
	static const struct pdf_pen shop = { PDF_SERIF, 58, true, PDF_INK, PDF_LEFT };
	static const struct pdf_pen place = { PDF_SANS, 22, false, PDF_INK, PDF_LEFT };
	static const struct pdf_pen label = { PDF_SANS, 15, false, PDF_QUIET, PDF_LEFT };
	static const struct pdf_pen number = { PDF_SANS, 62, true, PDF_NILA, PDF_LEFT };
	static const struct pdf_pen scan = { PDF_SANS, 14, false, PDF_INK, PDF_CENTRE };
	static const struct pdf_pen note = { PDF_SANS, 15, false, PDF_INK, PDF_LEFT };

	ground(o, PDF_A4_H, PDF_A4_W);
	say(o, 18, 20, 165, 10, part, sentence(o, POSTER_PART, TEXT_poster_part));
	say(o, 18, 30, 165, 16, sale, o->p->f->name);
	say(o, 18, 50, 165, 52, shop, o->shop->name);
	say(o, 18, 104, 165, 12, place, o->shop->place);
	pdf_line(o->pdf, 18, 122, 183, 122, 0.5, PDF_LINE);
	say(o, 18, 126, 165, 8, label, words(o, TEXT_poster_write));
	say(o, 18, 134, 165, 26, number, code(o));
	say(o, 18, 166, 260, 20, note, text_fill(o->a, o->p->lang, TEXT_poster_rule,
	    (str[]){ unit(o) }, 1));
	pdf_emblem(o->pdf, 229, 19, 18, 18);
	TRY(code_box(o, 203, 46, 70));
	say(o, 193, 128, 90, 16, scan, sentence(o, POSTER_SCAN, TEXT_poster_scan));
	return NULL;
}

static const struct { const char *file; double w, h, k; err (*draw)(const struct poster *); }
kinds[PAPER_KINDS] = {
	[PAPER_POSTER] = { "poster-a4.pdf", PDF_A4_W, PDF_A4_H, 1, poster },
	[PAPER_TABLE] = { "poster-a6.pdf", PDF_A6_W, PDF_A6_H, 0.5, poster },
	[PAPER_SIGN] = { "sign.pdf", PDF_A4_H, PDF_A4_W, 1, sign },
};

const char *paper_file(enum paper_kind kind)
{
	return kinds[kind].file;
}

bool paper_kind_of(str file, enum paper_kind *kind)
{
	for (int i = 0; i < PAPER_KINDS; i++)
		if (str_eq(file, str_of(kinds[i].file))) {
			*kind = (enum paper_kind)i;
			return true;
		}
	return false;
}

err paper_poster(struct arena *a, const struct paper *p, const struct paper_shop *shop,
    enum paper_kind kind, struct pdf_sink sink)
{
	CLEANUP(pdf_close) struct pdf *pdf = NULL;
	struct pdf_paper size = { kinds[kind].w, kinds[kind].h, false,
		arena_printf(a, "%.*s - %.*s", SV(p->f->name), SV(shop->name)), p->city->name,
		.made = p->f->created, .dress = p->dress };

	TRY(pdf_open(&pdf, a, &size, sink));
	TRY(kinds[kind].draw(&(struct poster){ p, shop, pdf, a, kinds[kind].k }));
	return pdf_done(pdf);
}
