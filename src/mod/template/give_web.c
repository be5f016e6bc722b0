/* give_web.c - what would leave the city, and releasing it. */
#include "core/pipeline.h"
#include "mod/template/give_pages.h"
#include "mod/template/web.h"

#define WRITERS	(MAY_ORGANISER | MAY_ADMIN)

struct give_in { str title, version, guide, lessons, ask, licence, name; };
static const struct field give_fields[] = {
	FIELD(struct give_in, title, FIELD_TEXT, .needed = true, .min = 5, .max = 120,
	    .label = TEXT_give_name, .hint = TEXT_give_name_hint),
	FIELD(struct give_in, version, FIELD_TEXT, .needed = true, .max = 20,
	    .label = TEXT_give_version, .hint = TEXT_give_version_hint),
	FIELD(struct give_in, guide, FIELD_LONG, .max = 8000, .label = TEXT_give_guide,
	    .hint = TEXT_give_guide_hint),
	FIELD(struct give_in, lessons, FIELD_LONG, .max = 8000, .label = TEXT_give_lessons,
	    .hint = TEXT_give_lessons_hint),
	FIELD(struct give_in, ask, FIELD_TEXT, .max = 120, .label = TEXT_give_ask,
	    .hint = TEXT_give_ask_hint),
	FIELD(struct give_in, licence, FIELD_TEXT, .max = 40, .label = TEXT_give_licence,
	    .hint = TEXT_give_licence_hint),
	FIELD(struct give_in, name, FIELD_TEXT, .max = 60, .label = TEXT_give_code,
	    .hint = TEXT_give_code_hint),
};
const struct form give_form = FORM(struct give_in, give_fields);

struct give {
	struct template_ask q;
	const struct practice_kind *k;
	struct practice_subject subject;
	struct template_based based;
	struct template base;
};

static err give_of(struct req *r, struct give *g)
{
	g->q = ask_of(r);
	g->k = practice_kind_find(g->q.app, r->param[0]);
	if (!g->k)
		return ERR(r->a, ERR_MISSING, "no-such-page");
	TRY(g->k->find(r->db, &r->city, r->param[1], &g->subject));
	TRY(template_based(r->db, r->city.id, r->param[0], g->subject.id, &g->based));
	return !g->based.is ? NULL : template_get(r->db, r->city.id, g->based.ref, &g->base);
}

static err fields_of(struct req *r, struct give *g, struct give_view *v)
{
	struct practice_list l = { .a = r->a };
	str kind = r->param[0];

	TRY(practice_read(g->q.app, r->db, &r->city, kind, g->subject.id, &l));
	struct field_view *goes = NEWN(r->a, struct field_view, l.all.n);
	struct field_view *stays = NEWN(r->a, struct field_view, l.all.n);
	for (size_t i = 0; i < l.all.n; i++) {
		const struct practice_value *x = &l.all.v[i];
		const struct practice_rule *u = practice_rule_find(g->q.app, kind, x->path);
		if (!u)
			continue;
		struct field_view f = { practice_label(r->a, g->q.app, r->lang, kind, x->path),
		    value_say(&g->q, &(struct value_of){ kind, x->path, u->type, true,
			x->value }), policy_say(u->policy) };
		if (u->policy == PRACTICE_FILL)
			stays[v->n_stays++] = f;
		else
			goes[v->n_goes++] = f;
	}
	v->goes = goes;
	v->stays = stays;
	return NULL;
}

static err outcomes(struct req *r, struct give *g, struct give_view *v)
{
	struct indicator_values x = { 0 };
	str as_of = { 0 };

	if (g->k->measure)
		TRY(g->k->measure(r->db, &r->city, g->subject.id, r->now, &x, &as_of));
	struct outcome_view *o = NEWN(r->a, struct outcome_view, x.n);
	for (size_t i = 0; as_of.n && i < x.n; i++) {
		struct buf b = BUF(r->a, 80);
		if (!x.v[i].known)
			continue;
		indicator_put(&b, &x.v[i], r->lang);
		o[v->n_outcome++] = (struct outcome_view){ .name = text(r->lang,
		    x.v[i].of->name), .value = buf_done(&b) };
	}
	v->outcome = o;
	return NULL;
}

err give_page(struct req *r)
{
	struct give_view v = { .may_write = req_is(r, WRITERS) };
	struct give g = { 0 };

	TRY(give_of(r, &g));
	v.name = g.subject.name;
	v.href = g.subject.href;
	v.based = g.based.ref;
	struct give_in *fill = NEW(r->a, struct give_in);
	*fill = (struct give_in){ .title = g.subject.name, .version = g.subject.edition,
	    .guide = g.based.is ? g.base.guide : text(LANG_ID, g.k->guide),
	    .lessons = g.base.lessons, .ask = req_path(r, "Panitia %.*s", SV(r->city.name)),
	    .licence = g.based.is ? g.base.licence : S("CC BY 4.0"),
	    .name = g.based.is ? g.base.name : g.subject.slug };
	v.form = FORM_PAGE(r, &give_form, fill, req_path(r, "/admin/practice/give/%.*s/%.*s",
	    SV(r->param[0]), SV(g.subject.slug)));
	TRY(fields_of(r, &g, &v));
	TRY(outcomes(r, &g, &v));
	r->title = text(r->lang, TEXT_give_title);
	page_give(&r->out, &v);
	return NULL;
}

err give_do(struct req *r)
{
	const struct give_in *in = r->form;
	struct template_about about = { .name = in->name, .version = in->version,
	    .title = in->title, .licence = in->licence, .guide = in->guide,
	    .lessons = in->lessons, .ask = in->ask };
	struct template_ask q = ask_of(r);
	struct template t;

	TRY(template_release(r->tx, r->change, &q, r->param[0], r->param[1], &about, &t));
	req_flash(r, TEXT_give_done);
	r->redirect = req_path(r, "/admin/practice/%.*s", SV(known_short(&t)));
	return NULL;
}
