/*
 * practice.c - what was written to merchants, as a text for other cities.
 * Nobody it went to, and nobody's address: who reads replies is filled in.
 */
#include "mod/message/practice.h"
#include "core/city.h"
#include "message_read.h"
#include "mod/message/message.h"

static const struct practice_rule rules[] = {
	{ .path = "text/sale", .type = PRACTICE_TEXT, .policy = PRACTICE_FILL,
	    .say = TEXT_practice_message_sale },
	{ .path = "text/reply-to", .type = PRACTICE_TEXT, .policy = PRACTICE_FILL,
	    .say = TEXT_practice_message_reply },
	{ .path = "text/whom", .type = PRACTICE_CHOICE, .policy = PRACTICE_FREE,
	    .say = TEXT_practice_message_whom, .choices = whom_choices },
	{ .path = "text/subject", .type = PRACTICE_TEXT, .policy = PRACTICE_FREE,
	    .say = TEXT_practice_message_subject },
	{ .path = "text/body", .type = PRACTICE_LINES, .policy = PRACTICE_FREE,
	    .say = TEXT_practice_message_body },
};

static err load(struct db *db, const struct city *city, int64_t id, struct festival *f,
    struct message *m)
{
	struct arena *a = db_arena(db);
	struct message_get r;
	bool found;

	TRY(message_q_get(db, city->id, (message_id){ id }, &r, &found));
	if (!found)
		return ERR(a, ERR_MISSING, "no-such-page");
	TRY(festival_find(db, city->id, id_text(a, r.festival.v), f));
	return message_get(db, f, r.id, m);
}

static err get(struct db *db, const struct city *city, int64_t id, struct practice_subject *s)
{
	struct arena *a = db_arena(db);
	struct festival f;
	struct message m;
	str slug = id_text(a, id);

	TRY(load(db, city, id, &f, &m));
	*s = (struct practice_subject){ id, slug, m.subject, arena_printf(a,
	    "/admin/festival/%.*s/message/%.*s", SV(f.slug), SV(slug)), S("1"),
	    slug_make(a, m.subject) };
	return NULL;
}

static err find(struct db *db, const struct city *city, str which, struct practice_subject *s)
{
	int64_t id;

	if (which.n != ID_TEXT || !id_parse(which, &id))
		return ERR(db_arena(db), ERR_MISSING, "no-such-page");
	return get(db, city, id, s);
}

static err read(struct db *db, const struct city *city, int64_t id, struct practice_list *l)
{
	struct festival f;
	struct message m;

	TRY(load(db, city, id, &f, &m));
	practice_text(l, S("text/sale"), f.slug);
	practice_text(l, S("text/reply-to"), m.reply_to);
	practice_text(l, S("text/whom"), str_of(choice_by_value(whom_choices,
	    (int64_t)m.whom)->code));
	practice_text(l, S("text/subject"), m.subject);
	practice_text(l, S("text/body"), m.body);
	return NULL;
}

static void take(const struct practice_write *w, struct message *m)
{
	const struct choice *c = choice_by_code(whom_choices,
	    practice_get_text(w->want, "text/whom"));

	m->whom = c ? (enum message_whom)c->value : WHOM_ADMITTED;
	m->subject = practice_get_text(w->want, "text/subject");
	m->body = practice_get_text(w->want, "text/body");
	m->reply_to = practice_get_text(w->want, "text/reply-to");
}

static err write(const struct practice_write *w)
{
	struct festival f;
	struct message m;

	TRY(load(w->tx->db, w->city, w->subject, &f, &m));
	take(w, &m);
	return message_change(w->tx, &m);
}

/* Of the sale that was named, else of the one that runs or comes. */
static err make(const struct practice_write *w, str slug, struct practice_subject *s)
{
	str sale = practice_get_text(w->want, "text/sale");
	struct message m = { .city = w->city->id, .sector = -1, .created_by = w->by };
	struct festival f;
	bool found = true;

	(void)slug;
	if (sale.n)
		TRY(festival_find(w->tx->db, w->city->id, sale, &f));
	else
		TRY(festival_now(w->tx->db, w->city->id, &f, &found));
	if (!found)
		return ERR(db_arena(w->tx->db), ERR_MISSING, "no-such-festival");
	take(w, &m);
	m.festival = f.id;
	TRY(message_add(w->tx, &m, w->at));
	return get(w->tx->db, w->city, m.id.v, s);
}

const struct practice_kind message_practice = {
	.name = "message", .say = TEXT_practice_message, .guide = TEXT_practice_message_guide,
	.find = find, .get = get, .make = make,
};
const struct practice_part message_part = { "message", "text", TEXT_practice_part_text, true,
	rules, countof(rules), read, write };
