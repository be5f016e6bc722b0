/* message_web.c - writing a message, looking at it, sending it off, what became of it. */
#include "core/audit.h"
#include "message_read.h"
#include "message_tmpl.h"
#include "mod/message/pages.h"
#include "mod/message/web.h"

#define WRITERS	(MAY_ORGANISER | MAY_ADMIN)
#define PAGE	30

struct message_in { int64_t whom, venue; str sector, subject, body, reply_to; };
static const struct field fields[] = {
	FIELD(struct message_in, whom, FIELD_CHOICE, .needed = true,
	    .label = TEXT_message_whom, .choices = whom_choices),
	FIELD(struct message_in, venue, FIELD_ID, .label = TEXT_message_venue,
	    .hint = TEXT_message_venue_hint),
	FIELD(struct message_in, sector, FIELD_TEXT, .max = 20, .label = TEXT_message_sector),
	FIELD(struct message_in, subject, FIELD_TEXT, .needed = true, .min = 3, .max = 120,
	    .label = TEXT_message_subject),
	FIELD(struct message_in, body, FIELD_LONG, .needed = true, .min = 3, .max = 2000,
	    .label = TEXT_message_body),
	FIELD(struct message_in, reply_to, FIELD_EMAIL, .needed = true,
	    .label = TEXT_message_reply_to, .hint = TEXT_message_reply_to_hint),
};
const struct form message_form = FORM(struct message_in, fields);

err message_sale(struct req *r, struct festival *f, str *base)
{
	TRY(festival_find(r->db, r->city.id, r->param[0], f));
	*base = req_path(r, "/admin/festival/%.*s/message", SV(f->slug));
	return NULL;
}

err message_of(struct req *r, struct festival *f, struct message *m, str *href)
{
	int64_t id;

	TRY(message_sale(r, f, href));
	TRY(req_id(r, 1, &id));
	TRY(message_get(r->db, f, (message_id){ id }, m));
	*href = req_path(r, "%.*s/%.*s", SV(*href), SV(id_text(r->a, id)));
	return NULL;
}

static err mail_ready(struct req *r, bool *have)
{
	struct mail_setup s;

	return mail_setup_get(r->db, r->city.id, &s, have);
}

/* ---- writing ---------------------------------------------------------------- */

static const enum text_id hole_words[] = { TEXT_message_hole_shop, TEXT_message_hole_sale,
    TEXT_message_hole_link };

static err edit_load(struct req *r, const struct message_in *fill, str action,
    struct message_edit *e)
{
	struct message_venues *v;

	TRY(message_q_venues(r->db, r->city.id, &v, &e->n_venues));
	struct form_option *o = NEWN(r->a, struct form_option, e->n_venues);
	for (size_t i = 0; i < e->n_venues; i++)
		o[i] = (struct form_option){ id_text(r->a, v[i].id.v), v[i].name };
	e->venues = o;
	o = NEWN(r->a, struct form_option, SECTORS);
	for (const struct choice *c = sector_choices; c->code; c++)
		o[e->n_sectors++] = (struct form_option){ str_of(c->code),
		    text(r->lang, c->label) };
	e->sectors = o;
	for (size_t i = 0; i < countof(e->hole); i++)
		e->hole[i] = req_path(r, "{%.*s}", SV(text(r->lang, hole_words[i])));
	e->form = FORM_PAGE(r, &message_form, fill, action);
	return NULL;
}

static err read_in(struct req *r, struct message *m)
{
	const struct message_in *in = r->form;
	const struct choice *sector = choice_by_code(sector_choices, in->sector);

	if (in->sector.n && !sector)
		return ERR(r->a, ERR_INVALID, "field-choice", .field = "sector");
	m->whom = (enum message_whom)in->whom;
	m->venue = (venue_id){ in->venue };
	m->sector = sector ? sector->value : -1;
	m->subject = in->subject;
	m->body = in->body;
	m->reply_to = in->reply_to;
	return NULL;
}

/* Where answers went last time, else to whom the mails come from. */
static err reply_default(struct req *r, const struct festival *f, str *reply)
{
	struct message_newest_reply last;
	struct mail_setup s;
	bool found;

	TRY(message_q_newest_reply(r->db, f->city, f->id, &last, &found));
	TRY(mail_setup_get(r->db, f->city, &s, &(bool){ 0 }));
	*reply = found ? last.reply_to : s.from;
	return NULL;
}

err message_new(struct req *r)
{
	struct message_new_view v = { 0 };
	struct message_in fill = { .whom = WHOM_ADMITTED };
	struct festival f;

	TRY(message_sale(r, &f, &v.back));
	TRY(mail_ready(r, &v.mail));
	TRY(reply_default(r, &f, &fill.reply_to));
	TRY(edit_load(r, &fill, req_path(r, "%.*s/new", SV(v.back)), &v.edit));
	r->title = text(r->lang, TEXT_message_write);
	page_message_new(&r->out, &v);
	return NULL;
}

err message_add_post(struct req *r)
{
	struct message m = { .created_by = r->who.login };
	struct festival f;
	str base;

	TRY(message_sale(r, &f, &base));
	m.city = f.city;
	m.festival = f.id;
	TRY(read_in(r, &m));
	TRY(message_add(r->tx, &m, r->now));
	r->redirect = req_path(r, "%.*s/%.*s", SV(base), SV(id_text(r->a, m.id.v)));
	return NULL;
}

err message_change_post(struct req *r)
{
	struct festival f;
	struct message m;
	str href;

	TRY(message_of(r, &f, &m, &href));
	TRY(read_in(r, &m));
	TRY(message_change(r->tx, &m));
	req_flash(r, TEXT_message_saved);
	r->redirect = href;
	return NULL;
}

err message_drop_post(struct req *r)
{
	struct festival f;
	struct message m;
	str href;

	TRY(message_of(r, &f, &m, &href));
	TRY(message_drop(r->tx, &m));
	req_flash(r, TEXT_message_dropped);
	r->redirect = req_path(r, "/admin/festival/%.*s/message", SV(f.slug));
	return NULL;
}

/* ---- the list ------------------------------------------------------------------ */

err messages_page(struct req *r)
{
	struct messages_view v = { .may_write = req_is(r, WRITERS) };
	message_id before = { INT64_MAX };
	struct message_list *m;
	struct festival f;
	str base;

	TRY(message_sale(r, &f, &base));
	if (req_query(r, "after").n && !id_parse(req_query(r, "after"), &before.v))
		return ERR(r->a, ERR_MISSING, "no-such-page");
	TRY(mail_ready(r, &v.mail));
	TRY(message_q_list(r->db, f.city, f.id, before, PAGE, &m, &v.n));
	struct message_row *rows = NEWN(r->a, struct message_row, v.n);
	for (size_t i = 0; i < v.n; i++)
		rows[i] = (struct message_row){ req_path(r, "%.*s/%.*s", SV(base),
		    SV(id_text(r->a, m[i].id.v))), m[i].subject, m[i].created_by,
		    m[i].sent ? m[i].sent : m[i].created, m[i].sent != 0 };
	v.v = rows;
	v.sale = f.name;
	v.back = req_path(r, "/admin/festival/%.*s", SV(f.slug));
	v.fresh = req_path(r, "%.*s/new", SV(base));
	if (v.n == PAGE)
		v.pager.next = req_path(r, "%.*s?after=%.*s", SV(base),
		    SV(id_text(r->a, m[v.n - 1].id.v)));
	if (before.v != INT64_MAX)
		v.pager.prev = base;
	r->title = text(r->lang, TEXT_message_title);
	page_messages(&r->out, &v);
	return NULL;
}

/* ---- one ------------------------------------------------------------------------ */

static err where_load(struct req *r, const struct message *m, struct message_view *v)
{
	struct message_venues *p;
	size_t n;

	TRY(message_q_venues(r->db, r->city.id, &p, &n));
	for (size_t i = 0; i < n; i++)
		if (p[i].id.v == m->venue.v)
			v->venue = p[i].name;
	const struct choice *sector = choice_by_value(sector_choices, m->sector);
	v->sector = sector ? text(r->lang, sector->label) : (str){ 0 };
	v->whom = choice_by_value(whom_choices, m->whom)->label;
	return NULL;
}

/* As one merchant would read it: the first, or the one asked for. */
static err preview(struct req *r, const struct festival *f, const struct message *m,
    const struct audience *to, struct message_view *v)
{
	struct message_words w = { .sale = f->name };
	int64_t at = 0;
	size_t i = 0;

	if (!id_parse(req_query(r, "at"), &at))
		at = 0;
	while (i < to->n && to->v[i].id.v <= at)
		i++;
	if (i == to->n)
		i = 0;
	if (message_links(m->body) || message_links(m->subject))
		TRY(message_link(r->db, r->city.id, &w.link));
	w.shop = to->v[i].name;
	v->shop = w.shop;
	v->subject = message_fill(r->a, m->subject, &w);
	v->body = message_fill(r->a, m->body, &w);
	if (to->n > 1)
		v->another = req_path(r, "%.*s?at=%.*s", SV(v->href),
		    SV(id_text(r->a, to->v[i].id.v)));
	return NULL;
}

static err draft_load(struct req *r, const struct festival *f, const struct message *m,
    struct message_view *v)
{
	const struct choice *sector = choice_by_value(sector_choices, m->sector);
	struct message_in *fill = NEW(r->a, struct message_in);
	struct audience to;

	*fill = (struct message_in){ (int64_t)m->whom, m->venue.v,
	    sector ? str_of(sector->code) : (str){ 0 }, m->subject, m->body, m->reply_to };
	TRY(edit_load(r, fill, v->href, &v->edit));
	TRY(message_audience(r->db, &r->city, f, m, r->now, &to));
	v->total = (int64_t)to.n;
	v->mails = (int64_t)to.mails;
	v->phones = (int64_t)to.phones;
	v->neither = v->total - v->mails - v->phones;
	return to.n ? preview(r, f, m, &to, v) : NULL;
}

static const struct { const char *code; enum text_id label; } states[MESSAGE_STATES] = {
	[MAIL_WAITS] = { "waits", TEXT_message_waits },
	[MAIL_GONE] = { "gone", TEXT_message_gone },
	[MAIL_NOT_TAKEN] = { "refused", TEXT_message_refused },
	[MAIL_GIVEN_UP] = { "given-up", TEXT_message_given_up },
	[MAIL_NONE] = { "none", TEXT_message_none },
};

static err counts_load(struct req *r, const struct message *m, struct message_view *v)
{
	struct message_to_counts *c;
	size_t n;

	TRY(message_q_to_counts(r->db, m->city, m->id, &c, &n));
	for (size_t i = 0; i < n; i++) {
		v->n[c[i].state] = c[i].n;
		v->with_phone += c[i].phones;
		v->contacted += c[i].contacted;
	}
	v->unreached = v->n[MAIL_WAITS] + v->n[MAIL_NOT_TAKEN] + v->n[MAIL_GIVEN_UP];
	return NULL;
}

/* What is worth looking at first: refused, then waiting, then the rest. */
static enum message_state state_shown(struct req *r, const struct message_view *v)
{
	static const enum message_state order[] = { MAIL_NOT_TAKEN, MAIL_GIVEN_UP, MAIL_WAITS,
	    MAIL_GONE, MAIL_NONE };

	for (int i = 0; i < MESSAGE_STATES; i++)
		if (str_eq(req_query(r, "show"), str_of(states[i].code)))
			return (enum message_state)i;
	for (size_t i = 0; i < countof(order); i++)
		if (v->n[order[i]])
			return order[i];
	return MAIL_GONE;
}

static err sent_load(struct req *r, const struct message *m, struct message_view *v)
{
	merchant_id after = { 0 };
	struct message_to_list *t;

	TRY(counts_load(r, m, v));
	v->shown = state_shown(r, v);
	for (int i = 0; i < MESSAGE_STATES; i++)
		if (v->n[i]) {
			v->tab_n[v->n_tabs] = v->n[i];
			v->tabs[v->n_tabs++] = (struct layout_nav){ .label = states[i].label,
			    .href = req_path(r, "%.*s?show=%s", SV(v->href), states[i].code),
			    .icon = "", .current = (enum message_state)i == v->shown };
		}
	if (req_query(r, "after").n && !id_parse(req_query(r, "after"), &after.v))
		return ERR(r->a, ERR_MISSING, "no-such-page");
	TRY(message_q_to_list(r->db, m->city, m->id, v->shown, after, PAGE, &t, &v->n_rows));
	struct mail_row *rows = NEWN(r->a, struct mail_row, v->n_rows);
	for (size_t i = 0; i < v->n_rows; i++)
		rows[i] = (struct mail_row){ t[i].name, t[i].email, t[i].said, t[i].tries,
		    t[i].due, t[i].at };
	v->v = rows;
	if (v->n_rows == PAGE)
		v->pager.next = req_path(r, "%.*s?show=%s&after=%.*s", SV(v->href),
		    states[v->shown].code, SV(id_text(r->a, t[PAGE - 1].merchant.v)));
	if (after.v)
		v->pager.prev = req_path(r, "%.*s?show=%s", SV(v->href), states[v->shown].code);
	return NULL;
}

err message_page(struct req *r)
{
	struct message *m = NEW(r->a, struct message);
	struct message_view v = { .m = m, .csrf = r->csrf, .may_write = req_is(r, WRITERS) };
	struct festival f;

	TRY(message_of(r, &f, m, &v.href));
	v.back = req_path(r, "/admin/festival/%.*s/message", SV(f.slug));
	v.send = req_path(r, "%.*s/send", SV(v.href));
	v.again = req_path(r, "%.*s/again", SV(v.href));
	v.drop = req_path(r, "%.*s/drop", SV(v.href));
	TRY(mail_ready(r, &v.mail));
	TRY(where_load(r, m, &v));
	TRY(m->sent ? sent_load(r, m, &v) : draft_load(r, &f, m, &v));
	r->title = m->subject;
	page_message(&r->out, &v);
	return NULL;
}

/* ---- sent off -------------------------------------------------------------------- */

err message_send_post(struct req *r)
{
	struct festival f;
	struct message m;
	str href;

	TRY(message_of(r, &f, &m, &href));
	TRY(message_send(r->tx, r->change, &r->city, &f, &m, r->who.login, r->now));
	TRY(audit(r, "message.send", m.id.v, (str){ 0 }, audit_json(r->a, (struct audit_pair[]){
	    AUDIT_TEXT("subject", m.subject) }, 1)));
	req_flash(r, TEXT_message_sent_off);
	r->redirect = href;
	return NULL;
}

err message_again_post(struct req *r)
{
	struct festival f;
	struct message m;
	str href;

	TRY(message_of(r, &f, &m, &href));
	TRY(message_again(r->tx, r->change, &m, r->now));
	TRY(audit(r, "message.again", m.id.v, (str){ 0 }, audit_json(r->a,
	    (struct audit_pair[]){ AUDIT_TEXT("subject", m.subject) }, 1)));
	req_flash(r, TEXT_message_again_now);
	r->redirect = href;
	return NULL;
}
