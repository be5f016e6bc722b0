/* gallery_web.c - practices to choose from, and one of them. */
#include "core/pipeline.h"
#include "mod/template/bring.h"
#include "mod/template/gallery_pages.h"
#include "mod/template/web.h"

#define WRITERS	(MAY_ORGANISER | MAY_ADMIN)

/* ---- cards --------------------------------------------------------------------- */

static struct practice_card card_of(struct req *r, const struct template_known *x, str href)
{
	struct template_ask q = ask_of(r);
	struct outcome_view *v;
	size_t n = headlines_of(&q, &x->t, &v);

	return (struct practice_card){ href, x->t.title, x->t.city_name, x->t.version,
	    x->made ? TEXT_gallery_tag_own : x->held && x->at ? TEXT_gallery_tag_held :
	    x->held ? TEXT_gallery_tag_shipped : TEXT_gallery_tag_near, v, n };
}

static str practice_href(struct req *r, const struct template *t)
{
	return req_path(r, "/admin/practice/%.*s", SV(known_short(t)));
}

static void cards_of(struct req *r, const struct template_knowns *k, struct gallery_view *v)
{
	struct practice_card *own = NEWN(r->a, struct practice_card, k->n);
	struct practice_card *other = NEWN(r->a, struct practice_card, k->n);

	for (size_t i = 0; i < k->n; i++) {
		struct practice_card c = card_of(r, &k->v[i], practice_href(r, &k->v[i].t));
		if (k->v[i].made)
			own[v->n_own++] = c;
		else
			other[v->n_other++] = c;
	}
	v->own = own;
	v->other = other;
}

/* ---- what was adopted ---------------------------------------------------------------- */

/* Of one base, or with an empty ref all. */
static err adopted_of(struct req *r, str ref, const struct adopted_row **out, size_t *n)
{
	struct template_ask q = ask_of(r);
	struct template_adoption *v;
	size_t m;

	TRY(template_adoptions(r->db, &q, &v, &m));
	struct adopted_row *row = NEWN(r->a, struct adopted_row, m);
	*n = 0;
	for (size_t i = 0; i < m; i++)
		if (!ref.n || str_eq(ref, v[i].ref))
			row[(*n)++] = (struct adopted_row){ req_path(r, "/admin/adopted/%.*s",
			    SV(v[i].subject.slug)), v[i].subject.name, v[i].ref, v[i].by, v[i].at };
	*out = row;
	return NULL;
}

static err keys_of(struct req *r, struct gallery_view *v)
{
	struct template_key *k;

	TRY(template_keys(r->db, r->city.id, &k, &v->n_key));
	struct key_row *row = NEWN(r->a, struct key_row, v->n_key);
	for (size_t i = 0; i < v->n_key; i++)
		row[i] = (struct key_row){ k[i].key, k[i].by, k[i].at };
	v->key = row;
	return NULL;
}

/* A file that was refused for its key alone is kept on the page. */
static void asked(struct req *r, struct gallery_view *v)
{
	struct template t;
	str bytes;

	if (!r->state.whole && !r->state.errors)
		return;
	bytes = bring_bytes(r);
	if (!bytes.n || template_parse(r->a, bytes, &t))
		return;
	enum template_trust trust;
	if (template_trust(r->db, r->city.id, r->site->key_file, &t, &trust) ||
	    trust != TRUST_UNKNOWN)
		return;
	v->ask = true;
	v->file = bytes;
	v->file_ref = t.ref;
	v->file_city = t.city_name;
	v->file_key = t.key_text;
}

static struct form_page bring_form(struct req *r, const struct form *f, const char *action,
    const char *prefix)
{
	struct form_state none = { 0 };
	struct form_page p = form_page(r->a, r->state.form == f ? &r->state : &none, f, NULL,
	    str_of(action), r->csrf);

	p.prefix = prefix;
	return p;
}

err gallery_page(struct req *r)
{
	struct gallery_view v = { .csrf = r->csrf, .city = r->city.name,
	    .may_write = req_is(r, WRITERS),
	    .public_href = req_path(r, "/%.*s/practice", SV(r->city.slug)) };
	struct template_knowns k;

	TRY(known_load(r->db, r->city.id, &k));
	cards_of(r, &k, &v);
	TRY(adopted_of(r, (str){ 0 }, &v.adopted, &v.n_adopted));
	TRY(keys_of(r, &v));
	asked(r, &v);
	v.upload = bring_form(r, &practice_upload_form, "/admin/practice", "up");
	v.upload.upload = true;
	v.url = bring_form(r, &practice_url_form, "/admin/practice/fetch", "url");
	if (r->state.whole)
		v.refused = err_text(r->a, r->lang, r->state.whole);
	r->title = text(r->lang, TEXT_gallery_title);
	page_gallery(&r->out, &v);
	return NULL;
}

/* ---- one practice ------------------------------------------------------------------- */

static struct part_view part_of(const struct template_ask *q, const struct template *t,
    const struct practice_part *p)
{
	struct field_view *v = NEWN(q->a, struct field_view, t->n_field);
	size_t n = 0;

	for (size_t i = 0; i < t->n_field; i++) {
		const struct template_field *f = &t->field[i];
		if (!practice_below(f->path, str_of(p->name)))
			continue;
		str value = f->policy == PRACTICE_FILL ? S("…") : value_say(q,
		    &(struct value_of){ t->kind, f->path, f->type, f->has_value, f->value });
		v[n++] = (struct field_view){ practice_label(q->a, q->app, q->lang, t->kind,
		    f->path), value, policy_say(f->policy) };
	}
	return (struct part_view){ text(q->lang, p->say), v, n };
}

static void parts_of(struct req *r, const struct template *t, struct practice_view *v)
{
	struct template_ask q = ask_of(r);
	const struct practice_part *p;
	size_t all = 0;

	while (practice_part_at(q.app, t->kind, all))
		all++;
	struct part_view *part = NEWN(r->a, struct part_view, all);
	for (size_t i = 0; (p = practice_part_at(q.app, t->kind, i)); i++) {
		part[v->n_part] = part_of(&q, t, p);
		v->n_part += part[v->n_part].n > 0;
	}
	v->part = part;
}

static err ancestors_of(struct req *r, const struct template *t, str base, struct practice_view *v)
{
	struct ancestor_view *x = NEWN(r->a, struct ancestor_view, t->n_ancestor);

	for (size_t i = 0; i < t->n_ancestor; i++) {
		str hash = t->ancestor[i].sha256;
		bool has;
		x[i] = (struct ancestor_view){ t->ancestor[i].ref, t->ancestor[i].city_name,
		    { 0 } };
		TRY(known_has(r->db, r->city.id, hash, v->outside, &has));
		if (has)
			x[i].href = req_path(r, "%.*s/%.*s", SV(base),
			    SV(str_sub(hash, 0, KNOWN_SHORT)));
	}
	v->ancestor = x;
	v->n_ancestor = t->n_ancestor;
	return NULL;
}

static err view_of(struct req *r, const struct template_known *x, str base,
    struct practice_view *v)
{
	const struct template *t = &x->t;
	struct template_ask q = ask_of(r);
	struct outcome_view *o;
	str here = req_path(r, "%.*s/%.*s", SV(base), SV(known_short(t)));

	v->title = t->title;
	v->ref = t->ref;
	v->city = t->city_name;
	v->version = t->version;
	v->licence = t->licence;
	v->ask = t->ask;
	v->guide = t->guide;
	v->lessons = t->lessons;
	v->sha256 = t->sha256;
	v->key = t->key_text;
	v->home = base;
	v->file = req_path(r, "%.*s/file", SV(here));
	v->family = req_path(r, "%.*s/family", SV(here));
	v->compare = req_path(r, "/%.*s/compare?with=%.*s", SV(r->city.slug), SV(known_short(t)));
	v->n_outcome = outcomes_of(&q, t, &o);
	v->outcome = o;
	parts_of(r, t, v);
	return ancestors_of(r, t, base, v);
}

err practice_page(struct req *r)
{
	static const enum text_id say[TRUSTS] = { TEXT_gallery_trust_unknown,
	    TEXT_gallery_trust_shipped, TEXT_gallery_trust_own, TEXT_gallery_trust_accepted };
	struct practice_view v = { .csrf = r->csrf, .home_say = TEXT_gallery_title,
	    .may_write = req_is(r, WRITERS) };
	enum template_trust trust;
	struct template_known x;

	TRY(known_get(r->db, r->city.id, r->param[0], &x));
	TRY(view_of(r, &x, S("/admin/practice"), &v));
	TRY(template_trust(r->db, r->city.id, r->site->key_file, &x.t, &trust));
	v.trust = say[trust];
	if (trust == TRUST_UNKNOWN)
		v.accept = S("/admin/practice/accept");
	else if (v.may_write)
		v.adapt = req_path(r, "%.*s/try", SV(practice_href(r, &x.t)));
	TRY(adopted_of(r, x.t.ref, &v.adopted, &v.n_adopted));
	r->title = x.t.title;
	page_practice(&r->out, &v);
	return NULL;
}

static err send(struct req *r, const struct template *t)
{
	r->bytes_type = "application/json";
	r->bytes = t->bytes;
	r->bytes_name = req_path(r, "%.*s-%.*s-%.*s.json", SV(t->city), SV(t->name),
	    SV(t->version));
	return NULL;
}

err practice_file(struct req *r)
{
	struct template_known x;

	TRY(known_get(r->db, r->city.id, r->param[0], &x));
	return send(r, &x.t);
}

/* ---- what a city gives, for anybody -------------------------------------------------- */

static err given_get(struct req *r, struct template_known *x)
{
	TRY(known_get(r->db, r->city.id, r->param[1], x));
	return x->made ? NULL : ERR(r->a, ERR_MISSING, "no-such-template",
	    .arg = { r->param[1] });
}

err given_page(struct req *r)
{
	struct given_view v = { .city = r->city.name };
	struct template_knowns k;

	TRY(known_load(r->db, r->city.id, &k));
	struct practice_card *c = NEWN(r->a, struct practice_card, k.n);
	for (size_t i = 0; i < k.n; i++)
		if (k.v[i].made)
			c[v.n++] = card_of(r, &k.v[i], req_path(r, "/%.*s/practice/%.*s",
			    SV(r->city.slug), SV(known_short(&k.v[i].t))));
	v.v = c;
	r->title = text(r->lang, TEXT_gallery_title);
	page_given(&r->out, &v);
	return NULL;
}

err given_practice(struct req *r)
{
	struct practice_view v = { .home_say = TEXT_gallery_title, .outside = true,
	    .trust = TEXT_gallery_trust_given };
	struct template_known x;

	TRY(given_get(r, &x));
	TRY(view_of(r, &x, req_path(r, "/%.*s/practice", SV(r->city.slug)), &v));
	r->title = x.t.title;
	page_practice(&r->out, &v);
	return NULL;
}

err given_file(struct req *r)
{
	struct template_known x;

	TRY(given_get(r, &x));
	return send(r, &x.t);
}
