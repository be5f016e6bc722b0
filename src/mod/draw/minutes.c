#include "mod/draw/minutes.h"
#include "core/look.h"
#include "core/setting.h"
#include "draw_read.h"
#include "html/text.h"
#include "mod/draw/rules.h"

#define LEFT	20.0
#define RIGHT	(PDF_A4_W - 20)
#define WIDE	(RIGHT - LEFT)
#define ROWS	18		/* winners on the paper; all are in winners.tsv */
#define TAX	25		/* percent, PP 132/2000 */

static const struct pdf_pen title = { PDF_SERIF, 19, true, PDF_SOGA, PDF_CENTRE };
static const struct pdf_pen under = { PDF_SANS, 10.5, false, PDF_INK, PDF_CENTRE };
static const struct pdf_pen mark = { PDF_SANS, 13, true, 0xB3261Eu, PDF_CENTRE };
static const struct pdf_pen head = { PDF_SERIF, 11.5, true, PDF_SOGA, PDF_LEFT };
static const struct pdf_pen body = { PDF_SANS, 8.8, false, PDF_INK, PDF_LEFT };
static const struct pdf_pen quiet = { PDF_SANS, 8.4, false, PDF_QUIET, PDF_LEFT };
static const struct pdf_pen strong = { PDF_SANS, 8.8, true, PDF_INK, PDF_LEFT };

struct minutes {
	struct arena *a;
	const struct city *city;
	const struct festival *f;
	const struct draw *d;
	enum text_id title;
	const struct minutes_names *names;
	const struct annulment *annulled;	/* NULL: it was drawn		*/
	str base;			/* address of the city's pages	*/
	struct freeze freeze;
	struct bundle_result r;
	struct after_stand stand;
	struct winner_row_of *w;	size_t n_w;
	struct after_row *after;	size_t n_after;
	struct draw_permit_rows *permit; size_t n_permit;
	struct window window;
	struct sample sample;
	int64_t barred[BARRED_KINDS];
	struct draw_saying_get override;
	bool overridden;
};

#define SAY(id)		text(LANG_ID, (id))
#define SAYF(m, id, ...)						\
	text_fill((m)->a, LANG_ID, (id), (const str[]){ __VA_ARGS__ },	\
	    sizeof((const str[]){ __VA_ARGS__ }) / sizeof(str))

/* ---- figures -------------------------------------------------------------- */

/* Worked out anew; the rows of the winners have to be what follows. */
static err recompute(struct db *db, struct minutes *m)
{
	struct bundle_input in;
	struct pick_list l;
	size_t standing = 0;

	if (m->annulled) {
		TRY(draw_frozen_load(db, m->d, &in));
		return bundle_open(m->a, &in, &m->freeze, &l);
	}
	TRY(draw_input_load(db, m->d, &in));
	TRY(bundle_open(m->a, &in, &m->freeze, &l));
	TRY(bundle_draw(m->a, &in, &l, &m->r));
	TRY(draw_stand(db, m->d, &in, &l, &m->r, &m->stand));
	for (size_t i = 0; i < m->stand.n; i++)
		standing += !m->stand.v[i].gone;
	if (standing != m->n_w)
		return ERR(m->a, ERR_INVALID, "draw-files", .arg = { S("winners.tsv") });
	return NULL;
}

static err barred_load(struct db *db, struct minutes *m)
{
	struct exclusion *x;
	size_t n;

	TRY(draw_exclusions(db, m->d, &x, &n));
	for (size_t i = 0; i < n; i++)
		m->barred[x[i].as < BARRED_KINDS ? x[i].as : BARRED_UNTOLD]++;
	return NULL;
}

static err load(struct db *db, struct minutes *m)
{
	TRY(winner_all(db, m->d, &m->w, &m->n_w));
	TRY(barred_load(db, m));
	TRY(recompute(db, m));
	TRY(draw_afters(db, m->d, &m->after, &m->n_after));
	TRY(draw_q_permit_rows(db, m->d->city, m->d->festival, m->f->first_day, &m->permit,
	    &m->n_permit));
	TRY(window_get(db, m->d, &m->window));
	TRY(sample_get(db, m->d, &m->sample));
	return draw_q_saying_get(db, m->d->city, m->d->id, 1, &m->override, &m->overridden);
}

static str number(struct minutes *m, int64_t n)
{
	struct buf b = BUF(m->a, 40);

	number_put(&b, n);
	return buf_done(&b);
}

static str moment(struct minutes *m, int64_t at)
{
	struct buf b = BUF(m->a, 60);

	if (at)
		time_put_moment(&b, at, m->city->zone, LANG_ID);
	return buf_done(&b);
}

static str fours(struct minutes *m, str hex)
{
	struct buf b = BUF(m->a, 400);

	for (size_t i = 0; i < hex.n; i += 4) {
		if (i)
			buf_char(&b, ' ');
		buf_str(&b, str_sub(hex, i, 4));
	}
	return buf_done(&b);
}

/* ---- drawing ----------------------------------------------------------------- */

static void dress(struct pdf_flow *f)
{
	static const struct pdf_pen foot = { PDF_SANS, 7.5, false, PDF_QUIET, PDF_CENTRE };
	const struct minutes *m = f->ctx;
	CLEANUP(arena_free) struct arena *a = arena_new();

	pdf_strip(f->pdf, 0, 0, PDF_A4_W, 8);
	if (m->d->rehearsal)
		pdf_text(f->pdf, LEFT, 9.5, WIDE, &mark, SAY(TEXT_minutes_rehearsal));
	pdf_text(f->pdf, LEFT, PDF_A4_H - 11, WIDE, &foot, arena_printf(a, "%.*s · %d",
	    SV(m->d->code), f->page));
}

static void fact(struct pdf_flow *f, enum text_id label, str value)
{
	double w = 52, h = pdf_height(f->pdf, WIDE - w, &strong, value.n ? value : S("x"));

	pdf_flow_need(f, h + 1.2);
	pdf_text(f->pdf, LEFT, f->y, w, &body, text(LANG_ID, label));
	if (value.n)
		pdf_text(f->pdf, LEFT + w, f->y, WIDE - w, &strong, value);
	else
		pdf_line(f->pdf, LEFT + w, f->y + h, RIGHT, f->y + h, 0.15, PDF_LINE);
	f->y += h + 1.2;
}

static void part(struct pdf_flow *f, enum text_id id)
{
	pdf_flow_gap(f, 2.2);
	pdf_flow_text(f, &head, text(LANG_ID, id));
	pdf_flow_gap(f, 0.8);
}

static void opening(struct pdf_flow *f, struct minutes *m)
{
	const struct minutes_names *n = m->names;

	pdf_flow_emblem(f, 16);
	pdf_flow_text(f, &title, SAY(m->title));
	pdf_flow_text(f, &under, m->d->name);
	pdf_flow_text(f, &under, arena_printf(m->a, "%.*s, %.*s", SV(m->f->name),
	    SV(m->city->name)));
	pdf_flow_gap(f, 2);
	if (m->annulled)
		fact(f, TEXT_minutes_annulled, moment(m, m->annulled->at));
	else
		fact(f, TEXT_minutes_when, moment(m, m->d->drawn));
	fact(f, TEXT_minutes_place, n->place);
	fact(f, TEXT_minutes_notary, n->deed.n ? arena_printf(m->a, "%.*s, %.*s", SV(n->notary),
	    SV(n->deed)) : n->notary);
	fact(f, TEXT_minutes_social, n->social);
	fact(f, TEXT_minutes_police, n->police);
	fact(f, TEXT_minutes_committee, n->committee);
}

static void permit(struct pdf_flow *f, struct minutes *m)
{
	struct buf b = BUF(m->a, 4000);

	if (!m->n_permit)
		return;
	part(f, TEXT_minutes_permit);
	for (size_t i = 0; i < m->n_permit; i++) {
		const struct draw_permit_rows *p = &m->permit[i];
		if (i)
			buf_str(&b, S(" · "));
		buf_str(&b, p->name);
		buf_str(&b, S(": "));
		if (p->at)
			time_put_day(&b, time_day(p->at, m->city->zone), LANG_ID);
		else
			buf_str(&b, S("-"));
		if (p->remark.n)
			buf_printf(&b, " (%.*s)", SV(p->remark));
	}
	pdf_flow_text(f, &quiet, m->permit[0].law);
	pdf_flow_text(f, &body, buf_done(&b));
}

static void code(struct pdf_flow *f, struct minutes *m, enum text_id label, str hex)
{
	const double side = 26;

	pdf_flow_need(f, side + 3);
	if (!pdf_qr(f->pdf, LEFT + 2, f->y + 1, side - 2, hex))
		panic("64 digits fit a QR code");
	pdf_text(f->pdf, LEFT + side + 6, f->y + 3, WIDE - side - 6, &body, text(LANG_ID, label));
	pdf_text(f->pdf, LEFT + side + 6, f->y + 9, WIDE - side - 6, &strong, fours(m, hex));
	f->y += side + 3;
}

static void frozen(struct pdf_flow *f, struct minutes *m)
{
	str seed = { m->r.seed, sizeof m->r.seed };

	part(f, TEXT_minutes_list);
	fact(f, TEXT_draw_holders, number(m, m->freeze.entries));
	fact(f, TEXT_draw_coupons, number(m, m->freeze.coupons));
	fact(f, TEXT_draw_frozen_at, moment(m, m->d->frozen));
	fact(f, TEXT_draw_round, SAYF(m, TEXT_minutes_round, number(m, m->freeze.round),
	    moment(m, draw_due(m->d)), hash_hex(m->a, &m->freeze.drand)));
	code(f, m, TEXT_draw_root, hash_hex(m->a, &m->freeze.root));
	if (!m->annulled)
		code(f, m, TEXT_draw_seed, seed);
}

static void said(struct pdf_flow *f, struct minutes *m)
{
	part(f, TEXT_minutes_before);
	if (m->window.there)
		pdf_flow_text(f, &body, SAYF(m, TEXT_minutes_window, moment(m, m->window.opened),
		    moment(m, m->window.ends), number(m, m->window.objections),
		    number(m, m->window.answered)));
	else
		pdf_flow_text(f, &body, SAY(TEXT_minutes_no_window));
	if (m->overridden)
		pdf_flow_text(f, &strong, SAYF(m, TEXT_minutes_override, m->override.words));
	pdf_flow_text(f, &body, SAYF(m, TEXT_minutes_barred, number(m, m->barred[BARRED_COMMITTEE]),
	    number(m, m->barred[BARRED_STAFF]), number(m, m->barred[BARRED_HOUSEHOLD])));
	if (m->barred[BARRED_UNTOLD])
		pdf_flow_text(f, &body, SAYF(m, TEXT_minutes_barred_untold,
		    number(m, m->barred[BARRED_UNTOLD])));
	str sample = sample_sentence(m->a, LANG_ID, &m->sample);
	pdf_flow_text(f, &body, sample.n ? sample : SAY(TEXT_minutes_no_sample));
}

static void winners(struct pdf_flow *f, struct minutes *m)
{
	const struct pdf_column col[] = { { SAY(TEXT_draw_prize), 50, PDF_LEFT },
		{ SAY(TEXT_draw_place), 12, PDF_RIGHT }, { SAY(TEXT_draw_card), 26, PDF_LEFT },
		{ SAY(TEXT_draw_coupon), 26, PDF_RIGHT },
		{ SAY(TEXT_minutes_value), 28, PDF_RIGHT },
		{ SAY(TEXT_minutes_tax), 28, PDF_RIGHT } };

	part(f, TEXT_draw_winners);
	pdf_table_begin(f, col, countof(col));
	for (size_t i = 0; i < m->n_w && i < ROWS; i++) {
		const struct winner_row_of *w = &m->w[i];
		str cells[] = { w->title, number(m, w->place), w->masked, number(m, w->coupon),
			w->value ? number(m, w->value) : S("-"),
			w->value ? number(m, w->value * TAX / 100) : S("-") };
		pdf_table_row(f, cells, false);
	}
	pdf_table_end(f);
	if (m->n_w > ROWS)
		pdf_flow_text(f, &quiet, SAYF(m, TEXT_minutes_more,
		    number(m, (int64_t)m->n_w - ROWS)));
	for (size_t i = 0; i < m->r.n_prizes; i++)
		if (m->r.prizes[i].won < m->r.prizes[i].number)
			pdf_flow_text(f, &body, SAYF(m, TEXT_minutes_undrawn, m->r.prizes[i].id,
			    number(m, m->r.prizes[i].number - m->r.prizes[i].won)));
}

static void after(struct pdf_flow *f, struct minutes *m)
{
	size_t struck = 0, redrawn = 0, given = 0;

	for (size_t i = 0; i < m->stand.n_came; i++) {
		struck += m->stand.came[i].said.kind != AFTER_HANDOVER;
		redrawn += m->stand.came[i].won;
		given += m->stand.came[i].said.kind == AFTER_HANDOVER;
	}
	pdf_flow_gap(f, 1);
	pdf_flow_text(f, &body, SAYF(m, TEXT_minutes_after, number(m, (int64_t)struck),
	    number(m, (int64_t)redrawn), number(m, (int64_t)given)));
}

/* Instead of winners. */
static void annulled(struct pdf_flow *f, struct minutes *m)
{
	const struct annulment *x = m->annulled;

	part(f, TEXT_minutes_annulled_why);
	pdf_flow_text(f, &body, SAYF(m, TEXT_minutes_annulled_say, number(m, m->freeze.round),
	    moment(m, draw_due(m->d)), moment(m, x->at)));
	pdf_flow_text(f, &body, SAYF(m, TEXT_minutes_annulled_by, x->notary, x->deed));
	pdf_flow_text(f, &strong, SAY(TEXT_minutes_annulled_none));
}

static void signatures(struct pdf_flow *f)
{
	static const enum text_id who[] = { TEXT_minutes_committee, TEXT_minutes_notary,
		TEXT_minutes_social, TEXT_minutes_police };
	const double w = WIDE / countof(who);

	pdf_flow_need(f, 30);
	for (size_t i = 0; i < countof(who); i++) {
		double x = LEFT + w * (double)i;
		pdf_text(f->pdf, x, f->y + 2, w - 4, &quiet, text(LANG_ID, who[i]));
		pdf_line(f->pdf, x, f->y + 24, x + w - 5, f->y + 24, 0.25, PDF_INK);
	}
	f->y += 28;
}

static void closing(struct pdf_flow *f, const struct minutes *m)
{
	str log = arena_printf(m->a, "%.*s/log/%.*s", SV(m->base), SV(m->city->slug));

	part(f, TEXT_minutes_limits);
	pdf_flow_text(f, &body, SAY(m->annulled ? TEXT_minutes_limit_round :
	    TEXT_minutes_limit_purchase));
	part(f, TEXT_minutes_check);
	pdf_flow_text(f, &body, arena_printf(m->a, "%slaris verify . --policy ../policy.txt "
	    "--log %.*s\npython3 verify.py --policy ../policy.txt --log %.*s",
	    m->annulled ? "sha256sum -c SHA256SUMS\n" : "cat freeze.txt beacon.txt | "
	    "sha256sum\n", SV(log), SV(log)));
	part(f, TEXT_minutes_signed);
	signatures(f);
}

static void pages(struct pdf_flow *f, struct minutes *m)
{
	pdf_flow_begin(f);
	opening(f, m);
	permit(f, m);
	frozen(f, m);
	said(f, m);
	if (m->annulled) {
		annulled(f, m);
	} else {
		pdf_flow_need(f, PDF_A4_H / 3);
		winners(f, m);
		after(f, m);
	}
	closing(f, m);
}

static err print(struct db *db, struct minutes *m, int64_t made, struct pdf_sink sink)
{
	CLEANUP(pdf_close) struct pdf *pdf = NULL;
	struct pdf_dress dressed;

	m->a = db_arena(db);
	TRY(load(db, m));
	TRY(look_dress(db, m->city->id, &dressed));
	TRY(setting_text(db, m->city->id, "base-url", &m->base));
	if (!m->base.n)
		m->base = S("https://...");
	TRY(pdf_open(&pdf, m->a, &(struct pdf_paper){ .w = PDF_A4_W, .h = PDF_A4_H,
	    .title = SAY(m->title), .author = m->city->name, .made = made,
	    .dress = dressed }, sink));
	struct pdf_flow f = { .pdf = pdf, .left = LEFT, .right = RIGHT, .top = 17,
	    .bottom = PDF_A4_H - 15, .dress = dress, .ctx = m };
	pages(&f, m);
	return pdf_done(pdf);
}

err minutes_pdf(struct db *db, const struct city *city, const struct festival *f,
    const struct draw *d, const struct minutes_names *names, struct pdf_sink sink)
{
	struct minutes *m = NEW(db_arena(db), struct minutes);

	if (!draw_was_run(d))
		return ERR(db_arena(db), ERR_CONFLICT, "draw-step", .arg = { d->name });
	*m = (struct minutes){ .city = city, .f = f, .d = d, .names = names,
		.title = TEXT_minutes_title };
	return print(db, m, d->drawn, sink);
}

err minutes_annulled_pdf(struct db *db, const struct city *city, const struct festival *f,
    const struct draw *d, const struct annulment *x, struct pdf_sink sink)
{
	struct minutes *m = NEW(db_arena(db), struct minutes);
	const struct minutes_names names = { .notary = x->notary, .deed = x->deed };

	*m = (struct minutes){ .city = city, .f = f, .d = d, .names = &names, .annulled = x,
		.title = TEXT_minutes_annulled_title };
	return print(db, m, x->at, sink);
}
