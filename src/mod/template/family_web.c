/* family_web.c - where a practice came from, and what became of it elsewhere. */
#include "mod/template/compare.h"
#include "mod/template/give_pages.h"
#include "mod/template/web.h"

static str indent_of(struct req *r, int depth)
{
	struct buf b = BUF(r->a, 300);

	for (int i = 1; i < depth && i < 20; i++)
		buf_str(&b, S("\xc2\xa0\xc2\xa0\xc2\xa0"));
	if (depth)
		buf_str(&b, S("\xe2\x86\xb3 "));
	return buf_done(&b);
}

static bool may_open(const struct template_knowns *k, const struct template *t, bool outside)
{
	for (size_t i = 0; i < k->n; i++)
		if (str_eq(k->v[i].t.sha256, t->sha256))
			return !outside || k->v[i].made;
	return false;
}

static const struct template *parent_of(const struct family_row *row, size_t n,
    const struct template *t)
{
	for (size_t i = 0; i < n && t->n_ancestor; i++)
		if (row[i].t && str_eq(row[i].t->sha256, t->ancestor[0].sha256))
			return row[i].t;
	return NULL;
}

static bool said(str all, str piece)
{
	str one;

	while (str_take(&all, ';', &one))
		if (str_eq(str_trim(one), piece))
			return true;
	return false;
}

/* Each reason once. */
static void add_reasons(struct buf *why, str broken)
{
	str one;

	while (str_take(&broken, ';', &one)) {
		one = str_trim(one);
		if (said((str){ why->p, why->n }, one))
			continue;
		buf_str(why, why->n ? S("; ") : S(""));
		buf_str(why, one);
	}
}

/* Which of its figures are others than its parent's, and because of what. */
static void beside(const struct template_ask *q, const struct template *t,
    const struct template *parent, struct outcome_view *v, struct kin_row *kin)
{
	struct buf why = BUF(q->a, 8000);
	struct compare_one two[2];
	struct compare_row *row;
	size_t rows;

	compare_file(q, parent, parent->ref, &two[0]);
	compare_file(q, t, t->ref, &two[1]);
	rows = compare_rows(q, two, countof(two), &row);
	for (size_t i = 0; i < kin->n; i++)
		for (size_t k = 0; k < rows; k++)
			if (str_eq(v[i].code, row[k].code) && row[k].cell[1].f &&
			    row[k].cell[1].f->known)
				v[i].broken = row[k].cell[1].broken;
	for (size_t i = 0; i < kin->n; i++)
		add_reasons(&why, v[i].broken);
	kin->why = buf_done(&why);
}

static void figures(struct req *r, const struct template *t, const struct template *parent,
    struct kin_row *kin)
{
	struct template_ask q = ask_of(r);
	struct outcome_view *v;

	kin->n = headlines_of(&q, t, &v);
	kin->v = v;
	if (!parent || !kin->n)
		return;
	beside(&q, t, parent, v, kin);
	kin->compare = req_path(r, "/%.*s/compare?with=%.*s&with=%.*s", SV(r->city.slug),
	    SV(known_short(parent)), SV(known_short(t)));
}

static err family(struct req *r, const struct template_known *x, str base, bool outside)
{
	struct template_knowns k;
	struct family_row *row;
	struct family_view v = { .title = x->t.title,
	    .here = req_path(r, "%.*s/%.*s", SV(base), SV(known_short(&x->t))),
	    .compare = req_path(r, "/%.*s/compare?with=%.*s", SV(r->city.slug),
		SV(known_short(&x->t))) };

	TRY(known_load(r->db, r->city.id, &k));
	TRY(family_load(r->a, &k, &x->t, &row, &v.n));
	struct kin_row *kin = NEWN(r->a, struct kin_row, v.n);
	for (size_t i = 0; i < v.n; i++) {
		const struct template *t = row[i].t;
		kin[i] = (struct kin_row){ .ref = row[i].ref, .city = row[i].city_name,
		    .indent = indent_of(r, row[i].depth), .here = row[i].here, .known = t };
		if (!t)
			continue;
		kin[i].title = t->title;
		figures(r, t, parent_of(row, v.n, t), &kin[i]);
		if (may_open(&k, t, outside))
			kin[i].href = req_path(r, "%.*s/%.*s", SV(base), SV(known_short(t)));
	}
	v.v = kin;
	r->title = text(r->lang, TEXT_gallery_family);
	page_family(&r->out, &v);
	return NULL;
}

err family_page(struct req *r)
{
	struct template_known x;

	TRY(known_get(r->db, r->city.id, r->param[0], &x));
	return family(r, &x, S("/admin/practice"), false);
}

err given_family(struct req *r)
{
	struct template_known x;

	TRY(known_get(r->db, r->city.id, r->param[1], &x));
	if (!x.made)
		return ERR(r->a, ERR_MISSING, "no-such-template", .arg = { r->param[1] });
	return family(r, &x, req_path(r, "/%.*s/practice", SV(r->city.slug)), true);
}
