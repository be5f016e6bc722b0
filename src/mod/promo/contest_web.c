/* contest_web.c - contests: for everybody, and for the organiser. */
#include "core/audit.h"
#include "core/pipeline.h"
#include "mod/promo/contest_pages.h"

#define WRITERS	(MAY_ORGANISER | MAY_ADMIN)

struct contest_in { str name, who, judged, prizes; };
#define LONG(m, l, h)	FIELD(struct contest_in, m, FIELD_LONG, .max = CONTEST_TEXT, .label = (l), \
	.hint = (h))
static const struct field contest_fields_of[] = {
	FIELD(struct contest_in, name, FIELD_TEXT, .needed = true, .max = 120,
	    .label = TEXT_contest_name),
	FIELD(struct contest_in, who, FIELD_LONG, .needed = true, .max = CONTEST_TEXT,
	    .label = TEXT_contest_who, .hint = TEXT_contest_who_hint),
	LONG(judged, TEXT_contest_judged, TEXT_contest_judged_hint),
	LONG(prizes, TEXT_contest_prizes, TEXT_contest_prizes_hint),
};
const struct form contest_form = FORM(struct contest_in, contest_fields_of);
const struct form contest_button = { NULL, 0, 1 };	/* nothing to fill in, yet shown again */

static err sale(struct req *r, struct festival *f, str *href)
{
	TRY(festival_find(r->db, r->city.id, r->param[0], f));
	*href = req_path(r, "/admin/festival/%.*s", SV(f->slug));
	return NULL;
}

static err rows_of(struct req *r, const struct festival *f, str base, struct contests_view *v)
{
	struct contest *c;

	TRY(contests_load(r->db, f, &c, &v->n));
	struct contest_row *row = NEWN(r->a, struct contest_row, v->n);
	for (size_t i = 0; i < v->n; i++)
		row[i] = (struct contest_row){ &c[i], req_path(r, "%.*s/%.*s", SV(base),
		    SV(c[i].slug)) };
	v->v = row;
	v->sale = f->name;
	return NULL;
}

err web_contests(struct req *r)
{
	struct contests_view v = { 0 };
	struct festival f;

	TRY(festival_of(r, 1, &f));
	v.back = req_path(r, "/%.*s/%.*s", SV(r->city.slug), SV(f.slug));
	TRY(rows_of(r, &f, v.back, &v));
	r->title = text(r->lang, TEXT_contest_title);
	festival_public_bar(r, &f, false);
	page_contests(&r->out, &v);
	return NULL;
}

err org_contests(struct req *r)
{
	struct contests_view v = { .may_write = req_is(r, WRITERS) };
	struct festival f;

	TRY(sale(r, &f, &v.back));
	str base = req_path(r, "%.*s/contest", SV(v.back));
	v.front = req_path(r, "/%.*s/%.*s/contest", SV(r->city.slug), SV(f.slug));
	TRY(rows_of(r, &f, base, &v));
	v.form = FORM_PAGE(r, &contest_form, NULL, base);
	r->title = text(r->lang, TEXT_contest_title);
	page_org_contests(&r->out, &v);
	return NULL;
}

static str json(struct req *r, const struct contest *c)
{
	return audit_json(r->a, (struct audit_pair[]){ AUDIT_TEXT("name", c->name) }, 1);
}

err org_contest_add(struct req *r)
{
	const struct contest_in *in = r->form;
	struct contest c = { .name = in->name, .who = in->who, .judged = in->judged,
		.prizes = in->prizes };
	struct festival f;
	str href;

	TRY(sale(r, &f, &href));
	TRY(contest_add(r->tx, &f, &c));
	req_flash(r, TEXT_contest_saved);
	r->redirect = req_path(r, "%.*s/contest", SV(href));
	return audit(r, "contest.add", c.id.v, (str){ 0 }, json(r, &c));
}

err org_contest(struct req *r)
{
	struct contest_view v = { .csrf = r->csrf, .may_write = req_is(r, WRITERS) };
	struct contest_in *fill = NEW(r->a, struct contest_in);
	struct festival f;
	struct contest c;
	str href;

	TRY(sale(r, &f, &href));
	TRY(contest_find(r->db, &f, r->param[1], &c));
	*fill = (struct contest_in){ c.name, c.who, c.judged, c.prizes };
	v.sale = f.name;
	v.name = c.name;
	v.back = req_path(r, "%.*s/contest", SV(href));
	str here = req_path(r, "%.*s/%.*s", SV(v.back), SV(c.slug));
	v.drop = req_path(r, "%.*s/drop", SV(here));
	v.form = FORM_PAGE(r, &contest_form, fill, here);
	r->title = c.name;
	page_org_contest(&r->out, &v);
	return NULL;
}

err org_contest_change(struct req *r)
{
	const struct contest_in *in = r->form;
	struct contest was, c;
	struct festival f;
	str href;

	TRY(sale(r, &f, &href));
	TRY(contest_find(r->db, &f, r->param[1], &was));
	c = (struct contest){ was.id, was.slug, in->name, in->who, in->judged, in->prizes };
	TRY(contest_change(r->tx, &f, &c));
	req_flash(r, TEXT_contest_saved);
	r->redirect = req_path(r, "%.*s/contest", SV(href));
	return audit(r, "contest.change", c.id.v, json(r, &was), json(r, &c));
}

err org_contest_drop(struct req *r)
{
	struct festival f;
	struct contest c;
	str href;

	TRY(sale(r, &f, &href));
	TRY(contest_find(r->db, &f, r->param[1], &c));
	TRY(contest_drop(r->tx, &f, &c));
	req_flash(r, TEXT_contest_dropped);
	r->redirect = req_path(r, "%.*s/contest", SV(href));
	return audit(r, "contest.drop", c.id.v, json(r, &c), (str){ 0 });
}
