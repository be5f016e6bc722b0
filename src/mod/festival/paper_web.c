/* paper_web.c - what a sale prints, as files from the pages. */
#include "core/layout.h"
#include "core/look.h"
#include "festival_read.h"
#include "mod/festival/organiser.h"
#include "mod/festival/paper.h"
#include <string.h>

#define PDF_MAX	(64u << 20)

/* The address set, or the one this page was asked by: a laptop's own when nobody set one. */
err paper_of(struct req *r, const struct festival *f, struct paper *p)
{
	str base;
	err e = paper_base(r->db, r->city.id, (str){ 0 }, &base);

	if (e && strcmp(e->rule, "base-url-missing") != 0)
		return e;
	if (e)
		base = req_path(r, "%s://%.*s", r->http->tls ? "https" : "http", SV(r->http->host));
	*p = (struct paper){ .city = &r->city, .f = f, .lang = r->lang,
	    .url = paper_sale_url(r->a, base, &r->city, f) };
	return look_dress(r->db, r->city.id, &p->dress);
}

err paper_send(struct req *r, const char *type, const struct buf *b, str name)
{
	if (b->full)
		return ERR(r->a, ERR_INTERNAL, "paper-failed", .log = S("larger than a reply"));
	r->bytes_type = type;
	r->bytes = buf_done(b);
	r->bytes_name = name;
	return NULL;
}

err org_cards_pdf(struct req *r)
{
	struct buf b = BUF(r->a, PDF_MAX);
	int64_t after = 0, count = CARDS_A_BATCH, drawn;
	str from = req_query(r, "after"), many = req_query(r, "count");
	struct festival f;
	struct paper p;

	TRY(festival_find(r->db, r->city.id, r->param[0], &f));
	if ((from.n && !str_int(from, 0, 999999999, &after)) ||
	    (many.n && !str_int(many, 1, CARDS_A_BATCH, &count)))
		return ERR(r->a, ERR_MISSING, "no-such-page");
	TRY(paper_of(r, &f, &p));
	TRY(paper_cards(r->db, &p, after, count, pdf_sink_buf(&b), &drawn));
	if (!drawn)
		return ERR(r->a, ERR_MISSING, "cards-none");
	return paper_send(r, "application/pdf", &b,
	    req_path(r, "kartu-%.*s-%lld.pdf", SV(f.slug), (long long)after + 1));
}
