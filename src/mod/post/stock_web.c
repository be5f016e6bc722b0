/* stock_web.c - posts, who sits where, and which cards a post holds. */
#include "core/audit.h"
#include "desk_tmpl.h"
#include "mod/festival/bar.h"
#include "mod/festival/web.h"
#include "mod/post/post_pages.h"
#include "mod/post/web.h"
#include "post_read.h"

struct at_in { int64_t post; };
static const struct field at_fields[] = {
	FIELD(struct at_in, post, FIELD_ID, .needed = true, .label = TEXT_post_at),
};
const struct form at_form = FORM(struct at_in, at_fields);

struct post_in { str name; int64_t venue; };
static const struct field post_fields[] = {
	FIELD(struct post_in, name, FIELD_TEXT, .needed = true, .min = 2, .max = 60,
	    .label = TEXT_stock_name, .hint = TEXT_stock_name_hint),
	FIELD(struct post_in, venue, FIELD_ID, .label = TEXT_join_venue,
	    .hint = TEXT_stock_venue_hint),
};
const struct form post_form = FORM(struct post_in, post_fields);

struct hand_form_in { str event, taker; int64_t post, first, last; };
static const struct field hand_fields[] = {
	FIELD(struct hand_form_in, event, FIELD_EVENT, .needed = true),
	FIELD(struct hand_form_in, post, FIELD_ID, .needed = true, .label = TEXT_stock_post),
	FIELD(struct hand_form_in, first, FIELD_CARD, .needed = true, .label = TEXT_stock_first,
	    .hint = TEXT_stock_first_hint),
	FIELD(struct hand_form_in, last, FIELD_CARD, .needed = true, .label = TEXT_stock_last),
	FIELD(struct hand_form_in, taker, FIELD_TEXT, .needed = true, .min = 2, .max = 80,
	    .label = TEXT_stock_taker, .hint = TEXT_stock_taker_hint),
};
const struct form hand_form = FORM(struct hand_form_in, hand_fields);

static err posts_of(struct req *r, const struct festival *f, struct post_list **p,
    const struct form_option **out, size_t *n)
{
	TRY(post_q_list(r->db, f->city, f->id, p, n));
	struct form_option *v = NEWN(r->a, struct form_option, *n);
	for (size_t i = 0; i < *n; i++)
		v[i] = (struct form_option){ id_text(r->a, (*p)[i].id.v), (*p)[i].name };
	*out = v;
	return NULL;
}

/* ---- the officer sits down ------------------------------------------------------ */

static err seats(struct req *r, struct at_view *v)
{
	struct post_seats *s;
	bool several = false;

	TRY(post_q_seats(r->db, r->city.id, &s, &v->n));
	struct form_option *out = NEWN(r->a, struct form_option, v->n);
	for (size_t i = 1; i < v->n; i++)
		several = several || !str_eq(s[i].sale, s[0].sale);
	for (size_t i = 0; i < v->n; i++)
		out[i] = (struct form_option){ id_text(r->a, s[i].id.v), several ?
		    req_path(r, "%.*s (%.*s)", SV(s[i].name), SV(s[i].sale)) : s[i].name };
	v->v = out;
	v->festival = v->n && !several ? s[0].sale : r->city.name;
	return NULL;
}

err at_page(struct req *r)
{
	struct at_in *fill = NEW(r->a, struct at_in);
	struct at_view v = { 0 };
	struct festival f;
	struct post mine;
	bool found;

	TRY(seats(r, &v));
	TRY(post_now(r, &f, &found));
	r->redirect = (str){ 0 };
	if (found) {
		TRY(post_mine(r, &f, &mine, &found));
		fill->post = found ? mine.id.v : 0;
	}
	v.form = FORM_PAGE(r, &at_form, fill, S("/post/at"));
	r->title = text(r->lang, TEXT_post_at);
	post_bar(r, POST_NOTE);
	page_at(&r->out, &v);
	return NULL;
}

/* A post of any sale that is not over. */
static err seat(struct req *r, int64_t id, struct post *p)
{
	struct festival f;
	struct post_by_id row;
	bool found;

	TRY(post_q_by_id(r->db, r->city.id, (post_id){ id }, &row, &found));
	if (!found)
		return ERR(r->a, ERR_MISSING, "no-such-post");
	TRY(festival_find(r->db, r->city.id, id_text(r->a, row.festival.v), &f));
	if (f.state != FESTIVAL_INVITING && f.state != FESTIVAL_OPEN)
		return ERR(r->a, ERR_CONFLICT, "festival-not-open", .arg = { f.name });
	return post_get(r->db, &f, row.id, p);
}

err at_do(struct req *r)
{
	const struct at_in *in = r->form;
	struct post p;

	TRY(seat(r, in->post, &p));
	TRY(post_stand(r->tx, &p, r->city.id, r->who.person, r->now));
	TRY(audit(r, "post.sit", p.id.v, (str){ 0 }, audit_json(r->a, (struct audit_pair[]){
	    AUDIT_TEXT("post", p.name) }, 1)));
	r->redirect = S("/post");
	return NULL;
}

/* ---- the organiser's page ----------------------------------------------------------- */

static err sale(struct req *r, struct festival *f, str *href)
{
	TRY(festival_find(r->db, r->city.id, r->param[0], f));
	*href = req_path(r, "/admin/festival/%.*s", SV(f->slug));
	return NULL;
}

static err stock_rows(struct req *r, const struct festival *f, const struct post_list *p,
    struct posts_view *v)
{
	struct stock_row *rows = NEWN(r->a, struct stock_row, v->n_posts);
	struct post_stock *s;
	size_t n;

	TRY(post_q_stock(r->db, f->city, f->id, &s, &n));
	for (size_t i = 0; i < v->n_posts; i++) {
		rows[i] = (struct stock_row){ .name = p[i].name, .venue = p[i].venue_name,
		    .officers = p[i].officers, .screen = req_path(r, "%.*s/post/%.*s",
			SV(festival_base(r, f)), SV(id_text(r->a, p[i].id.v))) };
		for (size_t k = 0; k < n; k++)
			if (s[k].post.v == p[i].id.v) {
				rows[i].cards = s[k].cards;
				rows[i].fresh = s[k].fresh;
			}
	}
	v->v = rows;
	v->n = v->n_posts;
	return NULL;
}

static err hand_rows(struct req *r, const struct festival *f, struct posts_view *v)
{
	struct post_hand_list *h;

	TRY(post_q_hand_list(r->db, f->city, f->id, &h, &v->n_h));
	struct hand_row *rows = NEWN(r->a, struct hand_row, v->n_h);
	for (size_t i = 0; i < v->n_h; i++) {
		rows[i] = (struct hand_row){ .post = h[i].post_name, .taker = h[i].taker,
		    .by = h[i].by, .first = h[i].first, .last = h[i].last, .cards = h[i].cards,
		    .at = h[i].at, .back_at = h[i].back };
		if (v->may_write && !h[i].back)
			rows[i].back = req_path(r, "%.*s/posts/back/%.*s", SV(v->href),
			    SV(id_text(r->a, h[i].id.v)));
	}
	v->h = rows;
	return NULL;
}

err posts_page(struct req *r)
{
	struct posts_view v = { .may_write = req_is(r, MAY_ORGANISER | MAY_ADMIN),
	    .csrf = r->csrf };
	struct form_option *venues;
	struct post_list *p;
	struct festival f;

	TRY(sale(r, &f, &v.href));
	TRY(posts_of(r, &f, &p, &v.posts, &v.n_posts));
	TRY(stock_rows(r, &f, p, &v));
	TRY(hand_rows(r, &f, &v));
	TRY(venue_options(r, &venues, &v.n_venues));
	v.venues = venues;
	v.festival = f.name;
	v.add = FORM_PAGE(r, &post_form, NULL, req_path(r, "%.*s/posts", SV(v.href)));
	v.hand = FORM_PAGE(r, &hand_form, NULL, req_path(r, "%.*s/posts/hand", SV(v.href)));
	v.hand.event = new_event(r->a);
	v.add.prefix = "add";
	v.hand.prefix = "hand";
	r->title = text(r->lang, TEXT_stock_title);
	page_posts(&r->out, &v);
	return NULL;
}

err posts_add(struct req *r)
{
	const struct post_in *in = r->form;
	struct post p = { .name = in->name, .venue = { in->venue } };
	struct festival f;
	str href;

	TRY(sale(r, &f, &href));
	TRY(venue_known(r, in->venue));
	TRY(post_add(r->tx, &f, &p, r->now));
	TRY(audit(r, "post.add", p.id.v, (str){ 0 }, audit_json(r->a, (struct audit_pair[]){
	    AUDIT_TEXT("name", p.name) }, 1)));
	req_flash(r, TEXT_stock_added);
	r->redirect = req_path(r, "%.*s/posts", SV(href));
	return NULL;
}

err hand_do(struct req *r)
{
	const struct hand_form_in *in = r->form;
	struct festival f;
	struct post p;
	int64_t cards;
	str href;

	TRY(sale(r, &f, &href));
	TRY(post_get(r->db, &f, (post_id){ in->post }, &p));
	TRY(post_hand(r->tx, &f, &p, &(struct hand_in){ in->event, in->first, in->last, in->taker,
	    r->who.login }, r->now, &cards));
	if (cards)
		TRY(audit(r, "card.hand", p.id.v, (str){ 0 }, audit_json(r->a,
		    (struct audit_pair[]){ AUDIT_NUM("first", in->first),
			AUDIT_NUM("last", in->last), AUDIT_NUM("cards", cards),
			AUDIT_TEXT("taker", in->taker) }, 4)));
	req_flash(r, TEXT_stock_handed);
	r->redirect = req_path(r, "%.*s/posts", SV(href));
	return NULL;
}

err hand_back(struct req *r)
{
	struct festival f;
	int64_t id;
	str href;

	TRY(sale(r, &f, &href));
	TRY(req_id(r, 1, &id));
	TRY(post_hand_back(r->tx, &f, (hand_id){ id }, r->now));
	TRY(audit(r, "card.hand-back", id, (str){ 0 }, (str){ 0 }));
	req_flash(r, TEXT_stock_back_done);
	r->redirect = req_path(r, "%.*s/posts", SV(href));
	return NULL;
}
