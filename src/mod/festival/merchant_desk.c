/* merchant_desk.c - the organiser puts one merchant right, for those who have no phone. */
#include "festival_read.h"
#include "mod/festival/merchant_people.h"
#include "mod/festival/merchant_web.h"
#include "mod/festival/shop_pages.h"
#include "shop_admit_tmpl.h"
#include "shop_team_tmpl.h"

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
	v.figures = req_path(r, "%.*s/%.*s/figures", SV(v.back), SV(id_text(r->a, m.id.v)));
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

/* ---- its figures: seen only after saying why ------------------------------------ */

struct look_in { str reason; };
static const struct field look_fields[] = {
	FIELD(struct look_in, reason, FIELD_TEXT, .needed = true, .min = 5, .max = 200,
	    .label = TEXT_seen_reason, .hint = TEXT_seen_reason_hint),
};
const struct form org_figures_form = FORM(struct look_in, look_fields);

/* Did this person say why, for this merchant and sale, a short while ago? */
static err looked(struct req *r, const struct festival *f, const struct merchant *m, bool *yes)
{
	struct festival_figure_view_get v;
	bool found = false;
	int64_t id;

	if (id_parse(req_query(r, "view"), &id))
		TRY(festival_q_figure_view_get(r->db, f->city, id, &v, &found));
	*yes = found && v.festival.v == f->id.v && v.merchant.v == m->id.v &&
	    v.person.v == r->who.person.v && r->now < v.at + FIGURES_MINUTES * MINUTE;
	return NULL;
}

err org_figures(struct req *r)
{
	struct festival_merchant_total_get t;
	struct figures_view v = { 0 };
	struct festival f;
	struct merchant m;
	bool found;

	TRY(desk(r, &f, &m, &v.back));
	TRY(looked(r, &f, &m, &v.open));
	v.back = req_path(r, "%.*s/%.*s", SV(v.back), SV(id_text(r->a, m.id.v)));
	v.name = m.name;
	v.festival = f.name;
	if (v.open) {
		TRY(festival_q_merchant_total_get(r->db, f.city, f.id, m.id, &t, &found));
		v.purchases = found ? t.purchases : 0;
		v.rupiah = found ? t.rupiah : 0;
		v.points = found ? t.points : 0;
	}
	v.form = FORM_PAGE(r, &org_figures_form, NULL, req_path(r, "%.*s/figures", SV(v.back)));
	r->title = text(r->lang, TEXT_seen_figures);
	page_org_figures(&r->out, &v);
	return NULL;
}

err org_figures_look(struct req *r)
{
	const struct look_in *in = r->form;
	struct festival f;
	struct merchant m;
	int64_t id;
	str back;

	TRY(desk(r, &f, &m, &back));
	TRY(figures_look(r->tx, &f, m.id, &r->who, in->reason, r->now, &id));
	r->redirect = req_path(r, "%.*s/%.*s/figures?view=%.*s", SV(back),
	    SV(id_text(r->a, m.id.v)), SV(id_text(r->a, id)));
	return NULL;
}
