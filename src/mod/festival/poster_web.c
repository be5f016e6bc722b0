/* poster_web.c - a merchant's poster and sign, for itself and from the organiser. */
#include "festival_read.h"
#include "mod/festival/organiser.h"
#include "mod/festival/paper.h"
#include "mod/festival/paper_pages.h"
#include "mod/festival/poster_text.h"
#include "mod/festival/web.h"
#include "paper_tmpl.h"

#define FILE_MAX	(4u << 20)

static err admitted(struct req *r, const struct festival *f, merchant_id m)
{
	struct festival_participation_get p;
	bool found;

	TRY(festival_q_participation_get(r->db, f->city, f->id, m, &p, &found));
	if (!found || p.state != PARTICIPATION_ADMITTED)
		return ERR(r->a, ERR_CONFLICT, "merchant-not-admitted");
	return NULL;
}

static err send(struct req *r, const struct festival *f, merchant_id id, str file)
{
	struct buf b = BUF(r->a, FILE_MAX);
	enum paper_kind kind;
	struct merchant m;
	struct paper p;

	if (!paper_kind_of(file, &kind))
		return ERR(r->a, ERR_MISSING, "no-such-page");
	TRY(merchant_get(r->db, f->city, id, &m));
	TRY(admitted(r, f, id));
	struct paper_shop shop = { m.name, m.slug, { 0 }, m.code };
	TRY(shop_place(r, &m, &shop.place));
	TRY(paper_of(r, f, &p));
	TRY(poster_texts_load(r->db, f, p.say));
	TRY(paper_poster(r->a, &p, &shop, kind, pdf_sink_buf(&b)));
	return paper_send(r, "application/pdf", &b, req_path(r, "%.*s-%.*s", SV(m.slug), SV(file)));
}

static err page(struct req *r, const struct poster_sale *v, size_t n, merchant_id id, str back,
    str back_name)
{
	static const struct poster_row rows[PAPER_KINDS] = {
		{ PAPER_POSTER, TEXT_poster_a4, TEXT_poster_a4_say },
		{ PAPER_TABLE, TEXT_poster_a6, TEXT_poster_a6_say },
		{ PAPER_SIGN, TEXT_poster_sign, TEXT_poster_sign_say },
	};
	struct merchant m;

	TRY(merchant_get(r->db, r->city.id, id, &m));
	r->title = text(r->lang, TEXT_poster_title);
	page_posters(&r->out, &(struct poster_view){ back, back_name, m.name, v, n, rows,
	    PAPER_KINDS });
	return NULL;
}

/* ---- the merchant's own ------------------------------------------------------ */

err own_paper(struct req *r)
{
	struct festival_participation_of *p;
	merchant_id id = { r->who.merchant };
	size_t n, k = 0;

	if (!id.v)
		return ERR(r->a, ERR_MISSING, "no-such-page");
	TRY(festival_q_participation_of(r->db, r->city.id, id, &p, &n));
	struct poster_sale *v = NEWN(r->a, struct poster_sale, n + 1);
	for (size_t i = 0; i < n; i++)
		if (p[i].state == PARTICIPATION_ADMITTED)
			v[k++] = (struct poster_sale){ p[i].name,
			    req_path(r, "/m/paper/%.*s", SV(p[i].slug)) };
	return page(r, v, k, id, S("/m"), text(r->lang, TEXT_stall_bar_sell));
}

err own_paper_file(struct req *r)
{
	struct festival f;

	if (!r->who.merchant)
		return ERR(r->a, ERR_MISSING, "no-such-page");
	TRY(festival_find(r->db, r->city.id, r->param[0], &f));
	return send(r, &f, (merchant_id){ r->who.merchant }, r->param[1]);
}

/* ---- from the organiser -------------------------------------------------------- */

static err of_sale(struct req *r, struct festival *f, merchant_id *id)
{
	TRY(festival_find(r->db, r->city.id, r->param[0], f));
	return req_id(r, 1, &id->v);
}

err org_paper(struct req *r)
{
	struct poster_sale one;
	struct festival f;
	merchant_id id;

	TRY(of_sale(r, &f, &id));
	str list = req_path(r, "/admin/festival/%.*s/merchants", SV(f.slug));
	one = (struct poster_sale){ f.name, req_path(r, "%.*s/%.*s/paper", SV(list),
	    SV(id_text(r->a, id.v))) };
	return page(r, &one, 1, id, list, text(r->lang, TEXT_org_merchants));
}

err org_paper_file(struct req *r)
{
	struct festival f;
	merchant_id id;

	TRY(of_sale(r, &f, &id));
	return send(r, &f, id, r->param[2]);
}
