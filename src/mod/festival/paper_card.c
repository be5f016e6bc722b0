/* paper_card.c - sheets of cards: ten of the size of a bank card on A4. */
#include "festival_read.h"
#include "html/text.h"
#include "mod/festival/paper.h"

#define W	85.6		/* ISO/IEC 7810 ID-1, mm		*/
#define H	54.0
#define COLS	2
#define ROWS	5
#define SHEET	(COLS * ROWS)
#define LEFT	((PDF_A4_W - COLS * W) / 2)
#define TOP	((PDF_A4_H - ROWS * H) / 2)
#define STRIP	6.0
#define QR	27.0

struct run {			/* one print run			*/
	const struct paper *p;
	struct pdf *pdf;
	struct arena *a;	/* of one batch of rows			*/
	int64_t on_sheet, sheet, first, last, drawn;
};

static str grouped(struct arena *a, int64_t number)
{
	return arena_printf(a, "%04lld %04lld %lld", (long long)(number / 100000),
	    (long long)(number / 10 % 10000), (long long)(number % 10));
}

static str days(struct arena *a, const struct paper *p)
{
	struct buf b = BUF(a, 200);

	buf_printf(&b, "%.*s\n", SV(p->city->name));
	time_put_day(&b, p->f->first_day, p->lang);
	buf_str(&b, S(" – "));
	time_put_day(&b, p->f->last_day, p->lang);
	return buf_done(&b);
}

static str say(struct arena *a, const struct paper *p)
{
	struct buf unit = BUF(a, 60);

	rupiah_put(&unit, p->f->rules.unit);
	str args[] = { buf_done(&unit) };
	return text_fill(a, p->lang, TEXT_paper_card_say, args, 1);
}

static void words(struct run *r, double x, double y, int64_t number)
{
	static const struct pdf_pen name = { PDF_SERIF, 12, true, PDF_SOGA, PDF_LEFT };
	static const struct pdf_pen small = { PDF_SANS, 6.2, false, PDF_QUIET, PDF_LEFT };
	static const struct pdf_pen big = { PDF_SANS, 18, true, PDF_INK, PDF_LEFT };
	static const struct pdf_pen body = { PDF_SANS, 7.4, false, PDF_INK, PDF_LEFT };
	double w = W - QR - 14;

	double beside = pdf_emblem(r->pdf, x, y + STRIP + 1.6, 8.4, 8.4) > 0 ? 10 : 0;

	pdf_fit(r->pdf, x + beside, y + STRIP + 1.6, w - beside, 8.4, name, r->p->f->name);
	pdf_fit(r->pdf, x, y + STRIP + 10, w, 6.2, small, days(r->a, r->p));
	pdf_text(r->pdf, x, y + STRIP + 16.6, w, &small, text(r->p->lang, TEXT_paper_card_number));
	pdf_fit(r->pdf, x, y + STRIP + 18.8, w, 7.6, big, grouped(r->a, number));
	pdf_fit(r->pdf, x, y + STRIP + 26.6, w, 6.6, body, say(r->a, r->p));
	pdf_line(r->pdf, x, y + H - 13.6, x + W - 10, y + H - 13.6, 0.2, PDF_LINE);
	pdf_fit(r->pdf, x, y + H - 12.8, W - 10, 9.6, body, text(r->p->lang, TEXT_paper_card_pin));
}

static err card(struct run *r, double x, double y, const struct festival_card_list *c)
{
	static const struct pdf_pen scan = { PDF_SANS, 6.2, false, PDF_QUIET, PDF_CENTRE };
	struct card k = { .number = c->number, .secret = c->secret };
	str url = arena_printf(r->a, "%.*s/card/%09lld?s=%.*s", SV(r->p->url),
	    (long long)c->number, SV(card_secret_text(r->a, &k)));
	double left = x + W - QR - 5;

	pdf_strip(r->pdf, x, y, W, STRIP);
	words(r, x + 5, y, c->number);
	if (!pdf_qr(r->pdf, left, y + STRIP + 3.4, QR, url))
		return ERR(r->a, ERR_INVALID, "base-url-form", .arg = { r->p->url });
	pdf_fit(r->pdf, left - 3, y + STRIP + 3.4 + QR + 0.4, QR + 6, 3, scan,
	    text(r->p->lang, TEXT_paper_card_scan));
	return NULL;
}

/* Hairlines where to cut, and marks in the margin for a guillotine. */
static void marks(struct pdf *d)
{
	for (int i = 0; i <= COLS; i++) {
		double x = LEFT + i * W;
		pdf_line(d, x, TOP, x, TOP + ROWS * H, 0.1, PDF_LINE);
		pdf_line(d, x, TOP - 6, x, TOP - 1.5, 0.25, 0);
		pdf_line(d, x, TOP + ROWS * H + 1.5, x, TOP + ROWS * H + 6, 0.25, 0);
	}
	for (int i = 0; i <= ROWS; i++) {
		double y = TOP + i * H;
		pdf_line(d, LEFT, y, LEFT + COLS * W, y, 0.1, PDF_LINE);
		pdf_line(d, LEFT - 6, y, LEFT - 1.5, y, 0.25, 0);
		pdf_line(d, LEFT + COLS * W + 1.5, y, LEFT + COLS * W + 6, y, 0.25, 0);
	}
}

static void sheet_end(struct run *r)
{
	static const struct pdf_pen foot = { PDF_SANS, 6.5, false, PDF_QUIET, PDF_CENTRE };
	str args[] = { r->p->f->name, arena_printf(r->a, "%lld", (long long)r->sheet + 1),
	    grouped(r->a, r->first), grouped(r->a, r->last) };

	marks(r->pdf);
	pdf_text(r->pdf, LEFT + 6, PDF_A4_H - 7.5, COLS * W - 12, &foot,
	    text_fill(r->a, r->p->lang, TEXT_paper_sheet, args, countof(args)));
	r->sheet++;
	r->on_sheet = 0;
}

static err draw(struct run *r, const struct festival_card_list *c)
{
	double x = LEFT + (double)(r->on_sheet % COLS) * W;
	double y = TOP + (double)(r->on_sheet / COLS) * H;

	if (r->on_sheet == 0) {
		if (r->sheet)
			pdf_page(r->pdf);
		r->first = c->number;
	}
	TRY(card(r, x, y, c));
	r->last = c->number;
	r->drawn++;
	if (++r->on_sheet == SHEET)
		sheet_end(r);
	return NULL;
}

static err batches(struct db *db, struct run *r, int64_t after, int64_t count)
{
	struct festival_card_list *c;
	size_t n = CARDS_A_BATCH;

	while (n == CARDS_A_BATCH && r->drawn < count) {
		arena_reset(r->a);
		TRY(festival_q_card_list(db, r->p->f->city, r->p->f->id, after, CARDS_A_BATCH, &c,
		    &n));
		for (size_t i = 0; i < n && r->drawn < count; i++)
			if (!c[i].digital && !c[i].state)
				TRY(draw(r, &c[i]));
		if (n)
			after = c[n - 1].number;
	}
	if (r->on_sheet)
		sheet_end(r);
	return NULL;
}

err paper_cards(struct db *db, const struct paper *p, int64_t after, int64_t count,
    struct pdf_sink sink, int64_t *drawn)
{
	CLEANUP(pdf_close) struct pdf *pdf = NULL;
	CLEANUP(arena_free) struct arena *batch = arena_new();
	struct arena *a = db_arena(db);
	struct pdf_paper a4 = { PDF_A4_W, PDF_A4_H, false, p->f->name, p->city->name,
		.made = p->f->created, .dress = p->dress };
	struct run r = { .p = p, .a = batch };

	TRY(pdf_open(&pdf, a, &a4, sink));
	r.pdf = pdf;
	db_arena_set(db, batch);
	err e = err_keep(a, batches(db, &r, after, count));
	db_arena_set(db, a);
	*drawn = r.drawn;
	return e ? e : pdf_done(pdf);
}
