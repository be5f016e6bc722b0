/* odd_web.c - winners worth a second look. */
#include "mod/draw/odd_pages.h"
#include "odd_tmpl.h"

str odd_words(struct arena *a, enum lang lang, unsigned marks)
{
	static const enum text_id words[ODD_MARKS] = { TEXT_odd_tiny, TEXT_odd_clerk,
		TEXT_odd_shop, TEXT_odd_notes, TEXT_odd_before };
	struct buf b = BUF(a, 1000);

	for (unsigned i = 0; i < ODD_MARKS; i++)
		if (marks >> i & 1) {
			if (b.n)
				buf_str(&b, S(", "));
			buf_str(&b, text(lang, words[i]));
		}
	return b.n ? buf_done(&b) : text(lang, TEXT_odd_nothing);
}

err admin_odd(struct req *r)
{
	struct odd_view v = { 0 };
	struct odd_winner *w;
	struct festival f;
	struct draw d;

	TRY(draw_find_code(r->db, r->city.id, r->param[0], &d));
	TRY(festival_find(r->db, r->city.id, id_text(r->a, d.festival.v), &f));
	TRY(odd_winners(r->db, &f, &d, &w, &v.n));
	str base = req_path(r, "/admin/draw/%.*s/winner", SV(id_text(r->a, d.id.v)));
	struct odd_line *rows = NEWN(r->a, struct odd_line, v.n + 1);
	for (size_t i = 0; i < v.n; i++)
		rows[i] = (struct odd_line){ req_path(r, "%.*s/%.*s/%lld", SV(base),
		    SV(id_text(r->a, w[i].prize.v)), (long long)w[i].place), w[i].title,
		    odd_words(r->a, r->lang, w[i].marks), w[i].place, w[i].number,
		    w[i].purchases };
	v.v = rows;
	v.back = req_path(r, "%.*ss", SV(base));
	r->title = text(r->lang, TEXT_odd_title);
	page_odd(&r->out, &v);
	return NULL;
}
