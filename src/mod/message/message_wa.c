/* message_wa.c - prepared WhatsApp messages, and who was contacted. */
#include "message_read.h"
#include "message_tmpl.h"
#include "mod/message/pages.h"
#include "mod/message/web.h"

#define PAGE	20

static err phones_count(struct req *r, const struct message *m, struct wa_view *v)
{
	struct message_to_counts *c;
	size_t n;

	TRY(message_q_to_counts(r->db, m->city, m->id, &c, &n));
	for (size_t i = 0; i < n; i++)
		if (v->all || c[i].state > MAIL_GONE) {
			v->with_phone += c[i].phones;
			v->contacted += c[i].contacted;
		}
	return NULL;
}

/* "&after=…" goes along with the mark, so that one comes back to the same page. */
static void row_of(struct req *r, const struct message_to_phones *p, const struct message *m,
    struct message_words *w, str place, struct wa_row *row)
{
	w->shop = p->name;
	*row = (struct wa_row){ .name = p->name, .phone = p->phone,
	    .wa = str_sub(p->phone, 1, p->phone.n), .by = p->contacted_by,
	    .contacted = p->contacted, .mailed = p->state == MAIL_GONE,
	    .text = req_path(r, "*%.*s*\n\n%.*s", SV(message_fill(r->a, m->subject, w)),
	        SV(message_fill(r->a, m->body, w))),
	    .mark = req_path(r, "/admin/festival/%.*s/message/%.*s/wa/%.*s/%s%.*s",
	        SV(r->param[0]), SV(id_text(r->a, m->id.v)), SV(id_text(r->a, p->merchant.v)),
	        p->contacted ? "no" : "yes", SV(place)) };
}

static str place_of(struct req *r, bool all, merchant_id after)
{
	return req_path(r, "?all=%d%s%.*s", all, after.v ? "&after=" : "",
	    SV(after.v ? id_text(r->a, after.v) : (str){ 0 }));
}

static err after_of(struct req *r, merchant_id *after)
{
	*after = (merchant_id){ 0 };
	if (req_query(r, "after").n && !id_parse(req_query(r, "after"), &after->v))
		return ERR(r->a, ERR_MISSING, "no-such-page");
	return NULL;
}

err wa_page(struct req *r)
{
	struct wa_view v = { .csrf = r->csrf, .all = str_eq(req_query(r, "all"), S("1")) };
	struct message_to_phones *p;
	struct message_words w;
	struct message m;
	struct festival f;
	merchant_id after;

	TRY(message_of(r, &f, &m, &v.back));
	if (!m.sent)
		return ERR(r->a, ERR_MISSING, "no-such-page");
	w = (struct message_words){ .sale = f.name };
	if (message_links(m.body) || message_links(m.subject))
		TRY(message_link(r->db, r->city.id, &w.link));
	TRY(after_of(r, &after));
	TRY(phones_count(r, &m, &v));
	TRY(message_q_to_phones(r->db, m.city, m.id, v.all, after, PAGE, &p, &v.n));
	struct wa_row *rows = NEWN(r->a, struct wa_row, v.n);
	for (size_t i = 0; i < v.n; i++)
		row_of(r, &p[i], &m, &w, place_of(r, v.all, after), &rows[i]);
	v.v = rows;
	v.subject = m.subject;
	str base = req_path(r, "%.*s/wa", SV(v.back));
	v.all_href = req_path(r, "%.*s?all=1", SV(base));
	v.few_href = base;
	if (v.n == PAGE)
		v.pager.next = req_path(r, "%.*s%.*s", SV(base),
		    SV(place_of(r, v.all, p[PAGE - 1].merchant)));
	if (after.v)
		v.pager.prev = req_path(r, "%.*s%.*s", SV(base),
		    SV(place_of(r, v.all, (merchant_id){ 0 })));
	r->title = text(r->lang, TEXT_message_wa);
	page_message_wa(&r->out, &v);
	return NULL;
}

err wa_mark(struct req *r)
{
	bool yes = str_eq(r->param[3], S("yes"));
	struct message m;
	struct festival f;
	merchant_id after;
	int64_t id;
	str href;

	if (!yes && !str_eq(r->param[3], S("no")))
		return ERR(r->a, ERR_MISSING, "no-such-page");
	TRY(message_of(r, &f, &m, &href));
	TRY(req_id(r, 2, &id));
	TRY(after_of(r, &after));
	TRY(message_contacted(r->tx, &m, (merchant_id){ id }, yes ? r->now : 0,
	    yes ? r->who.login : (str){ 0 }));
	r->redirect = req_path(r, "%.*s/wa%.*s", SV(href),
	    SV(place_of(r, str_eq(req_query(r, "all"), S("1")), after)));
	return NULL;
}
