/* merchant_desk.c - the organiser puts one merchant right, for those who have no phone. */
#include "festival_read.h"
#include "mod/festival/merchant_web.h"
#include "mod/festival/shop_pages.h"
#include "shop_admit_tmpl.h"

#define WRITERS	(MAY_ORGANISER | MAY_ADMIN)

/* The merchant of the path, if it has to do with the sale of the path. */
static err desk(struct req *r, struct festival *f, struct merchant *m, str *back)
{
	struct festival_participation_get p;
	int64_t id;
	bool found;

	TRY(festival_find(r->db, r->city.id, r->param[0], f));
	TRY(req_id(r, 1, &id));
	TRY(festival_q_participation_get(r->db, f->city, f->id, (merchant_id){ id }, &p, &found));
	if (!found)
		return ERR(r->a, ERR_MISSING, "no-such-page");
	*back = req_path(r, "/admin/festival/%.*s/merchants", SV(f->slug));
	return merchant_get(r->db, f->city, (merchant_id){ id }, m);
}

err org_shop(struct req *r)
{
	struct org_shop_view v = { .may_write = req_is(r, WRITERS) };
	struct festival f;
	struct merchant m;

	TRY(desk(r, &f, &m, &v.back));
	TRY(own_view(r, &m, SEEN_ORGANISER, req_path(r, "%.*s/%.*s", SV(v.back),
	    SV(id_text(r->a, m.id.v))), &v.own));
	v.festival = f.name;
	r->title = m.name;
	page_org_shop(&r->out, &v);
	return NULL;
}

err org_shop_save(struct req *r)
{
	struct festival f;
	struct merchant m;
	str back;

	TRY(desk(r, &f, &m, &back));
	TRY(own_change(r, m, SEEN_ORGANISER));
	r->redirect = req_path(r, "%.*s/%.*s", SV(back), SV(id_text(r->a, m.id.v)));
	return NULL;
}
