/* search.c - one field for everything the organiser may look for. */
#include "board_read.h"
#include "board_tmpl.h"
#include "mod/board/board_pages.h"
#include "mod/board/board_web.h"

#define MOST	20

struct search_in { str q; };
static const struct field search_fields[] = {
	FIELD(struct search_in, q, FIELD_TEXT, .max = 80, .label = TEXT_search_q,
	    .hint = TEXT_search_q_hint),
};
const struct form search_form = FORM(struct search_in, search_fields);

/* What was typed, read in each way it can mean something. */
struct asked {
	str like;		/* "%typed%", lower case, its own % and _ as they are */
	str phone;		/* E.164, or empty			*/
	int64_t code, card, id;	/* -1: it is none			*/
	str typed;
};

static str like_of(struct arena *a, str s)
{
	struct buf b = BUF(a, 400);

	buf_char(&b, '%');
	for (size_t i = 0; i < s.n; i++)
		buf_char(&b, s.p[i] == '%' ? '_' :
		    s.p[i] >= 'A' && s.p[i] <= 'Z' ? (char)(s.p[i] + 32) : s.p[i]);
	buf_char(&b, '%');
	return buf_done(&b);
}

static void asked_of(struct arena *a, str typed, struct asked *q)
{
	*q = (struct asked){ .like = like_of(a, typed), .code = -1, .card = -1, .id = -1,
	    .typed = typed };
	if (!phone_parse(a, typed, &q->phone))
		q->phone = (str){ 0 };
	if (!merchant_code_parse(typed, &q->code))
		q->code = -1;
	if (!card_number_parse(typed, &q->card))
		q->card = -1;
	if (typed.n != ID_TEXT || !id_parse(typed, &q->id))
		q->id = -1;
}

static err merchants(struct req *r, const struct asked *q, const struct festival *f,
    struct found_group *g)
{
	struct board_find_merchants *m;

	TRY(board_q_find_merchants(r->db, r->city.id, q->like, q->code, q->phone, MOST, &m, &g->n));
	struct found *v = NEWN(r->a, struct found, g->n);
	for (size_t i = 0; i < g->n; i++)
		v[i] = (struct found){ req_path(r, "/%.*s/%.*s/merchant/%.*s", SV(r->city.slug),
		    SV(f->slug), SV(m[i].slug)), m[i].name, req_path(r, "%lld · %.*s · %.*s",
		    (long long)m[i].code, SV(m[i].venue_name), SV(m[i].phone)) };
	g->v = v;
	return NULL;
}

static err venues(struct req *r, const struct asked *q, struct found_group *g)
{
	struct board_find_venues *m;

	TRY(board_q_find_venues(r->db, r->city.id, q->like, MOST, &m, &g->n));
	struct found *v = NEWN(r->a, struct found, g->n);
	for (size_t i = 0; i < g->n; i++)
		v[i] = (struct found){ req_path(r, "/admin/venues/%.*s",
		    SV(id_text(r->a, m[i].id.v))), m[i].name, m[i].address };
	g->v = v;
	return NULL;
}

static err persons(struct req *r, const struct asked *q, struct found_group *g)
{
	struct board_find_persons *m;

	TRY(board_q_find_persons(r->db, r->city.id, q->like, MOST, &m, &g->n));
	struct found *v = NEWN(r->a, struct found, g->n);
	for (size_t i = 0; i < g->n; i++)
		v[i] = (struct found){ S("/admin/people"), m[i].name, m[i].login };
	g->v = v;
	return NULL;
}

static err cards(struct req *r, const struct asked *q, struct found_group *g)
{
	struct board_find_cards *m;

	if (q->card < 0 && !q->phone.n)
		return NULL;
	TRY(board_q_find_cards(r->db, r->city.id, q->card, q->phone, MOST, &m, &g->n));
	struct found *v = NEWN(r->a, struct found, g->n);
	for (size_t i = 0; i < g->n; i++)
		v[i] = (struct found){ req_path(r, "/%.*s/%.*s/card/%09lld", SV(r->city.slug),
		    SV(m[i].festival_slug), (long long)m[i].number),
		    req_path(r, "%09lld", (long long)m[i].number), m[i].festival_name };
	g->v = v;
	return NULL;
}

static struct found sale(struct req *r, const struct board_find_purchase_id *p)
{
	struct buf b = BUF(r->a, 200);

	rupiah_put(&b, p->amount);
	buf_str(&b, S(" · "));
	time_put_moment(&b, p->at, r->city.zone, r->lang);
	return (struct found){ req_path(r, "/m/sale/%.*s", SV(id_text(r->a, p->id.v))),
	    p->merchant_name, buf_done(&b) };
}

/* By its own id, or by the event of whoever sent it. */
static err purchases(struct req *r, const struct asked *q, struct found_group *g)
{
	struct board_find_purchase_event *m;
	struct board_find_purchase_id p;
	bool found = false;
	size_t n;

	if (q->id >= 0)
		TRY(board_q_find_purchase_id(r->db, r->city.id, (purchase_id){ q->id }, &p,
		    &found));
	TRY(board_q_find_purchase_event(r->db, r->city.id, q->typed, &m, &n));
	struct found *v = NEWN(r->a, struct found, n + 1);
	if (found)
		v[g->n++] = sale(r, &p);
	for (size_t i = 0; i < n; i++) {
		p = (struct board_find_purchase_id){ m[i].id, m[i].number, m[i].at, m[i].amount,
		    m[i].note, m[i].state, m[i].merchant_name };
		v[g->n++] = sale(r, &p);
	}
	g->v = v;
	return NULL;
}

static err look(struct req *r, const struct asked *q, const struct festival *f, bool sale_there,
    struct found_group *g)
{
	g[0].title = TEXT_org_merchants;
	g[1].title = TEXT_search_cards;
	g[2].title = TEXT_search_purchases;
	g[3].title = TEXT_org_venues;
	g[4].title = TEXT_people_title;
	if (sale_there)
		TRY(merchants(r, q, f, &g[0]));
	TRY(cards(r, q, &g[1]));
	TRY(purchases(r, q, &g[2]));
	TRY(venues(r, q, &g[3]));
	return persons(r, q, &g[4]);
}

err search_page(struct req *r)
{
	const struct search_in *in = r->form;
	struct found_group *g = NEWN(r->a, struct found_group, 5);
	struct search_view v = { .group = g, .n_group = 5, .asked = in->q.n > 0 };
	struct festival f;
	struct asked q;
	bool there;

	if (v.asked) {
		TRY(festival_now(r->db, r->city.id, &f, &there));
		asked_of(r->a, in->q, &q);
		TRY(look(r, &q, &f, there, g));
		for (size_t i = 0; i < v.n_group; i++)
			v.n += g[i].n;
	}
	v.form = form_page(r->a, &(struct form_state){ 0 }, &search_form, in, S("/admin/search"),
	    (str){ 0 });
	v.form.get = true;
	r->title = text(r->lang, TEXT_search_title);
	page_search(&r->out, &v);
	return NULL;
}
